"""Records: what is accepted, what is refused and in which words, and that a file holds exactly what was meant."""

import json

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from made_up_records import DAYS, KINDS, RECORDS, blocks, partner, project, question

from labkit import language
from labkit.register import vocabularies, when
from labkit.register.errors import RecordError
from labkit.register.fields import block_in, label_of
from labkit.register.reading import read_yaml
from labkit.register.records import Block, Project, Question
from labkit.register.schemas import json_schema
from labkit.register.templates import template
from labkit.register.validating import parse_record, to_record
from labkit.register.writing import changed_text, new_text

ALL_VOCABULARIES = [one for one in vars(vocabularies).values() if isinstance(one, vocabularies.Vocabulary)]


def faults(text, kind=Project):
    with pytest.raises(RecordError) as caught:
        parse_record(kind, text, "projects/p-x.yaml")
    return caught.value.faults


@given(RECORDS)
def test_a_file_holds_what_was_meant(record):
    assert parse_record(type(record), new_text(record)) == record


@given(st.sampled_from(list(KINDS.values())).flatmap(lambda kind: st.tuples(blocks(kind), blocks(kind))))
def test_a_changed_file_holds_what_was_meant(pair):
    old, new = pair
    new = new.with_(id=old.id)
    assert parse_record(type(new), changed_text(new_text(old), new)) == new


@given(RECORDS)
def test_other_programs_read_the_same_file(record):
    """The file is plain YAML: PyYAML's own loader finds the same fields."""
    assert set(yaml.safe_load(new_text(record))) == set(record.as_dict())


@given(RECORDS)
def test_the_published_schema_accepts_what_labkit_accepts(record):
    jsonschema.validate(read_yaml(new_text(record)), json_schema(record.KIND))


@given(RECORDS)
def test_a_field_takes_a_line_of_its_own(record):
    """So that a change in one field is a change of its lines alone."""
    lines = new_text(record).splitlines()
    for name in record.as_dict():
        assert sum(line.startswith(f"{name}:") for line in lines) == 1


def test_comments_and_order_stay_when_a_field_changes():
    text = """\
# our own heading
title_en: Soup   # the title
id: q-soup

visibility: public
themes:
  # the first
  - safety
  - loneliness   # the second
asker_kind: resident
scope: unknown
status: new
"""
    old = parse_record(Question, text)
    new = changed_text(text, old.with_(status="running", themes=["safety", "loneliness", "ehealth"]))
    changed = text.replace("status: new", "status: running").replace("second\n", "second\n  - ehealth\n")
    assert new == changed


def test_a_list_that_is_not_indented_stays_so():
    text = "id: org-x\nvisibility: public\nname: X\nkind: other\nsources:\n- https://a.nl/\n"
    record = parse_record(KINDS["partner"], text)
    assert changed_text(text, record.with_(sources=["https://a.nl/", "https://b.nl/"])).endswith("- https://b.nl/\n")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("id: p-x\n\ttitle_en: x\n", 2, "A tab"),
        ("id: p-x\nid: p-y\n", 2, "stands here twice"),
        ("id: p-x\ntitle_en: a: b\n", 2, "colon in the text"),
        ("id: p-x\ntitle_en x\nkind: thesis\n", 2, "no colon"),
        ('id: p-x\ntitle_en: "x\nkind: thesis\n', 2, "A quote is opened"),
        ("id: p-x\ntitle_nl: 's Middags soep\n", 2, "A quote is opened"),
        ('id: p-x\ntitle_nl: "Soep" in de buurt\nkind: thesis\n', 2, "behind a closing quote"),
        ("id: p-x\ntitle_nl: [concept] soep\nkind: thesis\n", 2, "behind a closing quote"),
        ("id: p-x\ntitle_nl: *soep*\n", 2, "Signs such as"),
        ("id: p-x\nthemes:\n  * safety\n", 3, "another sign"),
        ("id: p-x\n<<<<<<< HEAD\nkind: thesis\n=======\nkind: minor\n>>>>>>> b\n", 2, "Two versions"),
        ("id: &a [b]\nkind: *a\n", 1, "Signs such as"),
        ("id: !!python/object/apply:os.system [ls]\n", 1, "Signs such as"),
        ("- id: p-x\n", 1, "This is no record"),
        ("id: p-x\n---\nid: p-y\n", 2, "second record"),
        ("", 0, "empty"),
        ("# only a comment\n", 0, "empty"),
        ("a: " + "[" * 40 + "]" * 40, 1, "too deep"),
        ("a: " + "x" * 600_000, 0, "too large"),
        ("id: p-\x07x\n", 0, "cannot be read"),
        ("? [a]\n: b\n", 1, "must be a word"),
        ("title_en: @x\n", 1, "cannot begin with @"),
    ],
)
def test_broken_yaml_is_told_with_its_line(text, line, says):
    found = faults(text)
    assert len(found) == 1
    assert found[0].line == line
    assert says in found[0].message
    assert found[0].advice


