"""The processes in which hand-ins run, seen from ours: forked from a warm one, spawned afresh, or in a container."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from labkit.errors import LabkitError
from labkit.language import t

_MODULE = "labkit.assignments.child"


@dataclass(frozen=True)
class End:
    """How a process ended.

    Attributes
    ----------
    code : int
        What it ended with; a negative number is that of a signal.
    stopped : bool
        Whether we ended it.
    cpu : float
        Processor time, seconds; 0 if it is not known.
    memory : int
        The most that it had in memory, bytes; 0 if it is not known.
    """

    code: int
    stopped: bool = False
    cpu: float = 0.0
    memory: int = 0


class Process(Protocol):
    """A process of one hand-in: what we say to it, what it says, and its end."""

    told: BinaryIO
    heard: BinaryIO
    pid: int

    def end(self, *, patient: bool = False) -> End:
        """End it if it still runs, and everything that it started; wait a moment for it if it is ending itself."""


class Spawned:
    """A process of its own; slow to start, and possible everywhere."""

    def __init__(self, command: list[str], environment: dict[str, str] | None, folder: Path | None) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
        assert self._process.stdin and self._process.stdout
        self.told: BinaryIO = self._process.stdin  # type: ignore[assignment]
        self.heard: BinaryIO = self._process.stdout  # type: ignore[assignment]
        self.pid = self._process.pid

    def end(self, *, patient: bool = False) -> End:
        """End it if it still runs, and the others of its group."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.2 if patient else 0)
        stopped = self._process.poll() is None
        if hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()
        return End(self._process.wait(), stopped)


class Contained(Spawned):
    """A process in a container, which is ended by its name."""

    def __init__(self, command: list[str], name: str) -> None:
        self._program, self._name = command[0], name
        super().__init__(command, None, None)

    def end(self, *, patient: bool = False) -> End:
        """End the container."""
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run([self._program, "kill", self._name], capture_output=True, timeout=30, check=False)
        return super().end(patient=patient)


class Forked:
    """A process that was forked from the warm one."""

    def __init__(self, warm: WarmProcess, start: dict[str, Any]) -> None:
        self._warm = warm
        self._ended: End | None = None
        their_in, our_out = os.pipe()
        our_in, their_out = os.pipe()
        self.told: BinaryIO = os.fdopen(our_out, "wb")
        self.heard: BinaryIO = os.fdopen(our_in, "rb")
        try:
            self.pid = int(warm.ask({"do": "fork", "start": start}, [their_in, their_out])["pid"])
        finally:
            os.close(their_in)
            os.close(their_out)

    def end(self, *, patient: bool = False) -> End:
        """End it if it still runs."""
        if self._ended is None:
            told = self._warm.ask({"do": "end", "pid": self.pid, "patient": patient})
            self._ended = End(told.get("code", 0), told.get("stopped", True), told.get("cpu", 0), told.get("memory", 0))
        return self._ended


class WarmProcess:
    """The process from which those of hand-ins are forked."""

    def __init__(self, imports: tuple[str, ...], city: str, folder: Path, environment: dict[str, str]) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._lock = threading.Lock()
        settings = json.dumps({"imports": imports, "city": city, "folder": str(folder)})
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", f"{_MODULE}.warm", str(theirs.fileno()), settings],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env=environment,
            cwd=folder,
            start_new_session=True,  # so that Ctrl-C reaches only us
        )
        theirs.close()
        self._ready, self._number = False, 0

    def ask(self, asked: dict[str, Any], ends: list[int] | None = None) -> dict[str, Any]:
        """Ask it to fork or to end a process; {} once it is gone."""
        with self._lock:
            try:
                if not self._ready:
                    self._ready = bool(self._socket.recv(1000))
                self._number += 1
                asked = {**asked, "number": self._number}
                socket.send_fds(self._socket, [json.dumps(asked).encode()], ends or [])
                answer = self._answer()
            except OSError:
                answer = {}
        if not answer and asked["do"] == "fork":
            raise LabkitError(t("The process that prepares hand-ins has ended. Start grading again."))
        return answer

    def _answer(self) -> dict[str, Any]:
        """Return the answer to what was asked last; what was asked before an interruption may come first."""
        while data := self._socket.recv(10_000):
            answer: dict[str, Any] = json.loads(data)
            if answer.get("number") == self._number:
                return answer
        return {}

    def close(self) -> None:
        """End it, and with it all that it forked."""
        self._socket.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def can_fork() -> bool:
    """Return whether hand-ins are forked on this system: where forking with loaded libraries is known to be safe."""
    return sys.platform == "linux"


def spawn(environment: dict[str, str], folder: Path) -> Spawned:
    """Start a process for one hand-in."""
    return Spawned([sys.executable, "-P", "-m", _MODULE], environment, folder)


def contain(container: str, memory: int, environment: dict[str, str]) -> Contained:
    """Start a process for one hand-in in a container."""
    name = f"labkit-{secrets.token_hex(8)}"
    return Contained(container_command(container, memory, environment, name), name)


#: Where a hand-in lives in its container: memory, gone with it.
CONTAINED = "/hand-in"


def container_command(container: str, memory: int, environment: dict[str, str], name: str) -> list[str]:
    """Return the command that starts a container for one hand-in: no network, nothing to write but its own memory.

    Examples
    --------
    >>> " ".join(container_command("podman labkit:1", 512, {"TZ": "Europe/Amsterdam"}, "one"))[:60]
    'podman run --rm -i --name one --network none --read-only --c'
    """
    program, _, image = container.strip().partition(" ")
    if program not in ("docker", "podman") or not image.strip() or image.strip().startswith("-"):
        raise LabkitError(
            t(
                'A container is given as "docker IMAGE" or "podman IMAGE", not as {container}.',
                container=repr(container),
            )
        )
    pieces = [
        program, "run", "--rm", "-i", "--name", name, "--network", "none", "--read-only", "--cap-drop", "ALL",
        "--security-opt", "no-new-privileges", "--user", "65534:65534", "--pids-limit", "64",
        "--memory", f"{memory}m", "--memory-swap", f"{memory}m", "--cpus", "1", "--ulimit", "core=0",
        "--tmpfs", f"{CONTAINED}:rw,nosuid,nodev,noexec,mode=1777,size={max(memory // 8, 64)}m", "--workdir", CONTAINED,
    ]  # fmt: skip
    for key, value in environment.items():
        pieces += ["--env", f"{key}={value}"]
    return [*pieces, "--entrypoint", "python", image.strip(), "-P", "-m", _MODULE]
