"""Worker processes that grade side by side; one that dies is replaced, and its hand-in is told.

A worker is a Python of its own (`python -m labkit.assignments.worker`) that gets its work through a pipe. So it is the
same on every system, needs no guard in a script that starts it, and ends by itself when this process is gone.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from labkit.assignments.paper import Order, Paper
from labkit.assignments.results import Result
from labkit.language import current, t

#: How often a piece of work is given to a new worker after one died over it.
TRIES = 2


@dataclass(frozen=True)
class Done:
    """How one piece of work ended.

    Attributes
    ----------
    work : Paper or str
        The hand-in, or the district for which the solution was proved.
    result : Result or None
        None for a district, or if it could not be graded.
    fault : str
        What went wrong; "" if nothing did.
    """

    work: Paper | str
    result: Result | None = None
    fault: str = ""


class Pool:
    """Worker processes, each with the assignment.

    Parameters
    ----------
    order : Order
    count : int
        How many workers.
    """

    def __init__(self, order: Order, count: int) -> None:
        self.order, self.language = order, current()
        self._todo: queue.SimpleQueue[Paper | str | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Done] = queue.SimpleQueue()
        self._closing = False
        self._processes: list[subprocess.Popen[bytes]] = []
        self._busy: set[subprocess.Popen[bytes]] = set()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(max(1, count))]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers; what they were busy with is given up."""
        self._closing = True
        for _ in self._threads:
            self._todo.put(None)
        for one in list(self._processes):
            hurry(one, busy=one in self._busy)
        for one in list(self._processes):
            end(one)
        for thread in self._threads:
            thread.join(5)

    def each(self, work: Sequence[Paper | str]) -> Iterator[Done]:
        """Do pieces of work, and yield how each ended as soon as it did."""
        for one in work:
            self._todo.put(one)
        for _ in work:
            while True:
                # Waiting with an end, so that Ctrl-C is heard on Windows too.
                with contextlib.suppress(queue.Empty):
                    done = self._done.get(timeout=0.5)
                    break
            yield done

    def _serve(self) -> None:
        """Give one worker its work, and start another one when it dies."""
        process: subprocess.Popen[bytes] | None = None
        while (work := self._todo.get()) is not None:
            done = Done(work, None, t("The process that graded this ended, twice.", self.language))
            for _ in range(TRIES):
                mine = process = process or self._start()
                self._busy.add(mine)
                try:
                    assert mine.stdin and mine.stdout
                    send(mine.stdin, work)
                    result, fault = pickle.load(mine.stdout)
                except (EOFError, OSError, pickle.UnpicklingError, ValueError):
                    if self._closing:
                        return
                    hurry(mine, busy=True)
                    end(mine)
                    self._processes.remove(mine)
                    process = None
                else:
                    done = Done(work, result, fault)
                    break
                finally:
                    self._busy.discard(mine)
            self._done.put(done)

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "labkit.assignments.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C reaches every process of a terminal; who started this one tells it when to stop.
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._processes.append(process)
        assert process.stdin
        with contextlib.suppress(OSError):  # that it has died is heard when it is asked
            send(process.stdin, (self.order, self.language))
        return process


def send(stream: Any, value: object) -> None:
    """Send something to a worker, or back: both are ours, so it may be any object."""
    pickle.dump(value, stream)
    stream.flush()


def hurry(process: subprocess.Popen[bytes], *, busy: bool) -> None:
    """Let a worker stop: one that waits ends when its pipe closes, one that is busy has to be told."""
    with contextlib.suppress(OSError, ValueError):
        if process.stdin:
            process.stdin.close()
    if busy:
        process.terminate()


def end(process: subprocess.Popen[bytes]) -> None:
    """Wait until a worker has put its things away, and end it if it does not."""
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
