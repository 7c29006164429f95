"""The cells of a spreadsheet, row by row, whatever program made it: CSV of any kind, or XLSX."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from labkit.errors import LabkitError, UnknownNameError
from labkit.language import t
from labkit.names import fold, nearest

#: A spreadsheet of records is a few megabytes; what is larger would only take memory.
MOST_BYTES = 30_000_000
MOST_UNPACKED = 400_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 300

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DELIMITERS = (";", ",", "\t", "|")


class SheetError(LabkitError):
    """A spreadsheet cannot be read; the text says where and what to do."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands in a cell from which no value can be read."""

    message: str
    advice: str


@dataclass
class Grid:
    """The cells of one sheet.

    Attributes
    ----------
    rows : list of (int, list)
        The number of each row that is not empty, and its cells.
    notes : list of str
        What a reader should know of how it was read.
    widths : dict
        The number of a row -> how many cells it has, with the empty ones at its end. Empty for XLSX, in which no cell
        can slip into another column.
    """

    rows: list[tuple[int, list[Any]]]
    notes: list[str] = field(default_factory=list)
    widths: dict[int, int] = field(default_factory=dict)


def read_grid(path: str | Path, sheet: str | None = None) -> Grid:
    r"""Read the cells of a spreadsheet.

    Parameters
    ----------
    path : str or Path
        A CSV or XLSX file.
    sheet : str, optional
        The name of a sheet; the first one with anything in it if left out.

    Raises
    ------
    SheetError
        If it is no such file, too large, or damaged.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place) / "a.csv"
    ...     _ = file.write_bytes("Titel;Jaar\r\nSoep;2021".encode("cp1252"))
    ...     read_grid(file).rows
    [(1, ['Titel', 'Jaar']), (2, ['Soep', '2021'])]
    """
    file = Path(path)
    try:
        if file.stat().st_size > MOST_BYTES:
            most = MOST_BYTES // 1_000_000
            raise SheetError(
                t("{path} is larger than {most} MB. Save the sheet with the records alone.", path=file, most=most)
            )
        data = file.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SheetError(t("{path} cannot be read: {reason}.", path=file, reason=reason)) from error
    if data.startswith(_OLD):
        raise SheetError(
            t(
                "{path} is an old Excel file, or has a password. Save it without one as .xlsx or as CSV UTF-8.",
                path=file,
            )
        )
    grid = _of_xlsx(file, data, sheet) if data.startswith(_ZIP) else _of_csv(file, data)
    if not grid.rows:
        raise SheetError(t("{path} is empty.", path=file))
    return grid


def _kept(file: Path, rows: Iterator[tuple[int, list[Any]]]) -> list[tuple[int, list[Any]]]:
    """Return the rows in which anything stands, without the empty cells at their end."""
    kept = []
    for number, cells in rows:
        row = list(cells)
        while row and row[-1] in (None, ""):
            row.pop()
        if not row:
            continue
        if len(row) > MOST_COLUMNS:
            raise SheetError(
                t(
                    "Row {row} of {path} has {count} cells. Is it a table of records?",
                    row=number,
                    path=file,
                    count=len(row),
                )
            )
        kept.append((number, row))
        if len(kept) > MOST_ROWS:
            raise SheetError(
                t("{path} has more than {most} rows. Split it into smaller ones.", path=file, most=MOST_ROWS)
            )
    return kept


# ------------------------------------------------------------------ CSV


def _of_csv(file: Path, data: bytes) -> Grid:
    text, notes = _decoded(file, data)
    skipped = 0
    delimiter = _delimiter(text)
    first = text.partition("\n")[0].strip()
    if len(first) == 5 and first.lower().startswith("sep="):  # a line for Excel alone
        delimiter, text, skipped = first[4], text.partition("\n")[2], 1
    try:
        widths: dict[int, int] = {}
        rows = _kept(file, _csv_rows(text, delimiter, skipped, widths))
    except csv.Error as error:
        raise SheetError(
            t("{path} is no proper CSV: {reason}. Check the quotes, or save it as .xlsx.", path=file, reason=error)
        ) from error
    return Grid(rows, notes, widths)


