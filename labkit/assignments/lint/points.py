"""Rules for points: every question has them, and its checks agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labkit.assignments.assignment import points_of
from labkit.assignments.lint.finding import Finding
from labkit.assignments.lint.page import Cell, Page
from labkit.assignments.markers import SCHEME
from labkit.language import number, t

_TOLD = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:points?|punt(?:en)?)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total|totaal|in all|samen|altogether)\b", re.IGNORECASE)
_HEADING = re.compile(r"^ {0,3}#{1,6}\s")


def check(page: Page) -> Iterator[Finding]:
    """Tell which points are missing, zero, or do not add up, also with what the text says."""
    total = 0.0
    for name, cell in page.questions.items():
        if cell.marker is None:
            continue
        found = list(_question(page, name, cell))
        total += sum(one[1] for one in found)
        yield from (one[0] for one in found if one[0] is not None)
    if page.questions:
        yield from _told(page, total)


def worth(page: Page, name: str, cell: Cell) -> tuple[float, list[float]]:
    """Return the points of a question and of each of its checks, as grading counts them."""
    if cell.marker is None:
        return 0.0, []
    return points_of(cell.marker, [one.marker for one in page.checks_of(name) if one.marker], is_manual(cell))


def is_manual(cell: Cell) -> bool:
    """Return whether a person gives points for an answer."""
    return has_scheme(cell) or cell.kind != "code" or (cell.marker is not None and "manual" in cell.marker.words)


def has_scheme(cell: Cell) -> bool:
    """Return whether an answer cell says how it is marked."""
    return any(part.kind == SCHEME and part.text.strip() for part in cell.parts)


def _question(page: Page, name: str, cell: Cell) -> Iterator[tuple[Finding | None, float]]:
    """Give what is wrong with the points of a question; with the last of these, or with None, its points."""
    points, each = worth(page, name, cell)
    line = cell.marker.line if cell.marker else 0
    given = cell.marker.points if cell.marker else None
    if given is None and (not each or is_manual(cell)):
        text = t('Question "{name}" says no points.', name=name)
        yield page.found("points-missing", text, t("Add them: # question: {name}, 2 points.", name=name), cell, line), 0
    if points == 0:
        text = t('Question "{name}" is worth nothing.', name=name)
        yield page.found("points-zero", text, t("Give it points, or take its marker away."), cell, line), 0
    elif sum(each) > points + 1e-6 or (sum(each) < points - 1e-6 and each and not is_manual(cell)):
        text = t(
            'Question "{name}" has {points} points, and its checks have {sum}.',
            name=name,
            points=written(points),
            sum=written(sum(each)),
        )
        advice = t('Let these agree, or add the word "manual" if a person gives the rest.')
        yield page.found("points-sum", text, advice, cell, line), 0
    yield None, points


def written(points: float) -> str:
    """Write points in the form of the language, without needless decimals."""
    return number(points, next(digits for digits in (0, 1, 2, 6) if round(points, digits) == round(points, 6)))


def _told(page: Page, total: float) -> Iterator[Finding]:
    """Compare what headings and totals say with what the markers say."""
    heading: tuple[Cell, int, float] | None = None
    for cell in page.cells:
        if cell.asks and page.questions[cell.asks] is cell:
            points, _ = worth(page, cell.asks, cell)
            if heading and abs(heading[2] - points) > 1e-6:
                yield _differs(page, heading, points, t('question "{name}"', name=cell.asks))
            heading = None
        if cell.kind != "markdown" or cell.asks:
            continue
        for line, text in enumerate(cell.lines, start=1):
            said = _TOLD.search(text)
            value = float(said[1].replace(",", ".")) if said else 0.0
            if said and _TOTAL.search(text) and abs(value - total) > 1e-6:
                yield _differs(page, (cell, line, value), total, t("all questions together"))
            elif _HEADING.match(text):
                heading = (cell, line, value) if said and not _TOTAL.search(text) else None


def _differs(page: Page, told: tuple[Cell, int, float], points: float, what: str) -> Finding:
    cell, line, value = told
    text = t(
        "The text says {told} points, and {what} has {points}.", told=written(value), what=what, points=written(points)
    )
    return page.found("points-told", text, t("Let these agree."), cell, line)
