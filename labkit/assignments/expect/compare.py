"""Compare an answer with what the solution gives, and say what kind of wrong it is; never the answer."""

from __future__ import annotations

import datetime
import math
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from labkit.assignments.expect.failing import CheckFailed, fail, shown
from labkit.assignments.expect.kinds import (
    answered,
    is_area,
    is_bool,
    is_column,
    is_missing,
    is_number,
    is_open,
    is_shape,
    is_table,
    items,
    many,
    plain,
    wrong_kind,
)
from labkit.assignments.expect.numeric import NOISE, as_number, simple, unit_hint
from labkit.assignments.expect.tables import as_table, as_values, has_column
from labkit.assignments.expect.texts import folded, text
from labkit.language import t
from labkit.texts import Text


def same(
    value: Any,
    reference: Any,
    within: float | None = None,
    relative: float | None = None,
    unit: str | None = None,
    order: bool = True,
    columns: Iterable[str] | None = None,
    key: str | None = None,
    mistakes: Mapping[str | tuple[str, str], Any] | None = None,
) -> Any:
    """Expect that an answer is what the solution gives.

    Parameters
    ----------
    value : object
        The answer.
    reference : object
        What the solution gives: a number, text, area, date, list, column, dictionary or table.
    within, relative : float, optional
        How far a number may be off, in its own unit or as a part of the reference; only the noise of counting with
        decimals if both are left out.
    unit : str, optional
        The unit that is asked, to recognise another one.
    order : bool
        Whether the values of a list, or the rows of a table, must stand in the same order.
    columns : iterable of str, optional
        The columns of a table that are compared; all of the reference if left out.
    key : str, optional
        A column by which the rows of two tables are put together, in whatever order they stand.
    mistakes : dict, optional
        What is often done instead: a sentence, or a pair of it in Dutch and English, and the value that it gives.
        The sentence is shown to students, also by a hidden check: it should not tell the answer.

    Returns
    -------
    object
        The answer.

    Raises
    ------
    CheckFailed
        With the kind of wrong; the text never tells a value of the reference.

    Notes
    -----
    Unknown is not 0: where the solution has no figure, the answer must have none, and the other way round.

    Examples
    --------
    >>> same(27.0, 27.000000001)
    27.0
    >>> same([3, 1, 2], [1, 2, 3], order=False)
    [3, 1, 2]
    >>> same(0.27, 27.1, within=0.2)
    Traceback (most recent call last):
        ...
    labkit.assignments.expect.failing.CheckFailed: 0.27 looks like a share, where per cent is asked: multiply by 100.
    """
    if is_open(value):
        answered(value)
    compare = _Comparing(within, relative, unit, order)
    try:
        if is_table(reference):
            _tables(as_table(value), reference, compare, columns, key)
        else:
            compare(value, reference)
    except CheckFailed as failed:
        for sentence, other in (mistakes or {}).items():
            if _fits(compare, value, other):
                told = sentence if isinstance(sentence, str) else Text(*sentence)()
                raise CheckFailed(failed.kind, told, told) from None
        raise
    return value


def _fits(compare: _Comparing, value: Any, other: Any) -> bool:
    try:
        compare(value, other)
    except CheckFailed:
        return False
    return True


