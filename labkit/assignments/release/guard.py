"""The guard of the release: opens the zip again, and refuses it if something is in it that students should not have."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

from labkit.assignments import companion
from labkit.assignments.assignment import Assignment, where
from labkit.assignments.markers import HIDDEN, SCHEME, SOLUTION
from labkit.assignments.release import contents, secrets
from labkit.assignments.release.secrets import Secret
from labkit.errors import LabkitError
from labkit.language import t

#: So many findings are told; more help nobody.
TOLD = 10


def examine(archive: Path, assignment: Assignment, names: Collection[str] = ()) -> None:
    """Read every file of a release, and refuse it if a secret of the source is in it.

    Secrets are lines of solutions, hidden checks and mark schemes that are not in the open parts of the source too.
    Refused are besides: marker lines, outputs, counts, absolute paths, and the names of authors.

    Parameters
    ----------
    archive : Path
        The zip, as it stands on disk.
    assignment : Assignment
        What it was made of; read anew from its file, so that no step can have changed it.
    names : collection of str
        What may not be in its `assignment.json`: the numbers of students and the names of groups.

    Raises
    ------
    LabkitError
        With what was found, where, and from where in the source it is.
    """
    known = secrets.of(assignment)
    authors = secrets.authors(assignment)
    places = secrets.places(assignment)
    found: list[str] = []
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            if name.startswith("/") or ".." in name.split("/"):
                found.append(t("{file} leaves the folder", file=name))
            inside = name.partition("/")[2]
            private = {*authors, *names} if inside == companion.NAME else authors
            found += _examined(inside, opened.read(name), known, private, places, assignment)
    if found:
        told = [f"- {one}" for one in dict.fromkeys(found)]
        more = [t("- and {number} more", number=len(told) - TOLD)] if len(told) > TOLD else []
        raise LabkitError(
            t("The release was refused, and nothing was written. It would give away:")
            + "\n"
            + "\n".join([*told[:TOLD], *more])
        )


def _examined(
    name: str,
    data: bytes,
    known: secrets.Secrets,
    private: Collection[str],
    places: Collection[str],
    assignment: Assignment,
) -> Iterator[str]:
    """Yield what is wrong with one file, in words."""
    for piece in contents.pieces(name, data):
        at = f"{name}{', ' if piece.where else ''}{piece.where}"
        if piece.fault:
            yield f"{at}: {piece.fault}"
            continue
        for secret in known.found_in(piece.text, source=piece.is_source):
            yield f"{at}: {_told(secret, assignment)}"
        if marker := secrets.marker_in(piece.text, source=piece.is_source):
            yield f"{at}: " + t('a marker, "{line}"', line=marker)
        if path := secrets.path_in(piece.text, places, source=piece.is_source):
            yield f"{at}: " + t('a path of one computer, "{path}"', path=path)
        for one in private:
            if secrets.is_named(one, piece.text):
                yield f"{at}: " + t('a name that should not be there, "{name}"', name=one)


def _told(secret: Secret, assignment: Assignment) -> str:
    said = {
        SOLUTION: t("a line of a solution"),
        HIDDEN: t("a line of a hidden check"),
        SCHEME: t("a line of a mark scheme"),
    }[secret.kind]
    shown = secret.line if len(secret.line) <= 60 else f"{secret.line[:57]}..."
    return t(
        '{what}, "{line}" ({where}). Write it differently there, or put it into the block too',
        what=said,
        line=shown,
        where=where(assignment.path.name, secret.cell, secret.number),
    )
