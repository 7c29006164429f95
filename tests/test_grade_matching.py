"""Each answer is found again, however a notebook was mangled; how it was found is said, and nothing of ours is lost."""

import copy
import json

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_assignment import CELLS, write_assignment
from made_up_handins import Maker

from labkit.assignments import notebook as notebooks
from labkit.assignments.assignment import open_assignment
from labkit.assignments.match_notes import question_notes, whole_notes
from labkit.assignments.matching import match
from labkit.assignments.program import program
from labkit.assignments.release.notebooks import released
from labkit.assignments.skeleton import skeleton_of

QUESTIONS = ("residents", "share", "table", "why")


@pytest.fixture(scope="module")
def assignment(tmp_path_factory):
    return open_assignment(write_assignment(tmp_path_factory.mktemp("source")))


@pytest.fixture(scope="module")
def skeleton(assignment):
    return skeleton_of(assignment)


@pytest.fixture(scope="module")
def maker(assignment, tmp_path_factory):
    file = tmp_path_factory.mktemp("released") / "exercise_en.ipynb"
    file.write_text(notebooks.dumps(released(assignment, "en")), encoding="utf-8")
    return Maker(assignment, file)


@pytest.fixture
def laid(skeleton):
    def lay(notebook):
        return match(skeleton, notebooks.loads(nbformat.writes(notebook)))

    return lay


def how(found):
    return {name: one.matched_by for name, one in found.questions.items()}


def signs(found, name):
    return {sign for sign, _ in question_notes(found, name, "en")}


def said(found, name):
    return " ".join(text for _, text in question_notes(found, name, "en"))


def ran(found, name):
    """What is run for a question, in order."""
    return [step.source for step in program(found) if name in step.questions and step.source]


def all_code(found):
    return "\n".join(step.source for step in program(found))


def bare(notebook):
    """Take away all that a program can lose: metadata, ids, labels."""
    notebook.metadata.clear()
    for number, one in enumerate(notebook.cells):
        answer = one.metadata.get("nbgrader", {}).get("grade_id", "").endswith("-answer")
        if answer and one.source.startswith(("# ", "*")):
            one.source = one.source.partition("\n")[2]
        one.metadata.clear()
        one["id"] = f"other-{number}"
    return notebook


def test_an_untouched_copy_has_no_answers_and_says_so(laid, maker):
    found = laid(maker.untouched())
    assert how(found) == dict.fromkeys(QUESTIONS, "id")
    assert all(one.unchanged for one in found.questions.values())
    assert all(signs(found, name) == {"empty"} for name in QUESTIONS)
    assert whole_notes(found, "en") == []


def test_the_dutch_release_is_the_same_assignment(laid, assignment):
    found = laid(released(assignment, "nl"))
    assert all(one.unchanged for one in found.questions.values())


def test_a_solved_copy_is_found_by_id_without_notes(laid, maker):
    found = laid(maker.solved())
    assert how(found) == dict.fromkeys(QUESTIONS, "id")
    assert [question_notes(found, name, "en") for name in QUESTIONS] == [[]] * 4
    assert [one.finished for one in program(found) if one.finished] == [(name,) for name in QUESTIONS]


def test_a_comment_of_the_student_alone_is_no_answer(laid, maker):
    notebook = maker.untouched()
    maker.cell(notebook, "residents").source += "\n\n# I do not know this one"
    maker.cell(notebook, "why").source = "*why · 3 points · AI: allowed*\n\n"
    found = laid(notebook)
    assert found.questions["residents"].unchanged
    assert found.questions["why"].unchanged


def test_cell_ids_are_enough(laid, maker):
    notebook = maker.solved()
    for one in notebook.cells:
        one.metadata.clear()
    assert how(laid(notebook)) == dict.fromkeys(QUESTIONS, "cell id")


def test_colab_keeps_ids_among_the_metadata(laid, maker):
    notebook = maker.solved()
    notebook.nbformat_minor = 0
    for one in notebook.cells:
        one.metadata = nbformat.from_dict({"id": one.pop("id")})
    assert how(laid(notebook)) == dict.fromkeys(QUESTIONS, "cell id")


def test_labels_alone_are_enough(laid, maker):
    notebook = maker.untouched()
    label = {name: maker.cell(notebook, name).source.split("\n")[0] for name in QUESTIONS}
    notebook = maker.solved()
    for name in QUESTIONS:
        cell = maker.cell(notebook, name)
        cell.source = f"{label[name]}\n{cell.source}"
    for number, one in enumerate(notebook.cells):
        one.metadata.clear()
        one["id"] = f"other-{number}"
    assert how(laid(notebook)) == dict.fromkeys(QUESTIONS, "id")


