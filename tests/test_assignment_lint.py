"""Lint tells every fault with its line, and is silent about a source that has none."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from labkit.assignments import notebook, percent
from labkit.assignments.assignment import open_assignment
from labkit.assignments.lint import meant
from labkit.assignments.lint.lint import lint
from labkit.assignments.lint.page import read_page
from labkit.assignments.lint.rules import RULES
from labkit.cli.app import app
from labkit.errors import LabkitError

FORMAT = Path(__file__).parents[1] / "course" / "FORMAT.md"
EXAMPLE = re.search(r"```python\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)[1]
NOTEBOOK = re.search(r"```json\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)[1]

SETUP = "import labkit as lk\n"
ANSWER = "# question: residents, 2 points, ai: allowed\n"
CHECK = "# check: residents\n"
EXPECT = "lk.expect.number(residents, unit"
SCHEME = "# === BEGIN MARK SCHEME ===\n"
END = "# Write here which data and which help you used.\n"
MORE = "\n# %%\n# question: q9, 1 point, ai: allowed\n# BEGIN SOLUTION\nnine = 9\n# END SOLUTION\n"
SECRET = "secret@" + "example.org"

#: What is put in the place of what in the example, the rules that are broken then, and what stands on the line told.
FAULTS = [
    ("# assignment: week1\n", "", ["header-unreadable"], "# ---"),
    ("# city: leiden\n", "", ["header-variants"], "# variants"),
    ("# variants: district\n", "# within: Leiden\n", ["header-variants"], "# within"),
    ("# year: 2026\n", "", ["header-year"], "# variants"),
    ("# title: {nl: Wie woont waar, en: Who lives where}\n", "", ["header-title"], "# ---"),
    (END, END + MORE.replace("q9", "residents"), ["id-double"], "# question: residents, 1"),
    (END, END + MORE.replace("q9", "Residents") + "\n# %%\n# check: Residents\nassert nine == 9\n", ["id-odd"], "# qu"),
    (END, END + MORE.replace("q9", "q" * 60) + f"\n# %%\n# check: {'q' * 60}\nassert nine == 9\n", ["id-odd"], "# qu"),
    (CHECK, "# check: resident\n", ["question-unchecked", "check-without-question"], "# check"),
    (ANSWER, "# question: residents, ai: allowed, manual\n", ["points-missing"], "# question"),
    (ANSWER, "# question: residents, 0 points, ai: allowed\n", ["points-zero"], "# question"),
    (CHECK, "# check: residents, 3 points\n", ["points-sum"], "# question"),
    (CHECK, "# check: residents, 1 point\n", ["points-sum"], "# question"),
    ("in your district?\n", "in your district? (3 points)\n", ["points-told"], "# ## How many"),
    ("# # Who lives where\n", "# # Who lives where: total 9 points\n", ["points-told"], "# # Who"),
    (ANSWER, "# question: residents, 2 poinst\n", ["marker-unreadable"], "# question"),
    ("# END SOLUTION\n", "", ["marker-unbalanced"], "# BEGIN SOLUTION"),
    ("# END HIDDEN TESTS\n", "", ["marker-unbalanced"], "# BEGIN HIDDEN"),
    ("# BEGIN SOLUTION\n", "# BEGIN SOLUTION\n# BEGIN HIDDEN TESTS\n", ["marker-unbalanced"], "# BEGIN HIDDEN"),
    ("# BEGIN SOLUTION\n", "# BEGIN SOLUTON\n", ["marker-misspelt", "marker-unbalanced"], "# BEGIN SOLUTON"),
    ("# BEGIN HIDDEN TESTS\n", "### BEGIN HIDDEN TEST\n", ["marker-misspelt", "marker-unbalanced"], "### BEGIN"),
    ("# BEGIN SOLUTION\n", "# START SOLUTION\n", ["marker-misspelt", "marker-unbalanced"], "# START"),
    (EXPECT, "assert residents < 9  # HIDDEN\n" + EXPECT, ["marker-misspelt"], "assert residents < 9"),
    (EXPECT, "assert residents < 9  # SOLUTION\n" + EXPECT, ["marker-misspelt"], "assert residents < 9"),
    (EXPECT, "# HIDDEN\n" + EXPECT, ["marker-misspelt"], "# HIDDEN"),
    (CHECK, "# chek: residents\n", ["marker-misspelt"], "# chek"),
    (CHECK, "# check residents1\n", ["marker-misspelt"], "# check residents1"),
    ("# BEGIN SOLUTION\n", "a = 1\n# check: residents\n# BEGIN SOLUTION\n", ["marker-not-first"], "# check: residents"),
    ("# # Who lives where\n", "# # Who\n# <!-- language: nl -->\n", ["marker-not-first"], "# <!-- language: nl"),
    (SETUP, 'import labkit as lk\nhelp = """\n# BEGIN SOLUTION\n# END SOLUTION\n"""\n', ["marker-in-string"], "# BEGIN"),
    ("# <!-- question: meaning", "# # question: meaning", ["marker-in-wrong-cell"], "# # question: meaning"),
    (END, END + "\n# %% [raw]\n# # question: q4\n", ["marker-in-wrong-cell"], "# # question: q4"),
    ("# BEGIN SOLUTION\n", "# BEGIN HIDDEN TESTS\na = 1\n# END HIDDEN TESTS\n# BEGIN SOLUTION\n", ["hidden-misplaced"], "# BE"),
    (SETUP, SETUP + "# BEGIN HIDDEN TESTS\na = 1\n# END HIDDEN TESTS\n", ["hidden-misplaced"], "# BEGIN HIDDEN"),
    (EXPECT, "# BEGIN SOLUTION\na = 1\n# END SOLUTION\n" + EXPECT, ["solution-misplaced"], "# BEGIN SOLUTION"),
    (SETUP, SETUP + "# BEGIN SOLUTION\na = 1\n# END SOLUTION\n", ["solution-misplaced"], "# BEGIN SOLUTION"),
    (SETUP, SETUP + "# BEGIN MARK SCHEME\n# 1 point\n# END MARK SCHEME\n", ["scheme-misplaced"], "# BEGIN MARK"),
    (END, END + SCHEME + "# one\n# === END MARK SCHEME ===\n", ["scheme-misplaced"], SCHEME.strip()),
    ("# <!-- question: meaning, 2 points, ai: not allowed -->\n" + SCHEME, "# <!-- question: meaning, 2 points, ai: no -->\n" + SCHEME.replace("BEGIN", "END") + SCHEME, ["marker-unbalanced"], "# === END"),
    (CHECK, "# check: residents, hidden\n", ["check-all-hidden"], "# question: residents"),
    (EXPECT, EXPECT.replace("residents, unit", "resident, unit"), ["check-unknown-name"], "lk.expect.number(resident,"),
    ("reference.residents", "reference.total", ["check-unknown-name"], "lk.expect.same(residents, reference.total"),
    ("# BEGIN HIDDEN TESTS\n", "lk.expect.same(residents, reference.residents)\n# BEGIN HIDDEN TESTS\n", ["check-public-reference"], "lk.expect.same"),
    (ANSWER, "# question: residents, 2 points, ai: allowed, answer: resident\n", ["answer-unknown", "check-passes-untouched"], "# question"),
    ("leiden = lk", "leiden = = lk", ["code-syntax"], "leiden = = lk"),
    (SETUP, SETUP + 'a = open("/home/me/figures.csv")\n', ["path-absolute"], "a = open"),
    (SETUP, SETUP + 'a = "C:\\\\Users\\\\me"\n', ["path-absolute"], "a = "),
    (SETUP, SETUP + 'a = "~/figures"\n', ["path-absolute"], "a = "),
    (SETUP, SETUP + "from pathlib import Path\na = Path.home()\n", ["path-absolute"], "a = Path"),
    (END, END + "# See /home/me/figures.csv\n", ["path-absolute"], "# See"),
    (SETUP, SETUP + "import requests\n", ["network"], "import requests"),
    (SETUP, SETUP + "from urllib import request\n", ["network"], "from urllib"),
    (SETUP, SETUP + 'a = "https://opendata.example.org/a.csv"\n', ["network"], "a = "),
    (SETUP, SETUP + "# %pip install labkit\n", ["network"], "# %pip"),
    (SETUP, SETUP + "# !pip install labkit\n", ["network"], "# !pip"),
    (SETUP, SETUP + "import folium\nmap_ = folium.Map()\n", ["network"], "map_ ="),
    (SETUP, SETUP + 'a = open("missing.csv")\n', ["data-missing"], "a = open"),
    (SETUP, SETUP + 'a = open("../outside.csv")\n', ["data-outside"], "a = open"),
    (SETUP, SETUP + 'a = open("here.csv")\n', ["data-unlisted"], "a = open"),
    ("# languages: [nl, en]\n", "# languages: [nl, en]\n# data: [missing.csv]\n", ["data-missing"], "# data"),
    ("# languages: [nl, en]\n", "# languages: [nl, en]\n# data: [../outside.csv]\n", ["data-outside"], "# data"),
    ("# languages: [nl, en]\n", "# languages: [nl, en]\n# data: [exercise.py]\n", ["data-source"], "# data"),
    ("# languages: [nl, en]\n", "# languages: [nl, en]\n# data: [.]\n", ["data-source"], "# data"),
    (END, END + "# ![](map.png)\n", ["alt-missing"], "# ![]"),
    (END, END + '# <img src="map.png" alt="">\n', ["alt-missing"], "# <img"),
    (SETUP, SETUP + "import altair as alt\nalt.Chart(lk)\n", ["alt-drawing"], "alt.Chart"),
    ("# languages: [nl, en]\n", "# languages: [en]\n", ["language-unknown"], "# <!-- language: nl"),
    ("# %% [markdown]\n# <!-- language: nl -->\n# # Wie woont waar\n", "", ["language-missing"], "# <!-- language: en"),
    (SETUP, SETUP + "\n".join(f"a{number} = {number}" for number in range(14)) + "\n", ["cell-too-long"], SETUP.strip()),
    (END, END + "\n# %%\na = 1\n" * 23, ["too-many-cells"], None),
    (", ai: allowed", "", ["ai-missing"], "# question"),
    (END, "", ["help-missing"], None),
]  # fmt: skip


