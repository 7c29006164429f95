"""The folder of a register: one YAML file a record, shared by many, and never half-written.

Reading needs no lock: a file takes its name only when it is whole. Writers wait for each other by a lock that the
system lets go when a program dies, and look once more at the file before they replace it. Where a shared folder has
no working locks (some synchronised drives), that last look still finds the change of another, but for the blink
between looking and replacing.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from labkit.errors import LabkitError, PackageError, UnknownNameError
from labkit.language import t
from labkit.names import nearest
from labkit.packagechecks.fault import Fault
from labkit.register.book import Book
from labkit.register.differences import Differences
from labkit.register.errors import ConflictError, RecordError
from labkit.register.fields import PREFIXES, id_pattern
from labkit.register.locking import LOCK, check_writable, locked, tidy
from labkit.register.merging import ATTRIBUTES
from labkit.register.reading import YamlFlawError, decode
from labkit.register.records import KINDS, Record
from labkit.register.settings import FILE, read_settings
from labkit.register.validating import demand_kind, parse_record, to_record
from labkit.register.writing import changed_text, new_text
from labkit.saving import save_text

TRASH = "trash"
#: How long a writer waits for another one, in seconds.
PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it was read from its file.

    Attributes
    ----------
    record : Record
        The record.
    version : str
        A fingerprint of the file: another one if anything in it is other.
    """

    record: Record
    version: str


