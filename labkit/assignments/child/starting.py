"""Make a process ready for one hand-in: libraries, settings, seeds, limits; then run its cells."""

from __future__ import annotations

import contextlib
import importlib
import os
import random
import sys
from typing import Any, BinaryIO

from labkit import language
from labkit.assignments import frames


def load(imports: list[str]) -> None:
    """Import what hand-ins import, so that it is paid once; what cannot be imported is left to the hand-in."""
    for name in imports:
        with contextlib.suppress(Exception):
            importlib.import_module(name)


def begin(start: dict[str, Any], incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Become the process of one hand-in, tell what protects us from it, and serve."""
    from labkit.assignments.child.cells import Cells
    from labkit.assignments.child.serving import Service
    from labkit.assignments.child.shell import make_shell

    os.environ.update(start["environment"])
    os.chdir(start["work"])
    sys.path.insert(0, start["work"])
    language.use(start["language"])
    cells = Cells(make_shell(start["home"]), start["output"])
    random.seed(0)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)
    frames.send(outgoing, {"protection": []})
    Service(incoming, outgoing, cells).serve()
