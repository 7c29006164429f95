"""Feedback and marking pages as a student and a lecturer meet them."""

from __future__ import annotations

import made_up_results as made_up
import pytest

from labkit.assignments.feedback.writing import feedback_of
from labkit.assignments.marking import write_marks
from labkit.assignments.marks import apply_marks
from labkit.assignments.results_folder import read_results

pytestmark = pytest.mark.browser

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture
def folder(tmp_path):
    made_up.save(tmp_path)
    (tmp_path / "comments.csv").write_text(
        "code,nl,en\nunit,Noem de eenheid.,Name the unit.\nyear,Welk jaar?,Which year?\n"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("student", "viewport", "scheme"),
    [("s2001", PHONE, "dark"), ("s1001", DESKTOP, "light"), ("s2002", PHONE, "light")],
)
def test_feedback_can_be_read_by_everyone(folder, visit, axe, student, viewport, scheme):
    pages = feedback_of(folder, read_results(folder), distribution=True, companion=made_up.COMPANION)
    html = next(one.html for one in pages if one.result.student == student)
    page = visit(html, viewport, color_scheme=scheme).page
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.title() != "broken"
    assert page.locator("script").count() == 0


def test_answers_unfold_with_the_keyboard_and_are_open_on_paper(folder, visit):
    results = read_results(folder)
    results["s1000"].questions[0].points = 3  # all right, so its answer is folded
    page = visit(feedback_of(folder, {"s1000": results["s1000"]})[0].html).page
    answer = page.locator("#question-q1 pre")
    assert not answer.is_visible()
    page.locator("#question-q1 summary").focus()
    page.keyboard.press("Enter")
    assert answer.is_visible()
    page.keyboard.press("Enter")
    page.emulate_media(media="print")
    assert answer.evaluate("one => one.checkVisibility()")


@pytest.mark.parametrize(("language", "typed"), [("en", "2.5"), ("nl", "2,5")])
def test_a_question_is_marked_with_the_keyboard_and_saved(folder, visit, axe, tmp_path, language, typed):
    (written,) = write_marks(folder, read_results(folder), language=language, schemes={"q3": "2 points: <rounding>"})
    page = visit(written.page.read_text(encoding="utf-8")).page
    assert page.title() != "broken"
    page.locator("#p0").focus()
    page.keyboard.type(typed)
    page.keyboard.press("Alt+1")
    page.keyboard.press("Enter")
    page.keyboard.type("9")
    page.locator("#save").click()
    assert page.locator("#p1").get_attribute("aria-invalid") == "true"
    assert axe(page) == []
    assert page.evaluate("document.activeElement.id") == "p1"
    page.locator("#p1").fill("0")
    page.locator("#t1").fill('- first, =second\nthen; "third"')
    with page.expect_download() as download:
        page.keyboard.press("Control+s")
    assert download.value.suggested_filename == "q3.csv"
    download.value.save_as(tmp_path / "q3.csv")
    before = written.sheet.read_bytes()
    write_marks(folder, read_results(folder), language=language, take=[tmp_path / "q3.csv"])
    first, second, third = (
        apply_marks(folder, read_results(folder)[one]).questions[2] for one in ("s1000", "s1001", "s1002")
    )
    assert (first.manual_points, first.comments) == (2.5, ["Name the unit."])
    assert (second.manual_points, second.comments) == (0, ['- first, =second\nthen; "third"'])
    assert third.waits
    # What the page saved is, cell by cell, what labkit itself writes.
    assert (tmp_path / "q3.csv").read_bytes() == written.sheet.read_bytes() != before


def test_a_comment_that_was_typed_is_offered_for_the_next_answer(folder, visit):
    (written,) = write_marks(folder, read_results(folder), language="en")
    page = visit(written.page.read_text(encoding="utf-8")).page
    page.locator("#t0").fill("Say from which year <it> is.")
    page.locator("#p1").focus()
    page.keyboard.press("Alt+3")  # after the two of the bank
    assert page.locator("#t1").input_value() == "Say from which year <it> is."
    page.locator("#p2").focus()
    page.locator("#bank button").nth(1).click()
    assert page.locator("#c2 button").inner_text().startswith("Which year?")
    page.locator("#c2 button").click()
    assert page.locator("#c2 button").count() == 0


def test_a_draft_is_there_again_in_a_new_window(folder, visit):
    (written,) = write_marks(folder, read_results(folder), language="en")
    seen = visit(written.page.read_text(encoding="utf-8"))
    seen.page.locator("#p0").fill("3")
    page = seen.page.context.new_page()  # a browser that asks nobody whether it may close
    page.goto(seen.own)
    assert page.locator("#p0").input_value() == "3"
    assert "not yet in a file" in page.locator("#said").inner_text()
    assert page.locator("#count").inner_text() == "1 of 6 marked"
    page.locator("#only").check()
    assert page.locator("article:visible").count() == 5
