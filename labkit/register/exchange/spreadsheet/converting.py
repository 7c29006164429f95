"""From what somebody wrote in a cell to the value of a field; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from labkit.errors import LabkitError
from labkit.language import t
from labkit.names import fold
from labkit.register import when
from labkit.register.book import Book
from labkit.register.exchange.cells import unguard
from labkit.register.exchange.column import Column
from labkit.register.exchange.spreadsheet.grid import Unreadable
from labkit.register.nearby import Nearby
from labkit.register.records import KINDS, Partner, Record
from labkit.register.vocabularies import SCOPES, UNKNOWN

if TYPE_CHECKING:
    from labkit.areas import Areas

_DAY_FIRST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})$")
_YEAR_SLASH_MONTH = re.compile(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?$")
_NUMBER = re.compile(r"[-+]?\d+(,\d+)?$|[-+]?\d+(\.\d+)?$")
#: A spreadsheet counts days from here; these are the days from 1990 to 2060.
_DAY_ZERO, _FIRST_DAY, _LAST_DAY = date(1899, 12, 30), 32_874, 58_440
_YES = {"true": True, "waar": True, "ja": True, "yes": True, "j": True, "y": True}
_NO = {"false": False, "onwaar": False, "nee": False, "no": False, "n": False}
_NOT_KNOWN = {"unknown", "onbekend"}
#: Near misses of so many words help; of thousands, the wrong column was chosen, and looking for them takes minutes.
_MOST_HINTS = 300


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a cell is no value of a field, and what to do.

    Attributes
    ----------
    message, advice : str
        What is wrong, and the way out.
    value : str
        The word that was not understood.
    near : tuple of str
        What was perhaps meant.
    """

    message: str
    advice: str
    value: str = ""
    near: tuple[str, ...] = ()