def source(tmp_path, text, name="exercise.py"):
    folder = tmp_path / "week1"
    folder.mkdir(exist_ok=True)
    (tmp_path / "outside.csv").write_text("a\n", encoding="utf-8")
    (folder / "here.csv").write_text("a\n", encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize(("old", "new", "rules", "line"), FAULTS)
def test_a_fault_is_told_with_its_line(tmp_path, old, new, rules, line):
    assert old in EXAMPLE
    text = EXAMPLE.replace(old, new, 1)
    if rules == ["help-missing"]:
        text = re.sub("help|hulp", "figures", text)
    path = source(tmp_path, text)
    found = [one for one in lint(path) if one.rule in rules]
    assert set(lint(path).rules) == set(rules), lint(path)
    assert all(one.message and one.severity == RULES[one.rule] for one in found)
    if line is None:
        assert all(one.cell == one.file_line == 0 for one in found)
    else:
        assert any(text.split("\n")[one.file_line - 1].startswith(line) for one in found), found


def test_the_examples_of_the_format_have_no_faults_and_can_be_opened(tmp_path):
    assert list(lint(source(tmp_path, EXAMPLE), source(tmp_path, NOTEBOOK, "count.ipynb"))) == []
    assignment = open_assignment(tmp_path / "week1" / "exercise.py")
    assert [(one.id, one.kind, one.points, one.manual_points, one.answers) for one in assignment.questions] == [
        ("residents", "code", 2.0, 0.0, ("residents",)),
        ("meaning", "text", 2.0, 2.0, ()),
    ]
    assert assignment.question("residents").titles["nl"] == "Hoeveel mensen wonen er in jouw district?"
    assert open_assignment(tmp_path / "week1" / "count.ipynb").max_points == 1


def test_every_rule_has_a_case_or_a_test_of_its_own():
    by_cases = {rule for case in FAULTS for rule in case[2]}
    here = Path(__file__).read_text(encoding="utf-8")
    assert [rule for rule in RULES if rule not in by_cases and f'["{rule}"]' not in here] == []


def broken_notebook(**changes):
    written = json.loads(NOTEBOOK)
    for path, value in changes.items():
        where, _, key = path.partition("__")
        (written if where == "top" else written["cells"][int(where.removeprefix("cell"))])[key] = value
    return json.dumps(written, indent=1)


OUTPUT = [{"output_type": "stream", "name": "stdout", "text": ["10"]}]


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"cell2__outputs": OUTPUT}, ["output-left"]),
        ({"cell2__execution_count": 3}, ["count-left"]),
        ({"cell2__id": "text"}, ["id-cell-double"]),
        ({"cell2__metadata": {"author": "A. Jansen"}}, ["metadata-person"]),
        ({"top__metadata": {"made_with": SECRET}}, ["metadata-person"]),
        ({"cell2__source": "# question: q1, 1 point, ai: no\nareas = 10"}, ["solution-missing"]),
        ({"cell3__source": "# check: q1"}, ["check-passes-untouched"]),
        ({"cell3__source": "# check: q1\nassert areas"}, ["check-passes-untouched"]),
        ({"cell3__source": "# check: q1\nassert areas is not None\nprint(areas)"}, ["check-passes-untouched"]),
        ({"cell3__source": "# check: q1\nten = 10\nassert ten == 10"}, ["check-passes-untouched"]),
        ({"cell2__source": "a = 1", "cell3__source": "b = 1"}, ["no-questions"]),
        ({"cell0__source": "titel: Count"}, ["header-unreadable"]),
        ({"cell0__cell_type": "markdown"}, ["header-missing"]),
    ],
)
def test_faults_that_only_a_notebook_has(tmp_path, changes, rules):
    path = source(tmp_path, broken_notebook(**changes), "count.ipynb")
    assert list(lint(path).rules) == rules, lint(path)


