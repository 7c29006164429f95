"""Make the README's pictures from the real page: `uv run python tests/browser/make_pictures.py`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import labkit as lk

sys.path.insert(0, str(Path(__file__).parent))
from conftest import FLAGS, find_chromium

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / ".github"
VIEWS = {
    "atlas": ("#level=neighbourhood&indicator=lonely&year=2020&area=BU05460800&lang=en", 1440, 1010),
    "atlas-phone": ("#level=district&indicator=age_65plus_pct&year=2024&lang=nl", 390, 844),
}


def main():
    """Open the atlas without a network, and take each picture."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = lk.open_city("leiden").atlas(Path(folder) / "atlas.html")
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright.chromium.executable_path), args=FLAGS
        )
        for name, (address, width, height) in VIEWS.items():
            page = browser.new_context(viewport={"width": width, "height": height}, offline=True).new_page()
            page.goto(page_file.as_uri() + address)
            page.wait_for_selector("path.lk-area")
            page.wait_for_timeout(500)
            page.screenshot(path=PICTURES / f"{name}.png")
        leiden = lk.open_city("leiden")
        shown = leiden.map("lonely", year=2020, projects=True, language="en").save(Path(folder) / "map.html")
        page = browser.new_context(viewport={"width": 1240, "height": 1000}, offline=True).new_page()
        page.goto(shown.as_uri())
        page.wait_for_timeout(800)
        page.screenshot(path=PICTURES / "map.png")
        poster = leiden.poster("Merenwijkdistrict", language="nl").save(Path(folder) / "poster.html")
        page = browser.new_context(viewport={"width": 1123, "height": 1587}, offline=True).new_page()
        page.emulate_media(media="print")
        page.goto(poster.as_uri())
        page.screenshot(path=PICTURES / "poster.png")
        coverage = leiden.register.coverage()
        page = browser.new_context(viewport={"width": 880, "height": 900}, offline=True).new_page()
        page.set_content(
            f"<body style='font:14px system-ui;margin:16px;line-height:1.45'>{coverage._repr_html_()}</body>"
        )
        page.screenshot(path=PICTURES / "coverage.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
