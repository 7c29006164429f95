"""What a student's notebook holds, told without running it: which questions are answered, what is lost or double."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labkit.assignments import notebook
from labkit.assignments.code_names import assigned
from labkit.assignments.companion import Companion, PublicQuestion
from labkit.assignments.release import stubs
from labkit.language import LANGUAGES, number, t

#: A notebook larger than this has outputs that nobody can send around, bytes.
LARGE = 10_000_000


@dataclass(frozen=True)
class Place:
    """Where a question is answered.

    Attributes
    ----------
    question : str
    cells : tuple of int
        The places of its answer cells, counted from 0; empty if there is none.
    answered : bool
        Whether something was filled in.
    """

    question: str
    cells: tuple[int, ...]
    answered: bool


@dataclass(frozen=True)
class OwnNotebook:
    """A student's notebook, read.

    Attributes
    ----------
    path : Path
    cells : list
        Its cells.
    places : dict of str to Place
        By question.
    findings : tuple of str
        What the student should mend before handing in.
    asks_who : bool
        Whether it asks who the student is while it runs.
    language : {"nl", "en", ""}
        In which it was released; "" if it does not say so any more.
    """

    path: Path
    cells: list[Any]
    places: dict[str, Place]
    findings: tuple[str, ...]
    asks_who: bool
    language: str = ""


def read_own(path: str | Path, settings: Companion) -> OwnNotebook:
    """Read a student's notebook.

    Parameters
    ----------
    path : str or Path
        The notebook.
    settings : Companion
        The assignment, as students have it.

    Raises
    ------
    LabkitError
        If it is no notebook.
    """
    file = Path(path)
    read = notebook.read(file)
    cells = list(read.cells)
    places = {one.id: _place(one, cells) for one in settings.questions}
    calls = [call for cell in cells if cell.cell_type == "code" for call in _districts_asked(cell.source)]
    findings = [*_size(file), *_names(calls), *(text for one in settings.questions for text in _lost(places[one.id]))]
    asks_who = any(not call.args and not call.keywords for call in calls)
    return OwnNotebook(file, cells, places, tuple(findings), asks_who, _language(read))


def grade_id(cell: Any) -> str:
    """Return the id that the release gave a cell; "" if it lost it."""
    metadata = cell.get("metadata", {})
    told = metadata.get("nbgrader", {}) if isinstance(metadata, dict) else {}
    found = told.get("grade_id", "") if isinstance(told, dict) else ""
    return found if isinstance(found, str) else ""


def _language(read: Any) -> str:
    told = read.metadata.get("labkit", {})
    found = told.get("language") if isinstance(told, dict) else None
    return found if found in LANGUAGES else ""


def _place(question: PublicQuestion, cells: list[Any]) -> Place:
    name = f"{question.id}-answer"
    found = [number for number, cell in enumerate(cells) if grade_id(cell) == name]
    found = found or [number for number, cell in enumerate(cells) if cell.get("id") == name]
    found = found or [number for number, cell in enumerate(cells) if _looks_like(question, cell)]
    return Place(question.id, tuple(found), any(_answered(question, cells[number].source) for number in found))


def _looks_like(question: PublicQuestion, cell: Any) -> bool:
    """Return whether a cell that lost its id is the answer: it begins with the label, and gives what is asked."""
    first = cell.source.lstrip().partition("\n")[0]
    if not re.match(rf"^[#*]\s*{re.escape(question.id)}\s*(·|\*?$)", first):
        return False
    if question.kind == "text":
        return bool(cell.cell_type == "markdown")
    return cell.cell_type == "code" and bool(set(assigned(cell.source)) & set(question.answers))


def _answered(question: PublicQuestion, source: str) -> bool:
    if question.kind == "text":
        gone = {t("*Write your answer here.*", language) for language in LANGUAGES}
        lines = source.strip().split("\n")
        lines = lines[1:] if re.match(rf"^\*{re.escape(question.id)}\b.*\*$", lines[0]) else lines
        return any(line.strip() and line.strip() not in gone for line in lines)
    open_values, open_functions = stubs.stubbed(source)
    return bool(_code(source)) and not set(question.answers) & (open_values | open_functions)


def _code(source: str) -> str:
    """Return the lines that are no comment."""
    return "".join(line for line in source.split("\n") if line.strip() and not line.lstrip().startswith("#"))


def _size(file: Path) -> Iterable[str]:
    size = file.stat().st_size
    if size > LARGE:
        yield t("The notebook is {size} MB: clear the outputs of its cells, and save it.", size=number(size / 10**6))


def _names(calls: list[ast.Call]) -> Iterable[str]:
    for call in calls:
        given = [one.value for one in call.args if isinstance(one, ast.Constant)]
        if any(one is ... or (isinstance(one, str) and not one.strip()) for one in given):
            yield t("Fill in who you are, in {code}.", code='lk.my_district("")')
            return


def _districts_asked(source: str) -> list[ast.Call]:
    tree = stubs.parsed(source)
    return [
        node
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "my_district"
    ]


def _lost(place: Place) -> Iterable[str]:
    if not place.cells:
        yield t(
            "{question}: its cell is not in the notebook any more. Copy it from the notebook as you got it.",
            question=place.question,
        )
    elif len(place.cells) > 1:
        yield t(
            "{question} is answered in more than one cell: {cells}. Keep one, and delete the others.",
            question=place.question,
            cells=", ".join(str(one + 1) for one in place.cells),
        )
