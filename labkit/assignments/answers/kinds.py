"""What an answer can be, besides plain values: missing, unreadable, a function, an object that has a table."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from labkit.errors import LabkitError

#: How deep lists may stand in lists, and how many values and bytes one answer may have.
DEPTH = 40
VALUES = 250_000
BYTES = 16_000_000

#: How long its shape may be, bytes of JSON: reading it takes some twenty times as much memory.
SHAPE = 6_000_000

#: The most numbers that a range may stand for: adding it up, or making a list of it, is work for who checks it.
LONGEST = 10_000_000


class AnswerError(LabkitError, ValueError):
    """Bytes that are no answer, or more than an answer may hold."""


@dataclass(frozen=True)
class Missing:
    """A name that the hand-in does not have."""

    name: str


@dataclass(frozen=True)
class Unreadable:
    """A value that cannot be told as data.

    Attributes
    ----------
    type : str
        What the student's process calls its type.
    reason : {"", "large", "deep", "failed"}
        Why: "" if it is no data; else it is too large, too deep, or telling it failed.
    """

    type: str
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Tabled:
    """One of labkit's own results, such as a profile, told by its table.

    Attributes
    ----------
    type : str
        Its type, such as "Profile".
    table : pandas.DataFrame
    """

    type: str
    table: Any


@dataclass(frozen=True, eq=False)
class FunctionProxy:
    """A student's function: each call runs in the student's process, and its result comes back as data.

    Attributes
    ----------
    name : str
    reference : int
        How the student's process finds it again.
    """

    name: str
    reference: int
    caller: Callable[[int, tuple[Any, ...], dict[str, Any]], Any] | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it; a failure there is raised here as `FunctionFailed`, and as the built-in error that it was."""
        if self.caller is None:
            raise failed("", f"{self.name}()")
        return self.caller(self.reference, args, kwargs)


#: Errors that say something to Python itself: "there is no more" would end a loop of a check before it looked.
_SPEAKING = (Exception, StopIteration, StopAsyncIteration)


class FunctionFailed(LabkitError):  # noqa: N818 - it says what happened
    """A student's function did not give a result.

    Attributes
    ----------
    kind : str
        The type of the error there, such as "ZeroDivisionError"; "time", "memory" or "died" if it was stopped.
    """

    kind = ""


def failed(kind: str, text: str) -> FunctionFailed:
    """Return the error of a student's function, which is also the built-in error of that name.

    Examples
    --------
    >>> try:
    ...     raise failed("ZeroDivisionError", "division by zero")
    ... except ZeroDivisionError as error:
    ...     print(error)
    division by zero
    """
    base = getattr(builtins, kind, None)
    bases: tuple[type, ...] = (FunctionFailed,)
    if isinstance(base, type) and issubclass(base, Exception) and base not in _SPEAKING:
        bases = (FunctionFailed, base)
    error: FunctionFailed
    try:
        error = type("FunctionFailed", bases, {})(text)
    except TypeError:  # errors such as UnicodeDecodeError want more than a text
        error = FunctionFailed(text)
    error.kind = kind
    return error
