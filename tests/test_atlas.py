"""The atlas page: its payload says what the package says, and nothing in it reaches outside."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hostile import HOSTILE, hostile_city

import labkit as lk
from labkit.classes import rounded_value
from labkit.comparison.bands import rank_bands
from labkit.errors import LabkitError, NoFiguresError
from labkit.language import catalogue
from labkit.maps.atlas.page import build_atlas, save_atlas
from labkit.maps.atlas.payload import payload
from labkit.maps.atlas.scopes import scopes
from labkit.maps.atlas.shapes import decode
from labkit.maps.atlas.texts import msgids


@pytest.fixture(scope="module")
def page(leiden):
    return build_atlas(leiden, "en")


@pytest.fixture(scope="module")
def held(page):
    return contents(page)


def contents(page):
    return json.loads(re.search(r'<script type="application/json" id="atlas-data">(.*?)</script>', page, re.S)[1])


def figures_in(held):
    """Read the payload back, by another way than the page's script: (indicator, area, year) -> what it says."""
    orders = {level["id"]: [area[0] for area in level["areas"]] for level in held["levels"]}
    limits = {one["id"]: one["limits"] for one in held["indicators"]}
    found = {}
    for indicator, levels in held["figures"].items():
        for level, series in levels.items():
            for year, block in series["y"].items():
                order = orders[level]
                if "m" in block:
                    order = [order[member] for member in held["scopes"][block["m"]]["members"]]
                assert len(order) == len(block["v"])
                for position, (area, value) in enumerate(zip(order, block["v"], strict=True)):
                    said = one_figure(block, position, value, limits[indicator])
                    if said is not None:
                        found[indicator, area, int(year)] = said
    return found


def one_figure(block, position, value, limits):
    status = next((name for name, places in block.get("sx", {}).items() if position in places), None)
    source = next((name for name, places in block.get("ox", {}).items() if position in places), block["o"])
    if value is None:
        return (None, status, source, None, None) if status else None
    half = block.get("h", 0)
    low = max(value - half, limits[0]) if limits[0] is not None else value - half
    high = min(value + half, limits[1]) if limits[1] is not None else value + half
    low, high = block.get("hx", {}).get(str(position), (low, high))
    return value, status or block["s"], source, low, high


@pytest.mark.parametrize("name", ["leiden", "duinstad"])
def test_payload_holds_exactly_the_figures_of_the_package(name, request):
    city = request.getfixturevalue(name)
    found = figures_in(payload(city))
    shown = set(found)
    for figure in city.figures:
        key = figure.indicator, figure.area, figure.year
        level = city.areas[figure.area].level
        if figure.year not in city.figures.years(figure.indicator, level):
            assert figure.value is None  # a year in which nobody on the level has a value is not shown
            continue
        shown.discard(key)
        value, status, source, low, high = found[key]
        assert (value, status, source) == (figure.value, figure.status, figure.source), key
        decimals = city.indicators[figure.indicator].decimals
        assert (low, high) == pytest.approx((figure.low, figure.high), abs=10.0 ** -(decimals + 3)), key
    assert not shown


def test_payload_agrees_with_the_table_of_figures(leiden, held):
    found = figures_in(held)
    for name in ("population", "lonely", "woz_value", "income_per_inhabitant"):
        table = leiden.figures(name)
        assert len(table) == sum(key[0] == name for key in found)
        for row in table.itertuples():
            value = found[name, row.area, row.year][0]
            assert value is None if row.value != row.value else value == row.value


def test_gaps_are_never_a_number(leiden, held):
    gaps = [key for key, said in figures_in(held).items() if said[0] is None]
    assert gaps
    for indicator, area, year in gaps:
        assert not leiden.figures.get(indicator, area, year).state.has_value


def test_outlines_are_those_of_the_package(leiden, held):
    def parts(geometry):
        return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]

    drawn = 0
    for level in held["levels"]:
        for area, outline in zip(level["areas"], level["outlines"], strict=bool(level["outlines"])):
            assert parts(decode(outline)) == parts(leiden.areas[area[0]].geometry)
            drawn += 1
    assert drawn >= 9 + 51 + 54


