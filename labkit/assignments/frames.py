"""How we and the student's process talk: pieces with their length before them, JSON and then bytes."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

#: The most that one piece may hold: its JSON, and the bytes of an answer after it.
HEAD = 4_000_000
BODY = 17_000_000


class Rubbish(Exception):  # noqa: N818 - it says what came
    """What arrived is no piece of this conversation."""


def send(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """Write one piece."""
    text = json.dumps(head).encode()
    stream.write(struct.pack(">II", len(text), len(body)) + text + body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Read one piece.

    Raises
    ------
    EOFError
        If there is no more.
    Rubbish
        If it is larger than a piece may be, or is no JSON object.
    """
    head_size, body_size = struct.unpack(">II", _exactly(stream, 8))
    if head_size > HEAD or body_size > BODY:
        raise Rubbish
    try:
        head = json.loads(_exactly(stream, head_size))
    except (ValueError, RecursionError):
        raise Rubbish from None
    if type(head) is not dict:
        raise Rubbish
    return head, _exactly(stream, body_size)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    pieces, left = [], size
    while left:
        piece = stream.read(min(left, 1_000_000))
        if not piece:
            raise EOFError
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
