"""Read files that others made: never through a link, never a device, never more than was agreed."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from labkit.assignments.collecting.wording import t
from labkit.assignments.notebook import BIGGEST
from labkit.errors import LabkitError

#: How deep folders may lie in each other before the rest is left alone.
DEEPEST = 12

#: Names that systems and editors leave behind; nobody hands them in.
JUNK = frozenset(
    {"__macosx", ".ds_store", "thumbs.db", "desktop.ini", ".ipynb_checkpoints", "__pycache__", ".git", ".venv"}
)


def is_junk(name: str) -> bool:
    """Return whether a path, or a part of it, is something that a system left behind.

    Examples
    --------
    >>> is_junk("__MACOSX/._week1.ipynb"), is_junk(".ipynb_checkpoints/week1-checkpoint.ipynb"), is_junk("week1.ipynb")
    (True, True, False)
    """
    parts = name.replace("\\", "/").split("/")
    return any(part.lower() in JUNK or part.startswith(("._", "~$")) for part in parts)


def normal(name: str) -> str:
    """Return a name in the one form in which it is compared and kept: e with its accent as one letter (NFC)."""
    return unicodedata.normalize("NFC", name)


def printable(name: str) -> str:
    r"""Return a name without signs that write over a terminal, or that cannot be written to a file.

    Examples
    --------
    >>> printable("zoë"), printable("a\x1b[2Jb"), printable("half \ud800")
    ('zoë', 'a?[2Jb', 'half ?')
    """
    return "".join(one if one.isprintable() else "?" for one in name)


def read_file(path: str | Path, most: int = BIGGEST) -> bytes:
    """Read a file of somebody else.

    Parameters
    ----------
    path : str or Path
        A plain file; a link, a folder, a pipe or a device is refused.
    most : int
        The largest size, bytes.

    Raises
    ------
    LabkitError
        If it is no plain file, too large, or cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a.txt").write_text("hello")
    ...     read_file(Path(folder) / "a.txt")
    b'hello'
    """
    file = Path(path)
    try:
        # Not following a link and not waiting for a pipe: then what was looked at is what is read.
        handle = os.open(
            file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except OSError as error:
        if file.is_symlink():
            raise LabkitError(_link(file.name)) from None
        raise LabkitError(
            t("{name} cannot be read: {cause}.", name=file.name, cause=error.strerror or type(error).__name__)
        ) from None
    with os.fdopen(handle, "rb") as stream:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode) or file.is_symlink():
            raise LabkitError(_link(file.name))
        if about.st_size > most:
            raise LabkitError(too_large(file.name, about.st_size, most))
        data = stream.read(most + 1)
    if len(data) > most:
        raise LabkitError(too_large(file.name, len(data), most))
    return data


def too_large(name: str, size: int, most: int) -> str:
    """Say that a file is larger than is taken."""
    return t(
        "{name} is {size} MB; at most {most} MB is read. Needed: a smaller one, without outputs or data.",
        name=name,
        size=round(size / 10**6, 1),
        most=most // 10**6,
    )


def _link(name: str) -> str:
    return t("{name} is a link or no plain file, and is not followed. Needed: the file itself.", name=name)


def files_under(folder: Path, problems: list[str] | None = None) -> Iterator[Path]:
    """Yield the plain files in a folder and the folders in it, in the order of their names.

    Links and special files are left alone, junk is passed over.

    Parameters
    ----------
    folder : Path
        Where to look.
    problems : list of str, optional
        Takes a line for each thing that was left alone.
    """
    told: list[str] = [] if problems is None else problems
    yield from _walk(folder, folder, told)


def _walk(folder: Path, top: Path, told: list[str]) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda one: normal(one.name))
    except OSError as error:
        told.append(t("{name} cannot be read: {cause}.", name=folder.name, cause=error.strerror or "?"))
        return
    for entry in entries:
        place = Path(entry.path)
        shown = place.relative_to(top).as_posix()
        if is_junk(entry.name):
            continue
        if entry.is_symlink() or not (entry.is_file() or entry.is_dir()):
            told.append(_link(shown))
        elif entry.is_file():
            yield place
        elif len(place.relative_to(top).parts) >= DEEPEST:
            told.append(t("{name} lies too deep in other folders, and is left alone.", name=shown))
        else:
            yield from _walk(place, top, told)
