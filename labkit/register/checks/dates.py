"""Dates within one record: an end after its start, an academic year that fits, a status that fits the day.

Sources: domain model (dates in Year, Year-Month or full form, each as far as known; status planned, running,
finished, stopped). The academic year of Dutch higher education runs from 1 September to 31 August; introduction
weeks and resits make it start in the summer before, so from July on a date belongs to the new year.
Only what is certainly wrong is a fault: "2021" and "2021-03" never contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from labkit.language import t
from labkit.register import when
from labkit.register.checks.context import Context, Finding, error, quoted, warning
from labkit.register.records import Agreement, Offer, Outcome, Project, Question, Record


def check_periods(context: Context) -> Iterator[Finding]:
    """Yield ends before their start, in records and in the roles of their partners."""
    for record in context.book:
        if isinstance(record, Project | Offer | Agreement):
            yield from _turned(record, "start", record.start, "end", record.end)
        if isinstance(record, Question):
            yield from _turned(record, "asked_on", record.asked_on, "answer_by", record.answer_by)
        if isinstance(record, Offer):
            yield from _turned(record, "questions_by", record.questions_by, "end", record.end)
        partners: list[Any] = getattr(record, "partners", [])
        for place, one in enumerate(partners, start=1):
            inside = f"partners[{place}]."
            yield from _turned(record, f"{inside}start", one.start, f"{inside}end", one.end)


def check_academic_years(context: Context) -> Iterator[Finding]:
    """Yield academic years that are not two following years, or that do not hold the start."""
    for record in context.book:
        if not isinstance(record, Project | Offer) or record.academic_year is None:
            continue
        first, second = int(record.academic_year[:4]), int(record.academic_year[5:])
        if second != first + 1:
            message = t("{value} is no academic year.", value=quoted(record.academic_year))
            yield error(record, "academic_year", message, t("Write two following years, such as 2025-2026."))
            continue
        earliest, latest = when.earliest(record.start), when.latest(record.start)
        if earliest and latest and (latest < date(first, 7, 1) or earliest > date(second, 8, 31)):
            named = {"start": when.shown(record.start), "year": record.academic_year}
            message = t("The start ({start}) does not lie in the academic year {year}.", **named)
            yield error(record, "academic_year", message, t("Correct one of the two."))


def check_status(context: Context) -> Iterator[Finding]:
    """Yield a status that the dates speak against today."""
    for record in context.book:
        if isinstance(record, Project):
            yield from _status_of_project(record, context.today)
        elif isinstance(record, Agreement):
            if record.status == "in_force" and _over(record.end, context.today):
                message = t("The status is in_force, but the end ({end}) has passed.", end=when.shown(record.end))
                yield warning(record, "status", message, t("Write ended or renewed, or correct the end."))
            elif record.status in ("ended", "renewed") and _to_come(record.end, context.today):
                named = {"status": record.status, "end": when.shown(record.end)}
                message = t("The status is {status}, but the end ({end}) is still to come.", **named)
                yield warning(record, "status", message, t("Correct the status or the date."))


def check_seen(context: Context) -> Iterator[Finding]:
    """Yield what is said to have been seen, checked or asked on a day that is still to come."""
    for record in context.book:
        names = ["checked_on"]
        names += ["observed_on"] if isinstance(record, Outcome) else []
        names += ["asked_on"] if isinstance(record, Question) else []
        for name in names:
            moment: str | None = getattr(record, name)
            if _to_come(moment, context.today):
                message = t("This date ({when}) is still to come.", when=when.shown(moment))
                yield error(record, name, message, t("Write the day on which it was done."))


def _turned(record: Record, first: str, start: str | None, last: str, end: str | None) -> Iterator[Finding]:
    if when.certainly_before(end, start):
        named = {"first": first, "last": last, "start": when.shown(start), "end": when.shown(end)}
        message = t("{last} ({end}) lies before {first} ({start}).", **named)
        yield error(record, last, message, t("Correct one of the two."))


def _status_of_project(record: Project, today: date) -> Iterator[Finding]:
    status = record.status
    named = {"status": status, "start": when.shown(record.start), "end": when.shown(record.end)}
    if status in ("finished", "stopped") and _to_come(record.start, today):
        message = t("The status is {status}, but the start ({start}) is still to come.", **named)
        yield error(record, "status", message, t("Write planned, or correct the start."))
    elif status == "running" and _to_come(record.start, today):
        message = t("The status is {status}, but the start ({start}) is still to come.", **named)
        yield warning(record, "status", message, t("Write planned, or correct the start."))
    elif status in ("running", "planned") and _over(record.end, today):
        message = t("The status is {status}, but the end ({end}) has passed.", **named)
        yield warning(record, "status", message, t("Write finished or stopped, or correct the end."))
    elif status == "finished" and _to_come(record.end, today):
        message = t("The status is {status}, but the end ({end}) is still to come.", **named)
        yield warning(record, "status", message, t("Correct the status or the date."))


def _over(moment: str | None, today: date) -> bool:
    last = when.latest(moment)
    return last is not None and last < today


def _to_come(moment: str | None, today: date) -> bool:
    first = when.earliest(moment)
    return first is not None and first > today
