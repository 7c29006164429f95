"""Expect a text, one of a few choices, or the word that there is no figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from labkit.assignments.expect.failing import fail, shown
from labkit.assignments.expect.kinds import answered, is_area, is_missing, is_number, plain, wrong_kind
from labkit.language import did_you_mean, t
from labkit.names import nearest


def text(
    value: Any,
    words: Sequence[int | None] | None = None,
    one_of: Iterable[str] | None = None,
    pattern: str | None = None,
) -> str:
    """Expect a text that is not empty.

    Parameters
    ----------
    value : object
        The answer.
    words : pair of int, optional
        How many words it may have, such as ``(20, 150)``; None for an open end.
    one_of : iterable of str, optional
        The texts that are possible; case and blanks around make no difference.
    pattern : str, optional
        A regular expression that all of it must match.

    Returns
    -------
    str
        The text, without blanks around it.

    Raises
    ------
    CheckFailed
        Of kind "unanswered", "type", "length" or "value".

    Examples
    --------
    >>> text(" Stevenshof ")
    'Stevenshof'
    """
    if isinstance(value, str):
        answered(value)
    else:
        hint = t("take its .name") if is_area(value) else t("put quotes around it") if is_number(value) else ""
        wrong_kind(value, t("a text"), hint)
    found = str(plain(value)).strip()
    if one_of is not None:
        found = one_of_these(found, one_of)
    if words is not None:
        _count(len(found.split()), words)
    if pattern is not None and not re.fullmatch(pattern, found):
        fail("value", t("{value} does not have the form that is asked.", value=shown(found)))
    return found


def _count(number: int, words: Sequence[int | None]) -> None:
    low, high = words
    if low is not None and number < low:
        fail("length", t("This has {number} words; at least {low} are asked.", number=number, low=low))
    if high is not None and number > high:
        fail("length", t("This has {number} words; at most {high} are asked.", number=number, high=high))


def folded(value: str) -> str:
    """Return a text in the form in which answers are compared: case and doubled blanks make no difference."""
    return " ".join(value.split()).casefold()


def one_of_these(value: str, choices: Iterable[str]) -> str:
    """Return the choice that a text is; fail if it is none of them."""
    by_fold = {folded(str(one)): str(one) for one in choices}
    if folded(value) in by_fold:
        return by_fold[folded(value)]
    close = nearest(value, by_fold.values())
    fail(
        "value",
        t("{value} is none of the choices: {choices}.", value=shown(value), choices=", ".join(by_fold.values()))
        + (" " + did_you_mean(close) if close else ""),
    )


def one_of(value: Any, choices: Iterable[Any]) -> Any:
    """Expect one of a few choices, texts or numbers; it does not look whether it is the right one.

    Examples
    --------
    >>> one_of("B", ["a", "b", "c"])
    'b'
    """
    known = list(choices)
    if all(isinstance(one, str) for one in known):
        return text(value, one_of=known)
    if not isinstance(value, str | int | float) and not is_number(value):
        wrong_kind(value, t("one of {choices}", choices=", ".join(map(str, known))))
    found = plain(value)
    for one in known:
        if type(one) is type(found) and one == found:
            return one
    fail(
        "value", t("{value} is none of the choices: {choices}.", value=shown(found), choices=", ".join(map(str, known)))
    )


def unknown(value: Any, reasons: Iterable[str] | None = None) -> str:
    """Expect that an answer says that there is no figure, with the reason.

    Parameters
    ----------
    value : object
        The answer: a text such as "suppressed". A zero is a figure, and an empty value gives no reason.
    reasons : iterable of str, optional
        The reasons that can be given, such as the `status` of figures.

    Returns
    -------
    str
        The reason.

    Examples
    --------
    >>> unknown("suppressed", reasons=["suppressed", "not_published"])
    'suppressed'
    >>> unknown(0)
    Traceback (most recent call last):
        ...
    labkit.assignments.expect.failing.CheckFailed: 0 is a figure. Where there is none, say so, with the reason.
    """
    if is_missing(value) and value is not None:
        fail("type", t("An empty value says that there is no figure, not why: give the reason, as a text."))
    if is_number(value):
        fail("value", t("{value} is a figure. Where there is none, say so, with the reason.", value=shown(value)))
    return text(value, one_of=reasons)
