"""Read what a student's process wrote as data: every fault in it is an `AnswerError`, whatever the bytes are."""

# ruff: noqa: ARG001, ARG005 - all that stand in one table have the same arguments

from __future__ import annotations

import datetime as dt
import decimal
import fractions
import json
import pathlib
import struct
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from labkit.area import Area
from labkit.assignments.answers.kinds import (
    BYTES,
    DEPTH,
    LONGEST,
    SHAPE,
    AnswerError,
    FunctionProxy,
    Missing,
    Tabled,
    Unreadable,
)
from labkit.assignments.answers.zones import zone
from labkit.language import t

Caller = Callable[[int, tuple[Any, ...], dict[str, Any]], Any]


def decode(data: bytes, *, caller: Caller | None = None) -> Any:
    r"""Read bytes that `encode` wrote, or that pretend to be.

    Parameters
    ----------
    data : bytes
    caller : callable, optional
        Calls a function in the student's process: its number, arguments, keyword arguments.

    Returns
    -------
    object
        Plain values, arrays and tables, outlines, areas; `Missing`, `Unreadable`, `Tabled` or a `FunctionProxy`.

    Raises
    ------
    AnswerError
        If these are no answer, or more than an answer may hold.

    Examples
    --------
    >>> decode(b"\0\0\0\1[")
    Traceback (most recent call last):
        ...
    labkit.assignments.answers.kinds.AnswerError: What came back is no answer: ...
    """
    try:
        return Reader(data, caller).value()
    except AnswerError:
        raise
    except Exception as error:  # bytes from outside can make any library fail in its own way
        cause = f"{type(error).__name__}: {error}"[:200]
        raise AnswerError(t("What came back is no answer: {cause}.", cause=cause)) from None


def wrong(cause: str) -> AnswerError:
    """Return the error of an answer that does not hold together."""
    return AnswerError(t("What came back is no answer: {cause}.", cause=cause))


class Reader:
    """One answer: its JSON and its blobs."""

    def __init__(self, data: bytes, caller: Caller | None = None) -> None:
        if len(data) > BYTES + 4 or len(data) < 4:
            raise wrong("size")
        size = struct.unpack(">I", data[:4])[0]
        if size > SHAPE or 4 + size > len(data):
            raise wrong("size")
        self.root, lengths = json.loads(data[4 : 4 + size], parse_constant=_no_constant)
        self.blobs: list[bytes] = []
        start = 4 + size
        for length in lengths:
            self.blobs.append(data[start : start + natural(length)])
            start += length
        if start != len(data):
            raise wrong("size")
        self.caller = caller
        self.alike: dict[int, list[Any]] = {}

    def value(self) -> Any:
        """Return what was written."""
        return self.node(self.root, 0)

    def node(self, node: Any, depth: int) -> Any:
        """Return the value that a piece of JSON stands for."""
        if depth > DEPTH * 2:
            raise wrong("depth")
        if node is None or type(node) in (bool, float, str):
            return node
        if type(node) is int:
            return self.apart(node) if abs(node) > MODULUS else node
        if type(node) is list:
            return [self.node(one, depth + 1) for one in node]
        kind = node["t"]
        if kind in READ:
            value = READ[kind](self, node, depth + 1)
            return self.apart(value) if kind in MADE_ALIKE else value
        from labkit.assignments.answers import rebuilding

        return rebuilding.read(self, node, depth + 1)

    def apart(self, value: Any) -> Any:
        """Return a value, unless many others were made to fall on the same place of a table: a set of them would hang."""
        try:
            place = self.alike.setdefault(hash(value), [])
        except TypeError:  # a tuple with a list in it is no key
            return value
        if value not in place:
            place.append(value)
            if len(place) > SAME:
                raise wrong("keys")
        return value

    def blob(self, place: Any) -> bytes:
        """Return a blob by its number."""
        return self.blobs[natural(place)]

    def strings(self, node: dict[str, Any], nothing: Any = None) -> list[Any]:
        """Return a list of texts; what is no text is `nothing`."""
        numbers, text = self.blob(node["n"]), self.blob(node["v"])
        found, start = [], 0
        for (length,) in struct.iter_unpack("<i", numbers):
            if length < 0:
                found.append(missing_value(length, nothing))
                continue
            found.append(text[start : start + length].decode("utf-8", "surrogatepass"))
            start += length
        if start != len(text):
            raise wrong("size")
        return found


def missing_value(mark: int, nothing: Any) -> Any:
    """Return what stands for "no text"."""
    if mark == -3:
        import pandas as pd

        return pd.NA
    return nothing


def name(text: Any) -> str:
    """Return the name of a type or a function, as it can be shown anywhere."""
    return "".join(letter for letter in str(text)[:100] if letter.isprintable())


def _no_constant(name: str) -> Any:
    raise wrong(name)


def natural(number: Any) -> int:
    """Return a number that counts something."""
    if type(number) is not int or number < 0:
        raise wrong("number")
    return number


