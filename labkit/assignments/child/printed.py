"""What a cell prints: its beginning is kept, the rest is counted."""

from __future__ import annotations

import io
from typing import Any


class Printed(io.RawIOBase):
    """Keeps the first bytes of what is written to it.

    Examples
    --------
    >>> printed = Printed(limit=5)
    >>> printed.write(b"Hello, city")
    11
    >>> printed.taken()
    ('Hello', 6)
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.kept = bytearray()
        self.dropped = 0

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def close(self) -> None:
        """Stay open: a student's code may close what it prints to, and later cells still print."""

    def write(self, data: Any) -> int:
        """Keep what fits."""
        size = len(data)
        fits = max(self.limit - len(self.kept), 0)
        self.kept += bytes(data[:fits]) if fits < size else bytes(data)
        self.dropped += max(size - fits, 0)
        return size

    def taken(self) -> tuple[str, int]:
        """Return what was kept and how many bytes were not, and begin anew."""
        kept, dropped = bytes(self.kept).decode("utf-8", "replace"), self.dropped
        self.kept, self.dropped = bytearray(), 0
        return kept, dropped
