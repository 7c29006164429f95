"""A class that answered one assignment, most of them alone: for the likeness report."""

import copy
import random
from pathlib import Path

from labkit.assignments import notebook
from labkit.assignments.assignment import open_assignment
from labkit.assignments.release.notebooks import released

SOURCE = """# ---
# assignment: alike
# title: {nl: Rust en geluid, en: Quiet and noise}
# course: lab
# year: 2026
# city: leiden
# variants: district
# ---

# %%
import labkit as lk

leiden = lk.open_city("leiden")
district = lk.my_district()

# %% [markdown]
# ## What part of the homes is quiet?

# %%
# question: quiet, 2 points, ai: allowed
# BEGIN SOLUTION
homes = leiden.figures("homes")
share = round(100 * homes["value"].iloc[0] / homes["value"].sum(), 1)
# END SOLUTION

# %%
# check: quiet
lk.expect.number(share)
# BEGIN HIDDEN TESTS
lk.expect.same(share, reference.share)
# END HIDDEN TESTS

# %% [markdown]
# ## How many people live there?

# %%
# question: residents, 1 point, ai: allowed
# BEGIN SOLUTION
residents = 14085
# END SOLUTION

# %%
# check: residents
lk.expect.number(residents)

# %% [markdown]
# ## What does it mean for the people who live there?

# %% [markdown]
# <!-- question: meaning, 2 points, ai: not allowed -->
# *Two or three sentences.*
# === BEGIN MARK SCHEME ===
# 1 point: a reason. 1 point: a limit of the figure.
# === END MARK SCHEME ===
"""

COPIED = """# first the homes of all districts
homes = leiden.figures("homes", level="district")
mine = homes[homes["area"] == district.code]
quiet = mine["value"].fillna(0).clip(lower=12).sum() * 0.83
share = round(100 * quiet / homes["value"].sum(), 1)"""

#: The same work with other names, comments, spacing and a line more.
RENAMED = """import math
tabel = leiden.figures( "homes", level="district" )  # my own table

wijk = tabel[ tabel["area"] == district.code ]
# add up
stil = wijk["value"].fillna(0).clip(lower=12).sum() * 0.83
share = round(100*stil / tabel["value"].sum(), 1)"""

ESSAY = (
    "The canal keeps lorries out of the older streets, so that evenings are calm, but the figure counts homes and not the "
    "people who sleep in them, and nobody asked those who work at night."
)
RETOLD = ESSAY.replace("The canal", "I think that the canal").replace("calm", "rather calm")

_WORDS = (
    "people homes trains students quiet noise bridge market evening figure year street window garden school night traffic "
    "children old new district often never because although counts measures lives moves hears sleeps asks means shows"
).split()
_CALLS = ("mean", "sum", "median", "max", "min", "std", "count", "nunique")


def write(folder, students=24, seed=7):
    """Write a source, hand-ins and a roster below a folder; return source, hand-ins and roster.

    Of the students, s00 and s01 share code, s02 and s03 a text, s04 and s05 a typed number though they have other
    districts; all others wrote alone.
    """
    folder = Path(folder)
    source = folder / "alike.py"
    source.write_text(SOURCE, encoding="utf-8")
    given = released(open_assignment(source), "en")
    handins = folder / "handins"
    handins.mkdir()
    areas = ("Stevenshofdistrict", "Merenwijkdistrict", "Morsdistrict", "Bos- en Gasthuisdistrict", "Leiden-Noord")
    lines = ["student,district"]
    for number in range(students):
        random_ = random.Random(f"{seed} {number}")
        answers = {"quiet": _code(random_), "residents": f"residents = {1000 + 37 * number}", "meaning": _text(random_)}
        answers |= _SHARED.get(number, {})
        _write(given, answers, handins / f"s{number:02}.ipynb")
        lines.append(f"s{number:02},{areas[number % len(areas)]}")
    roster = folder / "roster.csv"
    roster.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return source, handins, roster


_SHARED = {
    0: {"quiet": COPIED},
    1: {"quiet": RENAMED},
    2: {"meaning": ESSAY},
    3: {"meaning": RETOLD},
    4: {"residents": "residents = 98765"},
    5: {"residents": "residents = 98765"},
}


def _code(random_):
    """Return an answer of somebody who tried things in an order of their own."""
    lines = []
    for step in range(random_.randint(4, 8)):
        call, other = random_.sample(_CALLS, 2)
        lines.append(f"step{step} = leiden.figures({random_.choice(_WORDS)!r}).{call}() * {random_.random():.3f}")
        lines.append(
            f"if step{step} {random_.choice('<>')} {random_.randint(1, 999)}: step{step} = step{step}.{other}()"
        )
    return "\n".join([*lines, f"share = step0 / {random_.randint(2, 99)}"])


def _text(random_):
    return " ".join(random_.choice(_WORDS) for _ in range(random_.randint(20, 45))).capitalize() + "."


def _write(given, answers, path):
    handed_in = copy.deepcopy(given)
    for cell in handed_in.cells:
        question = cell["id"].removesuffix("-answer")
        if question != cell["id"]:
            cell["source"] = f"{cell.source.splitlines()[0]}\n\n{answers[question]}"
    notebook.write(path, handed_in)
