"""Look for faults in sources: one file or many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from labkit.assignments import notebook
from labkit.assignments.header import read_header
from labkit.assignments.lint import (
    checking,
    coding,
    data_files,
    header,
    ids,
    leftovers,
    misspelt,
    places,
    points,
    reading,
)
from labkit.assignments.lint.finding import Finding, Findings
from labkit.assignments.lint.page import Page, read_page
from labkit.assignments.lint.rules import RULES
from labkit.errors import LabkitError
from labkit.language import t

#: Folders that hold no sources.
_PASSED = {".ipynb_checkpoints", "__pycache__", "node_modules", ".git", ".venv"}


def lint(*sources: str | Path) -> Findings:
    r"""Look for faults in assignments and other notebooks, without running them.

    Parameters
    ----------
    *sources : str or Path
        Notebooks (`.ipynb`, `.py` or `.md`) and folders. Of a folder all notebooks in it are looked at; of its `.py`
        and `.md` files those that begin with settings, and `.py` files in cells.

    Returns
    -------
    Findings
        Empty if there is nothing to say. A notebook without settings and questions is held to the general rules only.

    Raises
    ------
    LabkitError
        If there is no such file or folder, or a folder without notebooks.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     source = Path(folder) / "lab.py"
    ...     _ = source.write_text("# %%\nfigures = 'C:/Users/me/figures.csv'\n")
    ...     [(one.cell, one.line, one.file_line, one.rule) for one in lint(source)]
    [(1, 1, 2, 'path-absolute')]
    """
    files = [file for source in sources for file in _files(Path(source))]
    found = [one for file in dict.fromkeys(files) for one in _lint(file)]
    return Findings(found, len(dict.fromkeys(files)))


def _files(source: Path) -> Iterable[Path]:
    if not source.is_dir():
        if not source.exists():
            raise LabkitError(t("There is no notebook {path}. Check the name.", path=source))
        return [source]
    found = [file for file in sorted(source.rglob("*")) if file.suffix in notebook.ENDINGS and _is_source(file, source)]
    if not found:
        raise LabkitError(t("{path} holds no notebooks. Give a notebook, or a folder with some.", path=source))
    return found


def _is_source(file: Path, folder: Path) -> bool:
    """Return whether a file in a folder is meant as a notebook: not a module, and not a page of text."""
    inside = file.relative_to(folder)
    if not file.is_file() or _PASSED.intersection(inside.parts) or file.name.startswith("."):
        return False
    if file.suffix == ".ipynb" or file.stem == "exercise":
        return True
    try:
        begin = file.read_text(encoding="utf-8", errors="replace")[:4000]
    except OSError:
        return False
    settings = begin.partition("---\n")[2].partition("\n---")[0] if begin.lstrip("# ").startswith("---\n") else ""
    of_py = file.suffix == ".py" and "\n# %%" in f"\n{begin}"
    return of_py or any(line.startswith(("assignment:", "# assignment:", "jupyt")) for line in settings.split("\n"))


def _lint(file: Path) -> Iterator[Finding]:
    name = str(file)
    try:
        page = read_page(file, name)
    except LabkitError as error:
        yield Finding(name, 0, 0, 0, "file-unreadable", RULES["file-unreadable"], str(error), "")
        return
    unread = _read_header(page)
    found = list(header.check(page, unread))
    for rules in (ids, misspelt, places, points, checking, coding, data_files, leftovers, reading):
        found += rules.check(page)
    found = _causes(found)
    if not page.is_assignment:
        # A notebook that shows how an assignment is written is none itself: nothing in it is cut.
        found = [one for one in found if one.rule != "marker-in-string"]
    yield from sorted(found, key=lambda one: (one.cell, one.line, list(RULES).index(one.rule)))


#: What may only follow from another fault: in the same cell, or anywhere in the file. It is told once that is mended.
_FOLLOWS_IN_CELL = {
    "hidden-misplaced",
    "solution-misplaced",
    "scheme-misplaced",
    "check-public-reference",
    "code-syntax",
}
_FOLLOWS_IN_FILE = {
    "question-unchecked",
    "check-without-question",
    "solution-missing",
    "no-questions",
    "check-all-hidden",
}
_OF_MARKERS = {rule for rule in RULES if rule.startswith("marker-")}


def _causes(found: list[Finding]) -> list[Finding]:
    """Leave out what only follows from a marker that does not work, or from code that is no Python."""
    cells = {one.cell for one in found if one.rule in _OF_MARKERS}
    left = set(_FOLLOWS_IN_FILE) if cells else set()
    left |= {"check-unknown-name"} if any(one.rule == "code-syntax" for one in found) else set()
    return [one for one in found if one.rule not in left and not (one.cell in cells and one.rule in _FOLLOWS_IN_CELL)]


def _read_header(page: Page) -> str:
    """Read the settings into the page; return why they cannot be read, or ""."""
    if page.header_cell is None or not page.is_assignment:
        return ""
    try:
        page.header = read_header(page.header_cell.source, page.path.name)
    except LabkitError as error:
        return str(error)
    return ""
