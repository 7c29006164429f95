"""Text of students made visible: signs that steer a terminal, hide or turn text, or are no text, are written out.

What a hand-in raises, prints or answers ends up in notes, sheets, pages and on the lecturer's screen. Half a sign
(a surrogate) cannot even be written to a file.
"""

from __future__ import annotations

import re
from typing import Any

from labkit.assignments.results import Result

#: Control signs except the end of a line and the tab; halves of signs; signs that turn the direction of what follows.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

#: A whole number with more bits than this is told by its size: files and pages with it cannot be read everywhere.
_MOST_BITS = 256


def visible(text: str) -> str:
    r"""Return a text in which every sign can be seen and written.

    Examples
    --------
    >>> visible("\x1b[31mred\x1b[0m"), visible("half \ud800"), visible("two\r\nlines"), visible("çédille ok")
    ('\\x1b[31mred\\x1b[0m', 'half \\ud800', 'two\nlines', 'çédille ok')
    """
    return _UNSEEN.sub(_escaped, text.replace("\r\n", "\n")) if _UNSEEN.search(text) else text


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def visible_data(value: Any) -> Any:
    """Return plain data with all its texts made visible, and whole numbers that a file can hold."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list | tuple):
        return [visible_data(one) for one in value]
    if isinstance(value, dict):
        return {visible_data(name): visible_data(one) for name, one in value.items()}
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return large(value)
    return value


def large(value: int) -> str:
    """Return in short how large a whole number is.

    Examples
    --------
    >>> large(10**5000), large(-(10**5000))
    ('about 2^16610', 'about -2^16610')
    """
    return f"about {'-' if value < 0 else ''}2^{value.bit_length()}"


def visible_result(result: Result) -> Result:
    """Return a result of which all that a student's work put into it can be shown and written."""
    return Result.model_validate(visible_data(result.model_dump()))
