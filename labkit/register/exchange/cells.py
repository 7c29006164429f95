r"""What stands in one cell of a CSV file, and back again without loss.

Three things need care:

- several values in one cell are joined by ``;``. A semicolon inside a value is written ``\;``, a backslash ``\\``;
- a spreadsheet program runs what begins with ``=``, ``+``, ``-`` or ``@`` as a formula, which can do harm. Such a
  text gets an apostrophe in front, also after a semicolon or line break within it, because a program that takes the
  semicolon for the border of a column sees the beginning of a cell there. Reading takes it off again; a text that
  had apostrophes there already gets one more, so that nothing is lost;
- an empty cell says that nothing is filled in. No record holds an empty text, so the two cannot be confused.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from labkit.language import t
from labkit.structure.flaw import Flaw, FlawError

_SIGNS = "=+\\-@＝＋－＠"
_RISKY = re.compile(rf"(\A|[;\r\n])([ \t\"]*)('*)(?=[{_SIGNS}])")
_GUARDED = re.compile(rf"(\A|[;\r\n])([ \t\"]*)'('*)(?=[{_SIGNS}])")
_QUOTED = re.compile(r'[",;\r\n\t]|\A\s|\s\Z')
_SPLIT = re.compile(r"((?:\\.|[^;\\]|\\\Z)*)(?:;|\Z)", re.DOTALL)
#: No cell of a record is longer; the limit of the csv module is too low for a long list of sources.
_MOST_IN_CELL = 5_000_000


def guard(text: str) -> str:
    """Return a text as no spreadsheet program takes it for a formula.

    Examples
    --------
    >>> guard("=1+1"), guard("'=1+1"), guard("'t Hoekje"), guard("a;-b")
    ("'=1+1", "''=1+1", "'t Hoekje", "a;'-b")
    """
    return _RISKY.sub(r"\1\2'\3", text)


def unguard(text: str) -> str:
    """Return the text that `guard` was given.

    Examples
    --------
    >>> unguard(guard("'=1+1"))
    "'=1+1"
    """
    return _GUARDED.sub(r"\1\2\3", text)


def join(items: Iterable[str]) -> str:
    r"""Return several values as one cell.

    Examples
    --------
    >>> join(["a", "b"]), join(["a;b"])
    ('a;b', 'a\\;b')
    """
    return ";".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def split(text: str) -> list[str]:
    """Return the values of one cell.

    Examples
    --------
    >>> split(join(["a;b", "c"])), split("")
    (['a;b', 'c'], [])
    """
    if "\\" not in text:
        return [item for item in text.split(";") if item]
    found = [re.sub(r"\\(.)", r"\1", match.group(1), flags=re.DOTALL) for match in _SPLIT.finditer(text)]
    return [item for item in found if item]


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    r"""Return a table as the bytes of a CSV file: UTF-8, commas, a line end after each row.

    Examples
    --------
    >>> write_csv(["id", "note"], [["a", "b,c"]])
    b'id,note\na,"b,c"\n'
    """
    # The csv module leaves a lone carriage return without quotes, and then reads it as the end of a row.
    lines = (",".join(_quoted(cell) for cell in row) for row in (columns, *rows))
    return ("\n".join(lines) + "\n").encode("utf-8")


def _quoted(cell: str) -> str:
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if _QUOTED.search(cell) else cell


def read_csv(path: Path, data: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the head and the rows of a CSV file, each row with its first line in the file.

    A file that a spreadsheet program saved with semicolons, with a byte order mark or with other line ends is read too.

    Raises
    ------
    FlawError
        If it is no text in UTF-8, or its quotes do not match.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        flaw = Flaw(t("this is not UTF-8."), t("Save it as CSV UTF-8."), "", line)
        raise FlawError(path, flaw) from None
    head = text[: text.find("\n")] if "\n" in text else text
    semicolons = head.count(";") > head.count(",")
    before = csv.field_size_limit(_MOST_IN_CELL)
    try:
        rows = list(_rows(text, ";" if semicolons else ","))
    except csv.Error as error:
        raise FlawError(path, Flaw(f"{error}.", t("Check the quotes."), "", 0)) from None
    finally:
        csv.field_size_limit(before)
    if not rows:
        raise FlawError(path, Flaw(t("this file is empty."), t("Its first line must name the columns."), "", 0))
    return rows[0][1], rows[1:]


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    for row in reader:
        if row:
            yield before + 1, row
        before = reader.line_num
