"""The atlas in a real browser, with the network cut off: what a reader sees, clicks and shares."""

import csv
import io
import re
from pathlib import Path

import pytest
from hostile import HOSTILE, hostile_city

import labkit as lk
from labkit.maps.atlas.page import save_atlas

pytestmark = pytest.mark.browser

LONELY = "#level=district&indicator=lonely&year=2020"
SIZES = {"phone": (390, 844), "desktop": (1440, 900)}


@pytest.fixture(scope="module")
def atlas(leiden, tmp_path_factory):
    return save_atlas(leiden, tmp_path_factory.mktemp("atlas") / "atlas.html", "en").as_uri()


@pytest.fixture
def open_atlas(chromium, atlas):
    """Open the atlas at an address; afterwards it must have asked for nothing and complained of nothing."""
    contexts, asked, complaints = [], [], []

    def opened(address="", size="desktop", source=atlas, **options):
        width, height = SIZES[size]
        context = chromium.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(source + address)
        page.wait_for_selector("html[data-ready=yes]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
    assert not [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]


def drawn(page):
    return page.locator("path.lk-area").count()


def legend(page):
    """The legend as class -> number of areas."""
    rows = page.locator(".lk-legend-row").evaluate_all(
        "rows => rows.map(row => [row.dataset.class, row.dataset.count])"
    )
    return {name: int(count) for name, count in rows if count}


def open_themes(page):
    closed = page.locator("#profile .theme:not([open]) > summary")
    while closed.count():
        closed.first.click()


def address(page):
    return page.evaluate("location.hash")


@pytest.mark.parametrize(
    ("level", "within", "count"),
    [
        ("municipality", "", 5),
        ("municipality", "&within=all", 9),
        ("district", "", 10),
        ("district", "&within=R-LEIDEN", 26),
        ("district", "&within=all", 51),
        ("neighbourhood", "", 54),
    ],
)
def test_every_level_draws_all_its_areas(open_atlas, level, within, count):
    page = open_atlas(f"#level={level}{within}")
    assert drawn(page) == count
    assert sum(legend(page).values()) == count
    assert page.locator("#figures tbody tr").count() == count


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "address", ["", "#level=district&area=WK054608", "#level=neighbourhood&area=BU05460407&lang=nl"]
)
def test_nothing_is_wider_than_the_screen(open_atlas, size, address):
    page = open_atlas(address, size)
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]
    assert page.locator("#map").bounding_box()["width"] > 300


def test_legend_counts_what_is_drawn_and_says_what_is_not(open_atlas, leiden):
    page = open_atlas("#level=neighbourhood&indicator=lonely&year=2020")
    missing = [one for one in leiden.figures.of("lonely", "neighbourhood", 2020) if one.value is None]
    counts = legend(page)
    assert counts.pop("none") == len(missing) > 0
    for name, count in counts.items():
        assert page.locator(f'path.lk-area[data-class="{name}"]').count() == count
    for one in missing:
        path = page.locator(f'path.lk-area[data-code="{one.area}"]')
        assert path.get_attribute("fill").startswith("url(#")
        row = page.locator(f'#figures tr[data-code="{one.area}"]')
        assert row.locator(".hatched").count() == 1
        assert not re.search(r"\d", row.locator("td.value").inner_text())


def test_redrawn_districts_are_hatched_and_keep_their_figure(open_atlas, leiden):
    page = open_atlas("#level=district&within=all&indicator=population_density&year=2024&area=WK054700")
    assert page.locator('path.lk-area[data-code="WK054700"]').get_attribute("fill").startswith("url(#")
    assert "border changed" in page.locator("#legend").inner_text()
    value = leiden.figures.get("population_density", "WK054700", 2024).value
    assert f"{value:,.0f}" in page.locator("#profile .big").inner_text()
    assert "not drawn on the map" in page.locator("#profile .card").inner_text()