def _csv_rows(text: str, delimiter: str, skipped: int, widths: dict[int, int]) -> Iterator[tuple[int, list[Any]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for number, row in enumerate(reader, start=1 + skipped):
        widths[number] = len(row)
        yield number, [cell.strip() for cell in row]


def _decoded(file: Path, data: bytes) -> tuple[str, list[str]]:
    """Return the text of a CSV file; the way in which it was written is told if it is not UTF-8."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(codec), []
            except UnicodeDecodeError as error:
                raise SheetError(t("{path} is damaged: it is not the text that it says it is.", path=file)) from error
    if b"\0" in data:
        raise SheetError(t("{path} is no CSV and no XLSX. Save it as one of the two.", path=file))
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            raise SheetError(
                t("{path} is neither UTF-8 nor Windows text. Save it as CSV UTF-8 or as .xlsx.", path=file)
            ) from error
        return text, [t("The file is not UTF-8; it was read as Windows text. Check letters such as é and ë.")]


def _delimiter(text: str) -> str:
    """Return the sign between the cells: the one that cuts the first rows into most cells."""
    head = "\n".join(text.splitlines()[:30])
    best, most = ",", 1.0
    for delimiter in _DELIMITERS:
        try:
            counts = [len(row) for row in csv.reader(io.StringIO(head), delimiter=delimiter) if row]
        except csv.Error:
            continue
        if counts and median(counts) > most:
            best, most = delimiter, median(counts)
    return best


# ------------------------------------------------------------------ XLSX


def _of_xlsx(file: Path, data: bytes, sheet: str | None) -> Grid:
    import openpyxl  # type: ignore[import-untyped]

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = archive.infolist()
            if sum(one.file_size for one in inside) > MOST_UNPACKED:
                raise SheetError(t("{path} unpacks to more than a spreadsheet of records can be.", path=file))
            formulas = any(
                b"<f" in archive.read(one) for one in inside if one.filename.startswith("xl/worksheets/sheet")
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that hold no cells, such as drawings
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            name, rows = _sheet_rows(file, book, sheet)
            # A second time for the formulas: what was never computed has no value, and must not pass for an empty cell.
            source = openpyxl.load_workbook(io.BytesIO(data), read_only=True) if formulas else None
            written = dict(_xlsx_rows(source[name])) if source is not None else {}
    except LabkitError:
        raise
    except Exception as error:  # whatever a damaged file makes the library stumble over
        raise SheetError(t("{path} is no XLSX that can be read: {reason}.", path=file, reason=error)) from error
    notes = []
    if len(book.sheetnames) > 1:
        others = ", ".join(one for one in book.sheetnames if one != name)
        notes.append(t("Read is the sheet {name}; there are also: {others}.", name=name, others=others))
    return Grid(_kept(file, ((number, _cells(row, written.get(number, []))) for number, row in rows)), notes)


def _sheet_rows(file: Path, book: Any, wanted: str | None) -> tuple[str, list[tuple[int, list[Any]]]]:
    names = [one.title for one in book.worksheets]
    if wanted is not None:
        found = next((name for name in names if fold(name) == fold(wanted)), None)
        if found is None:
            near = nearest(wanted, names)
            hint = t("There are: {names}.", names=", ".join(names))
            raise UnknownNameError(f"{t('{path} has no sheet {name}.', path=file, name=repr(wanted))} {hint}", near)
        return found, list(_xlsx_rows(book[found]))
    for name in names:
        rows = list(_xlsx_rows(book[name]))
        if any(cell is not None for _, row in rows for cell in row):
            return name, rows
    return (names or [""])[0], []


def _xlsx_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    sheet.reset_dimensions()  # some programs write a wrong size, and rows would be cut off
    kept = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if any(cell is not None for cell in row):
            kept += 1
            yield number, [cell.strip() if isinstance(cell, str) else cell for cell in row]
        if kept > MOST_ROWS + 1:
            return


def _cells(row: list[Any], written: list[Any]) -> list[Any]:
    from openpyxl.cell.cell import ERROR_CODES  # type: ignore[import-untyped]

    cells: list[Any] = []
    for place, value in enumerate(row):
        source = written[place] if place < len(written) else None
        if isinstance(value, str) and value in ERROR_CODES:
            message = t("This cell shows {value}.", value=value)
            cells.append(Unreadable(message, t("Mend the formula, or write the value itself.")))
        elif value is None and source is not None:
            message = t("The formula in this cell was never computed.")
            cells.append(Unreadable(message, t("Open the file in a spreadsheet program and save it there.")))
        else:
            cells.append(value)
    return cells
