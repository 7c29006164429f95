"""The comment bank: what a lecturer wrote once, in Dutch and English, offered again under a short code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from labkit.assignments import sheets
from labkit.errors import LabkitError
from labkit.language import did_you_mean, t
from labkit.names import fold, nearest
from labkit.saving import save_bytes

FILE = "comments.csv"
COLUMNS = ("code", "nl", "en")

#: A text longer than this was meant for one student.
LONGEST = 300

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Comment:
    """A comment of the bank: its code, and what the student reads."""

    code: str
    nl: str = ""
    en: str = ""

    def __call__(self, language: str) -> str:
        """Return the text in a language, or in the other one where it has not been translated."""
        return (self.nl or self.en) if language == "nl" else (self.en or self.nl)


Bank = dict[str, Comment]


def read_bank(folder: str | Path) -> Bank:
    r"""Read the comment bank of a folder with results: `comments.csv` with `code, nl, en`; empty if there is none.

    Raises
    ------
    LabkitError
        If a code is no code or stands there twice, or a comment says nothing, with its row.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "comments.csv").write_text("code;nl;en\nunit;Noem de eenheid.;Name the unit.\n")
    ...     read_bank(folder)["unit"]("nl")
    'Noem de eenheid.'
    """
    path = Path(folder) / FILE
    if not path.exists():
        return {}
    bank: Bank = {}
    for row in sheets.read(path, COLUMNS, ("code",)).rows:
        code, where = row["code"].strip(), t("{file}, row {row}, {column}", file=FILE, row=row.number, column="code")
        if not _CODE.fullmatch(code):
            raise LabkitError(
                t(
                    '{where}: a code has letters, digits, "-" and "_", such as unit; not {value}.',
                    where=where,
                    value=repr(code),
                )
            )
        if code.lower() in {one.lower() for one in bank}:
            raise LabkitError(t("{where}: {code} stands there twice. Give one another code.", where=where, code=code))
        if not (row["nl"].strip() or row["en"].strip()):
            raise LabkitError(
                t("{where}: {code} says nothing. Write it in the column nl or en.", where=where, code=code)
            )
        bank[code] = Comment(code, row["nl"].strip(), row["en"].strip())
    return bank


def save_bank(folder: str | Path, bank: Mapping[str, Comment], language: str) -> Path:
    """Write the comment bank."""
    rows = [[one.code, one.nl, one.en] for one in bank.values()]
    return save_bytes(Path(folder) / FILE, ("\ufeff" + sheets.dumps(COLUMNS, rows, language)).encode("utf-8"))


def codes_in(text: str) -> list[str]:
    """Return the codes in a cell, however they are divided.

    Examples
    --------
    >>> codes_in("unit; vague,source")
    ['unit', 'vague', 'source']
    """
    return list(dict.fromkeys(one for one in re.split(r"[\s;,]+", text) if one))


def known_code(code: str, bank: Mapping[str, Comment]) -> str:
    """Return a code as the bank writes it; an unknown one is answered with the nearest."""
    for one in bank:
        if one.lower() == code.lower():
            return one
    near = nearest(code, list(bank))
    raise LabkitError(
        t('there is no comment "{code}" in {file}.', code=code, file=FILE) + (" " + did_you_mean(near) if near else "")
    )


def with_typed(bank: Mapping[str, Comment], texts: Iterable[str], language: str) -> Bank:
    """Return the bank with what was typed in sheets and is not in it yet, each under a code made of its first words.

    Examples
    --------
    >>> list(with_typed({}, ["Name the unit, please.", "Name the unit!"], "en").values())
    [Comment(code='name-the-unit', nl='', en='Name the unit, please.'), Comment(code='name-the-unit-2', nl='', en='Name the unit!')]
    """
    found = dict(bank)
    known = {fold(text) for one in bank.values() for text in (one.nl, one.en)}
    for text in texts:
        said = text.strip()
        if not said or len(said) > LONGEST or "\n" in said or fold(said) in known:
            continue
        known.add(fold(said))
        code = _new_code(said, found)
        found[code] = Comment(code, nl=said if language == "nl" else "", en=said if language == "en" else "")
    return found


def _new_code(text: str, bank: Mapping[str, Comment]) -> str:
    words = re.findall(r"[a-z0-9]+", fold(text))[:3]
    stem = "-".join(words)[:30] or "comment"
    taken, number = {one.lower() for one in bank}, 2
    code = stem
    while code in taken:
        code, number = f"{stem}-{number}", number + 1
    return code
