"""What a student can know before handing in: in the notebook, and from the command line."""

import json
import shutil
import subprocess
import sys
import types

import nbformat
import pytest
from made_up_assignment import write_assignment
from typer.testing import CliRunner

import labkit as lk
from labkit.assignments import companion
from labkit.assignments.own_check import check_notebook, files_beside
from labkit.assignments.own_notebook import read_own
from labkit.assignments.release.release import release
from labkit.assignments.selfcheck import report
from labkit.cli.app import app
from labkit.errors import LabkitError, UnknownNameError

RIGHT = {
    "residents": (
        'figures = leiden.figures("population", level="district", year=2025, area=district)\n'
        'residents = int(figures["value"].iloc[0])'
    ),
    "share": "def share(part, whole):\n    return 100 * part / whole if whole else None",
    "table": (
        'cars = leiden.figures("cars", level="district", year=2025, area="Leiden")\n'
        'people = leiden.figures("population", level="district", year=2025, area="Leiden")\n'
        'table = cars[["area", "name"]].assign(cars_per_1000=1000 * cars["value"] / people["value"])\n'
        'most = table.sort_values("cars_per_1000")["name"].iloc[-1]'
    ),
    "why": "Because households are larger there.",
}


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release")
    return release(write_assignment(folder / "source"), folder / "out").folder


@pytest.fixture
def mine(released, tmp_path, monkeypatch):
    """Return a copy of the release, as a student has it."""
    monkeypatch.delenv("LABKIT_DISTRICT", raising=False)
    return shutil.copytree(released, tmp_path / "cars")


def answer(folder, answers, change=lambda notebook: None, name="exercise_en.ipynb"):
    """Fill in answers, and return the notebook."""
    file = folder / name
    notebook = nbformat.read(file, 4)
    for cell in notebook.cells:
        question = cell.id.removesuffix("-answer")
        if question in answers:
            cell.source = f"{cell.source.splitlines()[0]}\n{answers[question]}"
    change(notebook)
    nbformat.write(notebook, file)
    return file


def settings(folder):
    return companion.read_companion(folder)


def status(found):
    return {line.id: line.status for line in found.lines}


# --- in the notebook ---------------------------------------------------------------------------------------------


def test_an_untouched_notebook_is_not_answered_yet(mine):
    found = report(settings(mine), {})
    assert status(found) == {"residents": "unanswered", "share": "unanswered", "table": "unanswered", "why": "later"}
    assert not found.passed
    assert "not answered yet" in str(found)


def test_a_function_that_does_nothing_is_not_answered_yet(mine):
    space = {}
    exec('def share(part, whole):\n    """Return the share."""\n    # your answer here\n    ...', space)
    assert status(report(settings(mine), space, ("share",))) == {"share": "unanswered"}


def test_right_answers_pass_and_hidden_checks_remain(mine):
    space = {"residents": 12, "share": lambda part, whole: 100 * part / whole if whole else None}
    found = report(settings(mine), space, ("residents", "share"))
    assert found.passed
    assert "Hidden checks remain for residents, share: they run after you hand in." in str(found)
    assert "A person marks why (3 points)." in str(report(settings(mine), space))


def test_a_wrong_answer_says_what_and_nothing_of_the_hidden_check(mine):
    found = report(settings(mine), {"residents": -5}, ("residents",))
    text = str(found) + found._repr_html_()
    assert "the number of people who live in one district" in text
    assert "reference" not in text
    assert list(found.table.columns) == ["question", "title", "status", "checks", "message"]


def test_it_speaks_the_language_of_the_notebook(mine):
    lk.use_language("nl")
    found = report(settings(mine), {})
    assert "bij 0 van de 3 vragen slagen de controles die je ziet" in str(found)
    assert "lang='nl'" in found._repr_html_()
    text = (mine / "assignment.json").read_text(encoding="utf-8").replace('"nl",\n  "en"', '"en"')
    assert '"en"' in text
    assert "not answered yet" in str(report(companion.loads(text), {}))


def test_what_is_shown_is_a_table_that_can_be_read_aloud(mine):
    html = report(settings(mine), {"residents": "<b>12</b>"})._repr_html_()
    assert html.count("<th scope='col'>") == 3
    assert html.count("<th scope='row'>") == 4
    assert "<caption>" in html
    assert "<b>" not in html
    assert "aria-hidden" in html


def test_it_looks_at_the_names_of_the_notebook_that_asks(mine, monkeypatch):
    monkeypatch.chdir(mine)
    space = {"lk": lk, "residents": 12}
    exec("found = lk.check('residents')", space)
    assert space["found"].passed
    with pytest.raises(UnknownNameError, match=r'no question "resident"\. Did you mean residents\?'):
        exec("lk.check('resident')", space)
    with pytest.raises(UnknownNameError, match="It has residents, share, table, why"):
        exec("lk.check('xyz')", space)
    monkeypatch.chdir(mine.parent)
    with pytest.raises(LabkitError, match="unpack the assignment again"):
        exec("lk.check()", space)