class _Comparing:
    """How two values are compared, whatever they are."""

    def __init__(self, within: float | None, relative: float | None, unit: str | None, order: bool) -> None:
        self.within, self.relative, self.unit, self.order = within, relative, unit, order

    def __call__(self, value: Any, reference: Any) -> None:
        """Fail unless `value` is what `reference` is."""
        if is_missing(reference):
            self.no_figure(value)
        elif is_area(reference):
            self.area(value, reference)
        elif is_bool(reference):
            self.truth(value, bool(reference))
        elif is_number(reference):
            self.number(value, simple(reference))
        elif isinstance(reference, str):
            self.text(value, plain(reference))
        elif isinstance(reference, datetime.date):
            self.date(value, reference)
        elif isinstance(reference, Mapping):
            self.mapping(value, reference)
        elif many(reference):
            self.sequence(value, reference)
        elif is_shape(reference):
            self.shape(value, reference)
        elif is_table(reference):
            _tables(as_table(value), reference, self, None, None)
        else:
            raise TypeError(f"a {type(reference).__name__} cannot be compared: compare a number, text or table of it")

    def demand(self, good: bool, kind: str = "value") -> None:
        if not good:
            fail(kind, t("This is not what your figures give."))

    def truth(self, value: Any, reference: bool) -> None:
        if not is_bool(value):
            wrong_kind(value, t("True or False"))
        self.demand(bool(value) == reference)

    def shape(self, value: Any, reference: Any) -> None:
        if not is_shape(value):
            wrong_kind(value, t("an outline or point"))
        self.demand(bool(reference.equals(value)))

    def no_figure(self, value: Any) -> None:
        if is_number(value) and not is_missing(value) and plain(value) == 0:
            fail("value", t("0 is a figure: unknown is not zero. Look again whether there is a figure."))
        self.demand(is_missing(value))

    def text(self, value: Any, reference: str) -> None:
        if not isinstance(value, str) or reference.strip():
            value = text(value)
        self.demand(folded(plain(value)) == folded(reference))

    def number(self, value: Any, reference: float) -> None:
        if isinstance(reference, float) and math.isinf(reference):
            self.demand(is_number(value) and simple(value) == reference)
            return
        if is_missing(value) and value is not None:
            fail("value", t("This is an empty value (NaN): a figure that is missing came along, or was never there."))
        found = as_number(value)
        if self.near(found, reference):
            return
        hint = unit_hint(found, lambda other: self.near(other, reference, 1e-6), self.unit)
        if hint:
            fail(*hint)
        if self.near(-found, reference):
            fail("value", t("The sign of {value} is turned round: which is taken off which?", value=shown(found)))
        if any(found == round(reference, digits) for digits in range(6)) and found:
            fail("value", t("{value} is rounded more than is asked.", value=shown(found)))
        if self.near(found, reference, 0.005):
            fail("value", t("{value} is close, not right: was something rounded on the way?", value=shown(found)))
        self.demand(False)

    def near(self, value: float, reference: float, loose: float = NOISE) -> bool:
        """Return whether two numbers are the same within what is allowed, and within `loose` of their size."""
        if (
            isinstance(value, int)
            and isinstance(reference, int)
            and not (self.within or self.relative or loose > NOISE)
        ):
            return value == reference
        try:
            allowed = max(self.within or 0.0, (self.relative or 0.0) * abs(reference), loose * abs(reference), 1e-12)
            return abs(value - reference) <= allowed * (1 + 1e-12)
        except OverflowError:
            return value == reference

    def area(self, value: Any, reference: Any) -> None:
        if is_area(value):
            self.demand(value.code == reference.code)
        elif isinstance(value, str):
            self.demand(folded(plain(value)) in {folded(reference.code), folded(reference.name)})
        else:
            wrong_kind(value, t("an area, or its name"))

    def date(self, value: Any, reference: datetime.date) -> None:
        if not isinstance(value, datetime.date):
            wrong_kind(value, t("a date"))
        self.demand(value.isoformat() == reference.isoformat())

    def mapping(self, value: Any, reference: Mapping[Any, Any]) -> None:
        if is_column(value):
            value = value.to_dict()
        if not isinstance(value, Mapping):
            wrong_kind(value, t("a dictionary"))
        own = {_as_key(one): inner for one, inner in value.items()}
        asked = {_as_key(one): inner for one, inner in reference.items()}
        if len(own) != len(asked):
            fail("length", t("There are more or fewer keys than is asked: {have}.", have=len(own)))
        if set(own) != set(asked):
            fail("columns", t("Not all keys are those that are asked."))
        for one, inner in asked.items():
            try:
                self(own[one], inner)
            except CheckFailed as failed:
                raise CheckFailed(failed.kind, f"{shown(one)}: {failed}") from None

    def sequence(self, value: Any, reference: Any) -> None:
        if isinstance(reference, set | frozenset):
            self.set_of(value, reference)
            return
        if is_column(value) and is_column(reference) and not self.order and _labelled(reference):
            self.mapping(value, reference.to_dict())
            return
        self.lists(as_values(value), items(reference))

    def set_of(self, value: Any, reference: Iterable[Any]) -> None:
        own, asked = {_as_key(one) for one in as_values(value)}, {_as_key(one) for one in items(reference)}
        if len(own) != len(asked):
            fail("length", t("There are more or fewer values than is asked: {have}.", have=len(own)))
        self.demand(own == asked)

    def lists(self, own: list[Any], asked: list[Any]) -> None:
        if len(own) != len(asked):
            fail("length", t("There are more or fewer values than is asked: {have}.", have=len(own)))
        if not self.order:
            own, asked = sorted(own, key=_rank), sorted(asked, key=_rank)
        wrong: list[tuple[Any, CheckFailed]] = []
        for one, other in zip(own, asked, strict=True):
            try:
                self(one, other)
            except CheckFailed as failed:
                wrong.append((one, failed))
        if not wrong:
            return
        if self.order and all(_fits(self, one, other) for one, other in _sorted_pairs(own, asked)):
            fail("value", t("The values are there, in another order than is asked."))
        # One that says more than that it is not right, if there is one.
        plain_text = t("This is not what your figures give.")
        telling = [pair for pair in wrong if str(pair[1]) != plain_text]
        one, told = next((pair for pair in telling if pair[1].kind != "value"), (telling or wrong)[0])
        if telling:
            text = t("{wrong} of {all} values are not right: {why}").format(wrong=len(wrong), all=len(own), why=told)
        else:
            text = t("{wrong} of {all} values are not right, such as {value}.")
            text = text.format(wrong=len(wrong), all=len(own), value=shown(one))
        fail(told.kind, text)


