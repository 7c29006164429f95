"""Expect a number: its kind, its unit, its size."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from labkit.assignments.expect.failing import fail, shown
from labkit.assignments.expect.kinds import (
    is_array,
    is_bool,
    is_column,
    is_missing,
    is_number,
    is_table,
    library,
    many,
    plain,
    wrong_kind,
)
from labkit.language import t

#: Two numbers that differ less than this, relative to their size, differ by the way in which a computer counts.
NOISE = 1e-9

#: A number beyond this is no matter of units.
LARGEST = 1e15

#: What a number without a lower or upper limit is compared with.
Range = Sequence[float | None]

PER_CENT = {"%", "per cent", "percent", "procent", "percentage", "pct"}
SHARE = {"share", "aandeel", "fraction", "fractie", "proportion", "deel"}


def number(
    value: Any,
    unit: str | None = None,
    between: Range | None = None,
    whole: bool = False,
    decimals: int | None = None,
) -> float:
    """Expect a number.

    Parameters
    ----------
    value : object
        The answer.
    unit : str, optional
        What it is counted in, such as "residents" or "%": a share where per cent is asked is recognised.
    between : pair of float, optional
        What is possible, such as ``(0, 100)``; None for an open end. Keep it wide: it is no answer.
    whole : bool
        Whether it must be a whole number.
    decimals : int, optional
        To how many decimals it must be rounded.

    Returns
    -------
    float
        The number, as an int or a float of Python.

    Raises
    ------
    CheckFailed
        Of kind "type", "unit" or "value".

    Examples
    --------
    >>> number(14085, unit="residents", between=(0, 200_000), whole=True)
    14085
    >>> number(0.27, unit="%", between=(1, 100))
    Traceback (most recent call last):
        ...
    labkit.assignments.expect.failing.CheckFailed: 0.27 looks like a share, where per cent is asked: multiply by 100.
    """
    found = as_number(value)
    if between is not None and not inside(found, between):
        hint = unit_hint(found, lambda other: inside(other, between), unit) if _tells(found, between, unit) else None
        fail(*(hint or ("value", _outside(found, between, unit))))
    if whole and found != math.floor(found):
        fail("type", t("A whole number is asked, and {value} is none.", value=shown(found)))
    if decimals is not None and abs(round(found, decimals) - found) > NOISE * max(1.0, abs(found)):
        fail(
            "value",
            t("{value} is not rounded: round it to {decimals} decimals.", value=shown(found), decimals=decimals),
        )
    return found


def as_number(value: Any) -> float:
    """Return an answer as an int or a float; fail if it is none, or if there is no figure."""
    asked = t("a number")
    if library(value) == "numpy" and not is_array(value):
        value = plain(value)
    if isinstance(value, str):
        fail("type", _text(plain(value)))
    if is_bool(value) or isinstance(value, complex) or not (is_number(value) or is_missing(value)):
        wrong_kind(value, asked, _hint(value))
    if value is None:
        wrong_kind(value, asked)
    if is_missing(value):
        fail("value", t("This is an empty value (NaN), where a number is asked: a figure that is missing came along."))
    found = simple(value)
    if isinstance(found, float) and math.isinf(found):
        fail("value", t("This is infinite: was something divided by zero?"))
    return found


def simple(value: Any) -> float:
    """Return a number of any kind as an int or a float of Python."""
    found = plain(value)
    if isinstance(found, int | float):
        return found
    try:
        return int(found) if isinstance(found, Fraction) and found.denominator == 1 else float(found)
    except (OverflowError, ValueError):
        return math.inf


def _text(value: str) -> str:
    bare = value.strip().replace(",", "").replace(".", "").lstrip("+-")
    if bare.isdigit():
        return t("This is a text, where a number is asked: take the quotes away.")
    if any(char.isdigit() for char in value):
        return t("This is a text, where a number is asked: write the number alone, without quotes and unit.")
    return t("This is a text, where a number is asked.")


def _hint(value: Any) -> str:
    if is_table(value):
        return t("choose one row and one column")
    if many(value) and len(value) == 1:
        return (
            t("take the one value out of it, with .iloc[0]")
            if is_column(value)
            else t("take the one value out of it, with [0]")
        )
    if many(value):
        return t("choose one of them, or make one number of them")
    if callable(value):
        return t("call it, with brackets behind its name")
    return ""


def inside(value: float, between: Range) -> bool:
    """Return whether a number lies in a range; None is an open end."""
    low, high = between
    return (low is None or value >= low) and (high is None or value <= high)


def _tells(value: float, between: Range, unit: str | None) -> bool:
    """Return whether being outside of a range can tell of a wrong unit: it is named, or the number is far outside."""
    low, high = between
    named = (unit or "").strip().casefold() in PER_CENT | SHARE
    return named or (high is not None and value > 10 * high) or (low is not None and 0 < value < low / 10)


def _outside(value: float, between: Range, unit: str | None) -> str:
    low, high = between
    behind = f" {unit}" if unit else ""
    if low is None:
        return t("{value} is too large: at most {high}{unit} is possible.", value=shown(value), high=high, unit=behind)
    if high is None:
        return t("{value} is too small: at least {low}{unit} is possible.", value=shown(value), low=low, unit=behind)
    return t(
        "{value} is not possible: it lies between {low} and {high}{unit}.",
        value=shown(value),
        low=low,
        high=high,
        unit=behind,
    )


def unit_hint(value: float, fits: Callable[[float], bool], unit: str | None = None) -> tuple[str, str] | None:
    """Return the kind "unit" and a sentence if the number would fit in another unit; None if not.

    Parameters
    ----------
    value : float
        The number of the student.
    fits : callable
        Whether a number would do.
    unit : str, optional
        The unit that is asked.
    """
    kind = (unit or "").strip().casefold()
    if not value or abs(value) > LARGEST:
        return None
    for factor, text in _factors(kind, value):
        if fits(value * factor if factor > 1 else value / round(1 / factor)):
            by = factor if factor > 1 else round(1 / factor)
            return "unit", text.format(value=shown(value), factor=by)
    return None


def _factors(unit: str, value: float) -> Iterator[tuple[float, str]]:
    """Yield by what a number is often wrong, with the sentence that says so."""
    if unit in PER_CENT or (not unit and abs(value) <= 1):
        yield 100, t("{value} looks like a share, where per cent is asked: multiply by 100.")
    if unit in SHARE or not unit:
        yield 0.01, t("{value} looks like per cent, where a share is asked: divide by 100.")
    if unit in PER_CENT | SHARE:
        return
    small = t(
        "{value} is too small by a factor of {factor}: are these thousands, or is there a point where none belongs?"
    )
    large = t("{value} is too large by a factor of {factor}: in which unit is it asked?")
    yield from ((1000, small), (0.001, large), (1_000_000, small), (0.000001, large))
