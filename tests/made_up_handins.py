"""Made-up hand-ins: one for every way in which a class has ever surprised its lecturer. Nobody here exists."""

import copy
import io
import zipfile
from dataclasses import dataclass, field

import nbformat


@dataclass
class MadeUp:
    """One hand-in, and what should become of it.

    `loses` are the questions that should not get all points of their checks; all others should. `says` is a piece of
    text that the notes in grades.csv must hold, so that the outcome is explained.
    """

    student: str
    files: dict[str, bytes]
    loses: frozenset[str] = frozenset()
    says: str = ""
    matched_by: dict[str, str] = field(default_factory=dict)


class Maker:
    """Makes hand-ins from the student's notebook, with the solutions of the lecturer's."""

    def __init__(self, assignment, released):
        self.assignment = assignment
        self.released = released
        self.name = released.name
        self.code = [one.id for one in assignment.questions if one.kind == "code" and one.checks]
        #: The question that is spoiled: the last, so that no other one builds on it.
        self.last = self.code[-1]

    def untouched(self):
        return nbformat.read(self.released, as_version=4)

    def solved(self):
        notebook = self.untouched()
        for question in self.assignment.questions:
            cell = self.cell(notebook, question.id)
            cell.source = question.solution.strip("\n") or "The figures are rounded, so a small difference is none."
        return notebook

    def cell(self, notebook, question):
        (found,) = [
            one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == f"{question}-answer"
        ]
        return found

    def place(self, notebook, question):
        return notebook.cells.index(self.cell(notebook, question))

    def checks(self, notebook, question):
        return [
            number
            for number, one in enumerate(notebook.cells)
            if one.metadata.get("nbgrader", {}).get("grade_id", "").startswith(f"{question}-check")
        ]

    def put(self, notebook, source, question=None, after=False):
        """Put a cell of the student before (or after) an answer cell; the last one if none is named."""
        extra = nbformat.v4.new_code_cell(source)
        place = self.place(notebook, question or self.last) + after
        notebook.cells.insert(place, extra)
        return notebook

    def instead(self, source, question=None):
        """Return a solved notebook in which one answer is this code."""
        notebook = self.solved()
        self.cell(notebook, question or self.last).source = source
        return notebook

    def before(self, source):
        """Return a solved notebook in which this code stands above the solution of the last question, in its cell."""
        notebook = self.solved()
        cell = self.cell(notebook, self.last)
        cell.source = f"{source}\n{cell.source}"
        return notebook

    def names(self, question=None):
        return self.assignment.question(question or self.last).answers

    def bytes_of(self, notebook):
        return nbformat.writes(notebook).encode()


