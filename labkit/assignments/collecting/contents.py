"""What is in a hand-in: its files, which of them is the notebook that counts, and what to ask if there is none."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from labkit.assignments.collecting.advice import advice
from labkit.assignments.collecting.archives import BIGGEST_HANDIN, MOST_FILES_HANDIN, Entry, unpacked
from labkit.assignments.collecting.arrivals import Arrival
from labkit.assignments.collecting.names import as_notebook, copy_number, free, shown, tidy
from labkit.assignments.collecting.wording import t, told_by
from labkit.assignments.glance import Glance, Wanted, choose, glance
from labkit.assignments.safe_files import is_junk
from labkit.errors import LabkitError

#: Endings of project records, which are hand-ins too.
RECORDS = (".yaml", ".yml")


@dataclass
class Content:
    """One file of a hand-in: under which name it is written, and what is in it."""

    name: str
    original: str
    data: bytes
    about: Glance | None = None
    order: tuple[datetime, int, int] = (datetime.min.replace(tzinfo=UTC), 0, 0)


@dataclass
class Contents:
    """All files of a hand-in.

    Attributes
    ----------
    files : list of Content
    notebook : Content or None
        The one that counts; also one that is called a notebook and cannot be read, if there is no other.
    notes : list of str
        What student and lecturer should know.
    refused : list of (str, str)
        The name and the reason of what was left out.
    wrong : list of str
        What to ask of the student, if there is no notebook that can be read.
    """

    files: list[Content] = field(default_factory=list)
    notebook: Content | None = None
    notes: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def readable(self) -> bool:
        """Whether there is a notebook that can be read."""
        return self.notebook is not None and self.notebook.about is not None

    @property
    def has_records(self) -> bool:
        """Whether there is a file that can be a project record."""
        return any(one.name.lower().endswith(RECORDS) for one in self.files)

    @property
    def digest(self) -> str:
        """SHA-256 over the names and contents of all files."""
        whole = hashlib.sha256()
        for one in sorted(self.files, key=lambda one: one.name):
            whole.update(f"{one.name}\0{hashlib.sha256(one.data).hexdigest()}\n".encode())
        return whole.hexdigest()


def contents(arrival: Arrival, wanted: Wanted, zone: tzinfo) -> Contents:
    """Read all files of an arrival, and choose the notebook that counts."""
    found = Contents()
    taken: set[str] = set()
    with ExitStack() as stack:  # a zip within the hand-in takes memory only until it is read
        for entry in _all(arrival, zone, stack, found):
            try:
                data = entry.read()
            except LabkitError as error:
                found.refused.append((entry.name, told_by(error)))
                continue
            _add(found, entry, data, taken)
    _choose(found, wanted)
    return found


def _all(arrival: Arrival, zone: tzinfo, stack: ExitStack, found: Contents) -> list[Entry]:
    """Return all files, those in zips too, as far as they are not too many or too large together."""

    def refuse(name: str, text: str) -> None:
        found.refused.append((name, text))

    listed: list[Entry] = []
    size = 0
    for entry in arrival.files:
        for one in unpacked(entry, zone, stack, refuse):
            if is_junk("/".join(one.parts)):
                continue
            size += one.size
            if len(listed) >= MOST_FILES_HANDIN or size > BIGGEST_HANDIN:
                refuse(
                    arrival.where,
                    t(
                        "{name} holds more than {files} files or {size} MB; the rest is left out. Needed: the notebook itself.",
                        name=shown(arrival.where),
                        files=MOST_FILES_HANDIN,
                        size=BIGGEST_HANDIN // 10**6,
                    ),
                )
                return listed
            listed.append(one)
    return listed


def _add(found: Contents, entry: Entry, data: bytes, taken: set[str]) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = _as_utf8(data)
    about = glance(data)
    name = tidy(entry.file)
    if about is not None and not name.endswith(".ipynb"):
        name = as_notebook(name)
        found.notes.append(t("{name} is a notebook, and is kept as {new}.", name=shown(entry.file), new=name))
    elif name != entry.file:
        found.notes.append(t("{name} is kept as {new}.", name=shown(entry.file), new=name))
    kept = free(name, taken)
    if kept != name:
        found.notes.append(
            t(
                "There are several files {name}; {original} is kept as {new}.",
                name=name,
                original=shown(entry.name),
                new=kept,
            )
        )
    stem = entry.file.rpartition(".")[0]
    moment = entry.time or datetime.min.replace(tzinfo=UTC)
    found.files.append(Content(kept, entry.name, data, about, (moment, copy_number(stem), len(found.files))))


def _as_utf8(data: bytes) -> bytes:
    try:
        return data.decode("utf-16").encode()
    except UnicodeError:
        return data


def _choose(found: Contents, wanted: Wanted) -> None:
    notebooks = sorted((one for one in found.files if one.about is not None), key=lambda one: one.order)
    if notebooks:
        place, note = choose([(one.name, one.about) for one in notebooks if one.about], wanted)
        found.notebook = notebooks[place]
        found.notes += [note] if note else []
        other = found.notebook.about.assignment if found.notebook.about else ""
        if wanted.assignment and other and other != wanted.assignment:
            found.wrong.append(
                t(
                    "{name} is of another assignment, {other}. Needed: that of {assignment}.",
                    name=found.notebook.name,
                    other=other,
                    assignment=wanted.assignment,
                )
            )
        return
    called = [one for one in found.files if one.name.lower().endswith(".ipynb") and one.data.strip()]
    found.notebook = max(called, key=lambda one: one.order) if called else None
    found.wrong += [advice(one.original.rpartition("/")[2], one.data) for one in found.files if not _extra(one)][:5]
    if not found.files and not found.refused:
        found.wrong.append(t("There is no file in it. Needed: the .ipynb file."))


def _extra(one: Content) -> bool:
    return one.name.lower().endswith((*RECORDS, ".csv", ".md"))
