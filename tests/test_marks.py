"""Points and comments that a person gives: read as they were meant, never invented, never lost."""

from __future__ import annotations

import csv
import io
import json

import made_up_results as made_up
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_assignment import write_assignment
from openpyxl import Workbook
from typer.testing import CliRunner

from labkit.assignments import sheets
from labkit.assignments.assignment import open_assignment
from labkit.assignments.marking import write_marks
from labkit.assignments.marks import apply_marks, read_marks
from labkit.assignments.results_folder import read_results
from labkit.cli.assignment import app
from labkit.errors import LabkitError, UnknownNameError


@pytest.fixture
def folder(tmp_path):
    return made_up.save(tmp_path)


def write(folder, **more):
    return write_marks(folder, read_results(folder), **{"language": "en", **more})


def rows(folder, question="q3", mark=","):
    text = (folder / "marks" / f"{question}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=mark))


def fill(folder, *lines, head="student,points,codes,comment", name="q3.csv", encoding="utf-8"):
    (folder / "marks").mkdir(exist_ok=True)
    (folder / "marks" / name).write_text("\n".join([head, *lines]) + "\n", encoding=encoding)


def question(folder, student, name="q3"):
    result = apply_marks(folder, read_results(folder)[student])
    return next(one for one in result.questions if one.id == name)


def test_a_sheet_holds_every_answer_beside_the_mark_scheme(folder):
    (written,) = write(folder, schemes={"q3": "2 points: names rounding"})
    assert (written.question, written.answers, written.marked) == ("q3", 6, 0)
    assert [one["student"] for one in rows(folder)] == ["s1000", "s1001", "s1002", "s1003", "s1004", "s2001"]
    assert {one["mark_scheme"] for one in rows(folder)} == {"2 points: names rounding"}
    assert rows(folder)[0]["answer"] == made_up.ANSWER_TEXT
    assert {(one["points"], one["max_points"]) for one in rows(folder)} == {("", "4")}


def test_blank_is_not_marked_yet_and_0_is_a_0(folder):
    fill(folder, "s1000,,,", "s1001,0,,", "s1002,3.5,,")
    assert [question(folder, one).manual_points for one in ("s1000", "s1001", "s1002")] == [None, 0, 3.5]
    assert question(folder, "s1000").waits
    assert not question(folder, "s1001").waits


def test_applying_twice_changes_nothing_and_a_mark_can_be_taken_back(folder):
    fill(folder, "s1000,3,,Well seen")
    once = apply_marks(folder, read_results(folder)["s1000"])
    assert once.points == 6
    assert apply_marks(folder, once) == once
    fill(folder, "s1000,,,")
    taken_back = apply_marks(folder, once)
    assert (taken_back.points, taken_back.questions[2].waits, taken_back.questions[2].comments) == (3, True, [])


def test_points_of_checks_and_of_a_person_add_up(folder):
    one = made_up.result("s9")
    one.questions[0] = one.questions[0].model_copy(update={"manual_max": 2, "max_points": 5})
    fill(folder, "s9,1.5,,", name="q1.csv")
    assert apply_marks(folder, one).questions[0].points == 4.5


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("8/10", "'8/10' is not a number. Write \"8\""),
        ("good", "'good' is not a number"),
        ("-1", "-1 is less than 0"),
        ("4.5", "4.5 is more than the maximum of 4"),
        ("3-May", "'3-May' is a date that the spreadsheet made of it"),
        ("1.000,5", "is not a number"),
        ("nan", "is not a number"),
        ("1e3", "is not a number"),
    ],
)
def test_what_is_no_mark_is_told_with_file_row_and_column(folder, cell, said):
    fill(folder, "s1000,2,,", f's1001,"{cell}",,')
    with pytest.raises(LabkitError) as error:
        question(folder, "s1001")
    assert "marks/q3.csv, row 3, points" in str(error.value)
    assert said in str(error.value)


def test_more_than_the_maximum_is_allowed_by_raising_it_in_that_row(folder):
    fill(folder, "s1000,4.5,5", head="student,points,max_points")
    assert question(folder, "s1000").manual_points == 4.5
    fill(folder, "s1000,5.5,5", head="student,points,max_points")
    with pytest.raises(LabkitError, match="more than the maximum of 5"):
        question(folder, "s1000")


