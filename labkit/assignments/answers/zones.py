"""Time zones by their names."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any


def zone(name: Any) -> dt.tzinfo | None:
    """Return a time zone by its name or its distance from UTC in seconds; ValueError if it is neither.

    Examples
    --------
    >>> zone("Europe/Amsterdam"), zone(3600)
    (zoneinfo.ZoneInfo(key='Europe/Amsterdam'), datetime.timezone(datetime.timedelta(seconds=3600)))
    """
    from zoneinfo import ZoneInfo

    if name is None:
        return None
    if type(name) in (int, float):
        return dt.timezone(dt.timedelta(seconds=name))
    if not re.fullmatch(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}", name):
        raise ValueError("zone")
    return dt.UTC if name == "UTC" else ZoneInfo(name)