def test_stripped_of_everything_headings_tell(laid, maker):
    found = laid(bare(maker.solved()))
    assert how(found) == dict.fromkeys(QUESTIONS, "heading")
    assert {sign for sign, _ in whole_notes(found, "en")} == {"labels gone"}
    assert "def share" in ran(found, "share")[0]
    assert "my_district" in all_code(found)


def test_without_headings_likeness_tells(laid, maker):
    notebook = bare(maker.solved())
    notebook.cells = [one for one in notebook.cells if one.cell_type == "code" and "assert" not in one.source]
    found = laid(notebook)
    assert [how(found)[name] for name in ("residents", "share", "table")] == ["likeness"] * 3
    assert how(found)["why"] == "missing"
    assert signs(found, "why") == {"missing"}


def test_old_formats_are_read(laid, maker, skeleton):
    notebook = maker.solved()
    for one in notebook.cells:
        one.pop("id", None)
    notebook.nbformat_minor = 2
    assert how(laid(notebook)) == dict.fromkeys(QUESTIONS, "id")
    cells = [
        {"cell_type": one.cell_type, "metadata": {}, "source": one.source}
        if one.cell_type != "code"
        else {
            "cell_type": "code",
            "metadata": {},
            "input": one.source,
            "outputs": [],
            "collapsed": False,
            "language": "python",
        }
        for one in notebook.cells
    ]
    old = {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}
    found = match(skeleton, notebooks.loads(json.dumps(old)))
    assert how(found) == dict.fromkeys(QUESTIONS, "heading")


@pytest.mark.parametrize("first_is_right", [True, False])
def test_of_copies_the_last_one_counts(laid, maker, first_is_right):
    notebook = maker.solved()
    place = maker.place(notebook, "residents")
    wrong = copy.deepcopy(notebook.cells[place])
    wrong.source, wrong["id"] = "residents = -1", "copy"
    notebook.cells.insert(place + first_is_right, wrong)
    found = laid(notebook)
    assert ran(found, "residents")[-1] == ("residents = -1" if first_is_right else maker.solved().cells[place].source)
    assert "There are 2 cells" in said(found, "residents")
    assert f"cell {place + 2}" in said(found, "residents")


@pytest.mark.parametrize("stub_last", [True, False])
def test_a_stub_beside_an_answer_never_undoes_it(laid, maker, stub_last):
    notebook = maker.solved()
    place = maker.place(notebook, "residents")
    stub = copy.deepcopy(maker.cell(maker.untouched(), "residents"))
    stub["id"] = "copy"
    notebook.cells.insert(place + stub_last, stub)
    found = laid(notebook)
    assert ran(found, "residents") == [maker.cell(maker.solved(), "residents").source]
    assert signs(found, "residents") == {"copied"}


def test_a_split_answer_counts_as_a_whole(laid, maker):
    notebook = maker.solved()
    cell = maker.cell(notebook, "table")
    lines = cell.source.split("\n")
    cell.source = "\n".join(lines[:2])
    rest = nbformat.v4.new_code_cell("\n".join(lines[2:]))
    notebook.cells.insert(maker.place(notebook, "table") + 1, rest)
    found = laid(notebook)
    assert "\n".join(ran(found, "table")) == "\n".join(lines)
    assert signs(found, "table") == {"split"}
    assert [one.finished for one in program(found) if "table" in one.questions] == [(), ("table",)]


def test_a_split_cell_that_took_its_metadata_along_is_no_copy(laid, maker):
    notebook = maker.solved()
    cell = maker.cell(notebook, "table")
    half = copy.deepcopy(cell)
    lines = cell.source.split("\n")
    cell.source, half.source, half["id"] = "\n".join(lines[:2]), "\n".join(lines[2:]), "half"
    notebook.cells.insert(notebook.cells.index(cell) + 1, half)
    found = laid(notebook)
    assert "\n".join(ran(found, "table")) == "\n".join(lines)
    assert signs(found, "table") == {"split"}