def test_all_faults_are_told_at_once(folder):
    (folder / "comments.csv").write_text("code,nl,en\nunit,Noem de eenheid.,Name the unit.\n")
    fill(folder, "s1000,x,,", "s1001,2,unti,", "s1001,3,,", ",4,,")
    with pytest.raises(LabkitError) as error:
        read_marks(folder)
    text = str(error.value).split("\n")
    assert len(text) == 4
    assert 'there is no comment "unti" in comments.csv. Did you mean unit?' in text[1]
    assert "s1001 has two rows" in text[2]
    assert "row 5, student: it is empty" in text[3]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_what_excel_saves_is_read(folder, encoding):
    fill(folder, 's1000;"2,5";;"één\nregel"', head="Student;Points;Codes;Comment", encoding=encoding)
    assert (question(folder, "s1000").manual_points, question(folder, "s1000").comments) == (2.5, ["één\nregel"])


def test_a_workbook_is_read_and_its_dates_are_told(folder):
    from datetime import datetime

    book = Workbook()
    book.active.append(["student", "points", "comment"])
    book.active.append(["s1000", 2.5, "'=1+1"])
    book.active.append(["s1001", 3, None])
    (folder / "marks").mkdir()
    book.save(folder / "marks" / "q3.xlsx")
    assert (question(folder, "s1000").manual_points, question(folder, "s1000").comments) == (2.5, ["=1+1"])
    assert question(folder, "s1001").manual_points == 3
    book.active["B2"] = datetime(2026, 5, 2)
    book.save(folder / "marks" / "q3.xlsx")
    with pytest.raises(LabkitError, match=r"q3\.xlsx, row 2, points: .* is a date"):
        question(folder, "s1000")


def test_two_files_for_a_question_are_put_together_unless_they_differ(folder):
    fill(folder, "s1000,2,,", "s1001,,,")
    fill(folder, "s1000;;;Nice", "s1001;3;;", head="student;points;codes;comment", name="q3.xlsx")
    assert (question(folder, "s1000").manual_points, question(folder, "s1000").comments) == (2, ["Nice"])
    assert question(folder, "s1001").manual_points == 3
    fill(folder, "s1000;1;;", head="student;points;codes;comment", name="q3.xlsx")
    with pytest.raises(LabkitError, match="Keep one of the two files"):
        question(folder, "s1000")


def test_a_column_that_is_missing_or_there_twice_is_told(folder):
    fill(folder, "s1000,2", head="student,pointz")
    with pytest.raises(LabkitError, match=r"has no column points\. Did you mean pointz"):
        read_marks(folder)
    fill(folder, "s1000,2,3", head="student,points,Points")
    with pytest.raises(LabkitError, match="has two columns called points"):
        read_marks(folder)


def test_writing_again_loses_nothing(folder):
    write(folder, schemes={"q3": "a scheme"})
    fill(
        folder,
        's1000,2.5,,"A comment, long",kept',
        "s1001,8/10,,,",
        "s9999,1,,from another group,",
        head="student,points,codes,comment,second marker",
    )
    (written,) = write(folder, schemes={"q3": "a scheme"})
    found = {one["student"]: one for one in rows(folder)}
    assert (found["s1000"]["points"], found["s1000"]["comment"]) == ("2.5", "A comment, long")
    assert found["s1000"]["second marker"] == "kept"
    assert found["s1001"]["points"] == "8/10"
    assert found["s9999"]["comment"] == "from another group"
    assert written.unknown == ("s9999",)
    before = (folder / "marks" / "q3.csv").read_bytes()
    write(folder)  # the mark scheme stays too
    assert (folder / "marks" / "q3.csv").read_bytes() == before


def test_a_cell_that_was_emptied_stays_empty_although_grading_knew_a_mark(folder):
    made_up.save(folder, [made_up.result("s1000", questions=made_up.questions(manual=3))])
    write(folder)
    assert rows(folder)[0]["points"] == "3"
    fill(folder, "s1000,,,")
    write(folder)
    assert rows(folder)[0]["points"] == ""


def test_dutch_sheets_have_semicolons_and_decimal_commas(folder):
    fill(folder, "s1000,2.5,,")
    write(folder, language="nl")
    assert rows(folder, mark=";")[0]["points"] == "2,5"
    assert question(folder, "s1000").manual_points == 2.5


def test_answers_are_no_formulas_in_the_sheet_and_themselves_again_when_read(folder):
    write(folder)
    cell = next(one["answer"] for one in rows(folder) if one["student"] == "s2001")
    assert cell.startswith("'=HYPERLINK")
    sheet = sheets.read(folder / "marks" / "q3.csv", ("student", "answer"), ())
    assert next(row["answer"] for row in sheet.rows if row["student"] == "s2001").startswith(made_up.FORMULA)


@given(st.text())
def test_harmless_is_undone_exactly(text):
    assert sheets.restored(sheets.harmless(text)) == text
    assert not sheets.harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00")).map(str.strip)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5), st.sampled_from(["en", "nl"]))
