"""Maps: what a layer, a page and a still picture say, and that the page asks the network for nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import folium
import folium.plugins
import pandas as pd
import pytest
from made_up_map import NAMES, indicator, layer, plain_layer

import labkit as lk
from labkit.classes import classify
from labkit.errors import LabkitError, WrongUseError
from labkit.language import number
from labkit.maps import leaflet
from labkit.maps.districts import district_map
from labkit.maps.layer_spec import layer_spec
from labkit.maps.layers import map_texts
from labkit.maps.legend import legend_rows
from labkit.maps.offline import OfflineMap

SVG = "{http://www.w3.org/2000/svg}"


def spec_of(page: str) -> dict:
    return json.loads(re.search(r'id="labkit-spec">(.*?)</script>', page)[1])


# --- what a layer says ---


def test_every_area_is_in_one_row_of_the_legend():
    rows = legend_rows(layer(), "en")
    assert [(row.label, row.count, row.reason) for row in rows] == [
        ("0.0", 1, ""),
        ("1.5 – 2.5", 2, ""),
        ("4.0", 1, ""),
        ("7.5", 1, ""),
        ("No figure", 1, "Too few people."),
        ("No figure", 1, "Never published."),
        ("Not drawn", 1, "The border was moved in 2025."),
    ]
    assert sum(row.count for row in rows) == len(NAMES)


def test_zero_has_a_colour_of_its_own_and_missing_has_none():
    shown = layer()
    assert shown.classes.zero
    assert shown.index[2] == 0
    assert shown.index[4] is None and shown.index[7] is None
    assert len(set(shown.colours)) == shown.classes.k
    assert shown.missing == ["A4", "A5"]


def test_a_figure_that_does_not_belong_to_the_outline_is_kept_but_not_drawn_or_classed():
    table = district_map(layer(), language="en").table.set_index("area")
    assert table.loc["A7", "value"] == 9.0
    assert pd.isna(table.loc["A7", "class"])
    assert table.loc["A7", "reason"] == "The border was moved in 2025."
    assert max(layer().classes.highs) == 7.5


def test_the_table_has_a_row_for_each_area_with_its_status_and_reason():
    table = district_map(layer(), language="en").table
    assert list(table.columns) == ["area", "name", "value", "unit", "year", "status", "class", "reason"]
    assert table["name"].tolist() == NAMES
    assert table.loc[table["value"].isna(), "reason"].tolist() == ["Too few people.", "Never published."]
    assert table.loc[table["value"].isna(), "status"].tolist() == ["suppressed", "not_published"]


def test_an_area_without_any_figure_is_missing_with_a_reason():
    shown = layer(values=[1.0, 2.0], states=layer().figures[:2] and [f.state for f in layer().figures[:2]])
    bare = district_map(type(shown)(**{**vars(shown), "figures": shown.figures[:1]}), language="en")
    assert bare.areas_missing == ["A1"]
    assert bare.table["reason"].tolist()[1] == "There is no figure for this area."


def test_figures_of_other_areas_are_left_out():
    assert plain_layer([1, 2]).figures[-1].area == "A1"


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([None, None], []),
        ([3.5], ["3.5"]),
        ([2, 2, 2], ["2.0"]),
        ([-7.25, -1, 4], ["-7.2", "-1.0", "4.0"]),
        ([1e12, 2e12], ["1,000,000,000,000.0", "2,000,000,000,000.0"]),
        ([0, 0], ["0.0"]),
        ([0, 5], ["0.0", "5.0"]),
    ],
)
def test_hard_cases_give_a_map_that_says_something_true(values, labels):
    shown = plain_layer(values)
    made = district_map(shown, language="en")
    rows = made.legend
    assert [row.label for row in rows if row.colour] == labels
    assert sum(row.count for row in rows) == len(values)
    assert len(spec_of(made.to_html())["layer"]["values"]) == len(values)
    ElementTree.fromstring(made.still().svg)


def test_counts_carry_a_note_and_shares_do_not():
    counts = layer(about=indicator(kind="count", decimals=0))
    assert any("larger areas hold more" in note for note in counts.remarks_for_all("en"))
    assert not any("larger areas hold more" in note for note in layer().remarks_for_all("en"))


def test_figures_with_a_wide_margin_carry_a_note():
    from made_up_map import LEVEL, OBSERVED, collection, figures

    from labkit.maps.layers import area_layer

    values = [46.5, 48.0, 50.0, 53.4]
    sharp, blurred = (
        area_layer(indicator(), LEVEL, 2024, collection(NAMES[:4]), figures(values, [OBSERVED] * 4, margin), k=3)
        for margin in (0.05, 2.5)
    )
    assert (sharp.blurred, blurred.blurred) == (False, True)
    assert any("margin" in note for note in blurred.remarks_for_all("en"))


def test_no_more_decimals_are_shown_than_were_published():
    coarse = plain_layer([29.0, 31.0])
    whole = type(coarse)(**{**vars(coarse), "figures": tuple(_stepped(f, 1.0) for f in coarse.figures)})
    assert (coarse.decimals, whole.decimals) == (1, 0)
    assert layer_spec(whole)["values"] == [29, 31]


@pytest.mark.parametrize(
    ("step", "decimals"), [(0.5, 1), (0.25, 2), (0.05, 2), (0.2, 1), (5, 0), (100, 0), (0, 3), (0.0001, 3)]
)
def test_decimals_are_those_of_the_step(step, decimals):
    values = [0.0, *(count * (step or 1) for count in (1, 2, 3))]
    coarse = plain_layer(values, about=indicator(decimals=3))
    shown = layer_of([_stepped(figure, step) for figure in coarse.figures])
    assert shown.decimals == decimals
    if step != 0.0001:
        assert shown.values == pytest.approx(values)
        assert shown.classes.counts[0] == 1  # one step is not nothing


def layer_of(figures):
    from made_up_map import LEVEL, collection

    from labkit.maps.layers import area_layer

    return area_layer(indicator(decimals=3), LEVEL, 2024, collection(NAMES[: len(figures)]), figures)


def test_zeros_below_which_the_middle_lies_keep_their_own_colour():
    shown = plain_layer([0, 1, 2, 3, 4, 5], middle=-3, k=6)
    assert len(shown.colours) == shown.classes.k == len(set(shown.colours))


def _stepped(figure, step):
    from dataclasses import replace

    return replace(figure, step=step)


def test_classes_of_several_years_can_be_shared():
    both = classify([1, 2, 3, 4, 9, 12], k=3, decimals=1)
    early, late = plain_layer([1, 2, 3], classes=both), plain_layer([4, 9, 12], classes=both)
    assert early.colours == late.colours
    assert early.index == [0, 0, 1]
    assert [row.count for row in legend_rows(late, "en")] == [0, 1, 2]


def test_a_middle_gives_diverging_colours():
    shown = plain_layer([1, 2, 8, 9], middle=5, k=4)
    assert shown.palette == "diverging"
    assert shown.classes.below == 2
    assert len(set(shown.colours)) == 4
    assert "The colours part at 5.0 %." in shown.remarks_for_all("en")
    fixed = plain_layer([1, 2, 8, 9], breaks=[1, 5, 8, 9], middle=5)
    assert (fixed.classes.below, fixed.colours) == (2, shown.colours)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"k": 7}, "1 to 6"),
        ({"palette": "diverging"}, "belong together"),
        ({"palette": "blues", "middle": 3}, "belong together"),
        ({"palette": "rainbow"}, "The palettes are"),
        ({"scheme": "quantile"}, "Did you mean"),
        ({"k": "5"}, "whole number"),
        ({"k": None}, "whole number"),
        ({"breaks": 5}, "ascend"),
        ({"breaks": [1, 2, 3, 4, 5, 6, 7, 8]}, "at most 6"),
        ({"breaks": [2, 3, 4, 5, 9], "middle": 2}, "ask for 1 up to it and 4 above it"),
        ({"middle": float("nan")}, "not nan"),
        ({"middle": "x"}, "not 'x'"),
    ],
)
def test_wrong_use_is_answered_with_the_way_out(options, message):
    with pytest.raises(WrongUseError, match=message):
        layer(**options)


# --- the page ---


def test_the_same_map_is_the_same_bytes():
    made = district_map(layer(), language="en")
    assert made.to_html() == made.to_html() == district_map(layer(), language="en").to_html()
    assert made._repr_html_() == made._repr_html_()


def test_another_process_makes_the_same_bytes(tmp_path):
    code = (
        "import sys, hashlib, folium; sys.path.insert(0, sys.argv[1])\n"
        "from made_up_map import layer; from labkit.maps.districts import district_map\n"
        "made = district_map(layer(), language='nl')\n"
        "folium.CircleMarker([52.11, 4.41], popup='here').add_to(made.folium)\n"
        "print(hashlib.sha256((made.to_html() + made.still().svg).encode()).hexdigest())"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": "", "SYSTEMROOT": "C:\\Windows"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1


class Addresses(HTMLParser):
    """Collects what the elements of a page would fetch or follow."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        names = ("src", "srcset", "href", "action", "data", "poster", "background")
        self.found += [value for name, value in attributes if name in names and not value.startswith("#")]


