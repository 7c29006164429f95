"""Rules for what students must not get: solutions, hidden tests and mark schemes stand where a release takes them out."""

from __future__ import annotations

from collections.abc import Iterator

from labkit.assignments.lint.finding import Finding
from labkit.assignments.lint.page import Cell, Page
from labkit.assignments.markers import HIDDEN, SCHEME, SOLUTION, Part
from labkit.language import t


def check(page: Page) -> Iterator[Finding]:
    """Tell which blocks stand in a cell where they do not belong, and which answers have no solution."""
    for cell in page.cells:
        if cell.kind == "raw":
            continue
        for part in cell.parts:
            yield from _part(page, cell, part)
        if cell.asks and cell.kind == "code" and cell.parts_error is None:
            yield from _solution(page, cell)


def _part(page: Page, cell: Cell, part: Part) -> Iterator[Finding]:
    line = part.line - 1  # that of its marker
    if part.kind == HIDDEN and not cell.checks:
        where = t("an answer cell") if cell.asks else t("a cell that is no check")
        yield page.found(
            "hidden-misplaced",
            t("Hidden tests stand in {where}.", where=where),
            t("Put them in a check cell: # check: {name}.", name=cell.asks or "q1"),
            cell,
            line,
        )
    elif part.kind == SOLUTION and not cell.asks:
        where = t("a check cell") if cell.checks else t("a cell that answers no question")
        yield page.found(
            "solution-misplaced",
            t("A solution stands in {where}.", where=where),
            t("Put it in an answer cell, whose first line is # question: id, points."),
            cell,
            line,
        )
    elif part.kind == SCHEME and not (cell.asks and cell.kind == "markdown"):
        yield page.found(
            "scheme-misplaced",
            t("A mark scheme stands outside a written answer."),
            t("Put it in the text cell of the answer, below {marker}", marker="<!-- question: id, points -->"),
            cell,
            line,
        )


def _solution(page: Page, cell: Cell) -> Iterator[Finding]:
    """Tell of an answer cell of which students would get all."""
    solutions = [part for part in cell.parts if part.kind == SOLUTION]
    name, line = cell.asks, cell.marker.line if cell.marker else 0
    if not solutions and cell.marker is not None and "record" in cell.marker.values:
        return  # the answer is a file beside the notebook
    if not solutions:
        yield page.found(
            "solution-missing",
            t('The answer of "{name}" has no solution block: students would get all of this cell.', name=name),
            t("Put # BEGIN SOLUTION and # END SOLUTION around what they have to write."),
            cell,
            line,
        )
    elif not any(part.text.strip() for part in solutions):
        yield page.found(
            "solution-missing",
            t('The solution of "{name}" is empty.', name=name),
            t("Write it: the checks compare with what it gives."),
            cell,
            solutions[0].line - 1,
        )