def test_a_check_above_its_answer(tmp_path):
    written = json.loads(NOTEBOOK)
    written["cells"][2:] = written["cells"][:1:-1]
    found = lint(source(tmp_path, json.dumps(written, indent=1), "count.ipynb"))
    assert set(found.rules) == {*["check-before-answer"], "check-unknown-name"}


def test_a_file_that_is_no_notebook(tmp_path):
    assert list(lint(source(tmp_path, "{", "count.ipynb")).rules) == ["file-unreadable"]
    with pytest.raises(LabkitError, match="There is no notebook"):
        lint(tmp_path / "nothing.ipynb")
    (tmp_path / "week1" / "count.ipynb").rename(tmp_path / "count.txt")
    with pytest.raises(LabkitError, match="holds no notebooks"):
        lint(source(tmp_path, "a page of text", "concepts.md").parent)


def test_lines_of_a_notebook_are_those_of_its_file(tmp_path):
    written = notebook.loads(EXAMPLE.replace("leiden = lk", "leiden = = lk").replace("Wie woont", "Wië woont"), ".py")
    path = notebook.write(tmp_path / "exercise.ipynb", written)
    (found,) = lint(path)
    assert "leiden = = lk" in path.read_text(encoding="utf-8").split("\n")[found.file_line - 1]
    path.write_text(json.dumps(written), encoding="utf-8")
    (found,) = lint(path)
    assert (found.cell, found.line, found.file_line) == (4, 3, 0)