def test_a_click_opens_the_profile(open_atlas, leiden):
    page = open_atlas(LONELY)
    assert page.locator("#profile-name").inner_text() == "Leiden"
    path = page.locator('path.lk-area[data-code="WK054608"]')
    box = path.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.locator("#profile-name").inner_text() == leiden.areas["WK054608"].name
    assert f"{leiden.figures.get('lonely', 'WK054608', 2020).value:.1f}" in page.locator("#profile .big").inner_text()
    assert "No clear difference from Leiden" in page.locator("#profile .card").inner_text()
    assert page.locator("#profile .card .strip-dot").count() == 9
    assert page.locator("#profile .trend .line-dot").count() == 3
    assert "area=WK054608" in address(page)
    page.locator("#profile .close").click()
    assert page.locator("#profile-name").inner_text() == "Leiden"


def test_profile_has_every_indicator_of_the_area(open_atlas, leiden):
    page = open_atlas("#level=district&area=WK054608")
    open_themes(page)
    has = {one.indicator for one in leiden.figures if one.area == "WK054608"}
    has = {name for name in has if "district" in leiden.figures.levels(name)}
    assert page.locator("#profile .theme li").count() == len(has)


def test_lines_break_where_years_cannot_be_compared(open_atlas):
    page = open_atlas("#level=municipality&indicator=business_establishments&year=2023&area=GM0546")
    assert page.locator("#profile .trend polyline.line").count() == 2
    assert page.locator("#profile .trend .line-break").count() == 1
    assert "labkit's own caution" in page.locator("#profile .break-note").inner_text()


def test_areas_are_chosen_with_the_keyboard(open_atlas):
    page = open_atlas(LONELY)
    page.locator('path.lk-area[tabindex="0"]').focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen = page.locator('path.lk-area[aria-selected="true"]').get_attribute("data-code")
    assert f"area={chosen}" in address(page)
    assert page.evaluate("document.activeElement.dataset.code") == chosen
    page.keyboard.press("Escape")
    assert "area=" not in address(page)


def test_tab_reaches_every_control_in_the_order_of_the_page(open_atlas):
    page = open_atlas(LONELY)
    reached = []
    for _ in range(16):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.name || document.activeElement.tagName")
        )
    order = [name for name in reached if name in ("search-box", "levels", "within", "theme", "indicator", "years")]
    assert order == ["search-box", "levels", "within", "theme", "indicator", "years"]


def test_the_table_sorts_by_its_heads(open_atlas):
    page = open_atlas(LONELY)

    def values():
        return [
            float(text)
            for text in page.locator("#figures td.value").evaluate_all(
                "cells => cells.map(cell => cell.firstChild.textContent)"
            )
        ]

    assert page.locator("#figures th.value").get_attribute("aria-sort") == "descending"
    assert values() == sorted(values(), reverse=True)
    page.locator("#figures th.value button").focus()
    page.keyboard.press("Enter")
    assert page.locator("#figures th.value").get_attribute("aria-sort") == "ascending"
    assert values() == sorted(values())
    assert page.evaluate("document.activeElement.closest('th').dataset.column") == "value"
    page.locator("#figures th.name button").click()
    names = page.locator("#figures tbody th").all_inner_texts()
    assert names == sorted(names)
    assert page.locator("#figures thead [aria-sort]").count() == 1


def test_missing_figures_stay_at_the_end_of_the_table(open_atlas):
    page = open_atlas("#level=neighbourhood&indicator=lonely&year=2020")
    for _ in range(2):
        flags = page.locator("#figures tbody tr").evaluate_all(
            "rows => rows.map(row => row.querySelector('.hatched') !== null)"
        )
        assert flags == sorted(flags)
        page.locator("#figures th.value button").click()


def test_the_table_can_be_downloaded_with_status_and_source(open_atlas, leiden):
    page = open_atlas("#level=neighbourhood&indicator=lonely&year=2020", accept_downloads=True)
    with page.expect_download() as download:
        page.locator("#download").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    figures = {one.area: one for one in leiden.figures.of("lonely", "neighbourhood", 2020)}
    assert len(rows) == len(figures)
    for row in rows:
        figure = figures[row["area"]]
        assert row["value"] == ("" if figure.value is None else f"{figure.value:g}")
        assert row["status"] == figure.status
        assert row["note"] == ""
        assert row["source"] == leiden.sources[figure.source].title
    assert download.value.suggested_filename == "lonely-neighbourhood-2020.csv"


def downloaded(page):
    with page.expect_download() as download:
        page.locator("#download").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return {row["area"]: row for row in csv.DictReader(io.StringIO(text))}


