"""Maps of odd figures and odd outlines: they still say something true, on the page and in the picture, or say why not."""

from __future__ import annotations

import base64
import json
import math
import re
from xml.etree import ElementTree

import pytest
import shapely
import shapely.ops
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_map import collection, plain_layer

import labkit as lk
from labkit.errors import LabkitError, NoFiguresError, WrongUseError
from labkit.maps.districts import district_map
from labkit.maps.of_table import table_map
from labkit.maps.outlines import outlines_spec, rings_of_shapes
from labkit.maps.svg_paths import svg_paths

SVG = "{http://www.w3.org/2000/svg}"


def table(values, shapes=None, crs=4326, **columns):
    """A made-up table of squares in a row."""
    import geopandas as gpd

    squares = [shapely.box(4 + at / 10, 52, 4.1 + at / 10, 52.1) for at in range(len(values))]
    codes = {"code": [f"A{at}" for at in range(len(values))]}
    return gpd.GeoDataFrame({**codes, "value": values, **columns}, geometry=shapes or squares, crs=crs)


def made_of(values, shapes=None, **options):
    return table_map(table(values, shapes), "value", **{"year": 2025, "language": "en", **options})


def checked(made):
    """Look at page and picture of a map: all its areas are there, and the legend counts each once."""
    spec = json.loads(re.search(r'id="labkit-spec">(.*?)</script>', made.to_html())[1])
    areas = len(made.table)
    assert len(spec["layer"]["values"]) == len(spec["areas"]["encoded"]["codes"]) == areas
    assert sum(row.count for row in made.legend) == areas
    picture = ElementTree.fromstring(made.still().svg)
    drawn = [one for one in picture.iter(f"{SVG}path") if one.find(f"{SVG}title") is not None]
    assert len(drawn) == areas
    assert not re.search(r"\b(nan|inf|None)\b", "".join(picture.itertext()))
    return spec["layer"]


# --- figures ---


def test_all_values_missing_is_a_map_of_hatched_areas():
    made = made_of([None, math.nan, None])
    layer = checked(made)
    assert layer["classes"] == [] and layer["values"] == [None] * 3
    assert [(row.label, row.count, row.reason) for row in made.legend] == [("No figure", 3, "Empty in the table.")]
    assert "Without a figure: 3." in made.still().svg


def test_one_area_has_one_class():
    made = made_of([7.5])
    checked(made)
    assert [(row.label, row.count) for row in made.legend] == [("7.5", 1)]


def test_equal_values_are_one_class_and_it_says_so():
    made = made_of([4.0] * 6)
    checked(made)
    assert [(row.label, row.count) for row in made.legend] == [("4", 6)]
    assert any("too many values are equal" in note for note in made.layers[0].remarks_for_all("en"))


def test_negative_values_keep_their_sign_and_order():
    made = made_of([-30, -2.5, 0, 4, 12], k=3)
    checked(made)
    assert made.legend[0].label.startswith("-30") or made.legend[0].label.startswith("−30")
    assert made.table["value"].tolist() == [-30, -2.5, 0, 4, 12]


@pytest.mark.parametrize("size", [1e12, 1e-3, 1e-9])
def test_very_large_and_very_small_values_are_told_apart(size):
    values = [size, 2 * size, 3 * size, 4.5 * size, 9 * size]
    made = made_of(values)
    checked(made)
    assert [row.count for row in made.legend] == [1] * 5
    assert made.table["value"].tolist() == pytest.approx(values, rel=0.2)
    assert len({row.label for row in made.legend}) == 5


def test_values_that_are_too_small_to_write_are_refused_with_a_way_out():
    with pytest.raises(WrongUseError, match="smaller unit"):
        made_of([1e-14, 2e-14])


def test_a_value_of_a_million_million_among_small_ones():
    made = made_of([1, 2, 3, 1e12])
    checked(made)
    assert made.legend[-1].label.endswith("1,000,000,000,000")


def test_infinite_values_are_missing_with_their_reason():
    made = made_of([1.0, math.inf, -math.inf, None, 2.0])
    checked(made)
    reasons = {row.reason: row.count for row in made.legend if row.label == "No figure"}
    assert reasons == {
        "Infinite in the table: was something divided by zero?": 2,
        "Empty in the table.": 1,
    }


def test_a_year_without_figures_is_refused_with_the_years_that_there_are(leiden):
    with pytest.raises(NoFiguresError, match="2020"):
        leiden.map("lonely", year=1999)


