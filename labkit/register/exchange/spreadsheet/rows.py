"""From the rows of a spreadsheet to records: new ones, changed ones, and what keeps a row from being one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from labkit.language import t
from labkit.names import fold
from labkit.register import when
from labkit.register.book import Book
from labkit.register.errors import RecordError
from labkit.register.exchange.column import Column
from labkit.register.exchange.spreadsheet.converting import Flaw, Reader, names_of, scope_of
from labkit.register.exchange.spreadsheet.mapping import Mapping, Rule
from labkit.register.exchange.spreadsheet.sheet import Row
from labkit.register.fields import id_pattern
from labkit.register.ids import make_id
from labkit.register.records import KINDS, Record
from labkit.register.validating import to_record
from labkit.register.vocabularies import UNKNOWN


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a cell.

    Attributes
    ----------
    row : int
        The number of the row in the sheet.
    column, field : str
        The column of the sheet and the field of the record; "" if none is meant.
    message, advice : str
        What is wrong, and the way out.
    severity : {"error", "warning"}
        Of an error no record is made; a warning asks for a look.
    value : str
        The word that was not understood.
    near : tuple of str
        What was perhaps meant.
    """

    row: int
    column: str
    field: str
    message: str
    advice: str
    severity: str = "error"
    value: str = ""
    near: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"{self.column} ({self.field})" if self.column and self.field else self.column or self.field
        row = t("row {row}", row=self.row) if self.row else ""
        where = ", ".join(part for part in (row, place) if part)
        return f"{t(self.severity)}: {where}: {self.message} {self.advice}".strip()


@dataclass
class Planned:
    """What importing one row would do.

    Attributes
    ----------
    row : int
        The number of the row.
    action : {"new", "changed", "same", "faulty"}
        What would happen.
    id, title : str
        The record.
    record : Record or None
        What would be saved; None if nothing would.
    changes : list of str
        Fields that would change.
    before : dict
        The record as it is now; empty for a new one.
    unknown : list of str
        Fields that became "unknown" because no cell says anything of them.
    faults : list of RowFault
        Why there is no record.
    """

    row: int
    action: str = "faulty"
    id: str = ""
    title: str = ""
    record: Record | None = None
    changes: list[str] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


