"""Projects and questions on the map of other programs: every record is there, at its place or without one."""

import json
from itertools import pairwise

import geopandas as gpd
import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_records import partner, project, question
from shapely.geometry import Polygon, shape

from labkit.errors import WrongUseError
from labkit.register.book import Book
from labkit.register.exchange import export
from labkit.register.exchange.features import FIELDS
from labkit.register.exchange.geojson import oriented
from labkit.register.records import Project, Question


@pytest.fixture(scope="module")
def made_up():
    """Return a book with every kind of place."""
    return Book(
        [
            project("p-one", scope="areas", areas=["Q11"]),
            project("p-two", scope="areas", areas=["Q11", "Q12", "S111"]),
            project("p-city", scope="city"),
            project("p-region", scope="region", areas=["T1"]),
            project("p-elsewhere", scope="elsewhere"),
            project("p-unknown", scope="unknown", on_site=True, students=0),
            project("p-strange", scope="areas", areas=["NOWHERE", "Q11"]),
            project("p-empty", scope="areas", areas=[]),
            question("q-one", scope="areas", areas=["Q12"]),
            question("q-unknown"),
            partner(),
        ]
    )


def read_geojson(book, city, place):
    return json.loads(export(book, city.areas, place / "a.geojson").read_text(encoding="utf-8"))


def test_every_record_is_there_and_counts_once(made_up, duinstad, tmp_path):
    features = read_geojson(made_up, duinstad, tmp_path)["features"]
    shares = {}
    for one in features:
        shares.setdefault(one["properties"]["record"], []).append(one["properties"]["share"])
    assert set(shares) == {one.id for one in made_up if isinstance(one, Project | Question)}
    assert all(sum(of) == pytest.approx(1) for of in shares.values())
    assert len(shares["p-two"]) == 3
    assert len({one["id"] for one in features}) == len(features)


def test_what_has_no_place_has_no_outline_and_says_why(made_up, duinstad, tmp_path):
    features = read_geojson(made_up, duinstad, tmp_path)["features"]
    found = {(one["properties"]["record"], one["properties"]["group"], one["geometry"] is None) for one in features}
    for id, group in (("city", "city"), ("region", "region"), ("elsewhere", "elsewhere"), ("unknown", "unknown")):
        assert (f"p-{id}", group, True) in found
    assert ("p-empty", "unknown", True) in found
    assert ("p-strange", "unknown", True) in found
    assert ("p-strange", "areas", False) in found
    assert all((group == "areas") != empty for _, group, empty in found)
    # The code that the city does not know is not lost, and neither is that of a region.
    assert {one["properties"]["area"] for one in features if one["properties"]["record"] == "p-strange"} == {
        "NOWHERE",
        "Q11",
    }
    assert next(one for one in features if one["properties"]["record"] == "p-region")["properties"]["areas"] == ["T1"]


def test_nothing_and_zero_stay_apart(made_up, duinstad, tmp_path):
    said = {
        one["properties"]["record"]: one["properties"] for one in read_geojson(made_up, duinstad, tmp_path)["features"]
    }
    assert said["p-unknown"]["students"] == 0
    assert said["p-one"]["students"] is None
    assert said["p-unknown"]["on_site"] is True
    table = gpd.read_file(export(made_up, duinstad.areas, tmp_path / "a.gpkg"), layer="projects").set_index("record")
    assert table.loc["p-unknown", "students"] == 0
    assert table.loc[["p-one"], "students"].isna().all()
    assert table.loc["p-unknown", "on_site"] == "true"


