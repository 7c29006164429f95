"""What stands in the place of a solution: `name = ...`, or a line that says that the answer goes here."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Collection

from labkit.assignments import markers
from labkit.assignments.code_names import assigned
from labkit.assignments.markers import SOLUTION, TEXT, Part
from labkit.language import t

_PROMPT = re.compile(r"^(\s*)(?:#+|<!--)?\s*PROMPT:\s?(.*?)\s*(?:-->)?\s*$")


def code(source: str, wanted: Collection[str] = ()) -> str:
    r"""Return the source of an answer cell with stubs in the place of its solutions.

    A def of which the signature and docstring stand outside the block keeps these. Lines `# PROMPT: text` in a
    block stay, as comments. Hidden tests and mark schemes go.

    Parameters
    ----------
    source : str
        The source of a code cell, with its blocks.
    wanted : collection of str
        The names that the checks look at.

    Examples
    --------
    >>> print(code("# BEGIN SOLUTION\nhelp = 6\nresidents = help * 7\n# END SOLUTION\nresidents", ["residents"]))
    # your answer here
    residents = ...
    residents
    """
    parts = markers.split(source)
    tree = parsed("\n".join(line for part in parts if part.kind in (TEXT, SOLUTION) for line in part.lines))
    solution = "\n".join(textwrap.dedent(part.text) for part in parts if part.kind == SOLUTION)
    asked = bool(set(wanted) & set(assigned(solution)))
    lines: list[str] = []
    place = 0  # how many lines of text and solution came before
    for part in parts:
        if part.kind == TEXT:
            lines += part.lines
        elif part.kind == SOLUTION:
            names = [] if _is_inside(tree, part, place) else _names(part, wanted, asked=asked)
            lines += _block(part, names)
        if part.kind in (TEXT, SOLUTION):
            place += len(part.lines)
    return "\n".join(lines)


def text(source: str) -> str:
    r"""Return the source of a written answer without its solution.

    Examples
    --------
    >>> print(text("<!-- BEGIN SOLUTION -->\nBecause it is dear.\n<!-- END SOLUTION -->"))
    *Write your answer here.*
    """
    stub = t("*Write your answer here.*")
    lines: list[str] = []
    for part in markers.split(source):
        if part.kind == TEXT:
            lines += part.lines
        elif part.kind == SOLUTION:
            lines += [found[2] for found in map(_PROMPT.match, part.lines) if found]
            if stub not in lines:
                lines.append(stub)
    if not any(line.strip() for line in lines):
        lines = [stub]
    return "\n".join(lines)


def prompts(part: Part) -> set[int]:
    """Return which lines of a solution students get as they are, counted from 0."""
    return {number for number, line in enumerate(part.lines) if _PROMPT.match(line)}


def parsed(source: str) -> ast.Module | None:
    """Return the tree of a cell, or None; a line of IPython's own counts as a line that does nothing."""
    plain = [re.sub(r"^(\s*)[%!?].*", r"\1pass", line) for line in source.split("\n")]
    try:
        return ast.parse("\n".join(plain))
    except (SyntaxError, ValueError, RecursionError):
        return None


def stubbed(source: str) -> tuple[set[str], set[str]]:
    r"""Return which names a released cell leaves open: those that are `...`, and functions that do nothing yet.

    Examples
    --------
    >>> stubbed('a = ...\ndef share(part):\n    "What it does."\n    ...')
    ({'a'}, {'share'})
    """
    tree = parsed(source)
    values, functions = set(), set()
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Assign) and _is_dots(node.value):
            values |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    for node in tree.body if tree else ():
        if isinstance(node, ast.FunctionDef) and all(
            isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) for one in node.body
        ):
            functions.add(node.name)
    return values, functions


def _is_dots(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _block(part: Part, names: list[str]) -> list[str]:
    """Return the lines that stand in the place of a block."""
    first = next((line for line in part.lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    kept = [f"{indent}# {found[2]}" for found in map(_PROMPT.match, part.lines) if found]
    stubs = [f"{indent}{name} = ..." for name in names] or [f"{indent}..."]
    return [*kept, f"{indent}# {t('your answer here')}", *stubs]


def _names(part: Part, wanted: Collection[str], *, asked: bool) -> list[str]:
    """Return the names that a block asks for: those that are looked at, else the last one that it gives.

    If another block of the cell gives what is looked at (`asked`), this one only helps, and no name of it is told.
    """
    source = textwrap.dedent(part.text)
    given = assigned(source)
    found = [name for name in given if name in wanted]
    if found or asked:
        return found
    # What a block changes without giving it a new name, such as a column of a table.
    tree = parsed(source)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} if tree else set()
    return [name for name in wanted if name in used] or given[-1:]


def _is_inside(tree: ast.Module | None, part: Part, place: int) -> bool:
    """Return whether a block is a part of something: of a def, of a class, or of a statement."""
    if tree is None:
        return bool(part.lines) and part.lines[0][:1].isspace()
    if parsed(textwrap.dedent(part.text)) is None:
        return True
    blank = next((number for number, line in enumerate(part.lines) if line.strip()), 0)
    begin, end = place + 1 + blank, place + len(part.lines)
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda)
        and node.lineno < begin
        and (node.end_lineno or 0) >= min(begin, end)
        for node in ast.walk(tree)
    )
