"""Two answers side by side, with what is alike marked."""

from __future__ import annotations

from difflib import SequenceMatcher
from html import escape
from itertools import accumulate

from labkit.assignments.likeness.normal import Line, Piece, words_of
from labkit.register.wording import clean

#: A stretch of so many signs or words is marked.
SHORTEST = {"code": 5, "text": 3}
#: How much of a line of code has to be alike for it to be marked.
MOST_OF = 0.6
#: A line of code of so many signs is marked if both have all of it.
SHORT_LINE = 3


def marked(one: Piece, other: Piece) -> tuple[str, str]:
    """Return the HTML of both answers, with what is alike in `mark`.

    Examples
    --------
    >>> from labkit.assignments.likeness.normal import piece
    >>> same, b = piece("q1", "text", "One two three four", (), ()), piece("q1", "text", "Or one two three", (), ())
    >>> marked(same, b)
    ('<mark>One two three</mark> four', 'Or <mark>one two three</mark>')
    """
    blocks = SequenceMatcher(None, one.signs, other.signs, autojunk=False).get_matching_blocks()
    long = [block for block in blocks if block.size >= SHORTEST[one.kind]]
    both = {line for line in {*one.lines} & {*other.lines} if len(line) >= SHORT_LINE} if one.kind == "code" else set()
    return (
        _html(one, {place for block in long for place in range(block.a, block.a + block.size)}, both),
        _html(other, {place for block in long for place in range(block.b, block.b + block.size)}, both),
    )


def _html(piece: Piece, alike: set[int], both: set[Line]) -> str:
    begins = [0, *accumulate(len(line) for line in piece.lines)]
    lines = piece.source.split("\n")
    if piece.kind == "code":
        return "\n".join(
            _line(
                text,
                signs,
                marked=signs in both
                or sum(place in alike for place in range(begins[number], begins[number + 1])) >= MOST_OF * len(signs),
            )
            for number, (text, signs) in enumerate(zip(lines, piece.lines, strict=True))
        )
    return "\n".join(
        _words(text, words, {place - begins[number] for place in alike}) if signs else _soft(text)
        for number, (text, words, signs) in enumerate(zip(lines, words_of(piece.source), piece.lines, strict=True))
    )


def _line(text: str, signs: Line, *, marked: bool) -> str:
    if not signs:
        return _soft(text)
    shown = escape(clean(text))
    return f"<mark>{shown}</mark>" if marked else shown


def _soft(text: str) -> str:
    return f"<i>{escape(clean(text))}</i>" if text.strip() else ""


def _words(text: str, words: list[tuple[str, int, int]], alike: set[int]) -> str:
    """Mark the runs of words that are alike, with the spaces between them."""
    found, at, place = [], 0, 0
    while place < len(words):
        if place not in alike:
            place += 1
            continue
        last = place
        while last + 1 < len(words) and last + 1 in alike:
            last += 1
        begin, end = words[place][1], words[last][2]
        found += [escape(clean(text[at:begin])), f"<mark>{escape(clean(text[begin:end]))}</mark>"]
        at, place = end, last + 1
    return "".join([*found, escape(clean(text[at:]))])
