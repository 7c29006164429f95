"""A small but real assignment about Leiden, for tests: a figure, a function, a table and a text.

Each student has a district of their own. It holds what an assignment can hold: public, partly hidden and wholly
hidden checks, a mark scheme, cells for one language, a prompt, and data.
"""

from pathlib import Path
from typing import Any

HEADER = """---
assignment: cars
title: {nl: "Auto's in je district", en: Cars in your district}
course: city-as-lab
year: 2026
city: leiden
variants: district
within: Leiden
languages: [nl, en]
data: [data]
due: 2026-11-27T23:59:00+01:00
---"""

#: The cells in order: their type ("code", "markdown" or "raw") and their source.
CELLS = [
    ("raw", HEADER),
    ("markdown", "<!-- language: nl -->\nHoeveel auto's staan er in je district, en wat zegt dat?"),
    ("markdown", "<!-- language: en -->\nHow many cars are there in your district, and what does that say?"),
    ("code", 'import labkit as lk\n\nleiden = lk.open_city("leiden")\ndistrict = lk.my_district()'),
    ("markdown", "## A figure\n\nGive the number of residents of your district in 2025."),
    (
        "code",
        """# question: residents, 2 points, ai: not allowed
# BEGIN SOLUTION
# PROMPT: leiden.figures gives a table
figures = leiden.figures("population", level="district", year=2025, area=district)
residents = int(figures["value"].iloc[0])
# END SOLUTION""",
    ),
    (
        "code",
        """# check: residents, 2 points
assert isinstance(residents, int), "residents should be a whole number."
assert 0 < residents < 200_000, "residents should be the number of people who live in one district."
# BEGIN HIDDEN TESTS
assert residents == reference.residents
# END HIDDEN TESTS""",
    ),
    ("markdown", "## A function\n\nWrite a function that gives a share, in per cent; `None` if the whole is nothing."),
    (
        "code",
        '''# question: share, 3 points, ai: allowed
def share(part, whole):
    """Return the share of a part in the whole, per cent."""
    # BEGIN SOLUTION
    if not whole:
        return None
    return 100 * part / whole
    # END SOLUTION''',
    ),
    ("code", "# check: share, 1 point\nassert callable(share)\nassert share(0, 0) is None"),
    ("code", '# check: share, 1 point\nassert share(1, 4) == 25, "One in four is 25 per cent."'),
    ("code", "# check: share, 1 point, hidden\nassert share(7, 28) == 25.0\nassert share(3, 0) is None"),
    ("markdown", "## A table\n\nHow many cars per 1,000 residents has each district?"),
    (
        "code",
        """# question: table, 2 points, answer: table most
cars = leiden.figures("cars", level="district", year=2025, area="Leiden")
people = leiden.figures("population", level="district", year=2025, area="Leiden")
# BEGIN SOLUTION
table = cars[["area", "name"]].assign(cars_per_1000=1000 * cars["value"] / people["value"])
most = table.sort_values("cars_per_1000")["name"].iloc[-1]
# END SOLUTION
table""",
    ),
    (
        "code",
        """# check: table, 2 points
assert list(table.columns) == ["area", "name", "cars_per_1000"], "Keep area and name, and add cars_per_1000."
assert most in set(cars["name"]), "most should be the name of a district."
# BEGIN HIDDEN TESTS
assert most == reference.most
assert abs(table["cars_per_1000"].sum() - reference.table["cars_per_1000"].sum()) < 0.1
# END HIDDEN TESTS""",
    ),
    ("markdown", "<!-- language: nl -->\n## Uitleg\n\nWaarom heeft een district veel auto's? Twee zinnen."),
    ("markdown", "<!-- language: en -->\n## Explanation\n\nWhy does a district have many cars? Two sentences."),
    (
        "markdown",
        """<!-- question: why, 3 points, ai: allowed -->
<!-- BEGIN SOLUTION -->
Where households are larger and parking is free, more cars are registered per resident.
<!-- END SOLUTION -->
=== BEGIN MARK SCHEME ===
1 point: names a cause that the figures can show.
2 points: says which figure would show it.
=== END MARK SCHEME ===""",
    ),
    ("code", "# Room for your own work."),
]

NOTES = "district,note\nWK054608,counted on a Sunday\n"


def notebook(cells: list[tuple[str, str]] | None = None) -> Any:
    """Return a notebook of these cells; those of the assignment above if left out."""
    import nbformat

    made = nbformat.v4.new_notebook()
    for number, (kind, source) in enumerate(CELLS if cells is None else cells):
        cell = getattr(nbformat.v4, f"new_{kind}_cell")(source)
        cell["id"] = f"source-{number}"
        made.cells.append(cell)
    return made


def write_assignment(folder: str | Path, form: str = ".ipynb", cells: list[tuple[str, str]] | None = None) -> Path:
    """Write the assignment as `exercise` with this ending, with its data beside it; return the path of the file.

    Parameters
    ----------
    folder : str or Path
        Made if it is not there.
    form : {".ipynb", ".py", ".md"}
    cells : list of (str, str), optional
        Other cells than `CELLS`.
    """
    place = Path(folder)
    (place / "data").mkdir(parents=True, exist_ok=True)
    (place / "data" / "notes.csv").write_text(NOTES, encoding="utf-8")
    file = place / f"exercise{form}"
    made = notebook(cells)
    if form == ".ipynb":
        import nbformat

        text = nbformat.writes(made)
    else:
        import jupytext

        text = jupytext.writes(made, fmt="py:percent" if form == ".py" else "md")
    file.write_text(text, encoding="utf-8")
    return file
