"""Rebuild arrays, tables and outlines from data, in our process."""

# ruff: noqa: ARG001 - all that stand in one table of readers have the same arguments

from __future__ import annotations

import contextlib
import re
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from labkit.assignments.answers.outlines import demand_sound
from labkit.assignments.answers.zones import zone

if TYPE_CHECKING:
    from labkit.assignments.answers.decoding import Reader

_NUMBERS = re.compile(r"[<>|=]?([biufcSU]\d{1,6}|[mM]8(\[\d{0,4}(generic|Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?)")
#: What makes a coordinate system read a file of its own choice, as soon as something is computed with it.
_FILES = re.compile(r"PARAMETERFILE|EXTENSION|grids|\.(tif|gsb|gtx|json|pol|db)\b", re.IGNORECASE)
_LARGEST = 10_000_000


def read(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    """Return the array, table or outline that a piece of JSON stands for."""
    return READ[node["t"]](reader, node, depth)


def _wrong(cause: str) -> Exception:
    return ValueError(cause)


def array(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    """Return a numpy array of its own memory."""
    import numpy as np

    shape = tuple(node["s"])
    if len(shape) > 8 or any(type(one) is not int or not 0 <= one <= _LARGEST for one in shape):
        raise _wrong("shape")
    if node["d"] == "O":
        values = objects(reader, node["v"], depth)
        flat = np.empty(len(values), dtype=object)
        for place, value in enumerate(values):
            flat[place] = value
        return flat.reshape(shape)
    if not _NUMBERS.fullmatch(node["d"]):
        raise _wrong("dtype")
    found = (
        np.frombuffer(reader.blob(node["b"]), dtype=np.dtype(node["d"])) if 0 not in shape else np.empty(0, node["d"])
    )
    if found.dtype.kind == "U" and found.size and found.view(found.dtype.str[0] + "u4").max() > 0x10FFFF:
        raise _wrong("text")
    if found.dtype.kind == "b" and found.size and found.view("u1").max() > 1:
        raise _wrong("bool")
    return found.reshape(shape).copy()


def objects(reader: Reader, node: Any, depth: int) -> list[Any]:
    """Return a list of anything."""
    values = reader.strings(node) if type(node) is dict and node.get("t") == "strings" else reader.node(node, depth)
    if type(values) is not list:
        raise _wrong("list")
    return values


def column(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    """Return one column: what `Series.array` gave."""
    return COLUMNS[node["c"]](reader, node, depth)


def _numbers(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    found = array(reader, node["v"], depth)
    if found.ndim != 1:
        raise _wrong("shape")
    return found


def _category(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    import pandas as pd

    of = pd.Index(column(reader, node["of"], depth))
    return pd.Categorical.from_codes(_numbers(reader, {"v": node["codes"]}, depth), of, ordered=bool(node["ordered"]))


def _zoned(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    import numpy as np
    import pandas as pd

    moments = _numbers(reader, node, depth).view(np.dtype(f"M8[{_unit(node['unit'])}]"))
    return pd.DatetimeIndex(moments).tz_localize("UTC").tz_convert(_zone(node["zone"])).array


def _period(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    import pandas as pd

    of: Any = pd.PeriodIndex  # pandas' own types do not know its from_ordinals
    return of.from_ordinals(_numbers(reader, node, depth), freq=_freq(node["freq"])).array


def _intervals(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    import pandas as pd

    left, right = (column(reader, side, depth) for side in node["v"])
    return pd.arrays.IntervalArray.from_arrays(left, right, closed=node["closed"])


def _texts(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    import numpy as np
    import pandas as pd

    texts, of = reader.strings(node["v"]), cast(Any, pd.StringDtype)
    for storage in ({"pyarrow": "pyarrow"}.get(node["storage"], "python"), "python"):
        with contextlib.suppress(ImportError, TypeError):  # no pyarrow here, or a pandas without the choice of nothing
            return pd.array(texts, dtype=of(storage, **({"na_value": np.nan} if node["nan"] else {})))
    return pd.array(texts, dtype="string")


def _nullable(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    return _masked(array(reader, node["v"], depth), array(reader, node["mask"], depth))


def _masked(values: Any, mask: Any) -> Any:
    import pandas as pd

    if mask.dtype.kind != "b" or mask.shape != values.shape or values.ndim != 1:
        raise _wrong("mask")
    if values.dtype.kind == "b":
        return pd.arrays.BooleanArray(values, mask)
    if values.dtype.kind == "f":
        return pd.arrays.FloatingArray(values, mask)
    return pd.arrays.IntegerArray(values, mask)


def _unit(unit: Any) -> str:
    if unit not in ("s", "ms", "us", "ns"):
        raise _wrong("unit")
    return str(unit)


def _zone(name: Any) -> Any:
    fixed = re.fullmatch(r"UTC([+-])(\d\d):(\d\d)", name)
    if fixed:
        seconds = int(fixed[2]) * 3600 + int(fixed[3]) * 60
        return zone(-seconds if fixed[1] == "-" else seconds)
    return zone(name)


def _freq(freq: Any) -> str:
    if type(freq) is not str or not re.fullmatch(r"-?\d{0,6}[A-Za-z]{1,5}(-[A-Z]{3})?", freq):
        raise _wrong("freq")
    return freq


def _outlines(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    """Return a column of outlines."""
    import geopandas as gpd
    import numpy as np

    data, start = reader.blob(node["v"]), 0
    lengths = [one for (one,) in struct.iter_unpack("<i", reader.blob(node["n"]))]
    found = np.empty(len(lengths), dtype=object)
    for place, length in enumerate(lengths):
        if length >= 0:
            found[place] = outline(data[start : start + length])
            start += length
    return gpd.array.GeometryArray(found, crs=_crs(node["crs"]))


def outline(data: bytes) -> Any:
    """Return one outline, after a look at whether its bytes hold together."""
    import shapely

    demand_sound(data)
    return shapely.from_wkb(data)


def _crs(crs: Any) -> Any:
    import pyproj

    if crs is None:
        return None
    if type(crs) is int:
        return pyproj.CRS.from_epsg(crs)
    if type(crs) is not str or len(crs) > 20_000:
        raise _wrong("crs")
    if _FILES.search(crs):
        raise _wrong("crs")
    return pyproj.CRS.from_wkt(crs)


def index(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    """Return the labels of rows or columns."""
    import pandas as pd

    names = [_name(reader.node(name, depth)) for name in node["names"]]
    if "range" in node:
        start, stop, step = node["range"]
        limits = range(start, stop, step)
        if len(limits) > _LARGEST:
            raise _wrong("range")
        return pd.RangeIndex(limits, name=names[0])
    if "levels" in node:
        levels = [_labels(column(reader, level, depth)) for level in node["levels"]]
        codes = [array(reader, code, depth) for code in node["codes"]]
        return pd.MultiIndex(levels=levels, codes=codes, names=names, verify_integrity=True)
    found = _labels(column(reader, node["v"], depth), names[0])
    if node.get("freq"):
        with contextlib.suppress(ValueError, AttributeError):
            found.freq = _freq(node["freq"])
    return found


def _labels(values: Any, name: Any = None) -> Any:
    import pandas as pd

    return pd.Index(values, name=name, dtype=values.dtype)


def _name(name: Any) -> Any:
    hash(name)
    return name


def series(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    """Return a Series, or a GeoSeries of outlines."""
    import pandas as pd

    values, labels = column(reader, node["v"], depth), index(reader, node["index"], depth)
    name = _name(reader.node(node["name"], depth))
    if len(values) != len(labels):
        raise _wrong("length")
    if node["v"]["c"] == "outlines":
        import geopandas as gpd

        return gpd.GeoSeries(values, index=labels, name=name)
    return pd.Series(values, index=labels, name=name, dtype=values.dtype)


def frame(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    """Return a DataFrame, or a GeoDataFrame."""
    import pandas as pd

    labels = index(reader, node["index"], depth)
    names: Any = index(reader, node["columns"], depth)
    columns = [column(reader, one, depth) for one in node["v"]]
    if len(columns) != len(names) or any(len(one) != len(labels) for one in columns):
        raise _wrong("length")
    pieces = {place: pd.Series(one, index=labels, dtype=one.dtype) for place, one in enumerate(columns)}
    found: Any = pd.DataFrame(pieces, index=labels)
    if node["geo"]:
        import geopandas as gpd

        found = gpd.GeoDataFrame(found)
    found.columns = names
    active = reader.node(node["geometry"], depth)
    if node["geo"] and active is not None and active in names:
        found = found.set_geometry(active)
    return found


def _one(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    only: Any = index(reader, {"v": node["v"], "names": [None]}, depth)
    return only[0]


def _number(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    return array(reader, node["v"], depth)[()]


def _interval(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    import pandas as pd

    left, right = reader.node(node["v"], depth)
    return pd.Interval(left, right, closed=node["closed"])


def _nothing(name: str) -> Callable[[Reader, dict[str, Any], int], Any]:
    def read_nothing(reader: Reader, node: dict[str, Any], depth: int) -> Any:
        import pandas as pd

        return getattr(pd, name)

    return read_nothing


def _shape(reader: Reader, node: dict[str, Any], depth: int) -> Any:
    return outline(reader.blob(node["b"]))


Form = Callable[[Any, dict[str, Any], int], Any]

COLUMNS: dict[str, Form] = {
    "array": _numbers,
    "category": _category,
    "zoned": _zoned,
    "period": _period,
    "interval": _intervals,
    "string": _texts,
    "masked": _nullable,
    "outlines": _outlines,
}

READ: dict[str, Form] = {
    "array": array,
    "number": _number,
    "column": lambda reader, node, depth: column(reader, node["v"], depth),
    "timestamp": _one,
    "interval": _interval,
    "NaT": _nothing("NaT"),
    "NA": _nothing("NA"),
    "index": index,
    "series": series,
    "frame": frame,
    "shape": _shape,
}