def _labelled(column: Any) -> bool:
    return type(getattr(column, "index", None)).__name__ not in ("RangeIndex", "builtin_function_or_method")


def _as_key(value: Any) -> Any:
    """Return a value by which others can be found: texts without case, and what cannot be a key as its text."""
    found = plain(value)
    if isinstance(found, str):
        return folded(found)
    return found if isinstance(found, Hashable) and not isinstance(found, tuple) else repr(found)


def _rank(value: Any) -> tuple[int, Any]:
    """Return a place for a value among others of any kind: what is missing last."""
    if is_missing(value):
        return 3, 0
    if is_number(value) or is_bool(value):
        return 0, value
    return (1, folded(value)) if isinstance(value, str) else (2, repr(value))


def _sorted_pairs(own: list[Any], asked: list[Any]) -> Iterable[tuple[Any, Any]]:
    return zip(sorted(own, key=_rank), sorted(asked, key=_rank), strict=True)


def _tables(own: Any, asked: Any, compare: _Comparing, columns: Iterable[str] | None, key: str | None) -> None:
    own, asked = _flat(own, asked), _flat(asked, asked)
    wanted = [str(one) for one in (columns if columns is not None else asked.columns)]
    for name in dict.fromkeys([*([key] if key else []), *wanted]):
        has_column(own, name)
    if len(own) != len(asked):
        fail("length", t("There are {have} rows, which is more or fewer than is asked.", have=len(own)))
    if key:
        own, asked = _by_key(own, key), _by_key(asked, key)
        if [_as_key(one) for one in own[key]] != [_as_key(one) for one in asked[key]]:
            fail("value", t('Not all rows are those that are asked: look at the column "{name}".', name=key))
    elif not compare.order:
        own, asked = _in_order(own, wanted), _in_order(asked, wanted)
    plainly = _Comparing(compare.within, compare.relative, compare.unit, True)
    for name in wanted:
        try:
            plainly.lists(items(own[name]), items(asked[name]))
        except CheckFailed as failed:
            raise CheckFailed(failed.kind, t('Column "{name}": {message}', name=name, message=str(failed))) from None


def _flat(table: Any, like: Any) -> Any:
    """Return a table with its index as columns, if that of the solution has a name."""
    names = [one for one in like.index.names if one is not None]
    if names and set(names) & {one for one in table.index.names if one is not None}:
        return table.reset_index()
    return table


def _by_key(table: Any, key: str) -> Any:
    order = sorted(range(len(table)), key=lambda row: _rank(plain(table[key].iloc[row])))
    return table.iloc[order]


def _in_order(table: Any, names: list[str]) -> Any:
    rows = list(zip(*(items(table[name]) for name in names), strict=True))
    order = sorted(range(len(table)), key=lambda row: [_rounded(one) for one in rows[row]])
    return table.iloc[order]


def _rounded(value: Any) -> tuple[int, Any]:
    """Return the place of a value in an order in which noise in the last decimals makes no difference."""
    place, found = _rank(value)
    if place:
        return place, found
    try:
        return place, float(f"{float(found):.9g}")
    except OverflowError:
        return place, found