def test_the_download_marks_redrawn_areas(open_atlas):
    address = "#level=district&within=R-LEIDEN&indicator=population_density&year=2024"
    rows = downloaded(open_atlas(address, accept_downloads=True))
    assert {area for area, row in rows.items() if row["note"] == "border changed"} == {
        "WK054700",
        "WK054701",
        "WK054702",
    }
    assert {row["note"] for row in rows.values()} == {"", "border changed"}


def test_whole_thousands_stay_whole_everywhere(open_atlas):
    page = open_atlas(
        "#indicator=income_per_inhabitant&year=2022&level=municipality&area=GM0546", accept_downloads=True
    )
    parts = ("#legend .lk-range", "#figures td.value", "#summary", "#profile .big", "#profile .strip-ends")
    for part in parts:
        text = " ".join(page.locator(part).all_inner_texts())
        assert re.search(r"\d", text) and not re.search(r"\d\.\d", text), (part, text)
    for path in page.locator("path.lk-area").all():
        assert not re.search(r"\d\.\d", path.get_attribute("aria-label"))
    page.locator("#all-years").check()
    assert not re.search(r"\d\.\d", " ".join(page.locator("#legend .lk-range").all_inner_texts()))
    # 2012 was published in hundreds of euro, and its point on the line says so.
    assert "2012: 23.1" in page.locator("#profile .trend").get_attribute("aria-label")
    assert "2022: 32\u00a0" in page.locator("#profile .trend").get_attribute("aria-label")
    assert "." not in "".join(row["value"] for row in downloaded(page).values())


def test_many_years_are_a_slider_and_few_are_buttons(open_atlas):
    page = open_atlas("#level=municipality&indicator=crimes_total&year=2022")
    years = page.locator("#years input[type=range]")
    assert int(years.get_attribute("max")) > 4
    assert years.get_attribute("aria-valuetext") == "2022"
    slider, field = years.bounding_box(), page.locator("#years").bounding_box()
    assert slider["x"] >= field["x"] and slider["y"] > field["y"], "the slider stands beside its label"
    assert years.evaluate("one => getComputedStyle(one).opacity") == "1", "the slider is seen"
    controls = page.locator(".controls .choice:visible").all()
    assert len({round(one.bounding_box()["y"] + one.bounding_box()["height"]) for one in controls}) == 1
    years.focus()
    page.keyboard.press("ArrowRight")
    assert "year=2023" in address(page)
    assert page.locator("#heading .year").inner_text() == page.locator("#years output").inner_text() == "2023"
    page.keyboard.press("Home")
    assert years.get_attribute("aria-valuetext") == page.locator("#heading .year").inner_text() < "2022"
    assert open_atlas(LONELY).locator("#years input").count() == 3


def test_computed_figures_of_the_city_say_so(open_atlas, leiden):
    computed = next(
        one
        for one in leiden.figures
        if one.area == leiden.home.code
        and one.status == "derived"
        and one.value is not None
        and "district" in leiden.figures.levels(one.indicator)
        and one.year in leiden.figures.years(one.indicator, "district", leiden.home)
    )
    page = open_atlas(f"#level=district&indicator={computed.indicator}&year={computed.year}&area=WK054608")
    label = computed.state.label("en")
    assert f"({label})" in page.locator("#summary").inner_text()
    assert f"({label})" in page.locator("#profile .compare").inner_text()


def test_no_piece_of_a_line_holds_years_parted_by_a_break(open_atlas, broken, tmp_path):
    """A break from 2020 to 2022 leaves both comparable with 2021, but not with each other."""
    breaks = broken / "breaks.csv"
    head = breaks.read_text(encoding="utf-8").splitlines()[0]
    breaks.write_text(
        f"{head}\n,adults,2020,2022,definition,Anders geteld.,Counted otherwise.,made-up\n", encoding="utf-8"
    )
    source = save_atlas(lk.open_city(broken), tmp_path / "cut.html").as_uri()
    page = open_atlas("#indicator=adults&area=Q11&lang=en", source=source)
    lines = page.locator("#profile .trend polyline.line").evaluate_all(
        "lines => lines.map(line => line.getAttribute('points').split(' ').length)"
    )
    assert lines == [2, 1]
    assert page.locator("#profile .trend .line-break").count() == 1
    assert "Counted otherwise." in page.locator("#profile .break-note").inner_text()