def test_a_lab_without_questions_is_held_to_the_general_rules_only(tmp_path):
    assert list(lint(source(tmp_path, "# %% [markdown]\n# # Noise\n\n# %%\na = 1\n", "lab.py"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "# %% [markdown]\n# ## Question: who lives here?\n# ## Check: is it true?\n",
        "# %%\n# The end of the solution\na = 'BEGIN SOLUTION'\nprint('# END SOLUTION')\n",
        "# %%\n# note: this\n# checked: twice\n# checks: all\nb = 'a'  # hidden from the map\n",
        "# %%\nrate = 5 / 3\nunit = 'km/h'\npath = 'data'\nlabel = 'and/or'\nend = '</b>'\n",
        "# %% [markdown]\n# ![Map of the districts](map.png) and <img src='a.png' alt='A map'>\n",
        '# %%\nsource = """\n# question: q1\n# BEGIN SOLUTION\na = 1\n# END SOLUTION\n"""\nopen(\'a.py\', \'w\').write(source)\n',
        "# %%\nfiles = !ls\n# %%\n%%time\na = 1\n# %%\n%%html\n<b>no Python</b>\n",
    ],
)
def test_what_only_looks_like_a_fault_is_left_alone(tmp_path, text):
    found = lint(source(tmp_path, text, "lab.py"))
    assert list(found) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("# BEGIN SOLUTION NO PROMPT", "# BEGIN SOLUTION"),
        ("# BEGIN_SOLUTION", "# BEGIN SOLUTION"),
        ("# BEGN SOLUTION", "# BEGIN SOLUTION"),
        ("#%% BEGIN SOLUTION", "# BEGIN SOLUTION"),
        ("BEGIN SOLUTON", "# BEGIN SOLUTION"),
        ("# begin solutions", "# BEGIN SOLUTION"),
        ("# BEGIN SOLUTION  # END SOLUTION", "# BEGIN SOLUTION"),
        ("# END HIDEN TESTS", "# END HIDDEN TESTS"),
        ("# BEGIN VERBORGEN TESTS", "# BEGIN HIDDEN TESTS"),
        ("# EINDE OPLOSSING", "# END SOLUTION"),
        ("// BEGIN TESTS", "# BEGIN HIDDEN TESTS"),
        ("# start tests", ""),
        ("# MARKING SCHEME", ""),
        ("# the solution begins here", ""),
        ("# end of the hidden valley", ""),
        ("# stop the test", ""),
        ("# End result", ""),
        ("begin = solution", ""),
    ],
)
def test_what_a_line_was_meant_to_be(text, right):
    assert meant.block(text, "code") == right


