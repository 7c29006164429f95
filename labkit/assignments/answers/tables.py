"""Arrays, tables and outlines as data: numpy, pandas, geopandas and shapely, in the student's process."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from labkit.assignments.answers.encoding import Writer


def write(writer: Writer, value: Any, mro: tuple[type, ...], depth: int) -> Any:
    """Return a value of one of these libraries as JSON; None if it is none of theirs that can be told."""
    import numpy as np

    if np.ndarray in mro:
        return None if np.ma.MaskedArray in mro else array(writer, np.asarray(value).view(np.ndarray), depth)
    if np.generic in mro and type(value).__module__ == "numpy":
        return {"t": "number", "v": array(writer, np.asarray(value), depth)}
    return _of_pandas(writer, value, mro, depth) or _of_shapely(writer, value, mro)


def _of_pandas(writer: Writer, value: Any, mro: tuple[type, ...], depth: int) -> Any:
    pd = sys.modules.get("pandas")
    if pd is None:
        return None
    for kind, form in ((pd.DataFrame, frame), (pd.Series, series), (pd.Index, index)):
        if kind in mro:
            return form(writer, value, depth)
    if pd.api.extensions.ExtensionArray in mro:
        return {"t": "column", "v": column(writer, value, depth)}
    return _moment(writer, value, pd, depth)


def _of_shapely(writer: Writer, value: Any, mro: tuple[type, ...]) -> Any:
    shapely = sys.modules.get("shapely")
    if shapely is None or shapely.Geometry not in mro:
        return None
    return {"t": "shape", "b": writer.blob(shapely.to_wkb(value, output_dimension=3))}


def _moment(writer: Writer, value: Any, pd: Any, depth: int) -> Any:
    """Return one of pandas' own single values as JSON."""
    if value is pd.NaT or value is pd.NA:
        return {"t": "NaT" if value is pd.NaT else "NA"}
    if type(value) in (pd.Timestamp, pd.Timedelta, pd.Period):
        return {"t": "timestamp", "v": column(writer, pd.Index([value]).array, depth)}
    if type(value) is pd.Interval:
        return {"t": "interval", "v": writer.many((value.left, value.right), depth), "closed": value.closed}
    return None


def array(writer: Writer, value: Any, depth: int) -> Any:
    """Return a numpy array as JSON."""
    import numpy as np

    if value.dtype.kind == "O":
        flat = value.ravel().tolist()
        return {"t": "array", "d": "O", "s": list(value.shape), "v": _objects(writer, flat, depth)}
    if value.dtype.kind not in "biufcmMSU":
        return writer.unreadable(type(value))
    data = np.ascontiguousarray(value)
    return {"t": "array", "d": value.dtype.str, "s": list(value.shape), "b": writer.blob(data.tobytes())}


def _objects(writer: Writer, values: list[Any], depth: int) -> Any:
    """Return a list of anything as JSON; texts with gaps the short way."""
    na = getattr(sys.modules.get("pandas"), "NA", None)
    if len(values) > 8 and all(type(one) is str or one is None or one is na for one in values):
        return writer.strings(values)
    return writer.many(values, depth)


def column(writer: Writer, value: Any, depth: int) -> Any:
    """Return one column (what `Series.array` gives) as JSON."""
    import numpy as np
    import pandas as pd

    forms = (
        (pd.CategoricalDtype, _category),
        (pd.DatetimeTZDtype, _zoned),
        (pd.PeriodDtype, _period),
        (pd.IntervalDtype, _intervals),
        (pd.StringDtype, _texts),
    )
    kind = value.dtype
    for of, form in forms:
        if isinstance(kind, of):
            return form(writer, value, depth)
    if kind.name == "geometry":
        return _outlines(writer, value)
    if hasattr(value, "_mask") and hasattr(value, "_data"):  # nullable numbers and booleans
        parts = [array(writer, np.asarray(part), depth) for part in (value._data, value._mask)]
        return {"c": "masked", "v": parts[0], "mask": parts[1]}
    plain = isinstance(kind, np.dtype | pd.SparseDtype) or hasattr(kind, "numpy_dtype")
    return {"c": "array", "v": array(writer, np.asarray(value, dtype=None if plain else object), depth)}


