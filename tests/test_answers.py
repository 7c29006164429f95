"""Answers as data: what goes in comes out, and bytes made to do harm end in one kind of error."""

import base64
import contextlib
import datetime as dt
import decimal
import fractions
import json
import math
import struct
import zoneinfo

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal, assert_geoseries_equal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labkit.assignments.answers import AnswerError, Missing, Unreadable, decode, encode

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def back(value):
    return decode(encode(value))


# --- plain values -------------------------------------------------------------------------------------------------

keys = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary() | st.dates()
plain = st.recursive(
    keys
    | st.just(...)
    | st.floats(allow_nan=False)
    | st.datetimes(timezones=st.none() | st.just(dt.UTC) | st.just(zoneinfo.ZoneInfo("Europe/Amsterdam")))
    | st.timedeltas()
    | st.times()
    | st.decimals(allow_nan=False, min_value=-(10**9), max_value=10**9)
    | st.fractions()
    | st.complex_numbers(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.lists(inner, max_size=5).map(tuple)
        | st.dictionaries(keys, inner, max_size=5)
        | st.sets(keys, max_size=5)
        | st.frozensets(keys, max_size=5)
    ),
    max_leaves=12,
)


def alike(one, other):
    """Equal, and of the same types all the way down."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict):
        return one == other and all(map(alike, one, other)) and all(map(alike, one.values(), other.values()))
    return one == other


@FEW
@given(plain)
def test_plain_values_come_back_as_they_are(value):
    assert alike(back(value), value)


def test_numbers_at_the_edge():
    assert math.isnan(back(float("nan")))
    assert back(float("-inf")) == -math.inf
    assert math.copysign(1, back(-0.0)) == -1
    assert back([1, 1.0, True]) == [1, 1.0, True]
    assert [type(one) for one in back([1, 1.0, True])] == [int, float, bool]
    assert back(2**100) == 2**100
    assert back(range(0, 10**7, 7)) == range(0, 10**7, 7)
    assert back("a\ud800\0b") == "a\ud800\0b"
    assert back(Missing("x")) == Missing("x")


def test_too_much_is_told_as_that():
    assert back(2**200_000) == Unreadable("int", "large")
    assert back(range(10**12)) == Unreadable("range", "large")
    assert back(list(range(300_000))) == Unreadable("list", "large")
    assert back(b"x" * 20_000_000) == Unreadable("bytes", "large")
    deep = []
    for _ in range(100):
        deep = [deep]
    assert back(deep) == Unreadable("list", "deep")
    assert back([object()]) == [Unreadable("object")]


# --- arrays and tables --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6).reshape(2, 3),
        np.array(3.5),
        np.array([1.5, np.nan], dtype="float32"),
        np.array([True, False]),
        np.array(["a", "bcd", ""]),
        np.array(["2020-01-01", "NaT"], dtype="M8[D]"),
        np.array([1, 2], dtype="m8[h]"),
        np.array([1 + 2j]),
        np.array([[1, "a"], [None, 2.5]], dtype=object),
        np.empty((0, 3)),
        np.arange(6).reshape(2, 3).T,
        np.array([1, 2], dtype=">i4"),
    ],
)
def test_arrays_come_back_as_they_are(array):
    found = back(array)
    assert found.dtype == array.dtype
    assert found.shape == array.shape
    assert np.array_equal(found, array, equal_nan=array.dtype.kind in "fcM")
    found.ravel()[:0] = 0  # it is memory of its own


@pytest.mark.parametrize(
    "value", [np.float64(1.5), np.int32(7), np.bool_(True), np.str_("a"), np.datetime64("2020-01-01")]
)
def test_numbers_of_numpy_stay_those(value):
    assert back(value) == value
    assert type(back(value)) is type(value)


SERIES = {
    "whole": pd.Series([1, 2], dtype="int64"),
    "gaps": pd.Series([1.5, np.nan]),
    "texts": pd.Series(["a", None, "ë"]),
    "objects": pd.Series([1, "a", None, [1]], dtype=object),
    "many texts": pd.Series(["a", None, "b"] * 5, dtype=object),
    "dates": pd.Series(pd.to_datetime(["2020-01-01", None])),
    "zoned": pd.Series(pd.to_datetime(["2020-03-29 00:00", "2020-03-29 12:00"]).tz_localize("Europe/Amsterdam")),
    "fixed zone": pd.Series(pd.to_datetime(["2020-03-29 00:00+05:30"])),
    "days": pd.Series(pd.to_timedelta([1, None], unit="D")),
    "quarters": pd.Series(pd.period_range("2020Q1", periods=3, freq="Q")),
    "classes": pd.Series(pd.cut([1, 5, 9], [0, 3, 6, 9])),
    "category": pd.Series(pd.Categorical(["a", None, "b"], categories=["b", "a"], ordered=True)),
    "nullable": pd.Series([1, None], dtype="Int64"),
    "nullable share": pd.Series([0.5, None], dtype="Float64"),
    "nullable yes": pd.Series([True, None], dtype="boolean"),
    "string": pd.Series(["a", None], dtype="string"),
    "named": pd.Series([1], index=pd.Index(["x"], name="area"), name=("share", 2020)),
    "empty": pd.Series([], dtype="float64"),
}


@pytest.mark.parametrize("name", SERIES)
def test_columns_come_back_as_they_are(name):
    pd.testing.assert_series_equal(back(SERIES[name]), SERIES[name])
    frame = SERIES[name].to_frame("a")
    frame.index = pd.RangeIndex(len(frame), name="row")
    pd.testing.assert_frame_equal(back(frame), frame)


@pytest.mark.parametrize(
    "index",
    [
        pd.RangeIndex(2, 10, 3, name="n"),
        pd.Index(["a", "b"], dtype=object),
        pd.Index([1.5, 2.5], name="n"),
        pd.date_range("2020-01-01", periods=3, freq="MS"),
        pd.MultiIndex.from_product([["a", "b"], [1, 2]], names=["area", None]),
        pd.CategoricalIndex(["a", "b", "a"]),
        pd.interval_range(0, 3),
        pd.period_range("2020", periods=2, freq="Y"),
    ],
)
def test_labels_come_back_as_they_are(index):
    pd.testing.assert_index_equal(back(index), index)
    frame = pd.DataFrame({"a": range(len(index))}, index=index)
    pd.testing.assert_frame_equal(back(frame), frame)
    pd.testing.assert_frame_equal(back(frame.T), frame.T)


def test_tables_with_names_twice_or_none_come_back():
    twice = pd.DataFrame([[1, 2.5], [3, 4.5]], columns=["a", "a"], index=["x", "x"])
    pd.testing.assert_frame_equal(back(twice), twice)
    pd.testing.assert_frame_equal(back(pd.DataFrame()), pd.DataFrame())


def test_single_moments_come_back():
    for value in (
        pd.Timestamp("2020-01-01", tz="Europe/Amsterdam"),
        pd.Timedelta("1D"),
        pd.Period("2020Q1"),
        pd.Interval(0, 1),
    ):
        assert back(value) == value
        assert type(back(value)) is type(value)
    assert back(pd.NaT) is pd.NaT
    assert back(pd.NA) is pd.NA


@FEW
@given(
    st.dictionaries(
        st.text(max_size=5),
        st.sampled_from(["float64", "Int64", "object", "category", "datetime64[us]", "string"]),
        max_size=4,
    ),
    st.integers(0, 12),
    st.randoms(),
)
def test_any_table_comes_back_as_it_is(columns, rows, chance):
    def cell(kind):
        if chance.random() < 0.2:
            return None
        number = chance.randrange(1000)
        return {
            "object": chance.choice([number, str(number), (number,)]),
            "category": "abc"[number % 3],
            "string": str(number),
        }.get(kind, number)

    table = pd.DataFrame(
        {name: pd.Series([cell(kind) for _ in range(rows)], dtype=kind) for name, kind in columns.items()}
    )
    pd.testing.assert_frame_equal(back(table), table)


def test_outlines_come_back_with_their_coordinate_system():
    square = shapely.box(0, 0, 1, 1)
    shapes = [
        square,
        None,
        shapely.Point(1, 2, 3),
        shapely.MultiPolygon([square]),
        shapely.GeometryCollection([square]),
        shapely.Point(),
    ]
    areas = gpd.GeoDataFrame({"code": list("abcdef")}, geometry=shapes, crs=28992)
    assert_geodataframe_equal(back(areas), areas)
    areas["second"] = gpd.GeoSeries(shapes, crs=4326)
    two = back(areas.set_geometry("second"))
    assert two.geometry.name == "second"
    assert two["geometry"].crs.to_epsg() == 28992
    assert_geoseries_equal(back(areas.geometry), areas.geometry)
    assert (
        back(gpd.GeoSeries([square], crs="+proj=laea +lat_0=52")).crs
        == gpd.GeoSeries([square], crs="+proj=laea +lat_0=52").crs
    )
    assert back(square).equals(square)
    bare = back(pd.DataFrame(areas).drop(columns=["geometry", "second"]))
    assert type(bare) is pd.DataFrame


def test_tables_of_classes_of_ones_own_come_back_as_plain_tables():
    class Mine(pd.DataFrame):
        def equals(self, other):
            return True

    class Array(np.ndarray):
        __hash__ = None

        def __eq__(self, other):
            return True

    assert type(back(Mine({"a": [1]}))) is pd.DataFrame
    assert type(back(np.arange(3).view(Array))) is np.ndarray
    assert isinstance(back(np.ma.masked_array([1, 2], [True, False])), Unreadable)


# --- bytes made to do harm ----------------------------------------------------------------------------------------

EXAMPLES = [encode(value) for value in (*SERIES.values(), {"a": (1, {2}, b"x", "ë")}, np.arange(3), shapely.box(0, 0, 1, 1), dt.datetime(2020, 1, 1, tzinfo=dt.UTC), decimal.Decimal(1), fractions.Fraction(1, 3), gpd.GeoSeries([shapely.Point(1, 2)], crs=28992), pd.MultiIndex.from_product([[1, 2], ["a", "b"]]))]  # fmt: skip


def harmless(data):
    with contextlib.suppress(AnswerError):
        decode(data)


def packed(node, *blobs):
    text = json.dumps([node, [len(blob) for blob in blobs]]).encode()
    return struct.pack(">I", len(text)) + text + b"".join(blobs)


@FEW
@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_value_or_in_our_error(data):
    harmless(data)
    harmless(struct.pack(">I", len(data)) + data)


@settings(FEW, max_examples=150)
@given(st.sampled_from(EXAMPLES), st.data())
def test_answers_with_bytes_changed_end_in_a_value_or_in_our_error(example, data):
    changed = bytearray(example)
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    harmless(bytes(changed))
    harmless(bytes(changed[: data.draw(st.integers(0, len(changed)))]))


TAGS = [
    "tuple", "set", "frozenset", "dict", "int", "float", "complex", "str", "bytes", "range", "datetime", "date", "time",
    "timedelta", "decimal", "fraction", "path", "missing", "unreadable", "function", "area", "tabled", "array", "number",
    "column", "timestamp", "interval", "index", "series", "frame", "shape", "facts", "nonsense",
]  # fmt: skip
FIELDS = ["v", "b", "n", "c", "d", "s", "of", "codes", "freq", "zone", "unit", "index", "columns", "name", "names", "levels", "range", "crs", "closed", "geo", "geometry", "fold", "type", "mask", "nan"]  # fmt: skip
nodes = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**70) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5) | st.sampled_from(["O", "<f8", "|b1", "<M8[ns]", "category", "array", "outlines", "right"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.builds(lambda tag, fields: {"t": tag, "c": "array", **fields}, st.sampled_from(TAGS), st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6))
    ),
    max_leaves=12,
)  # fmt: skip


@settings(FEW, max_examples=150)
@given(nodes, st.lists(st.binary(max_size=24), max_size=2))
def test_answers_that_are_made_up_end_in_a_value_or_in_our_error(node, blobs):
    harmless(packed(node, *blobs))


def wkb_nested(depth):
    return b"\1\7\0\0\0\1\0\0\0" * depth + shapely.to_wkb(shapely.Point(1, 2))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0\0\0",
        struct.pack(">I", 2**32 - 1) + b"[]",
        packed([[[]]])[:-3],
        struct.pack(">I", 1_000_000) + b"[" * 1_000_000,
        struct.pack(">I", 12) + b"[NaN,[]]    ",
        packed({"t": "int", "v": "f" * 1_000_000}),
        packed({"t": "decimal", "v": "1e999999999"}),
        packed({"t": "float", "v": "1"}),
        packed({"t": "set", "v": [[1]]}),
        packed({"t": "str", "b": 7}),
        packed({"t": "str", "b": -1}, b"x"),
        packed({"t": "array", "d": "<f8", "s": [10**9, 10**9], "b": 0}, b"12345678"),
        packed({"t": "array", "d": "<f8", "s": [2], "b": 0}, b"12345678"),
        packed({"t": "array", "d": "O8", "s": [1], "b": 0}, b"12345678"),
        packed({"t": "array", "d": "<U1", "s": [1], "b": 0}, b"\xff\xff\xff\x7f"),
        packed({"t": "index", "range": [0, 10**18, 1], "names": [None]}),
        packed({"t": "datetime", "v": "2020-01-01T00:00:00", "fold": 0, "zone": "../../etc/passwd"}),
        packed({"t": "shape", "b": 0}, wkb_nested(100_000)),
        packed({"t": "shape", "b": 0}, b"\1\3\0\0\0\xff\xff\xff\xff"),
        packed({"t": "shape", "b": 0}, b"\1\2\0\0\xc0" + b"\1\0\0\0" + b"\0" * 32),
        packed({"t": "nonsense"}),
        packed({"v": 1}),
    ],
)
def test_known_attacks_are_refused(data):
    with pytest.raises(AnswerError):
        decode(data)


def test_keys_made_to_fall_together_are_refused():
    step = 2**61 - 1  # all its multiples have the same place in a table
    node = {"t": "set", "v": [{"t": "int", "v": f"{step * n:x}"} for n in range(1, 2000)]}
    with pytest.raises(AnswerError, match="keys"):
        decode(packed(node))
    pairs = {"t": "dict", "v": [[one, 1] for one in node["v"]]}
    with pytest.raises(AnswerError, match="keys"):
        decode(packed(pairs))


def test_nothing_is_ever_unpickled(tmp_path):
    place = tmp_path / "ran"

    class Harm:
        def __reduce__(self):
            return (open, (str(place), "w"))

    found = back({"a": Harm(), "b": np.array([Harm()], dtype=object)})
    assert found["a"] == Unreadable("Harm")
    assert not place.exists()
    import pickle

    harmless(pickle.dumps(Harm()))
    harmless(packed({"t": "array", "d": "O", "s": [1], "b": 0}, base64.b64encode(pickle.dumps(Harm()))))
    assert not place.exists()