def test_the_page_names_nothing_that_a_browser_would_fetch():
    page = district_map(layer(), language="en").to_html()
    assert Addresses(page).found == []
    assert all(one.startswith(("data:", "#")) for one in re.findall(r"url\(\s*[\"']?([^\"'$)]+)", page))
    # Leaflet names sites in its notice and comments; it can fetch tiles and pictures, but is given none.
    own = page.replace(leaflet.leaflet_js(), "").replace(leaflet.leaflet_css(), "")
    assert set(re.findall(r"https?://[\w.-]+", own)) <= {"http://www.w3.org"}
    assert not re.search(r"@import|sourceMappingURL|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon", page)


def test_the_page_is_a_page_in_its_language():
    page = district_map(layer(), title="Calm & co", language="nl").to_html()
    assert page.startswith('<!DOCTYPE html>\n<html lang="nl">')
    assert "<title>Calm &amp; co</title>" in page
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert "user-scalable" not in page
    assert page.count("<meta charset") == 1
    assert map_texts("nl", "quarters").items() <= spec_of(page)["text"].items()


def test_names_and_titles_stay_text():
    page = district_map(layer(), title="</title><script>boom()</script>", language="en").to_html()
    assert "<script>boom()" not in page
    assert "<img src=x" not in page
    assert spec_of(page)["areas"]["encoded"]["names"] == NAMES
    svg = district_map(layer(), language="en").still().svg
    assert "<img" not in svg and "boom()</script>" not in svg


