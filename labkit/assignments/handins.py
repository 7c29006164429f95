"""Hand-ins: who handed in what, and when; read from what `collect` wrote, or from any usual layout of folders."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from labkit.assignments.collecting.moments import read_stamp
from labkit.assignments.glance import Glance, Wanted, choose, glance
from labkit.assignments.results import Late
from labkit.assignments.safe_files import files_under, normal, printable, read_file
from labkit.errors import LabkitError
from labkit.language import t

#: What `collect` writes beside the hand-ins.
FILE = "collected.json"

#: Why a lecturer should look: it was refused, something is not sure, a student is not known, nobody handed in,
#: two hand-ins are the same, or something was left alone.
ProblemKind = Literal["refused", "unclear", "unknown", "missing", "same", "note"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Problem(_Part):
    """One thing that a lecturer should look at.

    Attributes
    ----------
    kind : {"refused", "unclear", "unknown", "missing", "same", "note"}
    where : str
        The file or folder as it was handed in; "" if it concerns none.
    student : str
        Whom it concerns; "" if that is not known.
    text : str
        One or two sentences: what it is, and what to do or to ask.
    """

    kind: ProblemKind
    where: str = ""
    student: str = ""
    text: str


class HandIn(_Part):
    """One hand-in.

    Attributes
    ----------
    student : str
        The id of the student; of a group: the first of its members, or the one who handed in.
    members : list of str
        All students who get its result; the student alone, or all members of the group.
    group : str
        "" if the student handed in alone.
    name : str
        What the learning platform or the roster calls the student; "" if that is not known.
    folder : str
        Where all its files are, below `root`.
    file : str
        The notebook that counts, below `root`, with "/"; "" if there is none that can be graded.
    files : list of str
        All its files, below `root`.
    original : str
        The name under which the notebook was handed in, with its folders, as the learning platform gave it.
    received : str
        When (ISO 8601 with its zone); "" if that is not known.
    received_from : {"", "platform", "zip", "file", "nbgrader"}
        What says so: the platform's own text, the clock of a zip entry, that of the file, or nbgrader's timestamp.
    attempt : int
        1 for a first hand-in.
    language : {"nl", "en"} or None
        In which the student reads; None if nothing tells.
    late : Late or None
        What the policy says; nothing is taken off.
    area : str
        The district that the roster gives; "" if it does not say.
    digest : str
        SHA-256 of what was handed in, to know a changed hand-in.
    notes : list of str
        What student and lecturer should know.
    root : Path
        The folder that all paths are below; not saved.
    """

    student: str
    members: list[str] = []
    group: str = ""
    name: str = ""
    folder: str = ""
    file: str = ""
    files: list[str] = []
    original: str = ""
    received: str = ""
    received_from: Literal["", "platform", "zip", "file", "nbgrader"] = ""
    attempt: int = 1
    language: Literal["nl", "en"] | None = None
    late: Late | None = None
    area: str = ""
    digest: str = ""
    notes: list[str] = []
    root: Path = Field(Path(), exclude=True, repr=False)

    @property
    def path(self) -> Path | None:
        """The notebook that counts; None if there is none."""
        return self.root / self.file if self.file else None

    def read(self) -> bytes:
        """Return the contents of the notebook that counts; a link or a file that is too large is refused.

        Raises
        ------
        LabkitError
            If there is no notebook, or it cannot be read.
        """
        if self.path is None:
            raise LabkitError(t("{student} handed in no notebook.", student=self.student))
        return read_file(self.path)


class Collected(_Part):
    """All hand-ins of an assignment, as `collected.json` holds them.

    Attributes
    ----------
    assignment : str
        The id of the assignment; "" if that is not known.
    handins : list of HandIn
        By student.
    missing : list of str
        The students of the roster who handed in nothing.
    problems : list of Problem
    """

    schema_version: Literal[1] = 1
    assignment: str = ""
    handins: list[HandIn] = []
    missing: list[str] = []
    problems: list[Problem] = []

    def of(self, student: str) -> HandIn | None:
        """Return the hand-in that gives a student a result, or None."""
        return next((one for one in self.handins if student in (one.student, *one.members)), None)


def read_handins(path: str | Path, wanted: Wanted | None = None) -> list[HandIn]:
    r"""Return the hand-ins in a folder; see `read_collected`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     (Path(folder) / "s1234567").mkdir()
    ...     _ = (Path(folder) / "s1234567" / "week1.ipynb").write_text('{"cells": [], "metadata": {}}')
    ...     [(one.student, one.file) for one in read_handins(folder)]
    [('s1234567', 's1234567/week1.ipynb')]
    """
    return read_collected(path, wanted).handins


def read_collected(path: str | Path, wanted: Wanted | None = None) -> Collected:
    """Read the hand-ins of an assignment.

    Parameters
    ----------
    path : str or Path
        A folder: what `labkit assignment collect` wrote; notebooks side by side (the student is the name of the
        file); a folder a student; nbgrader's `submitted/<student>/<assignment>/`, or the folder that holds it. Or
        one notebook.
    wanted : Wanted, optional
        What the notebook of this assignment looks like; it decides where a student has several.

    Returns
    -------
    Collected
        A hand-in without a notebook is in it too, with `file` "" and a note.

    Raises
    ------
    LabkitError
        If there is no such folder, it is a zip (collect that first), or `collected.json` cannot be read.
    """
    place = Path(path)
    if place.is_file():
        return _of_file(place)
    if not place.is_dir():
        raise LabkitError(t("There is no folder {path}. Check the name.", path=place))
    if (place / FILE).is_file():
        return _saved(place)
    if (place / "submitted").is_dir():
        place = place / "submitted"
    return _of_folder(place, wanted or Wanted())


def _of_file(place: Path) -> Collected:
    data = read_file(place) if place.suffix.lower() != ".zip" else b"PK"
    if data.startswith(b"PK"):
        raise LabkitError(
            t("{path} is a zip. Collect it first: labkit assignment collect {path} --out FOLDER", path=place)
        )
    found = HandIn(
        student=printable(normal(place.stem)),
        members=[printable(normal(place.stem))],
        file=place.name,
        files=[place.name],
        original=place.name,
        root=place.parent,
    )
    return Collected(handins=[found])


def _saved(folder: Path) -> Collected:
    """Read `collected.json`, and refuse what it names outside its own folder."""
    try:
        found = Collected.model_validate_json(read_file(folder / FILE))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(one) for one in first["loc"])
        raise LabkitError(
            t(
                "{path}: {field}: {cause}. Collect the hand-ins again.",
                path=folder / FILE,
                field=where or FILE,
                cause=first["msg"],
            )
        ) from None
    for one in found.handins:
        one.root = folder
        for name in (one.folder, one.file, *one.files):
            _inside(folder, name)
    return found


def _inside(folder: Path, name: str) -> None:
    place = (folder / name).resolve()
    if not place.is_relative_to(folder.resolve()):
        raise LabkitError(
            t(
                "{path} names {name}, which lies outside its folder. Collect the hand-ins again.",
                path=folder / FILE,
                name=name,
            )
        )


def _of_folder(folder: Path, wanted: Wanted) -> Collected:
    told: list[str] = []
    by_student: dict[str, list[Path]] = {}
    for file in files_under(folder, told):
        parts = file.relative_to(folder).parts
        if len(parts) > 1:
            by_student.setdefault(normal(parts[0]), []).append(file)
        elif file.suffix.lower() in (".ipynb", ".yaml", ".yml"):  # notebooks, and project records
            by_student.setdefault(normal(file.stem), []).append(file)
    handins = [_handin(folder, student, files, wanted) for student, files in sorted(by_student.items())]
    return Collected(
        assignment=wanted.assignment,
        handins=handins,
        problems=[Problem(kind="refused", where=str(folder.name), text=one) for one in told],
    )


def _handin(root: Path, student: str, files: list[Path], wanted: Wanted) -> HandIn:
    seen, notes = _notebooks(files)
    of_assignment = [one for one in seen if one[0].parent.name == wanted.assignment] or seen
    name = printable(student)
    made = HandIn(
        student=name,
        members=[name],
        folder=student if len(files[0].relative_to(root).parts) > 1 else "",
        files=[file.relative_to(root).as_posix() for file in files],
        notes=notes,
        root=root,
    )
    if not of_assignment:
        made.notes.append(t("There is no notebook among the files: {names}.", names=", ".join(f.name for f in files)))
        return made
    place, note = choose([(file.relative_to(root).as_posix(), one) for file, one in of_assignment], wanted)
    chosen, about = of_assignment[place]
    made.file = made.original = chosen.relative_to(root).as_posix()
    made.language = "nl" if about.language == "nl" else "en" if about.language == "en" else None
    made.notes += [note] if note else []
    stamp = chosen.parent / "timestamp.txt"
    if stamp in files:  # written by nbgrader when the student handed in
        moment = read_stamp(read_file(stamp, 1000).decode("utf-8", "replace"), UTC)
        made.received, made.received_from = (moment.isoformat(), "nbgrader") if moment else ("", "")
    return made


def _notebooks(files: Iterable[Path]) -> tuple[list[tuple[Path, Glance]], list[str]]:
    """Return the notebooks among files, the one saved last at the end, and what could not be read."""
    notes: list[str] = []
    found = list(_look(files, notes))
    return sorted(found, key=lambda one: (one[0].stat().st_mtime, one[0].name)), notes


def _look(files: Iterable[Path], notes: list[str]) -> Iterator[tuple[Path, Glance]]:
    for file in files:
        if file.suffix.lower() not in (".ipynb", ".json", ".txt"):
            continue
        try:
            about = glance(read_file(file))
        except LabkitError as error:
            notes.append(str(error))
            continue
        if about is not None:
            yield file, about
        elif file.suffix.lower() in (".ipynb", ".yaml", ".yml"):  # notebooks, and project records
            # It carries the name of a notebook: the grader says what is wrong with it.
            yield file, Glance("", "", frozenset(), -1)


def dumps(collected: Collected) -> str:
    """Return all hand-ins as the text of `collected.json`: the same hand-ins, the same bytes."""
    return json.dumps(collected.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"
