"""Rules for checks: they look at the answer, at names that exist, and fail on an untouched copy."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from labkit.assignments.assignment import Check, answers_of
from labkit.assignments.code_names import assigned, bound, changed, nodes, tree, used
from labkit.assignments.lint.finding import Finding
from labkit.assignments.lint.page import Cell, Page
from labkit.assignments.lint.points import has_scheme
from labkit.assignments.markers import HIDDEN, SOLUTION, TEXT
from labkit.language import did_you_mean, t
from labkit.names import nearest

#: What is there without anybody giving it; `reference` in hidden tests only.
_GIVEN = {*dir(builtins), "display", "get_ipython", "reference", "__file__"}


def check(page: Page) -> Iterator[Finding]:
    """Tell which questions are not checked, and which checks cannot fail or cannot run."""
    for name, cell in page.questions.items():
        yield from _question(page, name, cell)
    yield from _names(page)


def _question(page: Page, name: str, cell: Cell) -> Iterator[Finding]:
    checks = [one for one in page.checks_of(name) if one.parts_error is None]
    line = cell.marker.line if cell.marker else 0
    is_said = cell.marker is not None and (cell.marker.words or "record" in cell.marker.values)
    if not checks and not has_scheme(cell) and not is_said:
        yield page.found(
            "question-unchecked",
            t('Question "{name}" has no check and no mark scheme.', name=name),
            t("Add a check cell (# check: {name}), or a mark scheme if a person marks it.", name=name)
            if cell.kind == "code"
            else t("Add === BEGIN MARK SCHEME === and === END MARK SCHEME === with how it is marked."),
            cell,
            line,
        )
    if any(_all(one).strip() for one in checks) and cell.kind == "code" and not any(_public(one) for one in checks):
        yield page.found(
            "check-all-hidden",
            t('All checks of "{name}" are hidden: students cannot try their answer.', name=name),
            t("Add a check that they get, of the type or the unit for example."),
            cell,
            line,
        )
    if cell.kind != "code" or not checks or not cell.tree:
        return
    solution = cell.only(TEXT, SOLUTION)
    code = [Check("", 0, 0, "", _all(one)) for one in checks]
    answers = answers_of(cell.marker, solution, tuple(code)) if cell.marker else ()
    yield from _answers(page, cell, answers, solution)
    for one in checks:
        yield from _passes(page, name, one, answers)


def _public(check: Cell) -> str:
    hidden = check.marker is not None and "hidden" in check.marker.words
    return "" if hidden else check.only(TEXT).strip()


def _all(check: Cell) -> str:
    return check.only(TEXT, HIDDEN)


def _answers(page: Page, cell: Cell, answers: tuple[str, ...], solution: str) -> Iterator[Finding]:
    """Tell of names behind `answer:` that the solution does not give."""
    if not cell.marker or "answer" not in cell.marker.values:
        return
    given = {*assigned(solution), *changed(solution)}
    for name in answers:
        if name not in given:
            near = nearest(name, given)
            yield page.found(
                "answer-unknown",
                t("The marker asks for {name}, and the solution does not give it.", name=name),
                did_you_mean(near) if near else t("Name what the solution assigns."),
                cell,
                cell.marker.line,
            )


def _passes(page: Page, question: str, cell: Cell, answers: tuple[str, ...]) -> Iterator[Finding]:
    """Tell of a check that an untouched copy would pass."""
    code, line = _all(cell), cell.marker.line if cell.marker else 0
    parsed = tree(code)
    if parsed is None:
        return
    if not parsed.body:
        text = t("This check is empty: everybody passes it.")
        advice = t("Write an assert in it, or take it away.")
    elif not used(code) & set(answers):
        text = t('This check looks at nothing that the answer of "{name}" gives: everybody passes it.', name=question)
        advice = t("Look at a name that the solution assigns; if it changes something, name that: answer: name.")
    elif not any(_can_fail(node, set(answers)) for node in nodes(parsed)):
        text = t("Nothing in this check can fail on an untouched answer, which is ... (an ellipsis).")
        advice = t("Compare the answer with something: lk.expect.number(name), or assert name > 0.")
    else:
        return
    yield page.found("check-passes-untouched", text, advice, cell, line)


def _can_fail(node: ast.AST, answers: set[str]) -> bool:
    """Return whether a part of a check could fail on `...`: an assert on more than the name, a raise, a call."""
    if isinstance(node, ast.Raise):
        return True
    if isinstance(node, ast.Assert):
        return not _always_true(node.test, answers)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        called = node.value.func
        return not (isinstance(called, ast.Name) and called.id in ("print", "display", "repr", "type", "str"))
    return False


def _always_true(test: ast.expr, answers: set[str]) -> bool:
    """Return whether a condition holds for `...` too."""
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.Name):
        return test.id in answers
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.IsNot | ast.NotEq) and len(test.ops) == 1:
        sides = (test.left, test.comparators[0])
        empty = any(isinstance(side, ast.Constant) and side.value in (None, "", 0) for side in sides)
        return empty and any(isinstance(side, ast.Name) and side.id in answers for side in sides)
    return False


def _names(page: Page) -> Iterator[Finding]:
    """Tell of names in checks that no cell above gives, and of `reference` where students would run it."""
    known = set(_GIVEN)
    by_cell = {cell.number: bound(cell.tree) for cell in page.code if cell.tree}
    everywhere = {name for cell in page.code if cell.tree and not cell.checks for name in by_cell[cell.number]}
    for cell in page.code:
        if cell.tree is None:
            continue
        if not cell.checks:
            known |= by_cell[cell.number]
        if "*" in known:
            return  # from x import *: nobody can tell
        if not cell.checks:
            continue
        own = by_cell[cell.number]
        for node in cell.nodes:
            wanted = ""
            if not isinstance(node, ast.Name | ast.Attribute):
                continue
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in known | own:
                wanted = node.id
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "reference":
                wanted = "" if node.attr in known else node.attr
            if wanted:
                yield _unknown(page, cell, node.lineno, wanted, everywhere)
        if "reference" in used(_public(cell)):
            yield page.found(
                "check-public-reference",
                t("Students get this check, and there is no reference for them."),
                t("Put what uses reference between # BEGIN HIDDEN TESTS and # END HIDDEN TESTS."),
                cell,
                _line_of(cell, "reference"),
            )


def _unknown(page: Page, cell: Cell, line: int, name: str, everywhere: set[str]) -> Finding:
    near = [one for one in nearest(name, everywhere) if one != name]
    text = t("The check looks at {name}, which no cell above gives.", name=name)
    advice = t("It is given below: move the check down.") if name in everywhere else t("Check the name.")
    hint = did_you_mean(near) if near and name not in everywhere else advice
    return page.found("check-unknown-name", text, hint, cell, line)


def _line_of(cell: Cell, word: str) -> int:
    return next((number for number, line in enumerate(cell.lines, start=1) if word in line), 0)
