"""Write a value as data: by its exact type, without asking the value itself what it is."""

# ruff: noqa: ARG001, ARG005 - all that stand in one table have the same arguments

from __future__ import annotations

import datetime as dt
import decimal
import fractions
import json
import math
import pathlib
import struct
import sys
import types
from collections.abc import Callable, Iterable
from typing import Any

from labkit.assignments.answers.kinds import BYTES, DEPTH, LONGEST, SHAPE, VALUES, AnswerError, Missing, Unreadable

_MRO = type.__dict__["__mro__"].__get__
_NAME = type.__dict__["__name__"].__get__
_EXACT_INT = 2**53


class TooMuchError(AnswerError):
    """A value that has more parts, bytes or depth than an answer may have; its text is the reason."""


def encode(value: Any, *, functions: Callable[[Any], int] | None = None) -> bytes:
    """Write a value as bytes that `decode` can read in another process.

    A value of a class that builds on a plain one (a number that is equal to everything) is written as the plain
    value that it holds. What is no data becomes `Unreadable` with the name of its type.

    Parameters
    ----------
    value : object
    functions : callable, optional
        Keeps a function and returns the number by which it can be called; without it functions are unreadable.

    Returns
    -------
    bytes

    Examples
    --------
    >>> from labkit.assignments.answers import decode
    >>> decode(encode({"residents": 14085, "shares": (0.5, None)}))
    {'residents': 14085, 'shares': (0.5, None)}
    """
    writer = Writer(functions)
    try:
        return writer.packed(writer.node(value, 0))
    except TooMuchError as error:
        reason = str(error)
    except RecursionError:
        reason = "deep"
    except Exception:  # whatever else: the student may have changed the libraries that read it
        reason = "failed"
    writer = Writer()
    return writer.packed(writer.unreadable(type(value), reason))


class Writer:
    """Collects the parts of one value: JSON for its shape, and blobs for what is long."""

    def __init__(self, functions: Callable[[Any], int] | None = None) -> None:
        self.functions = functions
        self.blobs: list[bytes] = []
        self.bytes = 0
        self.values = 0

    def packed(self, node: Any) -> bytes:
        """Return everything as bytes: the lengths, the JSON, the blobs."""
        text = json.dumps([node, [len(blob) for blob in self.blobs]], separators=(",", ":"), allow_nan=False).encode()
        if len(text) > SHAPE or len(text) + self.bytes > BYTES:
            raise TooMuchError("large")
        return struct.pack(">I", len(text)) + text + b"".join(self.blobs)

    def blob(self, data: bytes) -> int:
        """Keep a blob, and return its number."""
        self.bytes += len(data)
        if self.bytes > BYTES:
            raise TooMuchError("large")
        self.blobs.append(data)
        return len(self.blobs) - 1

    def node(self, value: Any, depth: int) -> Any:
        """Return a value as JSON."""
        self.values += 1
        if self.values > VALUES:
            raise TooMuchError("large")
        if depth > DEPTH:
            raise TooMuchError("deep")
        cls = type(value)
        for base in _MRO(cls):
            if base in PLAIN:
                return PLAIN[base](self, value, depth + 1)
        return self.other(cls, value, depth + 1)

    def many(self, values: Iterable[Any], depth: int) -> list[Any]:
        """Return several values as JSON."""
        return [self.node(one, depth) for one in values]

    def other(self, cls: type, value: Any, depth: int) -> Any:
        """Return what needs a library to be told, or is a function; else that it is unreadable."""
        mro = _MRO(cls)
        homes = {str(base.__module__).partition(".")[0] for base in mro[:-1]}
        if homes & {"numpy", "pandas", "geopandas", "shapely"}:
            from labkit.assignments.answers import tables

            node = tables.write(self, value, mro, depth)
            if node is not None:
                return node
        if homes & {"labkit", "folium", "altair", "matplotlib"}:
            from labkit.assignments.answers import ours

            node = ours.write(self, value, depth)
            if node is not None:
                return node
        if self.functions and callable(value):
            name = value.__name__ if cls is types.FunctionType else _NAME(value if issubclass(cls, type) else cls)
            return {"t": "function", "name": str(name)[:100], "v": self.functions(value)}
        return self.unreadable(cls)

    def unreadable(self, cls: type, reason: str = "") -> Any:
        """Return that a value of this type cannot be told."""
        return {"t": "unreadable", "type": str(_NAME(cls))[:100], "reason": reason}

    def strings(self, values: list[Any]) -> Any:
        """Return texts, and the marks for "nothing" between them, as two blobs."""
        lengths, pieces = [], []
        pandas_na = getattr(sys.modules.get("pandas"), "NA", None)
        for value in values:
            if type(value) is str:
                piece = value.encode("utf-8", "surrogatepass")
                pieces.append(piece)
                lengths.append(len(piece))
            else:
                lengths.append(-1 if value is None else -2 if pandas_na is None or value is not pandas_na else -3)
        self.values += len(values) // 10
        numbers = struct.pack(f"<{len(lengths)}i", *lengths)
        return {"t": "strings", "n": self.blob(numbers), "v": self.blob(b"".join(pieces))}


def _int(writer: Writer, value: int, depth: int) -> Any:
    plain = int.__pos__(value)
    if -_EXACT_INT < plain < _EXACT_INT:
        return plain
    if plain.bit_length() > 100_000:
        raise TooMuchError("large")
    return {"t": "int", "v": f"{plain:x}"}