def test_a_sheet_is_read_as_it_was_written(tmp_path_factory, cells, language):
    path = tmp_path_factory.mktemp("sheets") / "q.csv"
    written = [("s", *one) for one in cells]
    text = sheets.dumps(["student", "comment", "answer"], written, language)
    path.write_bytes(text.encode("utf-8"))
    read = sheets.read(path, ("student", "comment", "answer"), ("student",))
    assert [(row["student"], row["comment"], row["answer"]) for row in read.rows] == written


def test_a_comment_typed_once_is_offered_again(folder):
    (folder / "comments.csv").write_text("code,nl,en\nunit,Noem de eenheid.,Name the unit.\n")
    fill(folder, "s1000,2,Unit,Say from which year.", "s1001,3,,Name the unit.")
    (written,) = write(folder)
    bank = (folder / "comments.csv").read_text(encoding="utf-8-sig").splitlines()
    assert bank == ["code,nl,en", "unit,Noem de eenheid.,Name the unit.", "say-from-which,,Say from which year."]
    assert "Say from which year." in written.page.read_text(encoding="utf-8")
    fill(folder, "s1001,2,unit; say-from-which,", head="student,points,codes,comment")
    # s1001 reads Dutch; what has no Dutch yet is given as it is.
    assert question(folder, "s1001").comments == ["Noem de eenheid.", "Say from which year."]


@pytest.mark.parametrize(
    ("bank", "said"),
    [
        ("code,nl,en\n,Noem,Name\n", "row 2, code: a code has letters"),
        ("code,nl,en\na,x,x\nA,y,y\n", "row 3, code: A stands there twice"),
        ("code,nl,en\na,,\n", "row 2, code: a says nothing"),
    ],
)
def test_faults_in_the_comment_bank_are_told(folder, bank, said):
    (folder / "comments.csv").write_text(bank)
    with pytest.raises(LabkitError, match=said):
        read_marks(folder)


def test_a_group_is_marked_once(folder):
    for one in ("s1000", "s1001"):
        made_up.save(folder, [made_up.result(one, group="pair-1")])
    write(folder)
    assert [one["student"] for one in rows(folder)].count("pair-1") == 1
    fill(folder, "pair-1,3,,Together", "s1001,2,,Alone")
    assert question(folder, "s1000").manual_points == 3
    assert (question(folder, "s1001").manual_points, question(folder, "s1001").comments) == (2, ["Alone"])


@pytest.mark.parametrize("anonymous", [False, True])
def test_marks_for_an_answer_that_was_changed_since_do_not_count(folder, anonymous):
    write(folder, anonymous=anonymous)
    made_up.save(folder, [made_up.result("s1001", questions=made_up.questions(answer=""))])
    text = (folder / "marks" / "q3.csv").read_text(encoding="utf-8-sig")
    (folder / "marks" / "q3.csv").write_text(text.replace(",,4,,,", ",3,4,,Good,"), encoding="utf-8")
    assert question(folder, "s1000").manual_points == 3
    again = made_up.result("s1000", questions=made_up.questions(answer="Something else, by s1000.", manual=3))
    made_up.save(folder, [again])
    results = read_results(folder)
    assert [one.student for one in read_marks(folder).outdated(results.values())] == ["s1000", "s1001"]
    assert question(folder, "s1000").waits
    assert question(folder, "s1000").comments == []
    run = CliRunner().invoke(app, ["feedback", str(folder)])
    assert run.exit_code == 1
    assert "the answer was changed after it was marked, so it waits again" in run.output
    # Nothing is lost, and nothing counts until a person looked.
    (written,) = write(folder, anonymous=not anonymous)
    points = [one["points"] for one in rows(folder)]
    assert sorted(points) == ["3", "3", "3", "3", "3?", "3?"]
    assert (written.answers, written.marked) == (5, 4)
    with pytest.raises(LabkitError, match="was changed after it was marked"):
        read_marks(folder)
    write(folder)
    assert sorted(one["points"] for one in rows(folder)) == sorted(points)


def test_an_answer_that_was_left_open_needs_no_mark(folder):
    left_open = made_up.questions(answer="", manual=0)  # grading gives 0 where nothing was written
    made_up.save(folder, [made_up.result("s1000", questions=left_open)])
    (written,) = write(folder)
    assert rows(folder)[0]["points"] == ""
    assert (written.answers, written.marked) == (5, 0)
    assert question(folder, "s1000").manual_points == 0
    handed_in_after_all = made_up.questions(answer="Here it is.")
    made_up.save(folder, [made_up.result("s1000", questions=handed_in_after_all)])
    assert question(folder, "s1000").waits


