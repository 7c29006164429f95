"""The format: markers, settings, notebooks and their JSON Schema."""

import json
import re

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.assignments import markers, notebook, schema
from labkit.assignments.assignment import heading_of, open_assignment, points_of
from labkit.assignments.code_names import assigned, changed, used
from labkit.assignments.header import read_header
from labkit.assignments.markers import BLOCKS, HIDDEN, SOLUTION, TEXT, MarkerError
from labkit.errors import LabkitError, UnknownNameError
from labkit.language import speaking

SCHEMA = json.loads(schema.FILE.read_text(encoding="utf-8"))


def fits(line, definition):
    return bool(re.search(SCHEMA["$defs"][definition]["pattern"], line))


def test_the_schema_is_that_of_the_settings_and_markers_of_today():
    assert schema.FILE.read_text(encoding="utf-8") == schema.schema_text(), "python -m labkit.assignments.schema"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert all(
        "description" in one
        for name, one in SCHEMA["properties"].items()
        if name not in ("assignment", "title", "limits", "late")
    )


@pytest.mark.parametrize(
    ("settings", "fine"),
    [
        ({"assignment": "week1", "title": "Noise", "languages": ["nl", "en"], "variants": None}, True),
        ({"assignment": "week1", "title": {"nl": "Geluid"}, "late": [{"hours": 24, "minus": 10}]}, True),
        ({"title": "Noise"}, False),
        ({"assignment": "week 1"}, False),
        ({"assignment": "week1", "titel": "Noise"}, False),
        ({"assignment": "week1", "languages": []}, False),
        ({"assignment": "week1", "languages": ["de"]}, False),
        ({"assignment": "week1", "limits": {"seconds": 0}}, False),
        ({"assignment": "week1", "data": "figures.csv"}, False),
    ],
)
def test_reader_and_schema_agree_on_settings(settings, fine):
    assert jsonschema.Draft202012Validator(SCHEMA).is_valid(settings) is fine
    if fine:
        assert read_header(json.dumps(settings), "week1.ipynb").assignment == "week1"
    else:
        with pytest.raises(LabkitError, match=r"The first cell of week1.ipynb: "):
            read_header(json.dumps(settings), "week1.ipynb")


@given(
    st.sampled_from(["# ", "## ", "<!-- ", "#", ""]),
    st.sampled_from(["question", "check", "qestion"]),
    st.sampled_from(["q1", "a b", "", "meaning"]),
    st.lists(
        st.sampled_from(["2 points", "2.5", "1 punt", "hidden", "manual", "ai: allowed", "answer: a b", "hiden", "-1"]),
        max_size=3,
    ),
)
def test_reader_and_schema_agree_on_markers(begin, word, name, further):
    line = f"{begin}{word}: {', '.join([name, *further])}" + (" -->" if "<" in begin else "")
    kind, definition = ("markdown", "MarkerOfText") if "<" in begin else ("code", "MarkerOfCode")
    try:
        read = markers.read_marker(line, kind)
    except MarkerError as error:
        # That points may stand there once, a pattern cannot say.
        assert not fits(line, definition) or "twice" in str(error)
    else:
        assert fits(line, definition) is (read is not None)
        assert read is None or (read.what, read.question) == (word, name)


@pytest.mark.parametrize(
    "line",
    [
        "# BEGIN SOLUTION",
        "### END HIDDEN TESTS",
        "=== BEGIN MARK SCHEME ===",
        "# END  SOLUTION",
        "<!-- BEGIN SOLUTION -->",
        "# === END MARK SCHEME ===",
    ],
)
def test_reader_and_schema_agree_on_blocks(line):
    assert fits(re.sub(" +", " ", line), "Block")
    with pytest.raises(MarkerError):
        markers.split(line)


BODY = st.lists(st.sampled_from(["a = 1", "", "    b", "# text", "é"]), max_size=3)


@given(st.lists(st.tuples(st.sampled_from(["", *BLOCKS]), BODY), max_size=6))
def test_blocks_come_apart_and_nothing_is_lost(blocks):
    lines = [line for kind, body in blocks for line in ([f"# BEGIN {kind}", *body, f"# END {kind}"] if kind else body)]
    lines = lines or [""]
    parts = markers.split("\n".join(lines))
    for kind in BLOCKS:
        assert [list(part.lines) for part in parts if part.kind == kind] == [
            body for one, body in blocks if one == kind
        ]
    assert all(list(part.lines) == lines[part.line - 1 : part.line - 1 + len(part.lines)] for part in parts)
    text = [line for part in parts if part.kind == TEXT for line in part.lines]
    assert [line for line in text if line] == [line for kind, body in blocks if not kind for line in body if line]