def spread(keys: Iterable[Any]) -> None:
    """Refuse keys that were made to fall on one place of a table: looking them up would take for ever."""
    hashes = Counter(map(hash, keys))
    if hashes and max(hashes.values()) > SAME:
        raise wrong("keys")


def _keyed(reader: Reader, node: dict[str, Any], depth: int) -> dict[Any, Any]:
    pairs = [(reader.node(key, depth), reader.node(value, depth)) for key, value in node["v"]]
    spread(key for key, _ in pairs)
    return dict(pairs)


def _members(reader: Reader, node: dict[str, Any], depth: int) -> list[Any]:
    values = [reader.node(one, depth) for one in node["v"]]
    spread(values)
    return values


def _whole(reader: Reader, node: dict[str, Any], depth: int) -> int:
    if type(node["v"]) is not str or len(node["v"]) > 30_000:
        raise wrong("number")
    return int(node["v"], 16)


def _range(reader: Reader, node: dict[str, Any], depth: int) -> range:
    found = range(*reader.node(node["v"], depth))
    if found and abs(found[-1] - found[0]) > abs(found.step) * LONGEST:
        raise wrong("range")
    return found


def _decimal(reader: Reader, node: dict[str, Any], depth: int) -> decimal.Decimal:
    number = decimal.Decimal(node["v"][:10_000])
    if number.is_finite() and abs(number.adjusted()) > 10_000:
        raise wrong("number")  # as a whole number it would fill the memory
    return number


def _moment(reader: Reader, node: dict[str, Any], depth: int) -> dt.datetime:
    return dt.datetime.fromisoformat(node["v"]).replace(tzinfo=zone(node["zone"]), fold=1 if node["fold"] else 0)


def _function(reader: Reader, node: dict[str, Any], depth: int) -> FunctionProxy:
    return FunctionProxy(name(node["name"]), natural(node["v"]), reader.caller)


def _area(reader: Reader, node: dict[str, Any], depth: int) -> Area:
    """Return an area, with those that it lies in."""
    found: Area | None = None
    for one in reversed(reader.node(node["v"], depth)):
        texts = [one[key] for key in ("code", "name", "level", "border_source")]
        if not all(type(text) is str for text in texts) or type(one["border_year"]) is not int:
            raise wrong("area")
        if type(one["geometry"]) is not dict:
            raise wrong("area")
        found = Area(**{key: one[key] for key in AREA}, parent=found)
    if found is None:
        raise wrong("area")
    return found


def _facts(node: dict[str, Any]) -> Any:
    """Return what a map or a chart is like."""
    from labkit.assignments.objects.facts import facts_from

    return facts_from(node["v"])


#: How many values may fall on the same place of a table; whole numbers do if they differ by this number.
SAME, MODULUS = 100, 2**61 - 1

#: What else can be made to, without knowing how this process mixes texts.
MADE_ALIKE = frozenset({"int", "complex", "tuple", "frozenset", "range", "timedelta", "decimal", "fraction"})

AREA = ("code", "name", "level", "border_year", "border_source", "geometry")

READ: dict[str, Callable[[Reader, dict[str, Any], int], Any]] = {
    "...": lambda reader, node, depth: ...,
    "int": _whole,
    "float": lambda reader, node, depth: {"nan": float("nan"), "inf": float("inf"), "-inf": -float("inf")}[node["v"]],
    "complex": lambda reader, node, depth: complex(node["v"]),
    "str": lambda reader, node, depth: reader.blob(node["b"]).decode("utf-8", "surrogatepass"),
    "bytes": lambda reader, node, depth: reader.blob(node["b"]),
    "tuple": lambda reader, node, depth: tuple(reader.node(one, depth) for one in node["v"]),
    "set": lambda reader, node, depth: set(_members(reader, node, depth)),
    "frozenset": lambda reader, node, depth: frozenset(_members(reader, node, depth)),
    "dict": _keyed,
    "range": _range,
    "datetime": _moment,
    "date": lambda reader, node, depth: dt.date.fromisoformat(node["v"]),
    "time": lambda reader, node, depth: dt.time.fromisoformat(node["v"]).replace(fold=1 if node["fold"] else 0),
    "timedelta": lambda reader, node, depth: dt.timedelta(*node["v"]),
    "decimal": _decimal,
    "fraction": lambda reader, node, depth: fractions.Fraction(*reader.node(node["v"], depth)),
    "path": lambda reader, node, depth: pathlib.PurePath(node["v"]),
    "missing": lambda reader, node, depth: Missing(name(node["name"])),
    "unreadable": lambda reader, node, depth: Unreadable(name(node["type"]), name(node["reason"])[:20]),
    "function": _function,
    "area": _area,
    "facts": lambda reader, node, depth: _facts(node),
    "tabled": lambda reader, node, depth: Tabled(name(node["type"]), reader.node(node["v"], depth)),
}