def test_geometry_and_names_stand_in_the_data_once():
    spec = spec_of(district_map(layer(), language="en").to_html())
    assert set(spec["areas"]["encoded"]) == {"codes", "names", "decimals", "counts", "steps"}
    assert spec["layer"]["undrawn"] == [7]
    assert spec["layer"]["values"] == [1.5, 2.5, 0, 4, None, None, 7.5, 9]


def test_folium_elements_can_be_added():
    made = district_map(layer(), language="en")
    folium.CircleMarker([52.11, 4.41], radius=8, tooltip="lab").add_to(made.folium)
    folium.Marker([52.11, 4.43], popup="here", icon=folium.Icon(color="red")).add_to(made.folium)
    folium.GeoJson(layer().background, name="outside").add_to(made.folium)
    folium.LayerControl().add_to(made.folium)
    page = made.to_html()
    assert "L.circleMarker" in page and "L.geoJson" in page
    assert page == made.to_html()
    assert not re.search(r"_[0-9a-f]{32}", page)
    assert "Without a network" not in page


def test_data_in_folium_elements_is_not_computed():
    made = district_map(layer(), language="en")
    plain = made.to_html()
    folium.Marker([52.1, 4.4], tooltip="{{ 7 * 7 }}").add_to(made.folium)
    page = made.to_html()
    assert page.count("{{ 7 * 7 }}") > plain.count("{{ 7 * 7 }}")
    assert "49" not in page.split("L.marker(")[-1]


