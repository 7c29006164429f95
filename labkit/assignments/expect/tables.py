"""Expect a table, a column, or a list of values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from labkit.assignments.expect.failing import CheckFailed, column_failed, fail, shown
from labkit.assignments.expect.kinds import (
    is_column,
    is_missing,
    is_open,
    is_table,
    items,
    many,
    wrong_kind,
)
from labkit.assignments.expect.numeric import Range, number
from labkit.assignments.expect.texts import text
from labkit.language import did_you_mean, t
from labkit.names import nearest

if TYPE_CHECKING:
    from pandas import DataFrame, Series


def table(
    value: Any,
    columns: Iterable[str] | None = None,
    rows: int | Sequence[int | None] | None = None,
    index: str | None = None,
    units: Mapping[str, str] | None = None,
    between: Mapping[str, Range] | None = None,
    unique: str | None = None,
) -> DataFrame:
    """Expect a table.

    Parameters
    ----------
    value : object
        The answer: a DataFrame, or a result of labkit that has a `.table`.
    columns : iterable of str, optional
        The columns that it must have; more are welcome.
    rows : int or pair of int, optional
        How many rows it must have, or how many at least and at most; None for an open end.
    index : str, optional
        What its index must be called.
    units, between : dict, optional
        For columns of numbers: their unit, and what is possible, as in `number`. Empty cells are let through.
    unique : str, optional
        A column in which no value may stand twice, such as the code of the areas.

    Returns
    -------
    DataFrame

    Raises
    ------
    CheckFailed
        Of kind "type", "columns", "length", "unit" or "value".

    Examples
    --------
    >>> import pandas as pd
    >>> districts = pd.DataFrame({"name": ["Mors", "Merenwijk"], "share": [0.2, 0.4]})
    >>> len(table(districts, columns=["name"], rows=2))
    2
    >>> table(districts, columns=["naam", "share"])
    Traceback (most recent call last):
        ...
    labkit.assignments.expect.failing.CheckFailed: The column "naam" is missing. Did you mean name?
    """
    found = as_table(value)
    for name in columns or ():
        has_column(found, name)
    if index is not None and index not in list(found.index.names):
        own = ", ".join(str(one) for one in found.index.names if one is not None)
        fail(
            "columns",
            t('The rows are not labelled by "{name}": make it the index, with .set_index("{name}").', name=index)
            + (" " + t("Their labels are now {own}.", own=own) if own else ""),
        )
    if rows is not None:
        demand_length(len(found), rows)
    if unique is not None:
        _demand_unique(found, unique)
    for name in dict.fromkeys([*(units or {}), *(between or {})]):
        column(found, name, unit=(units or {}).get(name), between=(between or {}).get(name))
    return found


def as_table(value: Any) -> DataFrame:
    """Return an answer as a DataFrame; fail if it is none."""
    if is_table(value):
        return value  # type: ignore[no-any-return]
    if (
        not isinstance(value, type)
        and type(value).__module__.startswith("labkit.")
        and is_table(getattr(value, "table", None))
    ):
        return value.table  # type: ignore[no-any-return]
    hint = ""
    if is_column(value):
        hint = t("give more columns, with [[...]], or make it one with .reset_index()")
    elif callable(value):
        hint = t("call it, with brackets behind its name")
    wrong_kind(value, t("a table (DataFrame)"), hint)
    raise AssertionError  # wrong_kind has failed by now


def has_column(found: DataFrame, name: str) -> None:
    """Fail if a table lacks a column; a name that is nearly right is named."""
    own = [str(one) for one in found.columns]
    if name in own:
        return
    if name in [str(one) for one in found.index.names]:
        fail("columns", t('"{name}" is the index here, not a column: use .reset_index().', name=name))
    close = nearest(name, own)
    fail("columns", t('The column "{name}" is missing.', name=name) + (" " + did_you_mean(close) if close else ""))


def demand_length(have: int, asked: int | Sequence[int | None]) -> None:
    """Fail if there are more or fewer rows than is said to be asked."""
    low, high = (asked, asked) if isinstance(asked, int) else asked
    if low is not None and low == high and have != low:
        fail("length", t("There are {have} rows, where {asked} are asked.", have=have, asked=low))
    if low is not None and have < low:
        fail("length", t("There are {have} rows, where at least {asked} are asked.", have=have, asked=low))
    if high is not None and have > high:
        fail("length", t("There are {have} rows, where at most {asked} are asked.", have=have, asked=high))


def _demand_unique(found: DataFrame, name: str) -> None:
    has_column(found, name)
    own = items(found[name])
    keys = [(type(one).__name__, one if isinstance(one, str | int) else repr(one)) for one in own]
    counted = Counter(keys)
    twice = list(dict.fromkeys(shown(one) for one, key in zip(own, keys, strict=True) if counted[key] > 1))
    if twice:
        fail(
            "length",
            t('In the column "{name}" stands more than once: {values}.', name=name, values=", ".join(twice[:3])),
        )


def column(
    value: Any,
    name: str | None = None,
    unit: str | None = None,
    between: Range | None = None,
    kind: str = "number",
    missing: bool = True,
) -> Series[Any]:
    """Expect a column: a Series, or a column of a table.

    Parameters
    ----------
    value : object
        A table with `name`, or the column itself.
    name : str, optional
        The name of the column in the table.
    unit, between
        As in `number`.
    kind : {"number", "text", ""}
        What its values must be; "" for anything.
    missing : bool
        Whether there may be empty cells.

    Returns
    -------
    Series

    Examples
    --------
    >>> import pandas as pd
    >>> column(pd.DataFrame({"share": [20, 40]}), "share", between=(0, 100)).tolist()
    [20, 40]
    """
    if name is not None and not is_column(value):
        value = as_table(value)
        has_column(value, name)
        value = value[name]
    if not is_column(value):
        hint = t("choose one column, with [...]") if is_table(value) else ""
        wrong_kind(value, t("a column (Series)"), hint)
    try:
        _each(items(value), kind, unit, between, missing)
    except CheckFailed as failed:
        raise (failed if name is None else column_failed(name, failed)) from None
    return value  # type: ignore[no-any-return]


def values(
    value: Any,
    length: int | Sequence[int | None] | None = None,
    unit: str | None = None,
    between: Range | None = None,
    kind: str = "number",
    missing: bool = False,
) -> list[Any]:
    """Expect several values: a list, tuple, column or array.

    Parameters
    ----------
    value : object
        The answer.
    length : int or pair of int, optional
        How many there must be, or at least and at most.
    unit, between, kind, missing
        As in `column`.

    Returns
    -------
    list
        The values as plain numbers and texts.

    Examples
    --------
    >>> values([3, 4], length=2)
    [3, 4]
    >>> values([3, "4"])
    Traceback (most recent call last):
        ...
    labkit.assignments.expect.failing.CheckFailed: '4': This is a text, where a number is asked: take the quotes away.
    """
    found = as_values(value)
    if length is not None:
        low, high = (length, length) if isinstance(length, int) else length
        if (low is not None and len(found) < low) or (high is not None and len(found) > high):
            asked = f"{low}" if low == high else f"{low if low is not None else 0}–{high if high is not None else ''}"
            fail("length", t("There are {have} values, where {asked} are asked.", have=len(found), asked=asked))
    _each(found, kind, unit, between, missing)
    return found


def as_values(value: Any) -> list[Any]:
    """Return the values of a list, column or array; fail if it is none of them."""
    if many(value):
        return items(value)
    hint = ""
    if is_table(value):
        hint = t("choose one column, with [...]")
    elif isinstance(value, Mapping):
        hint = t("take its values, with list(....values())")
    elif is_open(value):
        hint = ""
    elif isinstance(value, Iterable) and not isinstance(value, str):
        hint = t("make a list of it, with list(...)")
    elif value is not None and not callable(value):
        hint = t("put square brackets around it")
    wrong_kind(value, t("a list of values"), hint)
    raise AssertionError  # wrong_kind has failed by now


def _each(found: list[Any], kind: str, unit: str | None, between: Range | None, missing: bool) -> None:
    for one in found:
        if is_missing(one):
            if not missing:
                fail("value", t("One of the values is empty (NaN), where each must be there."))
            continue
        try:
            if kind == "number":
                number(one, unit=unit, between=between)
            elif kind == "text":
                text(one)
        except CheckFailed as failed:
            if failed.kind != "type":
                raise
            raise CheckFailed("type", f"{shown(one)}: {failed}") from None
