"""The clean copy with solutions, for afterwards."""

from __future__ import annotations

from typing import Any

from labkit.assignments import markers
from labkit.assignments.assignment import Assignment
from labkit.assignments.markers import HIDDEN, SCHEME, SOLUTION, TEXT
from labkit.assignments.notebook import as_node
from labkit.assignments.release import cleaning, labels, languages, nbgrader, opening, roles, stubs
from labkit.language import speaking, t


def solved(assignment: Assignment, language: str = "en", *, with_hidden: bool = False) -> Any:
    """Return the notebook with its solutions, and without markers.

    Parameters
    ----------
    assignment : Assignment
    language : {"nl", "en"}
    with_hidden : bool
        With the hidden checks and the mark schemes too.

    Returns
    -------
    Node
    """
    with speaking(language):
        notebook = languages.speak(languages.choose(roles.mark(assignment), language), language)
        notebook = _open(notebook, with_hidden=with_hidden)
        notebook = labels.write(notebook, assignment)
        notebook = opening.write(notebook, assignment)
        notebook = cleaning.clean(notebook, assignment)
        notebook = nbgrader.write(notebook, assignment)
        for cell in notebook.cells:
            # A copy to read is no hand-in: nothing is locked or graded.
            cell["metadata"] = {key: cell.metadata[key] for key in cleaning.KEPT if key in cell.metadata}
    return as_node(notebook)


def _open(notebook: Any, *, with_hidden: bool) -> Any:
    """Take the markers out, and what stays hidden."""
    kept = []
    for cell in notebook.cells:
        if roles.is_(cell, roles.HEADER):
            kept.append(cell)
            continue
        marker = markers.read_marker(cell.source, cell.cell_type) if cell.cell_type != "raw" else None
        if marker and "hidden" in marker.words and not with_hidden:
            continue
        body = markers.without_first_marker(cell.source, cell.cell_type)
        cell["source"] = "\n".join(_lines(body, cell.cell_type, with_hidden=with_hidden)).strip("\n")
        if cell.source.strip() or roles.is_(cell, roles.OPEN):
            kept.append(cell)
    notebook["cells"] = kept
    return notebook


def _lines(source: str, cell_type: str, *, with_hidden: bool) -> list[str]:
    lines: list[str] = []
    for part in markers.split(source):
        if part.kind == TEXT or (part.kind == HIDDEN and with_hidden):
            lines += part.lines
        elif part.kind == SOLUTION:
            asked = stubs.prompts(part)
            lines += [line for number, line in enumerate(part.lines) if number not in asked]
        elif part.kind == SCHEME and with_hidden:
            sign = "# " if cell_type == "code" else ""
            title = f"# {t('Mark scheme')}" if cell_type == "code" else f"\n**{t('Mark scheme')}**\n"
            lines += [title, *(line if line.startswith("#") else f"{sign}{line}" for line in part.lines)]
    return lines
