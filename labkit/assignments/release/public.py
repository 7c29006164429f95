"""What a release says of an assignment in `assignment.json`."""

from __future__ import annotations

from labkit.assignments import markers
from labkit.assignments.assignment import Assignment, Check, Question
from labkit.assignments.companion import Companion, PublicCheck, PublicQuestion
from labkit.assignments.header import Title
from labkit.assignments.release import roles


def companion(assignment: Assignment, languages: tuple[str, ...], districts: dict[str, str] | None = None) -> Companion:
    """Return all that is public about an assignment.

    Parameters
    ----------
    assignment : Assignment
    languages : tuple of {"nl", "en"}
        Those in which it is released.
    districts : dict of str to str, optional
        Salted hash of a student or group -> code of their area.
    """
    header = assignment.header
    return Companion.model_validate(
        {
            "assignment": assignment.id,
            "title": header.title,
            "course": header.course,
            "year": header.year,
            "city": header.city,
            "variants": header.variants,
            "within": header.within,
            "leave_out": header.leave_out,
            "level": header.variants or "",
            "languages": languages,
            "districts": districts or {},
            "questions": [_question(one) for one in assignment.questions],
            "setup": _setup(assignment),
        }
    )


def _question(one: Question) -> PublicQuestion:
    return PublicQuestion(
        id=one.id,
        title=Title(**one.titles) if one.titles else Title(nl=one.title, en=one.title),
        kind="code" if one.kind == "code" else "text",
        points=one.points,
        manual_points=one.manual_points,
        ai=one.marker.values.get("ai", ""),
        record=one.marker.values.get("record", ""),
        answers=one.answers,
        has_hidden=one.has_hidden,
        checks=tuple(_check(check) for check in one.checks),
    )


def _check(check: Check) -> PublicCheck:
    return PublicCheck(id=check.id, points=check.points, public=check.public, has_hidden=bool(check.hidden))


def _setup(assignment: Assignment) -> str:
    """Return the code that stands before the first question."""
    sources = []
    for cell in roles.mark(assignment).cells:
        if roles.is_(cell, roles.ANSWER, roles.CHECK):
            break
        if roles.is_(cell, roles.CODE, roles.OPEN):
            sources.append(markers.only(cell.source, markers.TEXT).strip("\n"))
    return "\n\n".join(one for one in sources if one.strip())
