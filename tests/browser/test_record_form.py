"""The form of a record in a real browser: the page in its frame, and Python at the other end."""

import json
import re

import pytest
from playwright.sync_api import expect

import labkit as lk
from labkit.look import ASSETS
from labkit.register.forms import FormSession
from labkit.register.forms.keeping import Drafts
from labkit.widgets.form_page import form_page
from tests.browser.conftest import DESKTOP, PHONE

# Plays the notebook: the widget's own script, with a model whose changes go to Python and whose answers come back.
HOST = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A notebook</title><style>body { margin: 0 }</style>
<div id="place"></div><script>%s
const state = %s, heard = {};
const model = {
  get: (name) => state[name], set: (name, value) => (state[name] = value), on: (event, run) => (heard[event] ??= []).push(run),
  off() {}, save_changes: () => globalThis.python?.(state.said).then((answer) => {
    if (!answer) return;
    state.answer = answer;
    for (const run of heard["change:answer"] ?? []) run();
  }),
};
WIDGET.render({ model, el: document.getElementById("place") });
</script>"""

#: Not the heading of what keeps it from being saved.
SAVED = re.compile(r"^Saved:")

XSS = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
]


def host(session):
    script = (ASSETS / "widget.js").read_text(encoding="utf-8").replace("export default", "const WIDGET =")
    state = {"_page": form_page(session), "_title": "Form", "_height": "100vh", "_shared": ["said", "answer"]}
    state |= {"said": {}, "answer": {}, "_fault": ""}
    return HOST % (script, json.dumps(state).replace("<", "\\u003c"))


@pytest.fixture
def register(leiden, tmp_path):
    return leiden.register.copy(tmp_path / "register")


@pytest.fixture
def open_form(visit, tmp_path):
    """Opens a form: returns the session and the frame with the page."""

    def opened(register, kind, id=None, language="en", viewport=DESKTOP, **options):
        session = FormSession(register, kind, id, language, Drafts(register.folder.path, tmp_path / "drafts"))
        page = visit(host(session), viewport, **options).page
        page.expose_function("python", session.answer)
        frame = page.frames[1]
        frame.locator("#save").wait_for()
        return session, frame

    return opened


def answered(frame, told="Draft kept"):
    frame.locator("#kept", has_text=told).wait_for()


def fill_required(frame):
    frame.fill("#f-title_en", "Who comes to the soup mornings?")
    frame.fill("#f-summary_en", "Students asked visitors of the soup mornings why they come.")
    frame.select_option("#f-kind", "thesis")
    frame.select_option("#f-programme", "other")
    frame.select_option("#f-status", "running")
    frame.fill("#f-start", "2026-02")
    frame.get_by_label("Loneliness").check()
    frame.get_by_label("university, bachelor").check()
    frame.locator('[name="f-scope"][value="areas"]').check()
    frame.locator('[name="f-involves_people"][value="false"]').check()


def test_a_project_from_an_empty_form_to_a_file(open_form, register, axe, viewport):
    session, frame = open_form(register, "project", viewport=viewport)
    assert "1 of 11" in frame.locator("#progress").inner_text()
    frame.locator("#save").click()
    frame.locator("#summary").wait_for()
    assert frame.evaluate("document.activeElement.id") == "f-title_en"  # the first fault
    assert frame.locator("#f-title_en").get_attribute("aria-invalid") == "true"
    assert axe(frame) == []

    fill_required(frame)
    # A place by clicking on the map, and one by searching with the keyboard.
    frame.locator(".map").scroll_into_view_if_needed()
    frame.locator('.map [role="option"]').first.wait_for()
    frame.locator('.map path[data-code="WK054608"]').click()
    search = frame.get_by_role("combobox", name="Search an area")
    search.fill("de kooi")
    search.press("ArrowDown")
    search.press("Enter")
    assert session_areas(frame) == ["Merenwijkdistrict, district", "De Kooi, neighbourhood"]
    # A partner with a role, all by keyboard.
    frame.locator('[data-section="who"] > summary').press("Enter")
    frame.get_by_role("button", name="Add to Partners").press("Enter")
    partner = frame.get_by_role("combobox", name="Partner")
    partner.press_sequentially("gemeente leiden")
    partner.press("ArrowDown")
    partner.press("Enter")
    frame.select_option("#f-partners-1-role", "client")
    assert "All required fields" in frame.locator("#progress").inner_text()
    assert axe(frame) == []
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")

    frame.locator("#save").press("Enter")
    frame.get_by_role("heading", name=SAVED).wait_for()
    saved = session.record
    assert saved.id == "p-2026-who-comes-to-the-soup-mornings"
    assert saved.areas == ["WK054608", "BU05460302"]
    assert [(one.partner, one.role) for one in saved.partners] == [("org-gemeente-leiden", "client")]
    assert register.folder.file(saved.id).name in frame.locator("#panel").inner_text()
    assert axe(frame) == []


def session_areas(frame):
    return [one.removesuffix("\n\u00d7") for one in frame.locator(".chosen li").all_inner_texts()]


def test_what_is_wrong_is_said_beside_the_field_as_one_types(open_form, register):
    _, frame = open_form(register, "project")
    frame.fill("#f-start", "14-6-2021")
    frame.locator("#f-start-remarks", has_text="Write 2021-06-14.").wait_for()
    assert "f-start-remarks" in frame.locator("#f-start").get_attribute("aria-describedby")
    assert frame.locator("#f-kind-remarks").inner_text() == ""  # not visited yet
    frame.fill("#f-summary_nl", "Contact: mevrouw De Vries")
    frame.locator("#f-summary-remarks", has_text="To look at").wait_for()
    frame.fill("#f-start", "2021-06-14")
    expect(frame.locator("#f-start-remarks")).to_have_text("")
    assert frame.locator("#f-start").get_attribute("aria-invalid") is None


def test_the_language_changes_and_what_was_typed_stays(open_form, register, axe):
    _, frame = open_form(register, "question", viewport=PHONE, color_scheme="dark")
    frame.fill("#f-title_nl", "Wie komt er?")
    frame.get_by_label("Loneliness").check()
    frame.get_by_role("button", name="Nederlands").click()
    assert frame.locator("html").get_attribute("lang") == "nl"
    assert frame.locator("#f-title_nl").input_value() == "Wie komt er?"
    assert frame.get_by_label("Eenzaamheid").is_checked()
    answered(frame, "Concept bewaard")
    frame.locator("#save").click()
    frame.locator("#summary", has_text="Vul dit in.").wait_for()
    assert frame.evaluate("document.activeElement.id") == "f-status"
    assert axe(frame) == []


def test_a_clash_is_shown_and_chosen_field_by_field(open_form, register, axe):
    id = next(one.id for one in register.book if one.KIND == "project")
    session, frame = open_form(register, "project", id)
    other = lk.open_city("leiden", register=register.folder.path).register
    other.edit(id, title_en="Theirs", note_en="A note of theirs")
    frame.fill("#f-title_en", "Mine")
    frame.locator("#save").click()
    frame.get_by_role("heading", name="Somebody else changed").wait_for()
    assert axe(frame) == []
    frame.get_by_role("group", name="Title (English)").get_by_label("Take theirs").check()
    frame.get_by_role("button", name="Save what I chose").click()
    frame.get_by_role("heading", name=SAVED).wait_for()
    assert (session.record.title_en, session.record.note_en) == ("Theirs", "A note of theirs")
    assert frame.locator("#f-title_en").input_value() == "Theirs"


def test_a_draft_is_offered_again_and_silence_is_told(open_form, register, axe):
    _, frame = open_form(register, "question")
    frame.fill("#f-title_en", "Soup")
    answered(frame)
    _, again = open_form(register, "question")
    again.get_by_role("button", name="Go on with it").click()
    expect(again.locator("#f-title_en")).to_have_value("Soup")
    again.page.evaluate("globalThis.python = async () => null")  # as a kernel that was killed: no answer comes
    again.fill("#f-title_en", "Soup on Tuesday")
    again.locator("#silence", has_text="Python does not answer").wait_for(timeout=9_000)
    assert axe(again) == []
    assert again.locator("#f-title_en").input_value() == "Soup on Tuesday"


def test_a_text_is_only_ever_text(open_form, register):
    """Errors, requests and dialogs would fail the fixture `visit`."""
    for place, text in enumerate(XSS):
        register.save(register.new("partner", id=f"org-x-{place}", name=text, kind="other"))
    session, frame = open_form(register, "partner", "org-x-0")
    frame.fill("#f-name", " ".join(XSS))
    frame.locator('[data-section="about"] > summary').click()
    frame.get_by_role("combobox", name="Part of").click()
    assert XSS[1] in " ".join(frame.locator('[role="option"]').all_inner_texts())
    frame.get_by_role("combobox", name="Part of").press("Escape")
    frame.locator("#save").click()
    frame.get_by_role("heading", name=SAVED).wait_for()
    assert session.record.name == " ".join(XSS)
    assert frame.locator("#panel img, #panel script, #form img, #form script").count() == 0
