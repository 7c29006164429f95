"""One map object: several indicators and years, comparison, shared classes, own observations; what code reads of it."""

from __future__ import annotations

import json
import re

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_map import NAMES, indicator, layer, plain_layer
from shapely.geometry import LineString, Point, box

import labkit as lk
from labkit.errors import NoFiguresError, PointsError, UnknownNameError, WrongUseError
from labkit.maps.districts import district_map
from labkit.maps.ground import Ground
from labkit.maps.observations import observation_layer
from labkit.maps.sharing import shared

HOW = {"scheme": None, "k": 3, "breaks": None, "middle": None}


def spec_of(page: str) -> dict:
    return json.loads(re.search(r'id="labkit-spec">(.*?)</script>', page)[1])


# --- several indicators and years ---


def test_all_years_are_layers_over_one_geometry(leiden):
    made = leiden.map("lonely", level="neighbourhood", year="all", language="en")
    assert [one.year for one in made.layers] == leiden.figures.years("lonely", "neighbourhood")
    spec = spec_of(made.to_html())
    assert len(spec["areas"]["encoded"]["codes"]) == 54
    assert [one and one["year"] for one in spec["layers"]] == [2012, 2016, None]  # the one shown stands in "layer"
    assert spec["layer"]["year"] == made.shown.year == 2020
    assert all("values" in one for one in spec["layers"] if one)
    one = len(leiden.map("lonely", level="neighbourhood", year=2020, language="en").to_html())
    assert len(made.to_html()) - one < 20_000


def test_the_table_of_several_layers_is_tidy_and_that_of_one_as_before(leiden):
    one = leiden.map("lonely", year=2020, language="en")
    assert list(one.table.columns) == ["area", "name", "value", "unit", "year", "status", "class", "reason"]
    with pytest.warns(UserWarning, match="Niet op deze kaart"):
        both = leiden.map(["lonely", "population"], year=[2012, 2020, 2024], language="nl")
    table = both.table
    assert list(table.columns[:5]) == ["area", "name", "indicator", "year", "value"]
    assert set(zip(table["indicator"], table["year"], strict=True)) == {
        ("lonely", 2012),
        ("lonely", 2020),
        ("population", 2024),
    }
    assert not table.duplicated(["area", "indicator", "year"]).any()
    assert set(both.areas_missing) == {("lonely", 2012), ("lonely", 2020), ("population", 2024)}


def test_what_an_indicator_lacks_is_said_and_the_rest_is_shown(leiden):
    with pytest.warns(UserWarning) as told:
        made = leiden.map(["population", "lonely"], year=[2020, 2024], language="en")
    assert made.notes == [str(one.message) for one in told] and len(made.layers) == 2
    assert made.notes[1] == "Not on this map, for there are no figures: Lonely adults (2024)."
    assert made.notes[0] in made.to_html()


@pytest.mark.parametrize(
    ("choice", "error", "message"),
    [
        ({"indicator": "lonely", "year": 1999}, NoFiguresError, "2012, 2016, 2020"),
        ({"indicator": "lonely", "year": [2020, 1999]}, NoFiguresError, "1999"),
        ({"indicator": ["lonely", "population"], "year": 1999}, NoFiguresError, "1999"),
        ({"indicator": "lonly"}, UnknownNameError, "lonely"),
        ({"indicator": []}, WrongUseError, "empty"),
        ({"indicator": "lonely", "year": []}, WrongUseError, "empty"),
        ({"indicator": "lonely", "year": "ALL"}, WrongUseError, "whole number"),
        ({"indicator": "lonely", "compare": "swipe"}, WrongUseError, "this makes 1"),
        ({"indicator": "lonely", "year": "all", "compare": "side"}, WrongUseError, "this makes 3"),
        ({"indicator": "lonely", "year": [2012, 2020], "compare": "slide"}, WrongUseError, "'slide'"),
        ({"indicator": "lonely", "year": "all", "classes": "same"}, WrongUseError, "'same'"),
        ({"indicator": ["lonely", "population"], "classes": "shared"}, WrongUseError, "units differ"),
    ],
)
def test_what_makes_no_map_is_refused_with_a_way_out(leiden, choice, error, message):
    with pytest.raises(error, match=message):
        leiden.map(**choice)


def test_layers_of_different_areas_are_refused(leiden):
    districts, neighbourhoods = (leiden.map("lonely", level=one).layers[0] for one in ("district", "neighbourhood"))
    with pytest.raises(WrongUseError, match="one map has one level"):
        district_map([districts, neighbourhoods])
    with pytest.raises(WrongUseError, match="same areas in the same order"):
        district_map([plain_layer([1, 2]), plain_layer([1, 2, 3])])
    with pytest.raises(WrongUseError, match="at least one layer"):
        district_map([])


