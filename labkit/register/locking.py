"""One writer at a time in a register that many share."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from labkit.language import t
from labkit.register.errors import BusyError, ReadOnlyError

LOCK = ".lock"
_LABKIT = Path(__file__).parent.parent


@contextlib.contextmanager
def locked(folder: Path, patience: float) -> Iterator[None]:
    """Hold the register's lock; the system lets it go when the program ends, however it ends.

    Raises
    ------
    BusyError
        If another program holds it for longer than `patience` seconds.
    ReadOnlyError
        If the folder may not be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=patience, mode=0o666)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(
            t("Another program is writing in {path}. Wait a moment, and try again.", path=str(folder))
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadOnlyError(
            t("{path} may not be written: {reason}. Make a copy of the register.", path=str(folder), reason=reason)
        ) from None
    try:
        yield
    finally:
        lock.release()


def check_writable(folder: Path) -> None:
    """Say so if a register must stay as it is: the one inside an installed labkit."""
    if folder.resolve().is_relative_to(_LABKIT):
        raise ReadOnlyError(
            t("This register is part of labkit. Make a copy of your own with register.copy(folder), and open that.")
        )


def tidy(folders: Iterable[Path]) -> None:
    """Remove what a program that was killed left half-written more than an hour ago."""
    for folder in folders:
        for path in folder.glob(".*.part"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > 3600:
                    path.unlink()
