"""The line to the process of a hand-in: what we ask, what it answers in time, and how it is while we wait."""

from __future__ import annotations

import contextlib
import importlib
import os
import queue
import threading
import time
from pathlib import Path
from typing import Any

from labkit.assignments import frames
from labkit.assignments.header import Limits
from labkit.assignments.processes import End, Process
from labkit.assignments.workfolder import overfull

Heard = tuple[dict[str, Any], bytes]

#: How often we look at memory and files while a cell runs, seconds; and how much more than one file all may take.
LOOK, FILES = 0.2, 4


class Line:
    """Asks the process of a hand-in, and hears its answers, or why there are none."""

    def __init__(self, process: Process, folder: Path, limits: Limits) -> None:
        self._process, self._folder, self._limits = process, folder, limits
        self._number = 0
        self._heard: queue.Queue[Heard | str] = queue.Queue(maxsize=2)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @staticmethod
    def tell(process: Process, head: dict[str, Any], body: bytes) -> None:
        """Say something; what cannot be said because nobody listens shows in what is heard next."""
        with contextlib.suppress(OSError, ValueError):
            frames.send(process.told, head, body)

    def ask(self, head: dict[str, Any], body: bytes, seconds: float) -> tuple[Heard | str, float]:
        """Return the answer, or why there is none: "time", "memory", "files", "rubbish" or "died"; and how long it took.

        It is said by a thread, because a process that does not listen would keep us waiting.
        """
        self._number += 1
        began = time.monotonic()
        head = {**head, "id": self._number}
        threading.Thread(target=self.tell, args=(self._process, head, body), daemon=True).start()
        heard = self.wait(seconds)
        if not isinstance(heard, str) and heard[0].get("id") != self._number:
            heard = "rubbish"
        if not isinstance(heard, str) and head["do"] == "run" and self._overfull():
            heard = "files"
        return heard, time.monotonic() - began

    def wait(self, seconds: float) -> Heard | str:
        """Return what is heard next, or why nothing is."""
        until = time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            try:
                return self._heard.get(timeout=max(min(LOOK, left), 0.001))
            except queue.Empty:
                wrong = "time" if left <= 0 else self._wrong()
                if wrong:
                    return wrong

    def _wrong(self) -> str:
        """Return what a process that still runs has too much of; "" if nothing."""
        if memory(self._process.pid) > self._limits.memory * 1_000_000:
            return "memory"
        return "files" if self._overfull() else ""

    def _overfull(self) -> bool:
        return overfull(self._folder, self._limits.file * FILES * 1_000_000, self._process.pid)

    def _listen(self) -> None:
        """Hear what it says, until it says no more."""
        why: str = "died"
        try:
            while True:
                self._heard.put(frames.receive(self._process.heard), timeout=60)
        except frames.Rubbish:
            why = "rubbish"
        except (EOFError, OSError, ValueError, queue.Full):
            pass
        with contextlib.suppress(queue.Full):
            self._heard.put(why, timeout=1)

    def close(self, *, patient: bool = False) -> End:
        """End the process, and hang up; wait a moment for one that hung up itself."""
        end = self._process.end(patient=patient)
        until = time.monotonic() + 5
        while self._listener.is_alive() and time.monotonic() < until:  # what it said last is not wanted any more
            with contextlib.suppress(queue.Empty):
                self._heard.get(timeout=0.01)
        for stream in (self._process.told, self._process.heard):
            with contextlib.suppress(OSError, ValueError):
                stream.close()
        return end


def memory(pid: int) -> int:
    """Return how much memory a process has in use, bytes; 0 where that cannot be seen."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        pass
    try:
        psutil = importlib.import_module("psutil")
        return int(psutil.Process(pid).memory_info().rss)
    except Exception:  # not installed, or the process is just gone
        return 0
