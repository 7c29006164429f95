"""How a cell went, and why a process ended."""

from __future__ import annotations

import signal
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal

from labkit.assignments.processes import End
from labkit.language import t

Status = Literal["ok", "error", "time", "memory", "died"]


@dataclass(frozen=True)
class Outcome:
    """How one cell went.

    Attributes
    ----------
    status : {"ok", "error", "time", "memory", "died"}
        "time" and "memory": it went over a limit; "died": its process ended.
    kind : str
        The type of the error, such as "KeyError"; "" if all went well.
    message : str
        What the error says.
    text : str
        The error with the lines of the student that led to it.
    printed : str
        The beginning of what it printed and displayed, warnings too.
    dropped : int
        How many bytes more it printed.
    shown : str
        The text of its last value.
    seconds : float
    """

    status: Status
    kind: str = ""
    message: str = ""
    text: str = ""
    printed: str = ""
    dropped: int = 0
    shown: str = ""
    seconds: float = 0.0


def told(head: dict[str, Any], seconds: float, most: int) -> Outcome:
    """Return what the student's process told of a cell, made sure of its types and sizes."""
    status = head.get("status")
    kind, message, text = (readable(head.get(key), 20_000) for key in ("kind", "message", "text"))
    kind = " ".join(kind.split())[:100]
    if status == "time":
        message = t(
            "It took longer than the {seconds} seconds that a cell may take, and was stopped.", seconds=f"{seconds:g}"
        )
    elif status == "memory":
        message = t("It asked for more memory than a hand-in may use.")
    if status in ("time", "memory"):
        lines = text.split("\n")[:-1]
        text, kind = "\n".join([*lines, message]), str(status)
    dropped = head.get("dropped")
    spent: Any = head.get("seconds")
    return Outcome(
        status=status if status in ("ok", "error", "time", "memory") else "error",
        kind=kind,
        message=message,
        text=text,
        printed=_text(head.get("printed"), most),
        dropped=dropped if type(dropped) is int else 0,
        shown=_text(head.get("shown"), most),
        seconds=float(spent) if type(spent) in (int, float) else 0.0,
    )


def readable(value: Any, most: int) -> str:
    r"""Return a text that can be shown and saved anywhere: without signs that steer a screen, or that are half a letter.

    Examples
    --------
    >>> readable("a\x1b[2Jb\ud800\n", 10)
    'a[2Jb?\n'
    """
    if type(value) is not str:
        return ""
    whole = value[:most].encode("utf-8", "replace").decode()
    return "".join(letter for letter in whole if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cf"))


def _text(value: Any, most: int) -> str:
    """Return what was printed, as it was, but for halves of letters, which cannot be saved."""
    return value[:most].encode("utf-8", "replace").decode() if type(value) is str else ""


def ended(why: str, end: End) -> Outcome:
    """Return the outcome of a cell during which the process ended.

    Parameters
    ----------
    why : {"time", "memory", "files", "rubbish", "died"}
        What we noticed.
    end : End
        What the system says of it.

    Examples
    --------
    >>> ended("died", End(3)).text
    'The process of this hand-in ended itself, with code 3.'
    """
    status: Status = "died"
    if why == "time" or (end.code < 0 and _signal(end.code) == "SIGXCPU"):
        status, text = "time", t("It went on after its time was up, and was ended.")
    elif why == "memory":
        status, text = "memory", t("It used more memory than a hand-in may use, and was ended.")
    elif why == "files":
        text = t("It made more files, or larger ones, than a hand-in may make, and was ended.")
    elif why == "rubbish":
        text = t("It wrote into the line on which answers come back, and was ended.")
    elif end.stopped:
        text = t("It cut the line on which answers come back, and was ended.")
    elif end.code < 0:
        text = t("The process of this hand-in crashed, or was ended from outside ({signal}).", signal=_signal(end.code))
    else:
        text = t("The process of this hand-in ended itself, with code {code}.", code=end.code)
    return Outcome(status, kind=status, message=text, text=text)


def used_up(seconds: float) -> Outcome:
    """Return the outcome of a cell for which no time is left."""
    text = t("It was not run: the notebook had used all of its {seconds} seconds.", seconds=f"{seconds:g}")
    return Outcome("time", kind="time", message=text, text=text)


def _signal(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return str(-code)
