"""Projects on a map as a reader meets them: badges, lists, boxes and filters, by mouse, finger and key."""

from __future__ import annotations

import pytest
from made_up_book import hostile_title
from made_up_records import partner, project
from playwright.sync_api import Page, expect

from labkit.maps.projects import project_layer
from labkit.register.book import Book

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
NORTH = ".lk-badge[data-code=WK054603]"
#: Pages that were made already.
_PAGES: dict[tuple[str, str, Book | None], str] = {}
#: Every place in which a project stands, as the page shows it: place -> ids.
STANDING = """() => {
  const found = {};
  for (const box of document.querySelectorAll(".lk-projects-box")) {
    box.open = true;
    box.dispatchEvent(new Event("toggle"));
    found[box.dataset.place] = [...box.querySelectorAll("[data-project]")].map((one) => one.dataset.project);
  }
  return found;
}"""


def page_of(city, language="en", level="district", book=None):
    """Return the map's page with projects, those of a made-up book if one is given."""
    if (language, level, book) not in _PAGES:
        drawn = city.map("lonely", level=level, year=2020, language=language)
        drawn.layers.append(project_layer(city, level=level, book=book))
        _PAGES[language, level, book] = drawn.to_html()
    return _PAGES[language, level, book]


def crowd(count):
    """Return a book with so many projects in one district, and some in every box."""
    inside = [
        project(f"p-x-{at}", title_en=f"Project number {at}", scope="areas", areas=["WK054603"]) for at in range(count)
    ]
    rest = [project(f"p-{scope}", scope=scope) for scope in ("city", "region", "elsewhere", "unknown")]
    return Book([*inside, *rest])


def test_every_project_stands_somewhere_and_counts_once(leiden, visit, viewport):
    page = visit(page_of(leiden), viewport).page
    expect(page.locator(".lk-projects-shown")).to_have_text("92 of 92 projects")
    standing = page.evaluate(STANDING)
    layer = project_layer(leiden)
    assert {place: len(ids) for place, ids in standing.items()} == {k: n for k, n in layer.counts.items() if n}
    assert {id for ids in standing.values() for id in ids} == {one.record.id for one in layer.projects}
    badges = page.locator(".lk-badge")
    assert {one.get_attribute("data-code"): int(one.inner_text()) for one in badges.all()} == {
        code: layer.counts[code] for code in layer.codes if layer.counts[code]
    }
    sizes = {(round(box["width"]), round(box["height"])) for one in badges.all() if (box := one.bounding_box())}
    assert len(sizes) == 1 and min(min(sizes)) >= 24  # size tells nothing, and a finger can hit it
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_badges_lie_in_their_own_area_and_on_no_other_badge(leiden, visit):
    page = visit(page_of(leiden, level="neighbourhood"), PHONE).page
    inside = """() => {
      const areas = new Map([...document.querySelectorAll(".lk-area[data-code]")].map((one) => [one.dataset.code, one]));
      return [...document.querySelectorAll(".lk-badge")].map((badge) => {
        const box = badge.getBoundingClientRect(), area = areas.get(badge.dataset.code);
        const at = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(area.getScreenCTM().inverse());
        return [badge.dataset.code, area.isPointInFill(at)];
      });
    }"""
    found = page.evaluate(inside)
    assert len(found) == 10 and all(lies for _, lies in found), found
    boxes = [one.bounding_box() for one in page.locator(".lk-badge").all()]
    middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    assert len({(round(x / 8), round(y / 8)) for x, y in middles}) == len(boxes)


def test_a_badge_opens_its_list_by_mouse_and_key(leiden, visit, viewport):
    page = visit(page_of(leiden), viewport).page
    page.locator(NORTH).click()
    panel = page.get_by_role("region", name="Leiden-Noord · 14 projects")
    expect(panel.locator(".lk-project")).to_have_count(14)
    first = panel.locator(".lk-project-choose").first
    first.click()
    expect(panel.locator(".lk-project").first).to_contain_text("Institution")
    expect(page.locator(NORTH)).to_have_class("lk-badge is-chosen")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page.locator(NORTH)).to_be_focused()
    page.keyboard.press("Home")
    expect(page.locator(".lk-badge").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".lk-badge").nth(1)).to_be_focused()
    expect(page.locator(".lk-tooltip .lk-preview")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".lk-panel-head")).to_be_focused()
    assert page.locator(".lk-badge[tabindex='0']").count() == 1


