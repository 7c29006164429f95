"""Project records as hand-ins: checked as the register checks them, and proposed to it; the lecturer says yes."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from labkit.assignments.record_files import RecordFile, records_in
from labkit.language import t
from labkit.names import fold
from labkit.packagechecks.fault import Fault
from labkit.register.book import Book
from labkit.register.checks import check_register
from labkit.register.checks.context import Context, fault_of
from labkit.register.checks.personal.check import check_personal
from labkit.register.errors import RecordWarning
from labkit.register.folder import UsedIds
from labkit.register.preparing import id_for
from labkit.register.records import Record
from labkit.register.validating import to_record

if TYPE_CHECKING:
    from labkit.assignments.handins import HandIn
    from labkit.register.register import Register


@dataclass
class Proposal:
    """What saving one record would do to the register.

    Attributes
    ----------
    students : list of str
        Who handed it in; several if they handed in the same.
    file : str
        Its path below the folder of all hand-ins.
    action : {"new", "changes", "faulty"}
        A record that is not there yet, one that differs from what is there, or no record at all.
    record : Record or None
        What would be saved, with the id that is proposed.
    own_id : str
        The id that the student gave.
    changes : list of str
        The fields that would change in the record that is there.
    faults : list of Fault
        Why it is no record; or what the checks of the register find in it.
    personal : list of Fault
        What looks like personal data, were it public.
    notes : list of str
        What else to know, such as another id.
    """

    students: list[str]
    file: str
    action: Literal["new", "changes", "faulty"]
    record: Record | None = None
    own_id: str = ""
    changes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    personal: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def errors(self) -> list[Fault]:
        """What makes it untrue, or breaks a rule of the register."""
        return [one for one in self.faults if one.severity == "error"]

    @property
    def clean(self) -> bool:
        """Whether it can be saved without a look at it: new, without errors, and without personal data."""
        return self.action == "new" and not self.errors and not self.personal

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return {
            "students": self.students,
            "file": self.file,
            "action": self.action,
            "id": self.record.id if self.record else "",
            "own_id": self.own_id,
            "title": self.record.title if self.record else "",
            "changes": self.changes,
            "faults": [one.as_dict() for one in self.faults],
            "personal": [one.as_dict() for one in self.personal],
            "notes": self.notes,
            "clean": self.clean,
        }


def proposals(
    handins: Iterable[HandIn],
    register: Register,
    kind: str = "project",
    progress: Callable[[int, int], None] | None = None,
) -> list[Proposal]:
    """Return what the records in hand-ins would do to a register; nothing is saved.

    Parameters
    ----------
    handins : iterable of HandIn
        As `read_handins` gives them.
    register : Register
        Where the records would go.
    kind : str
        What a file is taken for that does not say so.
    progress : callable, optional
        Called with how many hand-ins of how many are done.

    Returns
    -------
    list of Proposal
        By student. Records of one hand-in may name each other; an id that another student gave to another record is
        replaced in all of them.
    """
    found: list[Proposal] = []
    listed = sorted(handins, key=lambda one: one.student)
    for number, handin in enumerate(listed):
        if progress:
            progress(number, len(listed))
        files = _last_of_each(records_in(handin, register, kind))
        found += [_faulty(one) for one in files if one.record is None]
        _propose([one for one in files if one.record is not None], register, found)
    if progress:
        progress(len(listed), len(listed))
    return found


def _last_of_each(files: list[RecordFile]) -> list[RecordFile]:
    """Return the files without earlier ones that hold a record of the same id."""
    last = {one.record.id: one for one in files if one.record is not None}
    kept = []
    for one in files:
        if one.record is None:
            kept.append(one)
        elif last[one.record.id] is one:
            others = [
                other.name for other in files if other.record and other.record.id == one.record.id and other is not one
            ]
            note = t("{names} has the same id, and is left out.", names=", ".join(others))
            kept.append(replace(one, notes=(*one.notes, note)) if others else one)
    return kept


def _faulty(one: RecordFile) -> Proposal:
    return Proposal([one.student], one.file, "faulty", faults=list(one.faults), notes=list(one.notes))


def _propose(files: Sequence[RecordFile], register: Register, found: list[Proposal]) -> None:
    """Add the proposals of one hand-in, after those of the hand-ins before."""
    renamed: dict[str, str] = {}
    earlier = {one.record.id: one for one in found if one.record is not None}
    fresh = []
    for one in files:
        assert one.record is not None
        twin = next(
            (made for made in earlier.values() if made.own_id == one.record.id and _alike(made, one.record)), None
        )
        if twin is not None:
            twin.students = list(dict.fromkeys([*twin.students, one.student]))
            assert twin.record is not None
            renamed[one.record.id] = twin.record.id
            continue
        fresh.append(one)
        taken = {*earlier, *register.book.records, *renamed.values(), *(n.record.id for n in fresh if n.record)}
        if one.record.id in earlier or _is_another(one.record, register):
            renamed[one.record.id] = _free_id(one.record, taken, register)
    made = [_proposal(one, renamed, register) for one in fresh]
    _check(made, register, [one.record for one in earlier.values() if one.record is not None])
    found += made


def _alike(made: Proposal, record: Record) -> bool:
    before = made.record.as_dict() if made.record else {}
    return {**before, "id": ""} == {**record.as_dict(), "id": ""}


def _is_another(record: Record, register: Register) -> bool:
    """Return whether the register has another record under the same id: then both stay."""
    if record.id not in register.book:
        return register.folder.taken(record.id)
    now = register.book[record.id]
    return not {fold(one) for one in _titles(now)} & {fold(one) for one in _titles(record)}


def _titles(record: Record) -> list[str]:
    names = ("title_nl", "title_en", "name", "statement_nl", "statement_en")
    return [text for name in names if (text := getattr(record, name, None))]


def _free_id(record: Record, taken: set[str], register: Register) -> str:
    used = UsedIds(register.folder)

    class Taken:
        def __contains__(self, id: object) -> bool:
            return id in taken or id in used

    return id_for(record.KIND, record.as_dict(), Taken())


def _proposal(one: RecordFile, renamed: dict[str, str], register: Register) -> Proposal:
    record, notes = one.record, list(one.notes)
    assert record is not None
    own = record.id
    if renamed:
        record = to_record(type(record), _with_ids(record.as_dict(), renamed))
    if record.id != own:
        notes.append(t("Another record has the id {own}; {id} is proposed for this one.", own=own, id=record.id))
    if record.visibility == "public":
        notes.append(t("It would be public at once."))
    if record.id not in register.book:
        return Proposal([one.student], one.file, "new", record, own, notes=notes)
    now = register.book[record.id]
    before, after = now.as_dict(), record.as_dict()
    changes = [name for name in type(record).order() if before.get(name) != after.get(name)]
    return Proposal([one.student], one.file, "changes", record.from_version(now.origin), own, changes, notes=notes)


def _with_ids(value: Any, renamed: dict[str, str]) -> Any:
    """Return plain data in which ids are replaced, wherever they stand alone."""
    if isinstance(value, dict):
        return {name: _with_ids(one, renamed) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_ids(one, renamed) for one in value]
    return renamed.get(value, value) if isinstance(value, str) else value


def _check(made: list[Proposal], register: Register, earlier: list[Record]) -> None:
    """Add to proposals of one hand-in what the checks of the register find in them."""
    own = {one.record.id: one.record for one in made if one.record is not None}
    faults, personal = check(list(own.values()), register, earlier)
    for one in made:
        if one.record is not None:
            one.faults, one.personal = faults[one.record.id], personal[one.record.id]


def check(
    records: Sequence[Record], register: Register, earlier: Iterable[Record] = ()
) -> tuple[dict[str, list[Fault]], dict[str, list[Fault]]]:
    """Return what the checks of a register find in records that are not in it yet.

    Returns
    -------
    tuple of dict
        Id -> faults, and id -> what looks like personal data, were the record public.
    """
    own = {one.id: one for one in records}
    book = Book([*{**register.book.records, **{one.id: one for one in earlier}, **own}.values()], register.settings)
    files = {book.file(id): id for id in own}
    faults: dict[str, list[Fault]] = {id: [] for id in own}
    personal: dict[str, list[Fault]] = {id: [] for id in own}
    public = Book([one.with_(visibility="public") if one.id in own else one for one in book], register.settings)
    for found in check_personal(Context(public, register.areas)):
        if found.id in own:
            personal[found.id].append(fault_of(found, book.file(found.id), 0))
    told = {(one.file, one.column, one.message) for ones in personal.values() for one in ones}
    for fault in check_register(book, register.areas):
        if fault.file in files and (fault.file, fault.column, fault.message) not in told:
            faults[files[fault.file]].append(fault)
    return faults, personal


def save(proposed: Iterable[Proposal], register: Register) -> list[str]:
    """Save what the lecturer said yes to.

    Parameters
    ----------
    proposed : iterable of Proposal
        Those to save; a faulty one cannot be.
    register : Register

    Returns
    -------
    list of str
        The ids of the records that were saved.

    Raises
    ------
    ConflictError
        If a record was changed in the register since the proposal was made; nothing is overwritten.
    """
    saved = []
    for one in proposed:
        if one.record is None:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RecordWarning)  # the proposal has told it
            saved.append(register.save(one.record).id)
    return saved