def test_a_map_of_places_alone_has_no_figures_and_still_says_what_it_shows(leiden):
    made = leiden.map(language="nl")
    assert made.title == "Districten, Leiden"
    assert (made.shown, made.areas_missing, made.legend) == (None, [], [])
    assert made.table["name"].tolist() == made.ground.names
    assert [one.publisher for one in made.sources]
    assert made.ground.credit in made.to_html()
    assert all(name in made.still().svg for name in made.ground.names)
    with pytest.raises(WrongUseError, match="0"):
        made.still(0)


def test_sources_name_the_figures_of_every_layer_and_the_borders(leiden):
    names = {one.name for one in leiden.map("lonely", year="all").sources}
    for year in (2012, 2016, 2020):
        assert {one.name for one in leiden.map("lonely", year=year).sources} <= names


def test_a_still_can_be_made_of_each_layer(leiden):
    made = leiden.map("lonely", year="all", language="en")
    assert "2012" in made.still(0).svg and "2020</title>" not in made.still(0).svg
    assert made.still().svg == made.still(2).svg == made.still(-1).svg
    with pytest.raises(WrongUseError, match="number 3"):
        made.still(3)


def test_the_same_map_is_the_same_bytes(leiden):
    def make():
        seen = pd.DataFrame({"lon": [4.4488], "lat": [52.1527]})
        return leiden.map(["lonely", "population"], year="all", level="district").add_observations(seen, "Benches")

    first = make()
    assert first.to_html() == first.to_html() == make().to_html()


# --- classes that are shared ---


def test_years_of_one_indicator_share_their_classes_and_say_so(leiden):
    first, *_, last = leiden.map("lonely", year="all", language="en").layers
    assert first.classes.edges == last.classes.edges and first.colours == last.colours
    assert any(note.startswith("All years have the same classes") for note in last.notes)
    first, *_, last = leiden.map("lonely", year="all", classes="each", language="en").layers
    assert first.classes.edges != last.classes.edges
    assert any(note.startswith("Each year has classes of its own") for note in last.notes)


def test_compared_indicators_share_classes_only_where_their_units_are_the_same(leiden):
    left, right = leiden.map(["lonely", "severely_lonely"], year=2020, compare="swipe").layers
    assert left.about.unit == right.about.unit and left.classes.edges == right.classes.edges
    left, right = leiden.map(["lonely", "population_density"], compare="side", language="en").layers
    assert left.classes.edges != right.classes.edges
    assert any(note.startswith("Each map has classes of its own") for note in left.notes)


def test_classes_of_several_indicators_are_told_and_what_keeps_them_apart_is_named(leiden):
    made = leiden.map(["lonely", "severely_lonely", "drinker"], year=2020, classes="shared", language="en")
    assert len({one.classes.edges for one in made.layers}) == 1
    assert all(one.notes[-1].startswith("All indicators have the same classes") for one in made.layers)
    with pytest.raises(WrongUseError, match=r"euro, mean; .* euro, median"):
        leiden.map(["income_per_recipient", "median_wealth"], year=2023, classes="shared", language="en")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(-50, 500)), min_size=4, max_size=4).filter(any),
        min_size=2,
        max_size=4,
    )
)
def test_with_shared_classes_equal_values_have_equal_colours(tables):
    layers = shared([plain_layer(values) for values in tables], None, compared=False, language="en", how=HOW)
    colour = {}
    for one in layers:
        for value, at in zip(one.values, one.index, strict=True):
            if at is not None:
                assert one.classes.lows[at] <= value <= one.classes.highs[at]
                assert colour.setdefault(value, one.colours[at]) == one.colours[at]


def test_classes_of_several_years_keep_the_finest_decimals():
    coarse = plain_layer([29.0, 31.0], about=indicator(decimals=0))
    fine = plain_layer([29.4, 31.6])
    both = shared([coarse, fine], None, compared=False, language="en", how=HOW)
    assert both[0].spec("en")["class_decimals"] == 1 and "class_decimals" not in both[1].spec("en")


# --- own observations ---


SEEN = pd.DataFrame(
    {
        "lon": [4.4488, 4.49, 5.5, None],
        "lat": [52.1527, 52.16, 52.0, 52.1],
        "benches": [3, 25, 1, 2],
        "note": NAMES[1:5],
    }
)


@pytest.fixture
def ground(leiden) -> Ground:
    return leiden.map().ground


def test_no_observation_is_lost(ground):
    with pytest.warns(UserWarning) as told:
        made = observation_layer(SEEN, ground, label="Benches", value="benches", name="note")
    assert [str(one.message) for one in told] == [
        "Benches: 1 of 4 lie outside the areas of this map; they are in the table.",
        "Benches: 1 of 4 have no usable position; they are in the table.",
    ]
    assert made.table["map_area"].tolist() == ["WK054609", "WK054601", "outside", "unknown"]
    assert made.table["benches"].tolist() == SEEN["benches"].tolist()
    spec = made.spec("en")
    assert (spec["count"], len(spec["at"]), spec["area"]) == (4, 3, ["WK054609", "WK054601", None])
    assert [row.count for row in made.legend("en")] == [4]
    assert [lines[0] for lines in spec["lines"]] == NAMES[1:4]


