"""The page of a map, as a reader meets it: without a network, by mouse, finger and keyboard."""

from __future__ import annotations

import folium
import pytest
from made_up_map import NAMES, layer, plain_layer

import labkit as lk
from labkit.maps.districts import district_map

pytestmark = pytest.mark.browser


def spec_page(language="en", **options):
    return district_map(layer(**options), title="Calm people, 2024", language=language)


def rows(page):
    return page.locator(".lk-legend-row").evaluate_all(
        "rows => rows.map(row => [row.querySelector('.lk-range').firstChild.textContent,"
        " row.dataset.count, row.dataset.class])"
    )


def outlined(page) -> int:
    return page.locator("path.lk-chosen").count()


def test_every_area_is_drawn_and_the_legend_counts_them(visit, viewport):
    made = spec_page()
    page = visit(made.to_html(), viewport).page
    areas = page.locator("path.lk-area")
    assert areas.count() == len(NAMES)
    assert page.locator("path.lk-background").count() == 1
    expected = [(row.label, str(row.count)) for row in made.legend]
    assert [(label, count) for label, count, _ in rows(page)][: len(expected)] == expected
    for one in areas.all():
        box = one.bounding_box()
        assert box["width"] > 5 and box["height"] > 5


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_legend_on_the_page_is_the_legend_in_python(visit, language):
    values = [1234.5, 98765.25, 0, 12.125, None, -0.04, 7e11, 2.5]
    made = district_map(plain_layer(values, k=6), language=language)
    page = visit(made.to_html()).page
    assert [(a, b) for a, b, _ in rows(page)][: len(made.legend)] == [(r.label, str(r.count)) for r in made.legend]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_neighbourhoods_of_leiden_are_drawn(visit, viewport, language):
    made = lk.open_city("leiden").map("lonely", level="neighbourhood", year=2020, language=language)
    page = visit(made.to_html(), viewport).page
    assert page.locator("path.lk-area").count() == 54
    assert page.locator("path.lk-area[data-class=none]").count() == 1
    assert sum(int(count) for _, count, name in rows(page) if name != "background") == 54
    assert page.locator("h1").inner_text() == made.title
    assert page.locator(".lk-credit").inner_text() == made.layers[0].credit
    assert page.locator(".lk-name").count() > 5


def test_colours_on_the_map_are_those_of_the_classes_and_holes_are_hatched(visit):
    made = spec_page()
    page = visit(made.to_html()).page
    for at, one in enumerate(made.layers[0].index):
        path = page.locator(f"path.lk-area[data-code=A{at}]")
        fill = path.get_attribute("fill")
        assert path.get_attribute("data-class") == ("none" if one is None else str(one))
        assert fill == made.layers[0].colours[one] if one is not None else fill.startswith("url(#")
    pattern = page.locator("path.lk-area[data-code=A4]").get_attribute("fill")[5:-1]
    assert page.locator(f"pattern#{pattern} .lk-hatch-line").count() == 1


def test_pointing_at_an_area_tells_its_figure(visit):
    page = visit(spec_page(margin=2).to_html()).page
    page.locator("path.lk-area[data-code=A1]").hover()
    said = page.locator(".lk-tooltip").inner_text()
    assert said.splitlines() == ["South", "2.5\u00a0%, 2024", "between 0.5 and 4.5", "estimated"]


def test_pointing_at_an_area_without_a_figure_tells_why(visit):
    page = visit(spec_page().to_html()).page
    page.locator("path.lk-area[data-code=A5]").hover()
    assert page.locator(".lk-tooltip").inner_text().splitlines() == [NAMES[5], "No figure, 2024", "Never published."]
    page.locator("path.lk-area[data-code=A7]").hover()
    said = page.locator(".lk-tooltip").inner_text()
    assert "9.0\u00a0%, 2024" in said and "The border was moved in 2025." in said


def test_pointing_at_the_surroundings_tells_their_name_only(visit):
    page = visit(spec_page().to_html()).page
    page.locator("path.lk-background").hover()
    assert page.locator(".lk-tooltip").inner_text() == "Outside"
    assert page.locator("path.lk-background").get_attribute("tabindex") == "-1"


def test_a_click_chooses_an_area_and_marks_its_row(visit):
    page = visit(spec_page().to_html()).page
    page.locator("path.lk-area[data-code=A3]").click()
    assert outlined(page) == 1
    assert page.locator("tr[aria-current]").get_attribute("data-code") == "A3"
    page.locator("path.lk-area[data-code=A3]").click()
    assert outlined(page) == 0
    assert page.locator("tr[aria-current]").count() == 0


