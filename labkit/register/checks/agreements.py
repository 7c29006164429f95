"""What falls under an agreement lies within its period, and so does what was promised in it.

Source: domain model, "under_agreement inside the agreement's period"; a commitment has a date by which it is due.
Where the agreement or the project does not say when it was, nothing is held against it.
"""

from __future__ import annotations

from collections.abc import Iterator

from labkit.language import t
from labkit.register import when
from labkit.register.checks.context import Context, Finding, error, warning
from labkit.register.records import Agreement, Project
from labkit.register.spans import Span, span_of


def check_under_agreement(context: Context) -> Iterator[Finding]:
    """Yield projects and agreements that lie outside the period of the agreement that they fall under."""
    for record in context.book:
        if not isinstance(record, Project | Agreement):
            continue
        for place, block in enumerate(record.under_agreement, start=1):
            agreement = context.book.records.get(block.agreement)
            if isinstance(agreement, Agreement) and agreement is not record:
                yield from _outside(record, agreement, f"under_agreement[{place}].agreement")


def check_commitments(context: Context) -> Iterator[Finding]:
    """Yield commitments that are due outside their agreement's period, or still open after their day."""
    for agreement in context.book.of(Agreement):
        span = span_of(agreement)
        for place, one in enumerate(agreement.commitments, start=1):
            path = f"commitments[{place}]"
            named = {"due": when.shown(one.due), "start": when.shown(span.start), "end": when.shown(span.end)}
            if when.certainly_before(one.due, span.start):
                message = t("The commitment is due ({due}) before the agreement begins ({start}).", **named)
                yield error(agreement, f"{path}.due", message, t("Correct one of the two."))
            elif when.certainly_before(span.end, one.due):
                message = t("The commitment is due ({due}) after the agreement ends ({end}).", **named)
                advice = t("Correct one of the two; a report that is due afterwards can stay.")
                yield warning(agreement, f"{path}.due", message, advice)
            last = when.latest(one.due or span.end)
            if one.status == "open" and last is not None and last < context.today:
                message = t(
                    "The commitment is still open, and its day ({due}) has passed.", due=when.shown(one.due or span.end)
                )
                yield warning(agreement, f"{path}.status", message, t("Write met, partly, not_met or unknown."))


def _outside(record: Project | Agreement, agreement: Agreement, path: str) -> Iterator[Finding]:
    own, whole = span_of(record), span_of(agreement)
    named = {"agreement": agreement.id, "period": _shown(whole), "own": _shown(own)}
    advice = t("Correct a date, or take it from under the agreement.")
    if own.ends_before(whole) or whole.ends_before(own):
        message = t("This ({own}) lies outside the period of {agreement} ({period}).", **named)
        yield error(record, path, message, advice)
    elif own.starts_before(whole) or when.certainly_before(whole.end, own.end):
        message = t("This ({own}) lies partly outside the period of {agreement} ({period}).", **named)
        yield warning(record, path, message, t("Look whether all of it falls under the agreement."))


def _shown(span: Span) -> str:
    start, end = when.shown(span.start), when.shown(span.end)
    return start if span.start == span.end else f"{start} – {end}"
