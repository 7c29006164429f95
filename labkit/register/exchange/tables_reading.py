"""Read the CSV tables of a register back into records."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from labkit.errors import PackageError
from labkit.language import t
from labkit.names import nearest
from labkit.packagechecks.fault import Fault
from labkit.register.book import Book
from labkit.register.errors import RecordError
from labkit.register.exchange.cells import read_csv, unguard
from labkit.register.exchange.column import Column
from labkit.register.exchange.descriptor import DESCRIPTOR, FORM, VERSION
from labkit.register.exchange.layout import HOLDER, PLACE, PROGRAMMES, Table, block_tables, record_tables
from labkit.register.records import KINDS, Record
from labkit.register.settings import Settings
from labkit.register.validating import to_record
from labkit.structure.flaw import Flaw, FlawError
from labkit.texts import Text

#: More than a register of a large city; a ZIP that unpacks to more than this is no register.
_MOST_BYTES = 1_000_000_000


@dataclass
class _Draft:
    """A record as its rows say it."""

    kind: str
    file: str
    line: int
    data: dict[str, Any]
    #: Where its blocks stand: field -> file, and the line of each.
    blocks: dict[str, tuple[str, list[int]]] = field(default_factory=dict)


def read_tables(source: str | Path) -> Book:
    """Read the tables that `export_tables` wrote, also after somebody changed them in a spreadsheet program.

    Parameters
    ----------
    source : str or Path
        The folder or the ZIP.

    Returns
    -------
    Book
        The records. Rows from which none can be made are told in `faults`, with file, line and column; they do not
        hide the others.

    Raises
    ------
    PackageError
        If a table is missing or is no CSV file.

    Examples
    --------
    >>> import tempfile
    >>> from labkit.register.exchange.tables import export_tables
    >>> from labkit.register.records import Partner
    >>> made = Book([Partner(id="org-x", visibility="public", name="=X;Y", kind="other")])
    >>> with tempfile.TemporaryDirectory() as place:
    ...     read_tables(export_tables(made, None, Path(place) / "made"))["org-x"] == made["org-x"]
    True
    """
    path = Path(source)
    files = _files(path.parent if path.name == DESCRIPTOR else path)
    said = _descriptor(path, files)
    faults: list[Fault] = []
    drafts: dict[str, _Draft] = {}
    for table in record_tables():
        _read_records(table, _content(path, files, table), drafts, faults)
    for table in block_tables():
        _read_blocks(table, _content(path, files, table), drafts, faults)
    records = [record for draft in drafts.values() if (record := _record(draft, faults)) is not None]
    settings = _settings(said["labkit"], _programmes(path, files))
    return Book(records, settings, sorted(faults, key=lambda one: (one.file, one.line)))


def _files(path: Path) -> Mapping[str, bytes]:
    """Return the files of a folder or ZIP: name -> contents."""
    try:
        if path.is_dir():
            return {one.name: one.read_bytes() for one in sorted(path.iterdir()) if one.suffix in (".csv", ".json")}
        with zipfile.ZipFile(path) as archive:
            inside = [one for one in archive.infolist() if one.filename.endswith((".csv", ".json"))]
            if sum(one.file_size for one in inside) > _MOST_BYTES:
                raise PackageError(t("{path} is too large for a register.", path=path))
            return {one.filename.rpartition("/")[2]: archive.read(one) for one in inside}
    except zipfile.BadZipFile:
        raise PackageError(
            t("{path} is neither a folder nor a ZIP. Give the folder that holds datapackage.json.", path=path)
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise PackageError(t("{path} cannot be read: {reason}.", path=path, reason=reason)) from error


def _descriptor(path: Path, files: Mapping[str, bytes]) -> dict[str, Any]:
    if DESCRIPTOR not in files:
        raise PackageError(t("{path} holds no datapackage.json. Give the folder of an export as tables.", path=path))
    try:
        said = json.loads(files[DESCRIPTOR].decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FlawError(path / DESCRIPTOR, Flaw(t("this is no JSON."), f"{error}.")) from None
    own = said.get("labkit") if isinstance(said, dict) else None
    if not isinstance(own, dict) or own.get("form") != FORM:
        flaw = Flaw(t("these are not the tables of a register."), t("Give the folder of an export as tables."))
        raise FlawError(path / DESCRIPTOR, flaw)
    if own.get("version") != VERSION:
        flaw = Flaw(t("these tables are of another version of labkit."), t("Read them with that version."))
        raise FlawError(path / DESCRIPTOR, flaw)
    return dict(said)


def _content(path: Path, files: Mapping[str, bytes], table: Table) -> tuple[list[str], list[tuple[int, list[str]]]]:
    if table.file not in files:
        flaw = Flaw(t("this table is missing."), t("Put it back; it may have no rows, but needs its head."))
        raise FlawError(path / table.file, flaw)
    head, rows = read_csv(path / table.file, files[table.file])
    head = [name.strip() for name in head]
    known = [column.name for column in table.columns]
    for name in head:
        if head.count(name) > 1:
            raise FlawError(
                path / table.file, Flaw(t('the column "{name}" stands there twice.', name=name), t("Keep one."), "", 1)
            )
        if name not in known:
            near = nearest(name, known)
            hint = t("Did you mean {names}?", names=near[0]) if near else t("Take it out.")
            flaw = Flaw(t('there is no column "{name}".', name=name), hint, "", 1)
            raise FlawError(path / table.file, flaw)
    missing = [column.name for column in table.columns if column.required and column.name not in head]
    if missing:
        flaw = Flaw(t('the column "{name}" is missing.', name=missing[0]), t("Add it."), "", 1)
        raise FlawError(path / table.file, flaw)
    return head, rows


def _cells(table: Table, head: list[str], line: int, row: list[str], faults: list[Fault]) -> dict[str, str] | None:
    """Return the filled cells of a row by their column; None if they do not fit the head."""
    if len(row) > len(head) and any(row[len(head) :]):
        message = t("This row has {count} cells; the head has {columns}.", count=len(row), columns=len(head))
        faults.append(Fault(table.file, line, "", message, t("Check the commas and quotes.")))
        return None
    return {name: unguard(cell) for name, cell in zip(head, row, strict=False) if cell != ""}


def _values(columns: tuple[Column, ...], cells: Mapping[str, str]) -> dict[str, Any]:
    found = {column.name: column.read(cells[column.name]) for column in columns if column.name in cells}
    # An empty list is filled in where a list must be; whether it may be empty is for the record to say.
    return {**{column.name: [] for column in columns if column.many and column.required}, **found}


def _read_records(
    table: Table, content: tuple[list[str], list[tuple[int, list[str]]]], drafts: dict[str, _Draft], faults: list[Fault]
) -> None:
    head, rows = content
    for line, row in rows:
        cells = _cells(table, head, line, row, faults)
        if not cells:
            continue
        id = cells.get("id", "")
        if not id:
            faults.append(Fault(table.file, line, "id", t("This row has no id."), t("Give it one.")))
        elif id in drafts:
            message = t("The id {id} stands in line {line} already.", id=id, line=drafts[id].line)
            faults.append(Fault(table.file, line, "id", message, t("Give each record its own.")))
        else:
            drafts[id] = _Draft(table.kind, table.file, line, _values(table.columns, cells))


def _read_blocks(
    table: Table, content: tuple[list[str], list[tuple[int, list[str]]]], drafts: dict[str, _Draft], faults: list[Fault]
) -> None:
    head, rows = content
    found: dict[str, list[tuple[int, int, dict[str, Any]]]] = {}
    for line, row in rows:
        cells = _cells(table, head, line, row, faults)
        if not cells:
            continue
        holder = cells.get(HOLDER, "")
        if holder not in drafts or drafts[holder].kind != table.kind:
            message = t("There is no {kind} {id}.", kind=KINDS[table.kind].LABELS(), id=f'"{holder}"')
            faults.append(Fault(table.file, line, HOLDER, message, t("Give the id of one of the records.")))
            continue
        # Where the order was emptied by hand, that of the file counts.
        place = cells.get(PLACE, "")
        order = int(place) if place.isascii() and place.isdigit() else len(rows) + line
        found.setdefault(holder, []).append((order, line, _values(table.own, cells)))
    for holder, blocks in found.items():
        draft = drafts[holder]
        blocks.sort(key=lambda one: (one[0], one[1]))
        if not table.many and len(blocks) > 1:
            message = t("{id} has two rows here.", id=holder)
            faults.append(Fault(table.file, blocks[1][1], HOLDER, message, t("Keep one of the two.")))
        draft.data[table.field] = [data for _, _, data in blocks] if table.many else blocks[0][2]
        draft.blocks[table.field] = (table.file, [line for _, line, _ in blocks])


def _record(draft: _Draft, faults: list[Fault]) -> Record | None:
    try:
        return to_record(KINDS[draft.kind], draft.data, draft.file)
    except RecordError as error:
        faults.extend(_placed(draft, one) for one in error.faults)
        return None


def _placed(draft: _Draft, fault: Fault) -> Fault:
    """Return a fault with the file and line in which the value stands."""
    name, _, inner = fault.column.partition(".")
    field_name, _, place = name.rstrip("]").partition("[")
    if field_name not in draft.blocks:
        return replace(fault, file=draft.file, line=draft.line)
    file, lines = draft.blocks[field_name]
    line = lines[int(place) - 1] if place else lines[0]
    return replace(fault, file=file, line=line, column=inner or fault.column)


def _settings(own: Mapping[str, Any], programmes: dict[str, Text]) -> Settings:
    texts = [Text.of(found if isinstance(found := own.get(name), dict) else {}) for name in ("title", "note")]
    return Settings(texts[0], programmes, texts[1], str(own.get("licence") or ""))


def _programmes(path: Path, files: Mapping[str, bytes]) -> dict[str, Text]:
    head, rows = _content(path, files, PROGRAMMES)
    found = {}
    for _, row in rows:
        cells = {name: unguard(cell) for name, cell in zip(head, row, strict=False)}
        labels = Text.of(cells)
        if cells.get("id") and (labels.nl or labels.en) and labels not in _ALWAYS_LABELS.get(cells["id"], ()):
            found[cells["id"]] = labels
    return found


#: These stand in the table for those who read it; they are no setting of the register.
_ALWAYS_LABELS = {
    id: (Text(nl=Settings().programme(id, "nl"), en=Settings().programme(id, "en")),) for id in ("other", "unknown")
}
