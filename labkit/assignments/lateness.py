"""How late a hand-in is, and what the policy says of it; nothing is ever taken off here."""

from __future__ import annotations

from datetime import datetime, timedelta

from labkit.assignments.header import Header, LateStep
from labkit.assignments.results import Late
from labkit.language import number, t

#: Minutes after the deadline that are nobody's fault: a slow upload, a clock that is off.
GRACE = 5.0


def lateness(header: Header, received: datetime | None, extra_hours: float = 0.0, grace: float = GRACE) -> Late | None:
    """Return how late a hand-in is.

    Parameters
    ----------
    header : Header
        With `due`, and `late`: steps of hours and per cent.
    received : datetime or None
        When it was handed in, with its zone; None if that is not known.
    extra_hours : float
        What the roster gives this student, hours; of a group the most that a member has.
    grace : float
        Minutes that do not count; who is later than that is late from the deadline on.

    Returns
    -------
    Late or None
        None if it was in time, or there is nothing to compare. `minus` is what the policy says, per cent of the
        points: that of the first step that is not passed; 100 after the last one; 0 without steps, for then a
        person decides.

    Examples
    --------
    >>> header = Header(assignment="week1", due="2026-11-27T23:59:00+01:00",
    ...                 late=[{"hours": 24, "minus": 10}, {"hours": 72, "minus": 50}])
    >>> lateness(header, datetime.fromisoformat("2026-11-28T11:59:00+01:00")).minus
    10.0
    >>> lateness(header, datetime.fromisoformat("2026-11-28T11:59:00+01:00"), extra_hours=24) is None
    True
    """
    if header.due is None or received is None:
        return None
    # Over the universal clock: in the night in which clocks change, wall clocks would tell an hour too much or little.
    over = received.timestamp() - header.due.timestamp() - timedelta(hours=extra_hours).total_seconds()
    if over <= grace * 60:
        return None
    hours = over / 3600
    minus = _minus(header.late, hours)
    text = t("{late} late", late=in_words(hours))
    if extra_hours:
        text += ", " + t("after {hours} hours of extra time", hours=number(extra_hours, 1).rstrip("0").rstrip(".,"))
    if header.late:
        text += "; " + t("the policy says {minus} % less", minus=number(minus))
    return Late(hours=round(hours, 2), minus=minus, text=f"{text}.")


def _minus(steps: tuple[LateStep, ...], hours: float) -> float:
    ordered = sorted(steps, key=lambda one: one.hours)
    return next((one.minus for one in ordered if hours <= one.hours), 100.0 if ordered else 0.0)


def in_words(hours: float) -> str:
    """Return a length of time as a person says it.

    Examples
    --------
    >>> in_words(0.2), in_words(26.0), in_words(75)
    ('12 minutes', '26 hours', '3 days and 3 hours')
    """
    minutes = round(hours * 60)
    if minutes < 120:
        return t("{number} minutes", number=minutes)
    if hours < 48:
        return t("{number} hours", number=round(hours))
    days, rest = divmod(round(hours), 24)
    return t("{days} days and {hours} hours", days=days, hours=rest) if rest else t("{days} days", days=days)
