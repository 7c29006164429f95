"""Whether well-known binary holds together, before a library written in C reads it.

Collections in collections would let that library call itself until it falls; this look at the bytes does not.
"""

from __future__ import annotations

import struct

_DEPTH = 5


def demand_sound(data: bytes) -> None:
    """Raise ValueError unless the bytes are one outline, with no more parts than there are bytes.

    Examples
    --------
    >>> import shapely
    >>> demand_sound(shapely.to_wkb(shapely.Point(1, 2)))
    >>> demand_sound(b"1")
    Traceback (most recent call last):
        ...
    ValueError: no outline
    """
    try:
        end = _skip(data, 0, 0)
    except (struct.error, LookupError):
        end = -1
    if end != len(data):
        raise ValueError("no outline")


def _skip(data: bytes, start: int, depth: int) -> int:
    """Return where the outline that begins at `start` ends."""
    if depth > _DEPTH:
        raise IndexError
    order = {0: ">", 1: "<"}[data[start]]
    (code,) = struct.unpack_from(f"{order}I", data, start + 1)
    place = start + 5
    if code & 0x20000000:
        place += 4
    if code & 0x40000000:
        raise IndexError  # a fourth number, which versions of the library read in different ways
    kind = code & 0x0FFFFFFF
    numbers = 3 if code & 0x80000000 or kind // 1000 == 1 else 2
    if kind // 1000 > 1:
        raise IndexError
    kind %= 1000
    if kind == 1:
        return place + 8 * numbers
    count: int = struct.unpack_from(f"{order}I", data, place)[0]
    place += 4
    if kind == 2:
        return place + count * 8 * numbers
    for _ in range(count):
        if place >= len(data):
            raise IndexError
        if kind == 3:
            (points,) = struct.unpack_from(f"{order}I", data, place)
            place += 4 + points * 8 * numbers
        elif kind in (4, 5, 6, 7):
            place = _skip(data, place, depth + 1)
        else:
            raise IndexError
    return place
