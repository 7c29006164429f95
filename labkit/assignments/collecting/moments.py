"""Times as learning platforms write them into names: without a zone, with Dutch or English months."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from labkit.errors import WrongUseError
from labkit.language import t

_MONTHS = (
    ("january", "januari", "jan"),
    ("february", "februari", "feb", "febr"),
    ("march", "maart", "mar", "mrt"),
    ("april", "apr"),
    ("may", "mei"),
    ("june", "juni", "jun"),
    ("july", "juli", "jul"),
    ("august", "augustus", "aug"),
    ("september", "sep", "sept"),
    ("october", "oktober", "oct", "okt"),
    ("november", "nov"),
    ("december", "dec"),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}

_WORD = "|".join(sorted(MONTHS, key=len, reverse=True))
_TIME = (
    r"(?P<hour>\d{1,2})[:._]?(?P<minute>\d{2})(?:[:._]?(?P<second>\d{2}))?(?:\s*(?P<half>[ap])\.?\s?m(?![A-Za-z])\.?)?"
)
_BETWEEN = r"[\s,._-]+(?:at |om )?"
#: "24 November, 2026 1103 PM", "24 nov. 2026 23:03", and "Nov 24, 2026 11:03 PM".
MOMENT = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\.?\s+(?P<month>{_WORD})\b\.?,?|(?P<month2>{_WORD})\b\.?\s+(?P<day2>\d{{1,2}}),?)"
    rf"\s+(?P<year>20\d\d){_BETWEEN}{_TIME}",
    re.IGNORECASE,
)


def read_moment(text: str, zone: tzinfo) -> datetime | None:
    """Return the moment that a platform wrote into a name.

    Parameters
    ----------
    text : str
        A name, or a part of it.
    zone : tzinfo
        The time zone of the platform.

    Returns
    -------
    datetime or None
        None if no time can be read from it.

    Examples
    --------
    >>> str(read_moment("24 November, 2026 1103 PM", zone_called("Europe/Amsterdam")))
    '2026-11-24 23:03:00+01:00'
    >>> str(read_moment("mrt 3, 2026 0:05", zone_called("Europe/Amsterdam")))
    '2026-03-03 00:05:00+01:00'
    """
    found = MOMENT.search(text)
    return None if found is None else moment_of(found, zone)


def moment_of(found: re.Match[str], zone: tzinfo) -> datetime | None:
    """Return the moment that a match of `MOMENT` stands for; None if there is no such day or hour."""
    hour = int(found["hour"])
    if found["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    try:
        return datetime(
            int(found["year"]),
            MONTHS[(found["month"] or found["month2"]).lower()],
            int(found["day"] or found["day2"]),
            hour,
            int(found["minute"]),
            int(found["second"] or 0),
            tzinfo=zone,
        )
    except ValueError:
        return None


def read_stamp(text: str, zone: tzinfo) -> datetime | None:
    """Return the moment in a `timestamp.txt` of nbgrader; None if there is none.

    Examples
    --------
    >>> str(read_stamp("2026-11-24 20:00:00.5 UTC", zone_called("Europe/Amsterdam")))
    '2026-11-24 20:00:00+00:00'
    """
    found = re.match(r"\s*(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d+)?\s*([\w/+:-]*)\s*$", text)
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(found[1])
        return moment.replace(tzinfo=zone_called(found[2]) if found[2] else zone)
    except (ValueError, WrongUseError):
        return None


def zone_called(name: str) -> ZoneInfo:
    """Return a time zone by its name, such as "Europe/Amsterdam"; a wrong one is answered with the nearest."""
    from zoneinfo import available_timezones

    from labkit.language import did_you_mean
    from labkit.names import nearest

    try:
        return ZoneInfo(name)
    except Exception:  # a name that is no zone fails in several ways
        near = nearest(name.rpartition("/")[2], [one.rpartition("/")[2] for one in available_timezones()], most=1)
        meant = sorted(one for one in available_timezones() if near and one.endswith(near[0]))
        raise WrongUseError(
            t("There is no time zone {name}. Give one such as Europe/Amsterdam.", name=repr(name))
            + (" " + did_you_mean(meant[:3]) if meant else "")
        ) from None