@pytest.mark.parametrize("name", ["leiden", "duinstad"])
def test_places_are_those_of_the_rank_bands(name, request):
    city = request.getfixturevalue(name)
    held, checked = payload(city), 0
    for indicator, levels in held["figures"].items():
        for series in levels.values():
            for year, block in series["y"].items():
                for index, lists in block.get("p", {}).items():
                    scope = held["scopes"][int(index)]
                    within = scope["within"] or None
                    figures = city.figures.of(indicator, scope["level"], int(year), within)
                    expected = rank_bands(figures)
                    best, worst = lists[0], lists[-1]
                    valued = [figure.area for figure in figures if figure.value is not None]
                    said = {area: (best[at], worst[at], len(valued)) for at, area in enumerate(valued)}
                    assert said == expected
                    checked += 1
    assert checked > 5


def test_every_drawn_value_lies_in_one_class(leiden, held):
    for indicator, levels in held["figures"].items():
        for series in levels.values():
            for year, block in series["y"].items():
                decimals = block.get("n", leiden.indicators[indicator].decimals)
                for index, made in block.get("c", {}).items():
                    scope = held["scopes"][int(index)]
                    ends = list(zip(made["b"][::2], made["b"][1::2], strict=True))
                    assert len(ends) <= 6
                    for figure in leiden.figures.of(indicator, scope["level"], int(year), scope["within"] or None):
                        if figure.value is None or leiden.areas.break_for_border(leiden.areas[figure.area], int(year)):
                            continue
                        value = rounded_value(figure.value, decimals)
                        assert sum(low <= value <= high for low, high in ends) == 1


def test_no_more_decimals_are_shown_than_were_published(leiden, held):
    for indicator, levels in held["figures"].items():
        usual = leiden.indicators[indicator].decimals
        for level, series in levels.items():
            shown = {int(year): block.get("n", usual) for year, block in series["y"].items()}
            for year, decimals in shown.items():
                within = leiden.home if level in ("district", "neighbourhood") else None
                if year in leiden.figures.years(indicator, level, within):
                    drawn = leiden.map(indicator, level=level, year=year, within=within)
                    assert drawn.layers[0].decimals == decimals, (indicator, level, year)
            ends = [end for made in series.get("c", {}).values() for end in made["b"]]
            assert [round(end, min(shown.values())) for end in ends] == ends
    assert held["figures"]["income_per_inhabitant"]["municipality"]["y"]["2022"]["n"] == 0
    assert held["figures"]["income_per_inhabitant"]["municipality"]["n"] == 0
    assert "n" not in held["figures"]["income_per_inhabitant"]["municipality"]["y"]["2012"]


def test_the_licence_of_leaflet_is_on_the_page_once(page):
    assert page.count("Redistributions in binary form must reproduce the above copyright notice") == 1


def test_every_source_of_a_figure_is_on_the_page(leiden, held):
    used = {name for said in figures_in(held).values() for name in said[2].split(",")}
    assert used <= set(held["sources"])


def test_redrawn_areas_are_named_for_the_years_that_do_not_fit(leiden, held):
    codes = [area[0] for area in held["levels"][2]["areas"]]
    redrawn = {codes[place] for place in held["redrawn"]["district"]["2024"]}
    assert redrawn == {"WK054700", "WK054701", "WK054702"}
    assert "2022" not in held["redrawn"]["district"]


def test_difference_from_the_home_area_needs_bands_apart(leiden, held):
    block = held["figures"]["lonely"]["neighbourhood"]["y"]["2020"]
    city = leiden.figures.get("lonely", "GM0546", 2020)
    figures = leiden.figures.of("lonely", "neighbourhood", 2020)
    for figure, said in zip(figures, block["d"], strict=True):
        if figure.value is None:
            assert said == "."
        else:
            apart = figure.differs_from(city)
            assert said == (("+" if figure.value > city.value else "-") if apart else "=")


def test_the_same_city_gives_the_same_bytes(page, leiden):
    assert build_atlas(leiden, "en") == page
    command = (
        "import sys, hashlib, labkit as lk; from labkit.maps.atlas.page import build_atlas;"
        "print(hashlib.sha256(build_atlas(lk.open_city('leiden'), 'en').encode()).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", command],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == hashlib.sha256(page.encode()).hexdigest()


def test_the_whole_city_fits_in_a_small_file(page):
    assert len(page.encode()) < 1_500_000


class Elements(HTMLParser):
    """All elements of a page with their attributes, and the texts of its scripts and style sheets."""

    def __init__(self, page):
        super().__init__()
        self.found, self.raw, self._in = [], [], None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        self._in = tag if tag in ("script", "style") else None

    def handle_data(self, data):
        if self._in:
            self.raw.append((self._in, data))

    def handle_endtag(self, tag):
        self._in = None


