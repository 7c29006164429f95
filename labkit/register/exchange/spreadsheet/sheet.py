"""A table in a spreadsheet: its columns by name, and its rows below them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labkit.language import t
from labkit.names import fold
from labkit.register.exchange.spreadsheet.grid import Grid, SheetError, read_grid

__all__ = ["Row", "Sheet", "SheetError", "read_sheet"]

#: The head is looked for in so many rows from the top.
_SEARCHED = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes
    ----------
    number : int
        Its number in the sheet, from 1.
    cells : dict
        Column -> what stands there; empty cells are left out.
    flaw : tuple of str, optional
        What is wrong with the row as a whole, and the way out.
    """

    number: int
    cells: dict[str, Any]
    flaw: tuple[str, str] | None = None


@dataclass
class Sheet:
    """A table in a spreadsheet.

    Attributes
    ----------
    columns : list of str
        Their names; each stands there once.
    rows : list of Row
        The rows below the head.
    notes : list of str
        What a reader should know of how it was read.
    """

    columns: list[str]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)


def read_sheet(
    path: str | Path, expected: Iterable[str] = (), sheet: str | None = None, head: int | None = None
) -> Sheet:
    """Read a table from a spreadsheet.

    Parameters
    ----------
    path : str or Path
        A CSV or XLSX file.
    expected : iterable of str
        Names that columns may have; the row in which most of them stand is the head.
    sheet : str, optional
        The name of a sheet.
    head : int, optional
        The number of the row with the names of the columns.

    Raises
    ------
    SheetError
        If no table can be found in it.
    """
    grid = read_grid(path, sheet)
    place = _head(grid, {fold(name) for name in expected}, head, Path(path))
    number, names = grid.rows[place]
    notes = list(grid.notes)
    if place:
        notes.append(t("The names of the columns stand in row {row}; what stands above is left out.", row=number))
    width = max((len(cells) for _, cells in grid.rows[place:]), default=0)
    columns = _columns(names, min(width, max(len(names), grid.widths.get(number, width))), notes)
    rows = [_row(columns, each, cells) for each, cells in grid.rows[place + 1 :]]
    if not rows:
        notes.append(t("There is no row below the names of the columns."))
    return Sheet(columns, rows, notes)


def _head(grid: Grid, expected: set[str], head: int | None, path: Path) -> int:
    if head is not None:
        found = next((place for place, (number, _) in enumerate(grid.rows) if number == head), None)
        if found is None:
            raise SheetError(
                t("Row {row} of {path} is empty. Say in which row the names of the columns stand.", row=head, path=path)
            )
        return found
    top = grid.rows[:_SEARCHED]
    scores = [len({fold(str(cell)) for cell in cells if isinstance(cell, str)} & expected - {""}) for _, cells in top]
    if max(scores) > 0:
        return scores.index(max(scores))
    # Without a known name: the first row that is about as wide as the table, and holds words only.
    widest = max(len(cells) for _, cells in top)
    for place, (_, cells) in enumerate(top):
        words = [cell for cell in cells if isinstance(cell, str) and cell]
        if len(words) == len(cells) and 2 * len(words) > widest:
            return place
    return 0


def _columns(names: list[Any], width: int, notes: list[str]) -> list[str]:
    """Return the names of the columns, each once; what has none is called by its letter."""
    columns: list[str] = []
    for place in range(width):
        written = names[place] if place < len(names) else None
        told = " ".join(str("" if written is None else written).split()) or t("column {letter}", letter=letter(place))
        name, number = told, 1
        while name in columns:
            number += 1
            name = f"{told} ({number})"
        if number > 1:
            notes.append(t("Two columns are called {name}; the second is called {other} here.", name=told, other=name))
        columns.append(name)
    return columns


def letter(place: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0.

    Examples
    --------
    >>> letter(0), letter(26)
    ('A', 'AA')
    """
    first, last = divmod(place, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def _row(columns: list[str], number: int, cells: list[Any]) -> Row:
    flaw = None
    if len(cells) > len(columns):
        flaw = (
            t("This row has {count} cells; the head has {columns}.", count=len(cells), columns=len(columns)),
            t("Look for a sign between cells that belongs to a text, and put the text between quotes."),
        )
    filled = {name: cell for name, cell in zip(columns, cells, strict=False) if cell not in (None, "")}
    return Row(number, filled, flaw)