@dataclass
class Reader:
    """Reads cells as values.

    Attributes
    ----------
    book : Book
        Where records that a cell names are looked up.
    areas : Areas or None
        Where places are looked up.
    dates : str
        The order of dates with slashes; "" if nobody said.
    """

    book: Book
    areas: Areas | None = None
    dates: str = ""
    _seen: dict[tuple[str, str], Any] = field(default_factory=dict)
    _hints: int = 0

    def read(self, column: Column, cell: Any, split: str = ";", words: dict[str, Any] | None = None) -> list[Any]:
        """Return the values that a cell says, one or more; a `Flaw` where it says none.

        Parameters
        ----------
        column : Column
            What the values of the field are.
        cell : object
            What stands in the cell.
        split : str
            What stands between several values.
        words : dict, optional
            Word of the spreadsheet, folded -> value of the field.

        Examples
        --------
        >>> from labkit.register.records import Project
        >>> Reader(Book([])).read(Column.of(Project, "themes"), "eenzaamheid; Veiligheid")
        ['loneliness', 'safety']
        """
        if isinstance(cell, Unreadable):
            return [Flaw(cell.message, cell.advice)]
        if isinstance(cell, str) and cell.startswith("="):
            advice = t("Write the value itself; a text that begins so needs an apostrophe in front.")
            return [Flaw(t("This is a formula and no value."), advice, cell)]
        parts = [unguard(cell) if isinstance(cell, str) else cell]
        if column.many and isinstance(parts[0], str):
            # Our own tables write \; for a semicolon that belongs to a value.
            cut = re.split(rf"(?<!\\){re.escape(split)}|[\r\n]+", parts[0])
            parts = [part.strip().replace(f"\\{split}", split) for part in cut if part.strip()]
        return [self._one(column, part, words or {}) for part in parts]

    def _one(self, column: Column, cell: Any, words: dict[str, Any]) -> Any:
        said = fold(str(cell))
        if said in words:
            return words[said]
        if column.vocabulary is not None:
            return self._looked_up(column.vocabulary.name, str(cell), lambda text: self._term(column, text))
        if column.ref is not None and column.ref.kind == "area":
            return self._looked_up("area", str(cell), self._area)
        if column.ref is not None and column.ref.kind in KINDS:
            kind = column.ref.kind
            return self._looked_up(kind, str(cell), lambda text: self._record(kind, text))
        return _READERS[column.kind](self, cell)

    def _near(self, names: Nearby, text: str) -> list[str]:
        self._hints += 1
        return names.of(text) if self._hints <= _MOST_HINTS else []

    def _looked_up(self, kind: str, text: str, find: Callable[[str], Any]) -> Any:
        if (kind, text) not in self._seen:
            self._seen[kind, text] = find(text)
        return self._seen[kind, text]

    def _term(self, column: Column, text: str) -> Any:
        words = column.vocabulary
        assert words is not None
        wanted = fold(text)
        exact = [one.id for one in words if wanted in (fold(one.id), fold(one.nl), fold(one.en))]
        if len(set(exact)) == 1:
            return exact[0]
        near = tuple(words.near(text))
        hint = (
            t("Did you mean {names}? Then say so under `values` in the mapping.", names=t(" or ").join(near))
            if near
            else t("Choose from {names}.", names=", ".join(words.ids))
        )
        return Flaw(t("{value} is no {vocabulary}.", value=f'"{text}"', vocabulary=words.names()), hint, text, near)

    def _area(self, text: str) -> Any:
        if self.areas is None:
            return text
        if not self._may_be_area(text):
            near = tuple(self._near(self._near_places, text))
            hint = (
                t("Did you mean {names}?", names=t(" or ").join(near))
                if near
                else t("Give a name or code that the city has.")
            )
            return Flaw(t("There is no area {name}.", name=f'"{text}"'), hint, text, near)
        try:
            return self.areas.find(text).code
        except LabkitError as error:
            message, _, advice = str(error).partition(". ")
            return Flaw(f"{message}.", advice, text, tuple(getattr(error, "codes", ())))

    def _may_be_area(self, text: str) -> bool:
        """Say whether an area may be called so: looking for near misses of a thousand other words takes minutes."""
        assert self.areas is not None
        wanted = fold(text)
        words = {fold(word) for level in self.areas.levels for word in (level.singular.nl, level.singular.en)}
        readings = [wanted, *(wanted.removeprefix(f"{word} ").removesuffix(f" {word}") for word in words)]
        return any(reading in self._places for reading in readings)

    @cached_property
    def _places(self) -> dict[str, str]:
        """What areas are called, folded -> as it is written."""
        assert self.areas is not None
        found: dict[str, str] = {}
        for area in self.areas:
            for name in (area.name, area.code, *self.areas.names(area, shared=True)):
                found.setdefault(fold(name), name)
        return found

    @cached_property
    def _near_places(self) -> Nearby:
        return Nearby(self._places.values())

    def _record(self, kind: str, text: str) -> Any:
        if text in self.book and isinstance(self.book[text], KINDS[kind]):
            return text
        found = self._names[kind].get(fold(text), [])
        if len(found) == 1:
            return found[0]
        label = KINDS[kind].LABELS()
        if found:
            message = t("Several records of the kind {kind} are called {value}.", kind=label, value=f'"{text}"')
            return Flaw(message, t("Give the id: {ids}.", ids=t(" or ").join(found)), text, tuple(found))
        near = tuple(
            dict.fromkeys(id for name in self._near(self._nearby[kind], text) for id in self._names[kind][fold(name)])
        )
        hint = t("Did you mean {names}?", names=t(" or ").join(near)) if near else t("Make that record first.")
        return Flaw(t("There is no {kind} {id}.", kind=label, id=f'"{text}"'), hint, text, near)

    @cached_property
    def _names(self) -> dict[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {kind: {} for kind in KINDS}
        for one in self.book:
            for name in dict.fromkeys(map(fold, names_of(one))):
                found[one.KIND].setdefault(name, []).append(one.id)
        return found

    @cached_property
    def _nearby(self) -> dict[str, Nearby]:
        return {kind: Nearby(names, folded=True) for kind, names in self._names.items()}


def names_of(record: Record) -> Iterator[str]:
    """Yield what a record is called."""
    names = ("name", "name_en", "short_name") if isinstance(record, Partner) else ("title_nl", "title_en")
    yield from (getattr(record, name) for name in names if getattr(record, name))


def scope_of(text: str) -> str | None:
    """Return the scope that a word in a column of places means, such as "hele stad"; None if it means a place.

    Examples
    --------
    >>> scope_of("Hele stad"), scope_of("onbekend"), scope_of("Stevenshof")
    ('city', 'unknown', None)
    """
    wanted = fold(text).removeprefix("de ").removeprefix("the ")
    for term in SCOPES:
        names = {fold(name).removeprefix("de ").removeprefix("the ") for name in (term.id, term.nl, term.en)}
        if term.id != "areas" and wanted in names:
            return term.id
    return None


def _text(_: Reader, cell: Any) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _date(reader: Reader, cell: Any) -> Any:
    if isinstance(cell, datetime | date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    text = _text(reader, cell).strip()
    if fold(text) in _NOT_KNOWN:
        return UNKNOWN
    if isinstance(cell, int | float) and _FIRST_DAY <= cell <= _LAST_DAY:
        day = (_DAY_ZERO + timedelta(days=int(cell))).isoformat()
        message = t("{value} is a number of days, not a date.", value=text)
        return Flaw(message, t("Format the column as a date; this would be {date}.", date=day), text, (day,))
    try:
        return when.parse(_written(text, reader.dates))
    except ValueError as error:
        message, _, advice = t(str(error)).partition(". ")
        if _DAY_FIRST.match(text) and "/" in text and not reader.dates:
            advice = t("Say in the mapping how dates are written: dates: d/m/y or dates: m/d/y.")
        return Flaw(f"{text}: {message}.", advice, text)


def _written(text: str, order: str) -> str:
    """Return a date as records hold it, if it is written in an order that is certain."""
    if found := _YEAR_SLASH_MONTH.match(text):
        year, month, day = found.groups()
        # 2021/22 may be an academic year
        return text if int(month) > 12 else "-".join([year, f"{int(month):02d}", *([f"{int(day):02d}"] if day else [])])
    found = _DAY_FIRST.match(text)
    if found is None or (found.group(2) == "/" and not order):
        return text
    first, sign, second, year = found.groups()
    day, month = (second, first) if sign == "/" and order == "m/d/y" else (first, second)
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _number(reader: Reader, cell: Any) -> Any:
    text = _text(reader, cell).strip()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    if not _NUMBER.match(text):
        return Flaw(t("{value} is no number.", value=f'"{text}"'), t("Write a number, such as 7.5."), text)
    return float(text.replace(",", "."))


def _integer(reader: Reader, cell: Any) -> Any:
    text = _text(reader, cell).strip()
    if not re.fullmatch(r"[-+]?\d{1,15}", text):
        # 1.234 may be one and a bit, or more than a thousand
        return Flaw(
            t("{value} is no whole number.", value=f'"{text}"'), t("Write it with figures only, such as 1234."), text
        )
    return int(text)


def _flag(_: Reader, cell: Any) -> Any:
    said = fold(str(cell))
    if isinstance(cell, bool) or said in _YES or said in _NO:
        return cell if isinstance(cell, bool) else said in _YES
    advice = t("Write ja or nee, or say under `values` in the mapping what it means.")
    return Flaw(t("{value} is neither yes nor no.", value=f'"{cell}"'), advice, str(cell))


def _mixed(reader: Reader, cell: Any) -> Any:
    """Read a field that may also be unknown: a yes or no, or a whole number."""
    if fold(str(cell)) in _NOT_KNOWN:
        return UNKNOWN
    found = _flag(reader, cell)
    if isinstance(found, Flaw) and not isinstance(number := _integer(reader, cell), Flaw):
        return number
    return found


_READERS: dict[str, Callable[[Reader, Any], Any]] = {
    "text": _text,
    "choice": _text,
    "date": _date,
    "integer": _integer,
    "number": _number,
    "flag": _flag,
    "mixed": _mixed,
}
