"""The warm process: it loads the libraries once, and forks itself for each hand-in. No student's code runs in it."""

from __future__ import annotations

import array
import contextlib
import gc
import json
import os
import resource
import shutil
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from labkit.assignments.child.serving import streams
from labkit.assignments.child.starting import begin, load, prepare
from labkit.assignments.sandbox.privileges import adopt_orphans, end_with_parent


def main() -> None:
    """Serve the grader: fork a process for a hand-in, end one; until the grader is gone."""
    grader = socket.socket(fileno=int(sys.argv[1]))
    settings = json.loads(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    adopt_orphans()
    load(settings["imports"], settings["city"])
    prepare(settings["folder"], settings["city"])
    gc.collect()
    gc.freeze()  # what is shared with the hand-ins is not touched by looking for garbage
    children: set[int] = set()
    try:
        _tell(grader, {"ready": True})
        while True:
            asked, ends = _asked(grader)
            if asked is None:
                break
            if asked["do"] == "fork":
                pid = _fork(grader, asked["start"], ends)
                children.add(pid)
                _tell(grader, {"pid": pid, "number": asked["number"]})
            else:
                _tell(grader, {"number": asked["number"]} | _end(asked["pid"], children, patient=asked["patient"]))
    finally:
        for pid in list(children):
            _end(pid, children)
        shutil.rmtree(settings["folder"], ignore_errors=True)


def _asked(grader: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """Return what the grader asks, and the ends of pipes that came with it."""
    ends = array.array("i")
    with contextlib.suppress(OSError):
        data, extra, _, _ = grader.recvmsg(200_000, socket.CMSG_LEN(8))
        for level, kind, piece in extra:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                ends.frombytes(piece[: len(piece) - len(piece) % ends.itemsize])
        if data:
            return json.loads(data), list(ends)
    return None, []


def _tell(grader: socket.socket, told: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        grader.send(json.dumps(told).encode())


def _fork(grader: socket.socket, start: dict[str, Any], ends: list[int]) -> int:
    """Make the process of a hand-in; return its number."""
    pid = os.fork()
    if pid:
        for end in ends:
            os.close(end)
        return pid
    try:
        end_with_parent()
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        grader.close()
        begin(start, *streams(*ends))
    finally:
        os._exit(0)


def _end(pid: int, children: set[int], *, patient: bool = False) -> dict[str, Any]:
    """End the process of a hand-in, and what it may have left behind; return how it ended."""
    if pid not in children:
        return {"code": 0}
    gone, status, used = os.wait4(pid, os.WNOHANG)
    for _ in range(40 if patient else 0):  # it hung up, so it is just ending: hear how
        if gone:
            break
        time.sleep(0.005)
        gone, status, used = os.wait4(pid, os.WNOHANG)
    if not gone:
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)
        _, status, used = os.wait4(pid, 0)
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)
    children.discard(pid)
    _end_orphans(children)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "stopped": not gone,
        "cpu": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss * 1024,
    }


def _end_orphans(children: set[int]) -> None:
    """End processes that hand-ins started, where no layer could forbid it."""
    mine = Path(f"/proc/self/task/{os.getpid()}/children")
    for _ in range(1000):
        try:
            strays = [pid for pid in map(int, mine.read_text().split()) if pid not in children]
        except (OSError, ValueError):
            return
        if not strays:
            return
        for pid in strays:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(pid, 0)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    main()
