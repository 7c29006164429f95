"""What kind of thing an answer is, in words, and as plain data."""

from __future__ import annotations

import datetime
import dis
import math
import numbers
import types
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from labkit.assignments.expect.failing import fail, shown
from labkit.language import t


def library(value: Any) -> str:
    """Return the name of the library that a value comes from; that of pandas for what builds on it too."""
    for parent in type(value).__mro__:
        root = parent.__module__.partition(".")[0]
        if root in ("pandas", "numpy", "labkit"):
            return root
    return type(value).__module__.partition(".")[0]


def is_table(value: Any) -> bool:
    """Return whether it is a DataFrame."""
    return library(value) == "pandas" and hasattr(value, "columns")


def is_column(value: Any) -> bool:
    """Return whether it is a Series or an Index."""
    return library(value) == "pandas" and hasattr(value, "dtype") and hasattr(value, "tolist")


def is_array(value: Any) -> bool:
    """Return whether it is a numpy array with a dimension."""
    return library(value) == "numpy" and hasattr(value, "tolist") and getattr(value, "ndim", 0) > 0


def is_area(value: Any) -> bool:
    """Return whether it is an area of a city."""
    return library(value) == "labkit" and hasattr(value, "code") and hasattr(value, "name")


def is_shape(value: Any) -> bool:
    """Return whether it is one shape of shapely: a point, line or outline."""
    return library(value) == "shapely" and hasattr(value, "geom_type")


def is_bool(value: Any) -> bool:
    """Return whether it is True or False, of Python or numpy."""
    return isinstance(value, bool) or (library(value) == "numpy" and type(value).__name__ in ("bool", "bool_"))


def is_number(value: Any) -> bool:
    """Return whether it is one real number; NaN is one too."""
    return not is_bool(value) and isinstance(value, numbers.Real | Decimal)


def is_missing(value: Any) -> bool:
    """Return whether it says that there is no figure: None, NaN, NA or NaT.

    Examples
    --------
    >>> is_missing(float("nan")), is_missing(None), is_missing(0)
    (True, True, False)
    """
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    if not is_number(value):
        return False
    try:
        return math.isnan(float(value))
    except (OverflowError, ValueError, TypeError):
        return False


def is_open(value: Any) -> bool:
    """Return whether nothing was filled in yet: `...`, or a name that does not exist."""
    return value is ... or (library(value) == "labkit" and type(value).__name__ == "Missing")


def unfilled(value: Any) -> bool:
    """Return whether a name still has what the release put there: `...`, or a function that does nothing.

    Examples
    --------
    >>> def share(part, whole):
    ...     "Return the share of a part in the whole."
    ...     ...
    >>> unfilled(share), unfilled(...), unfilled(0)
    (True, True, False)
    """
    return is_open(value) or does_nothing(value)


def plain(value: Any) -> Any:
    """Return one value as plain Python: numbers of numpy as int or float, texts of numpy as str.

    A number or text of a class of its own becomes an ordinary one, so that no method of the student is called.
    """
    if value is None or isinstance(value, bool):
        return value
    if library(value) == "numpy" and hasattr(value, "item") and not is_array(value):
        return value.item()
    if isinstance(value, int):
        return int.__add__(value, 0)
    if isinstance(value, float):
        return float.__add__(value, 0.0)
    if isinstance(value, str):
        return str.__str__(value)[:]
    return value


def items(value: Any) -> list[Any]:
    """Return the values of a list, column, array or set as plain Python values, in its order."""
    if is_column(value) or is_array(value):
        return [plain(one) for one in value.tolist()]
    return [plain(one) for one in value]


def many(value: Any) -> bool:
    """Return whether it holds values one after the other: a list, tuple, column, array or set."""
    return isinstance(value, list | tuple | set | frozenset | range) or is_column(value) or is_array(value)


def described(value: Any) -> str:
    """Return in words what kind of thing a value is.

    Examples
    --------
    >>> described("a"), described([1, 2]), described(len)
    ('a text', 'a list of 2 values', 'a function')
    """
    for fits, words in _KINDS:
        if fits(value):
            return str(words(value))
    return t("an object of the type {name}", name=_type_name(value))


