"""Map views in a real JupyterLab, with the network cut off: clicks reach Python, and what Python sets is seen."""

import pytest

pytestmark = pytest.mark.browser

OPEN = """import labkit as lk, ipywidgets
leiden = lk.open_city("leiden")
view = leiden.map_view("lonely", year=2020)
view"""


def test_a_map_and_python_stay_in_step(notebook):
    lab = notebook(
        OPEN,
        "print(view.selected, view.selected_area.name)",
        "view.selected = 'Stevenshof'",
        "view",
        "other = leiden.map_view('lonely', year=2016)\nother",
        "print(view.selected, other.selected)",
        "view.selected = 'Stevenshoof'",
    )
    lab.run(0)
    first = lab.frame(0)
    option = first.get_by_role("option", name="Merenwijkdistrict")
    option.wait_for()
    # A click reaches Python.
    option.dispatch_event("click")
    first.locator(".lk-chosen").first.wait_for(state="attached")
    assert "WK054608 Merenwijkdistrict" in lab.run(1).inner_text()
    # What Python sets is outlined, in every place where the same view is shown.
    lab.run(2)
    lab.run(3)
    for frame in (first, lab.frame(3)):
        frame.locator('[role=option][aria-selected=true][aria-label*="Stevenshof"]').wait_for(state="attached")
    # Another view is another one.
    lab.run(4)
    lab.frame(4).get_by_role("option", name="Morsdistrict").dispatch_event("click")
    lab.frame(4).locator(".lk-chosen").first.wait_for(state="attached")
    assert "WK054609 WK0546" in lab.run(5).inner_text()
    assert "Did you mean Stevenshofdistrict" in lab.run(6).inner_text()


def test_keys_theme_callbacks_and_closing(notebook):
    lab = notebook(
        OPEN,
        "out = ipywidgets.Output()\n@view.on_select\ndef tell(area):\n    with out:\n        print('chosen:', area.name)\nout",
        "@view.on_select\ndef wrong(area):\n    print(area.nome)",
        "view.close()",
    )
    lab.run(0)
    frame = lab.frame(0)
    option = frame.get_by_role("option", name="Morsdistrict")
    option.wait_for()
    # Keys in the map are not JupyterLab's: "dd" deletes no cell there.
    frame.get_by_role("searchbox").or_(frame.get_by_role("combobox")).first.click()
    lab.page.keyboard.type("dd")
    lab.page.keyboard.press("Escape")
    lab.page.keyboard.type("dd")
    assert lab.page.locator(".jp-Notebook .jp-Cell").count() == 4
    # What a callback prints is seen, and so is what goes wrong in it.
    lab.run(1)
    option.dispatch_event("click")
    lab.cell(1).get_by_text("chosen: Morsdistrict").first.wait_for()
    lab.run(2)
    frame.get_by_role("option", name="Stationsdistrict").dispatch_event("click")
    fault = lab.cell(0).get_by_role("alert")
    fault.filter(has_text="no attribute 'nome'").wait_for()
    assert "print(area.nome)" in fault.inner_text()
    # The notebook's theme is the map's, at once.
    lab.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    frame.locator("html[data-theme=dark]").wait_for(state="attached")
    lab.run(3)
    lab.page.locator("iframe").wait_for(state="detached")
