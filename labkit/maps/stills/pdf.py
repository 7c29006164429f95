"""A PDF of the same picture is the same bytes: the converter gives its fonts a number and a mark by chance."""

from __future__ import annotations

import hashlib
import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\n")
_REF = re.compile(rb"\b(\d+) 0 R\b")
_FONT_NAME = re.compile(rb"/(fo\d+) (\d+) 0 R")
_FONT_USE = re.compile(rb"/(fo\d+)(?= [\d.]+ Tf)")
_LIST = re.compile(rb"/(Font|Pattern|XObject|ExtGState|Shading) <<((?:\s*/\w+ \d+ 0 R)+)\s*>>")
_ROW = re.compile(rb"/(\w+) (\d+) 0 R")
_MARK = re.compile(rb"\b[A-Z]{6}(?=\+)")
_NO_MARK = b"AAAAAA"


def settled(pdf: bytes) -> bytes:
    """Return a PDF with its fonts named and numbered by what they are; as it was if it is not built as expected.

    Examples
    --------
    >>> settled(b"no PDF at all")
    b'no PDF at all'
    """
    try:
        objects, root, info = _objects(pdf)
        return _written(_named(objects), root, info)
    except (ValueError, KeyError, IndexError, zlib.error):
        return pdf


def _objects(pdf: bytes) -> tuple[dict[int, bytes], int, int | None]:
    """Cut a PDF into its objects, by the table at its end: a stream may hold anything."""
    start = int(pdf[pdf.rindex(b"startxref") + 9 : pdf.rindex(b"%%EOF")])
    table, _, trailer = pdf[start:].partition(b"trailer")
    if not table.startswith(b"xref"):
        raise ValueError(start)
    places = sorted(int(row[:10]) for row in table.splitlines()[2:] if row[17:18] == b"n")
    found = {}
    for at, end in zip(places, [*places[1:], start], strict=True):
        head = _OBJECT.match(pdf, at)
        if head is None:
            raise ValueError(at)
        found[int(head[1])] = pdf[head.end() : pdf.rindex(b"endobj", at, end)]
    root, info = (re.search(rb"/%s (\d+) 0 R" % name, trailer) for name in (b"Root", b"Info"))
    if root is None:
        raise ValueError(trailer)
    return found, int(root[1]), int(info[1]) if info else None


def _named(objects: dict[int, bytes]) -> dict[int, bytes]:
    """Name the fonts by what is in them."""
    fonts: dict[bytes, int] = {}
    for body in objects.values():
        for name, at in _FONT_NAME.findall(_plain(body)):
            if fonts.setdefault(name, int(at)) != int(at):
                raise ValueError(name)
    keys = {name: _content(objects, at) for name, at in fonts.items()}
    ordered = sorted(fonts, key=lambda name: keys[name])
    names = {old: b"fo%d" % at for at, old in enumerate(ordered)}
    out = dict(objects)
    for name, at in fonts.items():
        mark = bytes(65 + one % 26 for one in hashlib.sha256(keys[name]).digest()[:6])
        for part in _parts(objects, at):
            out[part] = (
                _MARK.sub(mark, objects[part]) if b"stream\n" not in objects[part] else _remarked(objects[part], mark)
            )
    for at, body in out.items():
        out[at] = _renamed(body, names)
    return out


def _plain(body: bytes) -> bytes:
    return body.partition(b"stream\n")[0]


def _parts(objects: dict[int, bytes], at: int) -> list[int]:
    """Return an object and all that it refers to, in the order in which they are named."""
    found, waiting = [], [at]
    while waiting:
        one = waiting.pop(0)
        if one not in found:
            found.append(one)
            waiting += [int(ref) for ref in _REF.findall(_plain(objects[one]))]
    return found


def _content(objects: dict[int, bytes], at: int) -> bytes:
    """Return what a font consists of, without numbers and marks."""
    return b"".join(_REF.sub(b"R", _unmarked(objects[one])) for one in _parts(objects, at))


def _unmarked(body: bytes) -> bytes:
    return _MARK.sub(_NO_MARK, body) if b"/FlateDecode" not in body else body


def _remarked(body: bytes, mark: bytes) -> bytes:
    return _MARK.sub(mark, body) if b"/FlateDecode" not in body else body


def _renamed(body: bytes, names: dict[bytes, bytes]) -> bytes:
    """Write the names of fonts in lists of what is used, and in a drawing that uses them."""
    head, stream, rest = body.partition(b"stream\n")
    head = _LIST.sub(lambda found: _listed(found, names), head)
    if (
        not stream
        or b"/FlateDecode" not in head
        or b"/Length1" in head
        or (b"/Subtype" in head and b"/Form" not in head)
    ):
        return head + stream + rest
    drawing = zlib.decompress(rest[: rest.rindex(b"\nendstream")])
    if not _FONT_USE.search(drawing):
        return head + stream + rest
    packed = zlib.compress(_FONT_USE.sub(lambda found: b"/" + names[found[1]], drawing), 6)
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), head, count=1)
    return head + stream + packed + b"\nendstream\n"


def _listed(found: re.Match[bytes], names: dict[bytes, bytes]) -> bytes:
    """Return a list of what a page uses, in the order of the names."""
    rows = sorted((names.get(name, name), ref) for name, ref in _ROW.findall(found[2]))
    return b"/%s <<" % found[1] + b"".join(b"\n      /%s %s 0 R" % row for row in rows) + b"\n    >>"


def _written(objects: dict[int, bytes], root: int, info: int | None) -> bytes:
    """Put a PDF together, its objects numbered in the order in which they are named."""
    order = _parts(objects, root)
    order += [info] if info is not None and info not in order else []
    numbers = {old: at for at, old in enumerate(order, start=1)}
    out, places = bytearray(b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"), []
    for old in order:
        head, stream, rest = objects[old].partition(b"stream\n")
        head = _REF.sub(lambda found: b"%d 0 R" % numbers[int(found[1])], head)
        places.append(len(out))
        out += b"%d 0 obj\n" % numbers[old] + head + stream + rest + b"endobj\n\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(order) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"/Size %d\n  /Root %d 0 R" % (len(order) + 1, numbers[root])
    trailer += b"\n  /Info %d 0 R" % numbers[info] if info is not None else b""
    return bytes(out + b"trailer\n<<\n  " + trailer + b"\n>>\nstartxref\n%d\n%%%%EOF" % start)
