"""Read a file of a package as text or JSON, and say in words why it cannot be."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from labkit.structure.flaw import Flaw, FlawError
from labkit.structure.plain import unprintable

_MISSING = Flaw("the file is missing from the city package.", "Put it back, or correct its path in datapackage.json.")
# Letters written as \u1234; an even number of backslashes before it would mean something else.
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*((?:\\u[0-9a-fA-F]{4})+)")


def read_text(path: Path) -> str:
    """Return a file's text; a `PackageError` says what is wrong if it is missing or not UTF-8.

    Examples
    --------
    >>> read_text(Path("no/such/file.csv"))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    labkit.structure.flaw.FlawError: ...file.csv: the file is missing from the city package. Put it back...
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise FlawError(path, _MISSING) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        flaw = Flaw("the file is not in UTF-8.", "Save it again with the encoding UTF-8.", "", line)
        raise FlawError(path, flaw) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise FlawError(path, Flaw(f"the file cannot be read: {reason}.", "Check its path and its rights.")) from error
    at = unprintable(text)
    if at is not None:
        raise FlawError(path, _unprintable(text[at], text.count("\n", 0, at) + 1))
    return text


def parse_json(path: Path, text: str) -> Any:
    """Return what the text of a JSON file says; a `PackageError` says where it cannot be read.

    Examples
    --------
    >>> parse_json(Path("a.json"), '{"a": 1}')
    {'a': 1}
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"this is not valid JSON (column {error.colno}: {error.msg})."
        flaw = Flaw(message, "Look just before that place for a comma, bracket or quote.", "", error.lineno)
        raise FlawError(path, flaw) from error
    except RecursionError as error:
        raise FlawError(path, Flaw("this is nested far too deep to be read.", "Save it anew.")) from error
    except ValueError as error:
        flaw = Flaw("there is a number in it with too many digits.", "Write it with fifteen at the most.")
        raise FlawError(path, flaw) from error
    for number, line in enumerate(text.split("\n"), start=1) if "\\u" in text else ():
        for escaped in _ESCAPED.findall(line):
            # Two halves that follow each other are one letter; a half by itself can be written to no file.
            letters = json.loads(f'"{escaped}"')
            if (at := unprintable(letters)) is not None:
                raise FlawError(path, _unprintable(letters[at], number))
    return data


def _unprintable(letter: str, line: int) -> Flaw:
    message = f"there is a character that cannot be shown (U+{ord(letter):04X})."
    return Flaw(message, "Type the text anew, or take it out.", "", line)
