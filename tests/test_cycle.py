"""The whole cycle of an assignment, as a lecturer does it: week 1 of the course, a made-up class, every trap."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from made_up_handins import Maker, every

from labkit.assignments.assignment import open_assignment
from labkit.assignments.results_folder import read_results

ROOT = Path(__file__).parents[1]
WEEK = ROOT / "course" / "week1_the_city_as_a_lab"


def labkit(*words, cwd=None):
    """Run the command as a lecturer would, and return what ended it and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "labkit", "assignment", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "LABKIT_LANGUAGE": "en", "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"},
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    return done


def fine(*words):
    done = labkit(*words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def folder_of(number, student):
    return f"{1000 + number}-2000 - {student} - 24 November, 2026 {1 + number % 9}:{10 + number % 40} PM"


@pytest.fixture(scope="module")
def cycle(tmp_path_factory):
    """Everything up to the grades: source, release, download, collected, results."""
    place = tmp_path_factory.mktemp("cycle")
    source = place / "source"
    source.mkdir()
    for one in sorted(WEEK.iterdir()):
        if one.is_file():
            (source / one.name).write_bytes(one.read_bytes())
    notebook = nbformat.read(source / "exercise.ipynb", as_version=4)
    header = notebook.cells[0]
    # Shorter limits, so that this test is, and a time at which it was due.
    limits = "limits: {seconds: 25, cell_seconds: 2, memory: 2500}"
    late = "due: 2026-11-24T18:00:00+01:00\nlate:\n  - {hours: 24, minus: 10}"
    header.source = header.source.rstrip().removesuffix("---") + f"{limits}\n{late}\n---"
    nbformat.write(notebook, source / "exercise.ipynb")

    fine("lint", source / "exercise.ipynb")
    assignment = open_assignment(source)
    students = place / "roster.csv"
    draft = place / "draft"
    fine("release", source, "--out", draft, "--language", "en")
    (released,) = (draft / assignment.id).glob("exercise*.ipynb")
    made = list(every(Maker(assignment, released)))
    rows = [["student", "name", "group", "language", "OrgDefinedId", "Username"]]
    for number, one in enumerate(made):
        rows.append([one.student, one.student, "", "nl" if number == 4 else "en", f"#{one.student}", one.student])
    rows.append(["s90-absent", "s90-absent", "", "en", "#s90-absent", "s90-absent"])
    with students.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)

    out = place / "release"
    fine("release", source, "--out", out, "--roster", students, "--language", "en", "--solutions", place / "solutions")
    (released,) = (out / assignment.id).glob("exercise*.ipynb")
    made = list(every(Maker(assignment, released)))
    download = place / "Week 1 Download Nov 25, 2026.zip"
    with zipfile.ZipFile(download, "w") as archive:
        archive.writestr("index.html", "<html></html>")
        for number, one in enumerate(made):
            for name, data in one.files.items():
                archive.writestr(f"{folder_of(number, one.student)}/{name}", data)
        first = made[0]  # handed in twice: the first time, the notebook as it came
        archive.writestr(
            f"1000-2000 - {first.student} - 23 November, 2026 1000 AM/{released.name}", released.read_bytes()
        )
    collected = labkit("collect", download, "--out", place / "collected", "--roster", students, "--assignment", source)
    graded = labkit(
        "grade",
        source,
        place / "collected",
        "--out",
        place / "results",
        "--roster",
        students,
        "--released",
        out / assignment.id,
    )
    return {
        "place": place,
        "source": source,
        "assignment": assignment,
        "release": out,
        "made": made,
        "roster": students,
        "collected": collected,
        "graded": graded,
    }


@pytest.fixture(scope="module")
def grades(cycle):
    with (cycle["place"] / "results" / "grades.csv").open(newline="", encoding="utf-8-sig") as file:
        found = {}
        for row in csv.DictReader(file):
            assert list(row) == ["student", "question", "points", "max_points", "matched_by", "note"]
            found[row["student"], row["question"]] = row
    return found


def made_up(cycle, name):
    return next(one for one in cycle["made"] if one.student.startswith(name))


def test_nobody_is_forgotten(cycle, grades):
    wanted = {one.student for one in cycle["made"]} | {"s90-absent"}
    assert {student for student, _ in grades} == wanted
    assert len(wanted) > 30
    assert cycle["graded"].returncode == 1
    assert "s90-absent" in cycle["graded"].stdout


TRAPS = [
    "s01", "s02", "s03", "s04", "s05", "s06", "s07", "s08", "s09", "s10", "s11", "s12", "s13", "s14", "s15", "s16", "s17", "s18",
    "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27", "s28", "s29", "s30", "s31", "s35",
]  # fmt: skip


@pytest.mark.parametrize("name", TRAPS)
def test_each_trap_costs_what_it_should_and_no_more(cycle, grades, name):
    one = made_up(cycle, name)
    wrong = []
    for question in cycle["assignment"].questions:
        if not question.checks:
            continue
        row = grades[one.student, question.id]
        full = float(row["points"] or 0) == float(row["max_points"])
        if full == (question.id in one.loses):
            wrong.append((question.id, row["points"], row["max_points"], row["matched_by"], row["note"]))
    assert wrong == []
    for question, by in one.matched_by.items():
        assert re.fullmatch(by, grades[one.student, question]["matched_by"])
    notes = " ".join(grades[one.student, question.id]["note"] for question in cycle["assignment"].questions)
    assert re.search(one.says, notes, re.IGNORECASE), notes


