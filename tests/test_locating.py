"""In which district and neighbourhood a point lies."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labkit.errors import PointsError

# The town hall of Leiden stands in the Breestraat, a point in the North Sea does not.
TOWN_HALL = (4.4905, 52.1583)
SEA = (3.9, 52.3)

lon = st.floats(4.2, 4.8) | st.floats() | st.integers(-200, 200).map(float)
lat = st.floats(52.0, 52.4) | st.floats() | st.integers(-100, 100).map(float)


def test_a_pair_in_degrees_and_the_same_place_in_rd(leiden):
    degrees = leiden.areas.locate(TOWN_HALL)
    assert (degrees["municipality"], degrees["district"]) == ("Leiden", "Binnenstad-Zuid")
    place = gpd.GeoSeries.from_xy([TOWN_HALL[0]], [TOWN_HALL[1]], crs=4326).to_crs(28992).iloc[0]
    metres = leiden.areas.locate((place.x, place.y))
    assert metres.equals(degrees)


def test_a_table_keeps_its_rows_index_and_columns(leiden):
    table = pd.DataFrame(
        {"what": ["hall", "sea", "nothing"], "lon": [4.4905, 3.9, np.nan], "lat": [52.1583, 52.3, 52.1]},
        index=[7, 7, 9],
    )
    found = leiden.areas.locate(table)
    assert list(found.index) == [7, 7, 9]
    assert list(found["what"]) == ["hall", "sea", "nothing"]
    assert list(found["district"]) == ["Binnenstad-Zuid", "outside", "unknown"]
    assert list(found["district_code"]) == ["WK054600", "outside", "unknown"]
    assert "district" not in table


def test_a_point_beside_the_city_is_in_its_own_municipality(leiden):
    # The Santhorst lake side of Wassenaar, and Leiderdorp: no neighbourhoods are held there.
    centre = leiden.areas.borders("municipality").set_index("code").geometry["GM0547"].representative_point()
    found = leiden.areas.locate((centre.x, centre.y))
    assert found["municipality"] == "Leiderdorp"
    assert found["neighbourhood"] == "outside"


@pytest.mark.parametrize("names", [("x", "y"), ("X", "Y"), ("rd_x", "rd_y")])
def test_metres_are_read_from_x_and_y(leiden, names):
    table = pd.DataFrame({names[0]: [93_700.0], names[1]: [463_600.0]})
    assert leiden.areas.locate(table)["municipality"].tolist() == ["Leiden"]


def test_a_geodataframe_in_any_system(leiden):
    points = gpd.GeoDataFrame({"n": [1, 2]}, geometry=gpd.points_from_xy([4.4905, 3.9], [52.1583, 52.3]), crs=4326)
    for crs in (4326, 28992, 3857):
        assert leiden.areas.locate(points.to_crs(crs))["district"].tolist() == ["Binnenstad-Zuid", "outside"]
    empty = points.copy()
    empty.loc[0, "geometry"] = None
    assert leiden.areas.locate(empty)["district"].tolist() == ["unknown", "outside"]


def test_every_neighbourhood_holds_its_own_middle(leiden):
    borders = leiden.areas.borders("neighbourhood")
    points = gpd.GeoDataFrame(geometry=borders.representative_point(), crs=borders.crs)
    assert leiden.areas.locate(points)["neighbourhood_code"].tolist() == borders["code"].tolist()


def test_a_point_on_a_shared_border_goes_to_one_area(leiden, duinstad):
    found = duinstad.areas.locate(pd.DataFrame({"lon": [5.01, 5.02], "lat": [53.006, 53.0]}))
    assert found["quarter_code"].tolist() == ["Q11", "Q12"]
    assert found["town_code"].tolist() == ["T1", "T1"]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (pd.DataFrame({"a": [1]}), "columns lon and lat"),
        (pd.DataFrame({"lon": [52.16, 52.15], "lat": [4.49, 4.48]}), "swapped"),
        (pd.DataFrame({"lon": [93_700.0], "lat": [463_600.0]}), "look like metres"),
        (pd.DataFrame({"x": [4.49], "y": [52.16]}), "look like degrees"),
        (pd.DataFrame({"lon": [4.49], "lat": [52.16], "district": ["?"]}), 'column "district" already'),
        ("Breestraat 92", "Give a table"),
        ([4.49, 52.16, 3], "Give a table"),
    ],
)
def test_what_cannot_be_read_is_a_clear_error(leiden, table, words):
    with pytest.raises(PointsError, match=words):
        leiden.areas.locate(table)


def test_points_without_a_system_or_of_another_kind_are_refused(leiden):
    shapes = gpd.GeoDataFrame(geometry=gpd.points_from_xy([4.49], [52.16]))
    with pytest.raises(PointsError, match="no coordinate system"):
        leiden.areas.locate(shapes)
    with pytest.raises(PointsError, match="Only points"):
        leiden.areas.locate(leiden.districts[["geometry"]])


def test_some_swapped_points_are_told_and_kept(leiden):
    table = pd.DataFrame({"lon": [4.4905, 52.1583], "lat": [52.1583, 4.4905]})
    with pytest.warns(UserWarning, match="1 of 2 points"):
        found = leiden.areas.locate(table)
    assert found["district"].tolist() == ["Binnenstad-Zuid", "outside"]


def test_an_empty_table_stays_empty_with_all_columns(leiden):
    found = leiden.areas.locate(pd.DataFrame({"lon": [], "lat": []}))
    assert len(found) == 0
    assert {"district", "district_code", "neighbourhood"} <= set(found.columns)


def test_text_in_a_coordinate_is_unknown_not_lost(leiden):
    found = leiden.areas.locate(pd.DataFrame({"lon": ["4.4905", "here", None], "lat": ["52.1583", "52.1", "52"]}))
    assert found["municipality"].tolist() == ["Leiden", "unknown", "unknown"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(points=st.lists(st.tuples(lon, lat), max_size=12))
@pytest.mark.filterwarnings("ignore:.*swapped")
def test_any_table_of_points_lands_in_exactly_one_area_or_outside(leiden, points):
    table = pd.DataFrame(points, columns=["lon", "lat"], dtype=float)
    try:
        found = leiden.areas.locate(table)
    except PointsError as error:
        assert "swapped" in str(error) or "metres" in str(error)
        return
    assert len(found) == len(points)
    by_code = {area.code: area for area in leiden.areas}
    for level in leiden.areas.levels:
        for code, name in zip(found[f"{level.id}_code"], found[level.id], strict=True):
            assert code in ("outside", "unknown") or by_code[code].level == level.id
            assert name == (by_code[code].name if code in by_code else code)
    for district, neighbourhood in zip(found["district_code"], found["neighbourhood_code"], strict=True):
        if neighbourhood in by_code:
            assert by_code[neighbourhood].parent.code == district
    # Slowly and by itself: shapely's own answer for each point.
    borders = leiden.areas.borders("district").geometry
    for (x, y), code in zip(points, found["district_code"], strict=True):
        usable = np.isfinite(x) and np.isfinite(y) and abs(x) <= 180 and abs(y) <= 90
        if not usable:
            assert code == "unknown"
        elif code == "outside":
            assert not borders.contains(gpd.points_from_xy([x], [y])[0]).any()
        else:
            shape = borders[leiden.areas.borders("district")["code"] == code].iloc[0]
            assert shape.intersects(gpd.points_from_xy([x], [y])[0])


def test_a_system_may_be_given_in_any_form(leiden):
    swapped = pd.DataFrame({"lon": [52.16], "lat": [4.49]})
    for crs in (4326, "EPSG:4326", "4326"):
        with pytest.raises(PointsError, match="swapped"):
            leiden.areas.locate(swapped, crs=crs)
    with pytest.raises(PointsError, match="no coordinate system"):
        leiden.areas.locate(swapped, crs="nonsense")
    with pytest.raises(PointsError, match="below 300,000"):
        leiden.areas.locate(pd.DataFrame({"x": [463_600.0], "y": [93_700.0]}))


def test_swapped_points_of_a_geodataframe_are_told(leiden):
    swapped = gpd.GeoDataFrame(geometry=gpd.points_from_xy([52.16], [4.49]), crs=4326)
    with pytest.raises(PointsError, match="swapped"):
        leiden.areas.locate(swapped)


def test_decimal_commas_are_told(leiden):
    with pytest.raises(PointsError, match="commas"):
        leiden.areas.locate(pd.DataFrame({"lon": ["4,49"], "lat": ["52,16"]}))


def test_numbers_of_numpy_are_numbers(leiden):
    assert leiden.areas.locate((np.float32(4.4905), np.float64(52.1583)))["municipality"] == "Leiden"
    assert leiden.areas.locate((np.int64(93_700), np.int64(463_600)))["municipality"] == "Leiden"
