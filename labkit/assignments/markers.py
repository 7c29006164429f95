"""The one-line markers with which a lecturer writes an assignment, in any editor.

    # question: q1, 3 points, ai: allowed         the first line of an answer cell
    # check: q1, 1 point                          the first line of a check cell; `hidden` hides all of it
    # BEGIN SOLUTION ... # END SOLUTION           what students do not get
    # BEGIN HIDDEN TESTS ... # END HIDDEN TESTS   checks that are run after handing in
    === BEGIN MARK SCHEME === ... === END MARK SCHEME ===   how a written answer is marked
    <!-- language: nl -->                         the first line of a text cell for one language

In a text cell a marker may stand in a comment: ``<!-- question: q4, 2 points -->``. The blocks are those of
nbgrader and otter-grader, so that a source can be read by people who know these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from labkit.errors import LabkitError
from labkit.language import did_you_mean, t
from labkit.names import nearest

#: The blocks that a cell can hold, by the words of their markers.
SOLUTION, HIDDEN, SCHEME, TEXT = "SOLUTION", "HIDDEN TESTS", "MARK SCHEME", ""
BLOCKS = (SOLUTION, HIDDEN, SCHEME)

#: Words and keys that may follow the id and the points.
WORDS = ("hidden", "manual")
KEYS = ("ai", "answer", "record")

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")

_FIRST = re.compile(r"^\s*(?:#+|<!--)\s*(question|check)\s*:\s*(.*?)\s*(?:-->)?\s*$", re.IGNORECASE)
#: In a text cell a line with # is a heading, such as "## Question: who lives here?"; a marker stands in a comment.
_FIRST_OF_TEXT = re.compile(r"^\s*<!--\s*(question|check)\s*:\s*(.*?)\s*-->\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"^(\d+(?:[.]\d+)?)(?:\s*(?:points?|punten|punt))?$", re.IGNORECASE)
_BLOCK = re.compile(
    r"^\s*(?:#+|<!--)?\s*=*\s*(BEGIN|END)[ \t]+(SOLUTION|HIDDEN[ \t]+TESTS|MARK[ \t]+SCHEME)\s*=*\s*(?:-->|#+)?\s*$",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"^\s*<!--\s*language\s*:\s*(\w+)\s*-->\s*$", re.IGNORECASE)


class MarkerError(LabkitError):
    """A marker that cannot be read; `line` is its line in the cell, counted from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Marker:
    """The first line of an answer cell or a check cell.

    Attributes
    ----------
    what : {"question", "check"}
    question : str
        The id of the question.
    points : float or None
        What it is worth; None if the marker does not say.
    words : tuple of str
        "hidden" and "manual", as far as they are there.
    values : dict
        What stands behind `ai:`, `answer:` and `record:`.
    line : int
        Its line in the cell, counted from 1.
    """

    what: str
    question: str
    points: float | None = None
    words: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    line: int = 1


@dataclass(frozen=True)
class Part:
    """A run of lines of a cell that belong together.

    Attributes
    ----------
    kind : {"", "SOLUTION", "HIDDEN TESTS", "MARK SCHEME"}
        The block that the lines stand in; "" outside all blocks.
    lines : tuple of str
        The lines between the markers, without these.
    line : int
        The line in the cell, counted from 1, on which `lines` begin.
    """

    kind: str
    lines: tuple[str, ...]
    line: int

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


def read_marker(source: str, cell_type: str = "code") -> Marker | None:
    r"""Return the marker on the first line of a cell that is not blank, or None.

    Parameters
    ----------
    source : str
        The source of a cell.
    cell_type : {"code", "markdown", "raw"}
        In a markdown cell only ``<!-- question: ... -->`` is a marker: a line with # is a heading there.

    Raises
    ------
    MarkerError
        If the line begins as a marker and cannot be read as one.

    Examples
    --------
    >>> read_marker("# question: q1, 2 points, ai: allowed\nresidents = ...").points
    2.0
    >>> read_marker("<!-- question: why, 1 point -->", "markdown").question
    'why'
    >>> read_marker("## Question: who lives here?", "markdown") is None
    True
    >>> read_marker("x = 1") is None
    True
    """
    for number, line in enumerate(source.split("\n"), start=1):
        if line.strip():
            found = (_FIRST_OF_TEXT if cell_type == "markdown" else _FIRST).match(line)
            return _marker(found[1].lower(), found[2], number) if found else None
    return None


