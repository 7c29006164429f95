"""A map with several layers, as a reader uses it: choose, slide, search, swipe, sort, by mouse and by keyboard."""

from __future__ import annotations

import pandas as pd
import pytest
from made_up_map import NAMES

import labkit as lk

pytestmark = pytest.mark.browser

SEEN = pd.DataFrame(
    {"lon": [4.4488, 4.49, 4.5], "lat": [52.1527, 52.16, 52.165], "benches": [3, 25, 9], "who": NAMES[2:5]}
)


@pytest.fixture(scope="module")
def city():
    return lk.open_city("leiden")


def heads(page):
    return page.locator(".lk-scroll caption").inner_text(), page.locator(".lk-legend-table caption").first.inner_text()


def column(page, number):
    return page.locator(f".lk-scroll tbody tr > :nth-child({number})").all_inner_texts()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_map_with_everything_has_no_fault_of_access(visit, viewport, axe, city, language):
    made = city.map(["lonely", "severely_lonely"], year="all", level="district", language=language, projects=True)
    made.add_coverage().add_observations(SEEN, "Benches", value="benches", name="who")
    page = visit(made.to_html(), viewport).page
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert axe(page) == []
    assert page.locator(".lk-own-sign").count() == 3


@pytest.mark.parametrize("mode", ["swipe", "side"])
def test_a_comparison_has_no_fault_of_access(visit, viewport, axe, city, mode):
    page = visit(city.map("lonely", year=[2012, 2020], compare=mode).to_html(), viewport).page
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert axe(page) == []


def test_the_year_slides_by_keyboard_and_everything_follows(visit, city):
    made = city.map("lonely", level="neighbourhood", year="all", language="en")
    page = visit(made.to_html()).page
    page.get_by_label("Year", exact=True).focus()
    assert heads(page) == ("Lonely adults, 2020", "Lonely adults, 2020")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert heads(page) == ("Lonely adults, 2012", "Lonely adults, 2012")
    assert page.get_by_label("Year", exact=True).get_attribute("aria-valuetext") == "2012"
    assert "2012" in page.locator("#labkit-credit").inner_text()
    first = made.layers[0]
    shown = page.locator("path.lk-area").evaluate_all("all => all.map(one => [one.dataset.code, one.dataset.class])")
    assert dict(shown) == {
        code: "none" if at is None else str(at) for code, at in zip(first.codes, first.index, strict=True)
    }


def test_years_play_only_when_asked_and_not_for_who_wants_little_motion(visit, city):
    html = city.map("lonely", year="all", language="en").to_html()
    page = visit(html).page
    page.get_by_role("button", name="Play the years").click()
    page.locator("caption", has_text="2016").first.wait_for()
    page.locator("caption", has_text="2020").first.wait_for()
    page.get_by_role("button", name="Play the years").wait_for()
    calm = visit(html, reduced_motion="reduce").page
    assert calm.get_by_role("button", name="Play the years").count() == 0


def test_many_indicators_stand_by_theme_and_can_be_searched(visit, city):
    names = [one.id for one in city.indicators if "district" in city.figures.levels(one.id)][:20]
    made = city.map([*names, "lonely"], level="district", language="nl")
    page = visit(made.to_html()).page
    assert page.locator("#labkit-indicator optgroup").count() == len({one.about.theme for one in made.layers})
    page.get_by_role("combobox", name="Zoek").fill("eenzame volw")
    page.keyboard.press("Enter")
    assert heads(page)[0].startswith("Eenzame volwassenen, ")
    assert page.locator("#labkit-indicator").input_value() == "lonely"
    assert page.locator("#labkit-subtitle").inner_text() == made.layers[-1].about.definition("nl")


def test_an_area_is_found_by_a_part_of_its_name_and_chosen(visit, viewport, city):
    page = visit(city.map("lonely", year=2020, language="en").to_html(), viewport).page
    box = page.get_by_role("combobox", name="Find districts")
    box.fill("stev")
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option", name="Stevenshofdistrict", exact=True).get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    assert page.locator("tr[aria-current]").get_attribute("data-code") == "WK054609"
    assert page.locator("path.lk-chosen").count() == 1
    box.fill("nowhere")
    assert page.get_by_text("Nothing found").is_visible()
    page.keyboard.press("Escape")
    assert box.input_value() == "" and box.get_attribute("aria-expanded") == "false"


def test_a_project_is_found_by_its_title_and_its_list_opens(visit, city):
    made = city.map("lonely", year=2020, language="en", projects=True)
    record = next(one for one in made.layers[1].spec("en")["records"] if one["group"] == "areas")
    page = visit(made.to_html()).page
    page.get_by_role("combobox", name="Find").fill(record["title"][:25])
    page.keyboard.press("Enter")
    assert record["title"] in page.locator(".lk-projects-panel .is-chosen").inner_text()