def test_language_switches_without_loading_again(open_atlas):
    page = open_atlas(LONELY)
    page.evaluate("window.mark = 1")
    page.locator("[data-language=nl]").click()
    assert page.evaluate("window.mark") == 1
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert page.locator("#heading").inner_text().startswith("Eenzame")
    assert "lang=nl" in address(page)
    assert "46,5" in page.locator("#figures tbody").inner_text()
    assert page.locator('path.lk-area[data-code="WK054608"]').get_attribute("aria-label").count("48,2")
    page.go_back()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("[data-language=en]").get_attribute("aria-pressed") == "true"


def test_an_address_brings_the_same_view_back(open_atlas):
    page = open_atlas("#level=district&within=R-LEIDEN&indicator=woz_value&year=2022&area=WK054700&classes=all&lang=nl")
    assert drawn(page) == 26
    assert page.locator("#profile-name").inner_text().startswith("Leiderdorp")
    assert page.locator("#indicator").input_value() == "woz_value"
    assert page.locator("#years input:checked").input_value() == "2022"
    assert page.locator("#all-years").is_checked()
    again = open_atlas(address(page))
    assert again.locator("main").inner_text() == page.locator("main").inner_text()


def test_back_goes_one_step(open_atlas):
    page = open_atlas(LONELY)
    page.locator("#years label", has_text="2016").click()
    page.locator("#figures tbody button", has_text="Merenwijk").click()
    page.select_option("#indicator", "severely_lonely")
    page.go_back()
    assert page.locator("#indicator").input_value() == "lonely"
    page.go_back()
    assert page.locator("#profile-name").inner_text() == "Leiden"
    page.go_back()
    assert page.locator("#heading").inner_text().endswith("2020")


@pytest.mark.parametrize(
    "wrong",
    [
        "#level=planet",
        "#area=WK999999",
        "#indicator=nonsense",
        "#year=1648",
        "#year=abc",
        "#lang=xx",
        "#district=<img src=x>",
        "#%E0%A4%A",
    ],
)
def test_an_address_that_does_not_exist_still_shows_a_map(open_atlas, wrong):
    page = open_atlas(wrong)
    assert drawn(page) == (10 if wrong.startswith("#district") else 54)


def test_an_indicator_without_figures_on_a_level_is_told(open_atlas):
    page = open_atlas("#level=municipality&indicator=crimes_total&year=2022")
    page.locator("#levels label", has_text="Neighbourhoods").click()
    assert "no figures for neighbourhoods here, only for municipalities" in page.locator("#notice").inner_text()
    assert drawn(page) == 54


@pytest.mark.parametrize(
    ("text", "found"), [("slaagh", "Slaaghwijk"), ("WK054608", "Merenwijkdistrict"), ("mérenwijk", "Merenwijkdistrict")]
)
def test_search_finds_areas(open_atlas, text, found):
    page = open_atlas()
    page.locator("#search-box").fill(text)
    page.keyboard.press("Enter")
    assert page.locator("#profile-name").inner_text() == found


def test_search_finds_indicators_in_both_languages(open_atlas):
    page = open_atlas()
    page.locator("#search-box").fill("eenza")
    assert "Lonely adults" in page.locator("#search-list").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.locator("#search-list [aria-selected=true]").count() == 1
    page.keyboard.press("Enter")
    assert "lonely" in page.locator("#indicator").input_value()
    page.locator("#search-box").fill("qqqq")
    assert "Nothing found" in page.locator("#search-list").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#search-list").is_hidden()


def test_counts_get_a_note(open_atlas):
    page = open_atlas("#level=district&indicator=population&year=2023")
    assert "larger areas hold more" in page.locator("#legend").inner_text()
    assert page.locator("#facts").get_by_text("Source").count()


def test_definition_unit_source_and_credit_are_on_the_page(open_atlas, leiden):
    page = open_atlas(LONELY)
    lonely = leiden.indicators["lonely"]
    assert page.locator("#lead").inner_text() == f"{lonely.definition('en')} {lonely.reference('en')}".strip()
    source = leiden.sources[leiden.figures.get("lonely", "WK054608", 2020).source]
    facts = page.locator("#facts").inner_text()
    for text in (leiden.indicators["lonely"].unit_label("en"), source.title, source.publisher, source.licence):
        assert text in facts
    assert source.credit in page.locator("#credit").inner_text()