def test_what_needs_the_network_is_said():
    made = OfflineMap("Tiles", "en", location=[52.1, 4.4])
    folium.TileLayer("OpenStreetMap").add_to(made)
    folium.plugins.MarkerCluster().add_to(made)
    assert "Without a network this map lacks: TileLayer, MarkerCluster." in made.get_root().render()


def test_the_notebook_shows_a_frame_that_is_shut_off_and_a_table_beside_it():
    shown = district_map(layer(), language="en")._repr_html_()
    assert shown.startswith("<iframe srcdoc=") and 'sandbox="allow-scripts' in shown
    assert "<details" in shown and shown.count("<table") == 1
    assert "Make this Notebook Trusted" not in shown


def test_saving_is_whole_or_not_at_all(tmp_path, monkeypatch):
    made = district_map(layer(), language="en")
    path = made.save(tmp_path / "map.html")
    assert path.read_text(encoding="utf-8") == made.to_html()
    path.write_text("before")
    monkeypatch.setattr(Path, "replace", _no_room)
    with pytest.raises(LabkitError, match="could not be written"):
        made.save(path)
    assert path.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["map.html"]


def _no_room(self, target):
    raise OSError(28, "No space left on device")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(LabkitError, match="does not exist"):
        district_map(layer(), language="en").save(tmp_path / "not" / "there.html")


def test_nothing_breaks_out_of_a_json_script():
    text = leaflet.json_script("x", ["</script>", "<!--", "a & b"])
    assert text.count("<") == 2
    assert json.loads(text.split(">", 1)[1].rsplit("<", 1)[0]) == ["</script>", "<!--", "a & b"]
    with pytest.raises(ValueError, match="not JSON compliant"):
        leaflet.json_script("x", float("nan"))


# --- the still picture ---


def test_the_still_is_plain_svg_with_title_description_legend_and_credit():
    made = district_map(layer(), title="Calm, 2024", language="en")
    root = ElementTree.fromstring(made.still().svg)
    texts = ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]
    assert root.find(f"{SVG}title").text == "Calm, 2024"
    assert "Lowest: 0.0 %" in root.find(f"{SVG}desc").text and "Without a figure: 2." in root.find(f"{SVG}desc").text
    assert {row.label for row in made.legend} <= set(texts)
    assert "Made up, 2024" in texts
    assert any(text.endswith((" km", " m")) for text in texts)
    assert not list(root.iter(f"{SVG}script")) and "http" not in made.still().svg.replace(SVG[1:-1], "")


def test_the_still_draws_every_area_once_and_hatches_what_has_no_figure():
    root = ElementTree.fromstring(district_map(layer(), language="en").still().svg)
    drawn = [one for one in root.iter(f"{SVG}path") if one.find(f"{SVG}title") is not None]
    assert [one.find(f"{SVG}title").text for one in drawn] == NAMES
    hatched = [one.find(f"{SVG}title").text for one in drawn if "hatch" in one.get("fill")]
    assert hatched == [NAMES[4], NAMES[5], NAMES[7]]


def test_characters_that_xml_does_not_allow_are_dropped_from_the_still():
    shown = plain_layer([1, 2], credit="Made\x00 up\x1b \ud800 \ufffe", undrawn={"A1": "Moved\x08."})
    drawing = ElementTree.fromstring(district_map(shown, title="A\x0bB \x07<&>", language="en").still().svg)
    texts = "".join(drawing.itertext())
    assert "<&>" in texts and "Made up" in texts and "Moved." in texts