def test_a_finger_can_choose_too(visit):
    page = visit(spec_page().to_html(), {"width": 390, "height": 844}, has_touch=True, is_mobile=True).page
    page.locator("path.lk-area[data-code=A0]").tap()
    assert outlined(page) == 1
    assert "North" in page.locator(".lk-tooltip").inner_text()


def test_areas_can_be_reached_and_chosen_by_keyboard(visit):
    page = visit(spec_page().to_html()).page
    focused = "document.activeElement.dataset.code"
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate(focused):
            break
    assert page.evaluate(focused) == "A0"
    assert page.locator(".lk-tooltip").inner_text().startswith("North")
    assert page.locator("path.lk-ring").count() == 1
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "A2"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(focused) == "A1"
    page.keyboard.press("End")
    assert page.evaluate(focused) == "A7"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "A7"
    page.keyboard.press("Enter")
    assert page.locator("tr[aria-current]").get_attribute("data-code") == "A7"
    assert page.locator("path.lk-area[aria-selected=true]").get_attribute("data-code") == "A7"
    page.keyboard.press("Escape")
    assert outlined(page) == 0
    # The areas are one stop: the next Tab leaves them.
    page.keyboard.press("Tab")
    assert not page.evaluate(focused)


def test_a_screen_reader_is_told_what_the_map_shows(visit):
    page = visit(spec_page().to_html()).page
    group = page.get_by_role("listbox", name="Calm <b>people</b>, 2024")
    assert group.get_by_role("option").count() == len(NAMES)
    assert page.get_by_role("option", name="North: 1.5 %, 2024").count() == 1
    assert page.get_by_role("table", name="Calm <b>people</b>, 2024").count() == 2
    assert page.get_by_role("row", name="'t Heen 7.5").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"


def test_names_stand_where_they_fit_and_never_over_each_other(visit, viewport):
    page = visit(spec_page().to_html(), viewport).page
    boxes = [one.bounding_box() for one in page.locator(".lk-name").all()]
    assert boxes
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            above = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
            assert apart or above


def test_attacks_in_names_are_shown_as_text(visit):
    page = visit(spec_page().to_html()).page
    page.evaluate("void (window.boom = () => { throw new Error('an attack ran') })")
    for at in range(len(NAMES)):
        page.locator(f"path.lk-area[data-code=A{at}]").hover()
        assert page.locator(".lk-tooltip").inner_text().startswith(NAMES[at])
    assert page.locator("img").count() == 0


