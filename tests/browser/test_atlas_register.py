"""The register in the atlas, as a reader meets it: lists with filters, pages of records, coverage."""

import re

import pytest
from made_up_atlas import City
from made_up_book import agreement, book, outcome, partner, project, question

from labkit.maps.atlas.page import build_atlas, save_atlas
from labkit.register.book import Book
from labkit.register.placing import place
from labkit.register.records import Outcome, Partner, Project, Question
from tests.browser.conftest import DESKTOP, PHONE, go_to

pytestmark = pytest.mark.browser

# Narrowed down, for axe looks at each row anew.
PARTS = ("projects&theme=sector-safety", "projects&as=map", "questions&waiting=yes", "partners&type=museum", "coverage")
PAGES = (
    "project=p-2021-herb-gardens",
    "question={question}",
    "partner=org-naturalis",
    "agreement={agreement}",
)


#: Opens the filters, and of the questions of the coverage the two with a small and a wide table.
OPEN = """() => document.querySelectorAll("details.choices, [data-answer=evidence], [data-answer=gaps]")
  .forEach((one) => { one.open = true; })"""


@pytest.fixture(scope="module")
def atlas(leiden, tmp_path_factory):
    return save_atlas(leiden, tmp_path_factory.mktemp("register") / "atlas.html", "en")


@pytest.fixture(scope="module")
def records(leiden):
    return leiden.register.book.public()


def at(visit, atlas, address, **options):
    """The page at an address."""
    page = visit(atlas, **options).page
    go_to(page, address)
    return page


def shown(page):
    """The part of the page that is shown."""
    return page.locator("[data-show]:not([hidden])")


def count(page):
    return shown(page).locator(".found-count").text_content()


def titles(page):
    return shown(page).locator(".record-row h3").all_text_contents()


def test_filters_narrow_the_list_and_stand_in_the_address(visit, atlas, records):
    page = at(visit, atlas, "show=projects")
    everything = records.of(Project)
    assert count(page) == f"{len(everything)} projects"
    green = [one for one in everything if "biodiversity_green" in one.themes]
    shown(page).get_by_label("Theme").select_option("biodiversity_green")
    assert count(page) == f"{len(green)} of {len(everything)} projects"
    assert sorted(titles(page)) == sorted(one.title_en for one in green)

    # A choice says how many records it would leave; with it, there are as many.
    option = shown(page).get_by_label("Status").locator("option[value=finished]").text_content()
    shown(page).get_by_label("Status").select_option("finished")
    left = [one for one in green if one.status == "finished"]
    assert option == f"Finished ({len(left)})"
    assert len(titles(page)) == len(left)

    # The address holds it all: whoever opens it sees the same.
    assert page.evaluate("location.hash") == "#show=projects&theme=biodiversity_green&status=finished"
    page.reload()
    assert len(titles(page)) == len(left)
    page.get_by_role("button", name="Take away: Status Finished").click()
    assert len(titles(page)) == len(green)
    page.go_back()
    assert len(titles(page)) == len(left)
    page.get_by_role("button", name="Take all filters away").click()
    assert count(page) == f"{len(everything)} projects"


def test_words_are_looked_for_in_both_languages(visit, atlas):
    page = at(visit, atlas, "show=projects")
    shown(page).get_by_label("Words", exact=True).fill("kruidentuinen")
    shown(page).locator(".chosen-filters", has_text="kruidentuinen").wait_for()
    assert titles(page) == ["BiodiverCities: herb gardens"]
    shown(page).get_by_label("Words", exact=True).fill("no such words at all")
    page.wait_for_selector(".found .empty")
    assert "Nothing fits" in shown(page).locator(".empty").text_content()


