"""A real Chromium with the network cut off, for the tests that look at pages as a reader does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


def find_chromium(own: str | None = None) -> str | None:
    """The Chromium to use: what CHROMIUM names, one on the path, or the one that Playwright fetched."""
    named = os.environ.get("CHROMIUM")
    places = [named] if named else [*map(shutil.which, NAMES), own]
    return next((place for place in places if place and Path(place).exists()), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a session."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright.chromium.executable_path)
        if path is None:
            reason = (
                "No Chromium was found: set CHROMIUM to its path, put chromium on the PATH, "
                "or run `uv run playwright install chromium`."
            )
            if os.environ.get("CI", "").lower() in ("1", "true"):
                pytest.fail(reason)
            pytest.skip(reason)
        try:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            pytest.fail(f"Chromium at {path} does not start: {error}")
        yield browser
        browser.close()


class Visit:
    """An opened page, with what it asked of the network and what went wrong in it."""

    def __init__(self, page: Page, own: str) -> None:
        self.page, self.own = page, own
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.context.route("**/*", self._record)

    def _record(self, route: Route) -> None:
        if route.request.url.split("#")[0] == self.own or route.request.url.startswith(("data:", "blob:")):
            route.continue_()
        else:
            self.requests.append(route.request.url)
            route.abort()


@pytest.fixture
def visit(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Opens HTML as a file: ``visit(html, viewport=PHONE).page``; at the end the network must be untouched.

    Other options go to Playwright's `new_context`, such as ``color_scheme="dark"``. Where a page is meant to
    ask for something or to fail, empty `requests` or `errors` of the visit.
    """
    visits: list[Visit] = []

    def open_page(html: str | Path, viewport: dict[str, int] = DESKTOP, **options: object) -> Visit:
        path = html
        if isinstance(html, str):
            path = tmp_path / f"page-{len(visits)}.html"
            path.write_text(html, encoding="utf-8")
        context = chromium.new_context(viewport=viewport, **options)
        context.set_offline(True)
        context.set_default_timeout(8_000)  # a page that is broken should say so soon
        made = Visit(context.new_page(), Path(path).as_uri())
        visits.append(made)
        made.page.goto(made.own)
        return made

    yield open_page
    for one in visits:
        one.page.context.close()
    assert [url for one in visits for url in one.requests] == []
    assert [error for one in visits for error in one.errors] == []


#: The page hears of a new address a moment later, in its own time; it has heard before this does.
_GO = """address => new Promise((done) => {
  addEventListener("hashchange", done, { once: true });
  location.hash = address;
  setTimeout(done, 2000); // an address that was there already
})"""


def go_to(page: Page, address: str) -> None:
    """Lead an atlas to an address, and wait until it is there."""
    page.evaluate(_GO, address)


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    """The two sizes at which every page is looked at."""
    return request.param


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Looks for faults of access with axe-core (WCAG 2.2, levels A and AA): ``assert axe(page) == []``."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    # What passes need not be told element by element, which takes a good part of the time.
    rules = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}

    def faults(page: Page) -> list[str]:
        found = Axe().run(page, options=rules).response["violations"]
        return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]

    return faults