def test_pseudonyms_hide_who_it_is_and_stay_the_same(folder):
    made_up.save(folder, [made_up.result("s1000", questions=made_up.questions(answer="I am s1000, not s10000."))])
    (written,) = write(folder, anonymous=True)
    for text in ((folder / "marks" / "q3.csv").read_text(encoding="utf-8"), written.page.read_text(encoding="utf-8")):
        assert "s1000," not in text
        assert "s1001" not in text
        assert "s10000" in text
    names = [one["student"] for one in rows(folder)]
    write(folder, anonymous=True)
    assert [one["student"] for one in rows(folder)] == names == sorted(names)
    fill(folder, f"{names[0]},3,,")
    marks = {name: read_marks(folder).apply(one) for name, one in read_results(folder).items()}
    assert [name for name, one in marks.items() if one.questions and not one.questions[2].waits] == [
        next(name for name, one in marks.items() if one.points == 3 + read_results(folder)[name].points)
    ]
    write(folder)
    assert [one["points"] for one in rows(folder)].count("3") == 1
    assert {one["student"] for one in rows(folder)} == {"s1000", "s1001", "s1002", "s1003", "s1004", "s2001"}


def test_a_sheet_from_elsewhere_is_taken_in(folder, tmp_path):
    write(folder)
    fill(folder, "s1000,1,,", "s1001,2,,stays")
    elsewhere = tmp_path / "q3 (1).csv"
    elsewhere.write_text("student,points,codes,comment\ns1000,3,,\ns1001,,,\n")
    (written,) = write(folder, take=[elsewhere])
    assert written.taken == 1
    assert [(one["points"], one["comment"]) for one in rows(folder)[:2]] == [("3", ""), ("2", "stays")]
    elsewhere.rename(tmp_path / "notes.csv")
    with pytest.raises(LabkitError, match="is not a sheet of one of these questions: q3"):
        write(folder, take=[tmp_path / "notes.csv"])


def test_a_question_that_is_not_there_is_answered_with_the_nearest(folder):
    with pytest.raises(UnknownNameError, match="Did you mean q3"):
        write(folder, questions=["q33"])
    assert not (folder / "marks").exists()


def test_any_question_can_be_commented(folder):
    write(folder, questions=["q1"])
    fill(folder, "s1000,,,Nice and short.", name="q1.csv")
    one = question(folder, "s1000", "q1")
    assert (one.points, one.manual_points, one.comments) == (3, None, ["Nice and short."])


def test_results_that_cannot_be_read_are_told_with_file_and_field(folder):
    (folder / "results" / "s1000.json").write_text('{"assignment": "week1", "student": 1}')
    with pytest.raises(LabkitError, match=r"s1000.json: student: .* Grade this hand-in again"):
        read_results(folder)
    (folder / "marks").mkdir()
    with pytest.raises(LabkitError, match="There are no results"):
        read_results(folder / "marks")


def test_the_command_says_what_is_marked_and_what_is_wrong(folder):
    run = CliRunner().invoke(app, ["marks", str(folder)])
    assert (run.exit_code, "0 of 6 marked" in run.output) == (0, True)
    fill(folder, "s1000,2,,", "s1001,x,,", "s9999,1,,")
    run = CliRunner().invoke(app, ["marks", str(folder), "--json"])
    data = json.loads(run.stdout)
    assert run.exit_code == 1
    assert (data["sheets"][0]["marked"], data["sheets"][0]["unknown"]) == (2, ["s9999"])
    assert len(data["faults"]) == 1
    run = CliRunner().invoke(app, ["marks", str(folder), "--language", "nl"])
    assert "is geen getal" in run.output


def test_the_command_takes_mark_schemes_and_titles_from_the_source(tmp_path):
    source = write_assignment(tmp_path)
    assignment = open_assignment(source)
    (scheme,) = {one.scheme for one in assignment.questions if one.scheme}
    name = next(one.id for one in assignment.questions if one.scheme)
    asked = [made_up.questions()[2].model_copy(update={"id": name})]
    folder = made_up.save(tmp_path / "out", [made_up.result("s1", assignment=assignment.id, questions=asked)])
    assert CliRunner().invoke(app, ["marks", str(folder), "--source", str(source)]).exit_code == 0
    assert rows(folder, name)[0]["mark_scheme"] == scheme
    assert scheme not in (folder / "assignment.json").read_text(encoding="utf-8")
    assert CliRunner().invoke(app, ["feedback", str(folder)]).exit_code == 0
    page = (folder / "feedback" / "s1.html").read_text(encoding="utf-8")
    assert f"<h1 dir='auto'>{assignment.header.title('en')}</h1>" in page
    assert scheme not in page
