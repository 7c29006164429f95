"""Sheets that people fill in with Excel, LibreOffice or a text editor: written so that they open well, read as saved."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from labkit.errors import LabkitError
from labkit.language import did_you_mean, t
from labkit.names import fold, nearest

#: The largest sheet that is read, bytes, and the longest text that Excel keeps in a cell.
BIGGEST, LONGEST = 50_000_000, 32_000

#: What a spreadsheet takes for a formula at the start of a cell; and the same, made harmless before.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_HARMLESS = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


@dataclass(frozen=True)
class Row:
    """One row of a sheet.

    Attributes
    ----------
    number : int
        As a spreadsheet counts: the row of heads is 1.
    cells : dict of str to str
        Head of the column -> text; a date that a spreadsheet made of a text is in `dates`.
    dates : frozenset of str
        The columns in which a spreadsheet keeps a date.
    """

    number: int
    cells: Mapping[str, str]
    dates: frozenset[str] = frozenset()

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was read: its rows, and the file that they stand in."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)


def harmless(text: str) -> str:
    r"""Return a text such that a spreadsheet does not take it for a formula; `restored` undoes it exactly.

    Source: OWASP, "CSV Injection" (owasp.org/www-community/attacks/CSV_Injection).

    Examples
    --------
    >>> harmless("=1+1"), harmless("- one\n- two"), harmless("a = 1")
    ("'=1+1", "'- one\n- two", 'a = 1')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """Return the text that `harmless` was given.

    Examples
    --------
    >>> restored("'=1+1"), restored("'s Gravenhage")
    ('=1+1', "'s Gravenhage")
    """
    return text[1:] if _HARMLESS.match(text) else text


def dumps(columns: Sequence[str], rows: Iterable[Sequence[object]], language: str = "en") -> str:
    """Return a sheet as CSV that a spreadsheet in this language opens in columns.

    Parameters
    ----------
    columns : sequence of str
    rows : iterable of sequences
        Texts are made harmless; numbers get the decimal sign of the language; None is an empty cell.
    language : {"en", "nl"}
        A Dutch spreadsheet expects ";" between columns and "," in numbers.

    Examples
    --------
    >>> dumps(["student", "points"], [["s1", 2.5]], "nl").splitlines()
    ['student;points', 's1;2,5']
    """
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";" if language == "nl" else ",", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(one, language) for one in row])
    return made.getvalue()


def _cell(value: object, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, float | int):
        return shown(value, language)
    text = str(value)
    return harmless(text if len(text) <= LONGEST else text[:LONGEST] + " ...")


def shown(value: float, language: str) -> str:
    """Return a number of points as people write it: no zeros at the end, the decimal sign of the language."""
    text = f"{round(value, 4):f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "nl" else text


def read(path: Path, columns: Sequence[str], needed: Sequence[str]) -> Sheet:
    """Read a sheet that a person saved.

    Parameters
    ----------
    path : Path
        `.csv` with `,`, `;` or tab, in UTF-8, UTF-16 or the code page of Windows; or `.xlsx`.
    columns : sequence of str
        The columns that are known; heads are compared without case and spaces.
    needed : sequence of str
        Those that must be there.

    Raises
    ------
    LabkitError
        If it cannot be read, or a column is missing or there twice.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= BIGGEST else b""
    except OSError as error:
        raise LabkitError(
            t("{path} cannot be read: {error}. Close it elsewhere, and try again.", path=path, error=error.strerror)
        ) from None
    table = _of_excel(data, path) if data.startswith(b"PK") else _of_text(data, path, columns)
    if not table:
        raise LabkitError(t("{path} is empty. Write it anew: labkit assignment marks.", path=path))
    number, heads = table[0]
    names = _heads([str(one or "") for one in heads], path, columns, needed)
    rows = []
    for number, cells in table[1:]:
        values = {name: cells[place] for name, place in names.items() if place < len(cells)}
        if any(str(one).strip() for one in values.values() if one is not None):
            dates = frozenset(name for name, one in values.items() if isinstance(one, date))
            rows.append(Row(number, {name: _text(one) for name, one in values.items()}, dates))
    return Sheet(path, tuple(names), tuple(rows))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    return restored(str(value).replace("\r\n", "\n"))


def _of_text(data: bytes, path: Path, columns: Sequence[str]) -> list[tuple[int, list[Any]]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    first = 1
    if text[:4].lower() == "sep=":  # a line for Excel alone
        text, first = text.partition("\n")[2], 2
    known = {fold(one) for one in columns}

    def heads(mark: str) -> int:
        found = next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), [])
        return sum(fold(one) in known for one in found)

    try:
        mark = max(",;\t", key=heads)
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise LabkitError(
            t("{path} cannot be read as a sheet: {error}. Save it as CSV (UTF-8).", path=path, error=error)
        ) from None
    return [(number, list(row)) for number, row in enumerate(found, start=first) if any(one.strip() for one in row)]


def _of_excel(data: bytes, path: Path) -> list[tuple[int, list[Any]]]:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    try:
        # As it was last calculated, never as formulas.
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    except Exception as error:
        raise LabkitError(
            t("{path} cannot be read as a sheet: {error}. Save it as CSV (UTF-8).", path=path, error=error)
        ) from None
    return [(number, row) for number, row in enumerate(rows, start=1) if any(one is not None for one in row)]


def _heads(heads: list[str], path: Path, columns: Sequence[str], needed: Sequence[str]) -> dict[str, int]:
    folded, found = [fold(one) for one in heads], {}
    for name in columns:
        places = [place for place, one in enumerate(folded) if one == fold(name)]
        if len(places) > 1:
            raise LabkitError(t("{path} has two columns called {column}. Keep one.", path=path, column=name))
        if places:
            found[name] = places[0]
        elif name in needed:
            near = nearest(name, [one for one in heads if fold(one) not in {fold(column) for column in columns}])
            raise LabkitError(
                t("{path} has no column {column}.", path=path, column=name) + (" " + did_you_mean(near) if near else "")
            )
    # Columns of the reader's own are kept, under the first head that has a name.
    for place, head in enumerate(heads):
        if head.strip() and place not in found.values():
            found.setdefault(head.strip(), place)
    return found
