"""What a student gets back: all of their own, nothing of anybody else, nothing that is secret."""

from __future__ import annotations

import json
import re
import zipfile
from html.parser import HTMLParser
from itertools import pairwise

import made_up_results as made_up
import nbformat
import pytest
from hostile import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from labkit.assignments.feedback.packing import pack
from labkit.assignments.feedback.page import Around, page
from labkit.assignments.feedback.spread import Spread, spread_of
from labkit.assignments.feedback.writing import feedback_of, write_feedback
from labkit.assignments.results_folder import read_results
from labkit.cli.assignment import app
from labkit.register.wording import clean


class Text(HTMLParser):
    """What a reader of a page sees, and which elements and attributes are in it."""

    def __init__(self, html):
        super().__init__()
        self.parts, self.tags, self.attributes, self.inside = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag == "style":
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if tag == "style":
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.parts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.parts).split())


def seen(result, **around):
    return Text(page(result, Around(**around))).text


@pytest.fixture
def folder(tmp_path):
    return made_up.save(tmp_path)


def test_no_page_holds_anything_of_another_student_or_anything_secret(folder, tmp_path):
    (folder / "marks").mkdir()
    (folder / "marks" / "q3.csv").write_text("student,points,comment\ns1000,3,For s1000 alone\ns1001,2,Only Dutch\n")
    results = read_results(folder)
    pages = feedback_of(folder, results, distribution=True, companion=made_up.COMPANION)
    written = {path.stem: path.read_text(encoding="utf-8") for path in write_feedback(pages, tmp_path / "out")}
    assert sorted(written) == sorted(results)
    for student, html in written.items():
        assert student in html
        others = [other for other in results if other != student]
        found = [one for one in (*others, *made_up.SECRETS) if one in html]
        assert found == [], student
    assert "For s1000 alone" in written["s1000"]
    assert "Only Dutch" not in written["s1000"]


def test_a_hidden_check_says_the_kind_of_wrong_whatever_grading_wrote():
    one = made_up.result("s1", questions=made_up.questions("value"))
    assert one.questions[0].checks[1].message.startswith("expected")
    text = seen(one)
    assert "Not right Hidden check q1.2, 0 of 2 points The value is not right." in text
    assert "Not right Check q2.1, 0 of 2 points A share is a number between 0 and 100; yours is 0.31." in text


def test_what_waits_for_a_person_is_no_0():
    text = seen(made_up.result("s1"))
    assert "Points so far: 3 of 6" in text
    assert "Points that can still be given: 4." in text
    assert "What does this figure say, and what not? waits for your lecturer not yet" in text
    marked = seen(made_up.result("s1", questions=made_up.questions(manual=0)))
    assert "Points: 3 of 10" in marked
    assert "Your lecturer gave 0 of 4 points." in marked


def test_an_answer_that_was_left_open_is_no_mark_of_the_lecturer():
    several = made_up.questions(manual=0, answer="")
    text = seen(made_up.result("s1", questions=several))
    assert "There is no answer, so there are no points for it." in text
    assert "Your lecturer gave" not in text
    assert "What does this figure say, and what not? not answered 0 of 4" in text


def test_what_to_do_next_names_the_kind_of_wrong_and_not_the_answer():
    several = made_up.questions("value")
    several[3] = several[3].model_copy(update={"answer": "while True: pass", "matched_by": "id"})
    text = seen(made_up.result("s1", questions=several))
    todo = text[text.index("What to do next") : text.index("Is something not right here")]
    assert "How many people live in your district? : Work it out by hand for one area" in todo
    assert "Which share is younger than 25? : Read in the data card in which unit" in todo
    assert "Draw a map : Run this cell on its own: it stopped" in todo


def test_how_an_answer_was_found_is_said_unless_it_was_by_its_label():
    text = seen(made_up.result("s1"))
    assert text.count("found under the heading of the question. That costs no points.") == 1
    assert text.count("found by its cell. That costs no points.") == 1
    assert text.count("No answer to this question was found in your notebook.") == 1
    assert "The cell with this answer stood twice" in text


def test_late_is_reported_and_not_taken_off():
    late = next(one for one in made_up.class_of() if one.late)
    text = seen(late)
    assert "10% of the points less by the policy. Nothing has been taken off for it here" in text
    assert f"Points so far: {late.points:g} of 6" in text


@pytest.mark.parametrize(
    ("status", "said"),
    [("unreadable", "This is not a 0: talk to your lecturer."), ("no hand-in", "Nothing was handed in")],
)
def test_what_could_not_be_graded_gets_no_points_on_its_page(status, said):
    # As grading has it: all questions are there, without points.
    text = seen(made_up.result("s1", status=status), spread=Spread((1.0,) * 5, 2.0))
    assert said in text
    assert "Points" not in text
    assert "0 of" not in text
    assert "The class" not in text


