"""How long the explorer takes to answer in JupyterLab, from a changed indicator to the drawn page.

Run it with `uv run python tests/benchmarks/explorer_speed.py`. A real JupyterLab on this computer is opened in Chromium.
Two ways are measured, many times each: the reader chooses another indicator in the page, and Python sets another one,
which travels from the kernel through the server to the page. The clock stops after the frame in which the browser has
drawn the new heading, map, profile and table. Beside them stands the same way from the kernel for a bare text of
ipywidgets, which is what the machine needs for any widget at all. No median may be over the limit.
"""

import json
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.browser.conftest import DESKTOP, FLAGS, find_chromium
from tests.browser.jupyter.conftest import Notebook, running_lab

LIMIT = 300  # milliseconds
RUNS = 12
INDICATORS = ("severely_lonely", "lonely")

OPEN = """import asyncio, json, time
import ipywidgets
import labkit as lk
explorer = lk.open_city("leiden").explore("#level=district&indicator=lonely&year=2020")
explorer"""
BARE = "bare = ipywidgets.Label('start')\nbare"
SET = f"""sent = {{"bare": [], "explorer": []}}
for at in range({RUNS}):
    for name in sent:
        sent[name].append(time.time() * 1000)
        if name == "bare":
            bare.value = f"text {{at}}"
        else:
            explorer.address = "level=district&indicator=" + {list(INDICATORS)!r}[at % 2]
        await asyncio.sleep(0.6)
print(json.dumps(sent))"""

# Notes the moments after which another text of an element was drawn.
WATCH = """(element) => {
  window.drawn = [];
  let last = element.textContent;
  new MutationObserver(() => {
    if (element.textContent === last) return;
    last = element.textContent;
    requestAnimationFrame(() => setTimeout(() => window.drawn.push(Date.now()), 0));
  }).observe(element, { childList: true, characterData: true, subtree: true });
}"""
# Chooses an indicator as a reader does, and tells how long it takes until it is drawn.
CHOOSE = """(list, id) => new Promise((done) => {
  const start = performance.now();
  list.value = id;
  list.dispatchEvent(new Event("change", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0));
})"""


def measured(server, browser):
    """Return the milliseconds of each way: name -> list."""
    cells = [nbformat.v4.new_code_cell(one) for one in (OPEN, BARE, SET)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(made, server.folder / "speed.ipynb")
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.set_default_timeout(60_000)
    lab = Notebook(page)
    page.goto(f"{server.url}doc/tree/speed.ipynb?token={server.token}&reset")
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    lab.run(0)
    explorer = lab.frame(0)
    explorer.locator("#map .lk-area").first.wait_for()
    lab.run(1)
    heading, bare = explorer.locator("#heading"), lab.cell(1).locator(".widget-label")
    choose = explorer.locator("#indicator")
    chosen = [choose.evaluate(CHOOSE, INDICATORS[at % 2]) for at in range(RUNS)]
    page.wait_for_timeout(1000)  # what Python was told of these has arrived
    for one in (heading, bare):
        one.evaluate(WATCH)
    sent = json.loads(lab.run(2).inner_text())
    page.wait_for_timeout(500)
    found = {"chosen in the page": chosen}
    for label, name, place in (("set from Python", "explorer", heading), ("bare text from Python", "bare", bare)):
        drawn = place.evaluate("() => window.drawn")
        if len(drawn) != RUNS:
            raise SystemExit(f"{label}: {len(drawn)} of {RUNS} changes were drawn.")
        found[label] = [end - start for start, end in zip(sent[name], drawn, strict=True)]
    return found


def main():
    """Measure, print the table, and fail if an answer takes longer than the limit."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, running_lab(Path(folder)) as server:
        path = find_chromium(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        times = measured(server, browser)
        browser.close()
    print(f"{'':24}{'median':>10}{'slowest':>10}{'at most':>10}")
    late = []
    for name, found in times.items():
        median, limit = statistics.median(found), "" if name.startswith("bare") else f"{LIMIT} ms"
        print(f"{name:24}{median:7.0f} ms{max(found):7.0f} ms{limit:>10}")
        if limit and median > LIMIT:
            late.append(f"{name}: {median:.0f} ms; the limit is {LIMIT}.")
    if late:
        raise SystemExit(" ".join(late))


if __name__ == "__main__":
    main()
