"""One hand-in is graded: what was answered counts, whatever else went wrong, and every loss is explained."""

import nbformat
import pytest
from made_up_assignment import CELLS, HEADER, NOTES, write_assignment
from made_up_handins import LIAR, Maker

from labkit.assignments import notebook as notebooks
from labkit.assignments.assignment import open_assignment
from labkit.assignments.companion import NAME as COMPANION
from labkit.assignments.gradebook import grades_text
from labkit.assignments.grading import Grader, for_members
from labkit.assignments.paper import Order, Paper, key_of
from labkit.assignments.release.notebooks import released
from labkit.assignments.release.public import companion
from labkit.errors import LabkitError

DISTRICT = "WK054608"
LIMITS = "limits: {seconds: 30, cell_seconds: 1.5, memory: 1500}\n---"


def order_of(folder, cells):
    file = write_assignment(folder, cells=cells)
    assignment = open_assignment(file)
    public = companion(assignment, assignment.header.languages).as_json().encode()
    return assignment, Order(file.name, file.read_bytes(), {"data/notes.csv": NOTES.encode(), COMPANION: public})


def with_header(**replaced):
    header = HEADER.removesuffix("---") + LIMITS
    for old, new in replaced.items():
        header = header.replace(old, new)
    return [("raw", header), *CELLS[1:]]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return order_of(tmp_path_factory.mktemp("source"), with_header())


@pytest.fixture(scope="module")
def grader(made):
    with Grader(made[1]) as grader:
        yield grader


@pytest.fixture(scope="module")
def maker(made, tmp_path_factory):
    file = tmp_path_factory.mktemp("released") / "exercise_en.ipynb"
    file.write_text(notebooks.dumps(released(made[0], "en")), encoding="utf-8")
    return Maker(made[0], file)


@pytest.fixture(scope="module")
def graded(grader):
    def grade(notebook, language="en", files=None, student="s1"):
        data = notebook if isinstance(notebook, bytes) else nbformat.writes(notebook).encode()
        paper = Paper(student, (student,), data, files or {}, language=language, area=DISTRICT, file="s1.ipynb")
        return grader.grade(paper)

    return grade


def points(result):
    return {one.id: one.points for one in result.questions}


def question(result, name):
    return next(one for one in result.questions if one.id == name)


FULL = {"residents": 2, "share": 3, "table": 2, "why": 0}


def test_the_solution_gets_all_that_checks_give_and_the_text_waits_for_a_person(grader, graded, maker):
    grader.prove(DISTRICT)
    result = graded(maker.solved())
    assert points(result) == FULL
    assert [one.waits for one in result.questions] == [False, False, False, True]
    assert all(not one.notes for one in result.questions)
    assert result.notes == []
    assert question(result, "residents").values["residents"] > 5000
    assert result.protection


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_untouched_copy_gets_nothing_and_hears_why(graded, made, language):
    result = graded(released(made[0], language), language)
    assert result.points == 0
    assert [one.waits for one in result.questions] == [False] * 4
    assert [one.manual_points for one in result.questions] == [None, None, None, 0.0]
    start = {"nl": "Er is niets ingevuld", "en": "Nothing was filled in"}[language]
    assert all(one.notes[0].startswith(start) for one in result.questions)
    assert {check.kind for one in result.questions for check in one.checks} == {"unanswered"}


def test_stubs_that_would_pass_a_careless_check_get_nothing(tmp_path):
    cells = [("raw", "---\nassignment: careless\n---")]
    for number, (stub, check) in enumerate([("x = 1", "assert True"), ("def f(): return 3", "assert callable(f)")]):
        cells.append(
            ("code", f"# question: q{number}, 1 point\n{stub}\n# BEGIN SOLUTION\ny{number} = 2\n# END SOLUTION")
        )
        cells.append(("code", f"# check: q{number}\n{check}"))
    assignment, order = order_of(tmp_path, cells)
    with Grader(order) as grader:
        data = notebooks.dumps(released(assignment, "en")).encode()
        assert grader.grade(Paper("s1", ("s1",), data)).points == 0


