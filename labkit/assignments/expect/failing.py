"""How a check says that an answer is not right yet: what kind of wrong, never the answer."""

from __future__ import annotations

import linecache
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

from labkit.language import t

#: More of an answer than this is not repeated in a message.
LONGEST = 60

_FOLDER = str(Path(__file__).parent)


class CheckFailed(AssertionError):  # noqa: N818 - it is no error of the program
    """An answer that is not right yet; the text says what kind of wrong.

    Attributes
    ----------
    kind : str
        "unanswered", "type", "unit", "length", "columns", "value", "map", "chart" or "error".
    advice : str
        What the lecturer wrote for who makes this mistake: the one thing that a hidden check may say as well.

    Examples
    --------
    >>> import labkit as lk
    >>> lk.expect.number("14085")
    Traceback (most recent call last):
        ...
    labkit.assignments.expect.failing.CheckFailed: This is a text, where a number is asked: take the quotes away.
    """

    def __init__(self, kind: str, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.kind, self.advice = kind, advice

    def _render_traceback_(self, *_: Any) -> list[str]:
        """Show in a notebook the sentence and the line of the check, instead of the inside of labkit."""
        line = _line(self.__traceback__)
        return [*([f"    {line}"] if line else []), f"{t('Not right yet')}: {self}"]


def _line(trace: TracebackType | None) -> str:
    """Return the line of the check that failed: the last one that is not part of `expect`."""
    found = ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if not file.startswith(_FOLDER):
            found = linecache.getline(file, trace.tb_lineno).strip() or found
        trace = trace.tb_next
    return found


def fail(kind: str, message: str) -> NoReturn:
    """Say that an answer is not right yet."""
    raise CheckFailed(kind, message)


def shown(value: Any) -> str:
    """Return a value of the student as short text, whatever it is.

    Examples
    --------
    >>> shown(0.27), shown("x" * 100)[-4:]
    ('0.27', 'x...')
    """
    try:
        value = value.item() if type(value).__module__ == "numpy" and hasattr(value, "item") else value
        text = repr(value)
        if type(value) is float and len(text) > 12:  # the last decimals of a computer say nothing
            text = f"{value:.6g}"
    except Exception:  # an answer may be any object, and a number may be too long to be written
        text = type(value).__name__
    text = " ".join(str(text).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def column_failed(name: Any, failed: CheckFailed) -> CheckFailed:
    """Return a failure of a column with the name of the column in front."""
    return CheckFailed(failed.kind, t('Column "{name}": {message}', name=name, message=str(failed)))
