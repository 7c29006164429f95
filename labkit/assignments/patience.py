"""How long our own work on an answer may take: a check has no end of its own, and an answer may be made to find none.

Checks and answers meet in the process that grades. `sum(answer)` of a range without end, or sorting out outlines that
cross each other a million times, would keep it busy for ever, and with it the class. Only a process that calls
`enforce` is limited: a worker, which can be ended and replaced.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
import threading
import time
from collections.abc import Iterator

from labkit.language import t

#: How much processor time one check may take, seconds: it is stopped between two steps of Python.
CHECK = 20.0

#: How much later this process ends itself if it cannot be stopped so: in a library written in C, or on Windows.
GRACE = 20.0


class TooSlow(Exception):  # noqa: N818 - it says what happened
    """A check took longer than it may."""


_ends: list[float] = []
_enforced: list[float] = []


def enforce(waiting: float, memory: int) -> None:
    """Limit this process from now on: it ends itself when it is busy with one answer for too long.

    Parameters
    ----------
    waiting : float
        How long functions of a student may keep a check waiting, seconds.
    memory : int
        How much memory this process may use, MB; kept on Linux only.
    """
    _enforced[:] = [waiting]
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        most = memory * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """End this process, if it is a worker, when what is done here takes longer than this."""
    if not _enforced:
        yield
        return
    _ends.append(time.monotonic() + seconds)
    _arm()
    try:
        yield
    finally:
        _ends.pop()
        _arm()


def _arm() -> None:
    """Set the one clock that runs beside Python itself to the first of all ends."""
    faulthandler.cancel_dump_traceback_later()
    if _ends:
        left = max(min(_ends) - time.monotonic(), 0.1)
        faulthandler.dump_traceback_later(left, exit=True, file=_nowhere())


def _nowhere() -> int:
    if not _NOWHERE:
        _NOWHERE.append(os.open(os.devnull, os.O_WRONLY))
    return _NOWHERE[0]


_NOWHERE: list[int] = []


@contextlib.contextmanager
def a_check(seconds: float = CHECK) -> Iterator[None]:
    """Raise `TooSlow` when the code of a check takes longer than this; only in a worker.

    Waiting for a function of the student does not count: that has limits of its own.
    """
    if not _enforced:
        yield
        return
    with within(seconds + _enforced[0] + GRACE):
        if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGPROF, _stop)
        signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)


def _stop(*_: object) -> None:
    signal.setitimer(signal.ITIMER_PROF, 0)
    raise TooSlow(t("It took too long to look at this answer."))
