"""Every text that a file of a release holds: in cells, outputs, metadata, attachments, and files within files."""

from __future__ import annotations

import base64
import binascii
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from labkit.language import t

#: Files within files are read so deep, and so far, bytes.
DEEP, FAR = 3, 200_000_000


@dataclass(frozen=True)
class Piece:
    """One text of a file.

    Attributes
    ----------
    text : str
    where : str
        Where in the file it stands, in words; "" for the whole file.
    is_source : bool
        Whether it is the code or text of an assignment, where short lines count too.
    fault : str
        What is wrong with it whatever it says; "" if nothing.
    """

    text: str
    where: str = ""
    is_source: bool = False
    fault: str = ""


def pieces(name: str, data: bytes, depth: int = 0) -> Iterator[Piece]:
    """Yield the texts of a file; of a notebook also outputs and counts, as faults."""
    if data[:4] == b"PK\x03\x04" and depth < DEEP:
        yield from _packed(data, depth)
        return
    text = _text(data)
    try:
        found = json.loads(text) if name.endswith((".ipynb", ".json", ".geojson")) else None
    except (ValueError, RecursionError):
        found = None
    if found is None:
        yield Piece(text)
    elif name.endswith(".ipynb") and isinstance(found, dict):
        yield from _notebook(found)
    else:
        yield from _strings(found, "", name == "assignment.json")


def _text(data: bytes) -> str:
    """Return what can be read of a file; of one that is no text, the texts in it."""
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "latin-1"):
        try:
            return data.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _packed(data: bytes, depth: int) -> Iterator[Piece]:
    """Yield the texts of the files of a zip, which an Excel file is too."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            if sum(one.file_size for one in opened.infolist()) > FAR:
                yield Piece("", "", fault=t("a zip that holds too much to be read"))
                return
            for one in opened.infolist():
                for piece in pieces(one.filename, opened.read(one), depth + 1):
                    where = ", ".join(filter(None, [one.filename, piece.where]))
                    yield Piece(piece.text, where, piece.is_source, piece.fault)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError):
        yield Piece("", "", fault=t("a zip that cannot be read"))


def _notebook(found: dict[str, Any]) -> Iterator[Piece]:
    cells = found.get("cells")
    for number, cell in enumerate(cells if isinstance(cells, list) else (), start=1):
        if not isinstance(cell, dict):
            continue
        where = t("cell {number}", number=number)
        source = cell.get("source", "")
        yield Piece("".join(source) if isinstance(source, list) else str(source), where, is_source=True)
        if cell.get("outputs"):
            yield Piece("", where, fault=t("an output"))
        if cell.get("execution_count") is not None:
            yield Piece("", where, fault=t("the number of a run"))
        attachments = cell.get("attachments")
        for name, forms in attachments.items() if isinstance(attachments, dict) else ():
            for value in forms.values() if isinstance(forms, dict) else ():
                yield from _attached(str(name), value, where)
        rest = {key: value for key, value in cell.items() if key not in ("source", "outputs", "attachments")}
        yield from _strings(rest, where, True)
    yield from _strings({key: value for key, value in found.items() if key != "cells"}, t("metadata"), True)


def _attached(name: str, value: Any, where: str) -> Iterator[Piece]:
    """Yield the texts of an attachment, which is kept in base64."""
    try:
        data = base64.b64decode("".join(value) if isinstance(value, list) else str(value), validate=False)
    except (binascii.Error, ValueError):
        data = str(value).encode()
    for piece in pieces(name, data, 1):
        yield Piece(piece.text, ", ".join(filter(None, [where, name, piece.where])), piece.is_source, piece.fault)


def _strings(value: Any, where: str, is_source: bool) -> Iterator[Piece]:
    """Yield all texts in what JSON held, keys too; one of several lines is looked at as source."""
    if isinstance(value, str):
        yield Piece(value, where, is_source and ("\n" in value or " " in value.strip()))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield Piece(str(key), where)
            yield from _strings(one, where, is_source)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one, where, is_source)