def test_night_and_paper(open_atlas):
    light = open_atlas(LONELY).evaluate("getComputedStyle(document.body).backgroundColor")
    page = open_atlas(LONELY, color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light
    assert page.locator(".controls").is_hidden()
    assert page.locator("#credit").is_visible()
    assert page.locator("#facts").is_visible()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "#level=municipality&indicator=heavy_drinker&year=2020",
            "1 of 5 municipalities in Leidse regio has a figure: 10.3\u00a0% (Leiden).",
        ),
        (
            "#level=district&indicator=district_heating_pct&year=2023",
            "7 of 10 districts in Leiden have a figure: from ",
        ),
        ("#level=district&indicator=lonely&year=2020", "10 districts in Leiden: from "),
        (
            "#level=district&indicator=urbanity_class&year=2023",
            "10 districts in Leiden: from 1 (7 areas) to 2 (3 areas).",
        ),
    ],
)
def test_the_summary_counts_only_areas_with_a_figure(open_atlas, address, said):
    page = open_atlas(address)
    assert page.locator("#summary").inner_text().startswith(said)
    assert "everywhere" not in page.locator("main").inner_text()


@pytest.mark.parametrize("width", [390, 1440])
def test_long_units_and_words_do_not_widen_the_page(open_atlas, width):
    page = open_atlas("#level=district&lang=nl")
    page.set_viewport_size({"width": width, "height": 900})
    for one in ("household_size", "woz_value", "wmo_clients_per_1000", "business_establishments"):
        page.evaluate(f"location.hash = '#level=municipality&indicator={one}&lang=nl'")
        page.wait_for_function(f"document.querySelector('#indicator').value === '{one}'")
        open_themes(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [1024, 1040, 1280, 1366, 1440, 1920])
def test_the_legend_is_whole_on_every_width(open_atlas, width):
    page = open_atlas("#level=neighbourhood&indicator=population&lang=nl")
    page.set_viewport_size({"width": width, "height": 900})
    for hash in (
        "#level=neighbourhood&indicator=population&lang=nl",
        "#level=municipality&indicator=woz_value&lang=nl",
    ):
        page.evaluate(f"location.hash = '{hash}'")
        right = "document.querySelector('{}').getBoundingClientRect().right"
        page.wait_for_function(f"{right.format('#legend table')} < {right.format('.frame')}")


def test_differences_sort_from_below_to_above(open_atlas):
    page = open_atlas("#level=district&within=all&indicator=owner_occupied_pct")
    order = ["clearly below", "no clear difference", "clearly above"]
    for down in (False, True):
        page.locator("#figures th.versus button").click()
        said = page.locator("#figures td.versus").all_inner_texts()
        places = [order.index(text) for text in said if text]
        assert len(set(places)) > 1
        assert places == sorted(places, reverse=down)
        assert said[: len(places)] == [text for text in said if text], "empty ones stand last"


def test_a_shared_name_finds_all_its_areas_and_a_region_its_map(open_atlas):
    page = open_atlas()
    page.locator("#search-box").fill("Binnenstad")
    assert page.locator("#search-list .found").all_inner_texts() == ["Binnenstad-Zuid", "Binnenstad-Noord"]
    page.locator("#search-box").fill("Professorenwijk")
    assert page.locator("#search-list .found").count() == 2
    page.locator("#search-box").fill("Leidse regio")
    page.keyboard.press("Enter")
    assert page.locator("#within").input_value() == "R-LEIDEN"


def test_search_opens_an_indicator_at_its_last_year(open_atlas):
    page = open_atlas("#level=district&indicator=lonely&year=2012")
    page.locator("#search-box").fill("woz_value")
    page.keyboard.press("Enter")
    assert page.locator("#indicator").input_value() == "woz_value"
    last = page.evaluate(
        "Math.max(...JSON.parse(document.getElementById('atlas-data').textContent)"
        ".figures.woz_value && Object.keys(JSON.parse(document.getElementById('atlas-data').textContent)"
        ".figures.woz_value.district.y).map(Number))"
    )
    assert page.locator("#heading .year").inner_text() == str(last)