@pytest.mark.parametrize(
    ("text", "kind", "right"),
    [
        ("# questoin: q1", "code", "# question: q1"),
        ("#question q1, 2 points", "code", "# question: q1, 2 points"),
        ("# vraag: q1, 2 punten", "code", "# question: q1, 2 punten"),
        ("# test: q1", "code", "# check: q1"),
        ("<!-- queston: why, 2 points -->", "markdown", "<!-- question: why, 2 points -->"),
        ("<!-- taal: NL -->", "markdown", "<!-- language: nl -->"),
        ("<!-- language: nl --> Hallo", "markdown", "<!-- language: nl -->"),
        ("# Question 3", "code", ""),
        ("# test: all of it", "code", ""),
        ("# Question: Noise", "markdown", ""),
        ("# taal: Nederlands", "code", ""),
        ("# quest: one", "code", ""),
    ],
)
def test_what_a_first_line_was_meant_to_be(text, kind, right):
    assert meant.first(text, kind) == right


PIECES = st.sampled_from([
    "# question: q1, 2 points", "# question: q2", "# check: q1", "# BEGIN SOLUTION", "# END SOLUTION", "a = 1", "assert a",
    "# BEGIN HIDDEN TESTS", "# END HIDDEN TESTS", "=== BEGIN MARK SCHEME ===", "=== END MARK SCHEME ===", '"""', "", "(",
    "<!-- language: nl -->", "# hidden", "![](a)", "%%bash", "!ls", "~/x", "# Points: 3 points in total", "def f(:", "\x00",
    "reference.a", "for x in y:", "    return 1", "---", "assignment: a", "# %%", "```python", "é\u2028", "from a import *",
])  # fmt: skip
CELLS = st.lists(
    st.tuples(st.sampled_from(["code", "markdown", "raw"]), st.lists(PIECES | st.text(max_size=8), max_size=6))
)


