"""What was seen in a text: something that looks like personal data, and by which rule."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]\w+(?:[.’'-]\w+)*")


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something that looks like personal data.

    Attributes
    ----------
    rule : str
        The rule that found it, such as "title" or "iban".
    start, end : int
        Where it stands in the text.
    """

    rule: str
    start: int
    end: int


def masked(value: str) -> str:
    """Return a value shortened so that it can be found, but not read: reports are passed on too.

    Examples
    --------
    >>> masked("mw. De Vries"), masked("anna@example.org"), masked("06-12345678")
    ('mw. D… V…', 'a…@e…', '06…')
    """
    if "@" in value:
        name, _, host = value.partition("@")
        return f"{name[:1]}…@{host.strip()[:1]}…"
    if value.islower() or any(map(str.isdigit, value)):
        return f"{value[:2]}…"
    return _WORD.sub(_short, value)


def _short(word: re.Match[str]) -> str:
    # Titles and particles tell nothing of who it is.
    whole = word.group()
    return whole if whole[0].islower() and len(whole) < 8 else f"{whole[0]}…"