@pytest.mark.parametrize(
    ("source", "line", "text"),
    [
        ("# BEGIN SOLUTION\na = 1", 1, "never closed"),
        ("a = 1\n# END SOLUTION", 2, "closes nothing"),
        ("# BEGIN SOLUTION\n# BEGIN SOLUTION\n# END SOLUTION", 2, "twice"),
        ("# BEGIN SOLUTION\n# BEGIN HIDDEN TESTS\n# END HIDDEN TESTS\n# END SOLUTION", 2, "inside SOLUTION"),
        ("# BEGIN SOLUTION\n# END HIDDEN TESTS", 2, "closes nothing"),
    ],
)
def test_blocks_that_are_not_balanced_say_where(source, line, text):
    with pytest.raises(MarkerError, match=text) as error:
        markers.split(source)
    assert error.value.line == line


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("# question: q1, hiden", "Did you mean hidden"),
        ("# question: q1, 2 points, 3 points", "twice"),
        ("# question: q1, 2,5 points", "twice"),
        ("# question: a b", "needs an id"),
        ("# check:", "needs an id"),
    ],
)
def test_a_marker_that_cannot_be_read_says_what_it_can_hold(line, text):
    with pytest.raises(MarkerError, match=text):
        markers.read_marker(line)


def test_a_heading_is_no_marker_in_a_text_cell():
    heading = "## Question: who lives here?\nText"
    assert markers.read_marker(heading, "markdown") is None
    assert markers.without_first_marker(heading, "markdown") == heading
    assert markers.without_first_marker("<!-- question: q1 -->\nText", "markdown") == "Text"
    assert heading_of("# Noise\n```\n# no heading\n```\n#hashtag") == "Noise"


def marker(text):
    return markers.read_marker(text)


@pytest.mark.parametrize(
    ("question", "checks", "manual", "points"),
    [
        ("3 points", ["", ""], False, (3, [1.5, 1.5])),
        ("3 points", ["1 point", ""], False, (3, [1, 2])),
        ("3 points", ["1 point"], True, (3, [1])),
        ("3 points", [""], True, (3, [0])),
        ("manual", ["2 points", ""], False, (3, [2, 1])),
        ("3 points", [], True, (3, [])),
    ],
)
def test_points_are_shared(question, checks, manual, points):
    asked = marker(f"# question: q1, {question}")
    found = points_of(asked, [marker(f"# check: q1{', ' + one if one else ''}") for one in checks], manual)
    assert found == points


def written(tmp_path, *cells):
    path = tmp_path / "week1.py"
    path.write_text(
        "# ---\n# assignment: week1\n# ---\n\n" + "\n".join(f"# %%\n{cell}\n" for cell in cells), encoding="utf-8"
    )
    return path


ANSWER = "# question: q1, 2 points\n# BEGIN SOLUTION\na = 1\n# END SOLUTION"


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ([ANSWER, ANSWER], r"week1.py, cell 3, line 1: there is already a question"),
        (
            [ANSWER.replace("q1", "noise"), "# check: nose"],
            r"cell 3, line 1: there is no question .nose. .* Did you mean noise",
        ),
        (
            [ANSWER, "# check: q1, 3 points\nassert a"],
            r"cell 2, line 1: question .q1. has 2 points, and its checks have 3",
        ),
        ([ANSWER.replace("# END", "# EN")], r"cell 2, line 2: BEGIN SOLUTION is never closed"),
    ],
)
def test_an_assignment_that_cannot_be_opened_says_where(tmp_path, cells, text):
    with pytest.raises(LabkitError, match=text):
        open_assignment(written(tmp_path, *cells))


def test_an_assignment_knows_its_questions(tmp_path):
    hidden = "# check: q1\nassert a\n# BEGIN HIDDEN TESTS\nassert a == reference.a\n# END HIDDEN TESTS"
    asked = open_assignment(written(tmp_path, ANSWER, hidden, "# check: q1, hidden\nassert a == 1"))
    question = asked.question("q1")
    assert [(one.id, one.points, one.public, bool(one.hidden)) for one in question.checks] == [
        ("q1.1", 1, "assert a", True),
        ("q1.2", 1, "", True),
    ]
    assert (question.answers, question.solution, asked.max_points) == (("a",), "a = 1", 2)
    with pytest.raises(UnknownNameError, match="Did you mean q1"):
        asked.question("q11")
    manual = open_assignment(
        written(tmp_path, ANSWER.replace("points", "points, manual"), "# check: q1, 1 point\nassert a")
    )
    assert manual.question("q1").manual_points == 1