def _type_name(value: Any) -> str:
    """Return the name of a type; what the grader could not hand over says it itself."""
    told = getattr(value, "type", "") if library(value) == "labkit" else ""
    return told if isinstance(told, str) and told else type(value).__name__


_KINDS: tuple[tuple[Any, Any], ...] = (
    (lambda one: one is None, lambda _: t("nothing (None)")),
    (is_bool, lambda _: t("True or False")),
    (is_missing, lambda _: t("an empty value (NaN)")),
    (is_number, lambda _: t("a number")),
    (lambda one: isinstance(one, str), lambda _: t("a text")),
    (is_table, lambda one: t("a table of {rows} rows and {columns} columns", rows=len(one), columns=len(one.columns))),
    (is_column, lambda one: t("a column of {number} values", number=len(one))),
    (is_array, lambda one: t("an array of {number} values", number=int(one.size))),
    (is_area, lambda _: t("an area")),
    (lambda one: isinstance(one, list), lambda one: t("a list of {number} values", number=len(one))),
    (lambda one: isinstance(one, tuple), lambda one: t("a tuple of {number} values", number=len(one))),
    (lambda one: isinstance(one, set | frozenset), lambda one: t("a set of {number} values", number=len(one))),
    (lambda one: isinstance(one, Mapping), lambda one: t("a dictionary of {number} keys", number=len(one))),
    (lambda one: isinstance(one, datetime.date), lambda _: t("a date")),
    (lambda one: isinstance(one, complex), lambda _: t("a complex number")),
    (is_shape, lambda _: t("an outline or point")),
    (lambda one: type(one).__name__ in ("Map", "MapFacts"), lambda _: t("a map")),
    (lambda one: type(one).__name__ in ("Chart", "ChartFacts"), lambda _: t("a chart")),
    (callable, lambda _: t("a function")),
)


def does_nothing(value: Any) -> bool:
    """Return whether it is a function of which only the first line and the docstring are there.

    Examples
    --------
    >>> def share(part, whole):
    ...     "Return the share of a part in the whole."
    ...     ...
    >>> does_nothing(share), does_nothing(len)
    (True, False)
    """
    code = getattr(value, "__code__", None)
    if not isinstance(code, types.CodeType):
        return False
    steps = list(dis.get_instructions(code))
    return all(
        one.opname in _STILL or (one.opname == "LOAD_CONST" and one.argval is None) for one in steps
    ) and not any(one.opname == "RETURN_CONST" and one.argval is not None for one in steps)


#: What Python does in a function that has nothing to do.
_STILL = {"RESUME", "NOP", "RETURN_VALUE", "RETURN_CONST"}


def answered(value: Any) -> Any:
    """Expect that something was filled in: not `...`, nothing (None), an empty text or list, or an empty function.

    Returns
    -------
    object
        The value.

    Examples
    --------
    >>> answered(12)
    12
    """
    if is_open(value):
        fail("unanswered", t("There is no answer yet: put yours in the place of the three dots."))
    if value is None:
        fail(
            "unanswered",
            t("There is no answer yet: this is nothing (None). A function gives something back only with return."),
        )
    if (isinstance(value, str) and not value.strip()) or (isinstance(value, Iterable) and _empty(value)):
        fail("unanswered", t("There is no answer yet: this is empty."))
    if does_nothing(value):
        fail("unanswered", t("There is no answer yet: the function does nothing."))
    return value


def _empty(value: Any) -> bool:
    return (many(value) or isinstance(value, Mapping) or is_table(value)) and len(value) == 0


def wrong_kind(value: Any, asked: str, hint: str = "") -> None:
    """Fail because a value is of another kind than is asked; `hint` says what to do."""
    if is_open(value):
        answered(value)
    text = t("This is {what}, where {asked} is asked", what=described(value), asked=asked)
    if value is None:
        hint = hint or t("a function gives something back only with return, and print gives nothing")
    fail("type", f"{text}: {hint}." if hint else f"{text}.")


def near(value: Any) -> str:
    """Return a value of the student between brackets, for in a sentence."""
    return f"({shown(value)})"
