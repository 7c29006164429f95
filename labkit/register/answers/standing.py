"""How it stands with a question, as of when its record was checked: what is old or undated is not said of now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from labkit.language import t
from labkit.register.records import Outcome, Project
from labkit.register.vocabularies import UNKNOWN
from labkit.register.when import latest
from labkit.register.wording import day

if TYPE_CHECKING:
    from labkit.register.answers.answer import Answer

#: What was written down longer ago than this may have changed since.
FRESH = datetime.timedelta(days=365)

#: The states of a question that last, and so may be over by the day on which they are read.
LASTING = ("new", "refined", "matched", "planned", "running", "parked")


def is_fresh(today: datetime.date, moments: Iterable[str | None]) -> bool:
    """Say whether the newest of some dates lies at most a year back; if none is known, nobody can say so.

    Examples
    --------
    >>> is_fresh(datetime.date(2026, 11, 23), ["2019", "2026-01"]), is_fresh(datetime.date(2026, 11, 23), ["unknown"])
    (True, False)
    """
    known = [last for last in map(latest, moments) if last is not None]
    return bool(known) and max(known) >= today - FRESH


def dates_of(project: Project, outcomes: Iterable[Outcome]) -> Iterator[str | None]:
    """Yield the dates in a project and in what came of it; not when the record was checked."""
    yield from (project.start, project.end)
    if project.academic_year is not None:
        yield f"{project.academic_year[5:]}-08"
    if project.handover is not None:
        yield project.handover.updated_on
    for one in outcomes:
        yield one.observed_on


def is_current(answer: Answer) -> bool:
    """Say whether the record or one of its projects has a date of the last year."""
    dates = [answer.question.asked_on]
    for work in answer.works:
        dates += dates_of(work.project, work.outcomes)
    return is_fresh(answer.today, dates)


def state(answer: Answer, language: str) -> str:
    """Return in a sentence or two how it stands with the question."""
    status = answer.question.status
    told = _told(answer, language)
    if status not in ("answered", "withdrawn"):
        needed = latest(answer.question.answer_by)
        if needed is not None and needed < answer.today:
            by = day(answer.question.answer_by, language)
            told += " " + t("An answer was needed by {date}; that day has passed.", language, date=by)
    return told


def _told(answer: Answer, language: str) -> str:
    status, projects = answer.question.status, [work.project for work in answer.works]
    worked = any(one.status != "planned" for one in projects)
    if (
        not worked
        and status not in ("answered", "withdrawn")
        and "addresses" in answer.book.withheld.get(answer.question.id, ())
    ):
        return t("Not everything about this question may be shown here.", language)
    if status in ("new", "refined", UNKNOWN) and projects and not worked:
        status = "planned"
    if status in ("new", "refined") and worked:
        return t("Somebody worked on this question. The register does not say yet that it was answered.", language)
    if status in LASTING:
        return _as_of(answer, status, language) if is_current(answer) else _once(status, language)
    if status == UNKNOWN and worked:
        return t("Somebody worked on this question. Whether it was answered is not recorded.", language)
    if status == UNKNOWN:
        told = t("What came of this question is not known.", language)
        # A note says something: it stands on the page.
        bare = not answer.question.text("note")
        return f"{told} {t('The register says nothing about it.', language)}" if bare else told
    answered = t("This question has been answered.", language)
    return answered if status == "answered" else t("This question was withdrawn.", language)


def _as_of(answer: Answer, status: str, language: str) -> str:
    """Return what the register says, with the day on which that was checked."""
    checked = answer.question.checked_on
    if checked in (None, UNKNOWN):
        return t("According to the register: {state}", language, state=_now(status, language))
    date = day(checked, language)
    return t("According to the register, checked on {date}: {state}", language, date=date, state=_now(status, language))


def _now(status: str, language: str) -> str:
    """Return what the register says, to stand behind a colon."""
    texts = {
        "new": t("the question has come in, and nobody has taken it up yet.", language),
        "refined": t("the question was made ready for students, and is waiting for a group.", language),
        "matched": t("a group or course was found for this question. The work has yet to start.", language),
        "planned": t("a project for this question is planned.", language),
        "running": t("people are working on this question.", language),
        "parked": t("this question was put aside for now.", language),
    }
    return texts[status]


def _once(status: str, language: str) -> str:
    """Return what the source said, without a date or long ago."""
    texts = {
        "new": t("The question came in. Whether anybody took it up since is not known.", language),
        "refined": t(
            "According to the source, the question was made ready for students. "
            "Whether it still waits for a group is not known.",
            language,
        ),
        "matched": t(
            "According to the source, a group or course was found for this question. Whether the work began is not known.",
            language,
        ),
        "planned": t(
            "According to the source, a project for this question was planned. Whether it took place is not known.",
            language,
        ),
        "running": t(
            "According to the source, people worked on this question. Whether they still do is not known.", language
        ),
        "parked": t(
            "According to the source, this question was put aside. Whether that is still so is not known.", language
        ),
    }
    return texts[status]
