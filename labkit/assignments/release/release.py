"""Release an assignment: a folder and a zip for students, and a copy with solutions for afterwards."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labkit.assignments import companion, notebook
from labkit.assignments.assignment import Assignment, open_assignment, source_file
from labkit.assignments.release import archive, datafiles, districts, guard, public, writing
from labkit.assignments.release.notebooks import steps
from labkit.assignments.release.solved import solved
from labkit.errors import LabkitError, WrongUseError
from labkit.language import t
from labkit.saving import save_bytes


@dataclass(frozen=True)
class Released:
    """What a release wrote.

    Attributes
    ----------
    assignment : str
        Its id.
    folder, archive : Path
        The same files: as they are, and as a zip.
    notebooks : tuple of str
        The names of the notebooks in it, one for each language.
    sizes : dict of str to int
        All files of the folder, bytes.
    digest : str
        SHA-256 of the zip: the same source gives the same one.
    changed : bool
        Whether anything is different from what stood there.
    districts : int
        For how many students and groups a district was dealt.
    proved : int
        For how many districts the solution was run; 0 if it was not.
    solutions : Path or None
        The folder with the solutions.
    notes : tuple of str
        What the lecturer should look at.
    """

    assignment: str
    folder: Path
    archive: Path
    notebooks: tuple[str, ...]
    sizes: dict[str, int]
    digest: str
    changed: bool
    districts: int
    proved: int
    solutions: Path | None
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for JSON."""
        return {
            "assignment": self.assignment,
            "folder": str(self.folder),
            "archive": str(self.archive),
            "notebooks": list(self.notebooks),
            "sizes": self.sizes,
            "digest": self.digest,
            "changed": self.changed,
            "districts": self.districts,
            "proved": self.proved,
            "solutions": str(self.solutions) if self.solutions else None,
            "notes": list(self.notes),
        }


