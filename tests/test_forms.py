"""The form of a record without a page: what it shows, what it says of what is typed, and what is kept."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from labkit.register.book import Book
from labkit.register.fields import block_in
from labkit.register.forms import FormSession, data_of, describe, values_of
from labkit.register.forms.findings import look
from labkit.register.forms.keeping import Drafts
from labkit.register.records import KINDS
from labkit.register.validating import to_record
from tests.made_up_records import RECORDS

PROJECT = {
    "title_en": "Who comes to the soup mornings?",
    "summary_en": "Made up.",
    "kind": "thesis",
    "programme": "other",
    "status": "planned",
    "themes": ["loneliness"],
    "levels": ["unknown"],
    "start": "2026",
    "scope": "unknown",
    "involves_people": "false",
    "visibility": "private",
}


@pytest.fixture
def register(duinstad, tmp_path):
    return duinstad.register.copy(tmp_path / "register")


@pytest.fixture
def drafts(register, tmp_path):
    return Drafts(register.folder.path, tmp_path / "drafts")


def say(session, do="check", n=1, **more):
    return session.answer({"n": n, "do": do, "language": "en", **more})


def through_a_form(record):
    values = json.loads(json.dumps(values_of(type(record), record.as_dict())))
    return to_record(type(record), data_of(type(record), values).data)


@given(RECORDS)
def test_a_record_goes_through_a_form_without_loss(record):
    assert through_a_form(record) == record


def test_every_record_of_leiden_goes_through_a_form_without_loss(leiden):
    assert [one.id for one in leiden.register.book if through_a_form(one) != one] == []


def controls(described):
    return [control for section in described["sections"] for control in section["controls"]]


def names_in(control):
    """The fields of a record that a control fills."""
    if control["control"] == "pair":
        return {f"{control['name']}_nl", f"{control['name']}_en"}
    return {"scope", "areas"} if control["control"] == "place" and control["scope"] else {control["name"]}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_stands_in_the_form_once_with_words_in_both_languages(kind):
    described = describe(kind, Book([]))
    model = KINDS[kind]
    found = [name for control in controls(described) for name in names_in(control)]
    assert sorted(found) == sorted(set(model.model_fields) - {"id"})
    for control in controls(described):
        assert all(control["label"].values()), control["name"]
        assert bool(control["help"]["nl"]) == bool(control["help"]["en"]), control["name"]
        if "vocabulary" in control:
            assert described["vocabularies"][control["vocabulary"]], control["name"]
        block = block_in(model.model_fields[control["name"]].annotation) if control.get("fields") else None
        if block is not None:
            inner = {name for one in control["fields"] for name in names_in(one)}
            assert inner == set(block.model_fields)
    required = {one["name"] for one in controls(described) if one["required"]}
    assert required == {one["name"] for one in described["sections"][0]["controls"]}


def test_help_speaks_of_nothing_that_only_a_file_has():
    words = ("true", "unknown", " id ", "Ids", "register.yaml", "quotes", "codes")
    for kind in KINDS:
        for control in controls(describe(kind, Book([]))):
            for inner in [control, *control.get("fields", [])]:
                assert not any(word in inner["help"]["en"] for word in words), inner


def test_the_city_gives_the_areas_that_can_be_picked(leiden):
    places = describe("project", leiden.register.book, leiden.areas, leiden.home, leiden.default_level)["places"]
    counts = {level["id"]: len(level["areas"]) for level in places["levels"]}
    assert counts["neighbourhood"] == 54
    assert counts["district"] == 10
    assert places["shown"] == "district"


def test_blank_is_left_out_and_unknown_stays():
    values = {
        "title_en": " ",
        "students": "",
        "start": "unknown",
        "on_site": "unknown",
        "themes": [],
        "handover": {"data_at": ""},
    }
    assert data_of(KINDS["project"], values).data == {"start": "unknown", "on_site": "unknown"}


def test_a_fault_is_told_at_the_row_that_is_seen():
    """A blank row is no partner: the second row of the form is the first partner of the record."""
    found = look("project", {**PROJECT, "id": "p-x", "partners": [{}, {"partner": "org-x"}]}, Book([]))
    assert [(one.path, one.blank) for one in found.faults] == [("partners[2].role", True)]
    assert found.record is None


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("students", "many", "number"),
        ("start", "14-6-2021", "2021-06-14"),
        ("dmp_url", "example.org", "https://"),
        ("k_min", "1", "2 or more"),
    ],
)
def test_what_is_typed_wrong_is_said_at_its_field(name, typed, said):
    faults = look("project", {**PROJECT, "id": "p-x", name: typed}, Book([])).faults
    assert [one.path for one in faults] == [name]
    assert said in f"{faults[0].message} {faults[0].advice}"
    assert not faults[0].blank


def test_checks_speak_while_the_record_is_not_whole_yet(leiden):
    """A name is told at once, and nothing of what was filled in only to be able to look."""
    values = {"summary_nl": "Contact: mevrouw De Vries", "areas": ["BU0000"], "scope": "areas"}
    found = look("project", values, leiden.register.book, leiden.areas)
    assert {one.path for one in found.warnings} == {"summary_nl", "areas[1]"}
    assert {one.path for one in found.faults if not one.blank} == set()


def test_the_id_follows_the_title_until_it_is_typed_and_is_then_kept(register, drafts):
    session = FormSession(register, "project", drafts=drafts)
    assert say(session, values=PROJECT)["id"] == "p-2026-who-comes-to-the-soup-mornings"
    assert say(session, values={**PROJECT, "id": "p-soup"})["id"] == "p-soup"
    answer = say(session, "save", values={**PROJECT, "id": "p-soup"})
    assert (answer["state"], answer["faults"], answer["new"]) == ("saved", [], False)
    assert register["p-soup"].record.title_en == PROJECT["title_en"]
    assert Path(answer["saved"]["path"]).is_file()
    again = say(FormSession(register, "project", drafts=drafts), "save", values={**PROJECT, "id": "p-soup"})
    assert [one["path"] for one in again["faults"]] == ["id"]


def test_nothing_is_saved_while_there_are_faults(register, drafts):
    before = sorted(register.folder.path.rglob("*.yaml"))
    session = FormSession(register, "project", drafts=drafts)
    answer = say(session, "save", values={**PROJECT, "start": "soon"})
    assert answer["state"] == "editing"
    assert [one["path"] for one in answer["faults"]] == ["start"]
    assert sorted(register.folder.path.rglob("*.yaml")) == before


def test_faults_come_in_the_language_of_the_form(register, drafts):
    session = FormSession(register, "question", drafts=drafts)
    said = {
        one: session.answer({"n": 1, "do": "check", "language": one, "values": {}})["faults"][0]["message"]
        for one in ("nl", "en")
    }
    assert said == {"nl": "Vul dit in.", "en": "Fill this in."}


@pytest.fixture
def clash(register, drafts):
    """A form that is open while somebody else changes the same record."""
    FormSession(register, "project", drafts=drafts).answer({"n": 1, "do": "save", "values": {**PROJECT, "id": "p-x"}})
    session = FormSession(register, "project", "p-x", drafts=drafts)
    other = type(register).open(register.folder.path, register.city)
    other.edit("p-x", title_en="Theirs", end="2027")
    return session


def test_a_clash_is_told_field_by_field_and_nothing_is_lost(clash):
    answer = say(clash, "save", values={**clash.values, "title_en": "Mine"})
    assert answer["state"] == "conflict"
    assert [(one["name"], one["theirs"], one["yours"], one["both"]) for one in answer["conflict"]] == [
        ("title_en", "Theirs", "Mine", True),
        ("end", "2027", "(empty)", False),
    ]
    answer = say(clash, "resolve", choices={"title_en": "theirs"})
    assert answer["state"] == "saved"
    assert (clash.record.title_en, clash.record.end) == ("Theirs", "2027")


def test_ones_own_change_stays_where_nothing_is_chosen(clash):
    say(clash, "save", values={**clash.values, "title_en": "Mine"})
    say(clash, "resolve", choices={})
    assert (clash.record.title_en, clash.record.end) == ("Mine", "2027")


def test_a_record_that_was_deleted_meanwhile_can_be_saved_anew(clash):
    type(clash.register).open(clash.register.folder.path).delete("p-x")
    answer = say(clash, "save", values={**clash.values, "title_en": "Mine"})
    assert answer["state"] == "deleted"
    answer = say(clash, "save_anew", values={**clash.values, "id": "p-y"})
    assert answer["state"] == "saved", answer
    assert clash.record.id == "p-y"


def test_a_register_that_comes_with_labkit_is_copied_before_saving(leiden, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    register = leiden.register
    session = FormSession(register, "project", drafts=Drafts(register.folder.path, tmp_path / "drafts"))
    answer = say(session, "save", values=PROJECT)
    assert answer["protected"]
    assert answer["told"]
    assert answer["kept"]
    answer = say(session, "copy", values=PROJECT)
    assert answer["protected"] is None
    assert say(session, "save", values=PROJECT)["state"] == "saved"
    assert (tmp_path / "my-register" / "projects" / f"{session.record.id}.yaml").is_file()
    assert session.record.id not in register.book


# ------------------------------------------------------------------ drafts

KERNEL = """
import sys
from pathlib import Path
from labkit.register.register import Register
from labkit.register.forms import FormSession
from labkit.register.forms.keeping import Drafts
register = Register.open(Path(sys.argv[1]))
session = FormSession(register, "project", drafts=Drafts(register.folder.path, Path(sys.argv[2])))
for n in range(100000):
    session.answer({"n": n, "do": "check", "values": {"title_en": f"Text {n}", "summary_en": "x" * 5000}})
    print(n, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="no kill -9 there")