class Planner:
    """Plans rows one after the other; it remembers which ids and titles were there already.

    Parameters
    ----------
    book : Book
        The register as it is.
    mapping : Mapping
        Which column is which field.
    reader : Reader
        Reads the cells.
    """

    def __init__(self, book: Book, mapping: Mapping, reader: Reader) -> None:
        self.book, self.mapping, self.reader = book, mapping, reader
        self.model = KINDS[mapping.kind]
        self._taken = set(book.records)
        self._rows: dict[str, int] = {}
        self._made_ids: dict[tuple[str, int | None], str] = {}
        self._has_scope = "scope" in self.model.model_fields
        self._by_name: dict[str, list[Record]] = {}
        for one in book.of(self.model):
            for name in dict.fromkeys(map(fold, names_of(one))):
                self._by_name.setdefault(name, []).append(one)
        self._columns = {
            name: rule.name for rule in mapping.rules for name in (rule.target.path, rule.target.block) if name
        }

    def plan(self, row: Row) -> Planned:
        """Return what importing a row would do."""
        planned = Planned(row.number)
        if row.flaw is not None:
            planned.faults.append(RowFault(row.number, "", "", *row.flaw))
            return planned
        data = self._data(row, planned)
        planned.title = next((str(data[name]) for name in _NAMES if data.get(name)), "")
        existing = self._existing(data, planned)
        self._decide(data, existing, planned)
        if planned.faults:
            planned.action, planned.record = "faulty", None
        return planned

    # ------------------------------------------------------------------ cells

    def _data(self, row: Row, planned: Planned) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for rule in self.mapping.rules:
            cell = row.cells.get(rule.name)
            if cell is None:
                continue
            if self._has_scope and rule.target.path == "areas" and (scope := scope_of(str(cell))) is not None:
                data = {"scope": scope, "areas": [], **data}
                continue
            values = []
            for value in self.reader.read(rule.target.column, cell, rule.split, dict(rule.values)):
                if isinstance(value, Flaw):
                    planned.faults.append(_fault(row.number, rule, value))
                else:
                    values += value if isinstance(value, list) else [value]
            self._put(data, rule, [value for value in values if value is not None], planned)
        if self._has_scope and data.get("areas"):
            data.setdefault("scope", "areas")
        return data

    def _put(self, data: dict[str, Any], rule: Rule, values: list[Any], planned: Planned) -> None:
        target = rule.target
        if not values:
            return
        if target.many_blocks:
            blocks = [{target.column.name: value, **rule.constants} for value in values]
            held = data.setdefault(target.block, [])
            held += [block for block in blocks if block not in held]
            return
        place = data.setdefault(target.block, {}) if target.block else data
        name = target.column.name
        if target.column.many:
            place[name] = list(dict.fromkeys([*place.get(name, []), *values]))
        elif name in place and place[name] != values[0]:
            message = t("Another column gives {value} for the same field.", value=f'"{place[name]}"')
            planned.faults.append(RowFault(planned.row, rule.name, target.path, message, t("Map one of the two.")))
        else:
            place[name] = values[0]

    # ------------------------------------------------------------------ records

    def _existing(self, data: dict[str, Any], planned: Planned) -> Record | None:
        """Return the record that a row is about: by its id, or by its title and year."""
        if "id" in data:
            id = str(data["id"])
            found = self.book.records.get(id)
            if found is not None and not isinstance(found, self.model):
                message = t("{id} is a record of another kind.", id=id)
                planned.faults.append(
                    RowFault(planned.row, self._columns.get("id", ""), "id", message, t("Give another id."))
                )
                return None
            return found
        names = [fold(str(data[name])) for name in _NAMES if data.get(name)]
        found_ones = {one.id: one for name in names for one in self._by_name.get(name, [])}
        year = _year(data.get("start"))
        fits = [
            one for one in found_ones.values() if year is None or _year(getattr(one, "start", None)) in (None, year)
        ]
        if len(fits) > 1:
            ids = t(" or ").join(one.id for one in fits)
            message = t("Several records have this title: {ids}.", ids=ids)
            planned.faults.append(RowFault(planned.row, "", "id", message, t("Add a column with the id.")))
        return fits[0] if len(fits) == 1 else None

    def _decide(self, data: dict[str, Any], existing: Record | None, planned: Planned) -> None:
        whole = self._changed(existing, data) if existing is not None else self._made(data, planned)
        planned.id = existing.id if existing is not None else str(whole.get("id", ""))
        first = self._rows.setdefault(planned.id, planned.row)
        if planned.id and first != planned.row:
            message = t("This is the same record as in row {row}.", row=first)
            planned.faults.append(RowFault(planned.row, "", "id", message, t("Keep one of the two rows.")))
            return
        try:
            record = to_record(self.model, whole)
        except RecordError as error:
            told = {_field(one.field) for one in planned.faults}
            for one in error.faults:
                name = one.column.partition("[")[0]
                if _field(name) not in told:  # the cell has been told of already
                    column = self._columns.get(name) or self._columns.get(name.partition(".")[0], "")
                    planned.faults.append(RowFault(planned.row, column, one.column, one.message, one.advice))
            return
        planned.before = existing.as_dict() if existing is not None else {}
        planned.changes = _changes(planned.before, record.as_dict(), record.order())
        planned.action = "new" if existing is None else "changed" if planned.changes else "same"
        planned.record = record if planned.action != "same" else None

    def _changed(self, existing: Record, data: dict[str, Any]) -> dict[str, Any]:
        """Return the record as it is, with what the row says; an empty cell takes nothing away."""
        whole = existing.as_dict()
        for name, value in data.items():
            held = whole.get(name)
            if isinstance(held, dict) and isinstance(value, dict):
                whole[name] = {**held, **value}
            elif isinstance(held, list) and isinstance(value, list) and value and isinstance(value[0], dict):
                # A sheet seldom lists all partners with all their roles: those that are there stay.
                whole[name] = [*held, *(one for one in value if one not in held)]
            else:
                whole[name] = value
        return whole

    def _made(self, data: dict[str, Any], planned: Planned) -> dict[str, Any]:
        whole = {"visibility": "private", **self.mapping.constants, **data}
        for name in self.model.order():
            if name not in whole and (value := _unknown(self.model, name)) is not None:
                whole[name] = value
                planned.unknown.append(name)
        if "id" not in whole and planned.title:
            year = _year(whole.get("start")) if self.mapping.kind == "project" else None
            key = (fold(planned.title), year)
            if key not in self._made_ids:
                self._made_ids[key] = make_id(self.mapping.kind, planned.title, year, self._taken)
                self._taken.add(self._made_ids[key])
            whole["id"] = self._made_ids[key]
        elif "id" not in whole:
            planned.faults.append(_untitled(self.mapping, planned.row))
            whole["id"] = id_pattern(self.mapping.kind)[1:].partition("(")[0] + "-x"
        return whole


#: The fields that can give a record its name.
_NAMES = ("title_nl", "title_en", "name", "name_en", "statement_nl", "statement_en")


def _field(path: str) -> str:
    """Return the field of a record in which a path begins, whatever the language of its text."""
    return re.split(r"[.\[]", path)[0].removesuffix("_nl").removesuffix("_en")


def _untitled(mapping: Mapping, row: int) -> RowFault:
    model = KINDS[mapping.kind]
    names = [name for name in _NAMES if name in model.model_fields]
    advice = t("Fill one of {names}.", names=", ".join(names))
    return RowFault(row, "", names[0], t("This row has no title."), advice)


def _fault(row: int, rule: Rule, flaw: Flaw) -> RowFault:
    return RowFault(row, rule.name, rule.target.path, flaw.message, flaw.advice, "error", flaw.value, flaw.near)


def _year(date: Any) -> int | None:
    try:
        return when.year(when.parse(date)) if date else None
    except ValueError:
        return None


def _unknown(model: type[Record], name: str) -> Any:
    """Return what says "unknown" in a field that must be filled; None where that cannot be said."""
    found = model.model_fields[name]
    if not found.is_required() or name in ("id", "visibility"):
        return None
    if name == "programme":
        return UNKNOWN
    column = Column.of(model, name)
    if column.kind == "date" or UNKNOWN in column.allowed:
        return [UNKNOWN] if column.many else UNKNOWN
    return None


def _changes(before: dict[str, Any], after: dict[str, Any], order: list[str]) -> list[str]:
    return [name for name in order if before.get(name) != after.get(name)]


def all_faults(planned: list[Planned]) -> Iterator[RowFault]:
    """Yield the faults of all rows."""
    for one in planned:
        yield from one.faults
