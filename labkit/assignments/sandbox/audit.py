"""Python's own audit events: on every system, and in words. Code that means harm can go around it.

What the kernel refuses too (Linux) gets its words here; elsewhere this is the layer that keeps accidents apart.
"""

# ruff: noqa: ARG002 - all that look at an event have the same arguments

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from labkit.assignments.sandbox.places import Places
from labkit.language import t

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Watch:
    """Decides about each event; what is not allowed ends in PermissionError, in words."""

    def __init__(self, places: Places) -> None:
        self.read = tuple(_with_end(one) for one in (*places.read, *places.write))
        self.fixed = tuple(_with_end(one) for one in places.read)
        self.write = tuple(_with_end(one) for one in places.write)
        self.devices = frozenset((*places.devices, *places.read, *places.write, os.devnull, "nul", "NUL"))
        self.pid = os.getpid()
        paths = ("os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.chmod", "os.chown", "os.utime", "os.setxattr")
        self.events: dict[str, Callable[[tuple[Any, ...]], None]] = {
            "open": self.opened,
            "os.listdir": lambda args: self.reads(args[0]),
            "os.scandir": lambda args: self.reads(args[0]),
            "os.rename": self.renamed,
            "os.link": self.renamed,
            "os.symlink": self.renamed,
            "sqlite3.connect": self.database,
            "os.kill": self.signalled,
            "os.killpg": self.signalled,
            **dict.fromkeys(paths, self.changed),
            **dict.fromkeys(
                ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"),
                self.network,
            ),
            **dict.fromkeys(
                ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn", "webbrowser.open"),
                self.program,
            ),
        }  # fmt: skip

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        """Look at one event."""
        look = self.events.get(event)
        if look is not None:
            look(args)

    def opened(self, args: tuple[Any, ...]) -> None:
        """Look at a file that is opened, to read or to write."""
        path, mode, flags = args
        if isinstance(path, int):
            return
        writes = any(letter in mode for letter in "wax+") if isinstance(mode, str) else bool(flags & _WRITING)
        if writes:
            self.writes(path)
        else:
            self.reads(path)

    def renamed(self, args: tuple[Any, ...]) -> None:
        """Look at a file that gets another name, or a second one."""
        self.writes(args[0])
        self.writes(args[1])

    def changed(self, args: tuple[Any, ...]) -> None:
        """Look at a file or folder that is changed."""
        if not isinstance(args[0], int):
            self.writes(args[0])

    def database(self, args: tuple[Any, ...]) -> None:
        """Look at a database that is opened, which may be a file."""
        if args[0] not in (":memory:", ""):
            self.writes(args[0])

    def signalled(self, args: tuple[Any, ...]) -> None:
        """Look at a signal that goes to a process."""
        if args[0] != self.pid:
            raise PermissionError(t("A hand-in cannot reach other programs while it is graded."))

    def network(self, args: tuple[Any, ...]) -> None:
        """Refuse an address."""
        raise PermissionError(
            t("There is no network while a hand-in is graded. Use the data that came with the assignment.")
        )

    def program(self, args: tuple[Any, ...]) -> None:
        """Refuse another program."""
        raise PermissionError(t("A hand-in cannot start other programs while it is graded."))

    def reads(self, path: Any) -> None:
        """Refuse to read outside its places."""
        if isinstance(path, str) and _plain(path).startswith(self.fixed):
            return  # most that is read: libraries, which nobody here can put a link into
        place = _place(path)
        if place is not None and not place.startswith(self.read) and place not in self.devices:
            raise PermissionError(
                t("{path} cannot be read while a hand-in is graded: only what came with the assignment.", path=place)
            )

    def writes(self, path: Any) -> None:
        """Refuse to write outside its own folder."""
        place = _place(path)
        if place is not None and not place.startswith(self.write) and place not in self.devices:
            raise PermissionError(
                t("{path} cannot be written while a hand-in is graded: only files in its own folder.", path=place)
            )


def _plain(path: str, _whole: Callable[[str], str] = os.path.abspath) -> str:
    """Return a path without `..` in it."""
    return _whole(path) if "\0" not in path else ""


def _place(path: Any, _real: Callable[[Any], str] = os.path.realpath) -> str | None:
    """Return where a path leads; None for what is no path."""
    if path is None:
        path = "."
    if isinstance(path, int):
        return None
    try:
        return _real(os.fsdecode(path))
    except (TypeError, ValueError, OSError):
        return None


def _with_end(folder: str) -> str:
    return folder if folder.endswith(os.sep) else folder + os.sep


def watch(places: Places) -> None:
    """Look at every event from now on; this cannot be taken back."""
    t("A hand-in cannot start other programs while it is graded.")  # the texts are read before the door closes
    sys.addaudithook(Watch(places))