def test_every_project_is_on_the_map_or_in_a_box(visit, atlas, leiden, records):
    page = at(visit, atlas, "show=projects&as=map")
    placed = [place(one, leiden.areas, leiden.default_level) for one in records.of(Project)]
    areas = leiden.areas.of_level(leiden.default_level, leiden.home)
    wanted = {area.name: sum(area.code in one.areas for one in placed) for area in areas}
    wanted |= {"Place unknown": sum(one.group == "unknown" for one in placed)}
    boxes = shown(page).locator(".lk-projects-box > summary")
    told = dict(re.split(r" (?=\d+$)", text) for text in boxes.all_text_contents())
    assert {name: int(told.get(name, 0)) for name in wanted} == wanted
    assert sum(map(int, told.values())) >= len(placed)
    badges = shown(page).locator(".lk-badge")
    assert badges.count() == sum(wanted[area.name] > 0 for area in areas)

    # The filters of the page hold for the map.
    shown(page).get_by_label("Theme").select_option("biodiversity_green")
    green = [one for one in records.of(Project) if "biodiversity_green" in one.themes]
    shown(page).locator(".lk-badge").first.wait_for()
    assert count(page) == f"{len(green)} of {len(placed)} projects"

    # By keyboard, too: a badge leads to a list, and that to the page of a project.
    badge = shown(page).locator(".lk-badge[data-code=WK054605]")
    badge.focus()
    page.keyboard.press("Enter")
    shown(page).locator(".lk-projects-panel").get_by_role("link", name="herb gardens").click()
    assert shown(page).locator("h2").text_content() == "BiodiverCities: herb gardens"


def test_an_area_of_the_coverage_leads_to_its_projects(visit, atlas, leiden, records):
    page = at(visit, atlas, "show=coverage")
    placed = [place(one, leiden.areas, leiden.default_level) for one in records.of(Project)]
    for area in leiden.areas.of_level(leiden.default_level, leiden.home):
        own = sum(area.code in one.areas for one in placed)
        words = "1 project" if own == 1 else f"{own} projects"
        button = shown(page).locator(f".small-button[data-code={area.code}]")
        assert button.get_attribute("aria-label") == f"{area.name}: {words}"
    shown(page).locator(".small-button[data-code=WK054608]").focus()
    page.keyboard.press("Enter")
    assert len(titles(page)) == sum("WK054608" in one.areas for one in placed) > 0
    assert page.evaluate("location.hash") == "#show=projects&place=WK054608"


def test_a_record_has_a_page_with_all_that_hangs_on_it(visit, atlas, records):
    page = at(visit, atlas, "project=p-2021-herb-gardens")
    record = records["p-2021-herb-gardens"]
    part = shown(page)
    assert part.locator("h2").text_content() == record.title_en
    assert record.summary_en in part.text_content()
    for one in records.outcomes_of(record.id):
        assert one.statement_en in part.text_content()
    links = part.locator(".sources a")
    assert [links.nth(n).get_attribute("href") for n in range(links.count())] == record.sources
    assert part.locator("svg.small-map .small-marked").count() == len(record.areas)
    part.get_by_role("link", name="Naturalis").click()
    assert page.evaluate("location.hash") == "#partner=org-naturalis"
    assert "herb gardens" in shown(page).text_content()
    page.get_by_role("button", name="All partners").click()
    assert len(titles(page)) == len(records.of(Partner))
    page.go_back()
    page.go_back()
    assert shown(page).locator("h2").text_content() == record.title_en
    page.get_by_role("button", name="Nederlands").click()
    assert shown(page).locator("h2").text_content() == record.title_nl


ENDS = """async (addresses) => {
  const ends = [];
  for (const address of addresses) {
    const there = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = address;
    await there;
    ends.push(document.querySelector("[data-show]:not([hidden]) .sources").lastElementChild.textContent);
  }
  return ends;
}"""


def test_every_record_has_a_page_without_a_fault(visit, atlas, records):
    addresses = [f"{one.KIND}={one.id}" for one in records]
    ends = at(visit, atlas, "show=projects").evaluate(ENDS, addresses)
    assert [end.split("#")[1] for end in ends] == addresses


def test_an_address_that_leads_nowhere_says_so_and_offers_the_nearest(visit, atlas):
    page = at(visit, atlas, "project=p-2021-herb-garden")
    assert page.locator("#notice").text_content() == "This atlas has no project with the address p-2021-herb-garden."
    page.get_by_role("link", name="BiodiverCities: herb gardens").first.click()
    assert shown(page).locator("h2").text_content() == "BiodiverCities: herb gardens"
    go_to(page, "show=projects&theme=cheese")
    assert "no choice cheese" in page.locator("#notice").text_content()
    assert len(titles(page)) > 50


def test_search_finds_records_and_says_what_they_are(visit, atlas):
    page = at(visit, atlas, "show=figures")
    page.locator("#search-box").fill("kruidentuinen")
    option = page.locator("#search-list [role=option]").first
    assert option.locator(".hint").text_content().startswith("Project, 2021")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash").startswith("#project=p-2021-herb-gardens")
    page.locator("#search-box").fill("Merenwijkdistrict")
    page.keyboard.press("Enter")
    assert page.locator("#profile-name").text_content() == "Merenwijkdistrict"
    assert page.locator("#map").is_visible()


