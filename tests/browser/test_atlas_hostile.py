"""A register and a city in which every text is an attack: the atlas shows them as text, and nothing of them runs.

The page's own content security policy is switched off, so that it is the page itself which holds.
"""

import pytest
from hostile import hostile_city
from made_up_atlas import ATTACKS, City, hostile_book

from labkit.maps.atlas.page import build_atlas
from labkit.register.wording import clean, title_of
from tests.browser.conftest import go_to

pytestmark = pytest.mark.browser

#: What the page may hold: no element that fetches or runs, no handler in an attribute, no address but these.
LOOK = """() => {
  const bad = [...document.querySelectorAll("main, header, nav, footer")].flatMap((part) => [
    ...part.querySelectorAll("script, img, iframe, object, embed, base, link, style, math, animate, foreignObject, meta"),
    ...[...part.querySelectorAll("*")].filter((node) => node.getAttributeNames().some((name) => /^on|^srcdoc$|^autofocus$/.test(name))),
    ...[...part.querySelectorAll("[href], [src], [action]")].filter((node) =>
      !/^(#|https?:)/.test(node.getAttribute("href") ?? node.getAttribute("src") ?? node.getAttribute("action"))),
  ]);
  return { hit: window.hit ?? null, bad: bad.map((node) => node.outerHTML.slice(0, 200)), title: document.title };
}"""
OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture
def hostile(broken):
    city = hostile_city(broken)
    codes = [area.code for level in city.areas.levels for area in city.areas.of_level(level.id)]
    return City(city, hostile_book(codes))


def go(page, address):
    go_to(page, address)
    page.evaluate(OPEN)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_nothing_runs_and_all_is_shown_as_text(visit, hostile, language):
    opened = visit(build_atlas(hostile, language, despite_names=True), bypass_csp=True)
    page, book = opened.page, hostile.register.book
    page.evaluate(
        "() => { for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => { window.hit = name; }; }"
    )
    parts = [
        "show=figures",
        "show=projects",
        "show=projects&as=map",
        "show=questions",
        "show=partners",
        "show=coverage",
    ]
    parts += [f"show=projects&q={word}" for word in ("script", "%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D11%3E")]
    parts += [f"project={word}" for word in ("p-hostile-99", "%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D12%3E")]
    for address in parts:
        go(page, address)
        found = page.evaluate(LOOK)
        assert (found["hit"], found["bad"]) == (None, []), address
    for record in book:
        go(page, f"{record.KIND}={record.id}")
        found = page.evaluate(LOOK)
        assert (found["hit"], found["bad"]) == (None, []), record.id
        shown = page.locator(f'[data-show="{record.KIND}"] h2').text_content()
        assert shown.startswith(title_of(record, language)), record.id
        assert clean(title_of(record, language)) in found["title"]
    assert page.locator('a[href^="javascript:" i], a[href^="data:" i]').count() == 0


def test_every_attack_is_read_as_it_was_written(visit, hostile):
    page = visit(build_atlas(hostile, "en", despite_names=True), bypass_csp=True).page
    go(page, "show=projects")
    read = page.locator('[data-show="projects"]').text_content()
    for attack in ATTACKS:
        assert clean(attack.replace("\x00", "\x07")) in read
    page.locator("#search-box").fill("iframe srcdoc")
    page.wait_for_selector("#search-list [role=option] .found")
    assert "<iframe srcdoc=" in page.locator("#search-list").text_content()
    assert page.evaluate(LOOK)["bad"] == []

    # An address that leads to no page is no link.
    go(page, "project=p-hostile-3")
    sources = page.locator('[data-show="project"] .sources li')
    assert sources.count() == 2
    assert sources.nth(0).locator("a[href^='https://example.org/']").get_attribute("rel") == "noopener noreferrer"
    assert sources.nth(1).locator("a").count() == 0
    assert sources.nth(1).text_content() == "javascript:window.hit=4//"
