"""The course: short enough to be done, released whole, and fair in every district."""

import itertools
import json
import re
import shlex
import zipfile
from pathlib import Path

import pytest
import typer

from labkit.assignments.assignment import open_assignment
from labkit.assignments.grading import Grader
from labkit.assignments.lint.lint import lint
from labkit.assignments.markers import language_of, read_marker
from labkit.assignments.notebook import dumps, read
from labkit.assignments.paper import Order, Paper
from labkit.assignments.release.datafiles import collect as data_of
from labkit.assignments.release.notebooks import released
from labkit.assignments.release.public import companion as public_companion
from labkit.assignments.release.release import release
from labkit.assignments.release.solved import solved
from labkit.assignments.variants import areas_dealt
from labkit.cli.app import app

COURSE = Path(__file__).parents[1] / "course"
WEEKS = sorted(COURSE.glob("week*"))
EXERCISES = [week / "exercise.ipynb" for week in WEEKS]
REFLECTIONS = [week / "reflect.md" for week in WEEKS]
NOTEBOOKS = sorted(COURSE.glob("week*/*.ipynb"))
ORDER = ["question", "data card", "worked example", "your district", "interpret", "check", "hand in"]

named = pytest.mark.parametrize
name = "/".join


def ids(paths):
    return [name(path.parts[-2:]) for path in paths]


def headings(notebook):
    """The numbered parts of a notebook, as far as they are in English."""
    texts = [
        cell.source for cell in notebook.cells if cell.cell_type == "markdown" and language_of(cell.source) != "nl"
    ]
    return [line.lower() for text in texts for line in text.split("\n") if re.match(r"## \d\. ", line)]


def test_both_weeks_have_their_four_parts():
    assert len(WEEKS) == 2
    for week in WEEKS:
        assert {"concepts.md", "lab.ipynb", "exercise.ipynb", "reflect.md"} <= {file.name for file in week.iterdir()}


@named("path", NOTEBOOKS, ids=ids(NOTEBOOKS))
def test_a_notebook_stays_within_its_budget(path):
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in stored["cells"])
    code = [cell.source for cell in read(path).cells if cell.cell_type == "code"]
    assert len(code) <= 25
    assert max(text.count("\n") + 1 for text in code) <= 15
    assert code[0].startswith("import labkit as lk\n") and code[0].count("\n") == 2
    assert not re.search(r"https?://|requests|urlopen|[A-Z]:\\|/home/|/Users/", "\n".join(code))


@named("path", NOTEBOOKS, ids=ids(NOTEBOOKS))
def test_its_parts_stand_in_the_order_of_the_course(path):
    found = headings(read(path))
    assert [next(one for one in ORDER if one in line) for line in found] == ORDER


@named("path", EXERCISES, ids=ids(EXERCISES))
def test_both_languages_ask_the_same(path):
    cells = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    texts = {one: [text for text in cells if language_of(text) == one] for one in ("en", "nl")}
    assert len(texts["en"]) == len(texts["nl"]) > 10
    for english, dutch in zip(texts["en"], texts["nl"], strict=True):
        assert sorted(set(re.findall(r"`[a-z_0-9]+`", english))) == sorted(set(re.findall(r"`[a-z_0-9]+`", dutch)))
        assert english.count("#") == dutch.count("#")


@named("path", [*EXERCISES, *REFLECTIONS], ids=ids([*EXERCISES, *REFLECTIONS]))
def test_each_question_says_what_ai_may_do_and_each_text_how_it_is_marked(path):
    assignment = open_assignment(path)
    assert list(lint(path)) == []
    for question in assignment.questions:
        assert question.marker.values["ai"] in ("none", "explain", "allowed")
        assert bool(question.scheme) == (question.kind == "text")
        assert question.manual_points == (question.points if question.kind == "text" else 0)
    if path.stem == "exercise":
        assert assignment.questions[-1].id == "help"
        assert all(one.has_hidden for one in assignment.questions if one.kind == "code")


@pytest.fixture(scope="module", params=EXERCISES, ids=ids(EXERCISES))
def grader(request):
    assignment = open_assignment(request.param)
    public = public_companion(assignment, assignment.header.languages, {})
    files = {**data_of(assignment), "assignment.json": public.as_json().encode()}
    with Grader(Order(request.param.name, request.param.read_bytes(), files)) as made:
        yield made


def test_in_every_district_the_solution_has_all_points_and_an_untouched_copy_none(grader):
    """Of the points that a program gives; texts wait for a person, and are not there in an untouched copy."""
    assignment = grader.assignment
    areas = [area.code for area in areas_dealt(assignment.header)]
    assert len(areas) == 10
    answers = {language: dumps(solved(assignment, language)).encode() for language in ("nl", "en")}
    blanks = {language: dumps(released(assignment, language)).encode() for language in ("nl", "en")}
    seen = {}
    for area, language in zip(areas, itertools.cycle(("nl", "en")), strict=False):
        graded = grader.grade(Paper("s1", ("s1",), answers[language], area=area, language=language))
        seen[area] = [one.shown for one in graded.questions]
        for question in graded.questions:
            missed = [(check.id, check.message, check.detail) for check in question.checks if not check.passed]
            assert not missed, (area, question.id, missed, question.notes)
            assert question.points + question.manual_max == question.max_points
            assert question.waits == (question.kind == "text")
        untouched = grader.grade(Paper("s2", ("s2",), blanks[language], area=area, language=language))
        assert untouched.points == 0 and not any(one.waits for one in untouched.questions), area
    assert len({json.dumps(one, sort_keys=True) for one in seen.values()}) == 10  # each district has numbers of its own