def test_a_check_changes_nothing_in_the_notebook():
    one = {"id": "q1.1", "points": 1, "public": "numbers.append(4)\nassert len(numbers) == 4"}
    week = companion.Companion(assignment="w", questions=[{"id": "q1", "answers": ["numbers"], "checks": [one]}])
    space = {"numbers": [1, 2, 3]}
    assert report(week, space).passed
    assert space == {"numbers": [1, 2, 3]}


def test_a_report_travels_as_data(mine):
    found = report(settings(mine), {"residents": -5})
    data = json.loads(json.dumps(found.as_data()))
    assert type(found).from_data(data) == found
    assert data["passed"] is False


# --- what a notebook holds ---------------------------------------------------------------------------------------


def test_without_running_it_tells_what_is_open(mine):
    file = answer(mine, {name: RIGHT[name] for name in ("residents", "why")})
    found = check_notebook(file, run=False)
    assert status(found.report) == {"residents": "later", "share": "unanswered", "table": "unanswered", "why": "later"}
    assert "was not run" in str(found)


def test_lost_and_double_cells_are_told(mine):
    def change(notebook):
        cells = notebook.cells
        copy = next(cell for cell in cells if cell.id == "share-answer").copy()
        copy["id"] = "another"
        cells.append(nbformat.from_dict(copy))
        cells[:] = [cell for cell in cells if cell.id != "table-answer"]
        code = next(cell for cell in cells if cell.id == "code-1")
        code.source = code.source.replace("my_district()", 'my_district("")')

    found = check_notebook(answer(mine, RIGHT, change), run=False)
    text = "\n".join(found.findings)
    assert "table: its cell is not in the notebook any more" in text
    assert "share is answered in more than one cell: 8, 17" in text
    assert "Fill in who you are" in text
    assert not found.passed


def test_answers_are_found_without_metadata(mine):
    def change(notebook):
        for number, cell in enumerate(notebook.cells):
            cell.metadata = {}
            cell["id"] = f"new-{number}"

    own = read_own(answer(mine, RIGHT, change), settings(mine))
    assert {name: (len(place.cells), place.answered) for name, place in own.places.items()} == dict.fromkeys(
        ("residents", "share", "table", "why"), (1, True)
    )


def test_a_heavy_notebook_is_told(mine):
    def change(notebook):
        notebook.cells[2].outputs = [nbformat.v4.new_output("stream", text="x" * 11_000_000)]

    assert "clear the outputs" in check_notebook(answer(mine, RIGHT, change), run=False).findings[0]


def test_a_run_gets_the_data_and_nothing_that_is_hidden(mine):
    (mine / ".ssh").mkdir()
    (mine / ".ssh" / "key").write_text("secret")
    assert sorted(files_beside(mine / "exercise_en.ipynb")) == ["assignment.json", "data/notes.csv"]


# --- run ---------------------------------------------------------------------------------------------------------


def test_the_command_runs_it_and_tells_what_passes(mine):
    file = answer(mine, RIGHT)
    result = CliRunner().invoke(app, ["assignment", "check", str(file), "--who", "s1234567"])
    assert result.exit_code == 0, result.output
    assert "3 of 3 questions pass the checks that you see" in result.output
    assert "Hidden checks remain for residents, share, table" in result.output


def test_the_command_tells_what_stops_and_goes_on_after_it(mine):
    """An answer that ends the process costs only what needs it; a stop is told with its cell."""
    wrong = {
        "residents": 'residents = "14085"',
        "share": "import os\nos._exit(0)",
        "table": RIGHT["table"] + "\nnowhere",
    }
    file = answer(mine, wrong, name="exercise_nl.ipynb")
    result = CliRunner().invoke(app, ["assignment", "check", str(file), "--who", "s1234567", "--json"])
    assert result.exit_code == 1
    found = json.loads(result.output)
    assert {one["id"]: one["status"] for one in found["questions"]} == {
        "residents": "failed",
        "share": "unanswered",
        "table": "passed",
        "why": "unanswered",
    }
    assert len(found["findings"]) == 2
    assert found["findings"][0].startswith("Cel 8 stopt: Het proces")
    assert "NameError" in found["findings"][1]


def test_it_says_who_must_be_told(mine):
    file = answer(mine, RIGHT)
    with pytest.raises(LabkitError, match="--who"):
        check_notebook(file)
    result = CliRunner().invoke(app, ["assignment", "check", str(file), "--no-run", "--language", "nl"])
    assert result.exit_code == 0
    assert "niet uitgevoerd" in result.output


def test_wrong_use_ends_with_2(mine):
    (mine / "assignment.json").unlink()
    run = [sys.executable, "-m", "labkit", "assignment", "check", str(mine / "exercise_en.ipynb")]
    result = subprocess.run(run, check=False, capture_output=True, text=True, encoding="utf-8")
    assert result.returncode == 2
    assert "assignment.json" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_names_are_there():
    assert isinstance(lk.expect, types.ModuleType)
    assert {"check", "expect", "my_district"} <= set(dir(lk))
