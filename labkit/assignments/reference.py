"""What the solution gives for one district: run in the grader itself, never where student code runs."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labkit.assignments import markers, variants
from labkit.assignments.assignment import Assignment, where
from labkit.errors import LabkitError
from labkit.language import t


@dataclass(frozen=True)
class Reference:
    """The names and values of the solution.

    Attributes
    ----------
    area : str
        The code of the district; "" without variants.
    names : dict of str to dict
        Check -> all names as they were where that check stands, so that a name may be used again further on.
    """

    area: str
    names: Mapping[str, Mapping[str, Any]]


def run_solution(assignment: Assignment, area: str, files: Mapping[str, bytes]) -> Reference:
    """Run the solution of an assignment for one district.

    Parameters
    ----------
    assignment : Assignment
    area : str
        The code of the district; "" without variants.
    files : dict of str to bytes
        What stands in the working folder: the data, and `assignment.json`.

    Returns
    -------
    Reference

    Raises
    ------
    LabkitError
        If a cell of the solution stops with an error: with the cell, the line and the district.
    """
    checks = {check.cell: check.id for question in assignment.questions for check in question.checks}
    names: dict[str, Any] = {"__name__": "__main__"}
    found: dict[str, Mapping[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="labkit-") as folder, _standing_in(Path(folder), area, files):
        for number, cell in enumerate(assignment.notebook.cells):
            if number in checks:
                found[checks[number]] = dict(names)
            elif cell.cell_type == "code":
                _run(cell.source, names, assignment, number, area)
    return Reference(area, found)


def solution_code(source: str) -> str:
    """Return the code of a cell as its solution has it, without markers and without lines for IPython alone.

    Examples
    --------
    >>> solution_code("# question: q1")
    ''
    """
    code = markers.only(markers.without_first_marker(source), markers.TEXT, markers.SOLUTION)
    lines = [
        line[: len(line) - len(line.lstrip())] + "pass" if line.lstrip()[:1] in ("%", "!") else line
        for line in code.split("\n")
    ]
    return "\n".join(lines)


def _run(source: str, names: dict[str, Any], assignment: Assignment, number: int, area: str) -> None:
    name = f"<{assignment.path.name}, cell {number + 1}>"
    try:
        exec(compile(solution_code(source), name, "exec"), names)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        # Also of SystemExit: what a lecturer wrote may stop itself, not the grader.
        line = _line(error, name)
        raise LabkitError(
            t(
                "{where}: the solution stops with {kind}: {cause}{area}. Nothing was graded; mend the solution first.",
                where=where(assignment.path.name, number, line),
                kind=type(error).__name__,
                cause=" ".join(str(error).split())[:200].rstrip("."),
                area=f" ({area})" if area else "",
            )
        ) from None


def _line(error: BaseException, name: str) -> int:
    """Return the last line of the cell itself that an error came through."""
    line = getattr(error, "lineno", None) or 1
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return int(line)


@contextlib.contextmanager
def _standing_in(folder: Path, area: str, files: Mapping[str, bytes]) -> Iterator[None]:
    """Work in a folder of one's own, as the student does, and leave the process as it was."""
    for name, data in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    before, environment, asked = Path.cwd(), dict(os.environ), list(variants.asked)
    os.environ["MPLBACKEND"] = "Agg"
    os.environ.pop(variants.ASSIGNMENT, None)
    os.environ[variants.DISTRICT] = area
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            import warnings

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(environment)
        variants.asked[:] = asked