def test_a_yaml_bomb_takes_no_memory():
    bomb = 'a: &a ["lol","lol"]\n' + "".join(
        f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "Signs such as" in faults(bomb)[0].message


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("status", "afgerond", "Did you mean finished?"),
        ("start", "20210614", "This is no date"),
        ("start", "14-06-2021", "Write 2021-06-14."),
        ("start", "1026-09", "This is no date"),
        ("start", "", "This field is empty"),
        ("involves_people", "", "This field is empty"),
        ("id", "", "Write p- and then"),
        ("ec", '"6"', "without quotes"),
        ("ec", "true", "without quotes"),
        ("soort", "thesis", "Did you mean kind?"),
        ("themes", "", "This list is empty"),
        ("start", "2021-02-30", "no day 2021-02-30"),
        ("themes", "safety", "must be a list"),
        ("themes", "[]", "list is empty"),
        ("themes", "[eenzaamheid]", "Did you mean loneliness?"),
        ("kind", "[thesis]", "A list stands where one text belongs"),
        ("title_en", "2024", "between quotes"),
        ("students", '"4"', "without quotes"),
        ("students", "-1", "0 or more"),
        ("involves_people", "ja", "Write true."),
        ("builds_on", "[q-x]", "Write p- and then"),
        ("id", "P X", "Write p- and then"),
        ("sources", "[www.a.nl]", "no address of a page"),
        ("visibility", "", "This field is empty"),
        ("ehealth", "true", "A block of fields"),
        ("handover", "{open_end_nl: x}", "Did you mean open_ends_nl"),
        ("under_agreement", "[{agreement: ag-x}]", "Nobody says"),
        ("semester", "3", "2 or less"),
        ("academic_year", "2025", "is not a text here"),
    ],
)
def test_a_wrong_value_is_told_with_line_field_and_way_out(field, value, says):
    lines = new_text(project("p-x", summary_en="Made up")).splitlines()
    where = next((n for n, line in enumerate(lines) if line.startswith(f"{field}:")), len(lines))
    upto = where + 1
    while upto < len(lines) and lines[upto].startswith("  "):
        upto += 1
    found = faults("\n".join([*lines[:where], f"{field}: {value}", *lines[upto:]]))
    assert len(found) == 1
    assert found[0].line == where + 1
    assert found[0].column.startswith(field)
    assert says in f"{found[0].message} {found[0].advice}"


def test_every_fault_of_a_record_is_told_at_once():
    found = faults("id: p-x\nvisibility: publik\ntitel_en: x\nstart: nu\n")
    assert {"visibility", "titel_en", "start", "kind", "summary_en", "title_en"} <= {one.column for one in found}


def test_faults_speak_dutch(monkeypatch):
    monkeypatch.setattr(language, "_chosen", "nl")
    found = faults(new_text(project("p-x")).replace("status: finished", "status: klaar"))
    assert "status" in str(found[0])
    assert "Kies uit" in found[0].advice or "Bedoel je" in found[0].advice


def test_a_record_needs_one_language():
    with pytest.raises(RecordError, match="Neither title_nl nor title_en"):
        to_record(Question, {**question().as_dict(), "title_en": None})


@pytest.mark.parametrize("vocabulary", ALL_VOCABULARIES, ids=lambda one: one.name)
def test_every_value_has_two_labels(vocabulary):
    assert len(vocabulary) == len(set(vocabulary.ids))
    for term in vocabulary:
        assert term.nl
        assert term.en


def test_every_theme_falls_under_a_sector_and_has_a_sign_of_its_own():
    assert {theme.group for theme in vocabularies.THEMES} <= set(vocabularies.SECTORS.ids)
    assert len({theme.sign for theme in vocabularies.THEMES}) == len(vocabularies.THEMES) == 12


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_two_labels(kind):
    def walk(model):
        for name, found in model.model_fields.items():
            label = label_of(found.json_schema_extra)
            assert label.nl, name
            assert label.en, name
            block = block_in(found.annotation)
            if block is not None and issubclass(block, Block):
                walk(block)

    walk(KINDS[kind])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_template_asks_for_what_a_record_needs(kind, language):
    """With nothing filled in, exactly the fields that must be filled are missed; no field is unknown."""
    with pytest.raises(RecordError) as caught:
        parse_record(KINDS[kind], template(kind, language))
    must = {name for name, found in KINDS[kind].model_fields.items() if found.is_required()}
    pairs = {f"{name}_en" for name in KINDS[kind].NEEDS_TEXT}
    assert {one.column.removesuffix("[1]") for one in caught.value.faults} == must | pairs


@pytest.mark.parametrize("kind", KINDS)
def test_all_fields_of_a_template_exist(kind):
    opened = "\n".join(
        line[2:]
        if line.startswith("# ")
        and line[2:].split(":")[0].replace("_", "").isalnum()
        and not line.rstrip().endswith((".", "?", ")"))
        else line
        for line in template(kind, "en").splitlines()
    )
    names = {line.split(":")[0] for line in opened.splitlines() if line[:1].isalpha()}
    assert set(KINDS[kind].model_fields) <= names


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_json_and_refuses_unknown_fields(kind):
    schema = json.loads(json.dumps(json_schema(kind)))
    jsonschema.Draft202012Validator.check_schema(schema)
    made = {"question": question(), "project": project(), "partner": partner()}.get(kind)
    if made is not None:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**made.as_dict(), "titel": "x"}, schema)


