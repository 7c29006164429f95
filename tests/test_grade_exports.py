"""Points for a gradebook: who is meant is certain, and nobody gets a 0 that no one gave."""

from __future__ import annotations

import csv
import io
import json

import made_up_results as made_up
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from labkit.assignments.grade_exports import export_grades
from labkit.assignments.results import Late
from labkit.assignments.roster import Roster, Student, read_roster
from labkit.cli.assignment import app
from labkit.errors import LabkitError, WrongUseError


def marked(count=3, **more):
    return [made_up.result(f"s{1000 + n}", questions=made_up.questions(manual=n + 0.25), **more) for n in range(count)]


def rows(export):
    return list(csv.reader(io.StringIO(export.dumps())))


def test_brightspace_gets_ids_points_and_its_sign_at_the_end(tmp_path):
    several = marked()
    made = export_grades(several, read_roster(made_up.roster(tmp_path, several)), "brightspace", " Week 1 ")
    assert rows(made) == [
        ["OrgDefinedId", "Username", "Week 1 Points Grade", "End-of-Line Indicator"],
        ["#1000", "#us1000", "3.25", "#"],
        ["#1001", "#us1001", "4.25", "#"],
        ["#1002", "#us1002", "5.25", "#"],
    ]
    assert (made.count, made.blank, made.left_out, made.notes) == (3, (), (), ())
    assert made.save(tmp_path / "grades.csv").read_bytes().startswith(b"OrgDefinedId,")  # no mark before it


def test_canvas_gets_its_five_columns_and_the_row_of_maxima(tmp_path):
    several = marked(2)
    made = export_grades(several, read_roster(made_up.roster(tmp_path, several)), "canvas", "Week 1 (4711)")
    assert rows(made) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Week 1 (4711)"],
        ["    Points Possible", "", "", "", "", "10"],
        ["Jan de Vries s1000", "90000", "s1000", "us1000", "A", "3.25"],
        ["Jan de Vries s1001", "90001", "s1001", "us1001", "A", "4.25"],
    ]
    assert made.notes == ()


def test_canvas_makes_a_new_assignment_of_a_name_without_number_and_that_is_told(tmp_path):
    several = marked(1)
    made = export_grades(several, read_roster(made_up.roster(tmp_path, several)), "canvas", "Week 1")
    assert "Canvas makes a new assignment of it" in made.notes[0]


@pytest.mark.parametrize("platform", ["brightspace", "canvas"])
def test_the_gradebook_of_the_platform_itself_is_a_roster(tmp_path, platform):
    texts = {
        "brightspace": "OrgDefinedId,Username,Last Name,First Name,Email\n#s1000,#u1,Vries,Jan de,j@example.org\n",
        "canvas": 'Student,ID,SIS User ID,SIS Login ID,Section,Week 0 (1)\n    Points Possible,,,,,10\n"Vries, Jan de",77,s1000,u1,B,5\n',
    }
    path = tmp_path / "book.csv"
    path.write_text(texts[platform])
    made = export_grades(marked(1), read_roster(path), platform, "Week 1 (2)")
    assert (
        rows(made)[-1]
        == {
            "brightspace": ["#s1000", "#u1", "3.25", "#"],
            "canvas": ["Jan de Vries", "77", "s1000", "u1", "B", "3.25"],
        }[platform]
    )


def test_who_is_not_marked_stops_the_export_or_is_left_blank(tmp_path):
    several = made_up.class_of()
    roster = read_roster(made_up.roster(tmp_path, several))
    with pytest.raises(LabkitError) as error:
        export_grades(several, roster, "brightspace", "Week 1")
    assert "Students who cannot have points yet: 8. A blank is not a 0." in str(error.value)
    assert "  s1000: not marked yet: q3" in str(error.value)
    assert "  s2002: the hand-in could not be read" in str(error.value)
    made = export_grades([*several, *marked(0)], roster, "brightspace", "Week 1", leave_blank=True)
    assert {row[2] for row in rows(made)[1:]} == {""}
    assert (made.count, len(made.blank)) == (0, 8)
    assert made.blank[-1] == "s2003: nothing was handed in"


