"""Rules for the ids of questions, checks and cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labkit.assignments.lint.finding import Finding
from labkit.assignments.lint.page import Page
from labkit.language import did_you_mean, t
from labkit.names import nearest

#: The longest id with which "<id>-check-99" can still be the id of a cell.
LONGEST = 55


def check(page: Page) -> Iterator[Finding]:
    """Tell which ids are double or odd, and which checks belong to no question."""
    yield from _questions(page)
    yield from _checks(page)
    yield from _cells(page)
    if page.is_assignment and page.header_cell and not any(cell.marker or cell.marker_error for cell in page.cells):
        yield page.found(
            "no-questions",
            t("There is no question."),
            t("Begin an answer cell with # question: q1, 1 point."),
        )


def _questions(page: Page) -> Iterator[Finding]:
    lower: dict[str, str] = {}
    for cell in page.cells:
        name = cell.asks
        if not name or not cell.marker:
            continue
        line = cell.marker.line
        if page.questions[name] is not cell:
            yield page.found(
                "id-double",
                t('Cell {number} is already question "{name}".', number=page.questions[name].number + 1, name=name),
                t("Give each question one answer cell, and each an id of its own."),
                cell,
                line,
            )
        elif lower.setdefault(name.lower(), name) != name:
            yield page.found(
                "id-odd",
                t('"{name}" and "{other}" differ in capitals only.', name=name, other=lower[name.lower()]),
                t("Give them ids that cannot be mistaken, such as q1 and q2."),
                cell,
                line,
            )
        elif len(name) > LONGEST:
            yield page.found(
                "id-odd",
                t("The id {name} is longer than {most} characters.", name=name, most=LONGEST),
                t("Choose a short one, such as q1."),
                cell,
                line,
            )


def _checks(page: Page) -> Iterator[Finding]:
    for cell in page.cells:
        if not cell.checks or not cell.marker:
            continue
        if cell.checks not in page.questions:
            near = nearest(cell.checks, list(page.questions))
            yield page.found(
                "check-without-question",
                t('There is no question "{name}".', name=cell.checks),
                did_you_mean(near) if near else t("Begin its answer cell with # question: {name}.", name=cell.checks),
                cell,
                cell.marker.line,
            )
        elif page.questions[cell.checks].number > cell.number:
            yield page.found(
                "check-before-answer",
                t('This check of "{name}" stands above its answer.', name=cell.checks),
                t("Put it below the answer: cells run from top to bottom."),
                cell,
                cell.marker.line,
            )


def _cells(page: Page) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for cell in page.cells:
        first = seen.setdefault(cell.id, cell.number) if cell.id else cell.number
        if first != cell.number or (cell.id and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", cell.id)):
            yield page.found(
                "id-cell-double",
                t('The id of this cell, "{name}", is that of another one too, or is no id.', name=cell.id[:64]),
                t("Open the notebook in JupyterLab and save it: that gives each cell an id of its own."),
                cell,
            )
