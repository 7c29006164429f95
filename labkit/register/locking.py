"""One writer at a time in a register that many share."""

from __future__ import annotations

import contextlib
import errno
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from labkit.language import t
from labkit.register.errors import BusyError, ReadOnlyError

LOCK = ".lock"
#: What a drive answers that knows no locks.
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
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

    # Without a fallback to a file that a killed program would leave behind for ever.
    lock = FileLock(folder / LOCK, timeout=patience, mode=0o666, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(
            t("Another program is writing in {path}. Wait a moment, and try again.", path=str(folder))
        ) from None
    except (OSError, NotImplementedError) as error:
        if getattr(error, "errno", None) in _NO_LOCKS or isinstance(error, NotImplementedError):
            # A shared drive without locks: the last look at the file, just before it is replaced, must do.
            yield
            return
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadOnlyError(
            t("{path} may not be written: {reason}. Make a copy of the register.", path=str(folder), reason=reason)
        ) from None
    try:
        yield
    finally:
        lock.release()


def check_writable(folder: Path, protected: bool = False) -> None:
    """Say so if a register must stay as it is: the one of a city that comes with labkit."""
    if protected or folder.resolve().is_relative_to(_LABKIT):
        raise ReadOnlyError(
            t(
                'This register comes with labkit and stays as it is. Work in a copy: register.working_copy("my-register").'
            )
        )


def tidy(folders: Iterable[Path]) -> None:
    """Remove what a program that was killed left half-written more than an hour ago."""
    for folder in folders:
        for path in folder.glob(".*.part"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > 3600:
                    path.unlink()