def test_a_page_is_in_the_language_of_its_student(folder):
    pages = {one.result.student: one for one in feedback_of(folder, read_results(folder))}
    assert '<html lang="nl">' in pages["s1001"].html
    text = Text(pages["s1001"].html).text
    assert "Punten tot nu toe: 1 van 6" in text
    assert "27 november 2026 om 16:11" in text
    assert not re.search(r"\b(Points|Question|Your|Right|lecturer)\b", text)
    assert '<html lang="en">' in feedback_of(folder, read_results(folder), language="en")[1].html


def test_titles_and_districts_come_from_what_is_public(folder):
    pages = feedback_of(folder, read_results(folder), companion=made_up.COMPANION)
    texts = [Text(one.html).text for one in pages]
    assert "De stad als lab" in texts[1]
    assert "Hoeveel mensen wonen er? 1 van 3" in texts[1]
    assert "District Morsdistrict" in texts[1]
    assert "The city as a lab" in texts[0]
    assert pages[0].around.map.startswith("<svg")
    unknown = feedback_of(folder, {"s1": made_up.result("s1", area="WK999999")}, companion=made_up.COMPANION)[0]
    assert (unknown.around.area, unknown.around.map) == ("WK999999", "")


def test_numbers_have_the_decimal_sign_of_the_language():
    several = made_up.questions(manual=2.5)
    assert "5,5 van 10" in seen(made_up.result("s1", questions=several, language="nl"))
    assert "5.5 of 10" in seen(made_up.result("s1", questions=several))


def test_nothing_that_a_student_or_roster_writes_becomes_markup():
    hostile = next(one for one in made_up.class_of() if one.student == "s2001")
    hostile = hostile.model_copy(update={"student": HOSTILE, "group": HOSTILE, "area": HOSTILE, "received": HOSTILE})
    hostile.questions[0].comments = [HOSTILE]
    hostile.questions[0].notes = [HOSTILE]
    hostile.questions[0].checks[0].message = HOSTILE
    made = Text(page(hostile, Around(title=HOSTILE, name=HOSTILE)))
    assert not {"script", "img", "iframe", "link", "form", "input"} & set(made.tags)
    assert not [name for name in made.attributes if name.startswith("on")]
    assert "\u202e" not in made.text
    assert made.text.count("document.title='broken'") > 8


@settings(max_examples=40, deadline=None)
@given(st.text(), st.text())
def test_any_answer_is_shown_as_it_was_written(answer, title):
    one = made_up.result("s1", questions=made_up.questions(answer=answer))
    one.questions[2].title = title
    plain = Text(page(made_up.result("s1", questions=made_up.questions(answer="x"))))
    made = Text(page(one))
    unfolded = 0 if clean(answer).strip() else 3  # details, summary, pre
    assert len(made.tags) == len(plain.tags) - unfolded


def test_the_distribution_is_withheld_from_a_small_class(folder):
    results = read_results(folder)
    assert "The class" not in Text(feedback_of(folder, results)[0].html).text
    few = {name: results[name] for name in list(results)[:4]}
    text = Text(feedback_of(folder, few, distribution=True)[0].html).text
    assert "there are too few hand-ins to hide in" in text
    assert spread_of(few.values()) is None
    enough = Text(feedback_of(folder, results, distribution=True)[0].html).text
    assert "Hand-ins: 6. From 1 to 3 of 6 points" in enough
    assert "are left out, for everybody" in enough


@given(st.lists(st.floats(0, 10), min_size=5, max_size=40))
def test_every_hand_in_lies_in_one_step_of_the_histogram(points):
    made = Spread(tuple(sorted(points)), 10.0)
    assert sum(made.counts()) == len(points)
    assert all(0 <= made.bin(one) < 10 for one in points)


def test_headings_are_in_order_and_tables_have_heads(folder):
    for one in feedback_of(folder, read_results(folder), distribution=True):
        html = one.html
        levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later - before <= 1 for before, later in pairwise(levels))
        assert html.count("<table") == html.count("<caption>") == html.count("<thead>")
        assert len(html) < 60_000


