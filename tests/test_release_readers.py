"""A release opens and grades in nbgrader and in otter-grader: the solution gets all points, an untouched copy none."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from made_up_assignment import write_assignment

from labkit.assignments import notebook
from labkit.assignments.assignment import open_assignment
from labkit.assignments.release.notebooks import released
from labkit.assignments.release.release import release

NAME = "exercise_en.ipynb"


def _graded(grader: str, module: str, folder: Path) -> dict:
    """Release the assignment, answer it as its solution does, and let a grader grade that and an untouched copy."""
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed: uv sync --group grading")
    source = write_assignment(folder / "source")
    given = release(source, folder / "out").folder
    assignment = open_assignment(source)
    answered = released(assignment, "en")
    for question in assignment.questions:
        cell = next(cell for cell in answered.cells if cell.id == f"{question.id}-answer")
        cell.source = f"{cell.source.partition(chr(10))[0]}\n{question.solution}"
    solution = notebook.write(folder / "solution.ipynb", answered)
    (folder / "scratch").mkdir()
    done = subprocess.run(
        [
            *(sys.executable, Path(__file__).parent / "grade_elsewhere.py", grader, given, NAME, folder / "scratch"),
            *(f"solution={solution}", f"untouched={given / NAME}"),
        ],
        env={**os.environ, "LABKIT_DISTRICT": "WK054608"},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert "error" not in found, found
    return found


def test_nbgrader_validates_and_grades_a_release(tmp_path: Path) -> None:
    found = _graded("nbgrader", "nbgrader", tmp_path)

    assert found["checksums"], "its own reader and checksums agree with ours"
    assert found["kept"], "it changes no cell of ours"
    checks = {"residents-check-1": 2, "share-check-1": 1, "share-check-2": 2, "table-check-1": 2}
    assert found["solution"]["points"] == {**checks, "why-answer": 0}
    assert found["solution"]["waiting"] == ["why-answer"], "a person marks the text"
    assert found["solution"]["max_score"] == 10, "the points of hidden checks are in it too"
    assert found["untouched"]["points"] == dict.fromkeys([*checks, "why-answer"], 0)
    assert found["untouched"]["waiting"] == [], "an untouched text is marked by nobody"


def test_otter_grades_a_release(tmp_path: Path) -> None:
    found = _graded("otter", "otter", tmp_path)

    assert found["solution"] == {"score": 7, "max_score": 7, "points": {"residents": 2, "share": 3, "table": 2}}
    assert found["untouched"] == {"score": 0, "max_score": 7, "points": {"residents": 0, "share": 0, "table": 0}}