def release(
    source: str | Path,
    out: str | Path,
    language: str | None = None,
    roster: str | Path | None = None,
    solutions: str | Path | None = None,
    *,
    with_hidden: bool = False,
    run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Released:
    """Release an assignment.

    Parameters
    ----------
    source : str or Path
        The assignment: a notebook (`.ipynb`, `.py`, `.md`), or a folder with one called `exercise`.
    out : str or Path
        Where the release goes: a folder and a zip, both called as the assignment. All in it may be given to students.
    language : {"nl", "en"}, optional
        Only this one; each of the settings if left out.
    roster : str or Path, optional
        A CSV with the column `student`: districts are dealt over these.
    solutions : str or Path, optional
        Where a copy with the solutions goes; never in `out`.
    with_hidden : bool
        Put the hidden checks and mark schemes into that copy too.
    run : bool
        Try it first: the solution must pass all checks for each district, and an untouched copy none.
    progress : function, optional
        Told meanwhile how much is done, and how much there is.

    Returns
    -------
    Released

    Raises
    ------
    LabkitError
        If the source has errors, or something would be given away. Then nothing is written, and an earlier release
        stays as it is.
    """
    assignment = _linted(source)
    place = Path(out)
    folder = place / assignment.id
    writing.may_replace(folder, assignment.id, assignment.path)
    answers = _solutions_folder(assignment, place, solutions)
    languages = _languages(assignment, language)
    given = districts.of_roster(assignment.header, roster, folder) if roster is not None else {}
    built = build(assignment, languages, given)
    _guarded(built.packed, assignment, districts.private(roster) if roster is not None else set())
    proved = 0
    if run:
        from labkit.assignments.release.proof import prove

        proved = prove(assignment, built.notebooks, built.files, progress)
    _make(place)
    changed = writing.replace_folder(folder, built.files)
    zipped = place / f"{assignment.id}.zip"
    if not zipped.is_file() or zipped.read_bytes() != built.packed:
        save_bytes(zipped, built.packed)
        changed = True
    if answers:
        _make(answers.parent)
        writing.replace_folder(answers, _answered(assignment, built, with_hidden=with_hidden))
    return Released(
        assignment=assignment.id,
        folder=folder,
        archive=zipped,
        notebooks=tuple(built.notebooks),
        sizes={name: len(data) for name, data in built.files.items()},
        digest=hashlib.sha256(built.packed).hexdigest(),
        changed=changed,
        districts=len(given),
        proved=proved,
        solutions=answers,
        notes=() if proved else built.notes,
    )


@dataclass(frozen=True)
class Built:
    """A release before it is written.

    Attributes
    ----------
    notebooks : dict of str to str
        Name -> language.
    files : dict of str to bytes
        All that students get: path -> contents.
    packed : bytes
        The same as a zip.
    notes : tuple of str
        What the lecturer should look at.
    """

    notebooks: dict[str, str]
    files: dict[str, bytes]
    packed: bytes
    notes: tuple[str, ...]


def build(assignment: Assignment, languages: tuple[str, ...], given: dict[str, str] | None = None) -> Built:
    """Build a release, without writing anything.

    Parameters
    ----------
    assignment : Assignment
    languages : tuple of {"nl", "en"}
    given : dict of str to str, optional
        The districts that were dealt: salted hash -> code.
    """
    made = {language: steps(assignment, language) for language in languages}
    ending = {language: f"_{language}" if len(languages) > 1 else "" for language in languages}
    notebooks = {f"{assignment.path.stem}{ending[language]}.ipynb": language for language in languages}
    files = _put_together(
        {name: notebook.dumps(made[language][0]).encode() for name, language in notebooks.items()},
        {companion.NAME: public.companion(assignment, languages, given).as_json().encode()},
        datafiles.collect(assignment),
    )
    unsure = dict.fromkeys(check for _, checks in made.values() for check in checks)
    notes = tuple(
        t(
            "Check {check} may pass on an answer that nobody gave: let it look at a name that the solution gives.",
            check=one,
        )
        for one in unsure
    )
    return Built(notebooks, files, archive.pack(files, assignment.id), notes)


def _answered(assignment: Assignment, built: Built, *, with_hidden: bool) -> dict[str, bytes]:
    """Return the same files, with the solutions in the notebooks."""
    copies = {
        f"{Path(name).stem}_solutions.ipynb": notebook.dumps(
            solved(assignment, language, with_hidden=with_hidden)
        ).encode()
        for name, language in built.notebooks.items()
    }
    return copies | {name: data for name, data in built.files.items() if name not in built.notebooks}


def _linted(source: str | Path) -> Assignment:
    """Return the assignment, if nothing in it must be put right first."""
    from labkit.assignments.lint.lint import lint

    # What cannot be read at all is told by lint with its place, and all else that is wrong beside it.
    errors = lint(source_file(source)).of("error")
    if errors:
        told = "\n".join(f"- {one}" for one in errors)
        raise LabkitError(t("The release was refused, and nothing was written. Put this right first:") + "\n" + told)
    return open_assignment(source)


def _languages(assignment: Assignment, language: str | None) -> tuple[str, ...]:
    if language is None:
        return tuple(dict.fromkeys(assignment.header.languages))
    if language not in assignment.header.languages:
        raise WrongUseError(
            t(
                "{assignment} is not written in {asked}: its settings name {languages}.",
                assignment=assignment.id,
                asked=language,
                languages=", ".join(assignment.header.languages),
            )
        )
    return (language,)


def _put_together(*kinds: dict[str, bytes]) -> dict[str, bytes]:
    """Return all files; refuse two of one name, also where capitals make no difference."""
    found: dict[str, bytes] = {}
    names: set[str] = set()
    for files in kinds:
        for name, data in files.items():
            if name.casefold() in names:
                raise LabkitError(t("Two files of the release are called {name}. Call one otherwise.", name=name))
            names.add(name.casefold())
            found[name] = data
    return dict(sorted(found.items()))


def _guarded(packed: bytes, assignment: Assignment, names: set[str]) -> None:
    """Write the zip to a place where nobody looks, and let the guard read it from there."""
    with tempfile.TemporaryDirectory(prefix="labkit-release-") as folder:
        file = Path(folder) / "release.zip"
        file.write_bytes(packed)
        guard.examine(file, open_assignment(assignment.path), names)


def _solutions_folder(assignment: Assignment, out: Path, solutions: str | Path | None) -> Path | None:
    """Return where the solutions go: never where students get things from."""
    if solutions is None:
        return None
    folder = Path(solutions) / assignment.id
    if folder.resolve().is_relative_to(out.resolve()) or out.resolve().is_relative_to(folder.resolve()):
        raise LabkitError(
            t(
                "{solutions} and {out} lie in each other: students would get the solutions. Choose another place for these.",
                solutions=solutions,
                out=out,
            )
        )
    writing.may_replace(folder, assignment.id, assignment.path)
    return folder


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LabkitError(
            t("The folder {folder} cannot be made: {reason}.", folder=folder, reason=error.strerror or error)
        ) from error