def _marker(what: str, rest: str, line: int) -> Marker:
    """Read what stands behind `question:` or `check:`."""
    name, *others = [piece.strip() for piece in rest.split(",")]
    if not ID.match(name):
        raise MarkerError(
            t(
                'A {what} needs an id of letters, digits, "-" and "_", such as "# {what}: q1, 2 points"; here it is {name}.',
                what=what,
                name=repr(name),
            ),
            line,
        )
    points: float | None = None
    words: list[str] = []
    values: dict[str, str] = {}
    for piece in others:
        number = _NUMBER.match(piece)
        key, colon, value = (part.strip() for part in piece.partition(":"))
        if number and points is None:
            points = float(number[1])
        elif number:
            raise MarkerError(
                t('The marker of {name} gives points twice. Write half points with a point, "2.5".', name=name), line
            )
        elif piece.lower() in WORDS:
            words.append(piece.lower())
        elif colon and key.lower() in KEYS:
            values[key.lower()] = value
        else:
            raise MarkerError(
                t('"{piece}" means nothing in the marker of {name}.', piece=piece, name=name)
                + _meant(key)
                + " "
                + t(
                    'It can hold points ("2 points"), {words}, and {keys}.',
                    words=", ".join(WORDS),
                    keys=", ".join(f"{key}: ..." for key in KEYS),
                ),
                line,
            )
    return Marker(what, name, points, tuple(words), values, line)


def _meant(word: str) -> str:
    near = nearest(word, [*WORDS, *KEYS])
    return " " + did_you_mean(near) if near else ""


def language_of(source: str) -> str | None:
    r"""Return the one language for which a text cell is meant, or None if it is for all.

    Examples
    --------
    >>> language_of("<!-- language: nl -->\nHoeveel mensen wonen er?")
    'nl'
    """
    for line in source.split("\n"):
        if line.strip():
            found = _LANGUAGE.match(line)
            return found[1].lower() if found else None
    return None


def without_first_marker(source: str, cell_type: str = "code") -> str:
    """Return the source without the line of its question, check or language marker; `cell_type` as in `read_marker`."""
    first = _FIRST_OF_TEXT if cell_type == "markdown" else _FIRST
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if line.strip():
            if first.match(line) or _LANGUAGE.match(line):
                return "\n".join(lines[:number] + lines[number + 1 :])
            break
    return source


def is_block(line: str) -> bool:
    """Return whether a line begins or ends a block.

    Examples
    --------
    >>> is_block("    # BEGIN SOLUTION"), is_block("# BEGIN SOLUTON")
    (True, False)
    """
    return _BLOCK.match(line) is not None


def split(source: str) -> list[Part]:
    r"""Return the parts of a cell: its solutions, hidden tests and mark schemes, and what stands outside these.

    Parameters
    ----------
    source : str
        The source of a cell.

    Returns
    -------
    list of Part
        In order; the lines of the markers themselves are in none of them.

    Raises
    ------
    MarkerError
        If a block is not closed, closed twice, or stands in another one.

    Examples
    --------
    >>> [(part.kind, part.text) for part in split("a = 1\n# BEGIN SOLUTION\nb = 2\n# END SOLUTION\nc = 3")]
    [('', 'a = 1'), ('SOLUTION', 'b = 2'), ('', 'c = 3')]
    """
    return list(_split(source))


def _split(source: str) -> Iterator[Part]:
    kind, begun, lines, start = TEXT, 0, [], 1
    for number, line in enumerate(source.split("\n"), start=1):
        found = _BLOCK.match(line)
        if not found:
            lines.append(line)
            continue
        begins, block = found[1].upper() == "BEGIN", " ".join(found[2].upper().split())
        if begins and kind == block:
            raise MarkerError(
                t(
                    "BEGIN {block} stands here twice, first on line {begun}. Write END {block} where the first ends.",
                    block=block,
                    begun=begun,
                ),
                number,
            )
        if begins and kind:
            raise MarkerError(
                t(
                    "BEGIN {block} stands inside {kind}, which began on line {begun}. Close that first with END {kind}.",
                    block=block,
                    kind=kind,
                    begun=begun,
                ),
                number,
            )
        if not begins and kind != block:
            raise MarkerError(
                t("END {block} closes nothing here. Begin it with BEGIN {block}, or take the line away.", block=block),
                number,
            )
        if lines or kind:
            yield Part(kind, tuple(lines), start)
        kind, begun, lines, start = (block if begins else TEXT), number, [], number + 1
    if kind:
        raise MarkerError(t("BEGIN {kind} is never closed. Write END {kind} where it ends.", kind=kind), begun)
    if lines:
        yield Part(kind, tuple(lines), start)


def only(source: str, *kinds: str) -> str:
    r"""Return the lines of a cell that stand in blocks of these kinds, without any marker lines of blocks.

    Examples
    --------
    >>> only("a = 1\n# BEGIN SOLUTION\nb = 2\n# END SOLUTION", TEXT)
    'a = 1'
    """
    return "\n".join(line for part in split(source) if part.kind in kinds for line in part.lines)