def test_geojson_keeps_to_its_standard(leiden, tmp_path):
    """RFC 7946: degrees, no other coordinate system, outer rings against the clock, closed."""
    data = read_geojson(leiden.register.book, leiden, tmp_path)
    assert set(data) == {"type", "features"}
    drawn = 0
    for feature in data["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        if feature["geometry"] is None:
            continue
        drawn += 1
        assert shape(feature["geometry"]).is_valid
        parts = feature["geometry"]["coordinates"]
        for rings in [parts] if feature["geometry"]["type"] == "Polygon" else parts:
            assert Polygon(rings[0]).exterior.is_ccw
            assert not any(Polygon(ring).exterior.is_ccw for ring in rings[1:])
            assert all(ring[0] == ring[-1] and 3 < x < 8 and 50 < y < 54 for ring in rings for x, y in ring)
    assert drawn > 20


@given(
    st.lists(
        st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)).map(list), min_size=3, max_size=6),
        min_size=1,
        max_size=3,
    )
)
def test_rings_turn_as_they_should_and_stay_the_same_rings(rings):
    closed = [[*ring, ring[0]] for ring in rings]
    for kind, coordinates in (("Polygon", closed), ("MultiPolygon", [closed, closed])):
        found = oriented({"type": kind, "coordinates": coordinates})["coordinates"]
        pairs = zip(closed, found if kind == "Polygon" else found[1], strict=True)
        for place, (old, new) in enumerate(pairs):
            assert new in (old, old[::-1])
            turn = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(new))
            assert turn >= 0 if place == 0 else turn <= 0


def test_geopandas_reads_both_alike(leiden, tmp_path):
    book, areas = leiden.register.book, leiden.areas
    one = gpd.read_file(export(book, areas, tmp_path / "a.geojson"))
    path = export(book, areas, tmp_path / "a.gpkg")
    assert sorted(pyogrio.list_layers(path)[:, 0]) == ["projects", "questions"]
    assert one.crs.to_epsg() == 4326
    for kind, name in (("project", "projects"), ("question", "questions")):
        other = gpd.read_file(path, layer=name)
        assert other.crs.to_epsg() == 4326
        mine = one[one["record_kind"] == kind].reset_index(drop=True)
        assert list(mine["record"]) == list(other["record"])
        assert list(mine["share"]) == list(other["share"])
        assert mine.geometry.isna().equals(other.geometry.isna())
        drawn = mine.geometry.notna()
        assert mine.geometry[drawn].geom_equals(other.geometry[drawn]).all()
        # By another way: the outline of an area is the one of the package.
        outlines = {area.code: shape(area.geometry) for area in areas}
        assert all(
            outlines[code].equals(drawn) for code, drawn in zip(mine["area"], mine.geometry, strict=True) if drawn
        )


def test_a_geopackage_in_metres(leiden, tmp_path):
    book, areas = leiden.register.book, leiden.areas
    metres = gpd.read_file(export(book, areas, tmp_path / "rd.gpkg", crs=28992), layer="projects")
    assert metres.crs.to_epsg() == 28992
    west, south, east, north = metres.total_bounds
    assert 80_000 < west < east < 110_000
    assert 450_000 < south < north < 480_000
    with pytest.raises(WrongUseError, match="28992 for RD New"):
        export(book, areas, tmp_path / "wrong.gpkg", crs=1)
    assert not (tmp_path / "wrong.gpkg").exists()


def test_a_register_without_records(duinstad, tmp_path):
    assert read_geojson(Book([]), duinstad, tmp_path)["features"] == []
    path = export(Book([]), duinstad.areas, tmp_path / "a.gpkg")
    for kind, name in (("project", "projects"), ("question", "questions")):
        table = gpd.read_file(path, layer=name)
        assert len(table) == 0
        assert set(FIELDS[kind]) <= set(table.columns)


@settings(max_examples=10)
@given(
    text=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1).map(str.strip).filter(bool)
)
def test_any_text_arrives(tmp_path_factory, duinstad, text):
    place = tmp_path_factory.mktemp("geo")
    book = Book([project(title_en=text, scope="areas", areas=["Q11"])])
    text = book["p-made-up"].title_en
    assert read_geojson(book, duinstad, place)["features"][0]["properties"]["title_en"] == text
    assert gpd.read_file(export(book, duinstad.areas, place / "a.gpkg"), layer="projects")["title_en"][0] == text


def test_the_fields_on_the_map_are_fields_of_the_records():
    for model in (Project, Question):
        assert set(FIELDS[model.KIND]) <= set(model.model_fields)
