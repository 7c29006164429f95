"""What a reader asked for: one thing or several, a year, and what of it is not there."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import Any

from labkit.area import Area
from labkit.errors import NoFiguresError, WrongUseError
from labkit.language import t


def several(value: Any) -> list[Any]:
    """Return what was asked for as a list, whether one thing was named or several.

    Examples
    --------
    >>> several("Stevenshof"), several([2022, 2023])
    (['Stevenshof'], [2022, 2023])
    """
    return [value] if isinstance(value, str | int | Area) or not isinstance(value, Iterable) else list(value)


def whole_year(value: Any) -> int:
    """Return a year as a number; a `WrongUseError` says so if it is none.

    Examples
    --------
    >>> whole_year("2023")
    2023
    """
    try:
        year = int(value)
    except (TypeError, ValueError, OverflowError):
        raise WrongUseError(t("A year is a whole number, such as 2023; not {value}.", value=repr(value))) from None
    if year != value and str(year) != str(value).strip():
        raise WrongUseError(t("A year is a whole number, such as 2023; not {value}.", value=repr(value)))
    return year


def tell_missing(asked: Mapping[str, Iterable[Any]], found: set[Any]) -> None:
    """Warn of what was asked for by name and is nowhere in what was found.

    Parameters
    ----------
    asked : mapping
        What it is called -> what would have been found of it.
    found : set
        What was found.
    """
    missing = [name for name, parts in asked.items() if found.isdisjoint(parts)]
    if missing:
        warnings.warn(
            t("There are no figures here for {names}; the others are given.", names=", ".join(missing)), stacklevel=4
        )


def nothing_there(
    ids: list[str] | None,
    level: str | None,
    years: Iterable[int] | None,
    area: str | None,
    has: Mapping[str, Iterable[int]],
) -> NoFiguresError:
    """Return the error that says what was asked for, that nothing fits it, and what there is.

    Parameters
    ----------
    ids, level, years, area
        What was asked for: ids of indicators, a level, years, the name of an area; None where it was left open.
    has : mapping
        If one indicator was asked for: the levels that it has -> their years.

    Examples
    --------
    >>> print(nothing_there(["lonely"], None, [1999], None, {"district": [2020]}))
    There are no figures for lonely · 1999. lonely has district: 2020.
    """
    asked = [
        *([", ".join(ids)] if ids and len(ids) <= 5 else []),
        *([t("level {level}", level=level)] if level else []),
        *([", ".join(map(str, sorted(years)))] if years else []),
        *([t("in {area}", area=area)] if area is not None else []),
    ]
    text = t("There are no figures for {choice}.", choice=" · ".join(asked) or t("this choice"))
    if ids and len(ids) == 1:
        told = [f"{name}: {', '.join(map(str, own))}" for name, own in has.items()]
        some = t(", not for every area") if area is not None else ""
        none = t("{indicator} has no figures at all.", indicator=ids[0])
        text += " " + (
            t("{indicator} has {years}{some}.", indicator=ids[0], years="; ".join(told), some=some) if told else none
        )
    else:
        text += " " + t("Leave out a condition, or see figures.levels(indicator) and figures.years(indicator, level).")
    return NoFiguresError(text)