@given(
    st.lists(
        st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True, width=32), st.integers(-(10**12), 10**12)),
        min_size=1,
        max_size=8,
    ),
    st.integers(1, 6),
)
@settings(max_examples=40, deadline=None)
def test_whatever_the_values_each_area_is_counted_once_or_the_map_is_refused(values, k):
    try:
        made = made_of([None if one is None else float(one) for one in values], k=k)
    except LabkitError as error:
        assert "smaller unit" in str(error)
        return
    assert sum(row.count for row in made.legend) == len(values)
    known = [one for one in values if one is not None and math.isfinite(one)]
    assert made.table["value"].notna().sum() == len(known)
    made.still()


def test_all_missing_of_a_city_layer_too():
    checked(district_map(plain_layer([None, None]), language="en"))


# --- columns ---


def test_a_column_that_is_not_there_or_holds_words_is_named():
    with pytest.raises(WrongUseError, match=r"no column 'vlaue'.*value"):
        table_map(table([1, 2]), "vlaue", year=2025)
    with pytest.raises(WrongUseError, match=r"'about 3'.*to_numeric"):
        made_of(["1", "about 3"])


def test_two_rows_with_one_code_are_refused():
    twice = table([1, 2]).assign(code=["A", "A"])
    with pytest.raises(WrongUseError, match="code 'A'"):
        table_map(twice, "value", year=2025)
    assert sorted(table_map(twice, "value", year=2025, code="value").table["area"]) == ["1", "2"]


def test_an_empty_table_and_a_table_of_points_are_refused():
    with pytest.raises(WrongUseError, match="no rows"):
        table_map(table([]), "value", year=2025)
    with pytest.raises(WrongUseError, match=r"Point.*add_observations"):
        made_of([1, 2], [shapely.Point(4, 52), shapely.Point(5, 52)])


# --- outlines ---


def test_areas_without_an_outline_stay_in_table_and_legend():
    shapes = [shapely.box(4, 52, 5, 53), None, shapely.Polygon(), shapely.Point(4, 52)]
    made = made_of([1, 2, 3, 4], shapes)
    checked(made)
    assert "Without an outline, and so only in the table: 3." in made.layers[0].remarks_for_all("en")
    assert made.table["area"].tolist() == ["A0", "A1", "A2", "A3"]


def test_coordinates_of_another_system_are_refused_with_a_way_out():
    shapes = [shapely.box(90_000, 460_000, 91_000, 461_000)]
    with pytest.raises(WrongUseError, match=r"A0.*no longitude and latitude.*crs"):
        table_map(table([1], shapes, crs=None), "value", year=2025).to_html()
    made = table_map(table([1], shapes, crs=28992), "value", year=2025)
    checked(made)
    west, south, east, north = shapely.total_bounds(made.ground.areas.shapes)
    assert 4 < west < east < 5 and 52 < south < north < 53


@pytest.mark.parametrize("garbage", [math.nan, math.inf, 1e300])
def test_garbage_in_coordinates_is_refused(garbage):
    odd = collection(["North", "South"])
    odd["features"][1]["geometry"]["coordinates"][0][0][2][1] = garbage
    with pytest.raises(WrongUseError, match=r"A1.*no longitude and latitude"):
        outlines_spec(odd)


def test_an_area_on_both_sides_of_the_date_line_is_drawn_whole():
    east = shapely.box(179, -17, 180, -16)
    made = made_of(
        [1, 2], [shapely.MultiPolygon([east, shapely.box(-180, -17, -179, -16)]), shapely.box(177, -18, 178, -17)]
    )
    checked(made)
    found = decoded(outlines_spec(made.ground.areas)["encoded"])
    assert len(found[0]) == 2


def test_holes_and_islands_survive():
    ring = shapely.box(4, 52, 5, 53).difference(shapely.box(4.4, 52.4, 4.6, 52.6))
    made = made_of([1], [shapely.union_all([ring, shapely.box(6, 52, 6.5, 52.5)])])
    checked(made)
    parts = decoded(outlines_spec(made.ground.areas)["encoded"])[0]
    assert sorted(len(part) for part in parts) == [1, 2]
    assert 'fill-rule="evenodd"' in made.still().svg


# --- the form of outlines ---


def numbers(text):
    """Read a text of outlines: seven bits a byte, the eighth says that more follow."""
    found, value, place = [], 0, 0
    for byte in base64.b64decode(text):
        value |= (byte & 127) << place
        place += 7
        if byte < 128:
            found.append(value)
            value = place = 0
    return found


