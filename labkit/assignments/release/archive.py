"""The zip of a release: the same contents give the same bytes, on every system and at any time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

#: The earliest moment that a zip can hold: a release does not say when it was made.
MOMENT = (1980, 1, 1, 0, 0, 0)

#: Readable for all, writable for the owner; "made on Unix", wherever it is made.
MODE, UNIX = 0o100644 << 16, 3


def pack(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return a zip with these files in one folder.

    They are stored as they are: what compression makes of a file differs between versions of its library.

    Examples
    --------
    >>> pack({"a.txt": b"a", "b.txt": b"b"}, "week1") == pack({"b.txt": b"b", "a.txt": b"a"}, "week1")
    True
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", MOMENT)
            entry.external_attr = MODE
            entry.create_system = UNIX
            archive.writestr(entry, files[name])
    return packed.getvalue()