def test_coverage_says_first_what_is_and_is_not_known(visit, atlas, leiden, records):
    page = at(visit, atlas, "show=coverage")
    placed = [place(one, leiden.areas, leiden.default_level) for one in records.of(Project)]
    areas = leiden.areas.of_level(leiden.default_level, leiden.home)
    empty = [area for area in areas if not any(area.code in one.areas for one in placed)]
    unknown = sum(one.group == "unknown" for one in placed)
    results = {one.project for one in records.of(Outcome) if one.stage in ("output", "use", "change")}
    told = shown(page).locator(".headlines strong").all_text_contents()
    total = len(placed)
    assert told[:4] == [
        f"{len(areas) - len(empty)} / {len(areas)}",
        f"{len(empty)} / {len(areas)}",
        f"{unknown} / {total}",
        f"{len(results)} / {total}",
    ]
    assert told[5].endswith(f"/ {len(records.of(Question))}")
    for area in empty:
        assert area.name in shown(page).locator(".headlines").text_content()

    # A question opens with its table, in the words of the coverage itself.
    answer = shown(page).locator("[data-answer=presence]")
    answer.locator("summary").click()
    row = answer.locator("tr", has_text="Place unknown")
    assert row.locator("td.n").first.text_content() == str(unknown)
    assert "may still have been done" in answer.text_content()

    page.get_by_role("button", name="projects of which the place is not known").click()
    assert count(page) == f"{unknown} of {total} projects"


def test_a_text_in_the_other_language_is_marked_and_told(visit, duinstad, tmp_path):
    made = book(project(title_en=None, title_nl="Soep op dinsdag", summary_en="In English."))
    page = at(visit, build_atlas(City(duinstad, made), "en"), "project=p-made-up")
    assert shown(page).locator("h2 bdi").get_attribute("lang") == "nl"
    assert shown(page).locator("h2").text_content() == "Soep op dinsdag (in Dutch)"
    page.get_by_role("button", name="Nederlands").click()
    assert shown(page).locator("h2").text_content() == "Soep op dinsdag"
    assert "(in het Engels)" in shown(page).text_content()


def test_a_register_with_little_in_it(visit, duinstad):
    """Nothing at all, and one record of each kind with next to no field filled in."""
    page = at(visit, build_atlas(City(duinstad, Book([])), "en"), "show=projects")
    for part in ("projects", "questions", "partners", "coverage"):
        page.locator(f"nav.shows [data-go-to={part}]").click()
        assert "There is no public" in shown(page).text_content()
    records = book(question(), project(), partner(), agreement(), outcome())
    page = at(visit, build_atlas(City(duinstad, records), "en"), "project=p-made-up")
    assert "Place unknown" in shown(page).text_content()
    assert "Not stated: " in shown(page).text_content()
    assert "No source is named here." in shown(page).text_content()


@pytest.mark.parametrize(("viewport", "language"), [(PHONE, "nl"), (DESKTOP, "en")], ids=["phone", "desktop"])
def test_every_part_is_fit_for_everyone(visit, atlas, axe, records, viewport, language):
    page = at(visit, atlas, f"show=projects&lang={language}", viewport=viewport)
    own = {"question": records.of(Question)[0].id, "agreement": "ag-subsidie-leren-met-de-stad-2023"}
    for address in (*(f"show={part}" for part in PARTS), *(one.format(**own) for one in PAGES)):
        go_to(page, f"{address}&lang={language}")
        page.evaluate(OPEN)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert page.evaluate("document.documentElement.lang") == language


def test_the_dark_page_is_as_legible(visit, atlas, axe):
    page = at(visit, atlas, "show=coverage", viewport=DESKTOP, color_scheme="dark")
    assert axe(page) == []
    go_to(page, "show=projects&theme=loneliness")
    assert axe(page) == []


def test_on_paper_a_project_stands_without_buttons_and_with_its_addresses(visit, atlas, records):
    page = at(visit, atlas, "project=p-2021-herb-gardens", viewport=PHONE)
    page.emulate_media(media="print")
    assert not page.locator(".back").is_visible()
    assert not page.locator("nav.shows").is_visible()
    after = "one => getComputedStyle(one, '::after').content"
    assert records["p-2021-herb-gardens"].sources[0] in page.locator(".sources a").first.evaluate(after)
    assert re.search(r"p-2021-herb-gardens", shown(page).text_content())