def test_the_answers_of_another_district_have_few_points(grader):
    assignment = grader.assignment
    one, other = [area.code for area in areas_dealt(assignment.header)][3:5]
    copied = grader.grade(Paper("s1", ("s1",), dumps(solved(assignment, "en")).encode(), area=one))
    typed_over = released(assignment, "en")
    for question in copied.questions:
        if question.kind == "code":
            cell = next(cell for cell in typed_over.cells if cell.id == f"{question.id}-answer")
            cell["source"] = "\n".join(f"{name} = {value!r}" for name, value in question.values.items())
    graded = grader.grade(Paper("s2", ("s2",), dumps(typed_over).encode(), area=other))
    most = sum(one.points for one in copied.questions)
    assert 0 < graded.points < most / 2


@named("path", [*EXERCISES, *REFLECTIONS], ids=ids([*EXERCISES, *REFLECTIONS]))
def test_what_students_get_holds_all_that_they_need_and_nothing_of_ours(path, tmp_path):
    assignment = open_assignment(path)
    made = release(path, tmp_path)
    with zipfile.ZipFile(made.archive) as packed:
        files = {file.rpartition("/")[2]: packed.read(file).decode() for file in packed.namelist()}
    expected = {"assignment.json", f"{path.stem}_nl.ipynb", f"{path.stem}_en.ipynb"}
    assert set(files) == expected | set(assignment.header.data)
    for question in assignment.questions:
        for secret in [
            *question.scheme.split("\n"),
            *(question.solution.split("\n") if question.kind == "text" else []),
        ]:
            assert len(secret) < 40 or not any(secret[:40] in text for text in files.values())
    dutch = read(made.folder / f"{path.stem}_nl.ipynb")
    assert not any(language_of(cell.source) for cell in dutch.cells)
    if path.stem == "exercise":
        first = next(cell.source for cell in dutch.cells if cell.cell_type == "code")
        assert 'lk.use_language("nl")' in first
        assert "use_language" not in files["exercise_en.ipynb"]
    assert not any(read_marker(cell.source, cell.cell_type) for cell in dutch.cells if cell.cell_type != "raw")


def test_who_has_a_district_keeps_it_when_the_course_grows(tmp_path):
    roster = tmp_path / "roster.csv"
    dealt = []
    for week, count in zip(EXERCISES, (7, 23), strict=True):
        roster.write_text("student\n" + "".join(f"s10000{number:02d}\n" for number in range(count)), encoding="utf-8")
        made = release(week, tmp_path / "release", roster=roster)
        dealt.append(json.loads((made.folder / "assignment.json").read_text(encoding="utf-8"))["districts"])
    assert len(dealt[0]) == 7 and len(dealt[1]) == 23
    assert dealt[0].items() <= dealt[1].items()


@named("path", sorted(COURSE.rglob("*.md")), ids=ids(sorted(COURSE.rglob("*.md"))))
def test_links_point_to_what_is_there(path):
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        place, _, part = target.partition("#")
        if place.startswith(("https://", "http://")):
            assert re.match(r"https?://[\w.-]+\.\w+/", place + "/"), target
        elif place:
            assert (path.parent / place).exists(), target
        else:
            assert f"## {part}" in text.lower(), target


def test_what_travels_with_a_week_links_to_nothing_beside_it():
    """`concepts.md` is read from the zip that students get, where the rest of the course is not."""
    for week in WEEKS:
        targets = re.findall(r"\]\(([^)\s]+)\)", (week / "concepts.md").read_text(encoding="utf-8"))
        assert len(targets) >= 6 and all(one.startswith("https://") for one in targets)


def test_the_hours_of_the_weeks_add_up_to_five_ec():
    plan = (COURSE / "README.md").read_text(encoding="utf-8")
    weeks = re.findall(r"\| (\d+) \+ (\d+) \+ (\d+) \+ (\d+) \|", plan)
    assert [sum(map(int, week)) for week in weeks] == [20] * 7
    syllabus = (COURSE / "syllabus.md").read_text(encoding="utf-8")
    shares = [int(one) for one in re.findall(r"\| (\d+)% \|", syllabus)]
    assert sum(shares[:6]) == sum(shares[6:]) == 100


def test_the_commands_of_the_guide_exist_with_their_options():
    """What they do was tried by hand and is tested elsewhere; a renamed option must not linger in the guide."""
    text = (COURSE / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^    labkit (assignment .*)$", text, re.MULTILINE) + re.findall(
        r"`labkit (assignment [^`]*)`", text
    )
    group = typer.main.get_command(app).commands["assignment"]
    used = set()
    for line in lines:
        _, name, *words = shlex.split(line)
        known = {option for parameter in group.commands[name].params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, line
        used.add(name)
    assert used >= {"lint", "release", "check", "collect", "grade", "map", "marks", "feedback", "export"}
