"""Grade a question that asks for a project record: whether it is one, and whether the register finds errors in it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from labkit.assignments.assignment import Question
from labkit.assignments.handins import HandIn
from labkit.assignments.record_files import RecordFile, records_in
from labkit.assignments.records import check
from labkit.assignments.results import CheckResult
from labkit.language import resolve, speaking, t
from labkit.packagechecks.fault import Fault

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

    Grading calls this for each question for which `asks_for_record` is not "", in place of running cells; nothing of
    the student's is run. The messages are for the student, and tell no name of anyone else.

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
    kind = asks_for_record(question)
    each = 0.0 if question.scheme else round(question.points / 2, 6)
    home = register if register is not None else _home()
    with speaking(resolve(language or handin.language)):
        found = [one for one in records_in(handin, home, kind) if one.kind == kind]
        return _results(question.id, each, found, home)


@cache
def _home() -> Register:
    from labkit.opening import open_city

    return open_city().register


def _results(name: str, each: float, found: list[RecordFile], register: Register) -> list[CheckResult]:
    first = CheckResult(id=f"{name}.1", max_points=each)
    second = CheckResult(id=f"{name}.2", max_points=each)
    read = [one for one in found if one.record is not None]
    if not read:
        faults = [fault for one in found for fault in one.faults]
        first.kind = "error" if found else "missing"
        first.message = _told(faults) if found else t("There is no record among the files that you handed in.")
        second.kind, second.message = "missing", t("Without a record that can be read, nothing can be checked.")
        return [first, second]
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
    return [first, second]


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