def test_an_answer_below_an_empty_stub_counts(laid, maker):
    notebook = maker.untouched()
    maker.put(notebook, "residents = 14085", "residents", after=True)
    found = laid(notebook)
    assert ran(found, "residents") == ["residents = 14085"]
    assert not found.questions["residents"].unchanged
    assert signs(found, "residents") == {"elsewhere"} or "copied" in signs(found, "residents")


def test_an_answer_far_from_its_cell_is_found_by_its_name(laid, maker):
    notebook = maker.untouched()
    notebook.cells.append(nbformat.v4.new_code_cell("residents = 14085"))
    found = laid(notebook)
    assert how(found)["residents"] == "likeness"
    assert "elsewhere" in signs(found, "residents")
    assert ran(found, "residents") == ["residents = 14085"]


def test_merged_cells_answer_both(laid, maker):
    notebook = maker.solved()
    first, second = maker.cell(notebook, "residents"), maker.cell(notebook, "share")
    label = maker.cell(maker.untouched(), "share").source.split("\n")[0]
    first.source += f"\n{label}\n{second.source}"
    notebook.cells.remove(second)
    found = laid(notebook)
    assert "def share" in ran(found, "share")[0]
    assert "merged" in signs(found, "share")
    assert not found.questions["residents"].unchanged


def test_a_copied_cell_in_which_another_question_was_answered_goes_there(laid, maker):
    notebook = maker.solved()
    other = copy.deepcopy(maker.cell(notebook, "residents"))
    other.source, other["id"] = maker.cell(notebook, "share").source, "copy"
    notebook.cells[maker.place(notebook, "share")] = other
    found = laid(notebook)
    assert how(found)["share"] == "likeness"
    assert "def share" in ran(found, "share")[0]
    assert len(found.questions["residents"].cells) == 1


def test_a_renamed_variable_is_not_guessed(laid, maker):
    notebook = maker.untouched()
    maker.cell(notebook, "residents").source = "inwoners = 14085"
    found = laid(notebook)
    assert ran(found, "residents") == ["inwoners = 14085"]
    assert how(found)["residents"] == "id"


def test_code_in_a_text_cell_is_run_and_text_in_a_code_cell_is_read(laid, maker):
    notebook = maker.solved()
    for name, kind in (("share", "markdown"), ("why", "code")):
        cell = maker.cell(notebook, name)
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)
        cell.cell_type = kind
        if kind == "code":
            cell.outputs, cell.execution_count = [], None
    found = laid(notebook)
    assert "def share" in ran(found, "share")[0]
    assert ran(found, "why") == []
    assert signs(found, "share") == signs(found, "why") == {"retyped"}


def test_reordered_answers_are_each_checked_after_their_own_cells(laid, maker):
    notebook = maker.solved()
    table = notebook.cells.pop(maker.place(notebook, "table"))
    notebook.cells.insert(0, table)
    steps = program(laid(notebook))
    order = [step.finished[0] for step in steps if step.finished]
    assert order == ["table", "residents", "share", "why"]
    assert sorted(order) == sorted(QUESTIONS)


def test_checks_are_never_run_with_the_student_and_their_changes_are_told(laid, maker):
    notebook = maker.solved()
    (place,) = maker.checks(notebook, "residents")
    notebook.cells[place].source = "assert True"
    del notebook.cells[maker.checks(notebook, "table")[0]]
    found = laid(notebook)
    assert "assert" not in all_code(found)
    assert signs(found, "residents") == {"check changed"}
    assert signs(found, "table") == {"check gone"}


def test_an_answer_written_into_the_check_cell_is_run(laid, maker):
    notebook = maker.untouched()
    (place,) = maker.checks(notebook, "residents")
    notebook.cells[place].source = "residents = 14085\n" + notebook.cells[place].source
    found = laid(notebook)
    assert "residents = 14085" in ran(found, "residents")[0]


def test_a_locked_cell_is_ours_and_what_was_added_to_it_runs_before(tmp_path, laid):
    cells = [*CELLS]
    cells.insert(4, ("code", "import pandas as pd\n\nfactor = 1000"))
    assignment = open_assignment(write_assignment(tmp_path / "source", cells=cells))
    notebook = released(assignment, "en")
    (ours,) = [one for one in notebook.cells if one.source.startswith("import pandas")]
    ours.source = "import math\nfactor = 1"
    found = match(skeleton_of(assignment), notebook)
    sources = [step.source for step in program(found)]
    assert sources.index("import math\nfactor = 1") + 1 == sources.index("import pandas as pd\n\nfactor = 1000")
    assert {sign for sign, _ in whole_notes(found, "en")} == {"changed cell"}
    notebook.cells.remove(ours)
    found = match(skeleton_of(assignment), notebook)
    sources = [step.source for step in program(found)]
    assert sources.index("import pandas as pd\n\nfactor = 1000") < next(
        place for place, step in enumerate(program(found)) if "residents" in step.questions
    )
    assert {sign for sign, _ in whole_notes(found, "en")} == {"cell gone"}


