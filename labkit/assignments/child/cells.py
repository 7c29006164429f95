"""Run one cell, and tell how it went."""

from __future__ import annotations

import _thread
import gc
import io
import linecache
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from labkit.assignments.child.printed import Printed
from labkit.assignments.child.shell import CELL, Shell

_LONGEST = 2000


class TimeUp(BaseException):
    """The time of a cell is up: not an Exception, so that `except Exception` does not stop it."""


class Cells:
    """The cells of one hand-in, run one after the other in one shell."""

    def __init__(self, shell: Shell, output: int, work: str) -> None:
        self.shell, self.work = shell, work
        self.names: dict[str, str] = {}
        self.printed = Printed(output)
        self.listen()

    def listen(self) -> None:
        """Have everything that is printed come to us, whatever the student did with the streams."""
        raw: Any = self.printed
        stream = io.TextIOWrapper(raw, encoding="utf-8", errors="replace", write_through=True)
        for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
            setattr(sys, name, stream)

    def run(self, source: str, name: str, seconds: float) -> dict[str, Any]:
        """Run a cell for at most so many seconds; return its outcome as plain data."""
        CELL.update(name=name, source=source, shown="")
        self.listen()
        self.names[name] = source
        began = time.monotonic()
        error: BaseException | None = None
        try:
            with limited(seconds):
                result = self.shell.run_cell(source, store_history=False)
                error = result.error_before_exec or result.error_in_exec
        except BaseException as other:  # an error of IPython itself, or the limit just after the cell
            error = other
        spent = time.monotonic() - began
        printed, dropped = self.printed.taken()
        outcome = {
            "printed": printed,
            "dropped": dropped,
            "shown": CELL["shown"][: self.printed.limit],
            "seconds": spent,
        }
        outcome |= self.fault(error) if error is not None else {"status": "ok"}
        del error
        for kept in ("last_exc", "last_value", "last_traceback", "last_type"):
            sys.__dict__.pop(kept, None)
        if outcome["status"] == "memory":
            gc.collect()
        return outcome

    def fault(self, error: BaseException) -> dict[str, Any]:
        """Return an error as plain data: its kind, and the lines of the student that led to it."""
        kind = type(error).__name__
        status = {"TimeUp": "time", "MemoryError": "memory"}.get(kind, "error")
        lines = [*self._places(error)]
        if isinstance(error, SyntaxError) and error.filename in self.names:
            lines.append(f"{error.filename}, line {error.lineno}: {(error.text or '').strip()}")
        try:
            text = str(error)[:_LONGEST]
        except BaseException:
            text = ""
        return {
            "status": status,
            "kind": kind[:100],
            "message": text,
            "text": "\n".join([*lines[-8:], f"{kind}: {text}" if text else kind]),
        }

    def _places(self, error: BaseException) -> Iterator[str]:
        for frame, number in traceback.walk_tb(error.__traceback__):
            file = frame.f_code.co_filename
            if file in self.names or file.startswith(self.work):
                file = file.removeprefix(self.work).lstrip("/\\")
                within = frame.f_code.co_name
                inside = f", {within}()" if not within.startswith("<") else ""
                yield f"{file}, line {number}{inside}: {linecache.getline(frame.f_code.co_filename, number).strip()[:200]}"


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `TimeUp` after so many seconds, and again if that is caught."""
    with by_alarm(seconds) if hasattr(signal, "setitimer") else by_thread(seconds):
        yield


@contextmanager
def by_alarm(seconds: float) -> Iterator[None]:
    """Limit the time by the alarm of the system, which ends waiting too."""
    armed = True

    def up(*_: object) -> None:
        if armed:
            raise TimeUp

    signal.signal(signal.SIGALRM, up)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001), 0.25)
    try:
        yield
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def by_thread(seconds: float) -> Iterator[None]:
    """Limit the time where there is no alarm (Windows): between two steps of Python, so not while it waits."""
    done = threading.Event()

    def up(*_: object) -> None:
        if not done.is_set():
            raise TimeUp

    def wait() -> None:
        left = seconds
        while not done.wait(left):
            _thread.interrupt_main()
            left = 0.25

    before = signal.signal(signal.SIGINT, up)
    threading.Thread(target=wait, daemon=True).start()
    try:
        yield
    finally:
        done.set()
        signal.signal(signal.SIGINT, before)
