"""What nbgrader reads of each cell: its metadata of schema version 3, with the checksum, and the locks.

Who grades with nbgrader puts the released folder into `source/` and runs `nbgrader generate_assignment` with
`--ClearSolutions.enabled=False`: the release has its stubs already, and nbgrader would put its own in their place.
Of each question it then knows what students see; hidden checks are only run by `labkit assignment grade`.
"""

from __future__ import annotations

import hashlib
from typing import Any

from labkit.assignments.assignment import Assignment
from labkit.assignments.release import labels, roles


def write(notebook: Any, assignment: Assignment) -> Any:
    """Write the metadata of nbgrader, lock what is not the student's, and give each cell its id."""
    for cell in notebook.cells:
        role = roles.of(cell)
        metadata = {key: value for key, value in cell.metadata.items() if key != roles.KEY}
        if roles.is_(cell, roles.ANSWER):
            points = labels.answer_points(assignment.question(role["question"]))
            # For nbgrader a written answer is always marked by a person.
            graded = points > 0 or cell.cell_type == "markdown"
            metadata |= {"deletable": False} | _grading(cell, role["id"], solution=True, points=points, graded=graded)
        elif roles.is_(cell, roles.CHECK) and cell.cell_type == "code":
            question = assignment.question(role["question"])
            points = labels.released_points(question, question.checks[role["check"] - 1])
            metadata |= _locked() | _grading(cell, role["id"], points=points, graded=True)
        elif roles.is_(cell, roles.CHECK, roles.CODE, roles.MADE):
            metadata |= _locked() | _grading(cell, role["id"])
        cell["metadata"] = metadata
    return notebook


def _locked() -> dict[str, bool]:
    return {"deletable": False, "editable": False}


def _grading(
    cell: Any, name: str, *, solution: bool = False, graded: bool = False, points: float = 0.0
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": name,
        "grade": graded,
        "solution": solution,
        "locked": not solution,
        "task": False,
        "cell_type": cell.cell_type,
    }
    if graded:
        found["points"] = int(points) if points == int(points) else points
    found["checksum"] = checksum(cell.source, found)
    return {"nbgrader": found}


def checksum(source: str, grading: dict[str, Any]) -> str:
    """Return the checksum by which nbgrader sees that a cell was changed.

    Parameters
    ----------
    source : str
        The source of the cell.
    grading : dict
        Its metadata for nbgrader: `cell_type`, `grade`, `solution`, `locked`, `grade_id`, and `points` if graded.

    Source
    ------
    `compute_checksum` in nbgrader/utils.py (0.9.6). MD5 is what nbgrader expects; nothing is kept safe with it.

    Examples
    --------
    >>> checksum("a = 1", {"cell_type": "code", "grade": False, "solution": True, "locked": False, "grade_id": "q1"})
    '07e856caa41f8d9d93cac19fed3dd31e'
    """
    # nbgrader calls a cell locked if it is graded, or locked, and no solution.
    locked = not grading["solution"] and (grading["grade"] or grading["locked"])
    pieces = [source, grading["cell_type"], str(grading["grade"]), str(grading["solution"]), str(locked)]
    pieces.append(grading["grade_id"])
    if grading["grade"]:
        pieces.append(str(float(grading["points"])))
    return hashlib.md5("".join(pieces).encode(), usedforsecurity=False).hexdigest()
