"""One thing is one record: two records that say the same would count twice.

Source: the register's own rule, "the same project is one record". Only exact doubles are told, as warnings: the
same title in the same year and programme can be two groups of one course.
"""

from __future__ import annotations

from collections.abc import Iterator

from labkit.language import t
from labkit.register.checks.context import Context, Finding, warning
from labkit.register.records import Agreement, Offer, Outcome, Partner, Project, Question, Record
from labkit.register.words import words_of


def check_doubles(context: Context) -> Iterator[Finding]:
    """Yield records that have the title, place and time of another one, each of them once."""
    seen: dict[tuple[object, ...], Record] = {}
    for record in context.book:
        for name, text in _titles(record):
            key = (record.KIND, name, tuple(words_of(text)), *_rest(record))
            first = seen.setdefault(key, record)
            if first is not record:
                message = t("{id} has the same title.", id=first.id)
                advice = t("If they are one, keep one record; if not, make the titles differ.")
                yield warning(record, name, message, advice)
                break


def _titles(record: Record) -> Iterator[tuple[str, str]]:
    if isinstance(record, Partner):
        yield "name", record.name
        return
    first = "title" if not isinstance(record, Outcome) else "statement"
    for name in (f"{first}_nl", f"{first}_en"):
        text = getattr(record, name)
        if text:
            yield name, text


def _rest(record: Record) -> tuple[object, ...]:
    """Return what may tell records of one title apart."""
    if isinstance(record, Project):
        return (record.start, record.academic_year, record.semester, record.programme, tuple(record.areas))
    if isinstance(record, Question):
        return (record.asked_on, tuple(record.areas))
    if isinstance(record, Offer):
        return (record.academic_year, record.semester, record.start, tuple(record.institutions))
    if isinstance(record, Agreement):
        return (record.start, record.kind)
    return (record.project,) if isinstance(record, Outcome) else ()