def test_a_draft_survives_a_kernel_that_is_killed(register, drafts):
    command = [sys.executable, "-c", KERNEL, str(register.folder.path), str(drafts.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as kernel:
        told = [int(kernel.stdout.readline()) for _ in range(4)][-1]
        kernel.send_signal(signal.SIGKILL)
    session = FormSession(register, "project", drafts=drafts)
    (found,) = session.start["drafts"]["found"]
    answer = say(session, "continue", draft=found["key"])
    assert int(answer["values"]["title_en"].split()[1]) >= told
    assert answer["values"]["summary_en"] == "x" * 5000
    assert [one for one in register.folder.path.rglob("*") if "draft" in one.name.lower()] == []


def test_a_draft_goes_when_the_record_is_saved(register, drafts):
    session = FormSession(register, "project", drafts=drafts)
    assert say(session, values=PROJECT)["kept"]
    assert len(drafts.found("project", "")[0]) == 1
    say(session, "save", values=PROJECT)
    assert drafts.found("project", "") == ([], [])


def test_two_forms_do_not_overwrite_each_others_draft(register, drafts):
    for title in ("One", "Other"):
        say(FormSession(register, "project", drafts=drafts), values={"title_en": title})
    assert sorted(one.title for one in drafts.found("project", "")[0]) == ["One", "Other"]


def test_an_untouched_form_keeps_no_draft(register, drafts):
    session = FormSession(register, "project", drafts=drafts)
    assert say(session, values=dict(session.values))["kept"] == ""
    assert drafts.found("project", "") == ([], [])


def test_a_draft_that_cannot_be_read_is_told_and_kept(register, drafts):
    session = FormSession(register, "project", drafts=drafts)
    say(session, values={"title_en": "Soup"})
    (path,) = drafts.folder.glob("*.json")
    path.write_text('{"schema": 1, "values": {"title', encoding="utf-8")
    again = FormSession(register, "project", drafts=drafts)
    assert again.start["drafts"]["unread"] == [str(path)]
    say(again, values={"title_en": "Other soup"})
    say(again, "discard", draft=path.stem)
    assert path.read_text(encoding="utf-8").endswith("title")


def test_a_draft_of_a_change_that_was_made_before_somebody_elses_clashes(clash, drafts):
    say(clash, values={**clash.values, "title_en": "Mine"})
    register = type(clash.register).open(clash.register.folder.path)
    again = FormSession(register, "project", "p-x", drafts=drafts)
    assert again.values["title_en"] == "Theirs"
    answer = say(again, "continue", draft=again.start["drafts"]["found"][0]["key"])
    answer = say(again, "save", values=answer["values"])
    assert [one["name"] for one in answer["conflict"]] == ["title_en", "end"]


def test_a_folder_that_cannot_be_written_is_told_and_does_not_keep_from_typing(register, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    session = FormSession(register, "project", drafts=Drafts(register.folder.path, tmp_path / "file" / "drafts"))
    answer = say(session, values=PROJECT)
    assert "LABKIT_DRAFTS" in answer["unkept"]
    assert say(session, "save", values=PROJECT)["state"] == "saved"
