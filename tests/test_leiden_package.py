"""The city package of Leiden: valid, complete, consistent, and true to the publishers' own totals.

Plain pandas and json, so that the package is tested as anyone without labkit would read it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
import shapely
from frictionless import Package
from shapely.geometry import shape
from shapely.ops import unary_union

PACKAGE = Path(__file__).parent.parent / "data" / "leiden"
LEVELS = ["regions", "municipalities", "districts", "neighbourhoods"]
SQUARE_METRES = 111_200 * 68_300  # in a square degree at the latitude of Leiden, for tolerances


def read(name: str) -> pd.DataFrame:
    """Return a table of the package as text, blanks kept."""
    return pd.read_csv(PACKAGE / name, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def descriptor() -> dict:
    return json.loads((PACKAGE / "datapackage.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    return read("figures.csv")


@pytest.fixture(scope="module")
def indicators() -> pd.DataFrame:
    return read("indicators.csv").set_index("id", drop=False)


@pytest.fixture(scope="module")
def areas() -> dict[str, dict]:
    """Code -> its GeoJSON properties, level and geometry."""
    found = {}
    for level in LEVELS:
        for feature in json.loads((PACKAGE / "areas" / f"{level}.geojson").read_text(encoding="utf-8"))["features"]:
            code = feature["properties"]["code"]
            assert code not in found
            found[code] = {**feature["properties"], "level": level, "geometry": shape(feature["geometry"])}
    return found


def value(figures: pd.DataFrame, area: str, indicator: str, year: int) -> float:
    row = figures[(figures["area"] == area) & (figures["indicator"] == indicator) & (figures["year"] == str(year))]
    assert len(row) == 1
    return float(row["value"].iloc[0])


def test_is_a_valid_frictionless_package():
    report = Package(str(PACKAGE / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "resource", "rowNumber", "note"])[:10]


def test_files_are_utf8_with_unix_line_ends():
    for path in PACKAGE.rglob("*"):
        if path.is_file():
            text = path.read_bytes()
            text.decode("utf-8")
            assert b"\r" not in text, path
            assert text.endswith(b"\n"), path


def test_counts_of_areas(areas):
    assert [sum(area["level"] == level for area in areas.values()) for level in LEVELS] == [2, 9, 51, 54]
    leiden = [area for area in areas.values() if area["parent"] == "GM0546"]
    assert len(leiden) == 10


def test_areas_have_unique_names_within_a_level(areas):
    for level in LEVELS:
        names = [area["name"] for area in areas.values() if area["level"] == level]
        assert len(names) == len(set(names))


def test_every_area_but_the_regions_has_a_parent_one_level_up(areas):
    for code, area in areas.items():
        if area["level"] == "regions":
            assert area["parent"] is None
        else:
            assert LEVELS.index(areas[area["parent"]]["level"]) == LEVELS.index(area["level"]) - 1, code


def test_border_year_and_source(areas, descriptor):
    sources = {source["name"] for source in descriptor["sources"]}
    for area in areas.values():
        assert area["border_year"] == (2024 if area["level"] == "neighbourhoods" else 2022)
        assert area["border_source"] in sources


@pytest.mark.parametrize("level", LEVELS)
def test_outlines_are_valid_share_vertices_and_do_not_overlap(areas, level):
    outlines = [area["geometry"] for area in areas.values() if area["level"] == level]
    assert all(outline.is_valid for outline in outlines)
    # A valid coverage: no overlaps, and neighbours have the same vertices on their common border.
    assert shapely.coverage_is_valid(outlines)


def test_children_cover_their_parent_and_nothing_else(areas):
    for code, area in areas.items():
        children = [child["geometry"] for child in areas.values() if child["parent"] == code]
        if children:
            assert area["geometry"].symmetric_difference(unary_union(children)).area * SQUARE_METRES < 1, code


def test_rings_follow_the_right_hand_rule_with_five_decimals(areas):
    for area in areas.values():
        outline = area["geometry"]
        for part in outline.geoms if outline.geom_type == "MultiPolygon" else [outline]:
            assert part.exterior.is_ccw
            assert not any(ring.is_ccw for ring in part.interiors)
    for level in LEVELS:
        text = (PACKAGE / "areas" / f"{level}.geojson").read_text(encoding="utf-8")
        assert max(map(len, re.findall(r"\d\.(\d+)", text))) <= 5


def test_leiden_has_about_the_area_that_cbs_gives(areas):
    hectares = areas["GM0546"]["geometry"].area * SQUARE_METRES / 10_000
    assert hectares == pytest.approx(2327, rel=0.01)


def test_one_feature_a_line_sorted_by_code():
    for level in LEVELS:
        lines = (PACKAGE / "areas" / f"{level}.geojson").read_text(encoding="utf-8").splitlines()[1:-1]
        codes = [json.loads(line.rstrip(","))["properties"]["code"] for line in lines]
        assert codes == sorted(codes)


def test_aliases_name_known_areas(areas):
    aliases = read("areas/aliases.csv")
    assert set(aliases["code"]) <= set(areas)
    assert not aliases.duplicated(["alias", "code"]).any()
    assert set(aliases["language"]) <= {"nl", "en"}
    assert (aliases["source"] != "").all()
    names = {area["name"] for area in areas.values()}
    assert not names & set(aliases["alias"])


@pytest.mark.parametrize(
    ("alias", "codes"),
    [
        ("Merenwijk", ["WK054608"]),
        ("Stevenshof", ["WK054609"]),
        ("Binnenstad", ["WK054600", "WK054601"]),
        ("City centre", ["WK054600", "WK054601"]),
        ("Professorenwijk", ["BU05460402", "BU05460404"]),
        ("Wijk 00", ["WK054700", "WK062600"]),
    ],
)
def test_known_aliases(alias, codes):
    aliases = read("areas/aliases.csv")
    assert sorted(aliases.loc[aliases["alias"] == alias, "code"]) == codes


def test_every_indicator_has_labels_and_definitions_in_both_languages(indicators):
    for column in ("label_nl", "label_en", "definition_nl", "definition_en"):
        assert (indicators[column].str.strip() != "").all(), column
    for language in ("nl", "en"):
        assert not indicators[f"label_{language}"].duplicated().any()
        assert indicators[f"definition_{language}"].str.endswith(".").all()
    assert ((indicators["reference_nl"] == "") == (indicators["reference_en"] == "")).all()


def test_catalogue_uses_known_themes_units_and_indicators(indicators, descriptor):
    settings = descriptor["labkit"]
    assert set(indicators["theme"]) == {theme["id"] for theme in settings["themes"]}
    assert set(indicators["unit"]) == {unit["id"] for unit in settings["units"]}
    for column in ("weight", "numerator"):
        named = indicators.loc[indicators[column] != "", column]
        assert (indicators.loc[named, "kind"] == "count").all(), column
    assert (indicators.loc[indicators["numerator"] != "", "weight"] != "").all()
    wholes = set(indicators["part_of"].str.partition(":")[0]) - {"", "100"}
    assert wholes <= set(indicators.index)
    assert (indicators.loc[indicators["kind"].isin(["median", "distance", "index"]), "weight"] == "").all()


def test_the_ids_that_others_rely_on_are_there(indicators):
    assert {"population", "woz_value", "income_per_inhabitant", "lonely"} <= set(indicators.index)


def test_every_source_has_credit_and_licence(descriptor):
    names = [source["name"] for source in descriptor["sources"]]
    assert len(names) == len(set(names))
    for source in descriptor["sources"]:
        for key in ("title", "publisher", "path", "vintage", "licence", "credit", "read_from"):
            assert source[key].strip(), (source["name"], key)


def test_settings_are_complete_in_both_languages(descriptor):
    settings = descriptor["labkit"]
    for group in ("levels", "themes", "units", "statuses"):
        for item in settings[group]:
            assert item["nl"].strip(), item
            assert item["en"].strip(), item
    resources = {resource["name"] for resource in descriptor["resources"]}
    assert {level["resource"] for level in settings["levels"]} <= resources
    assert settings["default_level"] in [level["id"] for level in settings["levels"]]


def test_no_figure_stands_twice_and_all_are_sorted(figures):
    keys = list(zip(figures["indicator"], figures["area"], figures["year"], strict=True))
    assert len(keys) == len(set(keys))
    assert keys == sorted(keys)


def test_number_of_figures_equals_that_of_the_extracts(figures):
    cbs = figures["source"].str.startswith("cbs")
    leiden = figures["area"].str.startswith("WK0546")
    district = figures["area"].str.startswith("WK")
    assert (cbs & leiden).sum() == 1610
    assert (cbs & district & ~leiden).sum() == 1020
    assert (~figures["source"].str.startswith("rivm") & ~district).sum() == 2754
    assert figures["source"].str.startswith("rivm").sum() == 8970
    assert len(figures) == 14354


def test_every_figure_names_a_known_area_indicator_and_source(figures, indicators, areas, descriptor):
    assert set(figures["area"]) <= set(areas)
    assert set(figures["indicator"]) == set(indicators.index)
    assert set(figures["source"]) <= {source["name"] for source in descriptor["sources"]}
    families = figures["source"].str.partition("-")[0]
    assert (indicators.loc[figures["indicator"], "source"].to_numpy() == families.to_numpy()).all()


def test_status_and_value_agree(figures, descriptor):
    has_value = {status["id"]: status["has_value"] for status in descriptor["labkit"]["statuses"]}
    assert set(figures["status"]) <= set(has_value)
    expected = figures["status"].map(has_value)
    assert ((figures["value"] != "") == expected).all()
    assert ((figures["step"] != "") == expected).all()


def test_values_are_multiples_of_their_step(figures):
    given = figures[figures["value"] != ""]
    times = given["value"].astype(float) / given["step"].astype(float)
    assert (times - times.round()).abs().max() < 1e-6


def test_rounded_means_a_count_in_steps_of_more_than_one(figures, indicators):
    given = figures[figures["value"] != ""]
    count = (indicators.loc[given["indicator"], "kind"] == "count").to_numpy()
    coarse = given["step"].astype(float).to_numpy() > 1
    rounded = (given["status"] == "rounded").to_numpy()
    assert (rounded == (count & coarse)).all()
    estimated = (given["status"] == "estimated").to_numpy()
    assert (estimated == given["source"].str.startswith("rivm").to_numpy()).all()


def test_shares_lie_between_0_and_100_and_counts_are_not_negative(figures, indicators):
    given = figures[figures["value"] != ""].assign(number=lambda table: table["value"].astype(float))
    share = (indicators.loc[given["indicator"], "unit"] == "%").to_numpy()
    assert given.loc[share, "number"].between(0, 100).all()
    assert (given["number"] >= 0).all()


def test_missing_figures_keep_their_reason(figures):
    missing = figures[figures["value"] == ""]
    assert missing["status"].value_counts().to_dict() == {"suppressed": 244, "absent_in_source": 30}
    assert set(missing.loc[missing["status"] == "suppressed", "area"]) == {"BU05460407", "BU05460704"}
    station = missing.query("area == 'WK054602' and indicator == 'income_per_inhabitant' and year == '2022'")
    assert len(station) == 1


@pytest.mark.parametrize(
    ("indicator", "year", "districts", "municipality"),
    [
        ("population", 2022, 125060, 125074),
        ("population", 2023, 127095, 127089),
        ("population", 2024, 130110, 130108),
        ("households", 2023, 70490, 70487),
        ("dwellings", 2023, 62598, 62598),
    ],
)
def test_districts_add_up_to_the_municipality(figures, indicator, year, districts, municipality):
    rows = figures[(figures["indicator"] == indicator) & (figures["year"] == str(year))]
    parts = rows[rows["area"].str.startswith("WK0546")]
    assert len(parts) == 10
    total = parts["value"].astype(int).sum()
    assert total == districts
    assert value(figures, "GM0546", indicator, year) == municipality
    # Ten counts, each rounded at random to a multiple of 5: up to 4 off each.
    step = parts["step"].astype(float).max()
    assert abs(total - municipality) <= 10 * (step - 1)


@pytest.mark.parametrize(
    ("area", "indicator", "year", "expected"),
    [
        ("WK054609", "population", 2025, 10665),
        ("WK054600", "woz_value", 2022, 397),
        ("WK054607", "income_per_inhabitant", 2023, 41.2),
        ("WK054608", "youth_care_pct", 2023, 14.4),
        ("WK054609", "gas_use", 2023, 60),
        ("WK054605", "deaths", 2023, 310),
        ("WK054603", "origin_netherlands_pct", 2025, 56.4),
        ("WK054606", "rental_housing_corporation_pct", 2023, 38),
        ("GM0546", "population", 2012, 118750),
        ("GM0629", "income_per_inhabitant", 2012, 35.6),
        ("GM0546", "crimes_fraud", 2017, 464),
        ("GM0546", "health_insurance_cost_total", 2023, 2831),
        ("WK053702", "population", 2022, 15),
        ("WK062600", "population", 2024, 25625),
        ("GM0546", "lonely", 2020, 50.2),
        ("GM0546", "severely_lonely_65plus", 2016, 10.1),
        ("BU05460000", "smoker", 2012, 30.6),
        ("BU05460002", "hard_to_make_ends_meet", 2012, 23.9),
    ],
)
def test_known_values(figures, area, indicator, year, expected):
    assert value(figures, area, indicator, year) == expected


def test_parts_of_people_and_households_add_up_within_rounding(figures, indicators):
    given = figures[figures["value"] != ""].assign(number=lambda table: table["value"].astype(float))
    for group, parts in indicators[indicators["part_of"].str.match("(population|households):")].groupby("part_of"):
        whole = given[given["indicator"] == group.partition(":")[0]].set_index(["area", "year"])["number"]
        chosen = given[given["indicator"].isin(parts.index)]
        table = chosen.pivot(index=["area", "year"], columns="indicator", values="number")
        complete = table.dropna()
        assert len(complete) >= 10, group
        off = (complete.sum(axis=1) - whole.reindex(complete.index)).abs()
        assert off.max() <= 4 * (len(parts) + 1), group


def test_leiderdorp_is_broken_between_2022_and_2023():
    breaks = read("breaks.csv")
    border = breaks[breaks["kind"] == "border"]
    assert sorted(border["area"]) == ["WK054700", "WK054701", "WK054702"]
    assert set(border["from_year"]) == {"2022"}
    assert set(border["to_year"]) == {"2023"}
    assert set(border["indicator"]) == {""}


def test_breaks_name_known_areas_and_indicators(indicators, areas):
    breaks = read("breaks.csv")
    assert set(breaks["area"]) - {""} <= set(areas)
    assert set(breaks["indicator"]) - {""} <= set(indicators.index)
    assert set(breaks["kind"]) <= {"border", "definition"}
    assert (breaks["from_year"].astype(int) < breaks["to_year"].astype(int)).all()
    for column in ("note_nl", "note_en", "source"):
        assert (breaks[column].str.strip() != "").all()


def test_fraud_and_establishments_are_broken():
    breaks = read("breaks.csv").set_index("indicator")
    assert breaks.loc["crimes_fraud", ["from_year", "to_year"]].tolist() == ["2012", "2017"]
    assert breaks.loc["business_establishments", ["from_year", "to_year"]].tolist() == ["2019", "2022"]


def test_the_data_card_names_every_publisher():
    card = (PACKAGE / "README.md").read_text(encoding="utf-8")
    for word in ("CBS", "Kadaster", "RIVM", "Politie", "Vektis", "CC BY 4.0", "Leiderdorp"):
        assert word in card
