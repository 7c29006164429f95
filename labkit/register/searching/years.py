"""Years as somebody asks for them: one, a period, or unknown."""

from __future__ import annotations

import re
from typing import Any

from labkit.asked import whole_year
from labkit.names import fold
from labkit.register.vocabularies import UNKNOWN

_PERIOD = re.compile(r"\s*(\d{4})\s*[-–]\s*(\d{4})\s*$")


def years_asked(value: Any) -> tuple[int, int] | None:
    """Return the first and the last year that are asked for; None for "unknown".

    Raises
    ------
    WrongUseError
        If it is no year.

    Examples
    --------
    >>> years_asked(2021), years_asked("2019-2021"), years_asked("onbekend")
    ((2021, 2021), (2019, 2021), None)
    """
    if isinstance(value, str):
        if fold(value) in (UNKNOWN, "onbekend"):
            return None
        period = _PERIOD.match(value)
        if period:
            first, last = sorted((int(period[1]), int(period[2])))
            return first, last
    year = whole_year(value)
    return year, year
