"""Text in a picture: how wide it is, where its lines break, and how it stands in XML."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape as escaped

from labkit import look
from labkit.register.wording import clean

COLOURS = {**look.LIGHT, **look.ALWAYS}

#: Widths of letters in parts of the size of the type, those of a wide font (DejaVu Sans): in others more room is left.
_NARROW, _SLIM, _USUAL, _CAPITAL, _WIDE, _FULL = 0.32, 0.42, 0.61, 0.7, 0.9, 1.1
_WIDTHS = {
    **dict.fromkeys("iljI.,:;'|! ", _NARROW),
    **dict.fromkeys('ftr()[]-/"J', _SLIM),
    **dict.fromkeys("mwMW%@–", _WIDE),
}


@dataclass(frozen=True)
class Type:
    """How a text is set: its size in pixels, its weight and its colour.

    Examples
    --------
    >>> Type(14).leading
    18.9
    """

    size: float
    weight: int = 400
    colour: str = "ink"

    @property
    def leading(self) -> float:
        """From one line to the next, in pixels."""
        return round(self.size * 1.35, 2)


def escape(text: str) -> str:
    r"""Return a text as it stands in XML, without what XML does not allow or what turns the text around it.

    Examples
    --------
    >>> escape("Q&A\x0b <1>")
    'Q&amp;A &lt;1&gt;'
    """
    return escaped(clean(text))


def width(text: str, size: float, weight: int = 400) -> float:
    """Return about how wide a text is, in pixels: rather too much than too little.

    Examples
    --------
    >>> width("mmm", 10) > width("iii", 10)
    True
    """
    return sum(map(_letter, text)) * size * (1.1 if weight > 500 else 1)


def _letter(letter: str) -> float:
    found = _WIDTHS.get(letter)
    if found is not None:
        return found
    if letter.isascii():
        return _CAPITAL if letter.isupper() else _USUAL
    if unicodedata.combining(letter):
        return 0
    wide = unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF
    return _FULL if wide else _CAPITAL


def wrapped(text: str, room: float, style: Type, most: int | None = None) -> list[str]:
    """Break a text into lines that fit; a word that is too long is broken too.

    Parameters
    ----------
    text : str
        What is written.
    room : float
        How wide a line may be, in pixels.
    style : Type
        How it is set.
    most : int, optional
        How many lines at most; what is cut off leaves "...".

    Examples
    --------
    >>> wrapped("one two three", 60, Type(14))
    ['one two', 'three']
    """
    lines, line = [], ""
    for word in _words(clean(text), room, style):
        longer = f"{line} {word}" if line else word
        if line and width(longer, style.size, style.weight) > room:
            lines.append(line)
            longer = word
        line = longer
    lines += [line] if line else []
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], room, style)]
    return lines


def _words(text: str, room: float, style: Type) -> Iterable[str]:
    for word in text.split():
        part = ""
        if width(word, style.size, style.weight) <= room:
            yield word
            continue
        for letter in word:
            if part and width(part + letter, style.size, style.weight) > room:
                yield part
                part = ""
            part += letter
        yield part


def _cut(line: str, room: float, style: Type) -> str:
    while line and width(f"{line} ...", style.size, style.weight) > room:
        line = line[:-1]
    return f"{line.rstrip()} ..."


def written(text: str, x: float, y: float, style: Type, *, end: bool = False) -> str:
    """Return one line of text as SVG; it ends at `x` where `end` says so."""
    anchor = ' text-anchor="end"' if end else ""
    weight = f' font-weight="{style.weight}"' if style.weight != 400 else ""
    return (
        f'<text x="{x:g}" y="{y:.1f}"{anchor} font-size="{style.size:g}"{weight} '
        f'fill="{COLOURS[style.colour]}">{escape(text)}</text>'
    )


def paragraph(
    text: str, x: float, top: float, room: float, style: Type, most: int | None = None
) -> tuple[list[str], float]:
    """Write a text over as many lines as it needs; return them, and the height at which they end.

    Examples
    --------
    >>> lines, end = paragraph("one two three", 0, 100, 60, Type(14))
    >>> len(lines), end
    (2, 137.8)
    """
    out = []
    for line in wrapped(text, room, style, most):
        top += style.leading
        out.append(written(line, x, top - style.size * 0.3, style))
    return out, round(top, 2)