@pytest.mark.parametrize(
    ("code", "sign"),
    [
        ("import os\nos._exit(3)", "died"),
        ("while True:\n    pass", "time"),
        ("while True:\n    try:\n        while True: pass\n    except BaseException: pass", "time"),
        ("raise SystemExit(2)", "error"),
        ("result = (1, 2", "error"),
    ],
)
def test_a_cell_that_ends_all_costs_only_its_own_question(graded, maker, code, sign):
    result = graded(maker.instead(code, "residents"))
    assert points(result) == FULL | {"residents": 0}
    assert sign in question(result, "residents").signs
    assert any("Cell 5" in note for note in question(result, "residents").notes)


def test_a_stray_cell_that_ends_all_costs_nothing_and_is_told(graded, maker):
    result = graded(maker.put(maker.solved(), "import os\nos._exit(1)", "share"))
    assert points(result) == FULL
    assert any("ended the whole process" in note for note in result.notes)
    assert "died" in result.signs


def test_an_error_before_an_answer_costs_others_nothing(graded, maker):
    notebook = maker.put(maker.solved(), "1 / 0", "residents")
    result = graded(maker.put(notebook, "import seaborn_that_nobody_has", "table"))
    assert points(result) == FULL
    assert any("ZeroDivisionError" in note for note in result.notes)


def test_warnings_and_noise_cost_nothing(graded, maker):
    noise = "import sys, warnings\nwarnings.warn('old')\nprint('x' * 300_000, file=sys.stderr)\nprint('y' * 300_000)\n"
    notebook = maker.solved()
    for name in maker.code:
        maker.cell(notebook, name).source = noise + maker.cell(notebook, name).source
    assert points(graded(notebook)) == FULL


def test_what_is_overwritten_afterwards_was_right_at_its_place(graded, maker):
    notebook = maker.solved()
    notebook.cells.append(nbformat.v4.new_code_cell("residents = 'gone'\ntable = most = None\ndel share"))
    assert points(graded(notebook)) == FULL


def test_a_name_that_comes_later_counts_and_is_told(graded, maker):
    notebook = maker.solved()
    answer = maker.cell(notebook, "residents").source
    maker.cell(notebook, "residents").source = "half = 1  # see the last cell"
    notebook.cells.append(nbformat.v4.new_code_cell(answer))
    result = graded(notebook)
    assert points(result) == FULL
    assert {"later"} <= set(question(result, "residents").signs)


def test_a_renamed_answer_is_not_guessed_but_told(graded, maker):
    result = graded(maker.instead("inwoners = 13900", "residents"))
    assert points(result) == FULL | {"residents": 0}
    assert any("inwoners" in note and "residents" in note for note in question(result, "residents").notes)
    assert "renamed" in question(result, "residents").signs


def test_partial_credit_is_by_check(graded, maker):
    wrong = "def share(part, whole):\n    return 25 if whole == 4 else None"
    result = graded(maker.instead(wrong, "share"))
    assert [one.passed for one in question(result, "share").checks] == [True, True, False]
    assert question(result, "share").points == 2


def test_a_hidden_check_never_tells_what_it_wants(graded, grader, maker):
    result = graded(maker.instead("residents = 11", "residents"))
    (check,) = question(result, "residents").checks
    assert not check.passed
    assert check.hidden
    wanted = str(grader.reference(DISTRICT).names["residents.1"]["residents"])
    told = grades_text([result]) + check.message + " ".join(question(result, "residents").notes)
    assert wanted not in told
    assert "reference" not in told


def test_objects_that_lie_gain_nothing(graded, maker):
    liars = LIAR + "\n".join(f"{name} = Always()" for name in ("residents", "share", "table", "most"))
    notebook = maker.put(maker.solved(), liars, "residents")
    for name in maker.code:
        maker.cell(notebook, name).source = liars
    result = graded(notebook)
    assert result.points == 0


