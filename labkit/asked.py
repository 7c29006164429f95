"""What a reader asked for: one thing or several, a year, and what of it is not there."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import Any

from labkit.area import Area
from labkit.errors import WrongUseError


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
        raise WrongUseError(f"A year is a whole number, such as 2023; not {value!r}.") from None
    if year != value and str(year) != str(value).strip():
        raise WrongUseError(f"A year is a whole number, such as 2023; not {value!r}.")
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
        warnings.warn(f"There are no figures here for {', '.join(missing)}; the others are given.", stacklevel=4)
