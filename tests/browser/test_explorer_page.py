"""The explorer's page in a frame, with the notebook's end played by widget.js itself."""

import json

import pytest

from labkit.look import ASSETS
from labkit.maps.atlas.page import build_atlas

pytestmark = pytest.mark.browser

LONELY = "level=district&indicator=lonely&year=2020"

# A model as anywidget gives it: what the page saves stands in `saved`, and `put` plays what Python sets.
HOST = """<!doctype html><html lang="en"><head><title>host</title></head><body data-jp-theme-light="true"><div id="cell"></div>
<script type="module">
const held = %s;
const listeners = new Map();
window.saved = [];
const model = {
  get: (name) => held[name],
  set: (name, value) => { held[name] = value; },
  save_changes: () => window.saved.push({ ...held, _page: undefined }),
  on: (event, run) => listeners.set(event, run),
  off: (event) => listeners.delete(event),
};
window.put = (name, value) => { held[name] = value; listeners.get(`change:${name}`)(); };
window.held = held;
%s
widget.render({ model, el: document.getElementById("cell") });
</script></body></html>"""


@pytest.fixture
def explorer(visit, leiden):
    """The page in its frame, opened with an address: (host page, frame)."""

    def opened(address=LONELY, **options):
        traits = {"_shared": ["address", "code"], "_title": "Explorer", "_height": "52rem", "_fault": ""}
        traits |= {"_page": build_atlas(leiden, "en", framed=True), "address": address, "code": "leiden.first()"}
        script = (ASSETS / "widget.js").read_text(encoding="utf-8").replace("export default", "const widget =")
        host = visit(HOST % (json.dumps(traits).replace("</", "<\\/"), script), **options).page
        frame = host.frame_locator("iframe")
        frame.locator("html[data-ready=yes]").wait_for()
        return host, frame

    return opened


def test_what_python_sets_is_shown_at_once_and_the_other_way_round(explorer):
    host, page = explorer()
    page.locator("#heading", has_text="Lonely adults").wait_for()
    host.evaluate(f"put('address', '{LONELY}&area=WK054608')")
    page.locator("#profile-name", has_text="Merenwijkdistrict").wait_for()
    page.locator("#tab-ranking").click()
    host.wait_for_function("held.address.includes('panel=ranking')")
    assert host.evaluate("held.address") == f"{LONELY}&area=WK054608&panel=ranking"
    host.evaluate("put('address', 'district=WK054609')")
    page.locator("#area-name", has_text="Stevenshofdistrict").wait_for()


def test_the_code_is_shown_and_an_address_is_not(explorer):
    host, page = explorer()
    assert page.locator("#share").is_hidden()
    page.locator("#show-code").click()
    host.evaluate("put('code', 'leiden.second()')")
    page.locator("#code-text", has_text="leiden.second()").wait_for()
    page.locator("#copy-code").click()
    page.locator("#code-copied", has_text="cop").wait_for()


def test_the_opening_view_is_told_and_nothing_is_wider_than_the_cell(explorer):
    host, page = explorer(address="", viewport={"width": 1000, "height": 860})
    host.wait_for_function("held.address.includes('level=')")
    assert page.locator("html").evaluate("root => root.scrollWidth <= root.clientWidth")
