"""The rows that most tables of coverage share: the areas first, then what lies in none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from labkit.comparison.cells import Cell
from labkit.language import t
from labkit.register.coverage.selection import Selection, Tally
from labkit.register.coverage.words import capital

#: Groups that are shown also where they are empty: that nothing is unknown is worth knowing.
ALWAYS_SHOWN = ("city", "unknown")


def shown(selection: Selection) -> list[Tally]:
    """Return the rows that are shown: an area always, a group if it holds something."""
    return [
        one
        for one in selection.tallies
        if one.area
        or one.projects
        or one.undated
        or one.unthemed
        or (one.group in ALWAYS_SHOWN and not selection.has_own(one.group))
    ]


def part(selection: Selection, tally: Tally) -> str:
    """Return the heading under which a row stands."""
    return capital(selection.where) if tally.area else t("In none of these")


def under_heads(selection: Selection, width: int, cells: Callable[[Tally], Sequence[Cell]]) -> list[list[Cell]]:
    """Return the rows of a table, with a heading above the areas and one above the groups.

    Parameters
    ----------
    selection : Selection
        What is counted.
    width : int
        How many columns the table has.
    cells : callable
        Tally -> the cells beside its name.
    """
    rows: list[list[Cell]] = []
    head = ""
    for one in shown(selection):
        if part(selection, one) != head:
            head = part(selection, one)
            rows.append([Cell(head, "group", span=width)])
        rows.append([Cell(selection.label(one), "row"), *cells(one)])
    return rows
