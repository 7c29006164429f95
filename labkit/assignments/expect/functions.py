"""Expect a function, and try it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from labkit.assignments.expect.compare import same
from labkit.assignments.expect.failing import CheckFailed, fail, shown
from labkit.assignments.expect.kinds import wrong_kind
from labkit.language import t


def function(
    value: Any,
    given: Iterable[Any] | Mapping[Any, Any] = (),
    reference: Callable[..., Any] | None = None,
    within: float | None = None,
    relative: float | None = None,
) -> list[Any]:
    """Expect a function, call it, and compare what it gives.

    Parameters
    ----------
    value : object
        The answer.
    given : iterable, or dict
        With what it is called: values, or tuples where it takes several. A dictionary gives what each should give.
    reference : callable, optional
        The function of the solution: it is called with the same.
    within, relative : float, optional
        As in `same`.

    Returns
    -------
    list
        What it gave.

    Raises
    ------
    CheckFailed
        Of kind "type" if it is no function or gives nothing back, "error" if it stops, else as in `same`.

    Examples
    --------
    >>> def share(part, whole):
    ...     return part / whole
    >>> function(share, given={(1, 4): 0.25})
    [0.25]
    >>> function(share, given=[(1, 0)])
    Traceback (most recent call last):
        ...
    labkit.assignments.expect.failing.CheckFailed: With (1, 0) it stops: ZeroDivisionError: division by zero
    """
    if not callable(value):
        wrong_kind(value, t("a function"), t("begin it with def, and give something back with return"))
    gave = []
    for one in given:
        arguments = one if isinstance(one, tuple) else (one,)
        found = _called(value, arguments)
        gave.append(found)
        try:
            if isinstance(given, Mapping):
                same(found, given[one], within, relative)
            if reference is not None:
                same(found, reference(*copy.deepcopy(arguments)), within, relative)
        except CheckFailed as failed:
            raise CheckFailed(
                failed.kind,
                t("With {given} it gives {found}: {why}", given=_told(arguments), found=shown(found), why=failed),
            ) from None
    return gave


def _called(value: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    try:
        found = value(*copy.deepcopy(arguments))
    except CheckFailed:
        raise
    except Exception as error:
        cause = " ".join(str(error).split())
        cause = cause if len(cause) <= 200 else f"{cause[:197]}..."
        kind = getattr(error, "kind", "")
        if kind in ("time", "memory", "died"):  # the grader stopped it, and says so itself
            raise CheckFailed("time" if kind == "time" else "error", cause) from None
        told = f"{kind or type(error).__name__}: {cause}".rstrip(": ")
        raise CheckFailed("error", t("With {given} it stops: {error}", given=_told(arguments), error=told)) from None
    if found is None:
        fail("type", t("With {given} it gives nothing back: end it with return.", given=_told(arguments)))
    return found


def _told(arguments: tuple[Any, ...]) -> str:
    return shown(arguments) if len(arguments) != 1 else f"({shown(arguments[0])})"
