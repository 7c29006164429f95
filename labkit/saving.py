"""Save a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from labkit.errors import LabkitError
from labkit.language import t


def save_text(path: str | Path, text: str) -> Path:
    """Write a text file so that a reader only ever sees the old file or the new one.

    The text goes to a neighbour of the file, is forced to disk, and then takes the file's name in one step.

    Parameters
    ----------
    path : str or Path
        Where the text should stand; its folder must exist.
    text : str
        The whole contents, written as UTF-8 with LF line ends.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    LabkitError
        If the folder is not there, or the file may not be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_text(Path(folder) / "note.txt", "hello").read_text()
    'hello'
    """
    return save_bytes(path, text.encode("utf-8"))


def save_bytes(path: str | Path, data: bytes) -> Path:
    """Write a binary file so that a reader only ever sees the old file or the new one; see `save_text`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_bytes(Path(folder) / "dot.bin", b"12").stat().st_size
    2
    """
    try:
        target = Path(path).resolve()  # through a link, to the file that it stands for
    except (TypeError, OSError, ValueError, RuntimeError) as error:
        raise LabkitError(
            t("{path} is no place for a file: {error}. Give a path.", path=repr(path), error=error)
        ) from error
    if target.is_dir():
        raise LabkitError(
            t(
                "{target} is a folder. Give the name of a file in it, such as {value}.",
                target=target,
                value=target / "name",
            )
        )
    if not target.parent.is_dir():
        raise LabkitError(
            t("The folder {parent} does not exist. Make it first, or choose another place.", parent=target.parent)
        )
    if target.exists() and not target.is_file():
        return _write_through(target, data)
    try:
        handle, neighbour = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise _refused(target, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files for the owner alone; what is shared should be readable as usual.
        Path(neighbour).chmod(_usual_mode(target))
        Path(neighbour).replace(target)
        _settle(target.parent)
    except OSError as error:
        Path(neighbour).unlink(missing_ok=True)
        raise _refused(target, error) from error
    except BaseException:
        Path(neighbour).unlink(missing_ok=True)
        raise
    return target


def _settle(folder: Path) -> None:
    """Force the folder's list of names to disk too, where the system can: the new name survives a power cut."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write_through(target: Path, data: bytes) -> Path:
    """Write to a pipe or device: it is not a file that another could take the place of."""
    try:
        with target.open("wb") as stream:
            stream.write(data)
    except OSError as error:
        raise _refused(target, error) from error
    return target


def _usual_mode(target: Path) -> int:
    """Return the rights that the file has, or that a new file would get."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refused(target: Path, error: OSError) -> LabkitError:
    reason = error.strerror or str(error)
    return LabkitError(
        t(
            "{target} could not be written: {reason}. Nothing was changed; free it, or choose another place.",
            target=target,
            reason=reason,
        )
    )