def names(path):
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_zip_for_brightspace_has_the_folders_of_its_download(folder, tmp_path):
    flat = "12345-67890 - Noor - Nov 27, 2026 411 PM - week 1.ipynb"
    made_up.save(folder, [made_up.result("s1001", original=flat), made_up.result("s1002", original="week1.ipynb")])
    pages = feedback_of(folder, read_results(folder))
    packed = pack(pages, "brightspace", tmp_path / "b.zip")
    found = names(packed.path)
    own = "12345-67890 - Student s1000 - Nov 27, 2026 411 PM/week1 feedback.html"
    assert found[own].decode() == pages[0].html
    assert "12345-67890 - Noor - Nov 27, 2026 411 PM - week 1 feedback.html" in found
    assert packed.files == len(found) == 6
    assert packed.left_out == (
        "s2003: no notebook of theirs came through the platform.",
        "s1002: 'week1.ipynb' is not the name of a Brightspace download.",
    )
    assert pack(pages, "brightspace", tmp_path / "c.zip").path.read_bytes() == packed.path.read_bytes()


def test_the_zip_for_canvas_gives_each_file_back_as_what_it_was(folder, tmp_path):
    originals = {
        "s1000": "devriesjan_LATE_4711_90210_week1-2.ipynb",
        "s1001": "bakkernoor_4712_90211_hand-in.zip/week 1/week1.ipynb",
        "s1002": "x_1_week1.ipynb",
        "s1003": "../a_4713_90212_week1.docx",
        "s1004": "b_4714_90213_week1.html",
    }
    made_up.save(folder, [made_up.result(one, original=name) for one, name in originals.items()])
    pages = feedback_of(folder, read_results(folder), companion=made_up.COMPANION, distribution=True)
    packed = pack(pages, "canvas", tmp_path / "c.zip")
    found = names(packed.path)
    assert sorted(found) == ["b_4714_90213_week1.html", "bakkernoor_4712_90211_hand-in.zip", originals["s1000"]]
    notebook = nbformat.reads(found[originals["s1000"]].decode(), as_version=4)
    nbformat.validate(notebook)
    (cell,) = notebook.cells
    assert "<script" not in cell.source
    assert "\n" not in cell.source
    assert "Points so far" in cell.source
    (tmp_path / "inner.zip").write_bytes(found["bakkernoor_4712_90211_hand-in.zip"])
    assert names(tmp_path / "inner.zip")["feedback.html"].decode() == pages[1].html
    assert len([one for one in packed.left_out if one.startswith(("s1002", "s1003"))]) == 2


def test_a_group_gets_one_page_that_names_no_member(folder, tmp_path):
    original = "1-2 - Pair one - Nov 27, 2026 411 PM/week1.ipynb"
    pair = [made_up.result(one, group="Pair one", original=original) for one in ("s1000", "s1001")]
    made_up.save(folder, pair)
    pages = feedback_of(folder, read_results(folder))
    found = names(pack(pages, "brightspace", tmp_path / "b.zip").path)
    text = found["1-2 - Pair one - Nov 27, 2026 411 PM/week1 feedback.html"].decode()
    assert "Pair one" in text
    assert "s1000" not in text
    assert "s1001" not in text
    (folder / "marks").mkdir()
    (folder / "marks" / "q3.csv").write_text("student,points\ns1000,3\n")
    packed = pack(feedback_of(folder, read_results(folder)), "brightspace", tmp_path / "b.zip")
    assert packed.left_out[1].startswith("s1000, s1001: one file for the group, but not the same points")


def test_the_command_writes_pages_and_zip(folder, tmp_path):
    out = tmp_path / "out"
    roster = made_up.roster(tmp_path, name="Zoë")
    run = CliRunner().invoke(
        app, ["feedback", str(folder), "--out", str(out), "--zip", "brightspace", "--roster", str(roster), "--json"]
    )
    data = json.loads(run.stdout)
    assert run.exit_code == 1  # who handed in nothing is not in the zip, and that is told
    assert (len(data["pages"]), data["waiting"], data["files"], len(data["left_out"])) == (8, 6, 7, 1)
    assert "Zoë s1000 (s1000)" in (out / "s1000.html").read_text(encoding="utf-8")
    assert (out / "week1-brightspace.zip").exists()
    run = CliRunner().invoke(app, ["feedback", str(folder)])
    assert (run.exit_code, (folder / "feedback" / "s1000.html").exists()) == (0, True)


def test_marks_of_nobody_are_told_and_wrong_marks_stop_the_feedback(folder):
    (folder / "marks").mkdir()
    (folder / "marks" / "q3.csv").write_text("student,points\ns9999,3\n")
    run = CliRunner().invoke(app, ["feedback", str(folder)])
    assert run.exit_code == 1
    assert "marks/q3.csv, row 2: there is no result of this student." in run.output
    (folder / "marks" / "q3.csv").write_text("student,points\ns1000,many\n")
    run = CliRunner().invoke(app, ["feedback", str(folder)])
    assert "is not a number" in str(run.exception)
