"""A class is graded: nothing is lost or done twice, whatever stops it, and who gains or loses is told before."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest
from made_up_assignment import write_assignment
from made_up_handins import Maker
from typer.testing import CliRunner

import labkit
from labkit.assignments import notebook as notebooks
from labkit.assignments.assignment import open_assignment
from labkit.assignments.batch import grade
from labkit.assignments.changes import finish_replacing
from labkit.assignments.gradebook import Gradebook, file_name
from labkit.assignments.marking import write_marks
from labkit.assignments.release.notebooks import released
from labkit.assignments.results import QuestionResult, Result
from labkit.assignments.results_folder import read_results
from labkit.cli.app import app
from labkit.errors import LabkitError, UnknownNameError

#: Without a city: what is tested here is what happens around a hand-in.
HEADER = "---\nassignment: sums\nlanguages: [en, nl]\nlimits: {seconds: 30, cell_seconds: 3, memory: 1500}\n---"
CELLS = [
    ("raw", HEADER),
    ("markdown", "## A sum"),
    ("code", "# question: total, 2 points\n# BEGIN SOLUTION\ntotal = 3 + 4\n# END SOLUTION"),
    (
        "code",
        "# check: total\nassert total > 0\n# BEGIN HIDDEN TESTS\nassert total == reference.total\n# END HIDDEN TESTS",
    ),
    ("markdown", "## A product"),
    ("code", "# question: product, 1 point\n# BEGIN SOLUTION\nproduct = 3 * 4\n# END SOLUTION"),
    ("code", "# check: product\nassert product == 12"),
    ("markdown", "## Why"),
    ("markdown", "<!-- language: nl -->\n## Waarom"),
    ("markdown", "<!-- question: why, 3 points -->\n<!-- BEGIN SOLUTION -->\nSo.\n<!-- END SOLUTION -->"),
]
FULL = {"total": "2", "product": "1", "why": ""}
COMMAND = [sys.executable, "-m", "labkit", "assignment", "grade"]


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return write_assignment(tmp_path_factory.mktemp("source"), cells=CELLS)


@pytest.fixture(scope="module")
def maker(source, tmp_path_factory):
    file = tmp_path_factory.mktemp("released") / "exercise_en.ipynb"
    file.write_text(notebooks.dumps(released(open_assignment(source), "en")), encoding="utf-8")
    return Maker(open_assignment(source), file)


@pytest.fixture(scope="module")
def handins(maker, tmp_path_factory):
    """Five hand-ins in a flat folder, one of them not to be read."""
    folder = tmp_path_factory.mktemp("handins")
    untouched = maker.untouched()
    for name, made in {
        "s1": maker.solved(),
        "s2": maker.instead("total = 1", "total"),
        "Zoë (2)": maker.solved(),
        "s4": untouched,
    }.items():
        (folder / f"{name}.ipynb").write_text(nbformat.writes(made), encoding="utf-8")
    (folder / "s5.ipynb").write_text("{", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graded(source, handins, tmp_path_factory):
    out = tmp_path_factory.mktemp("graded") / "out"
    return grade(source, handins, out, workers=2)


def rows(out):
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def points(out):
    found = {}
    for row in rows(out):
        found.setdefault(row["student"], {})[row["question"]] = row["points"]
    return found


def edited(source, folder, old, new):
    """Return a copy of the source with other text in its cells."""
    read = notebooks.read(source)
    for cell in read.cells:
        cell.source = cell.source.replace(old, new)
    return write_assignment(folder, cells=[(one.cell_type, one.source) for one in read.cells])


def test_grades_csv_has_a_line_a_student_and_question(graded):
    assert list(rows(graded.folder)[0]) == ["student", "question", "points", "max_points", "matched_by", "note"]
    assert points(graded.folder) == {
        "s1": FULL,
        "Zoë (2)": FULL,
        "s2": FULL | {"total": "0"},
        "s4": dict.fromkeys(FULL, "0"),
        "s5": dict.fromkeys(FULL, ""),
    }
    assert all(row["note"] for row in rows(graded.folder) if row["points"] in ("", "0"))
    assert [one.kind for one in graded.findings] == ["unreadable"]
    assert (graded.graded, graded.kept) == (5, 0)


def test_results_show_themselves_in_a_notebook(graded):
    assert list(graded.table.columns) == ["student", "question", "points", "max_points", "matched_by", "note"]
    assert graded.table["points"].isna().sum() == 3 + 3
    by_question = graded.by_question.set_index("question")
    assert by_question.loc["total", "mean"] == 1
    assert by_question.loc["why", "waiting"] == 3
    assert "total" in graded._repr_html_()
    assert graded.of("s1").points == 3
    with pytest.raises(UnknownNameError, match="s1"):
        graded.of("s1x")


def test_what_is_public_stands_beside_the_results_for_who_marks(graded, tmp_path):
    folder = shutil.copytree(graded.folder, tmp_path / "out")
    for language, title in (("en", "Why"), ("nl", "Waarom")):
        (written,) = write_marks(folder, read_results(folder), language=language)
        assert f"why: {title}<" in written.page.read_text(encoding="utf-8")


def test_a_second_run_grades_nothing_again(graded, source, handins):
    before = {one.name: one.stat().st_mtime_ns for one in graded.folder.joinpath("results").iterdir()}
    again = grade(source, handins, graded.folder)
    assert (again.graded, again.kept, again.changes) == (0, 5, None)
    assert {one.name: one.stat().st_mtime_ns for one in graded.folder.joinpath("results").iterdir()} == before
    with pytest.raises(UnknownNameError, match="s4"):
        grade(source, handins, graded.folder, only=["s44"])


@pytest.mark.skipif(os.name != "posix", reason="it is killed with a signal that only POSIX has")
def test_a_run_that_is_killed_goes_on_and_repeats_nothing(source, maker, tmp_path):
    folder, out = tmp_path / "handins", tmp_path / "out"
    folder.mkdir()
    for number in range(8):
        made = maker.put(maker.solved(), "import time\ntime.sleep(0.2)", "product")
        (folder / f"s{number}.ipynb").write_text(nbformat.writes(made), encoding="utf-8")
    with subprocess.Popen([*COMMAND, source, folder, "--out", out, "--workers", "1"]) as run:
        until(lambda: len(list(out.glob("results/*.json"))) >= 3, 60)
        run.send_signal(signal.SIGKILL)
    done = {one.name: one.stat().st_mtime_ns for one in out.glob("results/*.json")}
    assert 3 <= len(done) < 8
    assert not (out / "grades.csv").exists()
    again = subprocess.run(
        [*COMMAND, source, folder, "--out", out, "--json"],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    told = json.loads(again.stdout)
    assert (told["kept"], told["graded_now"]) == (len(done), 8 - len(done))
    after = {one.name: one.stat().st_mtime_ns for one in out.glob("results/*.json")}
    assert {name: after[name] for name in done} == done
    assert points(out) == {f"s{number}": FULL for number in range(8)}
    assert not list(out.glob("**/*.part"))


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C of a process alone is a POSIX matter")
def test_ctrl_c_stops_and_says_how_to_go_on(source, maker, tmp_path):
    folder, out = tmp_path / "handins", tmp_path / "out"
    folder.mkdir()
    for number in range(4):
        made = maker.put(maker.solved(), "import time\ntime.sleep(1)", "product")
        (folder / f"s{number}.ipynb").write_text(nbformat.writes(made), encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, source, folder, "--out", out, "--workers", "1"], stderr=subprocess.PIPE, text=True
    ) as run:
        until(lambda: list(out.glob("results/*.json")), 60)
        run.send_signal(signal.SIGINT)
        told = run.communicate(timeout=30)[1]
    assert run.returncode == 130
    assert "of 4 hand-ins are graded and kept" in told
    assert "Traceback" not in told


def until(holds, seconds):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def test_a_changed_check_tells_who_gains_and_who_loses_before_it_replaces(graded, source, handins, tmp_path):
    out = tmp_path / "out"
    grade(source, handins, out, workers=0, only=["s1", "s2"])
    (out / "marks").mkdir()
    (out / "marks" / "why.csv").write_text("student,points,comment\ns1,2.5,Good\n", encoding="utf-8")
    changed = edited(
        source,
        tmp_path / "new",
        "assert total == reference.total",
        "assert total == 1",
    )
    with pytest.raises(LabkitError, match=r"total\.1"):
        grade(changed, handins, out, workers=0, only=["s1", "s2"])  # the solution does not pass it
    assert points(out)["s1"]["total"] == "2"
    changed = edited(source, tmp_path / "milder", "assert total == reference.total", "assert reference")
    told = grade(changed, handins, out, workers=0, only=["s1", "s2"], compare_only=True)
    assert [(one.student, one.question, one.before, one.after) for one in told.changes.changes] == [
        ("s2", "total", 0, 2)
    ]
    assert points(out)["s2"]["total"] == "0"
    assert not (out / "earlier").exists()
    done = grade(changed, handins, out, workers=0, only=["s1", "s2"])
    assert done.graded == 0  # what waited was taken, not graded again
    assert done.changes.lines[0] == "Graded again: of 2 results, 1 gain points and 0 lose points."
    assert points(out)["s2"]["total"] == "2"
    assert points(out)["s1"]["why"] == "2.5"
    assert done.of("s1").questions[2].comments == ["Good"]
    (earlier,) = (out / "earlier").iterdir()
    assert points(earlier)["s2"]["total"] == "0"
    back = grade(source, handins, out, workers=0, only=["s1", "s2"])
    assert back.changes.changes[0].change == -2
    assert points(out)["s1"]["why"] == "2.5"


def test_a_replacing_that_was_cut_short_is_finished(tmp_path):
    book = Gradebook(tmp_path)
    book.make()
    for student, key in (("a", "1"), ("b", "1"), ("a", "2"), ("b", "2")):
        book.write(Result(assignment="w", student=student, key=key))
    assert book.has("a", "2")
    assert book.has("a", "1")  # it was changed back: what waited is let go
    assert book.waiting("a") is None
    (tmp_path / ".replacing").write_text("")
    finish_replacing(book)
    assert (book.read("a").key, book.read("b").key) == ("1", "2")
    assert not book.pending.exists()


def test_what_nobody_marked_is_not_zero_and_what_is_empty_is(tmp_path):
    book = Gradebook(tmp_path)
    book.make()
    asked = QuestionResult(id="why", kind="text", max_points=3, manual_max=3)
    for student, answer in (("a", "Because."), ("b", "")):
        question = asked.model_copy(update={"answer": answer, "manual_points": None if answer else 0.0})
        book.write(Result(assignment="w", student=student, key="1", questions=[question]))
    (tmp_path / "marks").mkdir()
    (tmp_path / "marks" / "why.csv").write_text("student,points\na,\nb,\n", encoding="utf-8")
    marked = {one.student: one.questions[0] for one in book.take_marks(book.all())}
    assert marked["a"].waits
    assert not marked["b"].waits
    (tmp_path / "marks" / "why.csv").write_text("student,points\na,2\nb,1\n", encoding="utf-8")
    marked = {one.student: one.questions[0].points for one in book.take_marks(book.all())}
    assert marked == {"a": 2, "b": 1}


def test_names_of_files_are_safe_and_apart():
    odd = [
        "s1",
        "S1",
        "CON",
        "con",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "Zoë",
        "Zoe",
        "",
        " ",
        "x" * 300,
        "a.",
        ".a",
        "é" * 99,
    ]
    names = [file_name(one) for one in odd]
    assert len({one.lower() for one in names}) == len(odd)
    assert all(one and len(one) < 60 and not set('<>:"/\\|?*') & set(one) and one[0] not in ".-" for one in names)
    assert all(one.lower() not in ("con", "nul", "aux") and not one.endswith((".", " ")) for one in names)


def test_a_formula_in_a_name_does_not_reach_a_spreadsheet(tmp_path):
    book = Gradebook(tmp_path)
    book.make()
    result = Result(assignment="w", student="=cmd|' /C calc'!A0", questions=[QuestionResult(id="q", notes=["@x"])])
    book.write_grades([result])
    (row,) = rows(tmp_path)
    assert row["student"].startswith("'=")
    assert row["note"].startswith("'@")


def test_the_roster_gives_groups_languages_and_who_is_missing(source, maker, tmp_path):
    folder, out = tmp_path / "handins", tmp_path / "out"
    folder.mkdir()
    (folder / "s1.ipynb").write_text(nbformat.writes(maker.untouched()), encoding="utf-8")
    (folder / "s9.ipynb").write_text(nbformat.writes(maker.untouched()), encoding="utf-8")
    roster = tmp_path / "roster.csv"
    roster.write_text("student,group,language\ns1,blue,nl\ns2,blue,nl\ns3,,en\n", encoding="utf-8")
    made = grade(source, folder, out, workers=0, roster=roster)
    assert [one.student for one in made.results] == ["s1", "s2", "s9"]
    assert made.results[1].questions[0].notes[0].startswith("Er is niets")
    assert [one.group for one in made.results] == ["blue", "blue", ""]
    assert {one.kind: one.student for one in made.findings} == {"no hand-in": "s3", "unknown": "s9"}
    missing = [row for row in rows(out) if row["student"] == "s3"]
    assert [(row["points"], row["note"]) for row in missing] == [("", "No hand-in.")] * 3
    told = (out / "summary.md").read_text(encoding="utf-8")
    assert "s3" in told


def test_a_worker_that_dies_is_replaced_and_its_hand_in_told(source, handins, tmp_path, monkeypatch):
    kill = "import os, labkit.assignments.grading as g\nold = g.Grader.grade\n"
    kill += "g.Grader.grade = lambda self, paper: os._exit(9) if paper.student == 's2' else old(self, paper)\n"
    (tmp_path / "sitecustomize.py").write_text(
        f"import sys\nif 'labkit.assignments.worker' in sys.orig_argv:\n    exec({kill!r})\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    made = grade(source, handins, tmp_path / "out", workers=1)
    assert ("fault", "s2") in [(one.kind, one.student) for one in made.findings]
    assert [one.student for one in made.results] == ["Zoë (2)", "s1", "s4", "s5"]
    monkeypatch.delenv("PYTHONPATH")
    again = grade(source, handins, tmp_path / "out", workers=0)
    assert (again.graded, again.kept) == (1, 4)


def test_two_runs_do_not_write_into_one_folder(source, handins, tmp_path):
    with Gradebook(tmp_path / "out").locked(), pytest.raises(LabkitError, match="Another run"):
        grade(source, handins, tmp_path / "out")


def run(*words):
    return CliRunner().invoke(app, ["assignment", "grade", *map(str, words)])


def test_the_command_tells_each_case_and_ends_with_the_class(graded, source, handins, tmp_path):
    told = run(source, handins, "--out", graded.folder)
    assert told.exit_code == 1, told.output
    assert "UNREADABLE  s5" in told.output
    assert "0 hand-ins graded now, 5 kept" in told.output
    assert "total" in told.output
    told = run(source, handins, "--out", graded.folder, "--json", "--language", "nl")
    data = json.loads(told.stdout)
    assert data["students"] == 5
    assert data["findings"][0]["kind"] == "unreadable"


def test_wrong_use_is_told(source, handins, tmp_path):
    (tmp_path / "empty").mkdir()
    for words in (
        (source, tmp_path / "empty", "--out", tmp_path / "out"),
        (tmp_path, handins, "--out", tmp_path / "o"),
    ):
        told = subprocess.run([*COMMAND, *words], check=False, capture_output=True, text=True, encoding="utf-8")
        assert told.returncode == 2
        assert told.stderr.startswith("labkit: ")
        assert "Traceback" not in told.stderr


def test_a_dask_cluster_does_the_same_job(graded, source, handins, tmp_path, in_ci):
    try:
        import distributed
    except ImportError:
        if in_ci:
            raise
        pytest.skip("Dask is not installed: uv sync --group grading")
    script = tmp_path / "cluster.py"
    script.write_text(
        "import sys, distributed\n"
        "if __name__ == '__main__':\n"
        "    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:\n"
        "        print(cluster.scheduler_address, flush=True)\n"
        "        sys.stdin.read()\n"
    )
    assert distributed.__version__
    with subprocess.Popen(
        [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tmp_path
    ) as cluster:
        address = cluster.stdout.readline().strip()
        code = (
            "import sys\nfrom labkit.assignments.batch import grade\n"
            "made = grade(*sys.argv[1:4], dask=sys.argv[4])\nprint(made.graded)"
        )
        made = subprocess.run(
            [sys.executable, "-c", code, source, handins, tmp_path / "out", address],
            check=False,
            capture_output=True,
            text=True,
        )
        cluster.communicate("")
    assert made.stdout.strip() == "5", made.stderr
    assert points(tmp_path / "out") == points(graded.folder)


def test_nothing_of_another_version_is_kept(graded, source, handins, tmp_path, monkeypatch):
    monkeypatch.setattr("labkit.assignments.paper.__version__", f"{labkit.__version__}.1")
    again = grade(source, handins, graded.folder, only=["s4"], compare_only=True, workers=0)
    assert again.graded == 1


def test_districts_that_were_dealt_otherwise_are_suspected(tmp_path):
    cells = [
        ("raw", "---\nassignment: own\ncity: leiden\nvariants: district\n---"),
        (
            "code",
            "# question: code, 1 point\n# BEGIN SOLUTION\nimport labkit as lk\ncode = lk.my_district().code\n# END SOLUTION",
        ),
        ("code", "# check: code\nassert code\n# BEGIN HIDDEN TESTS\nassert code == reference.code\n# END HIDDEN TESTS"),
    ]
    source = write_assignment(tmp_path / "source", cells=cells)
    folder = tmp_path / "handins"
    folder.mkdir()
    for number in range(6):
        notebook = released(open_assignment(source), "en")
        answer = next(one for one in notebook.cells if one["id"] == "code-answer")
        answer.source = "code = 'WK054600'"
        (folder / f"s{number}.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    made = grade(source, folder, tmp_path / "out", workers=0)
    right = sum(one.area == "WK054600" for one in made.results)
    assert right < 3
    assert sum(one.points for one in made.results) == right
    assert any("--released" in note for note in made.notes)
