"""Dates as far as they are known: a year, a month, a day, or "unknown"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from labkit.language import resolve, t
from labkit.register.vocabularies import UNKNOWN

#: Years that a lab project can have: a slip such as 1026 or 20206 is refused.
YEAR = "(1[5-9]|2[01])[0-9]{2}"
PATTERN = rf"^(unknown|{YEAR}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)$"
_FORM = re.compile(PATTERN)
_TURNED = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$")


def parse(value: object) -> str:
    """Return a date in the form in which records hold it; a ValueError says what is wrong.

    Parameters
    ----------
    value : str, int or datetime.date
        "2021", "2021-06", "2021-06-14", 2021, a date, or "unknown".

    Returns
    -------
    str
        One of the first three forms, or "unknown".

    Examples
    --------
    >>> parse(2021), parse(date(2021, 6, 14))
    ('2021', '2021-06-14')
    >>> parse("14-6-2021")
    Traceback (most recent call last):
        ...
    ValueError: This is no date. Write 2021-06-14.
    >>> parse("31-2-2021")
    Traceback (most recent call last):
        ...
    ValueError: There is no day 31-2-2021 in the calendar. Look it up.
    """
    text = value.isoformat()[:10] if isinstance(value, date) else str(value).strip()
    if value is None or text == "":
        raise ValueError(f"{t('This field is empty.')} {t('Write 2021, 2021-06, 2021-06-14 or unknown.')}")
    turned = _TURNED.match(text)
    meant = f"{turned[3]}-{int(turned[2]):02}-{int(turned[1]):02}" if turned else text
    if isinstance(value, bool) or not _FORM.match(meant):
        raise ValueError(f"{t('This is no date.')} {t('Write 2021, 2021-06, 2021-06-14 or unknown.')}")
    if len(meant) == 10:
        try:
            date.fromisoformat(meant)
        except ValueError as error:
            raise ValueError(f"{t('There is no day {day} in the calendar.', day=text)} {t('Look it up.')}") from error
    if turned:
        raise ValueError(f"{t('This is no date.')} {t('Write {day}.', day=meant)}")
    return text


def earliest(when: str | None) -> date | None:
    """Return the first day that a date can mean; None if it is not known.

    Examples
    --------
    >>> earliest("2021-06"), earliest("unknown")
    (datetime.date(2021, 6, 1), None)
    """
    if when is None or when == UNKNOWN:
        return None
    return date.fromisoformat(f"{when}-01-01"[:10] if len(when) == 4 else f"{when}-01"[:10])


def latest(when: str | None) -> date | None:
    """Return the last day that a date can mean; None if it is not known.

    Examples
    --------
    >>> latest("2020-02"), latest("2021")
    (datetime.date(2020, 2, 29), datetime.date(2021, 12, 31))
    """
    first = earliest(when)
    if first is None or when is None or len(when) == 10:
        return first
    if len(when) == 4 or first.month == 12:
        return date(first.year, 12, 31)
    return date(first.year, first.month + 1, 1) - timedelta(days=1)


def year(when: str | None) -> int | None:
    """Return the year of a date; None if it is not known.

    Examples
    --------
    >>> year("2021-06"), year("unknown")
    (2021, None)
    """
    return None if when is None or when == UNKNOWN else int(when[:4])


def certainly_before(one: str | None, other: str | None) -> bool:
    """Say whether the first date lies before the second, however their unknown parts are filled in.

    Examples
    --------
    >>> certainly_before("2020", "2021-03"), certainly_before("2021", "2021-03"), certainly_before("unknown", "2021")
    (True, False, False)
    """
    last, first = latest(one), earliest(other)
    return last is not None and first is not None and last < first


def shown(when: str | None, language: str | None = None) -> str:
    """Return a date as people write it; "" if there is none.

    Examples
    --------
    >>> shown("2021-06-14", "nl"), shown("2021-06", "en"), shown("unknown", "nl")
    ('14 juni 2021', 'June 2021', 'onbekend')
    """
    if when is None:
        return ""
    chosen = resolve(language)
    if when == UNKNOWN:
        return "onbekend" if chosen == "nl" else "unknown"
    day = earliest(when)
    if day is None or len(when) == 4:
        return when
    from babel.dates import format_date

    return str(format_date(day, "d MMMM y" if len(when) == 10 else "MMMM y", locale=chosen))
