"""Take the solutions out, and put stubs in their place."""

from __future__ import annotations

from typing import Any

from labkit.assignments import markers
from labkit.assignments.assignment import Assignment, where
from labkit.assignments.markers import SOLUTION, TEXT
from labkit.assignments.release import roles, stubs
from labkit.errors import LabkitError
from labkit.language import t


def strip(notebook: Any, assignment: Assignment) -> Any:
    """Take the solutions and mark schemes out of all cells; answer cells get stubs.

    Raises
    ------
    LabkitError
        If what is left of an answer cell is no Python any more.
    """
    for cell in notebook.cells:
        if roles.is_(cell, roles.CHECK, roles.HEADER):
            continue
        if not roles.is_(cell, roles.ANSWER):
            cell["source"] = markers.only(cell.source, TEXT)
        elif cell.cell_type == "code":
            wanted = assignment.question(roles.of(cell)["question"]).answers
            cell["source"] = markers.without_first_marker(_stubbed(cell, wanted, assignment))
        else:
            cell["source"] = stubs.text(markers.without_first_marker(cell.source, cell.cell_type))
    notebook["cells"] = [cell for cell in notebook.cells if cell.source.strip() or roles.is_(cell, roles.OPEN)]
    return notebook


def _stubbed(cell: Any, wanted: tuple[str, ...], assignment: Assignment) -> str:
    source = stubs.code(cell.source, wanted)
    if stubs.parsed(markers.only(cell.source, TEXT, SOLUTION)) and stubs.parsed(source) is None:
        begun = next(part.line for part in markers.split(cell.source) if part.kind == SOLUTION)
        raise LabkitError(
            where(assignment.path.name, roles.of(cell)["cell"], begun - 1)
            + ": "
            + t("without its solution, this cell is no Python any more. Put whole statements into the block.")
        )
    return source
