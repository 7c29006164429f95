"""Take the hidden checks out, and see to it that an answer that is not given passes no check."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from labkit.assignments.assignment import Assignment, Check, Question
from labkit.assignments.code_names import used
from labkit.assignments.release import roles, stubs
from labkit.language import t


def strip(notebook: Any, assignment: Assignment) -> Any:
    """Leave the public part of each check; in the place of what is hidden comes one sentence for each question."""
    alias = _labkit(notebook)
    open_names = {
        roles.of(cell)["question"]: stubs.stubbed(cell.source)
        for cell in notebook.cells
        if roles.is_(cell, roles.ANSWER) and cell.cell_type == "code"
    }
    said: set[str] = set()
    kept = []
    for cell in notebook.cells:
        if not roles.is_(cell, roles.CHECK):
            kept.append(cell)
            continue
        role = roles.of(cell)
        question = assignment.question(role["question"])
        check = question.checks[role["check"] - 1]
        more = bool(check.hidden) and question.id not in said
        if not check.public and not more:
            continue
        said |= {question.id} if more else set()
        kept.append(_public(cell, check, question, open_names.get(question.id, (set(), set())), alias, more=more))
    notebook["cells"] = kept
    return notebook


def uncertain(notebook: Any, assignment: Assignment) -> list[str]:
    """Return the ids of the checks that an untouched copy may pass, as far as can be told without running it."""
    found = []
    for cell in notebook.cells:
        if roles.is_(cell, roles.CHECK) and cell.cell_type == "code":
            role = roles.of(cell)
            check = assignment.question(role["question"]).checks[role["check"] - 1]
            if check.points and "is not ..." not in cell.source and "expect.answered(" not in cell.source:
                found.append(check.id)
    return found


def _public(
    cell: Any, check: Check, question: Question, open_names: tuple[set[str], set[str]], alias: str, *, more: bool
) -> Any:
    """Return a check cell as students get it."""
    sentence = t("More is checked after you hand in.")
    passed = t("{question}: this check passes.", question=question.id)
    if not check.public:
        cell["cell_type"] = "markdown"
        cell["source"] = f"*{question.id}: {sentence}*"
        for name in ("outputs", "execution_count"):
            cell.pop(name, None)
        return cell
    # Without the last line a check that ends in a value would show it, and nbgrader takes a number for the points.
    last = f"print({_quoted(f'{passed} {sentence}' if more else passed)})"
    cell["source"] = "\n".join([*_unanswered(check, question, open_names, alias), check.public, last])
    return cell


def _unanswered(check: Check, question: Question, open_names: tuple[set[str], set[str]], alias: str) -> Sequence[str]:
    """Return lines that fail while the answer is still a stub: a check such as `callable(f)` would pass on one."""
    values, functions = open_names
    looked_at = used(check.public)
    names = [name for name in question.answers if name in looked_at] or list(question.answers)
    lines = []
    for name in names:
        if name in values:
            said = t("Answer {question} first: {name} is not filled in.", question=question.id, name=name)
            lines.append(f"assert {name} is not ..., {_quoted(said)}")
    empty = [name for name in names if name in functions and name not in values]
    if empty and not alias:
        lines.append("import labkit as lk")
    lines += [f"{alias or 'lk'}.expect.answered({name})" for name in empty]
    return lines


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _labkit(notebook: Any) -> str:
    """Return the name under which the notebook knows labkit; "" if it does not."""
    for cell in notebook.cells:
        tree = stubs.parsed(cell.source) if cell.cell_type == "code" and not roles.is_(cell, roles.CHECK) else None
        for node in tree.body if tree else ():
            for one in node.names if isinstance(node, ast.Import) else ():
                if one.name == "labkit":
                    return one.asname or one.name
    return ""
