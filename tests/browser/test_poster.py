"""The poster in a real browser: one sheet of A3 on paper with nothing cut off, readable on a phone, access for all."""

import itertools
import re
import shutil
from pathlib import Path

import pytest
import yaml

import labkit as lk

LEAVES_OVER = """() => ['.wide', '.side', '.sheet'].map(name => {
  const box = document.querySelector(name); return box.scrollHeight - box.clientHeight; })"""


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_district_is_one_sheet_of_a3_with_nothing_cut_off(leiden, visit, language):
    page = visit(leiden.poster("Stevenshof").to_html(), viewport={"width": 1123, "height": 1587}).page
    page.emulate_media(media="print")
    for area in [*leiden.areas.of_level("district", leiden.home), leiden.areas.find("Slaaghwijk")]:
        page.set_content(leiden.poster(area, language=language).to_html())
        assert max(page.evaluate(LEAVES_OVER)) <= 1, area.name
        paper = page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type /Page\b(?!s)", paper)) == 1, area.name
        (wide, high) = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper).groups())
        assert (round(wide), round(high)) == (842, 1191)


def test_a_poster_can_be_read_by_everyone(leiden, visit, viewport, axe):
    page = visit(leiden.poster("Merenwijk", language="nl").to_html(), viewport=viewport).page
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.get_by_role("heading", level=1).inner_text() == "Merenwijkdistrict"


def test_long_and_hostile_texts_of_the_register_stay_on_the_sheet(tmp_path, visit):
    folder = shutil.copytree(Path(__file__).parents[2] / "data" / "leiden", tmp_path / "city")
    texts = itertools.cycle([f'<img src=x onerror="alert(1)"> {"Buurtvoorzieningen" * 9}', "een lange titel " * 20])
    for path in sorted((folder / "register").glob("*/*.yaml")):
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        record |= {key: next(texts) for key in record if key.startswith(("title_", "name_", "statement_"))}
        path.write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8")
    city = lk.open_city(folder)
    page = visit(city.poster("Merenwijk").to_html(), viewport={"width": 1123, "height": 1587}).page
    page.emulate_media(media="print")
    for name in ("Leiden-Noord", "Merenwijk", "Leiden"):
        page.set_content(city.poster(name, language="nl").to_html())
        assert max(page.evaluate(LEAVES_OVER)) <= 1, name
        assert page.evaluate("document.querySelector('.sheet').scrollWidth") <= 1123, name
        assert page.locator("text=<img src=x").count() > 0, name
        assert page.locator("img").count() == 0, name
