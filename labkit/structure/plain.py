"""Numbers, years and ids as a package writes them: plainly, so that nobody has to guess."""

from __future__ import annotations

import json
import re
from typing import Any

# float() and int() also take 6_1.5, 1e5, nan and digits of other scripts. More digits than a float keeps say nothing.
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)
# What XML, and so a still map, cannot hold; and halves of letters, which no file can hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_YEAR = re.compile(r"1[89][0-9]{2}|2[01][0-9]{2}", re.ASCII)


def plain_number(text: str) -> float | None:
    """Return a text in plain decimal notation as a number, or None if it is not that.

    Examples
    --------
    >>> [plain_number(text) for text in ("-12.5", "1e5", "nan", "6_1.5", "")]
    [-12.5, None, None, None, None]
    """
    return float(text) if _NUMBER.fullmatch(text) else None


def plain_year(text: str) -> int | None:
    """Return a year of four digits, from 1800 to 2199, or None if the text is not one.

    Examples
    --------
    >>> plain_year("2020"), plain_year("²⁰²⁰"), plain_year("20-20")
    (2020, None, None)
    """
    return int(text) if _YEAR.fullmatch(text) else None


def is_year(value: Any) -> bool:
    """Return whether a value of a JSON file is a year, as a number.

    Examples
    --------
    >>> is_year(2020), is_year("2020"), is_year(True), is_year(2020.5)
    (True, False, False, False)
    """
    return type(value) is int and 1800 <= value < 2200


def is_name(value: Any) -> bool:
    r"""Return whether a value is a text that can stand as a name: not empty, no spaces around it, in one line.

    Examples
    --------
    >>> is_name("De Kooi"), is_name(" De Kooi"), is_name(""), is_name(None), is_name("De\nKooi")
    (True, False, False, False, False)
    """
    return (
        isinstance(value, str)
        and value != ""
        and value == value.strip()
        and not any(ord(letter) < 32 for letter in value)
    )


def unprintable(text: str) -> int | None:
    r"""Return the place of the first character that no page may hold, such as NUL; None if there is none.

    Examples
    --------
    >>> unprintable("A\x00B"), unprintable("A\nB")
    (1, None)
    """
    found = _UNPRINTABLE.search(text)
    return None if found is None else found.start()


def short(value: Any) -> str:
    """Return a value as a JSON file has it, cut off where it grows long.

    Examples
    --------
    >>> short(None), short(["a"] * 100)
    ('null', '["a", "a", "a", "a", "a", "a", "a", "a"...')
    """
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "something nested too deep"
    return text if len(text) <= 40 else f"{text[:40]}..."