def decoded(spec):
    """Read outlines back, in plain Python: areas of polygons of rings of points."""
    counts, steps = iter(numbers(spec["counts"])), iter(numbers(spec["steps"]))
    areas = [next(counts) for _ in spec.get("codes", [None])]
    parts = [[next(counts) for _ in range(count)] for count in areas]
    x = y = 0
    whole = []
    for area in parts:
        whole.append([])
        for rings in area:
            whole[-1].append([])
            for _ in range(rings):
                whole[-1][-1].append([None] * next(counts))
    for area in whole:
        for polygon in area:
            for ring in polygon:
                for at in range(len(ring)):
                    dx, dy = (-(n + 1) // 2 if n % 2 else n // 2 for n in (next(steps), next(steps)))
                    x, y = x + dx, y + dy
                    ring[at] = (x / 10 ** spec["decimals"], y / 10 ** spec["decimals"])
    assert next(counts, None) is next(steps, None) is None
    return whole


@pytest.mark.parametrize("level", ["municipality", "district", "neighbourhood"])
def test_outlines_of_a_city_lose_nothing(leiden, level):
    outlines = leiden.areas.outlines(level)
    found = decoded(outlines_spec(outlines)["encoded"])
    for feature, area in zip(outlines["features"], found, strict=True):
        geometry = feature["geometry"]
        parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        assert area == [[[tuple(corner) for corner in ring[:-1]] for ring in part] for part in parts]


corner = st.tuples(st.floats(-179, 179), st.floats(-84, 84))
triangles = st.lists(st.tuples(corner, corner, corner), min_size=1, max_size=6)


@given(triangles)
@settings(max_examples=60, deadline=None)
def test_any_outline_comes_back_within_a_step_of_its_grid(found):
    shapes = [shapely.Polygon(one) for one in found]
    spec = {"codes": shapes, **encoded_of(shapes)}
    half = 0.5 / 10 ** spec["decimals"] + 1e-9
    for shape, area in zip(shapes, decoded(spec), strict=True):
        kept = area[0][0]
        assert kept
        for x, y in shape.exterior.coords:
            assert any(abs(x - a) <= half and abs(y - b) <= half for a, b in kept)


def encoded_of(shapes):
    from labkit.maps.outlines import encoded

    return encoded(rings_of_shapes(shapes))


def test_neighbours_keep_the_border_that_they_share():
    wide = shapely.box(0, 50, 15, 60)  # a grid of four decimals
    line = shapely.LineString([(7, 50), (7.123456, 53.111111), (6.98767, 57.000049), (7, 60)])
    left, right = shapely.get_parts(shapely.ops.split(wide, line))
    spec = {"codes": [0, 1], **encoded_of([left, right])}
    assert spec["decimals"] == 4
    one, other = ({*area[0][0]} for area in decoded(spec))
    assert {(7.1235, 53.1111), (6.9877, 57.0)} <= one & other


def test_paths_of_many_areas_are_joined_too():
    squares = [shapely.box(at % 50, at // 50, at % 50 + 1, at // 50 + 1) for at in range(2_500)]
    found = rings_of_shapes(squares)
    paths = svg_paths(found, *(3.3 * found.points.T))
    assert len(paths) == 2_500 and all(path.startswith("M") and path.endswith("z") for path in paths)


def test_a_collection_of_geojson_without_outlines_is_an_empty_map():
    nothing = collection(["North"])
    nothing["features"][0]["geometry"] = None
    assert decoded(outlines_spec(nothing)["encoded"]) == [[]]


def test_a_map_of_the_country_stays_small_and_says_its_limits():
    made = table_map(
        table([float(at % 17) for at in range(3_000)], [square(at) for at in range(3_000)]), "value", year=2025
    )
    page = made.to_html()
    assert page.count("<tr") < 1_000  # rows that nobody reads do not slow the page
    assert len(page) < 600_000
    assert len(made.table) == 3_000


def square(at):
    return shapely.box(4 + at % 60 / 50, 52 + at // 60 / 50, 4.02 + at % 60 / 50, 52.02 + at // 60 / 50)


def test_the_same_table_is_the_same_bytes():
    assert made_of([1, 2, None]).to_html() == made_of([1, 2, None]).to_html()
    assert lk.open_city("leiden").map("lonely", year=2020).to_html().count('"encoded"') == 2
