"""The record form as a widget: what the page says reaches Python, and Python's answer the page."""

import nbformat
import pytest

from labkit.errors import WrongUseError
from labkit.look import ASSETS
from labkit.register.forms.texts import page_texts
from labkit.widgets.form_page import SCRIPTS, form_page
from labkit.widgets.record_form import RecordForm

QUESTION = {
    "title_nl": "Wie komt er?",
    "status": "new",
    "asker_kind": "resident",
    "themes": ["unknown"],
    "scope": "unknown",
    "visibility": "private",
}


@pytest.fixture
def register(duinstad, tmp_path, monkeypatch):
    monkeypatch.setenv("LABKIT_DRAFTS", str(tmp_path / "drafts"))
    return duinstad.register.copy(tmp_path / "register")


def test_a_message_of_the_page_is_answered_and_saved(register):
    form = RecordForm(register, "question")
    assert (form.record, form.path) == (None, None)
    form.said = {"n": 1, "do": "check", "values": {"title_nl": "Wie komt er?"}}
    assert form.answer["n"] == 1
    assert "asker_kind" in {one.path for one in form.faults}
    form.said = {"n": 2, "do": "save", "values": QUESTION}
    assert form.state == "saved"
    assert form.path.is_file()
    assert register[form.record.id].record == form.record


def test_a_saved_notebook_keeps_no_title_of_a_hidden_record(register):
    hidden = register.save(register.new("question", **QUESTION | {"title_nl": "Hoe gaat het met de haven?"}))
    form = RecordForm(register, "project")
    sent = []
    form.send = lambda content, buffers=None: sent.append(content)
    assert hidden.title not in str(form.get_state())
    form._handle_custom_msg("page", [])
    assert hidden.title in sent[0]["page"]


def test_what_is_not_understood_is_answered_too(register):
    """A page that waits for ever would say that Python is dead."""
    form = RecordForm(register, "question")
    form.said = {"n": 1, "do": "dance", "values": {"themes": {"a": 1}, "title_nl": ["x"], "areas": 5}}
    assert form.answer["n"] == 1


def test_outside_a_notebook_the_way_of_the_command_line_is_told(leiden):
    with pytest.raises(WrongUseError, match="labkit register new project"):
        leiden.register.form("projecten")
    known = next(iter(leiden.register.book)).id
    with pytest.raises(WrongUseError, match=f"labkit register edit {known}"):
        leiden.register.form(known)


def test_in_a_notebook_new_without_fields_is_the_form(tmp_path, monkeypatch):
    nbclient = pytest.importorskip("nbclient")
    monkeypatch.setenv("LABKIT_DRAFTS", str(tmp_path / "drafts"))
    cells = ['import labkit as lk; register = lk.open_city("leiden").register', 'register.new("question")']
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    nbclient.NotebookClient(notebook, timeout=60).execute()
    (output,) = notebook.cells[1].outputs
    assert "application/vnd.jupyter.widget-view+json" in output.data


def test_the_page_asks_for_nothing_and_its_texts_are_all_there(register):
    page = form_page(RecordForm(register, "project").session)
    assert "<script src" not in page
    assert "default-src 'none'" in page
    assert set(page_texts("nl")) == set(page_texts("en"))
    files = sorted((ASSETS / "form").glob("*.js"))
    assert sorted(f"{name}.js" for name in SCRIPTS) == [path.name for path in files]
    assert not any("innerHTML" in path.read_text(encoding="utf-8") for path in files)


def test_a_text_cannot_break_out_of_the_page(register):
    register.save(register.new("partner", name="</script><script>alert(1)</script>", kind="other"))
    page = form_page(RecordForm(register, "project").session)
    assert "</script><script>alert(1)" not in page
