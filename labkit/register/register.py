"""The register of a city: open it, read it, add to it, and ask it questions."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.errors import LabkitError, WrongUseError
from labkit.language import current, t
from labkit.look import TABLE_STYLE
from labkit.register.asking import Asking, kind_of
from labkit.register.book import Book
from labkit.register.differences import Differences
from labkit.register.errors import ConflictError, RecordError, RecordWarning
from labkit.register.folder import TRASH, Entry, Folder, UsedIds
from labkit.register.formed import Formed, in_notebook
from labkit.register.page import RecordPage
from labkit.register.preparing import onto, prepare, with_names
from labkit.register.records import KINDS, Record
from labkit.register.schemas import write_schemas
from labkit.register.settings import FILE, Settings
from labkit.register.tabled import Tabled
from labkit.register.templates import write_templates
from labkit.register.validating import to_record
from labkit.texts import Text

if TYPE_CHECKING:
    from labkit.comparison.scope import CityLike
    from labkit.packagechecks.fault import Fault
    from labkit.register.search import Found


class Register(Tabled, Formed, Asking):
    """The register of a city.

    Attributes
    ----------
    book : Book
        All records in memory.
    folder : Folder
        Where their files stand.
    city : CityLike or None
        The city that it belongs to.

    Examples
    --------
    >>> import labkit as lk
    >>> register = lk.open_city("leiden").register
    >>> register["ag-subsidie-leren-met-de-stad-2023"].record.amount_eur
    500000
    """

    def __init__(self, folder: Folder, city: CityLike | None = None) -> None:
        self.folder = folder
        self.city = city
        #: Earlier versions that this session read or wrote, and what it made itself: to know what a change was made from.
        self._seen: dict[str, list[Entry]] = {}
        self._made: dict[str, Entry] = {}
        self._entries: dict[str, Entry] = {}
        self.reload()

    @classmethod
    def open(cls, path: str | Path, city: CityLike | None = None) -> Register:
        """Open a register from its folder; a faulty file is told in `faults`, and hides nothing else."""
        return cls(Folder.open(path), city)

    @classmethod
    def at(cls, path: Path, city: CityLike, *, protected: bool = False) -> Register:
        """Return the register of a city, also where it has none yet: it is made when a first record is saved."""
        return cls(Folder(path, protected=protected), city)

    def reload(self) -> None:
        """Read all files anew, with what others changed meanwhile."""
        for id, entry in self._entries.items():
            self._seen.setdefault(id, []).append(entry)
        self.book, self._entries = self.folder.read_all()

    @property
    def faults(self) -> list[Fault]:
        """Files that could not be read, with line, field and what to do."""
        return self.book.faults

    @property
    def settings(self) -> Settings:
        """The title and the programmes of the register."""
        return self.book.settings

    # ------------------------------------------------------------------ reading

    def __getitem__(self, id: str) -> RecordPage:
        """Return a record as a page, with everything linked to it."""
        return RecordPage(self.book, self.areas, self.record(id).id)

    def page(self, id: str) -> RecordPage:
        """Return a record as a page, with everything linked to it."""
        return self[id]

    def search(self, text: str = "", /, **fields: Any) -> Found:
        """Find records by words and by fields, in Dutch and English; see `labkit.register.search.search`."""
        from labkit.register.search import search

        if "areas" in fields:
            fields.setdefault("area", fields.pop("areas"))  # the name of the field, and what is asked
        return search(self.book, text, areas=self.areas, **fields)

    # ------------------------------------------------------------------ writing

    def new(self, kind: str, /, **fields: Any) -> Any:
        """Make a record, without saving it yet; without fields, show a form in a notebook.

        Parameters
        ----------
        kind : str
            The kind of record: "project", "question" and so on.
        **fields
            Its fields. Areas may be given by name. A new record is private until you say otherwise.

        Returns
        -------
        Record
            The record; `save` puts it into the register. Without fields: the form, see `form`.

        Raises
        ------
        RecordError
            With a line for every field that is missing or not right.

        Examples
        --------
        >>> import labkit as lk
        >>> register = lk.open_city("leiden").register
        >>> made = register.new("question", title_en="Who comes to the soup mornings?", themes=["social_cohesion"],
        ...                     scope="areas", areas=["De Kooi"])
        >>> made.id, made.areas
        ('q-who-comes-to-the-soup-mornings', ['BU05460302'])
        """
        name = kind_of(kind)
        if not fields and self.form_maker is not None and in_notebook():
            return self.form(name)
        return to_record(KINDS[name], self.prepared(name, fields))

    def prepared(self, kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of a new record with what follows by itself; see `labkit.register.preparing.prepare`."""
        data = prepare(self.book, self.areas, kind, fields, UsedIds(self.folder))
        first = prepare(self.book, self.areas, kind, fields, ())
        # A cell that runs twice means the record that it made the first time, not a second one.
        made = self._made.get(first["id"])
        again = made is not None and first["id"] in self.book and made.record.title == _title(kind, first)
        return first if again else data

    def preview(self, record: Record) -> RecordPage:
        """Show a record as it would stand in the register, without saving it, with what still asks for a look.

        It is checked as if it were public already, so that a name or an address is noticed while it is a draft.
        """
        from labkit.register.checks import check_register

        others = [one for one in self.book if one.id != record.id]
        public = Book([*others, record.with_(visibility="public")], self.book.settings)
        faults = [one for one in check_register(public, self.areas) if one.file == public.file(record.id)]
        return RecordPage(Book([*others, record], self.book.settings), self.areas, record.id, faults)

    def edit(self, id: str | Record | RecordPage, /, *, merge: bool = False, **changes: Any) -> Record:
        """Change fields of a record and save it; `None` empties a field.

        Parameters
        ----------
        id : str, Record or RecordPage
            Which record.
        merge : bool
            Keep what somebody else changed meanwhile in other fields.
        **changes
            Field -> value. Of a block such as `handover` only the fields that are named change.

        Raises
        ------
        RecordError
            If a value is not right; nothing is saved.
        ConflictError
            If somebody else changed the record since it was opened; nothing is overwritten.
        """
        record = self.record(id)
        if changes.get("id", record.id) != record.id:
            raise WrongUseError(t("The id of a record stays: others refer to it. Make a new record instead."))
        data = onto(record.as_dict(), with_names(self.book, self.areas, record.KIND, changes))
        return self.save(to_record(type(record), data).from_version(record.origin), merge=merge)

    def save(self, record: Record, *, merge: bool = False) -> Record:
        """Save a record in the register's folder, whole or not at all.

        Errors that are left in it do not keep it from being saved; they are told in a warning.

        Parameters
        ----------
        record : Record
            A new one, or a changed one of this register.
        merge : bool
            Keep what somebody else changed meanwhile in other fields.

        Raises
        ------
        ConflictError
            If the record was changed since the version that this one was made from; nothing is overwritten.
        """
        if isinstance(record, RecordPage):
            record = record.record
        if not isinstance(record, Record):
            raise WrongUseError(t("Only a record can be saved. Make one with register.new(kind, ...)."))
        entry = self.folder.save(record, self._base(record), merge=merge)
        self._keep(record.id, entry)
        self._tell(entry.record)
        return entry.record

    def _base(self, record: Record) -> Entry | None:
        """Return the version that a record was made from; None for one that is not there yet."""
        now = self._entries.get(record.id)
        if now is None:  # new here, or made from one that was deleted since: the folder tells that
            return next((one for one in self._seen.get(record.id, []) if one.version == record.origin), None)
        if record.origin == now.version:
            return now
        if not record.origin:
            # Made anew under an id that exists: by a cell that ran twice, if this session made the first too.
            return self._made.get(record.id)
        for one in self._seen.get(record.id, []):
            if one.version == record.origin:
                return one
        found = Differences({}, now.record.as_dict(), record.as_dict())
        message = t("{id} was opened somewhere else. Open it here, and make your change again.", id=record.id)
        raise ConflictError(f"{message}\n{found}", found)

    def _tell(self, record: Record) -> None:
        """Warn of errors that a saved record has, and of what looks like personal data where others can see it."""
        from labkit.register.checks import faults_of

        faults = faults_of(record.id, self.book, self.areas)
        if faults:
            told = "\n".join(f"{one.column}: {one.message} {one.advice}" for one in faults)
            head = t("{id} is saved; still to look at:", id=record.id)
            warnings.warn(f"{head}\n{told}", RecordWarning, stacklevel=3)

    def record(self, id: str | Record | RecordPage) -> Record:
        """Return the record that is meant; if its file cannot be read, say that."""
        name = id if isinstance(id, str) else getattr(id, "id", str(id))
        if name not in self.book:
            faults = [one for one in self.faults if one.file.endswith(f"/{name}.yaml")]
            if faults:
                raise RecordError(faults)
        return self.book[name]

    def delete(self, id: str | Record | RecordPage, *, outcomes: bool = False, force: bool = False) -> Path:
        """Move a record to the trash folder, from where `restore` takes it back.

        Parameters
        ----------
        id : str, Record or RecordPage
            Which record.
        outcomes : bool
            Delete the outcomes of a project with it.
        force : bool
            Delete it even if other records refer to it.

        Returns
        -------
        Path
            Where it lies now.
        """
        record = self.record(id)
        own = [one.id for one in self.book.outcomes_of(record.id)] if outcomes else []
        links = self.book.links_to(record.id) + self.book.links_from(record.id)
        holders = sorted({link.holder for link in links} - {record.id, *own})
        if holders and not force:
            raise _still_used(record, holders)
        for one in own:
            self.delete(one, force=force)
        place = self.folder.delete(record.id, self._entries.get(record.id))
        self._keep(record.id, None)
        return place

    def restore(self, id: str) -> Record:
        """Take a deleted record back out of the trash."""
        entry = self.folder.restore(id)
        self._keep(id, entry)
        return entry.record

    def copy(self, folder: str | Path) -> Register:
        """Copy the register to a folder of your own, and open it there.

        Parameters
        ----------
        folder : str or Path
            A folder that is empty or not there yet.

        Returns
        -------
        Register
            The copy; open it another time with ``lk.open_city(name, register=folder)``.
        """
        target = Path(folder).absolute()
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise LabkitError(t("{path} is not empty. Choose another folder for the register.", path=str(target)))
        # Beside it first: a copy that was cut short must not look like a whole one.
        with tempfile.TemporaryDirectory(dir=_standing(target.parent), prefix=".copy-") as beside:
            made = Folder.create(Path(beside) / target.name)
            if self.folder.path.is_dir():
                _copy_files(self.folder.path, made.path)
            write_schemas(made.path)
            write_templates(made.path)
            if target.exists():
                target.rmdir()
            target.parent.mkdir(parents=True, exist_ok=True)
            made.path.rename(target)
        return Register(Folder(target), self.city)

    def working_copy(self, folder: str | Path = "my-register") -> Register:
        """Open your own copy of the register in a folder; the first time, it is made.

        Parameters
        ----------
        folder : str or Path
            The folder of the copy. `lk.open_city(name, register=folder)` opens it too.

        Returns
        -------
        Register
            The copy, in which you can write.
        """
        if (Path(folder) / FILE).is_file():
            return Register.open(folder, self.city)
        return self.copy(folder)

    def _keep(self, id: str, entry: Entry | None) -> None:
        """Take one changed record into the book; the others stay as they were read."""
        old = self._entries.pop(id, None)
        if old is not None:
            self._seen.setdefault(id, []).append(old)
        elif entry is not None:
            self._made[id] = entry
        if entry is not None:
            self._entries[id] = entry
        mended = f"/{id}.yaml"
        faults = [one for one in self.book.faults if not one.file.endswith(mended)]
        self.book = self.book.changed(id, entry.record if entry is not None else None, faults)

    def save_all(self, records: Sequence[Record], tell: Callable[[int, int], None] | None = None) -> int:
        """Save several records; `tell(done, of)` is called after each."""
        for place, record in enumerate(records, start=1):
            self.save(record)
            if tell is not None:
                tell(place, len(records))
        return len(records)

    # ------------------------------------------------------------------ showing

    def _overview(self) -> list[tuple[str, str]]:
        rows = [(model.PLURALS().capitalize(), str(len(self.book.of(model)))) for model in KINDS.values()]
        if self.faults:
            rows.append(
                (t("Files that cannot be read"), f"{len({one.file for one in self.faults})}; {t('see .faults')}")
            )
        return rows

    def __repr__(self) -> str:
        head = self.settings.title() or t("Register")
        return "\n".join([head, *(f"{name}: {count}" for name, count in self._overview())])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row'>{escape(name)}</th><td class='n'>{escape(count)}</td></tr>"
            for name, count in self._overview()
        )
        title = escape(self.settings.title() or t("Register"))
        return f"{TABLE_STYLE}<div class='lk-result' lang='{current()}'><table><caption>{title}</caption>{rows}</table></div>"


def _still_used(record: Record, holders: list[str]) -> Exception:
    return WrongUseError(
        t(
            "{id} is named in {holders}. Change those first, or delete it with outcomes=True (its outcomes too) or force=True.",
            id=record.id,
            holders=", ".join(holders[:5]) + (" ..." if len(holders) > 5 else ""),
        )
    )


def _title(kind: str, data: Mapping[str, Any]) -> str:
    names = {"partner": "name", "outcome": "statement"}
    name = names.get(kind, "title")
    nl, en = (data.get(f"{name}_{one}") or "" for one in ("nl", "en"))
    return str(data.get("name") or Text(nl=nl, en=en)())


def _standing(folder: Path) -> Path:
    """Return a folder, or the nearest one above it that is there."""
    return folder if folder.is_dir() else _standing(folder.parent)


def _copy_files(source: Path, target: Path) -> None:
    """Copy the files of a register, without the rights that they have at their source."""
    for path in sorted(source.rglob("*")):
        shown = path.relative_to(source)
        if path.is_file() and shown.parts[0] != TRASH and not any(one.startswith(".") for one in shown.parts):
            (target / shown.parent).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / shown)
