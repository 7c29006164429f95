"""Grade a question that asks for a project record: whether it is one, and whether the register finds errors in it."""

from __future__ import annotations

import contextlib
from functools import cache
from typing import TYPE_CHECKING

from labkit.assignments.assignment import Assignment, Question
from labkit.assignments.handins import HandIn
from labkit.assignments.record_files import RecordFile, records_in
from labkit.assignments.records import check
from labkit.assignments.results import CheckResult, QuestionResult, Result
from labkit.assignments.safe_files import read_file
from labkit.errors import LabkitError
from labkit.language import resolve, speaking, t
from labkit.packagechecks.fault import Fault
from labkit.register.reading import MOST_BYTES

if TYPE_CHECKING:
    from labkit.register.register import Register

#: So many faults are told at once: more help nobody.
_TOLD = 3


def asks_for_record(question: Question) -> str:
    """Return the kind of record that a question asks for ("project"); "" if it asks for none.

    The marker says so: ``# question: q5, 3 points, record: project``.
    """
    kind = question.marker.values.get("record", "")
    return kind if kind not in ("none", "no") else ""


def record_checks(
    handin: HandIn, question: Question, register: Register | None = None, language: str | None = None
) -> list[CheckResult]:
    """Return the two checks of a question that asks for a record.

    The first: there is a record of that kind among the files of the hand-in, and it can be read as one. The second:
    the checks of the register find no errors in it. Warnings cost nothing. Each is worth half of what no person gives:
    half of all points, or nothing if the question has a mark scheme, for then a person gives them all.

    Grading calls this, or `with_records`, for each question for which `asks_for_record` is not "", in place of running
    cells; nothing of the student's is run. The messages are for the student, and tell no name of anyone else.

    Parameters
    ----------
    handin : HandIn
        As `read_handins` gives it; its `files` are looked at.
    question : Question
    register : Register, optional
        The register that students worked from: what stands in it word for word is not theirs. That of the city that
        labkit opens by itself if left out.
    language : {"nl", "en"}, optional
        Of the messages; that of the hand-in if left out.

    Returns
    -------
    list of CheckResult
        "<question>.1" and "<question>.2".
    """
    return _looked(handin, question, register, language)[0]


def with_records(result: Result, assignment: Assignment, handin: HandIn, register: Register | None = None) -> Result:
    """Return the result of a hand-in in which the questions that ask for a record are graded.

    Parameters
    ----------
    result : Result
        As it is after the cells were run, or that of a hand-in without a notebook.
    assignment : Assignment
    handin : HandIn
        With all its files: a working copy of the register has more of them than travel along with a notebook.
    register : Register, optional
        That of the city of the assignment if left out.

    Returns
    -------
    Result
        The same one if the assignment asks for no records. The answer is the text of the record, so that a person who
        marks it sees it. Without a notebook the status becomes "graded" if the assignment asks for nothing but records.
    """
    asked = {one.id: one for one in assignment.questions if asks_for_record(one)}
    if not asked:
        return result
    register = _home(assignment.header.city) if register is None else register
    questions = [
        _filled(one, handin, asked[one.id], register, result.language) if one.id in asked else one
        for one in result.questions
    ]
    status = result.status
    if status == "no hand-in" and len(asked) == len(assignment.questions) and any(one.answer for one in questions):
        status = "graded"
    return result.model_copy(update={"questions": questions, "status": status})


def _filled(
    before: QuestionResult, handin: HandIn, question: Question, register: Register | None, language: str
) -> QuestionResult:
    checks, best = _looked(handin, question, register, language)
    answer = ""
    if best is not None:
        with contextlib.suppress(LabkitError, UnicodeDecodeError):
            answer = read_file(handin.root / best.file, MOST_BYTES).decode("utf-8-sig")
    return before.model_copy(
        update={
            "checks": checks,
            "points": round(sum(one.points for one in checks), 6),
            "manual_max": question.manual_points,
            "manual_points": 0.0 if question.manual_points > 0 and not answer else None,
            "matched_by": "id" if best is not None else "missing",
            "answer": answer,
        }
    )


def _looked(
    handin: HandIn, question: Question, register: Register | None, language: str | None
) -> tuple[list[CheckResult], RecordFile | None]:
    """Return the checks of a question, and the record that they are about."""
    kind = asks_for_record(question)
    each = 0.0 if question.scheme else round(question.points / 2, 6)
    home = register if register is not None else _home()
    with speaking(resolve(language or handin.language)):
        found = [one for one in records_in(handin, home, kind) if one.kind == kind]
        return _results(question.id, each, found, home)


@cache
def _home(city: str = "") -> Register:
    from labkit.opening import open_city

    return (open_city(city) if city else open_city()).register


def _results(
    name: str, each: float, found: list[RecordFile], register: Register
) -> tuple[list[CheckResult], RecordFile | None]:
    first = CheckResult(id=f"{name}.1", max_points=each)
    second = CheckResult(id=f"{name}.2", max_points=each)
    read = [one for one in found if one.record is not None]
    if not read:
        faults = [fault for one in found for fault in one.faults]
        first.kind = "error" if found else "missing"
        first.message = _told(faults) if found else t("There is no record among the files that you handed in.")
        second.kind, second.message = "missing", t("Without a record that can be read, nothing can be checked.")
        return [first, second], found[0] if found else None
    first.passed, first.points = True, each
    # With several records the best one counts; the others are its drafts.
    checked = {one.name: _errors(one, read, register) for one in read}
    best = min(read, key=lambda one: len(checked[one.name]))
    first.message = t("{name} is a record.", name=best.name)
    errors = checked[best.name]
    if errors:
        second.kind, second.message = "value", _told(errors)
    else:
        second.passed, second.points = True, each
        second.message = t("The register finds no errors in it.")
    return [first, second], best


def _errors(one: RecordFile, together: list[RecordFile], register: Register) -> list[Fault]:
    """Return the errors in a record, with the other records of the hand-in beside it."""
    assert one.record is not None
    records = {other.record.id: other.record for other in together if other.record is not None}
    faults, _ = check([*{**records, one.record.id: one.record}.values()], register)
    return [fault for fault in faults[one.record.id] if fault.severity == "error"]


def _told(faults: list[Fault]) -> str:
    lines = []
    for one in faults[:_TOLD]:
        place = ", ".join(
            part for part in (t("line {number}", number=one.line) if one.line else "", one.column) if part
        )
        lines.append(f"{place}: {one.message} {one.advice}".strip().removeprefix(": "))
    if len(faults) > _TOLD:
        lines.append(t("And {count} more.", count=len(faults) - _TOLD))
    return " ".join(lines)
