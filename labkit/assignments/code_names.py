"""Which names a cell gives, and which a check looks at: read from the code, without running it."""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache

_MAGIC = re.compile(r"^(\s*)(?:[%!].*|\?{1,2}[\w.]+|[\w.]+\?{1,2})\s*$")
#: `files = !ls`.
_ASKED_OF_SHELL = re.compile(r"^(\s*[\w, ]+=\s*)[%!].*$")


def without_magics(source: str) -> str:
    r"""Return code in which each line that only IPython knows (`%matplotlib`, `!ls`, `help?`) is a `pass`.

    Examples
    --------
    >>> without_magics("if a:\n    %timeit a\nb = 10")
    'if a:\n    pass\nb = 10'
    """
    lines = (_MAGIC.sub(r"\1pass", line) for line in source.split("\n"))
    return "\n".join(_ASKED_OF_SHELL.sub(r"\1None", line) for line in lines)


@lru_cache(maxsize=512)
def tree(source: str) -> ast.Module | None:
    """Return the code of a cell as a tree, to be looked at only; None if it is not Python."""
    # Plain first: "% 7" may be the second line of a sum.
    return _parsed(source) or _parsed(without_magics(source))


def _parsed(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            # An odd escape in a string is not for us to tell.
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


#: What says how a name or sign is used: part of the node above it.
_SIGNS = (ast.expr_context, ast.operator, ast.cmpop, ast.unaryop, ast.boolop)


#: What gives one name, and keeps those inside it to itself; what gives none.
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@lru_cache(maxsize=512)
def nodes(parsed: ast.AST | None) -> tuple[ast.AST, ...]:
    """Return all nodes of a tree but its signs, quicker than `ast.walk`; none without a tree."""
    found = [parsed] if parsed is not None else []
    for node in found:  # it grows while it is gone through
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                found += [each for each in value if isinstance(each, ast.AST) and not isinstance(each, _SIGNS)]
            elif isinstance(value, ast.AST) and not isinstance(value, _SIGNS):
                found.append(value)
    return tuple(found)


def assigned(source: str) -> list[str]:
    r"""Return the names that a cell gives at its top level, in order.

    Examples
    --------
    >>> assigned("a, b = 1, 2\ndef share(part): return part\nfor c in (): d = 1")
    ['a', 'b', 'share', 'c', 'd']
    """
    parsed = tree(source)
    found: dict[str, None] = {}

    def look(node: ast.AST) -> None:
        if isinstance(node, _DEFINITIONS):
            found[node.name] = None
            return
        if isinstance(node, _SCOPES):
            return
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found[node.id] = None
        for inner in ast.iter_child_nodes(node):
            look(inner)

    if parsed:
        look(parsed)
    return list(found)


def changed(source: str) -> list[str]:
    r"""Return the names whose insides a cell changes: a column that it adds, an attribute that it sets.

    Examples
    --------
    >>> changed("districts['share'] = 1\nchart.title = 'Noise'\nlist_of.append(2)")
    ['districts', 'chart']
    """
    found: dict[str, None] = {}
    for node in nodes(tree(source)):
        if not isinstance(node, ast.Subscript | ast.Attribute) or not isinstance(node.ctx, ast.Store):
            continue
        inner: ast.expr = node
        while isinstance(inner, ast.Subscript | ast.Attribute):
            inner = inner.value
        if isinstance(inner, ast.Name):
            found[inner.id] = None
    return list(found)


def used(source: str) -> set[str]:
    """Return the names that a check looks at, also as `reference.name`.

    Examples
    --------
    >>> sorted(used("assert share == reference.total"))
    ['reference', 'share', 'total']
    """
    parsed = tree(source)
    if not parsed:
        return set()
    names = {node.id for node in nodes(parsed) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return names | {
        node.attr
        for node in nodes(parsed)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "reference"
    }


def bound(parsed: ast.Module, *, imports: bool = True) -> set[str]:
    r"""Return all names that code gives anywhere: assigned, defined, as an argument, and imported unless told.

    Examples
    --------
    >>> sorted(bound(ast.parse("import numpy as np\ndef share(part, whole): return part / whole")))
    ['np', 'part', 'share', 'whole']
    """
    found: set[str] = set()
    for node in nodes(parsed):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Import | ast.ImportFrom) and imports:
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            found.add(node.name)
    return found