@given(st.dates(*DAYS), st.dates(*DAYS))
def test_certainly_before_is_true_only_for_what_cannot_be_otherwise(one, other):
    for a in (one.isoformat(), one.isoformat()[:7], str(one.year)):
        for b in (other.isoformat(), other.isoformat()[:7], str(other.year)):
            if when.certainly_before(a, b):
                assert one < other


@given(st.dates(*DAYS))
def test_the_first_and_last_day_of_a_date_hold_it(day):
    for text in (day.isoformat(), day.isoformat()[:7], str(day.year)):
        assert when.earliest(text) <= day <= when.latest(text)


def commented(text):
    """Return a record's text with a comment above every field and item, and how each is called."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        indent = len(line) - len(line.lstrip())
        plain = line.strip().startswith(("- ", "#")) or ":" in line
        if plain and "|-" not in text and not line.startswith("#"):
            lines.append(f"{' ' * indent}# comment {number} of {line.strip()}")
        lines.append(line)
    return "\n".join(lines) + "\n"


@given(st.sampled_from(list(KINDS.values())).flatmap(lambda kind: st.tuples(blocks(kind), blocks(kind))))
def test_comments_stay_above_the_field_that_they_belong_to(pair):
    """Of every top-level field that stays, the comment above it stays right above it."""
    old, new = pair
    new = new.with_(id=old.id)
    text = commented(new_text(old))
    if parse_record(type(old), text) != old:
        return  # a text of several lines: a comment in it would be text
    changed = changed_text(text, new).splitlines()
    before = text.splitlines()
    for name in set(old.as_dict()) & set(new.as_dict()):
        above = before[next(n for n, line in enumerate(before) if line.startswith(f"{name}:")) - 1]
        where = next(n for n, line in enumerate(changed) if line.startswith(f"{name}:"))
        if above.startswith("# comment"):
            assert changed[where - 1] == above


def test_a_text_of_several_lines_takes_in_no_comment_of_the_field_before_it():
    old = project(handover={"data_at": "here", "updated_on": "2025"}, record_by="us")
    text = new_text(old).replace("  updated_on:", "  # when it was said\n  updated_on:")
    new = old.with_(handover={"data_at": "here"}, note_nl=":\n:")
    changed = changed_text(text, new)
    assert parse_record(Project, changed) == new
    assert "# when it was said" in changed


def test_a_field_goes_where_the_template_left_room_for_it():
    text = template("question", "en")
    said = {
        "id": "q-soup",
        "visibility": "private",
        "title_en": "Soup?",
        "asker_kind": "resident",
        "status": "new",
        "scope": "unknown",
    }
    for name, value in said.items():
        text = text.replace(f"\n{name}:\n", f"\n{name}: {value}\n")
    text = text.replace("\nthemes:\n  -\n", "\nthemes:\n  - safety\n").replace("\ntitle_nl:\n", "\n")
    old = parse_record(Question, text)
    new = changed_text(text, old.with_(themes=["safety", "ehealth"], asked_on="2026", fit=["thesis"]))
    assert "\n# asked_on:" not in new
    assert "\n# Asked on.\nasked_on: 2026\n" in new
    assert "  - safety\n  - ehealth\n" in new
    assert "\nfit:\n  - thesis\n" in new
    assert [
        line
        for line in text.splitlines()
        if line.startswith("#") and "asked_on:" not in line and line not in ("# fit:", "#   -")
    ] == [line for line in new.splitlines() if line.startswith("#") and line != "#   -"]


def test_changing_one_block_of_several_keeps_the_comments_of_all():
    text = """\
id: ag-x
visibility: public
title_en: X
kind: convenant
status: in_force
start: 2020
commitments:
  # the first
  - id: a
    text_en: A
    status: open   # still
  # the second
  - id: b
    text_en: B
    status: open
"""
    kind = KINDS["agreement"]
    old = parse_record(kind, text)
    first, second = (one.as_dict() for one in old.commitments)
    new = changed_text(text, old.with_(commitments=[{**first, "text_en": "AA"}, second]))
    assert "  # the first\n  - id: a\n    text_en: AA\n" in new
    assert "  # the second\n  - id: b\n" in new


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_stay_as_they_are(end):
    text = f"# x{end}id: org-x{end}visibility: public{end}name: X{end}kind: other{end}"
    new = changed_text(text, parse_record(KINDS["partner"], text).with_(name="Y", sector="safety"))
    assert new.replace("\r\n", "\n") == "# x\nid: org-x\nvisibility: public\nname: Y\nkind: other\nsector: safety\n"
    assert new.count("\r\n") == (new.count("\n") if end == "\r\n" else 0)


def test_a_tab_inside_a_text_can_be_changed():
    text = "id: org-x\nvisibility: public\nname: X\nkind: other\nnote_nl: a\tb\n"
    new = changed_text(text, parse_record(KINDS["partner"], text).with_(name="Y"))
    assert "note_nl: a\tb\n" in new
