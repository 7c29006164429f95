"""Rules for who reads it: alternative texts, languages, length, and what students are told."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from labkit.assignments.lint.finding import Finding
from labkit.assignments.lint.page import Cell, Page
from labkit.assignments.markers import HIDDEN, Marker, is_block, language_of
from labkit.language import LANGUAGES, t

#: What a notebook may hold at the most, so that a student keeps the overview.
MOST_CELLS, MOST_LINES = 25, 15

_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\s*[\[(]")
_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*(?:\"[^\"]*\S[^\"]*\"|'[^']*\S[^']*')", re.IGNORECASE)
#: Functions that draw something that has no alternative text of itself. What labkit draws has one.
_DRAWS = {"plot", "hist", "scatter", "bar", "barh", "boxplot", "imshow", "pie"}
_TOLD = re.compile(r"#\W*(?:fig-)?alt\s*:|\bdescription\s*=|\balt\s*=", re.IGNORECASE)
_HELP = re.compile(r"\bhelp\b|\bhulp\b|hulpmiddelen", re.IGNORECASE)


def check(page: Page) -> Iterator[Finding]:
    """Tell of missing alternative texts and languages, of what is too long, and of what students should be told."""
    for cell in page.texts:
        yield from _images(page, cell)
    for cell in page.code:
        yield from _drawing(page, cell)
        yield from _length(page, cell)
    if len(page.code) > MOST_CELLS:
        yield page.found(
            "too-many-cells",
            t("There are {count} code cells; at most {most} keep the overview.", count=len(page.code), most=MOST_CELLS),
            t("Split the notebook in two, or join cells that do one thing."),
        )
    if page.is_assignment:
        yield from _languages(page)
        yield from _told(page)


def _images(page: Page, cell: Cell) -> Iterator[Finding]:
    for line, text in enumerate(cell.lines, start=1):
        bare = any(not found["alt"].strip() for found in _IMAGE.finditer(text))
        if bare or any(not _ALT.search(found[0]) for found in _TAG.finditer(text)):
            yield page.found(
                "alt-missing",
                t("This picture has no text for who cannot see it."),
                t("Say between the square brackets, or in alt, what it shows."),
                cell,
                line,
            )


def _drawing(page: Page, cell: Cell) -> Iterator[Finding]:
    """Advise on charts that we draw, not the student, and that nothing describes."""
    if cell.asks or cell.checks or not cell.tree or _TOLD.search(cell.source):
        return
    for node in cell.nodes:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        base = getattr(node.func.value, "id", "")
        if (base == "alt" and node.func.attr == "Chart") or (node.func.attr in _DRAWS and base != "self"):
            yield page.found(
                "alt-drawing",
                t("This chart or map has no text for who cannot see it."),
                t("Add a line # alt: with what it shows, or description= for Altair."),
                cell,
                node.lineno,
            )
            return


def _length(page: Page, cell: Cell) -> Iterator[Finding]:
    hidden = {
        number for part in cell.parts if part.kind == HIDDEN for number in range(part.line, part.line + len(part.lines))
    }
    count = sum(
        1
        for number, line in enumerate(cell.lines, start=1)
        if line.strip() and number not in hidden and not is_block(line) and not _is_marker(cell, number)
    )
    if count > MOST_LINES:
        yield page.found(
            "cell-too-long",
            t("The cell has {count} lines of code; at most {most} read well.", count=count, most=MOST_LINES),
            t("Split it where it begins something new."),
            cell,
        )


def _is_marker(cell: Cell, line: int) -> bool:
    return isinstance(cell.marker, Marker) and cell.marker.line == line


def _languages(page: Page) -> Iterator[Finding]:
    wanted = page.header.languages if page.header else LANGUAGES
    run: dict[str, list[Cell]] = {}
    seen = False
    for cell in [*page.cells, Cell(len(page.cells), "code", "")]:
        language = language_of(cell.source) if cell.kind == "markdown" else None
        if language is None:
            yield from _run(page, run, wanted)
            run = {}
        elif language not in wanted:
            known = ", ".join(wanted)
            text = t(
                'This cell is for the language "{name}", and the settings have {known}.', name=language, known=known
            )
            yield page.found("language-unknown", text, t("Mend the marker, or add it to languages."), cell, 1)
        else:
            seen = True
            run.setdefault(language, []).append(cell)
    if page.header and len(wanted) > 1 and page.texts and not seen:
        yield page.found(
            "language-missing",
            t("The settings have {known}, and no text cell says for which one it is.", known=", ".join(wanted)),
            t("Write each text twice, in cells that begin with {markers}", markers=" / ".join(map(_marker, wanted))),
            page.header_cell,
        )


def _marker(language: str) -> str:
    return f"<!-- language: {language} -->"


def _run(page: Page, run: dict[str, list[Cell]], wanted: tuple[str, ...]) -> Iterator[Finding]:
    """Look at language cells that follow each other: each language should have as many."""
    most = max((len(cells) for cells in run.values()), default=0)
    for language in wanted:
        if run and len(run.get(language, ())) < most:
            longest = next(cells for cells in run.values() if len(cells) == most)
            yield page.found(
                "language-missing",
                t('This text is not there in the language "{name}".', name=language),
                t("Add a cell beside it that begins with {marker}", marker=_marker(language)),
                longest[len(run.get(language, ()))],
                1,
            )


def _told(page: Page) -> Iterator[Finding]:
    for name, cell in page.questions.items():
        if cell.marker and "ai" not in cell.marker.values:
            yield page.found(
                "ai-missing",
                t('Question "{name}" does not say whether AI may be used.', name=name),
                t("Add it: ai: allowed, or ai: not allowed."),
                cell,
                cell.marker.line,
            )
    coded = any(cell.kind == "code" for cell in page.questions.values())
    if coded and not any(_HELP.search(cell.source) for cell in page.texts):
        yield page.found(
            "help-missing",
            t("There is no cell in which students say which data and help they used."),
            t('End with a written answer "Data and help used".'),
        )
