"""Still pictures: SVG, PNG and PDF of every map without a browser, and what a saved notebook shows of a map."""

import base64
import struct
from xml.etree import ElementTree

import nbformat
import pandas as pd
import pytest

from labkit.errors import WrongUseError
from labkit.maps.still import still
from labkit.maps.stills.pdf import settled
from labkit.maps.stills.text import Type, width, wrapped

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def lonely(leiden):
    return leiden.map("lonely", year=2020, language="en")


def texts(still):
    return [one.text for one in ElementTree.fromstring(still.svg).iter(f"{SVG}text")]


def size_of(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def test_a_picture_is_as_large_as_was_asked(lonely):
    root = ElementTree.fromstring(lonely.still().svg)
    wide, high = int(root.get("width")), int(root.get("height"))
    assert size_of(lonely.still().png(scale=1)) == (wide, high)
    assert size_of(lonely.still().png()) == (2 * wide, 2 * high)


@pytest.mark.parametrize("scale", [0, -1, 100, "2", None])
def test_a_scale_that_makes_no_picture_is_refused(lonely, scale):
    with pytest.raises(WrongUseError, match="times as large"):
        lonely.still().png(scale=scale)


def test_the_same_map_is_the_same_bytes_in_every_form(leiden):
    """The converter names fonts and lists patterns by chance; with hatching and two weights it would differ."""
    stills = [leiden.map("lonely", level="neighbourhood", year=2020).still() for _ in range(4)]
    assert len({one.svg for one in stills}) == len({one.png(1) for one in stills}) == 1
    found = {one.pdf() for one in stills}
    assert len(found) == 1 and found.pop().startswith(b"%PDF-1.7")


def test_a_pdf_of_another_make_is_left_as_it_is():
    assert settled(b"%PDF-1.7 something else") == b"%PDF-1.7 something else"


@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "PNG"])
def test_a_picture_is_saved_by_its_ending(lonely, tmp_path, ending):
    still = lonely.still()
    made = still.save(tmp_path / f"map.{ending}").read_bytes()
    assert made == {"svg": still.svg.encode(), "png": still.png(), "pdf": still.pdf()}[ending.lower()]


@pytest.mark.parametrize("name", ["map.jpg", "map", "map.svg.txt"])
def test_another_ending_is_refused_and_nothing_is_written(lonely, tmp_path, name):
    with pytest.raises(WrongUseError, match=r"\.svg, \.png, \.pdf"):
        lonely.still().save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_projects_are_counted_on_the_map_and_beside_it(leiden):
    made = leiden.map("lonely", year=2020, language="en").add_projects()
    written = texts(made.still())
    layer = next(one for one in made.layers if one.kind == "projects")
    for code in layer.codes:
        assert not layer.counts[code] or str(layer.counts[code]) in written
    for label, group in (("Place unknown", "unknown"), ("The whole city", "city")):
        assert written[written.index(label) + 1] == str(layer.groups[group])


def test_plain_areas_hold_projects_and_observations(leiden):
    benches = pd.DataFrame({"lon": [4.4488, 4.49], "lat": [52.1527, 52.16]})
    made = leiden.map(language="en").add_projects().add_observations(benches, "Benches")
    root = ElementTree.fromstring(made.still().svg)
    assert any("Benches" in (text or "") for text in texts(made.still()))
    badges = list(root.iter(f"{SVG}circle"))
    assert len(badges) >= 2 + 6


def test_two_layers_stand_side_by_side_under_one_legend_if_classes_are_shared(leiden):
    years = leiden.map("lonely", level="neighbourhood", year=[2016, 2020], compare="side", language="en").still()
    assert texts(years).count("No figure") == 1 and "Lonely adults, 2016" in texts(years)
    names = leiden.map(["lonely", "gas_use"], compare="side", language="en").still()
    assert texts(names).count("districts") == 2


def test_text_is_broken_to_fit_and_long_words_too():
    style = Type(14)
    for text in ("a " * 80, "Onverklaarbaarheidsvermindering" * 5, "مرحبا بالعالم " * 9, "城市" * 60):
        lines = wrapped(text, 200, style)
        assert all(width(line, 14) <= 200 for line in lines)
        assert "".join("".join(lines).split()) == "".join(text.split())
    assert wrapped("one two three four", 60, style, 2)[-1].endswith("...")


def test_a_notebook_keeps_the_page_and_a_picture(lonely):
    bundle = lonely._repr_mimebundle_()
    assert bundle == lonely._repr_mimebundle_()
    assert base64.b64decode(bundle["application/pdf"]) == lonely.still().pdf()
    html = bundle["text/html"]
    assert html.index("data:image/svg+xml;base64,") < html.index("<iframe") < html.index("<details")
    assert html.count("<div") == html.count("</div>")


def test_a_notebook_goes_to_html_and_to_latex_with_the_map_in_it(lonely):
    from nbconvert import HTMLExporter, LatexExporter

    output = nbformat.v4.new_output("display_data", data=lonely._repr_mimebundle_())
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("leiden.map('lonely')", outputs=[output])])
    page, _ = HTMLExporter().from_notebook_node(notebook)
    assert "srcdoc=" in page and "data:image/svg+xml;base64," in page
    text, resources = LatexExporter().from_notebook_node(notebook)
    (name,) = resources["outputs"]
    assert name.endswith(".pdf") and name in text
    assert resources["outputs"][name] == lonely.still().pdf()


def test_charts_become_pictures_too(leiden, tmp_path):
    chart = leiden.rank("lonely").chart()
    for ending, start in (("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")):
        chart.save(str(tmp_path / f"chart.{ending}"))
        assert (tmp_path / f"chart.{ending}").read_bytes().startswith(start)


def test_hostile_text_stays_text_in_every_form(leiden):
    hostile = "</title></svg><script>boom()</script>\u202e \x0b &amp; \U0001f600 مرحبا"
    layer = leiden.map("lonely", year=2020).layers[0]
    made = still(layer, hostile, hostile, "en")
    root = ElementTree.fromstring(made.svg)
    assert not list(root.iter(f"{SVG}script")) and "boom()" in root.find(f"{SVG}title").text
    assert made.png(1)[:4] == b"\x89PNG" and made.pdf()[:4] == b"%PDF"


def test_coverage_is_a_picture_with_what_is_not_known(leiden):
    made = leiden.map(coverage=True, language="en")
    said = " ".join(texts(made.still()))
    assert "Projects on record" in said and "0 means: none on record." in said
    assert f"Of {made.layers[0].unknown} the place is not known" in said
