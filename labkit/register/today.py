"""The day on which something is looked up: deadlines and ends are judged by it."""

from __future__ import annotations

import datetime

from labkit.errors import WrongUseError
from labkit.language import t


def day_of(today: datetime.date | str | None) -> datetime.date:
    """Return a day from a date or from a text such as "2026-11-23"; today if there is none.

    Examples
    --------
    >>> day_of("2026-11-23")
    datetime.date(2026, 11, 23)
    """
    if today is None:
        return datetime.date.today()
    if isinstance(today, datetime.datetime):
        return today.date()
    try:
        return today if isinstance(today, datetime.date) else datetime.date.fromisoformat(today)
    except (TypeError, ValueError) as error:
        raise WrongUseError(t("today is {today}. Give a day such as 2026-11-23.", today=repr(today))) from error