def test_students_whom_the_platform_cannot_know_are_reported():
    people = [
        Student("s1000", "Jan", ids={"OrgDefinedId": "1"}),
        Student("s1001", "Noor", ids={"OrgDefinedId": ""}),
        Student("s1003", "Sem", ids={"OrgDefinedId": "3"}),
    ]
    several = [*marked(2), made_up.result("s10O3", questions=made_up.questions(manual=1))]
    made = export_grades(several, Roster(tuple(people), ("student", "OrgDefinedId")), "brightspace", "Week 1")
    assert [row[0] for row in rows(made)[1:]] == ["1"]
    assert made.left_out == (
        "s1001: the roster has no OrgDefinedId for them.",
        "s10O3: is not in the roster. Did you mean s1003 (Sem)?",
        "s1003: has no result.",
    )


def test_two_results_of_one_person_are_told_and_not_both_written():
    people = Roster((Student("s1000", ids={"Username": "jan", "student": "s1000"}),), ("student", "Username"))
    several = [*marked(1), made_up.result("jan", questions=made_up.questions(manual=4))]
    made = export_grades(several, people, "brightspace", "Week 1")
    assert len(rows(made)) == 2
    assert made.left_out == ("s1000: is the same person in the roster as jan.",)


def test_a_roster_without_ids_of_the_platform_is_answered_with_what_to_do():
    with pytest.raises(LabkitError, match=r"none of the columns ID or SIS User ID or SIS Login ID"):
        export_grades(marked(1), Roster((Student("s1000"),), ("student", "name")), "canvas", "Week 1 (1)")


def test_late_work_loses_points_only_when_asked_and_then_it_is_said(tmp_path):
    several = marked(2)
    several[0].late = Late(hours=5, minus=10, text="5 hours late")
    roster = read_roster(made_up.roster(tmp_path, several))
    assert rows(export_grades(several, roster, "brightspace", "W"))[1][2] == "3.25"
    made = export_grades(several, roster, "brightspace", "W", apply_late=True)
    assert [row[2] for row in rows(made)[1:]] == ["2.93", "4.25"]
    assert made.notes == ("s1000: 10% off for being late: 3.25 became 2.93.",)


def test_names_are_no_formulas(tmp_path):
    several = marked(1)
    roster = read_roster(made_up.roster(tmp_path, several, name="=1+1"))
    assert rows(export_grades(several, roster, "canvas", "W (1)"))[2][0] == "'=1+1 s1000"


def test_a_platform_that_is_not_there_and_an_empty_item_are_refused():
    roster = Roster((Student("s1000", ids={"Username": "u"}),), ("student", "Username"))
    with pytest.raises(WrongUseError, match="there is brightspace, canvas"):
        export_grades(marked(1), roster, "moodle", "W")
    with pytest.raises(WrongUseError, match="--item NAME"):
        export_grades(marked(1), roster, "brightspace", "  ")


@given(st.floats(0, 1000))
def test_points_are_never_written_as_another_number(points):
    one = made_up.result("s1")
    one.questions = [one.questions[0].model_copy(update={"points": points})]
    roster = Roster((Student("s1", ids={"Username": "u"}),), ("student", "Username"))
    written = rows(export_grades([one], roster, "brightspace", "W"))[1][1]
    assert "e" not in written
    assert abs(float(written) - points) <= 0.005001


def test_the_command_writes_the_file_and_says_who_is_missing(tmp_path):
    made_up.save(tmp_path)
    roster = made_up.roster(tmp_path)
    base = ["export", str(tmp_path), "--roster", str(roster), "--item", "Week 1", "--for", "brightspace"]
    run = CliRunner().invoke(app, base)
    assert "not marked yet: q3" in str(run.exception)
    assert not (tmp_path / "grades-brightspace.csv").exists()
    (tmp_path / "marks").mkdir()
    filled = [f"s{n},2" for n in (1000, 1001, 1002, 1003, 1004, 2001)]
    (tmp_path / "marks" / "q3.csv").write_text("\n".join(["student,points", *filled]))
    run = CliRunner().invoke(app, [*base, "--leave-blank", "--json"])
    data = json.loads(run.stdout)
    assert run.exit_code == 1
    assert (data["count"], len(data["blank"]), data["late"]) == (6, 2, ["s2001"])
    assert (tmp_path / "grades-brightspace.csv").read_text().count("\n") == 9
    run = CliRunner().invoke(app, [*base, "--leave-blank", "--late", "apply"])
    assert "s2001: 10% off for being late: 3 became 2.7." in run.output
    run = CliRunner().invoke(app, [*base, "--late", "aply"])
    assert "--late is report or apply" in str(run.exception)
