"""On which line of its file a field of a record stands."""

from __future__ import annotations

import contextlib
import re

from labkit.errors import LabkitError
from labkit.register.folder import Folder
from labkit.register.reading import Path, decode, read_yaml

_STEP = re.compile(r"([A-Za-z_]+)|\[(\d+)\]")


class Lines:
    """Looks up lines in the files of a register; the file of the last record is kept, since faults come file by file.

    Parameters
    ----------
    folder : Folder
        The register's folder.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._id = ""
        self._lines: dict[Path, int] = {}

    def of(self, id: str, field: str) -> int:
        """Return the line of a field such as "partners[1].role"; 0 if it cannot be told."""
        if self._id != id:
            self._id, self._lines = id, {}
            with contextlib.suppress(LabkitError, OSError):
                read_yaml(decode(self._folder.file(id).read_bytes()), self._lines)
        path: list[str | int] = [name or int(place) - 1 for name, place in _STEP.findall(field)]
        while path and tuple(path) not in self._lines:
            path.pop()
        return self._lines.get(tuple(path), 1 if self._lines else 0)
