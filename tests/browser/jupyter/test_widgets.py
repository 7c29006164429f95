"""Map view, explorer and record form in a real JupyterLab, with the network cut off: page and Python stay in step."""

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


def test_the_explorer_opens_and_answers(notebook):
    lab = notebook(
        "import labkit as lk\nleiden = lk.open_city('leiden')\n"
        "explorer = leiden.explore('#level=district&indicator=lonely&year=2020')\nexplorer",
        "print(explorer.selected, '|', explorer.address)",
        "explorer.address = 'level=district&indicator=gas_use&year=2022'",
        "exec(explorer.code)\nprint(table.equals(explorer.table), table['unit'][0])",
    )
    lab.run(0)
    page = lab.frame(0)
    page.locator('#map [data-code="WK054608"]').dispatch_event("click")
    page.locator("#profile-name", has_text="Merenwijkdistrict").wait_for()
    page.locator("#tab-ranking").click()
    assert "WK054608 | level=district&indicator=lonely&year=2020&area=WK054608&panel=ranking" in lab.run(1).inner_text()
    lab.run(2)
    page.locator("#heading", has_text="gas").wait_for()
    page.locator("#show-code").click()
    page.locator("#code-text", has_text="gas_use").wait_for()
    assert "True" in lab.run(3).inner_text()


def test_the_record_form_takes_a_question_and_its_keys_are_its_own(notebook):
    lab = notebook(
        "import labkit as lk\nregister = lk.open_city('leiden').register.working_copy('register-of-the-form')\n"
        "form = register.form('question')\nform",
        "print(form.state, form.record.id, form.path.is_file())",
    )
    lab.run(0)
    form = lab.frame(0)
    title = form.locator("#f-title_en")
    title.click()
    # In a field they are letters, and outside one nothing: no cell is added, deleted or run.
    lab.page.keyboard.type("Who adds a b and dd?")
    lab.page.keyboard.press("Escape")
    form.get_by_role("heading").first.click()
    lab.page.keyboard.type("ddabm")
    assert lab.page.locator(".jp-Notebook .jp-Cell").count() == 2
    assert title.input_value() == "Who adds a b and dd?"
    form.locator("#f-asker_kind").select_option("resident")
    form.locator("#f-status").select_option("new")
    form.get_by_label("Loneliness").check()
    form.locator('[name="f-scope"][value="city"]').check()
    form.locator("#save").press("Enter")
    form.get_by_role("heading", name="Saved").wait_for()
    assert "saved q-who-adds-a-b-and-dd True" in lab.run(1).inner_text()