def test_the_table_is_sorted_by_its_heads_with_the_keyboard(visit, city):
    page = visit(city.map("lonely", level="neighbourhood", year=2020, language="nl").to_html()).page
    page.locator(".lk-scroll thead button", has_text="%").focus()
    page.keyboard.press("Enter")
    head = page.locator(".lk-scroll thead th", has_text="%")
    assert head.get_attribute("aria-sort") == "descending"
    values = column(page, 2)
    numbers = [float(one.replace(",", ".")) for one in values[:-1]]
    assert numbers == sorted(numbers, reverse=True) and values[-1] == "–"
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert column(page, 2)[-1] == "–"
    assert page.evaluate("document.activeElement.textContent") == "%"


def test_the_handle_swipes_by_mouse_and_keyboard(visit, viewport, city):
    page = visit(city.map("lonely", year=[2012, 2020], compare="swipe", language="en").to_html(), viewport).page
    handle = page.get_by_role("slider", name="How much of each map is seen")
    assert handle.get_attribute("aria-valuetext") == "2012: 50 %; 2020: 50 %"
    page.locator(".lk-map-frame").scroll_into_view_if_needed()
    frame, grip = page.locator(".lk-map-frame").bounding_box(), handle.bounding_box()
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.25, y)
    page.mouse.up()
    assert abs(int(handle.get_attribute("aria-valuenow")) - 25) <= 1
    page.keyboard.press("Home")
    assert handle.get_attribute("aria-valuenow") == "0"
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    assert handle.get_attribute("aria-valuetext") == "2012: 12 %; 2020: 88 %"


def test_two_maps_move_and_choose_together(visit, viewport, city):
    page = visit(city.map("lonely", year=[2012, 2020], compare="side", language="en").to_html(), viewport).page
    first, second = page.locator(".folium-map").all()
    assert first.locator("path.lk-area").count() == second.locator("path.lk-area").count() == 10
    wide = second.locator("path.lk-area[data-code=WK054609]").bounding_box()["width"]
    first.get_by_role("button", name="Zoom in").click()
    assert second.locator("path.lk-area[data-code=WK054609]").bounding_box()["width"] > wide
    first.get_by_role("button", name="Zoom out").click()
    second.locator("path.lk-area[data-code=WK054609]").click()
    assert first.locator("path.lk-chosen").count() == second.locator("path.lk-chosen").count() == 1
    assert page.locator("tr[aria-current]").get_attribute("data-code") == "WK054609"
    rows = page.locator(".lk-legend-row[data-count*=',']").evaluate_all("all => all.map(one => one.dataset.count)")
    assert [sum(int(one.split(",")[at]) for one in rows) for at in (0, 1)] == [10, 10]


def test_own_observations_are_told_apart_as_text_and_listed(visit, city):
    made = city.map("lonely", year=2020, language="en").add_observations(SEEN, NAMES[3], value="benches", name="who")
    page = visit(made.to_html()).page
    page.locator(".lk-own-sign").first.hover()
    assert page.locator(".lk-tooltip").inner_text().splitlines() == [NAMES[2], "benches: 3", "own observation"]
    page.locator(".lk-own-table summary").click()
    rows = page.locator(".lk-own-table tbody tr")
    assert rows.count() == 3 and NAMES[3] in rows.nth(1).inner_text()
    assert page.locator(".lk-own").inner_text().startswith(NAMES[3])


def test_a_framed_page_tells_and_hears_which_area_is_chosen(visit, city):
    page = visit("<!DOCTYPE html><title>Notebook</title><iframe style='width: 900px; height: 640px'></iframe>").page
    page.evaluate(
        """(html) => {
          window.told = [];
          addEventListener("message", ({ data }) => data.labkit === "selected" && told.push(data.value));
          const frame = document.querySelector("iframe");
          frame.setAttribute("sandbox", "allow-scripts");
          frame.srcdoc = html;
        }""",
        city.map("lonely", year="all", language="en").to_html(framed=True),
    )
    frame = page.frame_locator("iframe")
    frame.locator("path.lk-area[data-code=WK054609]").click()
    page.wait_for_function("told.length > 0")
    page.evaluate(
        "document.querySelector('iframe').contentWindow.postMessage({ labkit: 'selected', value: 'WK054608' }, '*')"
    )
    frame.locator("tr[aria-current][data-code=WK054608]").wait_for()
    assert page.evaluate("told") == ["WK054609"]
    box = frame.locator(".leaflet-container").bounding_box()
    assert box["height"] > 300 and box["y"] + box["height"] < 640