def test_filters_count_narrow_and_let_go(leiden, visit, viewport):
    page = visit(page_of(leiden, "nl"), viewport).page
    page.locator(".lk-filters > summary").click()
    page.get_by_text("Thema", exact=True).click()
    row = page.locator(".lk-filter-row", has_text="Armoede en schulden")
    row.click()
    expect(page.locator(".lk-projects-shown")).to_have_text("10 van de 92 projecten")
    expect(row.locator(".lk-filter-count")).to_have_text("10")
    page.get_by_text("Jaar", exact=True).click()
    page.get_by_label("Jaar onbekend").check()
    expect(page.locator(".lk-projects-shown")).to_have_text("1 van de 92 projecten")
    page.get_by_role("button", name="Toon alles").click()
    expect(page.locator(".lk-projects-shown")).to_have_text("92 van de 92 projecten")
    expect(page.locator(".lk-filter-row input:checked")).to_have_count(0)
    page.get_by_label("Woorden in de titel").fill("zzz geen")
    expect(page.locator(".lk-projects-shown")).to_have_text("0 van de 92 projecten. Geen project past bij deze keuzes.")
    expect(page.locator(".lk-badge")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_choice_loses_or_doubles_a_project(leiden, visit):
    """Each value of each kind, alone and in pairs: what is shown is what the records say, each project once."""
    page = visit(page_of(leiden), DESKTOP).page
    wrong = page.evaluate(
        """() => {
      const spec = JSON.parse(document.getElementById("labkit-spec").textContent).projects;
      const { matches, tidy } = labkitProjectFilters, { records, labels } = spec, wrong = [];
      const lists = ["themes", "levels", "institutions", "partners", "status"];
      const of = (record, name) => [record[name]].flat().filter(Boolean).length ? [record[name]].flat() : ["unknown"];
      const shown = (filters) => records.filter((one) => matches(tidy(filters, spec), one, labels)).map((one) => one.id);
      for (const name of lists) {
        const values = [...new Set(records.flatMap((one) => of(one, name)))];
        const union = new Set(values.flatMap((value) => shown({ [name]: [value] })));
        if (union.size !== records.length) wrong.push([name, union.size]);
        for (const value of values) {
          const wanted = records.filter((one) => of(one, name).includes(value)).map((one) => one.id);
          if (String(shown({ [name]: value })) !== String(wanted)) wrong.push([name, value]);
          for (const other of lists) if (other !== name) {
            const both = shown({ [name]: value, [other]: ["unknown"] });
            const want = wanted.filter((id) => of(records.find((one) => one.id === id), other).includes("unknown"));
            const known = records.some((one) => of(one, other).includes("unknown"));
            if (known && String(both) !== String(want)) wrong.push([name, value, other]);
          }
        }
      }
      for (let year = 2010; year < 2030; year++) {
        const before = shown({ until: year - 1 }), from = shown({ from: year }), none = shown({ undated: true });
        const all = new Set([...before, ...from, ...none]);
        if (all.size !== records.length || none.some((id) => before.includes(id) || from.includes(id))) wrong.push(year);
        if (String(shown({ from: year, until: year - 3 })) !== String(shown({ from: year - 3, until: year }))) wrong.push([year, "turned"]);
      }
      if (Object.keys(tidy({ themes: ["no such"], from: "x", text: "  ", undated: "false" }, spec)).length) wrong.push("tidy");
      return wrong;
    }"""
    )
    assert wrong == []


def test_filters_can_be_kept_and_given_back(leiden, visit):
    page = visit(page_of(leiden), DESKTOP).page
    make = """() => {
      const spec = JSON.parse(document.getElementById("labkit-spec").textContent).projects;
      const box = document.createElement("div");
      document.body.append(box);
      const told = [];
      const layer = labkitProjects(null, spec, { box, filters: { status: ["running"] }, onFilter: (f) => told.push(f) });
      const before = [layer.shown.length, layer.getFilters()];
      layer.setFilters({ themes: ["loneliness"], from: 2020 });
      const kept = layer.getFilters(), count = layer.shown.length;
      layer.setFilters(null);
      layer.setFilters(kept);
      layer.filter((record) => record.themes.includes("nothing"));
      const none = layer.shown.length;
      layer.filter(null).update({ ...spec });
      const after = [layer.shown.length, layer.getFilters()];
      layer.remove();
      return { before, kept, count, none, after, told: told.length, left: box.childElementCount };
    }"""
    found = page.evaluate(make)
    assert found["before"] == [2, {"status": ["running"]}]
    assert found["kept"] == {"themes": ["loneliness"], "from": 2020}
    assert found["none"] == 0 and found["after"] == [found["count"], found["kept"]]
    assert found["told"] == 3 and found["left"] == 0


def test_five_hundred_in_one_district_are_listed_and_not_piled(leiden, visit, viewport):
    page = visit(page_of(leiden, book=crowd(500)), viewport).page
    expect(page.locator(".lk-badge")).to_have_text(["500"])
    page.locator(NORTH).focus()
    page.keyboard.press("Enter")
    panel = page.locator(".lk-projects-panel")
    expect(panel.locator(".lk-project")).to_have_count(500)
    frame, box = page.locator(".lk-map-frame").bounding_box(), panel.bounding_box()
    assert frame["y"] <= box["y"] and box["y"] + box["height"] <= frame["y"] + frame["height"]
    panel.locator(".lk-project-choose").last.scroll_into_view_if_needed()
    panel.locator(".lk-project-choose").last.click()
    expect(panel.locator(".is-chosen")).to_be_in_viewport()


def test_a_register_without_projects_says_so(leiden, visit):
    page = visit(page_of(leiden, book=Book([])), PHONE).page
    expect(page.locator(".lk-projects-shown")).to_have_text("The register holds no projects.")
    expect(page.locator(".lk-badge")).to_have_count(0)
    expect(page.locator(".lk-projects-reset")).to_be_hidden()


def test_hostile_titles_and_names_are_text(leiden, visit, viewport):
    role = [{"partner": "org-x", "role": "executing"}]
    long = "Veryveryverylongwordwithoutanyspace" * 8
    book = Book(
        [
            partner("org-x", name=hostile_title),
            project("p-a", title_en=hostile_title, scope="areas", areas=["WK054603"], partners=role),
            project("p-b", title_en="مشروع للجيران 😀", scope="areas", areas=["WK054603"]),
            project("p-c", title_en=long, scope="areas", areas=["WK054603"]),
        ]
    )
    page = visit(page_of(leiden, book=book), viewport).page
    page.locator(NORTH).hover()
    page.locator(NORTH).click()
    panel = page.locator(".lk-projects-panel")
    panel.locator("[data-project=p-a] .lk-project-choose").click()
    expect(panel.locator("[data-project=p-a] dl")).to_contain_text("<script>")
    expect(panel.locator("[data-project=p-b] bdi").first).to_have_attribute("dir", "auto")
    assert page.title() != "broken"
    assert page.locator("main img, .lk-project script, .lk-projects script").count() == 0
    assert panel.evaluate("one => one.scrollWidth <= one.clientWidth")
    page.locator(".lk-filters > summary").click()
    page.get_by_text("Institution", exact=True).last.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", PHONE)])
def test_everyone_can_use_it(leiden, visit, axe, scheme, size):
    page = visit(page_of(leiden, "nl"), size, color_scheme=scheme).page
    open_all(page)
    assert axe(page) == []
    page.locator(NORTH).focus()
    page.keyboard.press("Enter")
    page.locator(".lk-projects-panel .lk-project-choose").first.press("Enter")
    assert axe(page) == []


def open_all(page: Page) -> None:
    """Open the filters and all boxes."""
    page.evaluate("for (const one of document.querySelectorAll('.lk-projects details')) one.open = true")
    expect(page.locator("[data-place=unknown] .lk-project")).to_have_count(58)


def test_targets_are_large_enough_for_a_finger(leiden, visit):
    page = visit(page_of(leiden), PHONE).page
    open_all(page)
    kinds = ".lk-projects summary, .lk-projects button:not([hidden]), .lk-filter-row, .lk-badge"
    heights = page.locator(kinds).evaluate_all(
        "all => all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 100 and min(heights) >= 24
