"""Rules for markers: readable, balanced, well spelt, in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labkit.assignments.lint import meant
from labkit.assignments.lint.finding import Finding
from labkit.assignments.lint.page import Cell, Page
from labkit.assignments.markers import MarkerError, is_block, language_of, read_marker
from labkit.language import t

#: At the end of a line of code: `assert x  # HIDDEN`, `x = 4  # SOLUTION`.
_AT_END = re.compile(r"\S.*#+\s*(?P<what>HIDDEN(?:\s+TESTS?)?|SOLUTIONS?(?:\s+NO PROMPT)?)\s*$", re.IGNORECASE)
#: In a text cell: `# question: q1, 2 points`, where a heading such as "# Question: Noise" is none.
_FORGOT_COMMENT = re.compile(r"^\s*#+\s*(?:question|check)\s*:\s*(?:[\w-]*\d[\w-]*|[\w-]+\s*,.*)\s*(?:,.*)?$")
_ALONE = re.compile(r"^\s*#+\s*(?P<what>HIDDEN(?:\s+TESTS?)?|SOLUTIONS?(?:\s+NO PROMPT)?)\s*$")


def check(page: Page) -> Iterator[Finding]:
    """Tell which markers cannot be read, are not closed, misspelt, in a string, or not where they work."""
    for cell in page.cells:
        if cell.kind == "raw":
            yield from _raw(page, cell)
            continue
        for error, rule in ((cell.marker_error, "marker-unreadable"), (cell.parts_error, "marker-unbalanced")):
            if error:
                yield page.found(rule, str(error), "", cell, error.line)
        possible = [(line, text) for line, text in enumerate(cell.lines, start=1) if _POSSIBLE.search(text)]
        inside = _lines_of_strings(cell) if possible else set()
        for line, text in possible:
            yield from _line(page, cell, line, text, line in inside)


#: Nearly all lines hold nothing of the kind: these are told at one look.
_POSSIBLE = re.compile(
    r"begin|start|stop|\bend|eind|hidden|verborgen|soluti?on|scheme|^\s*(?:#+|<!--)\s*\w+\s*[:=]|^\s*(?:#+|<!--)\s*\w+ \w+",
    re.IGNORECASE,
)


def _raw(page: Page, cell: Cell) -> Iterator[Finding]:
    if cell is page.header_cell:
        return
    for line, text in enumerate(cell.lines, start=1):
        if is_block(text) or is_first(text, "code"):
            yield page.found(
                "marker-in-wrong-cell",
                t("This marker stands in a raw cell, where it does nothing."),
                t("Put it in a code cell or a text cell."),
                cell,
                line,
            )


def _lines_of_strings(cell: Cell) -> set[int]:
    """Return the lines of a code cell that lie in a string of several lines."""
    return {line for _, first, last in cell.strings if last > first for line in range(first, last + 1)}


def is_first(text: str, kind: str) -> bool:
    """Return whether a line would be a question or check marker at the beginning of a cell of this kind."""
    try:
        return read_marker(text, kind) is not None
    except MarkerError:
        return False


def _line(page: Page, cell: Cell, line: int, text: str, in_string: bool) -> Iterator[Finding]:
    if is_block(text):
        if in_string:
            yield page.found(
                "marker-in-string",
                t("This marker stands in a string: it would cut the string in two."),
                t("Put the block around the whole statement, or write the words in another way."),
                cell,
                line,
            )
        return
    first = next((number for number, each in enumerate(cell.lines, start=1) if each.strip()), 1)
    if line == first:
        yield from _first(page, cell, line, text)
    elif not in_string and (is_first(text, cell.kind) or language_of(text)):
        yield page.found(
            "marker-not-first",
            t("This marker does nothing here: it counts on the first line of a cell only."),
            t("Begin a new cell with it. In a .md file, two blank lines stand between text cells."),
            cell,
            line,
        )
    if not in_string:
        yield from _block_meant(page, cell, line, text)


def _first(page: Page, cell: Cell, line: int, text: str) -> Iterator[Finding]:
    """Look at the first line of a cell that may be meant as a question, a check or a language."""
    if cell.marker or cell.marker_error or language_of(text):
        return
    if cell.kind == "markdown" and _FORGOT_COMMENT.match(text) and is_first(text, "code"):
        yield page.found(
            "marker-in-wrong-cell",
            t("In a text cell this line is a heading, no marker."),
            t("Write it as a comment: {marker}", marker=f"<!-- {text.strip().lstrip('#').strip()} -->"),
            cell,
            line,
        )
    elif right := meant.first(text, cell.kind):
        yield _misspelt(page, cell, line, text, right)


def _block_meant(page: Page, cell: Cell, line: int, text: str) -> Iterator[Finding]:
    """Look for a line that was meant as the marker of a block."""
    if right := meant.block(text, cell.kind):
        yield _misspelt(page, cell, line, text, right)
        return
    alone = cell.kind == "code" and (_AT_END.search(text) or _ALONE.match(text))
    if alone and not _in_quotes(cell, text, alone["what"]):
        what = "HIDDEN TESTS" if alone["what"].upper().startswith("HIDDEN") else "SOLUTION"
        yield page.found(
            "marker-misspelt",
            t("# {word} does nothing here: students would get this line.", word=alone["what"]),
            t("Put # BEGIN {what} on a line of its own above it, and # END {what} below.", what=what),
            cell,
            line,
        )


def _in_quotes(cell: Cell, text: str, word: str) -> bool:
    return any(word in value and value in text for value, first, last in cell.strings if first == last)


def _misspelt(page: Page, cell: Cell, line: int, text: str, right: str) -> Finding:
    return page.found(
        "marker-misspelt",
        t('"{line}" looks like a marker, and is none.', line=text.strip()[:60]),
        t("Write: {right}", right=right),
        cell,
        line,
    )
