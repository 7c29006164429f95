"""Two answers side by side, with what is alike marked."""

from __future__ import annotations

from difflib import SequenceMatcher
from html import escape
from itertools import accumulate

from labkit.assignments.likeness.normal import Piece, words_of
from labkit.register.wording import clean

#: A stretch of so many signs or words is marked.
SHORTEST = {"code": 5, "text": 3}
#: How much of a line of code has to be alike for it to be marked.
MOST_OF = 0.6


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
    return (
        _html(one, {place for block in long for place in range(block.a, block.a + block.size)}),
        _html(other, {place for block in long for place in range(block.b, block.b + block.size)}),
    )


def _html(piece: Piece, alike: set[int]) -> str:
    begins = [0, *accumulate(len(line) for line in piece.lines)]
    lines = piece.source.split("\n")
    if piece.kind == "code":
        return "\n".join(
            _line(text, sum(place in alike for place in range(begins[number], begins[number + 1])), len(signs), signs)
            for number, (text, signs) in enumerate(zip(lines, piece.lines, strict=True))
        )
    return "\n".join(
        _words(text, words, {place - begins[number] for place in alike}) if signs else _soft(text)
        for number, (text, words, signs) in enumerate(zip(lines, words_of(piece.source), piece.lines, strict=True))
    )


def _line(text: str, alike: int, signs: int, line: tuple[str, ...]) -> str:
    if not line:
        return _soft(text)
    shown = escape(clean(text))
    return f"<mark>{shown}</mark>" if alike >= MOST_OF * signs else shown


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