def test_larger_numbers_have_larger_signs_by_their_area(ground):
    table = SEEN.iloc[:2].assign(benches=[4, 16])
    small, large = observation_layer(table, ground, value="benches").spec("nl")["radius"]
    assert large == pytest.approx(2 * small)


@pytest.mark.parametrize("values", [[-3, 4], [0, 0], [None, None], [float("inf"), 2.0], [True, False], ["a", "b"]])
def test_odd_values_are_told_and_drawn(ground, values):
    spec = observation_layer(SEEN.iloc[:2].assign(benches=values), ground, value="benches").spec("en")
    assert len(spec["at"]) == 2 and all(line[1].startswith("benches: ") for line in spec["lines"])
    json.dumps(spec, allow_nan=False)


def test_any_coordinate_system_is_read(ground):
    points = gpd.GeoDataFrame(geometry=[Point(4.4488, 52.1527)], crs=4326)
    for crs in (4326, 28992, 3857):
        assert observation_layer(points.to_crs(crs), ground).table["map_area"].item() == "WK054609"
    areas = gpd.GeoDataFrame({"who": ["x"]}, geometry=[box(4.445, 52.15, 4.451, 52.154)], crs=4326).to_crs(28992)
    made = observation_layer(areas, ground, name="who")
    assert made.places and made.table["map_area"].item() == "WK054609" and "encoded" in made.spec("en")["outlines"]


@pytest.mark.parametrize(
    ("table", "choice", "message"),
    [
        (gpd.GeoDataFrame(geometry=[Point(4.45, 52.15)]), {}, "set_crs"),
        (gpd.GeoDataFrame(geometry=[box(4.4, 52.1, 4.5, 52.2)]), {}, "set_crs"),
        (gpd.GeoDataFrame(geometry=[LineString([(4.4, 52.1), (4.5, 52.2)])], crs=4326), {}, "representative_point"),
        (gpd.GeoDataFrame(geometry=[Point(4.4, 52.1), box(4.4, 52.1, 4.5, 52.2)], crs=4326), {}, "several kinds"),
        (pd.DataFrame({"name": ["x"]}), {}, "lon and lat"),
        (pd.DataFrame({"lon": [], "lat": []}), {}, "no rows"),
        ([1, 2], {}, "not a list"),
        (SEEN, {"value": "bench"}, 'Did you mean "benches"'),
        (SEEN, {"count": "note"}, "counts no people"),
    ],
)
def test_what_are_no_observations_is_refused_with_a_way_out(ground, table, choice, message):
    with pytest.raises((PointsError, WrongUseError), match=message):
        observation_layer(table, ground, **choice)


def test_few_people_in_an_area_are_warned_about(ground):
    counted = SEEN.iloc[:2].assign(people=[4, 40])
    with pytest.warns(UserWarning, match="Fewer than 10 people in 1 areas"):
        made = observation_layer(counted, ground, count="people")
    assert made.few == ["WK054609"]
    assert observation_layer(counted.assign(people=[10, 0]), ground, count="people").few == []


def test_observations_projects_and_coverage_are_added_in_a_chain(leiden):
    made = leiden.map("lonely", year=2020, language="en").add_observations(SEEN.iloc[:2], "Benches")
    before = made.to_html()
    assert made.add_projects().add_coverage() is made
    assert [one.kind for one in made.layers] == ["areas", "projects", "coverage", "observations"]
    assert made.add_projects().to_html() != before
    assert [one.kind for one in made.layers].count("projects") == 1
    spec = spec_of(made.to_html())
    assert spec["projects"]["records"] and spec["layers"][-1]["kind"] == "coverage" and spec["layer"]["year"] == 2020
    assert made.legend[-1].layer == "Benches"
    with pytest.raises(WrongUseError, match="knows no city"):
        district_map(layer()).add_projects()


def test_attacks_in_observations_stand_in_the_page_as_text(leiden):
    table = SEEN.iloc[:2].assign(note=["</script><script>boom()</script>", "<img src=x onerror=boom()>"])
    page = leiden.map(language="en").add_observations(table, NAMES[3], value="note").to_html()
    assert "<script>boom()" not in page and "<img src=x" not in page
    assert spec_of(page)["observations"][0]["label"] == NAMES[3]


def test_a_framed_page_is_in_step_with_python(leiden):
    made = leiden.map("lonely", year=2020)
    assert '<html lang="en" data-framed>' in made.to_html(framed=True) and "labkitFrame = " in made.to_html(framed=True)
    assert "data-framed>" not in made.to_html()


def test_a_city_with_other_levels_has_the_same_map():
    from pathlib import Path

    city = lk.open_city(Path(__file__).parent / "cities" / "duinstad")
    names = [one.id for one in city.indicators if city.figures.years(one.id, city.default_level)]
    made = city.map(names, year="all", language="nl")
    assert len(made.layers) >= len(names) and made.to_html() == made.to_html()
