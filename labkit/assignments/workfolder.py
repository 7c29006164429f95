"""The folder of one hand-in: filled, watched, and removed, whatever a student's code has made of it."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

from labkit.errors import LabkitError
from labkit.language import t

Files = Mapping[str, bytes] | str | Path | None

#: The most files and folders that a hand-in may make.
MOST_FILES = 2000


def fill(folder: Path, files: Files, assignment_json: bytes | None) -> None:
    """Make the folders of a hand-in, `work`, `home` and `tmp`, and put its files into the first.

    Links are left out: they may lead to what is not theirs.
    """
    for name in ("work", "home", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    work = (folder / "work").resolve()
    if isinstance(files, str | Path):
        shutil.copytree(files, work, dirs_exist_ok=True, ignore=_links)
    else:
        for name, data in (files or {}).items():
            place = (work / name).resolve()
            if not place.is_relative_to(work) or place == work:
                raise LabkitError(
                    t("{name} is no name for a file of a hand-in: it leads out of its folder.", name=name)
                )
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    if assignment_json is not None:
        (work / "assignment.json").write_bytes(assignment_json)


def _links(folder: str, names: list[str]) -> list[str]:
    """Return what is a link or no ordinary file or folder."""
    places = [(name, Path(folder) / name) for name in names]
    return [name for name, place in places if place.is_symlink() or not (place.is_file() or place.is_dir())]


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder, by their names in it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     fill(Path(folder), {"data/a.csv": b"x"}, None)
    ...     contents(Path(folder) / "work")
    {'data/a.csv': b'x'}
    """
    found = sorted(place for place in folder.rglob("*") if place.is_file())
    return {place.relative_to(folder).as_posix(): place.read_bytes() for place in found}


def overfull(folder: Path, most_bytes: int, pid: int | None = None) -> bool:
    """Return whether a folder holds more files or bytes than a hand-in may make; with those that a process hides."""
    files, size = 0, _removed_and_open(pid) if pid else 0
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    files += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        size += _size(entry.stat(follow_symlinks=False))
                    if files > MOST_FILES or size > most_bytes:
                        return True
        except OSError:  # just removed, or a name longer than the system takes
            files += 100
    return False


def _size(found: os.stat_result) -> int:
    """Return how much room a file takes: it may take more than it says, or say more than it takes."""
    return max(found.st_size, getattr(found, "st_blocks", 0) * 512)


def _removed_and_open(pid: int) -> int:
    """Return the size of the files that a process has removed and still writes to, where that can be seen."""
    size = 0
    with contextlib.suppress(OSError):
        for end in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                found = end.stat()
                if stat.S_ISREG(found.st_mode) and not found.st_nlink:
                    size += _size(found)
    return size


def remove(folder: Path) -> None:
    """Remove a folder, also one with folders in folders deeper than a path can be long, or without rights."""
    number = 0
    waiting = True
    while waiting:
        waiting = False
        for entry in _entries(folder):
            if not entry.is_dir(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    Path(entry.path).unlink()
                continue
            with contextlib.suppress(OSError):
                Path(entry.path).chmod(0o700)
            for inner in _entries(Path(entry.path)):
                if inner.is_dir(follow_symlinks=False):  # lift it, so that no path gets longer
                    number += 1
                    with contextlib.suppress(OSError):
                        Path(inner.path).chmod(0o700)
                        Path(inner.path).rename(folder / f"lifted-{number}")
                        waiting = True
                else:
                    with contextlib.suppress(OSError):
                        Path(inner.path).unlink()
            with contextlib.suppress(OSError):
                Path(entry.path).rmdir()
    shutil.rmtree(folder, ignore_errors=True)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []
