"""Project records as hand-ins: proposed to the register, saved with a yes, and graded."""

import json

import made_up_downloads as made
import pytest
from typer.testing import CliRunner

import labkit as lk
from labkit.assignments.assignment import open_assignment
from labkit.assignments.batch import grade
from labkit.assignments.collect import collect
from labkit.assignments.handins import read_handins
from labkit.assignments.lint.lint import lint
from labkit.assignments.record_checks import asks_for_record, record_checks, with_records
from labkit.assignments.records import proposals, save
from labkit.assignments.results import QuestionResult, Result
from labkit.cli.app import app
from labkit.register.folder import Folder
from labkit.register.register import Register
from labkit.register.templates import template
from labkit.register.writing import new_text

RECORD = """id: p-2026-soup
visibility: private
title_en: Soup on Tuesday
summary_en: Students counted who comes to the soup mornings.
programme: other
kind: honours
status: finished
start: 2026-11
themes:
  - social_cohesion
levels:
  - wo_bachelor
scope: unknown
involves_people: unknown
"""


@pytest.fixture
def register(tmp_path, duinstad):
    return Register(Folder.create(tmp_path / "register"), duinstad)


@pytest.fixture
def hand_in(tmp_path):
    """Collect records as students hand them in: student -> name of a file -> text."""

    def run(sent):
        files = {f"{student}/{name}": text.encode() for student, ones in sent.items() for name, text in ones.items()}
        (tmp_path / "in.zip").write_bytes(made.packed(files))
        collect(tmp_path / "in.zip", tmp_path / "collected")
        return read_handins(tmp_path / "collected")

    return run


def question(tmp_path, marker="3 points, record: project", scheme=""):
    text = f"# ---\n# assignment: w\n# ---\n\n# %%\n# question: q5, {marker}\n{scheme}\n"
    (tmp_path / "w.py").write_text(text)
    return open_assignment(tmp_path / "w.py").question("q5")


# ------------------------------------------------------------------ proposals


def test_a_record_alone_is_a_hand_in(hand_in, register, tmp_path):
    handins = hand_in({"s1": {"p-2026-soup.yaml": RECORD}})
    assert handins[0].file == ""
    assert json.loads((tmp_path / "collected" / "collected.json").read_text())["problems"] == []
    (one,) = proposals(handins, register)
    assert (one.action, one.record.id, one.students, one.errors) == ("new", "p-2026-soup", ["s1"], [])
    assert one.clean
    assert len(register.book) == 0  # nothing is saved without a yes
    assert save([one], register) == ["p-2026-soup"]
    assert Register.open(tmp_path / "register").book["p-2026-soup"].title == "Soup on Tuesday"


def test_of_a_working_copy_only_what_is_new_or_other_is_proposed(hand_in, tmp_path):
    city = lk.open_city()
    copy = city.register.copy(tmp_path / "copy")
    old = copy.book["p-2016-student-city-film"]
    copy.edit(old.id, venue="Town hall")
    (tmp_path / "copy" / "projects" / "p-2026-soup.yaml").write_text(RECORD)
    files = {
        path.relative_to(tmp_path / "copy").as_posix(): path.read_text(encoding="utf-8")
        for path in (tmp_path / "copy").rglob("*.yaml")
    }
    handins = hand_in({"s1": files})
    mine = city.register.copy(tmp_path / "mine")
    found = {one.record.id: one for one in proposals(handins, mine)}
    assert sorted(found) == ["p-2016-student-city-film", "p-2026-soup"]
    changed = found["p-2016-student-city-film"]
    assert (changed.action, changed.changes, changed.clean) == ("changes", ["venue"], False)
    save([changed], mine)
    assert Register.open(tmp_path / "mine").book[old.id].venue == "Town hall"


def test_a_filled_template_and_odd_names_are_records(hand_in, register):
    filled = template("project", "en")
    for line in RECORD.splitlines():
        name, colon, value = line.partition(": ")
        if colon and name != "id":
            filled = filled.replace(f"\n{name}:\n", f"\n{name}: {value}\n")
    filled = filled.replace("themes:\n  -\n", "themes:\n  - safety\n").replace("levels:\n  -\n", "levels:\n  - wo\n")
    sent = {
        "s1": {"project.en.yaml": filled, "partner.nl.yaml": template("partner", "nl")},
        "s2": {"mine.yml.txt": RECORD},
    }
    found = proposals(hand_in(sent), register)
    assert [one.record.id for one in found] == ["p-2026-soup-on-tuesday", "p-2026-soup"]
    assert found[0].notes == ["It had no id; p-2026-soup-on-tuesday is proposed."]


def test_ids_that_collide_between_students_are_proposed_anew(hand_in, register, tmp_path):
    other = RECORD.replace("Soup on Tuesday", "Tea on Friday")
    outcome = (
        "id: out-2026-soup-report\nvisibility: private\nproject: p-2026-soup\nstage: output\nkind: report\n"
        "statement_en: A report.\ndirection: unknown\nevidence: self_reported\nrecord_by: lecturer\n"
    )
    handins = hand_in(
        {
            "s1": {"p-2026-soup.yaml": RECORD},
            "s2": {"p-2026-soup.yaml": other, "out-2026-soup-report.yaml": outcome},
            "s3": {"p-2026-soup.yaml": RECORD},
        }
    )
    found = proposals(handins, register)
    told = {(one.record.id, tuple(one.students)) for one in found}
    assert told == {
        ("p-2026-soup", ("s1", "s3")),
        ("p-2026-tea-on-friday", ("s2",)),
        ("out-2026-soup-report", ("s2",)),
    }
    assert [one.record.project for one in found if one.record.KIND == "outcome"] == ["p-2026-tea-on-friday"]
    save(found, register)
    book = Register.open(tmp_path / "register").book
    assert [one.title for one in book.outcomes_of("p-2026-tea-on-friday")] == ["A report."]


def test_another_record_under_an_id_of_the_register_does_not_replace_it(hand_in, register):
    register.save(proposals(hand_in({"s1": {"a.yaml": RECORD}}), register)[0].record)
    (one,) = proposals(hand_in({"s2": {"a.yaml": RECORD.replace("Soup on Tuesday", "Tea on Friday")}}), register)[-1:]
    assert (one.action, one.record.id) == ("new", "p-2026-tea-on-friday")
    assert "Another record has the id p-2026-soup" in one.notes[0]


def test_faults_and_personal_data_are_told_and_not_clean(hand_in, register):
    sent = {
        "s1": {"a.yaml": RECORD.replace("kind: honours", "kind: honour")},
        "s2": {"b.yaml": RECORD.replace("counted who", "(j.devries@example.org, 06-12345678) counted who")},
        "s3": {"c.yaml": RECORD.replace("id: p-2026-soup", "id: p-2026-tea") + "addresses:\n  - q-nobody-asked\n"},
        "s4": {"d.yaml": "id: p-x\nid: p-y\n"},
        "s5": {"e.yaml": "a: &a [1]\nb: *a\n"},
    }
    found = {one.students[0]: one for one in proposals(hand_in(sent), register)}
    assert found["s1"].action == "faulty"
    assert "line 6" in str(found["s1"].faults[0])
    assert "honours" in str(found["s1"].faults[0])
    assert len(found["s2"].personal) == 2
    assert "q-nobody-asked" in str(found["s3"].errors[0])
    assert [found[one].clean for one in sent] == [False] * 5
    assert found["s4"].faults[0].line == 2
    assert save(found.values(), register) == ["p-2026-soup", "p-2026-tea"]  # what is no record cannot be saved


# ------------------------------------------------------------------ the command


def run(tmp_path, *more, said=""):
    given = ["assignment", "records", str(tmp_path / "collected"), "--register", str(tmp_path / "register"), *more]
    return CliRunner().invoke(app, given, input=said)


def saved(tmp_path):
    return sorted(Register.open(tmp_path / "register").book.records)


TEA = RECORD.replace("p-2026-soup", "p-2026-tea").replace("Soup on Tuesday", "Tea [red]\\x1b[31m on Friday")
PRIVATE = RECORD.replace("p-2026-soup", "p-2026-call").replace("counted who", "called 06-12345678 who")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("y\nn\nn\n", ["p-2026-soup"]),
        ("a\ny\n", ["p-2026-call", "p-2026-soup", "p-2026-tea"]),
        ("a\n", ["p-2026-soup", "p-2026-tea"]),
        ("?\nn\ny\nq\n", ["p-2026-tea"]),
        ("\n\n\n", []),
        ("", []),
    ],
)
def test_nothing_is_saved_without_a_yes(hand_in, register, tmp_path, said, expected):
    hand_in({"s1": {"a.yaml": RECORD}, "s2": {"b.yaml": TEA}, "s3": {"c.yaml": PRIVATE}})
    result = run(tmp_path, said=said)
    assert result.exit_code == 0, result.output
    assert "Records handed in: 3 (3 new)" in result.output
    assert "\x1b" not in result.output
    assert saved(tmp_path) == expected


def test_yes_saves_what_is_clean_and_all_saves_the_rest(hand_in, register, tmp_path):
    hand_in({"s1": {"a.yaml": RECORD}, "s3": {"c.yaml": PRIVATE}, "s4": {"d.yaml": "no: record"}})
    result = run(tmp_path, "--yes", "--language", "nl")
    assert result.exit_code == 1  # one file is no record
    assert "GEEN RECORD" in result.output
    assert saved(tmp_path) == ["p-2026-soup"]
    result = run(tmp_path, "--yes", "--all", "--json")
    assert json.loads(result.stdout)["saved"] == ["p-2026-call"]
    assert saved(tmp_path) == ["p-2026-call", "p-2026-soup"]
    assert [one["action"] for one in json.loads(run(tmp_path, "--json").stdout)["proposals"]] == ["faulty"]


# ------------------------------------------------------------------ grading


@pytest.mark.parametrize(
    ("files", "passed", "says"),
    [
        ({"a.yaml": RECORD}, [True, True], "finds no errors"),
        ({"a.yaml": RECORD + "addresses:\n  - q-nobody-asked\n"}, [True, False], "q-nobody-asked"),
        ({"a.yaml": RECORD.replace("kind: honours", "kind: honour")}, [False, False], "line 6, kind"),
        ({"a.yaml": "x: [1"}, [False, False], "line"),
        ({"project.nl.yaml": template("project", "nl")}, [False, False], "no record among"),
        ({"week1.ipynb": "{}"}, [False, False], "no record among"),
        ({"a.yaml": "x: [1", "b.yaml": RECORD}, [True, True], "b.yaml is a record"),
    ],
)
def test_a_record_question_has_two_checks(hand_in, register, tmp_path, files, passed, says):
    (handin,) = hand_in({"s1": files})
    asked = question(tmp_path)
    assert asks_for_record(asked) == "project"
    checks = record_checks(handin, asked, register, "en")
    assert [one.id for one in checks] == ["q5.1", "q5.2"]
    assert [one.passed for one in checks] == passed
    assert [one.points for one in checks] == [1.5 * one for one in passed]
    assert [one.max_points for one in checks] == [1.5, 1.5]
    assert says in " ".join(one.message for one in checks)
    assert all(one.kind for one in checks if not one.passed)


def test_with_a_mark_scheme_a_person_gives_the_points(hand_in, register, tmp_path):
    (handin,) = hand_in({"s1": {"a.yaml": RECORD}})
    scheme = "# === BEGIN MARK SCHEME ===\n# 3: clear\n# === END MARK SCHEME ==="
    checks = record_checks(handin, question(tmp_path, scheme=scheme), register)
    assert [(one.passed, one.max_points) for one in checks] == [(True, 0), (True, 0)]


def test_a_result_is_filled_with_what_the_record_gives(hand_in, register, tmp_path):
    (handin,) = hand_in({"s1": {"a.yaml": RECORD}})
    asked = question(tmp_path)
    assignment = open_assignment(tmp_path / "w.py")
    blank = Result(
        assignment="w", student="s1", status="no hand-in", questions=[QuestionResult(id="q5", title="q5", max_points=3)]
    )
    done = with_records(blank, assignment, handin, register)
    assert (done.status, done.points, done.questions[0].answer) == ("graded", 3, RECORD)
    assert done.questions[0].checks == record_checks(handin, asked, register)
    assert blank.questions[0].checks == []
    nothing = with_records(blank, assignment, hand_in({"s2": {"a.docx": "x"}})[-1], register)
    assert (nothing.status, nothing.points, nothing.questions[0].matched_by) == ("no hand-in", 0, "missing")
    other = open_assignment(made.source(tmp_path))
    assert with_records(blank, other, handin, register) is blank


def test_a_record_is_graded_without_a_notebook(hand_in, tmp_path):
    hand_in({"s1": {"a.yaml": RECORD}, "s2": {"b.yaml": "x: [1"}})
    question(tmp_path)
    for _ in range(2):  # the second time there is nothing to do
        made_of = grade(tmp_path / "w.py", tmp_path / "collected", tmp_path / "results")
    assert [(one.student, one.status, one.points) for one in made_of.results] == [
        ("s1", "graded", 3),
        ("s2", "graded", 0),
    ]
    assert made_of.changes is None
    assert "s1,q5,3,3,id," in (tmp_path / "results" / "grades.csv").read_text()


def test_the_assignment_knows_who_gives_the_points(tmp_path):
    scheme = "# === BEGIN MARK SCHEME ===\n# 3: clear\n# === END MARK SCHEME ==="
    assert (question(tmp_path).points, question(tmp_path).manual_points) == (3, 0)
    assert question(tmp_path, scheme=scheme).manual_points == 3
    assert asks_for_record(question(tmp_path, "3 points")) == ""


@pytest.mark.parametrize("cell", ["# %%\n# question: q5", "# %% [markdown]\n# <!-- question: q5"])
def test_lint_has_nothing_against_a_record_question(tmp_path, cell):
    end = " -->\n" if "markdown" in cell else "\n"
    (tmp_path / "w.py").write_text(f"# ---\n# assignment: w\n# ---\n\n{cell}, 3 points, record: project{end}")
    assert [one.rule for one in lint(tmp_path / "w.py") if one.severity == "error"] == []


def test_records_side_by_side_in_a_folder_are_hand_ins(register, tmp_path):
    (tmp_path / "flat").mkdir()
    (tmp_path / "flat" / "s1.yaml").write_text(RECORD)
    (one,) = proposals(read_handins(tmp_path / "flat"), register)
    assert (one.students, one.record.id) == (["s1"], "p-2026-soup")


def test_what_stood_in_the_register_already_is_no_answer(hand_in, tmp_path):
    city = lk.open_city()
    old = city.register.book["p-2016-student-city-film"]
    (handin,) = hand_in({"s1": {f"{old.id}.yaml": new_text(old)}})
    checks = record_checks(handin, question(tmp_path), language="nl")
    assert [one.passed for one in checks] == [False, False]
    assert "geen record bij de bestanden" in checks[0].message