def zipped(files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


LIAR = """class Always:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __lt__
    def __sub__(self, other): return 0
    def __float__(self): return 1.0
    def __abs__(self): return 0
    def __bool__(self): return True
    def __iter__(self): return iter(())
    def __len__(self): return 10
    def __call__(self, *given): return Always()
    def __getattr__(self, name): return Always()
"""

SNOOP = """import os, sys, glob
seen = []
for top in ("/", os.path.expanduser("~"), "..", "../..", "/tmp"):
    try:
        for folder, inner, files in os.walk(top):
            seen += [os.path.join(folder, one) for one in files if one.endswith((".ipynb", "grades.csv", "collected.json"))]
            if len(folder) > 60 or len(seen) > 50:
                inner[:] = []
    except Exception:
        pass
contents = []
for one in seen:
    try:
        contents.append(open(one).read())
    except Exception:
        pass
print("FOUND", len(contents), "SOLUTION" in "".join(contents))
"""


def every(maker):
    """Return the class: 30 made-up students and more, each with one hand-in."""
    return [*_plain(maker), *_messy(maker), *_hostile(maker), *_honest_mistakes(maker)]


def _hand_in(maker, student, notebook, name=None, **rest):
    return MadeUp(student, {name or maker.name: maker.bytes_of(notebook)}, **rest)


def _plain(maker):
    all_code = frozenset(maker.code)
    yield _hand_in(maker, "s01-right", maker.solved())
    yield _hand_in(maker, "s02-untouched", maker.untouched(), loses=all_code)
    yield _hand_in(maker, "s03-renamed", maker.solved(), name="Kopie van week1 (2) DEFINITIEF.ipynb")
    yield _hand_in(maker, "s04-zoë-ñandú", maker.solved(), name="opdracht één – zoë.ipynb")


def _messy(maker):
    last = maker.last

    notebook = maker.solved()  # the first copy is wrong, the last one right
    right = maker.cell(notebook, last)
    wrong = copy.deepcopy(right)
    wrong.source = "\n".join(f"{name} = 'no idea'" for name in maker.names())
    wrong.id = "copied-cell"
    notebook.cells.insert(notebook.cells.index(right), wrong)
    yield _hand_in(maker, "s05-copied-cell", notebook, says="twice|copies|more than once|2 ")

    notebook = maker.solved()  # an answer split over two cells: the second is a new one
    cell = maker.cell(notebook, last)
    whole = cell.source
    cell.source = "# first I think about it\nhalf_way = True"
    yield _hand_in(maker, "s06-split-cell", maker.put(notebook, whole, after=True))

    notebook = maker.solved()  # opened in a tool that throws all metadata away
    for number, one in enumerate(notebook.cells):
        one.metadata.clear()
        one["id"] = f"another-{number}"
    notebook.metadata.clear()
    yield _hand_in(maker, "s07-no-metadata", notebook, matched_by={last: "heading|likeness"})

    notebook = maker.solved()  # metadata gone, cell ids kept
    for one in notebook.cells:
        one.metadata.clear()
    yield _hand_in(maker, "s08-cell-ids-only", notebook, matched_by={last: "cell id"})

    notebook = maker.solved()
    for number in reversed(maker.checks(notebook, last)):
        del notebook.cells[number]
    yield _hand_in(maker, "s09-checks-deleted", notebook)

    notebook = maker.untouched()
    for number in maker.checks(notebook, last):
        notebook.cells[number].source = "assert True"
    yield _hand_in(maker, "s10-checks-edited", notebook, loses=frozenset(maker.code))

    notebook = maker.solved()
    del notebook.cells[maker.place(notebook, last)]
    yield _hand_in(maker, "s11-answer-deleted", notebook, loses=frozenset({last}), matched_by={last: "missing"})

    notebook = maker.solved()
    maker.cell(notebook, last).cell_type = "markdown"
    cell = maker.cell(notebook, last)
    cell.pop("outputs", None)
    cell.pop("execution_count", None)
    yield _hand_in(maker, "s12-became-text", notebook, says="text cell")

    notebook = maker.solved()  # the set-up is gone: it is ours, and is put back
    first_code = next(one for one in notebook.cells if one.cell_type == "code")
    notebook.cells.remove(first_code)
    yield _hand_in(maker, "s13-setup-deleted", notebook)

    notebook = maker.solved()  # saved as an old format, without cell ids
    for one in notebook.cells:
        one.pop("id", None)
    notebook.nbformat_minor = 4
    yield _hand_in(maker, "s14-old-format", notebook)


def _hostile(maker):
    loses = frozenset({maker.last})
    yield _hand_in(
        maker, "s15-warning", maker.before("import warnings, sys\nwarnings.warn('old')\nprint('x', file=sys.stderr)")
    )
    yield _hand_in(
        maker,
        "s16-prints-for-ever",
        maker.instead("while True:\n    print('x' * 1000)"),
        loses=loses,
        says="time|output|seconds",
    )
    yield _hand_in(
        maker,
        "s17-endless",
        maker.instead("while True:\n    try:\n        pass\n    except BaseException:\n        pass"),
        loses=loses,
        says="seconds|time",
    )
    yield _hand_in(
        maker,
        "s18-memory",
        maker.instead("hoard = [0]\nwhile True:\n    hoard = hoard * 1000"),
        loses=loses,
        says="memory",
    )
    yield _hand_in(
        maker, "s19-os-exit", maker.instead("import os\nos._exit(0)"), loses=loses, says="stopped|ended|exit"
    )
    yield _hand_in(maker, "s20-fork-bomb", maker.instead("import os\nwhile True:\n    os.fork()"), loses=loses)
    yield _hand_in(
        maker,
        "s21-deletes",
        maker.before("import shutil, os\nfor top in ('.', '..', '/'):\n    shutil.rmtree(top, ignore_errors=True)"),
    )
    yield _hand_in(
        maker,
        "s22-reads-stdin",
        maker.instead("answer = input('Your answer? ')"),
        loses=loses,
        says="keyboard|input|typed",
    )
    liars = "\n".join(f"{name} = Always()" for name in maker.names())
    yield _hand_in(maker, "s23-liar", maker.instead(LIAR + liars), loses=loses, says="Always|function")
    patch = "import labkit as lk\nfor name in dir(lk.expect):\n    try:\n        setattr(lk.expect, name, lambda *a, **k: None)\n    except Exception:\n        pass\nimport builtins\nbuiltins.isinstance = lambda *a: True"
    yield _hand_in(
        maker,
        "s24-monkeypatch",
        maker.instead(patch + "\n" + "\n".join(f"{name} = 1" for name in maker.names())),
        loses=loses,
    )
    yield _hand_in(maker, "s25-snoops", maker.before(SNOOP))
    yield _hand_in(
        maker,
        "s26-network",
        maker.instead("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:1/answers').read()"),
        loses=loses,
        says="network",
    )
    yield _hand_in(
        maker,
        "s27-crash",
        maker.instead("import ctypes\nctypes.string_at(0)"),
        loses=loses,
        says="stopped|crash|ended|died",
    )


def _honest_mistakes(maker):
    loses = frozenset({maker.last})
    yield _hand_in(maker, "s28-syntax", maker.instead("result = (1, 2"), loses=loses, says="SyntaxError|Python")
    yield _hand_in(
        maker,
        "s29-text-for-number",
        maker.instead("\n".join(f"{name} = 'twelve'" for name in maker.names())),
        loses=loses,
    )
    yield _hand_in(
        maker, "s30-sys-exit", maker.before("import sys\ntry:\n    sys.exit()\nexcept SystemExit:\n    pass")
    )
    notebook = maker.solved()
    for question in maker.assignment.questions:
        if question.kind == "text":
            maker.cell(notebook, question.id).source = "<script>alert(1)</script> **why** <img src=x onerror=alert(2)>"
    yield _hand_in(maker, "s31-script-in-text", notebook)
    yield MadeUp(
        "s32-no-notebook",
        {"report.docx": b"PK\x03\x04 not really a document"},
        loses=frozenset(maker.code),
        says="notebook",
    )
    yield MadeUp("s33-empty-file", {maker.name: b""}, loses=frozenset(maker.code), says="empty|notebook")
    yield MadeUp(
        "s34-cut-off", {maker.name: maker.bytes_of(maker.solved())[:500]}, loses=frozenset(maker.code), says="notebook"
    )
    yield MadeUp("s35-in-a-zip", {"week.zip": zipped({f"my work/{maker.name}": maker.bytes_of(maker.solved())})})
