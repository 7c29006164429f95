"""Project records in a hand-in: files of one record each, from a working copy of the register or from a template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from labkit.assignments.handins import HandIn
from labkit.assignments.safe_files import read_file
from labkit.errors import LabkitError
from labkit.language import t
from labkit.packagechecks.fault import Fault
from labkit.register.errors import RecordError
from labkit.register.fields import PREFIXES
from labkit.register.preparing import id_for
from labkit.register.reading import MOST_BYTES, YamlFlawError, decode, read_yaml
from labkit.register.records import KINDS, Record
from labkit.register.validating import to_record

if TYPE_CHECKING:
    from labkit.register.register import Register

#: Endings under which a record is handed in; editors and mail programs add some.
ENDINGS = (".yaml", ".yml", ".yaml.txt", ".yml.txt")
#: The settings of a register: not a record, though it stands in a working copy.
SETTINGS = "register.yaml"


@dataclass(frozen=True)
class RecordFile:
    """One file that holds a record, or should.

    Attributes
    ----------
    student : str
        Who handed it in.
    file : str
        Its path below the folder of all hand-ins.
    name : str
        The last part of that.
    kind : str
        The kind of record: "project", "question" and so on.
    record : Record or None
        None if it cannot be read as a record.
    faults : tuple of Fault
        Why not, with line and field.
    notes : tuple of str
    """

    student: str
    file: str
    name: str
    kind: str
    record: Record | None = None
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = field(default=())


def records_in(handin: HandIn, register: Register | None = None, kind: str = "project") -> list[RecordFile]:
    """Return the records in a hand-in.

    What stands in the register word for word (the rest of a working copy) and templates in which nothing was filled
    are left out.

    Parameters
    ----------
    handin : HandIn
    register : Register, optional
        The register that the students worked from.
    kind : str
        What a file is taken for that does not say so.
    """
    found = []
    for file in sorted(handin.files):
        name = file.rpartition("/")[2]
        if not name.lower().endswith(ENDINGS) or name.lower() == SETTINGS:
            continue
        one = _read(handin, file, name, kind)
        if one is not None and not _stands(one, register):
            found.append(one)
    return found


def _stands(one: RecordFile, register: Register | None) -> bool:
    """Return whether a record stands in the register as it is."""
    record = one.record
    return (
        register is not None
        and record is not None
        and record.id in register.book
        and register.book[record.id] == record
    )


def _read(handin: HandIn, file: str, name: str, wanted: str) -> RecordFile | None:
    made = RecordFile(handin.student, file, name, wanted)
    try:
        text = decode(read_file(handin.root / file, MOST_BYTES))
        data = read_yaml(text)
    except YamlFlawError as flaw:
        return replace(made, faults=(Fault(name, flaw.line, flaw.field, flaw.message, flaw.advice),))
    except LabkitError as error:
        return replace(made, faults=(Fault(name, 0, "", str(error), ""),))
    if not _is_filled(data):
        return None
    made = replace(made, kind=_kind(name, data, wanted))
    if not data.get("id"):
        data["id"] = id_for(made.kind, data)
        made = replace(made, notes=(t("It had no id; {id} is proposed.", id=data["id"]),))
        text = re.sub(r"(?m)^id:.*$", f"id: {data['id']}", text)
    try:
        return replace(made, record=to_record(KINDS[made.kind], data, name, text))
    except RecordError as error:
        return replace(made, faults=tuple(error.faults))


def _is_filled(data: Mapping[str, Any]) -> bool:
    """Return whether anything is filled in: a template as it was given is no record."""
    return any(value not in (None, "", [], [None]) for value in data.values())


def _kind(name: str, data: Mapping[str, Any], wanted: str) -> str:
    """Return the kind of a record: as its id says, else as its file is called, else the one that is asked for."""
    for text in (str(data.get("id") or ""), name):
        for kind, prefix in PREFIXES.items():
            if text.startswith((f"{prefix}-", f"{kind}.", f"{kind}-")):
                return kind
    return wanted
