"""Answers in the form in which they are compared: without released text, comments, spacing and names of their own."""

from __future__ import annotations

import io
import keyword
import re
import tokenize
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from labkit.assignments.code_names import bound, tree

#: What stands for any name that a student chose.
NAME = "name"

_LEFT_OUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
    tokenize.ENCODING,
}
_ROUGH = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|\d+(?:[.]\d+)?|\w+|[^\w\s]")
_WORDS = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

#: The signs of one line of a cell; empty for a line that does not count.
Line = tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """What one student wrote at one place.

    Attributes
    ----------
    question : str
        The id of the question; "" for cells that the student added.
    kind : {"code", "text"}
    source : str
        As it was handed in.
    lines : tuple of tuple of str
        For each line of the source, the signs or words that count; none for released text and comments.
    """

    question: str
    kind: str
    source: str
    lines: tuple[Line, ...]

    @cached_property
    def signs(self) -> Line:
        """All signs or words that count, in order."""
        return tuple(chain.from_iterable(self.lines))


def piece(question: str, kind: str, source: str, names: Collection[str], released: Collection[Line]) -> Piece:
    r"""Return a piece in the form in which it is compared.

    Parameters
    ----------
    question : str
    kind : {"code", "text"}
    source : str
    names : collection of str
        The names that the student chose: they do not count.
    released : collection of tuple of str
        Lines that all students got, in the same form.

    Examples
    --------
    >>> piece("q1", "code", "# mine\ntotal = part / 2", {"total", "part"}, ()).lines
    ((), ('name', '=', 'name', '/', '2'))
    """
    lines = code_lines(source, names) if kind == "code" else text_lines(source)
    return Piece(question, kind, source, tuple(() if line in released else line for line in lines))


def own_names(sources: Iterable[str]) -> set[str]:
    """Return the names that code gives to what it makes; what it imports keeps its own.

    Examples
    --------
    >>> sorted(own_names(["import pandas as pd", "def share(part): return pd.Series(part)"]))
    ['part', 'share']
    """
    found: set[str] = set()
    for source in sources:
        parsed = tree(source)
        if parsed is not None:
            found |= bound(parsed, imports=False)
    return found


def code_lines(source: str, names: Collection[str]) -> list[Line]:
    """Return the signs of each line of code, with one word for all names of its own."""
    lines: list[list[str]] = [[] for _ in source.split("\n")]
    try:
        before = ""
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type in _LEFT_OUT or not token.string.strip():
                continue
            sign = token.string
            if token.type == tokenize.NAME and sign in names and before != "." and not keyword.iskeyword(sign):
                sign = NAME
            lines[min(token.start[0], len(lines)) - 1].append(sign)
            before = token.string
    except (tokenize.TokenError, SyntaxError, ValueError):
        # What is no Python is compared all the same, a little more roughly.
        bare = (line.partition("#")[0] for line in source.split("\n"))
        lines = [[NAME if sign in names else sign for sign in _ROUGH.findall(line)] for line in bare]
    return [() if line and line[0][:1] in "\"'" and len(line) == 1 else tuple(line) for line in lines]


def text_lines(source: str) -> list[Line]:
    """Return the words of each line of a text, in small letters; comments have none."""
    return [tuple(word.casefold() for word, _, _ in line) for line in words_of(source)]


def words_of(source: str) -> list[list[tuple[str, int, int]]]:
    """Return the words of each line of a text with where they begin and end in it; those of comments are left out."""
    plain = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)
    return [[(found[0], *found.span()) for found in _WORDS.finditer(line)] for line in plain.split("\n")]
