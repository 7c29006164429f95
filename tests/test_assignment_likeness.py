"""What is alike where few others are is named; what everybody writes, gets or calls otherwise is not."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_class import COPIED, RENAMED, write
from typer.testing import CliRunner

from labkit.assignments import notebook
from labkit.assignments.likeness import pairs, values
from labkit.assignments.likeness.likeness import likeness
from labkit.assignments.likeness.marked import marked
from labkit.assignments.likeness.normal import own_names, piece
from labkit.assignments.likeness.page import page
from labkit.assignments.results import CheckResult, QuestionResult, Result
from labkit.cli.app import app
from labkit.errors import LabkitError
from labkit.language import speaking


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    source, handins, roster = write(folder)
    (handins / "s99.ipynb").write_text('{"cells": 3}', encoding="utf-8")
    return source, handins, roster, likeness(source, handins, roster=roster)


def test_shared_code_text_and_values_are_named_and_nothing_else(made):
    found = made[3]
    assert [one.students for one in found.pairs] == [("s00", "s01"), ("s02", "s03"), ("s04", "s05")]
    code, text, value = found.pairs
    assert [(one.question, one.kind, one.others) for one in code.answers] == [("quiet", "code", 0)]
    assert code.answers[0].likeness > 0.95
    assert [(one.question, one.kind) for one in text.answers] == [("meaning", "text")]
    assert [(one.question, one.name, one.value, one.others) for one in value.values] == [
        ("residents", "residents", 98765, 0)
    ]
    assert list(found.unread) == ["s99"]
    assert json.loads(json.dumps(found.as_dict()))["pairs"][0]["students"] == ["s00", "s01"]


def results(folder, students, value, *, right):
    place = folder / "results"
    place.mkdir(parents=True)
    for number, student in enumerate(students):
        check = CheckResult(id="quiet.1", hidden=True, passed=right)
        given = {"share": value if number in (7, 8) else 10.5 + number}
        question = QuestionResult(id="quiet", values=given, checks=[check])
        result = Result(assignment="alike", student=student, questions=[question])
        (place / f"{student}.json").write_text(result.model_dump_json(), encoding="utf-8")
    return folder


def test_values_of_results_count_unless_they_are_right(made, tmp_path):
    source, handins, roster, found = made
    students = sorted(found.pieces)
    wrong = likeness(source, handins, roster=roster, results=results(tmp_path / "a", students, 47.83, right=False))
    assert [one.students for one in wrong.pairs if any(same.name == "share" for same in one.values)] == [("s07", "s08")]
    right = likeness(source, handins, roster=roster, results=results(tmp_path / "b", students, 47.83, right=True))
    assert [one.students for one in right.pairs if any(same.name == "share" for same in one.values)] == []


def test_the_page_shows_both_and_says_that_it_is_no_verdict(made):
    shown = page(made[3])
    assert "A place to look, no verdict." in shown
    assert "<mark>stil = wijk[&quot;value&quot;]" in shown
    assert "<i># my own table</i>" not in shown
    assert "<mark>residents = 98765</mark>" in shown
    assert "The canal keeps" in shown
    assert "<script" not in shown
    assert "http" not in shown.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "").replace(
        "http%3A", ""
    )
    with speaking("nl"):
        dutch = page(made[3])
    assert "Een plek om te kijken, geen oordeel." in dutch
    assert "98.765" in dutch
    assert '<html lang="nl">' in dutch


def test_what_the_solution_has_too_says_nothing():
    one = piece("quiet", "code", COPIED, own_names([COPIED]), ())
    assert set(pairs.alike({"s0": [one], "s1": [one]})) == {("s0", "s1")}
    assert pairs.alike({"s0": [one], "s1": [one]}, [one]) == {}


def test_what_a_student_writes_is_never_markup(made, tmp_path):
    source, handins, *_ = made
    for name in ("s00", "s01"):
        read = notebook.read(handins / f"{name}.ipynb")
        cell = next(one for one in read.cells if one.id == "quiet-answer")
        cell.source += '\nlabel = "<img src=x onerror=alert(1)></pre></main>"\n# <script>alert(1)</script>'
        notebook.write(tmp_path / f"{name}<b>.ipynb", read)
    shown = page(likeness(source, tmp_path))
    assert shown.count("<pre") == shown.count("</pre>") == 2
    assert "<img" not in shown
    assert "<script" not in shown
    assert "s00&lt;b&gt;" in shown


def test_no_pair_is_said_without_a_verdict_either(made, tmp_path):
    source, handins, *_ = made
    for name in (f"s{number:02}" for number in range(6, 24)):
        (tmp_path / f"{name}.ipynb").write_bytes((handins / f"{name}.ipynb").read_bytes())
    found = likeness(source, tmp_path)
    assert found.pairs == ()
    assert "says nothing about who wrote them" in page(found)


def test_names_comments_and_spacing_do_not_count():
    names = own_names([COPIED, RENAMED])
    assert {"homes", "stil", "share"} <= names
    assert "math" not in names
    one, other = (piece("quiet", "code", source, names, ()) for source in (COPIED, RENAMED))
    assert other.signs[2:] == one.signs
    assert piece("quiet", "code", "if (:\n  total = 3 # x", {"total"}, ()).lines[1] == ("name", "=", "3")
    assert piece("why", "text", "<!-- a\nb -->Het ’s", (), ()).signs == ("het", "s")


SIGNS = st.lists(st.sampled_from("abcdefgh"), max_size=60)


@given(SIGNS, SIGNS)
def test_marking_loses_nothing_and_is_the_same_both_ways(one, other):
    first, second = (piece("q", "text", " ".join(words), (), ()) for words in (one, other))
    left, right = marked(first, second)
    assert left.replace("<mark>", "").replace("</mark>", "") == first.source
    assert right.replace("<mark>", "").replace("</mark>", "") == second.source
    assert marked(first, first)[0] == (f"<mark>{first.source}</mark>" if len(one) >= 3 else first.source)


@given(st.integers(0, 10_000), st.integers(20, 60))
def test_only_what_few_have_is_named(seed, length):
    def words(of):
        chosen = random.Random(f"{seed} {of}")
        return " ".join(f"w{chosen.randrange(10**6)}" for _ in range(length))

    common = words("all")
    class_ = {f"s{number}": f"{common} {words(number)}" for number in range(12)}
    class_ |= {"s0": f"{words('shared')} {words(0)}", "s1": f"{words('extra')} {words('shared')}"}
    found = pairs.alike({name: [piece("q", "text", text, (), ())] for name, text in class_.items()})
    assert set(found) == ({("s0", "s1")} if found else set())
    (one,) = found.get(("s0", "s1"), [None])
    # Half of each is alike: a short one is too little to name.
    assert (one is None) == (length < pairs.LONG)
    assert one is None or (one.signs, one.others) == (length, 0)


def areas(count):
    return {f"s{number}": f"D{number % count}" for number in range(20)}


def test_a_value_tells_something_only_where_values_differ_by_area():
    alone = {f"s{number}": {("q", "n"): 100 + number % 10} for number in range(20)}
    assert values.same(alone, areas(10)) == {}
    copied = alone | {"s1": {("q", "n"): 100}}
    found = values.same(copied, areas(10))
    assert set(found) == {("s0", "s1"), ("s1", "s10")}
    assert found["s0", "s1"][0].others == 1
    everywhere = {name: {("q", "n"): 100} for name in areas(10)}
    assert values.same(everywhere, areas(10)) == {}
    assert values.same(copied, dict.fromkeys(areas(10), "")) == {}
    odd = {
        f"s{number}": {("q", "n"): value}
        for number, value in enumerate([float("nan"), float("inf"), 10**400, [1], None])
    }
    assert values.same(odd, areas(10)) == {}


def test_the_command(made, tmp_path):
    source, handins, roster, _ = made
    out = tmp_path / "likeness.html"
    command = ["assignment", "likeness", str(source), str(handins), "--roster", str(roster)]
    run = CliRunner().invoke(app, [*command, "--out", str(out), "--language", "nl"])
    assert (run.exit_code, "3 paren om naar te kijken" in run.output) == (0, True)
    assert "Een plek om te kijken" in out.read_text(encoding="utf-8")
    run = CliRunner().invoke(app, [*command, "--json"])
    assert json.loads(run.output)["hand_ins"] == 24
    with pytest.raises(LabkitError, match="Say where the page goes"):
        CliRunner().invoke(app, command, catch_exceptions=False)