def test_nothing_is_cut_off(visit, viewport):
    page = visit(spec_page().to_html(), viewport).page
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    frame = page.locator(".leaflet-container").bounding_box()
    for one in page.locator("path.lk-area").all():
        box = one.bounding_box()
        assert box["x"] >= frame["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_light_and_dark(visit, scheme):
    page = visit(spec_page().to_html(), color_scheme=scheme).page
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(20, 24, 29)")


@pytest.mark.parametrize("values", [[None, None, None], [4, 4, 4], [3], [-5, 0, 1e12], [0, 0]])
def test_hard_cases_are_drawn(visit, values):
    page = visit(district_map(plain_layer(values), language="en").to_html()).page
    assert page.locator("path.lk-area").count() == len(values)
    assert sum(int(count) for _, count, name in rows(page) if name != "background") == len(values)


def test_every_marker_is_drawn(visit):
    made = spec_page()
    for longitude in (4.42, 4.45, 4.48):
        folium.Marker([52.11, longitude]).add_to(made.folium)
    folium.Marker([52.12, 4.45], icon=folium.Icon(color="darkred")).add_to(made.folium)
    page = visit(made.to_html()).page
    assert page.locator(".lk-pin").count() == 4
    fills = page.locator(".lk-pin path").evaluate_all("pins => pins.map(pin => pin.getAttribute('fill'))")
    assert fills == ["#2a81cb"] * 3 + ["darkred"]


def test_folium_elements_work_beside_it_without_a_network(visit):
    made = spec_page()
    folium.CircleMarker([52.11, 4.41], radius=9, tooltip="a lab", color="black").add_to(made.folium)
    folium.Marker([52.11, 4.47], popup="a project", icon=folium.Icon(color="darkred")).add_to(made.folium)
    folium.Marker([52.11, 4.50], icon=folium.DivIcon(html="<b>here</b>")).add_to(made.folium)
    folium.GeoJson(layer().background, name="outside", tooltip="drawn by folium").add_to(made.folium)
    folium.LayerControl(collapsed=False).add_to(made.folium)
    page = visit(made.to_html()).page
    assert page.locator("path.lk-area").count() == len(NAMES)
    # folium's own two shapes: the circle and the square.
    assert page.locator(".leaflet-overlay-pane path").count() == 2
    assert page.locator(".leaflet-control-layers").inner_text().strip() == "outside"
    assert page.get_by_text("here", exact=True).count() == 1
    page.locator(".lk-pin").click()
    assert page.locator(".leaflet-popup").inner_text().splitlines()[0] == "a project"


def test_tiles_without_a_network_leave_the_areas_standing(visit):
    made = spec_page()
    folium.TileLayer("OpenStreetMap").add_to(made.folium)
    seen = visit(made.to_html())
    assert seen.page.locator("path.lk-area").count() == len(NAMES)
    assert seen.page.get_by_text("Without a network this map lacks: TileLayer.").count() == 1
    seen.page.locator("img.leaflet-tile").first.wait_for(state="attached")
    seen.page.wait_for_function("performance.getEntriesByType('resource').some((one) => one.name.includes('tile'))")
    assert any("tile.openstreetmap.org" in url for url in seen.requests)
    # Tiles were asked for here, so that asking for them is no fault.
    seen.requests.clear()
    seen.errors.clear()


def test_the_frame_in_a_notebook_draws_the_map(visit):
    html = f"<!DOCTYPE html><title>notebook</title>{spec_page()._repr_html_()}"
    page = visit(html).page
    frame = page.frame_locator("iframe")
    frame.locator("path.lk-area").first.wait_for()
    assert frame.locator("path.lk-area").count() == len(NAMES)
    assert frame.locator(".lk-legend-row").count() > 3
    frame.locator("path.lk-area[data-code=A0]").hover()
    assert frame.locator(".lk-tooltip").inner_text().startswith("North")
    page.locator("summary").click()
    assert page.locator("details table tbody tr").count() == len(NAMES)


def test_a_map_that_is_hidden_at_first_is_whole_when_it_appears(visit):
    """As in a notebook whose outputs are laid out later, or on a tab that is not in front."""
    page = visit(f"<!DOCTYPE html><div id='tab' style='display: none'>{spec_page()._repr_html_()}</div>").page
    frame = page.frame_locator("iframe")
    frame.locator(".leaflet-container").wait_for(state="attached")
    page.evaluate("document.getElementById('tab').style.display = 'block'")
    frame.locator(".lk-name").first.wait_for()
    assert frame.locator(".lk-legend-row").count() > 3
    ground = frame.locator(".leaflet-container").bounding_box()
    first, last = (frame.locator(f"path.lk-area[data-code={code}]").bounding_box() for code in ("A0", "A7"))
    assert last["x"] + last["width"] - first["x"] > 0.7 * ground["width"]


def test_the_still_is_a_picture_that_shows(visit, tmp_path):
    path = spec_page().still().save(tmp_path / "still.svg")
    page = visit(path).page
    assert page.evaluate("document.documentElement.tagName") == "svg"
    assert page.evaluate("document.querySelectorAll('path title').length") == len(NAMES)


def test_other_figures_and_other_areas_can_be_shown_on_the_same_map(visit):
    """What the atlas does: setLayer, update, select, on and remove."""
    page = visit(spec_page().to_html()).page
    page.evaluate(
        """() => {
          const host = document.createElement("div");
          host.style.height = "300px";
          host.id = "second";
          document.body.prepend(host);
          window.spec = JSON.parse(document.getElementById("labkit-spec").textContent);
          window.told = [];
          window.view = labkitAreas(host, spec, { selected: "A2" }).on("select", (code) => told.push(code));
        }"""
    )
    second = page.locator("#second")
    assert second.locator("path.lk-area").count() == len(NAMES)
    assert page.evaluate("view.selected") == "A2"
    second.locator("path.lk-area[data-code=A1]").click()
    page.evaluate("view.select('A3')")
    assert page.evaluate("[told, view.selected]") == [["A1"], "A3"]
    page.evaluate("view.setLayer({...spec.layer, values: spec.layer.values.map(() => null)})")
    assert second.locator("path.lk-area[data-class=none]").count() == len(NAMES)
    assert page.evaluate("view.selected") == "A3"
    page.evaluate("view.setLayer(null)")
    assert second.locator("path.lk-area[data-code=A0]").get_attribute("aria-label") == "North"
    page.evaluate("view.update({areas: {features: labkitOutlines(spec.areas).features.slice(0, 2)}, layer: null})")
    assert second.locator("path.lk-area").count() == 2
    assert second.locator("pattern").count() == 1
    assert page.evaluate("view.selected") is None
    page.evaluate("view.remove()")
    assert second.locator("path").count() == 0
