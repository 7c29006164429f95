"""First step: say of each cell what it is, and give it the id by which it is found again in a hand-in."""

from __future__ import annotations

import ast
import copy
from typing import Any

from labkit.assignments import markers
from labkit.assignments.assignment import Assignment, header_cell
from labkit.errors import LabkitError
from labkit.language import t

#: Where a cell says what it is while it is on its way; the released notebook does not hold it.
KEY = "labkit-role"

#: What a cell can be: the settings, an answer, a check, other text, code that is ours, code that students may change,
#: and what the release itself put in.
HEADER, ANSWER, CHECK, WORDS, CODE, OPEN, MADE = "header", "answer", "check", "text", "code", "open", "made"

#: The longest id that a cell may have (nbformat 4.5).
LONGEST = 64


def mark(assignment: Assignment) -> Any:
    """Return a copy of the notebook in which each cell says what it is, and has its id.

    Answers are called "<question>-answer", checks "<question>-check-<number>", other cells "code-<number>" and
    "text-<number>": these are the same in all languages, and stay the same while cells between them change.

    Raises
    ------
    LabkitError
        If the id of a question is too long for a cell.
    """
    read = copy.deepcopy(assignment.notebook)
    header = header_cell(read)
    answers = {one.cell: one.id for one in assignment.questions}
    checks = {check.cell: (one.id, place) for one in assignment.questions for place, check in enumerate(one.checks, 1)}
    counted = {"code": 0, "text": 0}
    for number, cell in enumerate(read.cells):
        role: dict[str, Any] = {"cell": number}
        if number == header:
            role |= {"role": HEADER, "id": "header"}
        elif number in answers:
            role |= {"role": ANSWER, "question": answers[number], "id": answer_id(answers[number])}
        elif number in checks:
            question, place = checks[number]
            role |= {"role": CHECK, "question": question, "check": place, "id": check_id(question, place)}
        else:
            kind = "code" if cell.cell_type == "code" else "text"
            counted[kind] += 1
            role |= {"role": _other(cell), "id": f"{kind}-{counted[kind]}"}
        if len(role["id"]) > LONGEST:
            raise LabkitError(
                t(
                    'The id of the question "{question}" is too long for a notebook. Use at most {most} characters.',
                    question=role["question"],
                    most=LONGEST - len("-check-99"),
                )
            )
        cell["metadata"] = {**cell.metadata, KEY: role}
        cell["id"] = role["id"]
    return read


def answer_id(question: str) -> str:
    """Return the id of the cell in which a question is answered.

    Examples
    --------
    >>> answer_id("q1")
    'q1-answer'
    """
    return f"{question}-answer"


def check_id(question: str, number: int) -> str:
    """Return the id of the check of a question with this number, counted from 1."""
    return f"{question}-check-{number}"


def of(cell: Any) -> dict[str, Any]:
    """Return what a cell says of itself: role, id, cell (its place in the source), question and check."""
    return dict(cell.metadata[KEY])


def is_(cell: Any, *roles: str) -> bool:
    """Return whether a cell has one of these roles."""
    return of(cell)["role"] in roles


def _other(cell: Any) -> str:
    if cell.cell_type != "code":
        return WORDS
    return OPEN if is_open(markers.only(cell.source, markers.TEXT)) else CODE


def is_open(source: str) -> bool:
    r"""Return whether students may change a code cell that is no answer: it is empty, or has something to fill in.

    Examples
    --------
    >>> is_open("# Room for your own work."), is_open("name = ..."), is_open('district = lk.my_district("")')
    (True, True, True)
    >>> is_open("import labkit as lk")
    False
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return False
    return not tree.body or any(
        (isinstance(node, ast.Constant) and node.value is ...)
        or (isinstance(node, ast.Attribute) and node.attr == "my_district")
        or (isinstance(node, ast.Name) and node.id == "my_district")
        for node in ast.walk(tree)
    )
