"""How long the atlas of Leiden takes to open, beside a blank page in the same browser.

Run it with `uv run python tests/benchmarks/atlas_open.py`. Both are opened in turn, each in a fresh tab without a
network; a page counts as open when its map, profile and table are drawn. The medians are set in a ratio, because a
busy machine slows both.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

import labkit as lk

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
from conftest import DESKTOP, FLAGS, find_chromium

BLANK = '<!doctype html><html lang="en" data-ready="yes"><title>blank</title><p>Nothing.</p></html>'
LIMIT = 12
RUNS = 9


def seconds(browser, path):
    """Return how long one page takes from its address until it says that it is ready."""
    context = browser.new_context(viewport=DESKTOP, offline=True)
    page = context.new_page()
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=yes]")
    found = time.perf_counter() - start
    context.close()
    return found


def main():
    """Measure both pages in turn, print the table, and fail if the ratio is over its limit."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = {"blank page": Path(folder) / "blank.html", "atlas of Leiden": Path(folder) / "atlas.html"}
        pages["blank page"].write_text(BLANK, encoding="utf-8")
        lk.open_city("leiden").atlas(pages["atlas of Leiden"])
        path = find_chromium(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        times = {name: [] for name in pages}
        for run in range(RUNS + 1):
            for name, page in pages.items():
                took = seconds(browser, page)
                if run:  # the first one fills the caches
                    times[name].append(took)
        browser.close()
    base = statistics.median(times["blank page"])
    print(f"{'':20}{'median':>10}{'/ blank':>9}{'at most':>9}")
    for name, found in times.items():
        median = statistics.median(found)
        print(f"{name:20}{1000 * median:7.0f} ms{median / base:9.1f}{LIMIT if name != 'blank page' else '':>9}")
    ratio = statistics.median(times["atlas of Leiden"]) / base
    if ratio > LIMIT:
        raise SystemExit(f"The atlas takes {ratio:.1f} times as long as a blank page; the limit is {LIMIT}.")


if __name__ == "__main__":
    main()