def test_a_shared_address_tells_what_it_cannot_show(open_atlas):
    page = open_atlas("#level=district&indicator=lonely&year=2021")
    assert "No figures for 2021" in page.locator("#notice").inner_text()
    assert open_atlas("#level=district&indicator=woz_value").locator("#notice").inner_text() == ""
    page = open_atlas("#level=district&area=BU05460407")
    assert page.locator("#profile-name").inner_text() == "Klein Cronestein"
    assert page.locator("#levels input:checked").input_value() == "neighbourhood"


def test_the_line_over_the_years_stays_in_its_card(open_atlas):
    page = open_atlas("#level=district&indicator=electricity_use&year=2023&area=WK054600")
    assert page.locator("#profile .trend .line-home-single").count() == 1
    card = page.locator("#profile .card").bounding_box()
    label = page.locator("#profile .trend-home").bounding_box()
    assert card["x"] < label["x"] and label["x"] + label["width"] < card["x"] + card["width"]
    assert "Read as" in page.locator("#profile .card").inner_text()
    page.locator("#profile .why summary").first.click()
    assert "in steps of 10." in page.locator("#profile .why").first.inner_text()


def test_a_count_of_the_city_is_not_on_the_strip_of_its_parts(open_atlas):
    page = open_atlas("#level=district&indicator=population&year=2024")
    ends = page.locator("#profile .strip-ends").inner_text()
    assert "130,108" not in ends
    places = page.locator("#profile .card .strip-dot").evaluate_all("dots => dots.map(dot => dot.getAttribute('cx'))")
    assert {"2%", "98%"} <= set(places)


def test_a_class_has_no_place(open_atlas):
    page = open_atlas("#level=district&indicator=urbanity_class&year=2023&area=WK054608")
    assert "highest" not in page.locator("#profile .card").inner_text()
    assert "extremely urban" in page.locator("#profile .card").inner_text()
    assert page.locator("#figures th.place, #figures th.versus").count() == 0


def test_the_phone_covers_no_word_of_the_table_or_the_map(open_atlas):
    page = open_atlas(LONELY + "&lang=nl", "phone")
    assert page.locator("#figures tbody th").first.evaluate("cell => getComputedStyle(cell).position") == "static"
    for code in ("WK054608", "WK054602"):
        page.locator(f'path.lk-area[data-code="{code}"]').hover()
        box = page.locator(".lk-tooltip").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= SIZES["phone"][0]


def test_paper_names_the_chosen_area_its_address_and_the_day(open_atlas):
    page = open_atlas("#level=neighbourhood&indicator=lonely&year=2020&area=BU05460000")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    name = page.locator("#profile-name").inner_text()
    written = page.locator("#map .lk-name, #map .lk-tooltip").all_inner_texts()
    assert name.replace("-", "") in ["".join(text.split()).replace("-", "") for text in written] or name in written
    assert address(page) in page.locator("#printed").inner_text()
    assert re.search(r"\d{1,2} \w+ \d{4}", page.locator("#printed").inner_text())
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#map .lk-tooltip").count() == 0


def test_attacks_stay_text(open_atlas, broken, tmp_path):
    source = save_atlas(hostile_city(broken), tmp_path / "hostile.html").as_uri()
    for level in ("", "#level=quarters"):
        page = open_atlas(level, source=source)
        page.locator("#figures tbody button").first.click()
        open_themes(page)
        page.locator("#search-box").fill("script")
        page.locator("#search-list").wait_for(state="visible")
        assert page.evaluate("document.querySelectorAll('img, iframe, script[src]').length") == 0
        assert page.title() != "broken"
        assert HOSTILE[:9] in page.content() or "&lt;/script&gt;" in page.content()


COMPARED = ("WK054608", "WK054602", "WK054600")


@pytest.mark.parametrize("panel", ["distribution", "ranking", "trend", "compare"])
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_panel_can_be_used_by_everyone(open_atlas, axe, panel, lang):
    page = open_atlas(f"{LONELY}&panel={panel}&compare={','.join(COMPARED)}&lang={lang}", "phone")
    assert page.locator(f"#tab-{panel}").get_attribute("aria-selected") == "true"
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES["phone"][0]
    assert axe(page) == []


