"""The class map and the self-check as a reader meets them: without a network, and for everyone."""

import pytest

from labkit.assignments.class_map import class_map
from labkit.assignments.results import QuestionResult, Result
from labkit.assignments.self_report import Finding, Line, SelfReport

pytestmark = pytest.mark.browser

RESULTS = [
    Result(
        assignment="week1",
        student=f"s{n}",
        area=f"WK05460{n % 7}",
        received="2026-11-27T12:00:00+01:00",
        questions=[QuestionResult(id="q1", title="Lonely adults", values={"share": 40 + n / 2})],
    )
    for n in range(9)
]
REPORT = SelfReport(
    "Cars",
    "en",
    (
        Line("q1", "A figure", "failed", (Finding("q1.1", "type", "share: This is a text."),), 1, True),
        Line("q2", "A table", "passed", (), 2),
        Line("q3", "Why", "later", (), 0, False, 3.0),
    ),
)


def test_the_class_map_can_be_used_by_everyone(visit, axe, viewport):
    page = visit(class_map(RESULTS).to_html(), viewport=viewport).page
    assert axe(page) == []
    page.locator("#labkit-indicator").select_option("q1.share")
    assert page.locator("table caption, h2, .lk-table caption").first.is_visible()
    assert "No hand-in yet." in page.locator("body").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_self_check_can_be_used_by_everyone(visit, axe):
    head = "<!doctype html><html lang='en'><head><title>Check</title></head><body><main><h1>Notebook</h1>"
    page = visit(f"{head}{REPORT._repr_html_()}</main></body></html>").page
    assert axe(page) == []
    assert page.get_by_role("rowheader").count() == 3