def _category(writer: Writer, value: Any, depth: int) -> Any:
    import numpy as np

    of = column(writer, value.dtype.categories.array, depth)
    codes = array(writer, np.asarray(value.codes), depth)
    return {"c": "category", "codes": codes, "of": of, "ordered": bool(value.dtype.ordered)}


def _zoned(writer: Writer, value: Any, depth: int) -> Any:
    moments = array(writer, value.asi8, depth)
    return {"c": "zoned", "v": moments, "unit": value.dtype.unit, "zone": str(value.dtype.tz)}


def _period(writer: Writer, value: Any, depth: int) -> Any:
    return {"c": "period", "v": array(writer, value.asi8, depth), "freq": value.freqstr}


def _intervals(writer: Writer, value: Any, depth: int) -> Any:
    sides = [column(writer, side.array, depth) for side in (value.left, value.right)]
    return {"c": "interval", "v": sides, "closed": value.closed}


def _texts(writer: Writer, value: Any, depth: int) -> Any:  # noqa: ARG001 - as the others
    import pandas as pd

    texts = [one if type(one) is str else None for one in value.tolist()]
    return {
        "c": "string",
        "v": writer.strings(texts),
        "nan": value.dtype.na_value is not pd.NA,
        "storage": value.dtype.storage,
    }


def _outlines(writer: Writer, value: Any) -> Any:
    """Return outlines as JSON: well-known binary, and the name of their coordinate system."""
    import shapely

    pieces = [None if one is None else shapely.to_wkb(one, output_dimension=3) for one in value]
    lengths = [-1 if piece is None else len(piece) for piece in pieces]
    import numpy as np

    numbers = writer.blob(np.asarray(lengths, dtype="<i4").tobytes())
    return {"c": "outlines", "n": numbers, "v": writer.blob(b"".join(p for p in pieces if p)), "crs": _crs(value.crs)}


def _crs(crs: Any) -> Any:
    if crs is None:
        return None
    code = crs.to_epsg()
    return int(code) if code else crs.to_wkt()[:20_000]


def index(writer: Writer, value: Any, depth: int) -> Any:
    """Return the labels of rows or columns as JSON."""
    import numpy as np
    import pandas as pd

    names = writer.many(list(value.names), depth)
    if isinstance(value, pd.RangeIndex):
        return {"t": "index", "range": [value.start, value.stop, value.step], "names": names}
    if isinstance(value, pd.MultiIndex):
        levels = [column(writer, level.array, depth) for level in value.levels]
        codes = [array(writer, np.asarray(code), depth) for code in value.codes]
        return {"t": "index", "levels": levels, "codes": codes, "names": names}
    return {
        "t": "index",
        "v": column(writer, value.array, depth),
        "names": names,
        "freq": getattr(value, "freqstr", None),
    }


def series(writer: Writer, value: Any, depth: int) -> Any:
    """Return a Series as JSON."""
    return {
        "t": "series",
        "v": column(writer, value.array, depth),
        "index": index(writer, value.index, depth),
        "name": writer.node(value.name, depth),
    }


def frame(writer: Writer, value: Any, depth: int) -> Any:
    """Return a DataFrame or GeoDataFrame as JSON."""
    gpd = sys.modules.get("geopandas")
    return {
        "t": "frame",
        "v": [column(writer, value.iloc[:, place].array, depth) for place in range(value.shape[1])],
        "columns": index(writer, value.columns, depth),
        "index": index(writer, value.index, depth),
        "geo": gpd is not None and isinstance(value, gpd.GeoDataFrame),
        "geometry": writer.node(getattr(value, "_geometry_column_name", None), depth),
    }