@pytest.mark.parametrize("name", ["s32", "s33", "s34"])
def test_what_is_no_notebook_is_told_and_is_no_zero(cycle, grades, name):
    one = made_up(cycle, name)
    rows = [row for (student, _), row in grades.items() if student == one.student]
    assert {row["points"] for row in rows} == {""}
    assert all(row["note"] for row in rows)


def test_the_outside_was_not_seen(cycle):
    """The student who looked for the solution found no file with one."""
    results = read_results(cycle["place"] / "results")
    snoop = results[made_up(cycle, "s25").student]
    text = snoop.model_dump_json()
    assert "True" not in re.findall(r"FOUND \d+ (True|False)", text)


def test_the_release_holds_no_solution(cycle):
    (archive,) = cycle["release"].glob("*.zip")
    whole = "".join(
        zipfile.ZipFile(archive).read(name).decode("utf-8", "replace") for name in zipfile.ZipFile(archive).namelist()
    )
    for question in cycle["assignment"].questions:
        for line in question.scheme.splitlines():
            assert len(line) < 25 or line.strip() not in whole
        for check in question.checks:
            hidden = set(check.hidden.splitlines()) - set(check.public.splitlines())
            assert not [line for line in hidden if len(line.strip()) > 12 and line.strip() in whole]


def test_grading_again_repeats_nothing(cycle):
    place = cycle["place"]
    before = (place / "results" / "grades.csv").read_bytes()
    again = labkit(
        "grade",
        cycle["source"],
        place / "collected",
        "--out",
        place / "results",
        "--roster",
        cycle["roster"],
        "--released",
        cycle["release"] / cycle["assignment"].id,
        "--json",
    )
    told = json.loads(again.stdout)
    assert told["graded_now"] == 0
    assert (place / "results" / "grades.csv").read_bytes() == before


def test_marks_feedback_and_export(cycle):
    place, results = cycle["place"], cycle["place"] / "results"
    fine("marks", results, "--source", cycle["source"])
    text = next(one for one in cycle["assignment"].questions if one.kind == "text")
    sheet = results / "marks" / f"{text.id}.csv"
    with sheet.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["student"].startswith("s01"):
            row.update(points=str(text.manual_points), comment="Clear, and honest about the band.")
    written = io.StringIO()
    writer = csv.DictWriter(written, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    sheet.write_text(written.getvalue(), encoding="utf-8")
    fine("feedback", results, "--roster", cycle["roster"])
    page = next((results / "feedback").glob("s01*.html")).read_text(encoding="utf-8")
    assert "Clear, and honest about the band." in page
    others = [one.student for one in cycle["made"] if one.student != "s01-right"]
    assert not [one for one in others if one in page]
    assert '<html lang="nl"' in next((results / "feedback").glob("s05*.html")).read_text(encoding="utf-8")
    hostile = next((results / "feedback").glob("s31*.html")).read_text(encoding="utf-8")
    assert "<script>alert" not in hostile
    assert "<img src=x" not in hostile
    packed = labkit("feedback", results, "--roster", cycle["roster"], "--zip", "brightspace", "--out", place / "back")
    assert packed.returncode in (0, 1)
    (archive,) = (place / "back").glob("*.zip")
    assert any(name.startswith(folder_of(0, "s01-right")) for name in zipfile.ZipFile(archive).namelist())
    exported = labkit(
        "export", results, "--roster", cycle["roster"], "--for", "brightspace", "--item", "Week 1", "--leave-blank"
    )
    assert exported.returncode == 1  # not everybody is marked by hand yet
    head = (results / "grades-brightspace.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert "Week 1 Points Grade" in head


def test_a_changed_check_tells_who_gains(cycle):
    """The check of the first question is made easier; all who failed it gain, nobody loses."""
    place = cycle["place"]
    changed = place / "changed"
    changed.mkdir()
    for one in sorted(cycle["source"].iterdir()):
        (changed / one.name).write_bytes(one.read_bytes())
    notebook = nbformat.read(changed / "exercise.ipynb", as_version=4)
    first = cycle["assignment"].questions[0]
    for check in first.checks:
        cell = notebook.cells[check.cell]
        cell.source = cell.source.splitlines()[0] + "\n" + f"assert {first.answers[0]} is not None or True"
    nbformat.write(notebook, changed / "exercise.ipynb")
    done = labkit(
        "grade",
        changed,
        place / "collected",
        "--out",
        place / "results",
        "--roster",
        cycle["roster"],
        "--released",
        cycle["release"] / cycle["assignment"].id,
        "--compare-only",
        "--only",
        "s29-text-for-number",
        "--only",
        "s02-untouched",
        "--json",
    )
    told = json.loads(done.stdout)
    assert all(one["change"] >= 0 for one in told["changes"])
