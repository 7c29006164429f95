"""A map of thousands of areas, drawn on a canvas: it shows, tells and chooses what a small map does."""

from __future__ import annotations

import pytest
import shapely

from labkit.maps.of_table import table_map

pytestmark = pytest.mark.browser

ACROSS, UP = 60, 45
HOLLOW = "S3022"


@pytest.fixture(scope="module")
def made():
    """Squares in rows, made up: values rise to the east, two have none, one has a hole."""
    import geopandas as gpd

    places = [(column, row) for row in range(UP) for column in range(ACROSS)]
    squares = [shapely.box(4 + c / 50, 52 + r / 80, 4 + (c + 1) / 50, 52 + (r + 1) / 80) for c, r in places]
    at = places.index((30, 22))
    squares[at] = squares[at].difference(squares[at].buffer(-0.004))
    table = gpd.GeoDataFrame(
        {"code": [f"S{c:02}{r:02}" for c, r in places], "name": [f"Square {c}, {r}" for c, r in places]},
        geometry=squares,
        crs=4326,
    )
    table["value"] = [None if (c, r) in ((3, 3), (40, 40)) else float(c) for c, r in places]
    return table_map(table, "value", year=2025, label="Made-up steps", unit="steps", language="en")


#: The Leaflet map of the page.
MAP = "Object.values(window).find((one) => one instanceof L.Map)"


def middle(code):
    """Return the middle of a square, latitude first."""
    return [52 + (int(code[3:]) + 0.5) / 80, 4 + (int(code[1:3]) + 0.5) / 50]


def go(page, code, zoom):
    """Put an area in the middle of the map."""
    page.evaluate(f"([at, zoom]) => {MAP}.setView(at, zoom, {{ animate: false }})", [middle(code), zoom])


def spot(page, code):
    """Return where the middle of an area lies on the screen."""
    return page.evaluate(
        f"""(at) => {{
          const map = {MAP}, point = map.latLngToContainerPoint(at), box = map.getContainer().getBoundingClientRect();
          return [point.x + box.left, point.y + box.top];
        }}""",
        middle(code),
    )


def chosen(page):
    """Return the code of the area that the list of the map calls chosen, and how many are outlined."""
    found = page.locator(".lk-areas-list [aria-selected=true]")
    return (found.get_attribute("data-code") if found.count() else None), page.locator("path.lk-chosen").count()


def colour(page, x, y):
    """Return the colour of the canvas at a place on the screen, as #rrggbb."""
    return page.evaluate(
        """([x, y]) => {
          const canvas = document.querySelector("canvas.leaflet-zoom-animated, .leaflet-pane canvas");
          const box = canvas.getBoundingClientRect(), scale = canvas.width / box.width;
          const pixel = canvas.getContext("2d").getImageData((x - box.left) * scale, (y - box.top) * scale, 1, 1).data;
          return "#" + [...pixel.slice(0, 3)].map((one) => one.toString(16).padStart(2, "0")).join("");
        }""",
        [x, y],
    )


def test_every_area_is_drawn_in_the_colour_of_its_class(visit, viewport, made):
    page = visit(made.to_html(), viewport).page
    assert page.locator("path.lk-area").count() == 0
    layer = made.layers[0]
    for code in ("S0505", "S3520", "S5540"):
        go(page, code, 12)
        assert colour(page, *spot(page, code)) == layer.colours[layer.index[layer.codes.index(code)]]
    counted = page.locator(".lk-legend-row").evaluate_all("rows => rows.map((row) => Number(row.dataset.count))")
    assert sum(counted) == ACROSS * UP
    assert counted == [row.count for row in made.legend]


def test_a_hole_is_no_part_of_its_area(visit, made):
    page = visit(made.to_html()).page
    go(page, HOLLOW, 14)
    assert colour(page, *spot(page, HOLLOW)) == "#000000"  # nothing is drawn
    page.mouse.move(*spot(page, HOLLOW))
    assert page.locator(".lk-tooltip").count() == 0


def test_pointing_tells_the_figure_and_a_click_chooses(visit, made):
    page = visit(made.to_html()).page
    page.mouse.move(*spot(page, "S1030"))
    assert page.locator(".lk-tooltip").inner_text().splitlines() == ["Square 10, 30", "10\u00a0steps, 2025"]
    assert page.locator("path.lk-ring").count() == 1
    page.mouse.move(*spot(page, "S0303"))
    assert "Empty in the table." in page.locator(".lk-tooltip").inner_text()
    page.mouse.click(*spot(page, "S1030"))
    assert chosen(page) == ("S1030", 1)
    page.mouse.click(*spot(page, "S1030"))
    assert chosen(page) == (None, 0)


def test_areas_can_be_walked_by_keyboard_and_are_told(visit, axe, made):
    page = visit(made.to_html()).page
    page.mouse.click(*spot(page, "S2020"))
    listbox = page.locator(".lk-areas-list")
    assert listbox.get_attribute("role") == "listbox"
    assert listbox.get_attribute("aria-label") == "Made-up steps, 2025"
    listbox.press("ArrowRight")
    listbox.press("ArrowUp")
    here = listbox.get_by_role("option")
    assert listbox.get_attribute("aria-activedescendant") == here.get_attribute("id")
    assert here.get_attribute("data-code") == "S2121"
    assert here.get_attribute("aria-label") == "Square 21, 21: 21\u00a0steps, 2025"
    assert here.get_attribute("aria-setsize") == str(ACROSS * UP)
    assert page.locator(".lk-tooltip").inner_text().startswith("Square 21, 21")
    assert chosen(page) == (None, 1)
    listbox.press("Enter")
    assert chosen(page) == ("S2121", 1)
    assert axe(page) == []
    page.keyboard.press("Tab")
    assert page.locator(".lk-areas-list:focus").count() == 0


def test_it_is_drawn_again_by_night_and_when_moved(visit, made):
    page = visit(made.to_html(), color_scheme="dark").page
    go(page, "S4040", 14)
    x, y = spot(page, "S4040")
    assert "#3a424c" in {colour(page, x + step, y) for step in range(8)}  # the hatching has the page's colours
    page.emulate_media(color_scheme="light")
    assert "#ffffff" in {colour(page, x + step, y) for step in range(8)}
    page.evaluate(f"{MAP}.panBy([60, 40], {{ animate: false }})")
    assert [round(one) for one in spot(page, "S4040")] == [round(x) - 60, round(y) - 40]
    assert "#ffffff" in {colour(page, x - 60 + step, y - 40) for step in range(8)}
