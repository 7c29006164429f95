"""How much two cells resemble each other, once comments and spaces are taken away."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from functools import lru_cache

#: Of a cell that is longer than any answer only this much is compared, signs: comparing takes the square of it.
MOST = 20_000

_COMMENT = re.compile(r"(?m)(^|\s)#.*$")
_FENCE = re.compile(r"^\s*(```|~~~).*$\n?", re.MULTILINE)
_LEFT_OUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
    tokenize.ENCODING,
}


@lru_cache(maxsize=4096)
def bare_code(source: str) -> str:
    r"""Return code without comments, blank lines and spacing: equal for cells that do the same.

    Examples
    --------
    >>> bare_code("share = part/whole  # per cent\n")
    'share = part / whole'
    >>> bare_code("# only words\n\n")
    ''
    """
    try:
        tokens = [
            one.string for one in tokenize.generate_tokens(io.StringIO(source).readline) if one.type not in _LEFT_OUT
        ]
        return " ".join(tokens)
    except (tokenize.TokenError, SyntaxError, ValueError):
        return " ".join(_COMMENT.sub(" ", source).split())


def bare_text(source: str) -> str:
    """Return a text without case and spacing.

    Examples
    --------
    >>> bare_text("  Your   Answer ")
    'your answer'
    """
    return " ".join(re.sub(r"<!--.*?-->", " ", source, flags=re.DOTALL).casefold().split())


def bare(source: str, kind: str) -> str:
    """Return a cell's source in the form in which cells of its kind ("code" or another) are compared."""
    source = source[:MOST]
    return bare_code(source) if kind == "code" else bare_text(source)


def ratio(one: str, other: str) -> float:
    """Return how alike two bare texts are, from 0 to 1.

    Examples
    --------
    >>> ratio("share = a / b", "share = a / b"), ratio("", "share")
    (1.0, 0.0)
    """
    if not one or not other:
        return 0.0
    from rapidfuzz import fuzz

    return float(fuzz.ratio(one[:MOST], other[:MOST])) / 100


def code_in(source: str) -> str:
    r"""Return the code that stands in a cell which is no code cell; "" if what stands there is no code.

    Examples
    --------
    >>> code_in("```python\nresidents = 12\n```")
    'residents = 12'
    >>> code_in("Because more people live there.")
    ''
    """
    plain = _FENCE.sub("", source).strip("\n")
    try:
        tree = ast.parse(plain)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    # One word, or some words with commas, is Python too.
    gives = any(not isinstance(node, ast.Expr) or isinstance(node.value, ast.Call) for node in tree.body)
    return plain if gives else ""


def first_line(source: str) -> str:
    """Return the first line that is not blank, with single spaces; "" if there is none."""
    for line in source.split("\n"):
        if line.strip():
            return " ".join(line.split())
    return ""