def _float(writer: Writer, value: float, depth: int) -> Any:
    plain = float.__pos__(value)
    return plain if math.isfinite(plain) else {"t": "float", "v": repr(plain)}


def _str(writer: Writer, value: str, depth: int) -> Any:
    plain = str.__str__(value)
    if len(plain) > 1000 or not plain.isascii():
        return {"t": "str", "b": writer.blob(plain.encode("utf-8", "surrogatepass"))}
    return plain


def _list(writer: Writer, value: list[Any], depth: int) -> Any:
    return writer.many(list.__iter__(value), depth)


def _tuple(writer: Writer, value: tuple[Any, ...], depth: int) -> Any:
    return {"t": "tuple", "v": writer.many(tuple.__iter__(value), depth)}


def _set(writer: Writer, value: set[Any], depth: int) -> Any:
    return {"t": "set", "v": writer.many(set.__iter__(value), depth)}


def _frozenset(writer: Writer, value: frozenset[Any], depth: int) -> Any:
    return {"t": "frozenset", "v": writer.many(frozenset.__iter__(value), depth)}


def _dict(writer: Writer, value: dict[Any, Any], depth: int) -> Any:
    return {"t": "dict", "v": [[writer.node(k, depth), writer.node(v, depth)] for k, v in dict.items(value)]}


def _range(writer: Writer, value: range, depth: int) -> Any:
    if value and abs(value[-1] - value[0]) > abs(value.step) * LONGEST:
        raise TooMuchError("large")
    return {"t": "range", "v": writer.many((value.start, value.stop, value.step), depth)}


def _zone(zone: Any, moment: Any) -> Any:
    """Return a time zone by its name, else by its distance from UTC in seconds."""
    if zone is None:
        return None
    key = getattr(zone, "key", None)
    if type(zone).__module__.startswith("zoneinfo") and type(key) is str:
        return key[:100]
    try:
        offset = zone.utcoffset(moment)
        return dt.timedelta.total_seconds(offset) if type(offset) is dt.timedelta else None
    except Exception:
        return None


def _datetime(writer: Writer, value: dt.datetime, depth: int) -> Any:
    pandas = sys.modules.get("pandas")
    if pandas is not None and type(value) in (pandas.Timestamp, type(pandas.NaT)):
        from labkit.assignments.answers import tables

        return tables.write(writer, value, _MRO(type(value)), depth)
    zone = _zone(dt.datetime.tzinfo.__get__(value), value)
    text = dt.datetime.isoformat(dt.datetime.replace(value, tzinfo=None))
    return {"t": "datetime", "v": text, "fold": value.fold, "zone": zone}


def _timedelta(writer: Writer, value: dt.timedelta, depth: int) -> Any:
    pandas = sys.modules.get("pandas")
    if pandas is not None and type(value) is pandas.Timedelta:
        from labkit.assignments.answers import tables

        return tables.write(writer, value, _MRO(type(value)), depth)
    return {"t": "timedelta", "v": [value.days, value.seconds, value.microseconds]}


def _time(writer: Writer, value: dt.time, depth: int) -> Any:
    return {"t": "time", "v": dt.time.isoformat(dt.time.replace(value, tzinfo=None)), "fold": value.fold}


def _numpy_or(plain: Callable[[Writer, Any, int], Any]) -> Callable[[Writer, Any, int], Any]:
    """Keep numpy's own numbers and texts, which build on plain ones, what they are."""

    def write(writer: Writer, value: Any, depth: int) -> Any:
        numpy = sys.modules.get("numpy")
        if numpy is not None and type(value) in (numpy.float64, numpy.complex128, numpy.str_, numpy.bytes_):
            from labkit.assignments.answers import tables

            return tables.write(writer, value, _MRO(type(value)), depth)
        return plain(writer, value, depth)

    return write


#: Exact types, each with how its value is written; also for what builds on them.
PLAIN: dict[type, Callable[[Writer, Any, int], Any]] = {
    type(None): lambda writer, value, depth: None,
    type(...): lambda writer, value, depth: {"t": "..."},
    bool: lambda writer, value, depth: value,
    int: _int,
    float: _numpy_or(_float),
    complex: _numpy_or(lambda writer, value, depth: {"t": "complex", "v": repr(complex.__pos__(value))}),
    str: _numpy_or(_str),
    bytes: _numpy_or(
        lambda writer, value, depth: {"t": "bytes", "b": writer.blob(bytes.__getitem__(value, slice(None)))}
    ),
    bytearray: lambda writer, value, depth: {"t": "bytes", "b": writer.blob(bytes(value))},
    list: _list,
    tuple: _tuple,
    set: _set,
    frozenset: _frozenset,
    dict: _dict,
    range: _range,
    dt.datetime: _datetime,
    dt.date: lambda writer, value, depth: {"t": "date", "v": dt.date.isoformat(value)},
    dt.time: _time,
    dt.timedelta: _timedelta,
    decimal.Decimal: lambda writer, value, depth: {"t": "decimal", "v": decimal.Decimal.__str__(value)},
    fractions.Fraction: lambda writer, value, depth: {
        "t": "fraction",
        "v": writer.many((value.numerator, value.denominator), depth),
    },
    pathlib.PurePath: lambda writer, value, depth: {"t": "path", "v": str(pathlib.PurePath.__str__(value))},
    Missing: lambda writer, value, depth: {"t": "missing", "name": value.name},
    Unreadable: lambda writer, value, depth: {"t": "unreadable", "type": value.type, "reason": value.reason},
}
