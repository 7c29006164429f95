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


#: What a library loads only when it is used, although everyone uses it.
_WITH = {"matplotlib": ("matplotlib.pyplot",)}


def load(imports: list[str], city: str) -> None:
    """Import what hand-ins import, and open the city, so that it is paid once; failures are left to the hand-in."""
    for name in imports:
        for each in (name, *_WITH.get(name, ())):
            with contextlib.suppress(Exception):
                importlib.import_module(each)
    if city:
        with contextlib.suppress(Exception):
            _use(city)


def _use(city: str) -> None:
    """Open a city and look at it once: what libraries prepare on first use is prepared here."""
    from labkit.area import RD_NEW
    from labkit.opening import keep_open

    opened = keep_open(city)
    profile = opened.profile(opened.home)
    for each in language.LANGUAGES:
        with language.speaking(each):
            str(profile)
    len(profile.table)
    opened.borders(crs=RD_NEW)


def prepare(folder: str, city: str) -> None:
    """Make the shell, and look up what may be read, before any code of a student runs."""
    from labkit.assignments.answers import ours, rebuilding, tables  # noqa: F401 - loaded before the doors close
    from labkit.assignments.child import cells, serving, shell  # noqa: F401

    _prepared.append((shell.make_shell(folder), readable(city)))


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
