"""Questions that are answered with a project record: a file beside the notebook, of which nothing is run."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from labkit.assignments.assignment import Question
from labkit.assignments.handins import HandIn
from labkit.assignments.paper import Paper
from labkit.assignments.record_checks import record_checks
from labkit.assignments.results import CheckResult, QuestionResult

if TYPE_CHECKING:
    from labkit.register.register import Register


def add_record(made: QuestionResult, question: Question, paper: Paper, city: str) -> QuestionResult:
    """Put the checks of a record into the result of a question.

    Parameters
    ----------
    made : QuestionResult
        As the notebook alone gives it.
    question : Question
        With `record:` in its marker.
    paper : Paper
    city : str
        The city whose register the students worked from; "" for the one that opens by itself.
    """
    checks = _checks(question, paper, city)
    points = sum(one.max_points for one in checks)
    made.checks = [*made.checks, *checks]
    made.points = round(sum(one.points for one in made.checks), 6)
    made.manual_max = round(max(question.manual_points - points, 0.0), 6)
    found = checks[0].passed
    made.manual_points = 0.0 if made.manual_max > 0 and not found and not made.answer else None
    if found:
        # The record is the answer; that nothing was written in the cell is nothing to tell.
        made.answer = made.answer or checks[0].message
        made.notes = [] if made.signs == ["empty"] else made.notes
        made.signs = [one for one in made.signs if one != "empty"]
    return made


def _checks(question: Question, paper: Paper, city: str) -> list[CheckResult]:
    with tempfile.TemporaryDirectory(prefix="labkit-") as folder:
        files = {**paper.others, **paper.files}
        for name, data in files.items():
            place = Path(folder) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        handin = HandIn(student=paper.student, files=list(files), root=Path(folder))
        return record_checks(handin, question, _register(city), paper.language)


@lru_cache(maxsize=2)
def _register(city: str) -> Register:
    from labkit.opening import open_city

    return (open_city(city) if city else open_city()).register
