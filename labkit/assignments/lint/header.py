"""Rules for the settings in the first cell."""

from __future__ import annotations

from collections.abc import Iterator

from labkit.assignments.lint.finding import Finding
from labkit.assignments.lint.page import Cell, Page
from labkit.language import t


def check(page: Page, error: str) -> Iterator[Finding]:
    """Tell what is wrong in the settings; `error` says why they cannot be read, "" if they can."""
    if not page.is_assignment:
        return
    cell = page.header_cell
    if cell is None:
        yield page.found(
            "header-missing",
            t("There is no first cell with settings."),
            t('Begin with a raw cell that holds at least "assignment: {name}".', name=page.path.stem),
        )
    elif error:
        yield page.found("header-unreadable", error, t("Compare it with the example in course/FORMAT.md."), cell)
    elif page.header:
        yield from _settings(page, cell)


def _settings(page: Page, cell: Cell) -> Iterator[Finding]:
    header = page.header
    if header is None:
        return
    if header.variants and not header.city:
        yield page.found(
            "header-variants",
            t("variants asks for an area for each student, but no city is named."),
            t("Add city, such as city: {name}.", name=t("my-city")),
            cell,
            _line(cell, "variants"),
        )
    if header.variants and not (header.course and header.year):
        yield page.found(
            "header-year",
            t("Without course and year, a student gets the same area again in another course or year."),
            t("Add course and year."),
            cell,
            _line(cell, "variants"),
        )
    if header.within and not header.variants:
        yield page.found(
            "header-variants",
            t("within says where the areas lie, but variants does not say which level students get."),
            t("Add variants, such as variants: district, or take within away."),
            cell,
            _line(cell, "within"),
        )
    if not (header.title.nl or header.title.en):
        yield page.found(
            "header-title", t("The assignment has no title."), t("Add title: what students see above it."), cell
        )


def _line(cell: Cell, key: str) -> int:
    """Return the line of a setting in its cell, counted from 1; 0 if it is not there."""
    return next((number for number, line in enumerate(cell.lines, start=1) if line.startswith(f"{key}:")), 0)
