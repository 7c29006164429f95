"""What otter-grader reads of a notebook: its public tests, as doctests in the metadata."""

from __future__ import annotations

import ast
import doctest
from typing import Any

from labkit.assignments.assignment import Assignment
from labkit.assignments.release import labels, roles


def write(notebook: Any, assignment: Assignment) -> Any:
    """Put the public checks into the metadata as otter writes them; it needs the name of the assignment too."""
    tests: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for cell in notebook.cells:
        if not roles.is_(cell, roles.CHECK) or cell.cell_type != "code":
            continue
        question = assignment.question(roles.of(cell)["question"])
        check = question.checks[roles.of(cell)["check"] - 1]
        test = tests.setdefault(question.id, _test(question.id))
        test["suites"][0]["cases"].append(
            {
                "code": as_doctest(_without_last_line(cell.source)),
                "hidden": False,
                "locked": False,
                "points": labels.released_points(question, check),
            }
        )
        last[question.id] = cell
    for question_id, cell in last.items():
        cell["metadata"] = {**cell.metadata, "otter": {"tests": [question_id]}}
    notebook.metadata["otter"] = {"OK_FORMAT": True, "assignment_name": assignment.id, "tests": tests}
    return notebook


def _test(name: str) -> dict[str, Any]:
    suite = {"cases": [], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    return {"name": name, "points": None, "suites": [suite]}


def _without_last_line(source: str) -> str:
    """Return a released check without the line that says that it passes: a doctest shows nothing."""
    return source.rpartition("\n")[0]


def as_doctest(source: str) -> str:
    r"""Return code as a doctest that passes if the code raises nothing.

    What a statement shows would be compared with what stands below it, so an expression becomes `_ = ...`.

    Examples
    --------
    >>> as_doctest("assert share\nlen('abc')")
    ">>> assert share\n>>> _ = len('abc')"
    """
    shown = _prompted(source)
    if shown is None or _runs(shown) is None or _meaning(_runs(shown)) != _meaning(source):
        return f">>> exec({source!r})"
    return shown


def _prompted(source: str) -> str | None:
    """Return the code with prompts before its lines; None if its statements cannot be told apart by lines."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    lines = source.split("\n")
    shown: list[str] = []
    end = 0
    for node in tree.body:
        decorators = getattr(node, "decorator_list", [])
        begin = min([node.lineno, *(one.lineno for one in decorators)])
        if begin <= end:
            return None
        end = node.end_lineno or begin
        first, *rest = lines[begin - 1 : end]
        shown.append(f">>> {'_ = ' if isinstance(node, ast.Expr) else ''}{first}")
        shown += [f"... {line}" if line else "..." for line in rest]
    return "\n".join(shown)


def _runs(shown: str) -> str | None:
    """Return the code that doctest would run; None if it expects something to be shown, or cannot read it."""
    try:
        examples = doctest.DocTestParser().get_examples(shown)
    except ValueError:
        return None
    if any(example.want for example in examples):
        return None
    return "".join(example.source for example in examples)


def _meaning(source: str | None) -> str | None:
    """Return what code does, in one form; an expression and its value given to `_` are the same here."""
    if source is None:
        return None
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    for node in tree.body:
        if isinstance(node, ast.Assign) and [getattr(one, "id", "") for one in node.targets] == ["_"]:
            tree.body[tree.body.index(node)] = ast.Expr(node.value)
    return ast.dump(tree)