def test_the_distribution_has_a_dot_for_every_figure_in_the_colour_of_the_map(open_atlas):
    page = open_atlas("#level=neighbourhood&indicator=lonely&year=2020")
    assert page.locator(".swarm-dot").count() == 53
    for code in ("BU05460000", "BU05460101"):
        fill = page.locator(f'path.lk-area[data-code="{code}"]').get_attribute("fill")
        assert page.locator(f'.swarm-dot[data-code="{code}"]').get_attribute("fill") == fill
    assert "Klein Cronestein" in page.locator("#panel .without").inner_text()
    page.locator(".swarm").focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert page.locator("#profile-name").inner_text() == "Leeuwenhoek"


def test_the_ranking_says_the_places_of_python(open_atlas, leiden):
    page = open_atlas(LONELY + "&panel=ranking")
    table = leiden.rank("lonely", "district", 2020).table
    assert page.locator(".ranking tbody th").all_inner_texts() == table["name"].tolist()
    assert page.locator(".ranking td.place-words").all_inner_texts() == table["place"].tolist()


@pytest.mark.parametrize("codes", [COMPARED, ("BU05460000", "BU05460407"), ("GM0546", "GM0547", "GM0579")])
def test_the_comparison_says_no_more_than_python(open_atlas, leiden, codes):
    page = open_atlas(f"#compare={','.join(codes)}&panel=compare&indicator=lonely&level={leiden.areas[codes[0]].level}")
    for theme in page.locator("#theme option").evaluate_all("options => options.map(one => one.value)"):
        page.locator("#theme").select_option(theme)
        rows = page.locator(".compared-table tbody tr").evaluate_all(
            "rows => rows.map(row => [row.querySelector('button').textContent, row.cells[1].textContent,"
            " row.querySelector('td.conclusion').textContent])"
        )
        said = {label: (year, text) for label, year, text in rows}
        try:
            table = leiden.compare(*codes, theme=theme).table
        except lk.LabkitError:
            assert rows == []
            continue
        assert set(said) == set(table["label"])
        for row in table.itertuples():
            assert said[row.label][0] == str(row.year)
            assert (said[row.label][1] == "no clear difference") == (row.conclusion == "no clear difference"), row


def test_areas_are_compared_by_box_list_and_profile_and_the_address_keeps_them(open_atlas):
    page = open_atlas(LONELY + "&area=WK054608")
    page.locator("#profile .small-button", has_text="Compare").click()
    page.locator('#figures tr[data-code="WK054602"] input').check()
    page.locator("#panel .compared select").select_option("WK054600")
    assert "compare=WK054608,WK054602,WK054600" in address(page)
    page.locator("#panel .chip button").first.click()
    assert "compare=WK054602,WK054600" in address(page)
    page.locator("#tab-compare").focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator(".trends .end-label").count() == 3
    assert page.evaluate("document.activeElement.id") == "tab-trend"


@pytest.mark.parametrize("size", SIZES)
def test_the_page_of_an_area_stands_alone(open_atlas, axe, leiden, size):
    page = open_atlas("#district=WK054608&lang=nl", size)
    assert page.locator("#area-name").inner_text() == leiden.areas["WK054608"].name
    assert page.title().startswith("Merenwijkdistrict")
    has = {one.indicator for one in leiden.figures if one.area == "WK054608"}
    assert page.locator(".area-theme li").count() == len(has)
    assert page.locator(".locator-own").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]
    assert axe(page) == []
    page.locator(".step-next").click()
    assert address(page).startswith("#district=WK054609")
    assert page.evaluate("document.activeElement.id") == "area-name"
    page.locator(".area-head .actions button").first.click()
    assert "area=WK054609" in address(page)
    assert page.locator("#map").is_visible()


def test_a_refused_clipboard_gives_a_field_to_copy_from(open_atlas):
    page = open_atlas(LONELY)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.locator("#share").click()
    field = page.locator("#shared input")
    assert field.input_value().endswith(LONELY)
    assert page.evaluate("document.activeElement.selectionEnd") == len(field.input_value())
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "share"