def test_nothing_is_fetched_from_elsewhere(page):
    elements = Elements(page)
    for tag, attributes in elements.found:
        for name in ("src", "href", "srcset", "data", "action", "poster"):
            value = attributes.get(name) or ""
            assert value.startswith(("data:", "#")) or not value, (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
    styles = "".join(text for tag, text in elements.raw if tag == "style")
    assert "@import" not in styles
    assert all(address.startswith(("data:", "#")) for address in re.findall(r"url\(['\"]?([^)]{0,30})", styles))


def test_the_policy_allows_this_script_and_no_other(page):
    elements = Elements(page)
    policies = [attributes["content"] for tag, attributes in elements.found if attributes.get("http-equiv")]
    assert "default-src 'none'" in policies[0]
    script = re.search(r"<script>(.*?)</script>", page, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policies[0]
    assert not re.search(r"\beval\(|new Function\(|innerHTML *=(?!=)", "".join(own_scripts()))


def own_scripts():
    from labkit.look import ASSETS

    return [path.read_text(encoding="utf-8") for path in sorted((ASSETS / "atlas").glob("*.js"))]


def test_names_that_are_attacks_stay_text(broken, duinstad):
    page = build_atlas(hostile_city(broken), "en")
    usual = [tag for tag, _ in Elements(build_atlas(duinstad, "en")).found]
    assert [tag for tag, _ in Elements(page).found] == usual
    held = contents(page)
    assert held["title"]["en"] == HOSTILE
    assert HOSTILE in [area[1] for area in held["levels"][1]["areas"]]
    assert all(source["path"] == "" for source in held["sources"].values())


def test_every_text_of_the_page_is_translated():
    missing = [text for text in msgids() if text not in catalogue("nl")]
    assert not missing


def test_every_fixed_text_of_the_script_is_found():
    # A text that is not given to t() as one plain string would never be translated.
    calls = sum(len(re.findall(r"\bt\((?![\"a-z])", script)) for script in own_scripts())
    computed = sum(len(re.findall(r"\bt\((?:node\.dataset\.\w+)\)", script)) for script in own_scripts())
    plain = sum(len(re.findall(r"\bt\(\s*\"", script)) for script in own_scripts())
    every = sum(len(re.findall(r"(?<![\w.])t\((?!text, values)", script)) for script in own_scripts())
    assert calls == 0
    assert plain + computed == every


def test_levels_and_scopes_come_from_the_package(duinstad):
    held = payload(duinstad)
    assert {scope["level"] for scope in held["scopes"]} <= {level.id for level in duinstad.areas.levels}
    assert all(len(scope["members"]) > 1 for scope in held["scopes"])
    assert [scope.level for scope in scopes(duinstad.areas, duinstad.home, duinstad.region)]
    assert held["start"]["indicator"] in held["figures"]


def test_the_first_view_is_the_one_that_the_package_chose(leiden, held):
    start = held["start"]
    figures = leiden.figures.of(start["indicator"], start["level"], start["year"], start["within"])
    assert (start["indicator"], start["year"], len(figures)) == ("lonely", 2020, 54)
    assert sum(figure.value is None for figure in figures) == 1


def test_without_a_choice_the_first_view_has_a_figure_for_every_area(duinstad):
    start = payload(duinstad)["start"]
    figures = duinstad.figures.of(start["indicator"], start["level"], start["year"], start["within"])
    assert duinstad.indicators[start["indicator"]].kind != "count"
    assert all(figure.value is not None for figure in figures)


def test_the_page_opens_in_the_language_that_was_asked(leiden):
    assert '<html lang="nl">' in build_atlas(leiden, "nl")


def test_a_package_without_figures_is_told(broken):
    figures = broken / "figures.csv"
    figures.write_text(figures.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(NoFiguresError, match="no figures"):
        build_atlas(lk.open_city(broken))


def test_saving_replaces_the_whole_file_or_nothing(duinstad, tmp_path):
    target = tmp_path / "atlas.html"
    target.write_text("old", encoding="utf-8")
    assert save_atlas(duinstad, target) == target
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["atlas.html"]
    with pytest.raises(LabkitError, match="does not exist"):
        save_atlas(duinstad, tmp_path / "nowhere" / "atlas.html")


def test_names_of_several_areas_are_in_the_page(held):
    for name in ("Binnenstad", "Leiden Zuidwest", "Professorenwijk"):
        assert sum(name in names for names in held["aliases"].values()) > 1