@dataclass
class Folder:
    """The folder in which a register stands.

    Parameters
    ----------
    path : Path
        Where it is.
    patience : float
        How long a writer waits for another one, in seconds.
    protected : bool
        Whether it must stay as it is: the register of a city that comes with labkit.

    Examples
    --------
    >>> import tempfile
    >>> from labkit.register.records import Partner
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = Folder.create(Path(place) / "register")
    ...     entry = folder.save(Partner(id="org-x", visibility="public", name="X", kind="other"))
    ...     entry = folder.save(entry.record.with_(name="Y"), entry)
    ...     folder.read("org-x").record.title
    'Y'
    """

    path: Path
    patience: float = PATIENCE
    protected: bool = False
    _tidied: bool = field(default=False, repr=False)

    def __post_init__(self) -> None:
        self.path = Path(self.path).absolute()

    @classmethod
    def open(cls, path: str | Path) -> Folder:
        """Return the folder of a register that exists; a `PackageError` says so if there is none."""
        found = Path(path)
        if not found.is_dir():
            raise PackageError(
                t("There is no register in {path}. Give the folder that holds register.yaml.", path=str(path))
            )
        return cls(found)

    @classmethod
    def create(cls, path: str | Path, settings: str = "schema: 1\ntitle_en: A register\n") -> Folder:
        """Make an empty register in a folder that is empty or not there yet."""
        found = Path(path)
        if found.exists() and (not found.is_dir() or any(found.iterdir())):
            raise LabkitError(t("{path} is not empty. Choose another folder for the register.", path=str(path)))
        for kind in KINDS.values():
            (found / kind.FOLDER).mkdir(parents=True, exist_ok=True)
        save_text(found / FILE, settings)
        save_text(found / ".gitattributes", ATTRIBUTES)
        save_text(found / ".gitignore", f"{LOCK}\n*.part\n{TRASH}/\n")
        return cls(found)

    def read_all(self) -> tuple[Book, dict[str, Entry]]:
        """Read every record; what cannot be read is told as a fault, and hides nothing else.

        Returns
        -------
        Book
            The records, with `.faults`.
        dict
            Id -> Entry, with which a record can be saved again.
        """
        faults: list[Fault] = []
        entries: dict[str, Entry] = {}
        files: dict[str, str] = {}
        with _no_pause():
            for kind in KINDS.values():
                for path in self._files(kind, faults):
                    shown = f"{kind.FOLDER}/{path.name}"
                    try:
                        entry = self._entry(kind, path, shown)
                    except RecordError as error:
                        if path.exists() or path.is_symlink():  # else somebody deleted it while we were reading
                            faults.extend(error.faults)
                        continue
                    entries[entry.record.id] = entry
                    files[entry.record.id] = shown
        book = Book((one.record for one in entries.values()), read_settings(self.path, faults), faults, files)
        return book, entries

    def read(self, id: str) -> Entry:
        """Read one record anew.

        Raises
        ------
        UnknownNameError
            If there is no such record.
        RecordError
            If its file is not right.
        """
        path = self.file(id)
        if not path.is_file():
            raise self._unknown(id)
        return self._entry(self._kind(id), path, f"{path.parent.name}/{path.name}")

    def file(self, id: str) -> Path:
        """Return the file in which a record stands, or would stand."""
        return self.path / self._kind(id).FOLDER / f"{id}.yaml"

    def _files(self, kind: type[Record], faults: list[Fault]) -> Iterator[Path]:
        """Yield the files of a kind, by name; what looks like a record but is not read as one is a fault."""
        try:
            with os.scandir(self.path / kind.FOLDER) as found:
                names = sorted(one.name for one in found if not one.is_dir())
        except FileNotFoundError:
            return
        except OSError as error:
            message = t("This folder cannot be read: {reason}.", reason=error.strerror or str(error))
            faults.append(Fault(kind.FOLDER, 0, "", message, t("It must be a folder that you may read.")))
            return
        for name in names:
            if name.startswith(".") or name.endswith("~"):
                continue
            if name.endswith(".yaml"):
                yield self.path / kind.FOLDER / name
            elif name.lower().endswith((".yml", ".yaml.txt", ".yml.txt", ".yaml")):
                message = t("This file is not read: its name does not end in .yaml.")
                advice = t("Name it {name}.", name=f"{name.split('.')[0]}.yaml")
                faults.append(Fault(f"{kind.FOLDER}/{name}", 0, "", message, advice))

    def _entry(self, kind: type[Record], path: Path, shown: str) -> Entry:
        return self._parsed(kind, path, path.name, shown)

    def _parsed(self, kind: type[Record], path: Path, name: str, shown: str = "") -> Entry:
        """Return the record in a file; it must be called as its id says."""
        try:
            data = path.read_bytes()
            text = decode(data)
        except YamlFlawError as flaw:
            raise RecordError([Fault(shown, flaw.line, "", flaw.message, flaw.advice)]) from None
        except OSError as error:
            message = t("This file cannot be read: {reason}.", reason=error.strerror or str(error))
            raise RecordError([Fault(shown, 0, "", message, t("Check the rights of the file."))]) from None
        demand_kind(kind, text, shown)
        record = parse_record(kind, text, shown)
        if f"{record.id}.yaml" != name:
            message = t("The file is called {name}, but the id in it is {id}.", name=name, id=record.id)
            raise RecordError([Fault(shown, 0, "id", message, self._advice_on_copy(record, path))])
        version = _fingerprint(data)
        return Entry(record.from_version(version), version)

    def _advice_on_copy(self, record: Record, path: Path) -> str:
        """Return what to do with a file that holds the id of another: a copy by hand, or by a program that syncs."""
        twin = path.with_name(f"{record.id}.yaml")
        if path.stem.startswith(record.id) and twin.is_file():
            return t(
                "Perhaps a program that syncs folders made it of {name}: compare the two, and delete one. Is it a record of its "
                "own? Then give it an id of its own, and the file that name.",
                name=twin.name,
            )
        return t("Give a copy an id of its own, and a file the name of its id.")

    def save(self, record: Record, opened: Entry | None = None, *, merge: bool = False) -> Entry:
        """Save a record: a new one, or a changed one on top of what was opened.

        Parameters
        ----------
        record : Record
            What should stand in the register.
        opened : Entry, optional
            The record as it was when it was opened; leave it out for a new record.
        merge : bool
            Take over what somebody else changed meanwhile, where it is in other fields.

        Returns
        -------
        Entry
            The record as it stands now.

        Raises
        ------
        ConflictError
            If somebody else changed or deleted it meanwhile. Nothing is overwritten.
        BusyError
            If another program is writing for too long.
        ReadOnlyError
            If the register may not be written.
        """
        path = self.file(record.id)
        with self._locked():
            path.parent.mkdir(exist_ok=True)
            if opened is None:
                if path.exists():
                    message = t("There is a record {id} already. Open that one, or choose another id.", id=record.id)
                    raise LabkitError(message)
                text = new_text(record)
            else:
                record, text = self._onto(record, opened, path, merge)
            save_text(path, text)
            version = _fingerprint(text.encode("utf-8"))
            return Entry(record.from_version(version), version)

    def start(self, id: str, text: str) -> Path:
        """Write the first text of a record that is still to be filled in; an existing one is never overwritten."""
        path = self.file(id)
        with self._locked():
            path.parent.mkdir(exist_ok=True)
            if path.exists():
                raise LabkitError(t("There is a record {id} already. Open that one, or choose another id.", id=id))
            return save_text(path, text)

    def _onto(self, record: Record, opened: Entry, path: Path, merge: bool) -> tuple[Record, str]:
        """Return the record and its text, on top of the file as it stands now."""
        kind = type(record)
        shown = f"{kind.FOLDER}/{path.name}"
        before, wanted = opened.record.as_dict(), record.as_dict()
        if not path.is_file():
            message = t("Somebody deleted {id} since you opened it. Nothing was saved.", id=record.id)
            raise ConflictError(
                f"{message} {t('Save it as a new record if it should stay.')}", Differences(before, {}, wanted)
            )
        data = path.read_bytes()
        text = decode(data)
        if _fingerprint(data) == opened.version:
            return record, changed_text(text, record)
        now = self._entry(kind, path, shown).record
        found = Differences(before, now.as_dict(), wanted)
        if wanted == before:
            return now, text  # you changed nothing: theirs stays
        if now.as_dict() in (before, wanted):
            return record, changed_text(text, record)  # only comments or form are other
        merged = found.merged
        if merge and merged is not None:
            both = to_record(kind, merged, shown)
            return both, changed_text(text, both)
        raise ConflictError(_told(shown, found), found)

    def delete(self, id: str, opened: Entry | None = None) -> Path:
        """Move a record to the trash folder, from where it can be restored.

        Parameters
        ----------
        id : str
            The record.
        opened : Entry, optional
            If given, a record that somebody changed since then is not deleted.

        Returns
        -------
        Path
            Where it lies now.
        """
        path = self.file(id)
        with self._locked():
            if not path.is_file():
                raise self._unknown(id)
            if opened is not None and _fingerprint(path.read_bytes()) != opened.version:
                now = self._entry(self._kind(id), path, path.name).record.as_dict()
                found = Differences(opened.record.as_dict(), now, {})
                raise ConflictError(_told(f"{path.parent.name}/{path.name}", found), found)
            target = self.path / TRASH / path.parent.name
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
            place = target / f"{id}.{stamp}.yaml"
            try:
                target.mkdir(parents=True, exist_ok=True)
                path.replace(place)
            except OSError as error:
                reason = error.strerror or str(error)
                raise LabkitError(
                    t(
                        "{id} could not be moved to {path}: {reason}. It stays where it is.",
                        id=id,
                        path=str(target),
                        reason=reason,
                    )
                ) from None
        return place

    def restore(self, id: str) -> Entry:
        """Take the newest deleted version of a record out of the trash."""
        path = self.file(id)
        with self._locked():
            if path.exists():
                raise LabkitError(t("There is a record {id} already. Open that one, or choose another id.", id=id))
            found = sorted(self._trashed(id))
            if not found:
                raise UnknownNameError(t("There is no {id} in the trash.", id=id))
            self._parsed(self._kind(id), found[-1], f"{id}.yaml")  # what cannot be read stays there
            path.parent.mkdir(exist_ok=True)
            found[-1].replace(path)
        return self.read(id)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        check_writable(self.path, self.protected)
        if not self.path.exists():
            Folder.create(self.path)
        with locked(self.path, self.patience):
            if not self._tidied:
                self._tidied = True
                tidy(self.path / kind.FOLDER for kind in KINDS.values())
            yield

    def _kind(self, id: str) -> type[Record]:
        for name in PREFIXES:
            if re.match(id_pattern(name), str(id)):
                return KINDS[name]
        raise self._unknown(id)

    def taken(self, id: str) -> bool:
        """Say whether an id has been used: by a record, by a file that cannot be read, or by a deleted record."""
        return self.file(id).exists() or any(True for _ in self._trashed(id))

    def _trashed(self, id: str) -> Iterator[Path]:
        return (self.path / TRASH / self._kind(id).FOLDER).glob(f"{id}.*.yaml")

    def _unknown(self, id: str) -> UnknownNameError:
        names = [path.stem for kind in KINDS.values() for path in (self.path / kind.FOLDER).glob("*.yaml")]
        near = nearest(str(id), names)
        hint = (
            t("Did you mean {names}?", names=t(" or ").join(near))
            if near
            else t("Look in {path}.", path=str(self.path))
        )
        return UnknownNameError(f"{t('There is no record {id}.', id=id)} {hint}", near)


def _fingerprint(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def _told(shown: str, found: Differences) -> str:
    """Return what a writer must know of the change of another."""
    head = t("Somebody changed {file} since you opened it. Nothing was overwritten.", file=shown)
    if found.clashes:
        advice = t(
            "Read the register anew with register.reload(), and make your change again: a field was changed by both."
        )
    else:
        advice = t("You changed other fields than they did: save with merge=True to keep both.")
    return f"{head} {advice}\n{found}"


@contextlib.contextmanager
def _no_pause() -> Iterator[None]:
    """Let Python not look for circles of garbage while thousands of small objects are made: there are none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass(frozen=True)
class UsedIds:
    """The ids that a folder has seen, deleted ones too: an id stays with its record for ever."""

    folder: Folder

    def __contains__(self, id: object) -> bool:
        return self.folder.taken(str(id))
