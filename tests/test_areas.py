"""Finding areas as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import labkit as lk
from labkit.errors import AmbiguousNameError, LabkitError, PackageError, UnknownNameError
from labkit.names import fold


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("WK054609", "WK054609"),
        ("wk054609", "WK054609"),
        (" WK054609 ", "WK054609"),
        ("Stevenshofdistrict", "WK054609"),
        ("stevenshof", "WK054609"),
        ("STEVENSHOF", "WK054609"),
        ("district Stevenshof", "WK054609"),
        ("Merenwijk", "WK054608"),
        ("leiden noord", "WK054603"),
        ("Leiden-Noord", "WK054603"),
        ("De Kooi", "BU05460302"),
        ("buurt De Kooi", "BU05460302"),
        ("neighbourhood slaaghwijk", "BU05460800"),
        ("d'Oude Morsch", "BU05460104"),
        ("d’Oude Morsch", "BU05460104"),
        ("t heen", "WK053702"),
        ("Leiden", "GM0546"),
        ("gemeente Leiden", "GM0546"),
        ("Leidse regio", "R-LEIDEN"),
        ("Zoeterwoude", "GM0638"),
    ],
)
def test_find_takes_what_people_write(leiden, text, code):
    assert leiden.areas.find(text).code == code


def test_an_area_knows_its_place(leiden):
    area = leiden.areas.find("De Kooi")
    assert (area.code, area.name, area.level, area.parent.name) == (
        "BU05460302",
        "De Kooi",
        "neighbourhood",
        "Leiden-Noord",
    )
    assert [one.name for one in area.ancestors] == ["Leiden-Noord", "Leiden", "Leidse regio"]
    assert area in area.parent.children


def test_an_area_of_the_same_city_opened_twice_is_the_same(leiden):
    other = lk.open_city("leiden").areas.find("Roodenburgerdistrict")
    assert leiden.areas.find(other) is leiden.areas.find("Roodenburgerdistrict")
    assert leiden.areas.find("Klein Cronestein").is_within(other)
    assert len(leiden.map("lonely", level="neighbourhood", year=2020, within=other).table) == 10


def test_every_name_and_code_finds_its_area_or_says_which_others(leiden):
    for area in leiden.areas:
        assert leiden.areas.find(area.code) is area
        assert leiden.areas.find(area.name, level=area.level) is area
        for name in leiden.areas.names(area):
            assert leiden.areas.find(name, level=area.level) is area


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Merenwijck", "Merenwijkdistrict"),
        ("Stevenhof", "Stevenshofdistrict"),
        ("Binenstad-Noord", "Binnenstad-Noord"),
        ("Lieden", "Leiden"),
    ],
)
def test_a_near_miss_is_answered_with_the_right_name(leiden, wrong, right):
    with pytest.raises(UnknownNameError, match="Did you mean") as caught:
        leiden.areas.find(wrong)
    assert caught.value.suggestions[0] == right


@pytest.mark.parametrize("text", ["", "   ", "-", None, 7, "qqqqqqqqqq"])
def test_no_name_is_a_clear_error(leiden, text):
    with pytest.raises(UnknownNameError) as caught:
        leiden.areas.find(text)
    assert str(caught.value).endswith((".", "?"))


def test_a_name_that_fits_several_says_which(leiden):
    with pytest.raises(AmbiguousNameError) as caught:
        leiden.areas.find("Professorenwijk")
    assert caught.value.codes == ["BU05460402", "BU05460404"]
    with pytest.raises(AmbiguousNameError, match="no fixed border") as caught:
        leiden.areas.find("Leiden Zuidwest")
    assert len(caught.value.codes) == 7


def test_the_note_of_an_alias_speaks_the_readers_language(leiden):
    lk.use_language("nl")
    with pytest.raises(AmbiguousNameError, match="geen vaste grens"):
        leiden.areas.find("Leiden Zuidwest")


def test_a_level_narrows_the_search(leiden, duinstad):
    with pytest.raises(UnknownNameError, match="on the level municipality"):
        leiden.areas.find("Stevenshof", level="municipality")
    with pytest.raises(AmbiguousNameError):
        duinstad.areas.find("Zandhoek")


@pytest.mark.parametrize("name", ["district", "districts", "districten", "District", "DISTRICTEN"])
def test_a_level_answers_to_its_names(leiden, name):
    assert leiden.areas.level(name).id == "district"


def test_an_unknown_level_names_those_that_exist(leiden):
    with pytest.raises(UnknownNameError, match="region, municipality, district, neighbourhood"):
        leiden.areas.level("borough")


@pytest.mark.parametrize("level", ["region", "municipality", "district", "neighbourhood"])
def test_borders_come_in_degrees_and_metres(leiden, level):
    degrees, metres = leiden.areas.borders(level), leiden.areas.borders(level, crs=28992)
    assert list(degrees["code"]) == [area.code for area in leiden.areas.of_level(level)]
    assert degrees.crs.to_epsg() == 4326
    assert metres.crs.to_epsg() == 28992
    assert metres.geometry.is_valid.all()
    west, south, east, north = metres.total_bounds
    assert 70_000 < west < east < 120_000
    assert 440_000 < south < north < 490_000


def test_the_citys_own_areas_are_what_its_attribute_gives(leiden, duinstad):
    assert len(leiden.districts) == 10
    assert len(leiden.neighbourhoods) == 54
    assert len(leiden.municipalities) == 9
    assert len(leiden.areas.borders("district")) == 51
    assert list(duinstad.quarters["code"]) == ["Q11", "Q12", "Q13", "Q14"]
    with pytest.raises(AttributeError, match="districts"):
        _ = duinstad.districts


def test_the_land_area_of_the_outlines_is_near_that_of_cbs(leiden):
    # CBS: 2,327 ha land and water in 2023; the outlines are generalised.
    metres = leiden.areas.borders("district", within="Leiden", crs=28992)
    assert metres.area.sum() / 1e4 == pytest.approx(2327, rel=0.005)


def test_a_border_that_was_redrawn_is_known(leiden):
    areas = leiden.areas
    assert areas.comparable("WK054700", 2022, 2024).kind == "border"
    assert areas.comparable("WK054700", 2024, 2022) is not None
    assert areas.comparable("WK054700", 2023, 2024) is None
    assert areas.comparable("Stevenshof", 2022, 2025) is None
    assert areas.break_for_border(areas["WK054701"], 2024) is not None
    assert areas.break_for_border(areas["WK054701"], 2022) is None


def test_two_areas_with_one_code_are_refused(broken):
    file = broken / "areas" / "quarters.geojson"
    file.write_text(file.read_text(encoding="utf-8").replace('"Q12"', '"Q11"'), encoding="utf-8")
    with pytest.raises(PackageError, match="Q11 is used twice"):
        lk.open_city(broken)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(text=st.text(max_size=40))
def test_any_text_finds_an_area_or_a_clear_error(leiden, text):
    try:
        assert leiden.areas.find(text).code in leiden.areas
    except LabkitError as error:
        assert len(str(error)) > 20
