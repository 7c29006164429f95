"""The rows that most tables of coverage share: the areas first, then what lies in none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from labkit.comparison.cells import Cell
from labkit.language import t
from labkit.register.coverage.selection import Selection, Tally
from labkit.register.coverage.words import capital

#: With more areas than these, a chart leaves out those without anything.
MANY_AREAS = 25
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


def drawn(selection: Selection) -> tuple[list[Tally], str]:
    """Return the rows of a chart, and what is to be said of it.

    Of many areas only those with something are drawn, and it is said how many are left out.
    """
    rows = shown(selection)
    if len(selection.areas) <= MANY_AREAS:
        return rows, ""
    kept = [one for one in rows if not one.area or one.projects or one.undated or one.unthemed]
    return kept, left_out(len(rows) - len(kept))


def left_out(count: int) -> str:
    """Say how many areas are not drawn; "" if all are."""
    return t("Areas without a project, not drawn: {count}.", count=count) if count else ""


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