def test_the_licence_of_leaflet_goes_with_it_once():
    page = district_map(layer(), language="en").to_html()
    assert page.count("Redistributions in binary form must reproduce the above copyright notice") == 1
    assert page.count("THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS") == 1


def test_the_still_is_the_same_bytes_and_can_be_saved(tmp_path):
    made = district_map(layer(), language="nl")
    assert made.still() == made.still()
    assert made.still().save(tmp_path / "a.svg").read_text(encoding="utf-8") == made.still().svg
    assert made.still()._repr_mimebundle_()["image/svg+xml"] == made.still().svg


# --- Leiden, and a made-up city ---


@pytest.fixture(scope="module")
def leiden():
    return lk.open_city("leiden")


def test_a_map_of_the_neighbourhoods_of_leiden_is_small(leiden):
    page = leiden.map("lonely", level="neighbourhood", year=2020, language="nl").to_html()
    assert len(page.encode()) <= 350_000
    assert len(spec_of(page)["areas"]["encoded"]["codes"]) == 54


def test_every_indicator_of_leiden_gives_a_map_that_is_true(leiden):
    """The newest year at each level: every area in one row, every shown figure inside the label of its class."""
    made = 0
    for about in leiden.indicators:
        for level in leiden.figures.levels(about.id):
            shown = leiden.map(about.id, level=level, language="en")
            one = shown.layers[0]
            assert sum(row.count for row in shown.legend) == len(one.codes), (about.id, level)
            labels = one.classes.labels("en") if one.classes else []
            limits = [[float(end.replace(",", "")) for end in (text.split(" – ") * 2)[:2]] for text in labels]
            assert all(before[1] < after[0] for before, after in pairwise(limits)), (about.id, level)
            for value, at in zip(one.values, one.index, strict=True):
                if at is not None:
                    low, high = limits[at]
                    assert low <= float(number(value, one.decimals, "en").replace(",", "")) <= high
            made += 1
    assert made > 100


def test_figures_of_redrawn_districts_are_not_drawn_on_older_outlines(leiden):
    """Leiderdorp redrew its districts after 2022, the year of the outlines."""
    redrawn = {"WK054700", "WK054701", "WK054702"}
    early = leiden.map("population", level="district", year=2022, within="Leidse regio", language="en")
    late = leiden.map("population", level="district", year=2024, within="Leidse regio", language="en")
    assert set(early.layers[0].undrawn) == set()
    assert set(late.layers[0].undrawn) == redrawn
    table = late.table.set_index("area").loc[sorted(redrawn)]
    assert table["value"].notna().all() and table["class"].isna().all() and table["reason"].ne("").all()
    assert [row.count for row in late.legend if row.label == "Not drawn"] == [3]


def test_a_city_with_other_levels_maps_through_the_same_code():
    city = lk.open_city(Path(__file__).parent / "cities" / "duinstad")
    made = 0
    for about in city.indicators:
        for level in city.figures.levels(about.id):
            shown = city.map(about.id, level=level, language="nl")
            assert len(spec_of(shown.to_html())["layer"]["values"]) == len(shown.table)
            ElementTree.fromstring(shown.still().svg)
            made += 1
    assert made


def test_a_map_of_a_part_of_the_city_shows_the_rest_in_grey(leiden):
    made = leiden.map("lonely", level="neighbourhood", year=2020, within="Merenwijk")
    around = {one["properties"]["code"] for one in made.layers[0].background["features"]}
    districts = {area.code for area in leiden.areas.of_level("district", leiden.home)}
    assert around & districts == districts - {"WK054608"}
    assert leiden.home.code not in around
    assert {area.code for area in leiden.areas.of_level("municipality")} - {leiden.home.code} <= around


def test_long_titles_of_a_legend_wrap(leiden):
    import re

    made = leiden.map("population_density", level="district", year=2024, language="en").still().svg
    heading = re.findall(r'font-size="14" font-weight="700"[^>]*>([^<]*)<', made)
    assert len(heading) > 1
    assert max(map(len, heading)) <= 29