@pytest.mark.parametrize(
    ("source", "given", "inside"),
    [
        ("x = (5\n  % 2)", ["x"], []),
        ("%matplotlib inline\nx = 1", ["x"], []),
        ("files = !ls\nhelp?", ["files"], []),
        ("table['a'] = 1\ntable.loc[0, 'b'] = 2\ntable.x.y = 3", [], ["table"]),
        ("if a:\n    b = 1\nelse:\n    b: int = 2", ["b"], []),
        ("[c for c in d]", [], []),
        ("not python", [], []),
    ],
)
def test_names_that_a_cell_gives(source, given, inside):
    assert (assigned(source), changed(source)) == (given, inside)


def test_names_that_a_check_looks_at():
    assert used("assert reference.total == f(share)") == {"reference", "total", "f", "share"}


def test_a_notebook_reads_the_same_each_time():
    text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
        {"cell_type": "code", "source": ["a\r\n", "b"], "metadata": {}},
        {"cell_type": "markdown", "source": "c", "metadata": {}, "id": "same"},
        {"cell_type": "markdown", "source": "d", "metadata": {}, "id": "same"},
    ]})  # fmt: skip
    first, second = notebook.loads(text), notebook.loads(text)
    assert notebook.dumps(first) == notebook.dumps(second)
    assert first.cells[0].source == "a\nb"
    assert [cell.id for cell in first.cells] == ["cell-1", "same", "cell-3"]
    assert notebook.dumps(notebook.loads("# %%\na = 1\n", ".py")) == notebook.dumps(
        notebook.loads("# %%\na = 1\n", ".py")
    )


def test_a_notebook_is_read_as_nbformat_reads_it():
    import nbformat

    output = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/plain": ["a\n", "b"], "application/json": ["a"]},
    }
    stream = {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]}
    cells = [
        {"id": "a", "cell_type": "code", "source": ["a\n", "b"], "metadata": {"x": {"y": [{"z": 1}]}}, "outputs": [output, stream], "execution_count": 2},
        {"id": "b", "cell_type": "markdown", "source": "", "metadata": {}, "attachments": {"c.png": {"image/png": ["d", "e"]}}},
    ]  # fmt: skip
    text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {}}, "cells": cells})
    read = notebook.loads(text)
    assert read == nbformat.v4.rwbase.rejoin_lines(nbformat.from_dict(json.loads(text)))
    assert read.cells[0].metadata.x.y[0].z == 1
    read.cells[0].metadata.tags = ["new"]
    del read.cells[0].metadata.x
    assert read.cells[0]["metadata"] == {"tags": ["new"]}
    with pytest.raises(AttributeError):
        _ = read.cells[0].nothing
    older = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "old"}, "worksheets": [{"metadata": {}, "cells": [
        {"cell_type": "code", "input": ["a = 1"], "outputs": [], "language": "python", "collapsed": False, "metadata": {}}]}]}  # fmt: skip
    assert notebook.loads(json.dumps(older)).cells[0].source == "a = 1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"nbformat": 4}',
        '{"nbformat": 4, "cells": [{"cell_type": "code"}]}',
        '{"nbformat": 4, "cells": [3]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_notebook_is_told_so(text):
    with pytest.raises(LabkitError, match="cannot be read as a notebook"):
        notebook.loads(text, ".ipynb", "week1.ipynb")


def test_the_errors_speak_dutch(tmp_path):
    with speaking("nl"), pytest.raises(LabkitError, match=r"week1.py, cel 3, regel 1: er is al een vraag"):
        open_assignment(written(tmp_path, ANSWER, ANSWER))
    with speaking("nl"), pytest.raises(LabkitError, match="assignment ontbreekt"):
        read_header("title: Geluid", "week1.py")


def test_solutions_and_hidden_tests_can_be_told_apart():
    source = "a\n# BEGIN SOLUTION\nb\n# END SOLUTION\nc\n# BEGIN HIDDEN TESTS\nd\n# END HIDDEN TESTS"
    assert [markers.only(source, kind) for kind in (TEXT, SOLUTION, HIDDEN)] == ["a\nc", "b", "d"]
