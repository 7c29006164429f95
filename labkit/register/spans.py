"""From when until when a record was, as far as it says so; what is not known is never taken for certain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from labkit.register import when
from labkit.register.records import Agreement, Offer, Outcome, Project, Question, Record
from labkit.register.vocabularies import UNKNOWN

if TYPE_CHECKING:
    from labkit.register.book import Book


#: So many projects with people involved, within so many calendar years in a row, are a repeat load on an area.
MANY, WITHIN_YEARS = 3, 3


@dataclass(frozen=True, slots=True)
class Span:
    """A period.

    Attributes
    ----------
    start : str
        A partial date, or "unknown".
    end : str
        A partial date, or "unknown"; also if it is still open.
    """

    start: str
    end: str

    def starts_before(self, other: Span) -> bool:
        """Say whether this one certainly started before the other one did.

        Examples
        --------
        >>> early, late, unknown = Span("2019", "2020"), Span("2020", "2020"), Span("unknown", "2020")
        >>> early.starts_before(late), early.starts_before(unknown)
        (True, False)
        """
        return when.certainly_before(self.start, other.start)

    def ends_before(self, other: Span) -> bool:
        """Say whether this one was certainly over when the other one started."""
        return when.certainly_before(self.end, other.start)


def span_of(record: Project | Offer | Agreement) -> Span:
    """Return the period of a record.

    A project of which no end is stated and that is not running counts with its start: most take one semester, and
    who knows better fills in the end. Without a start, the academic year counts.

    Examples
    --------
    >>> from labkit.register.records import Agreement
    >>> made = {"id": "ag-x", "visibility": "public", "title_en": "X", "kind": "grant", "status": "ended"}
    >>> span_of(Agreement(**made, start="2023"))
    Span(start='2023', end='unknown')
    """
    start, end = record.start or UNKNOWN, record.end
    if not isinstance(record, Agreement):
        if start == UNKNOWN and record.academic_year:
            start = f"{record.academic_year[:4]}-09"
            end = end or f"{record.academic_year[5:]}-08"
        if end is None and record.status not in ("running", "planned", "open"):
            end = start
    return Span(start, end or UNKNOWN)


def years_of(record: Record, today: date) -> tuple[int, int] | None:
    """Return the first and the last year in which a record was; None if neither is known.

    What runs or is in force, and says no end, counts until today.

    Examples
    --------
    >>> from labkit.register.records import Agreement
    >>> made = {"id": "ag-x", "visibility": "public", "title_en": "X", "kind": "grant"}
    >>> years_of(Agreement(**made, start="2023", status="in_force"), date(2026, 11, 23))
    (2023, 2026)
    """
    first, last = _ends(record)
    if first is None and last is None:
        return None
    if last is None and getattr(record, "status", "") in ("running", "in_force"):
        last = today.year
    begin = first if first is not None else last
    assert begin is not None
    return begin, max(begin, last if last is not None else begin)


def busiest(spans: Iterable[tuple[int, int]], within: int = WITHIN_YEARS) -> tuple[int, int, int] | None:
    """Return the most spans that have a year in common with some years in a row, and the first and last of these.

    The years are those in which the spans lie: what begins in 2020 was not there in 2018. The latest of them where
    several have as many.

    Parameters
    ----------
    spans : iterable of tuple
        First and last year.
    within : int
        How many years in a row.

    Examples
    --------
    >>> busiest([(2015, 2018), (2020, 2020), (2020, 2021)])
    (3, 2018, 2020)
    >>> busiest([(2020, 2024)]), busiest([]) is None
    ((1, 2020, 2020), True)
    """
    known = list(spans)
    best: tuple[int, int, int] | None = None
    # Any run of years can be moved back, without losing a span, until one of them begins in its last year.
    for last in sorted({start for start, _ in known}):
        first = last - within + 1
        starts = [start for start, end in known if start <= last and end >= first]
        if best is None or len(starts) >= best[0]:
            best = len(starts), max(first, min(starts)), last
    return best


def when_of(record: Record, book: Book) -> str:
    """Return a text by which records are put in the order of their time; "" if it is not known."""
    if isinstance(record, Outcome):
        known = _known(record.observed_on)
        project = book.records.get(record.project)
        return known or (when_of(project, book) if isinstance(project, Project) else "")
    if isinstance(record, Question):
        return _known(record.asked_on)
    if isinstance(record, Project | Offer | Agreement):
        span = span_of(record)
        return _known(span.start) or _known(span.end)
    return ""


def _ends(record: Record) -> tuple[int | None, int | None]:
    if isinstance(record, Project | Offer):
        span = span_of(record)
        last = when.year(span.end)
        if record.academic_year and record.end is None:
            last = max(last or 0, int(record.academic_year[5:]))
        return when.year(span.start), last
    if isinstance(record, Agreement):
        signed = when.year(record.signed_on)
        return when.year(record.start) or signed, when.year(record.end)
    moment = record.asked_on if isinstance(record, Question) else getattr(record, "observed_on", None)
    return when.year(moment), when.year(moment)


def _known(moment: str | None) -> str:
    return "" if moment is None or moment == UNKNOWN else moment