def test_changing_the_checks_and_labkit_itself_gains_nothing(graded, maker):
    notebook = maker.instead(
        "import labkit as lk, builtins\nlk.expect = None\nbuiltins.abs = lambda x: 0\nresidents = most = table = 5",
        "residents",
    )
    for place in maker.checks(notebook, "residents"):
        notebook.cells[place].source = "residents = 13_900_000\nassert True"
    result = graded(notebook)
    assert points(result)["residents"] == 0
    assert any("check in cell" in note for note in question(result, "residents").notes)


def test_files_beside_the_notebook_are_there_and_ours_are_ours(graded, maker):
    code = (
        "own = open('mine.csv').read()\nours = open('data/notes.csv').read()\n"
        "residents = len(own) if 'Sunday' in ours else -1"
    )
    files = {"mine.csv": b"1234567", "data/notes.csv": b"theirs"}
    result = graded(maker.instead(code, "residents"), files=files)
    assert question(result, "residents").values == {"residents": 7}


def test_the_district_of_somebody_else_is_noted(graded, maker):
    notebook = maker.solved()
    setup = next(one for one in notebook.cells if one.cell_type == "code")
    setup.source = setup.source.replace("my_district()", 'my_district("s2")')
    result = graded(notebook)
    assert points(result) == FULL
    assert any('"s2"' in note for note in result.notes)
    assert graded(notebook, student="S2").notes == []


def test_what_cannot_be_read_is_no_zero(graded):
    for data in (b"", b"{", b"\xff\xfe\x00", b'{"cells": 3}', b"[" * 100_000):
        result = graded(data, "nl")
        assert result.status == "unreadable"
        assert result.notes[0].startswith("Er is niets nagekeken")
        lines = grades_text([result]).splitlines()[1:]
        assert [line.split(",")[2] for line in lines] == [""] * 4


def test_each_member_of_a_group_gets_the_result(graded, maker):
    result = graded(maker.solved())
    assert [one.student for one in for_members(result, ["a", "b"])] == ["a", "b"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("assert residents == reference.residents", "assert residents == 1", "residents.1"),
        ("return 100 * part / whole", "return part / 0", "share.2"),
        ("residents = int(", "residents = nothing(", "NameError"),
    ],
)
def test_a_solution_that_fails_its_own_checks_is_refused(tmp_path, old, new, said):
    cells = [(kind, source.replace(old, new)) for kind, source in with_header()]
    _, order = order_of(tmp_path, cells)
    with Grader(order) as grader, pytest.raises(LabkitError, match=said) as caught:
        grader.prove(DISTRICT)
    assert DISTRICT in str(caught.value)
    assert "cell" in str(caught.value)


def test_a_key_changes_with_all_that_decides(made):
    _, order = made
    paper = Paper("s1", ("s1",), b"{}", {"a.csv": b"1"}, area="WK1")
    changed = (
        paper,
        Paper("s2", ("s1",), b"{}", {"a.csv": b"1"}, area="WK1"),
        Paper("s1", ("s1",), b"{} ", {"a.csv": b"1"}, area="WK1"),
        Paper("s1", ("s1",), b"{}", {"a.csv": b"2"}, area="WK1"),
        Paper("s1", ("s1",), b"{}", {"a.csv": b"1"}, area="WK2"),
        Paper("s1", ("s1",), b"{}", {"a.csv": b"1"}, area="WK1", language="nl"),
    )
    keys = [key_of(order, one) for one in changed]
    keys.append(key_of(Order(order.name, order.source + b" ", order.files), paper))
    keys.append(key_of(Order(order.name, order.source, {}), paper))
    assert len(set(keys)) == len(keys)
    assert key_of(order, Paper("s1", ("s1",), b"{}", {"a.csv": b"1"}, area="WK1")) == keys[0]