def test_another_notebook_is_told(laid, maker):
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell("print('hello')"), nbformat.v4.new_markdown_cell("# My holiday")]
    found = laid(notebook)
    assert set(how(found).values()) == {"missing"}
    assert {sign for sign, _ in whole_notes(found, "en")} == {"other notebook"}


def test_a_notebook_of_another_week_does_not_count_for_its_ids(laid, maker):
    notebook = maker.untouched()
    notebook.metadata["labkit"] = {"assignment": "week9", "schema_version": 1, "language": "en"}
    for name in QUESTIONS:
        maker.cell(notebook, name).source = "width = 12\nheight = 3\nprint(width * height)"
    notebook.cells = [one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("solution")]
    found = laid(notebook)
    assert "other assignment" in {sign for sign, _ in whole_notes(found, "en")}
    assert how(found)["residents"] == "missing"


def test_notes_are_in_the_language_of_the_student(laid, maker):
    text = question_notes(laid(maker.untouched()), "residents", "nl")[0][1]
    assert text.startswith("Er is niets ingevuld")


MANGLED = st.lists(
    st.tuples(
        st.sampled_from(["delete", "copy", "move", "strip", "retype", "split", "join", "empty", "junk"]),
        st.integers(0, 40),
        st.integers(0, 40),
    ),
    max_size=8,
)


def mangle(notebook, steps):
    for what, one, other in steps:
        if not notebook.cells:
            break
        place, target = one % len(notebook.cells), other % len(notebook.cells)
        cell = notebook.cells[place]
        if what == "delete":
            del notebook.cells[place]
        elif what == "copy":
            notebook.cells.insert(target, copy.deepcopy(cell))
        elif what == "move":
            notebook.cells.insert(target, notebook.cells.pop(place))
        elif what == "strip":
            cell.metadata.clear()
            cell["id"] = f"stripped-{one}-{other}"
        elif what == "retype":
            kind = {"code": "markdown", "markdown": "raw", "raw": "code"}[cell.cell_type]
            notebook.cells[place] = nbformat.from_dict(
                {"cell_type": kind, "id": cell.get("id", "x"), "metadata": cell.metadata, "source": cell.source}
                | ({"outputs": [], "execution_count": None} if kind == "code" else {})
            )
        elif what == "split":
            new = copy.deepcopy(cell)
            half = len(cell.source) // 2
            new.source, cell.source = cell.source[half:], cell.source[:half]
            notebook.cells.insert(place + 1, new)
        elif what == "join":
            cell.source += "\n" + notebook.cells[target].source
        elif what == "empty":
            cell.source = ""
        else:
            cell.source = "\x00 ((( ''' \ud83d" if one % 2 else "é = [1, 2]\n%%bash\nls"
    return notebook


@settings(max_examples=60)
@given(MANGLED)
def test_whatever_happens_to_it_a_notebook_is_laid_out(skeleton, maker, steps):
    notebook = mangle(maker.solved(), steps)
    found = match(skeleton, notebook)
    made = program(found)
    assert list(found.questions) == list(QUESTIONS)
    setups = [one.source for one in skeleton.places if one.role == "setup"]
    assert all(sum(step.source == source for step in made) >= 1 for source in setups)
    for name, one in found.questions.items():
        ends = [step for step in made if name in step.finished]
        assert len(ends) == (1 if one.cells else 0)
        assert (one.matched_by == "missing") == (not one.cells)
        assert question_notes(found, name, "nl") or not one.unchanged
    assert match(skeleton, notebook).questions.keys() == found.questions.keys()


@settings(max_examples=40)
@given(MANGLED)
def test_an_untouched_notebook_stays_unanswered_however_it_is_mangled(skeleton, maker, steps):
    harmless = [one for one in steps if one[0] in ("delete", "copy", "move", "strip", "retype")]
    found = match(skeleton, mangle(maker.untouched(), harmless))
    assert [name for name, one in found.questions.items() if not one.unchanged] == []
