"""Which names a cell gives, and which a check looks at: read from the code, without running it."""

from __future__ import annotations

import ast


def _tree(source: str) -> ast.Module | None:
    plain = "\n".join("pass" if line.lstrip()[:1] in ("%", "!") else line for line in source.split("\n"))
    try:
        return ast.parse(plain)
    except SyntaxError:
        return None


def assigned(source: str) -> list[str]:
    r"""Return the names that a cell gives at its top level, in order.

    Examples
    --------
    >>> assigned("a, b = 1, 2\ndef share(part): return part\nfor c in (): d = 1")
    ['a', 'b', 'share', 'c', 'd']
    """
    tree = _tree(source)
    found: dict[str, None] = {}

    def look(node: ast.AST) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[node.name] = None
            return
        if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            return
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found[node.id] = None
        for inner in ast.iter_child_nodes(node):
            look(inner)

    if tree:
        look(tree)
    return list(found)


def used(source: str) -> set[str]:
    """Return the names that a check looks at, also as `reference.name`.

    Examples
    --------
    >>> sorted(used("assert share == reference.total"))
    ['reference', 'share', 'total']
    """
    tree = _tree(source)
    if not tree:
        return set()
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return names | {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "reference"
    }
