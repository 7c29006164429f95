"""Make a process ready for one hand-in: libraries, settings, seeds, limits; then run its cells."""

from __future__ import annotations

import contextlib
import importlib
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from labkit import language
from labkit.assignments import frames
from labkit.assignments.sandbox import enter
from labkit.assignments.sandbox.places import Places, readable

if TYPE_CHECKING:
    from labkit.assignments.child.shell import Shell

_prepared: list[tuple[Shell, tuple[str, ...]]] = []


def load(imports: list[str], city: str) -> None:
    """Import what hand-ins import, and open the city, so that it is paid once; failures are left to the hand-in."""
    for name in imports:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    if city:
        with contextlib.suppress(Exception):
            from labkit.opening import open_city

            opened = open_city(city)
            opened.profile(opened.home)


def prepare(folder: str) -> None:
    """Make the shell, and look up what may be read, before any code of a student runs."""
    from labkit.assignments.child import cells, serving, shell  # noqa: F401 - loaded before the doors close

    _prepared.append((shell.make_shell(folder), readable()))


def begin(start: dict[str, Any], incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Become the process of one hand-in, tell what protects us from it, and serve."""
    from labkit.assignments.child.cells import Cells
    from labkit.assignments.child.serving import Service

    os.environ.clear()
    os.environ.update(start["environment"])
    tempfile.tempdir = None
    os.chdir(start["work"])
    sys.path.insert(0, start["work"])
    sys.argv = ["notebook"]
    language.use(start["language"])
    shell, read = _prepared[0]
    cells = Cells(shell, start["output"], start["work"])
    random.seed(0)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)
    places = Places(read, (str(Path(start["folder"]).resolve()),))
    protection = enter(places, start["memory"], start["file"], start["seconds"])
    frames.send(outgoing, {"protection": protection})
    Service(incoming, outgoing, cells).serve()
