"""Try a release before students do: the solution passes all checks, an untouched copy none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from labkit.assignments import companion, notebook
from labkit.assignments.assignment import Assignment
from labkit.assignments.grading import Grader
from labkit.assignments.paper import Order
from labkit.assignments.release import roles
from labkit.assignments.variants import areas_dealt
from labkit.errors import LabkitError
from labkit.language import t

#: Told how much is done, and how much there is.
Progress = Callable[[int, int], None]


def prove(
    assignment: Assignment, notebooks: Mapping[str, str], files: Mapping[str, bytes], progress: Progress | None = None
) -> int:
    """Run the solution with all checks for each district, and the released notebooks with and without it for one.

    Parameters
    ----------
    assignment : Assignment
    notebooks : dict of str to str
        The names of the released notebooks -> their language.
    files : dict of str to bytes
        All that is released.
    progress : function, optional

    Returns
    -------
    int
        For how many districts the solution was run; 1 without variants.

    Raises
    ------
    LabkitError
        If the solution does not pass a check, or an untouched copy does.
    """
    header = assignment.header
    areas = [area.code for area in areas_dealt(header)] if header.variants else [""]
    beside = {name: data for name, data in files.items() if name not in notebooks}
    total = len(areas) + 2 * len(notebooks)
    done = 0

    def tell() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, total)

    with Grader(Order(assignment.path.name, assignment.path.read_bytes(), beside)) as grader:
        for area in areas:
            grader.prove(area)
            tell()
        for name, language in notebooks.items():
            read = notebook.loads(files[name].decode(), ".ipynb", name)
            for answers in ({}, {roles.answer_id(one.id): one.solution for one in assignment.questions}):
                failed = _failed(grader, read, answers, areas[0], beside, language)
                _judge(assignment, name, failed, solved=bool(answers))
                tell()
    return len(areas)


def _failed(
    grader: Grader, read: Any, answers: Mapping[str, str], area: str, beside: Mapping[str, bytes], language: str
) -> dict[str, str]:
    """Run a released notebook with some answers; return the ids of the cells that stop, and what they say."""
    told: dict[str, str] = {}
    companion_file = beside.get(companion.NAME)
    data = {name: content for name, content in beside.items() if name != companion.NAME}
    with grader.warm.session(data, area, companion_file, language) as session:
        for number, cell in enumerate(read.cells, start=1):
            if cell.cell_type == "code":
                outcome = session.run(answers.get(cell.id, cell.source), t("cell {number}", number=number))
                if outcome.status != "ok":
                    told[cell.id] = outcome.message or outcome.kind
    return told


def _judge(assignment: Assignment, name: str, failed: Mapping[str, str], *, solved: bool) -> None:
    """Refuse a check that a solution does not pass, and one that an untouched copy passes."""
    for question in assignment.questions:
        for number, check in enumerate(question.checks, start=1):
            cell = roles.check_id(question.id, number)
            if not check.public or (cell in failed) != solved:
                continue
            cause = (
                t("the solution does not pass check {check}: {message}", check=check.id, message=failed[cell])
                if solved
                else t(
                    "check {check} passes on an answer that nobody gave. Let it look at a name that the solution gives.",
                    check=check.id,
                )
            )
            raise LabkitError(
                t("The release was refused, and nothing was written. {name}: {cause}", name=name, cause=cause)
            )
