"""Take the settings out; where the source has no title of its own, begin with title, date and points."""

from __future__ import annotations

from typing import Any

from labkit.assignments.assignment import Assignment
from labkit.assignments.notebook import as_node
from labkit.assignments.release import labels, roles
from labkit.language import resolve, t

#: The id of the cell that is made.
ID = "opening"


def write(notebook: Any, assignment: Assignment) -> Any:
    """Take the cell with the settings out, and put a first cell in if there is no title."""
    notebook["cells"] = [cell for cell in notebook.cells if not roles.is_(cell, roles.HEADER)]
    if not _has_title(notebook):
        notebook.cells.insert(0, _cell(assignment))
    return notebook


def _has_title(notebook: Any) -> bool:
    first = next(iter(notebook.cells), None)
    return bool(first and first.cell_type == "markdown" and first.source.lstrip().startswith("# "))


def _cell(assignment: Assignment) -> Any:
    header = assignment.header
    lines = [f"# {header.title() or assignment.id}", ""]
    if header.due:
        lines += [t("Hand in before {moment}.", moment=moment(header.due)), ""]
    if header.variants:
        lines += [t("You work on an area of your own: `lk.my_district()` tells you which."), ""]
    if assignment.questions:
        lines += [f"| {t('Question')} | {t('Points')} |", "|---|--:|"]
        language = resolve(None)
        for one in assignment.questions:
            title = one.titles.get(language, one.title)
            shown = one.id if title == one.id else f"{one.id} · {title}"
            lines.append(f"| {shown.replace('|', chr(92) + '|')} | {labels.amount(one.points)} |")
    metadata = {roles.KEY: {"role": roles.MADE, "id": ID, "cell": None}}
    source = "\n".join(lines).rstrip("\n")
    return as_node({"cell_type": "markdown", "id": ID, "metadata": metadata, "source": source})


def moment(due: Any) -> str:
    """Return a date and time in words of the current language, in the time zone that it was given in.

    Examples
    --------
    >>> from datetime import datetime
    >>> moment(datetime(2026, 11, 27, 23, 59))
    '27 November 2026, 23:59'
    """
    from babel.dates import format_datetime

    return str(format_datetime(due, "d MMMM y, HH:mm", locale=resolve(None)))