@settings(max_examples=60)
@given(CELLS)
def test_no_notebook_breaks_it(tmp_path_factory, cells):
    written = [{"cell_type": kind, "source": "\n".join(lines), "metadata": {}} for kind, lines in cells]
    path = tmp_path_factory.mktemp("odd") / "exercise.ipynb"
    path.write_text(
        json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": written}), encoding="utf-8"
    )
    findings = lint(path)
    assert {one.rule for one in findings} <= set(RULES)
    try:
        open_assignment(path)
    except LabkitError:
        # What cannot be opened, lint tells as an error.
        assert findings.of("error")


MORE_CELLS = '\n# %% [markdown]\n"""\nTwo\nlines\n"""\n\n# %% [raw]\n# raw\n\n# %%\n# %matplotlib inline\n# !ls\n\n\nb = 2\n\n# %%\n'


@pytest.mark.parametrize("ending", [".py", ".md"])
def test_the_quick_reader_reads_what_jupytext_reads(ending):
    import jupytext

    text = EXAMPLE + MORE_CELLS
    if ending == ".md":
        cells = [cell for cell in notebook.loads(text, ".py").cells if cell.source != "raw"]
        settings, *cells = [f"```python\n{one.source}\n```" if one.cell_type == "code" else one.source for one in cells]
        text = "\n\n\n".join([settings, "Text\n\nwith a blank line\n```\nno cell\n```", *cells])
    quick = (percent.cells_of_py if ending == ".py" else percent.cells_of_md)(text)
    slow = jupytext.reads(text, fmt=ending[1:])
    assert [(kind, body) for kind, body, _ in quick] == [(one.cell_type, one.source.strip("\n")) for one in slow.cells]
    lines = text.split("\n")
    assert all(body.split("\n")[0].lstrip("# %") in lines[line - 1] for _, body, line in quick)


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("a = 1\n\nb = 2\n", ".py"),
        ('# %% tags=["a"]\na = 1\n', ".py"),
        ("# %% Setup\na = 1\n", ".py"),
        ("# ---\n# jupyter:\n#   kernelspec: {}\n# ---\n\n# %%\na = 1\n", ".py"),
        ("<!-- #region -->\nText\n<!-- #endregion -->\n", ".md"),
        ("---\nkernelspec: {}\n---\n", ".md"),
        ("```{code-cell}\na = 1\n```\n", ".md"),
    ],
)
def test_the_quick_reader_leaves_the_rest_to_jupytext(text, ending):
    assert (percent.cells_of_py if ending == ".py" else percent.cells_of_md)(text) is None


def test_lines_are_found_in_other_forms_too(tmp_path):
    path = source(
        tmp_path, "---\nassignment: a\ntitle: A\n---\n\n# Text\n\n```{code-cell}\nb = = 2\n```\n", "exercise.md"
    )
    page = read_page(path, "exercise.md")
    assert [cell.kind for cell in page.cells] == ["raw", "markdown", "code"]
    assert [(one.rule, one.file_line) for one in lint(path)] == [("no-questions", 0), ("code-syntax", 9)]


def test_the_command(tmp_path):
    good = source(tmp_path, EXAMPLE)
    run = CliRunner().invoke(app, ["assignment", "lint", str(good)])
    assert (run.exit_code, run.output) == (0, "")
    bad = source(tmp_path, EXAMPLE.replace("# END SOLUTION\n", ""), "bad.py")
    run = CliRunner().invoke(app, ["assignment", "lint", str(good), str(bad), "--json"])
    told = json.loads(run.output)
    assert run.exit_code == 1
    assert told["files"] == 2
    assert [(one["rule"], one["severity"], one["file"]) for one in told["findings"]] == [
        ("marker-unbalanced", "error", str(bad))
    ]
    run = CliRunner().invoke(app, ["assignment", "lint", str(bad.parent), "--language", "nl"])
    assert "fout marker-unbalanced (cel 7, regel 2): BEGIN SOLUTION wordt nergens afgesloten" in run.output
    advice = source(tmp_path, EXAMPLE.replace(", ai: allowed", ""))
    assert CliRunner().invoke(app, ["assignment", "lint", str(advice)]).exit_code == 0


def test_the_command_ends_as_wrong_use_without_a_notebook(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "labkit", "assignment", "lint", str(tmp_path / "none.ipynb")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "There is no notebook" in run.stderr
