"""The data that goes along: the files and folders that the settings name, and nothing outside the assignment."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from labkit.assignments.assignment import Assignment
from labkit.errors import LabkitError
from labkit.language import did_you_mean, t
from labkit.names import nearest

#: More than this is no assignment that students can download, bytes and files.
BIGGEST, MOST = 200_000_000, 2_000

#: What programs leave behind; it is never given to students.
LEFT_BEHIND = {"__pycache__", "Thumbs.db", "desktop.ini"}


def collect(assignment: Assignment) -> dict[str, bytes]:
    """Return the data of an assignment: the path of each file, from its folder on, and its contents.

    Raises
    ------
    LabkitError
        If a path leaves the folder, is a link, does not exist, or holds the assignment itself; or if it is too much.
    """
    home = assignment.path.parent
    found: dict[str, bytes] = {}
    size = 0
    for named in assignment.header.data:
        for file in _files(_inside(home, named, assignment), named):
            if file.samefile(assignment.path):
                raise _refused(named, t("the assignment itself lies in it. Put the data into a folder of their own"))
            size += file.stat().st_size
            if size > BIGGEST or len(found) >= MOST:
                cause = t("it is more than {size} MB or {number} files", size=BIGGEST // 10**6, number=f"{MOST:,}")
                raise _refused(named, cause)
            found[file.relative_to(home).as_posix()] = file.read_bytes()
    return dict(sorted(found.items()))


def _inside(home: Path, named: str, assignment: Assignment) -> Path:
    """Return the place of a file or folder, which must lie in the folder of the assignment."""
    plain = PurePosixPath(named.replace("\\", "/"))
    if plain.is_absolute() or ".." in plain.parts or (plain.parts and ":" in plain.parts[0]):
        raise _refused(named, t("it leaves the folder of the assignment"))
    place = home.joinpath(*plain.parts)
    for step in [place, *place.parents]:
        if step == home:
            break
        if step.is_symlink():
            raise _refused(named, t("it is a link. Put the file itself there"))
    if not place.exists():
        near = nearest(named, sorted(one.name for one in home.iterdir() if one.name != assignment.path.name))
        raise _refused(named, t("it does not exist") + (f". {did_you_mean(near)}" if near else ""))
    return place


def _files(place: Path, named: str) -> Iterator[Path]:
    """Yield the files of a folder, in one order on all systems; a link in it is refused."""
    mode = place.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise _refused(named, t("{name} is a link. Put the file itself there", name=place.name))
    if stat.S_ISDIR(mode):
        for one in sorted(place.iterdir(), key=lambda one: one.name):
            if not one.name.startswith(".") and one.name not in LEFT_BEHIND:
                yield from _files(one, named)
    elif stat.S_ISREG(mode):
        yield place
    else:
        raise _refused(named, t("{name} is no ordinary file", name=place.name))


def _refused(named: str, cause: str) -> LabkitError:
    end = "" if cause.endswith("?") else "."
    return LabkitError(t('"{name}" under data in the settings cannot be given: {cause}', name=named, cause=cause) + end)
