"""The pages on questions, agreements and lineage, and the drawing of a lineage, as a reader meets them."""

from __future__ import annotations

import pytest
from made_up_book import agreement, book, hostile_title, outcome, partner, project, question

from labkit.register.agreements import agreement_report
from labkit.register.answers import answer
from labkit.register.lineage import lineage

pytestmark = pytest.mark.browser

LONG = "Verduurzamingsondersteuningsmogelijkheden voor WWWWWWW MMMMMMM huishoudens 漢字漢字漢字漢字漢字 👋👋👋"


def web():
    """A made-up register with long, strange and Arabic titles, a circle, and every kind of step."""
    texts = [LONG, hostile_title, "مرحبا بالعالم في المدينة", "iiiiii llllll tttttt ffffff iiiiii llllll", "M" * 90]
    several = [
        project(f"p-{n:02}", title_en=texts[n % 5], start=str(2010 + n // 3), builds_on=[f"p-{n // 2:02}"] if n else [])
        for n in range(30)
    ]
    several[0] = several[0].with_(builds_on=["p-01"], start="unknown", themes=["unknown"])
    several[7] = several[7].with_(addresses=["q-made-up"], reuses=["out-made-up"])
    several[2] = several[2].with_(raises=["q-made-up"])
    return book(*several, question(title_en=hostile_title), outcome(project="p-02", statement_en=LONG))


def pages():
    made = web()
    parties = [{"partner": "org-made-up", "role": "signatory"}]
    promised = [{"id": "a", "text_en": LONG, "status": "open", "parties": ["org-made-up"]}]
    agreed = book(
        agreement(parties=parties, commitments=promised, text_url="https://example.org/" + "x" * 200),
        partner(name=LONG),
    )
    return {
        "lineage": lineage(made).page,
        "answer": answer(made, "q-made-up").page,
        "agreements": agreement_report(agreed, None).page,
    }


@pytest.mark.parametrize("name", ["lineage", "answer", "agreements"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_page_fits_its_window_and_runs_nothing(visit, viewport, name, language):
    page = visit(pages()[name](language), viewport).page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.title() != "broken"
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.locator("script, img").count() == 0


def test_tables_on_a_phone_are_not_cut(visit):
    page = visit(pages()["agreements"]("nl"), {"width": 390, "height": 844}).page
    page.locator("summary").first.click()
    cut = page.locator(".lk-scroll").evaluate_all("all => all.map(one => one.scrollWidth - one.clientWidth)")
    assert len(cut) == 2
    assert max(cut) <= 0


def test_an_agreement_opens_with_the_keyboard_and_is_open_on_paper(visit):
    page = visit(pages()["agreements"]("en")).page
    inside = page.get_by_text("What was promised, and what was done", exact=True)

    def shown():
        return inside.evaluate("one => one.checkVisibility()")

    assert not shown()
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.tagName") not in ("SUMMARY", "BODY"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert shown()
    page.keyboard.press("Enter")
    assert not shown()
    page.emulate_media(media="print")
    assert shown()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_inside_their_boxes(visit, scheme):
    page = visit(pages()["lineage"]("en"), color_scheme=scheme).page
    outside = page.evaluate(
        """() => [...document.querySelectorAll("svg g")].flatMap(box => {
            const frame = box.querySelector("rect").getBoundingClientRect();
            return [...box.querySelectorAll("text")].filter(text => {
                const own = text.getBoundingClientRect();
                return own.left < frame.left || own.right > frame.right || own.bottom > frame.bottom + 1;
            }).map(text => text.textContent);
        })"""
    )
    assert outside == []
    assert page.locator("svg g").count() == 30


def test_no_two_boxes_lie_on_each_other(visit):
    page = visit(pages()["lineage"]("en")).page
    frames = page.locator("svg g > rect:first-of-type").evaluate_all(
        "rects => rects.map(rect => rect.getBoundingClientRect()).map(box => [box.left, box.top, box.right, box.bottom])"
    )
    assert len(frames) == 30
    for n, (left, top, right, bottom) in enumerate(frames):
        for left2, top2, right2, bottom2 in frames[n + 1 :]:
            assert right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top


def test_a_picture_by_itself_can_be_read_by_day_and_by_night(visit):
    svg = lineage(web()).svg
    for scheme in ("light", "dark"):
        page = visit(f"<!DOCTYPE html><title>picture</title>{svg}", color_scheme=scheme).page
        colours = page.locator("svg g text").first.evaluate("text => [getComputedStyle(text).fill]")
        assert colours == ["rgb(27, 31, 36)"]


def test_the_picture_has_a_name_and_says_what_it_shows(visit):
    page = visit(pages()["lineage"]("nl")).page
    picture = page.get_by_role("img", name="Wat bouwt waarop voort")
    assert picture.count() == 1
    described = picture.evaluate("svg => svg.querySelector('desc').textContent")
    assert described.startswith("Projecten: 30; pijlen ertussen: ")
