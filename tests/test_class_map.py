"""The class map fills as hand-ins come in; nobody's name is on it."""

import json
import math
from collections import Counter

import pytest
from hostile import HOSTILE
from hypothesis import given
from hypothesis import strategies as st
from made_up_assignment import write_assignment
from typer.testing import CliRunner

from labkit.assignments.class_answers import Answers, answers_of, asked, found_in
from labkit.assignments.class_map import class_map, progress
from labkit.assignments.companion import Companion
from labkit.assignments.results import CheckResult, QuestionResult, Result
from labkit.cli.app import app
from labkit.errors import LabkitError, UnknownNameError

NORTH, SOUTH, EAST = "WK054601", "WK054600", "WK054609"


def result(student, area, values=None, *, passed=True, **more):
    """Return the result of one student with one question."""
    checks = [CheckResult(id="q1.1", passed=passed)]
    questions = [] if values is None else [QuestionResult(id="q1", title="Residents", values=values, checks=checks)]
    received = "2026-11-27T12:00:00+01:00"
    given = {"assignment": "week1", "student": student, "area": area, "received": received, "questions": questions}
    return Result(**given | more)


def layer(made, name="q1.x"):
    return next(one for one in made.area_layers if one.indicator == name)


def remark(made, area, name="q1.x"):
    return layer(made, name).remark(area, made.language)


def test_a_district_shows_what_was_found_and_others_wait():
    made = class_map([result("s1", NORTH, {"x": 12.5})])
    assert layer(made).by_area[NORTH].value == 12.5
    assert remark(made, SOUTH) == "No hand-in yet."
    assert len(layer(made).missing) == 9
    assert layer(made, "hand_ins").by_area[SOUTH].value == 0


def test_it_fills_as_hand_ins_come_in():
    results = [result(f"s{n}", f"WK05460{n}", {"x": n + 0.5}) for n in range(10)]
    missing = [len(layer(class_map(results[:many])).missing) for many in (1, 5, 10)]
    assert missing == [9, 5, 0]


def test_where_hand_ins_differ_it_shows_what_most_give_and_how_many():
    three = [result("s1", NORTH, {"x": 27.1}), result("s2", NORTH, {"x": 27.12}), result("s3", NORTH, {"x": 0.271})]
    made = class_map(three)
    assert layer(made).by_area[NORTH].value == 27.1
    assert remark(made, NORTH) == "2 of 3 gave this value"
    made = class_map(three[1:])
    assert layer(made).by_area[NORTH].value is None
    assert remark(made, NORTH) == "2 gave different values."
    made = class_map(three, at_least=3)
    assert remark(made, NORTH) == "Fewer than 3 gave the same value."


def test_only_right_answers_on_request():
    made = class_map([result("s1", NORTH, {"x": 1}), result("s2", SOUTH, {"x": 9}, passed=False)], right_only=True)
    assert layer(made).by_area[NORTH].value == 1
    assert remark(made, SOUTH) == "Handed in, without a number that counts here."


def test_a_group_counts_once():
    pair = [result("s1", NORTH, {"x": 1}, group="A"), result("s2", NORTH, {"x": 1}, group="A")]
    made = class_map([*pair, result("s3", NORTH, {"x": 1})])
    assert layer(made, "hand_ins").by_area[NORTH].value == 2
    assert remark(made, NORTH) == "2 of 2 gave this value"


def test_who_has_not_handed_in_is_counted_and_not_named():
    made = class_map([result("s1", NORTH, {"x": 1}), result("s7654321", NORTH, None, status="no hand-in")])
    assert remark(made, NORTH, "hand_ins") == "1 of 2 handed in"
    table = progress([result("s1", NORTH, {"x": 1}), result("s2", NORTH, None, status="no hand-in")])
    assert table.set_index("area").loc[NORTH, ["handed_in", "expected"]].tolist() == [1, 2]


def test_no_name_is_on_the_page():
    results = [
        result("s7654321", NORTH, {"x": 1}, file="s7654321/week1.ipynb", original="Jan de Vries/week1.ipynb"),
        result("s7654322", SOUTH, {"x": 2}, group="De Snelle Fietsers"),
    ]
    page = class_map(results).to_html()
    for secret in ("7654321", "7654322", "Vries", "Fietsers"):
        assert secret not in page


def test_texts_of_students_do_not_run():
    hostile = result("s1", NORTH, {HOSTILE: 1})
    hostile.questions[0].title = HOSTILE
    page = class_map([hostile]).to_html()
    assert "<img src=x" not in page
    assert "</script><script>document.title" not in page


def test_only_numbers_are_mapped():
    values = {"yes": True, "name": "Noord", "nothing": None, "infinite": math.inf, "huge": 10**400, "x": 3}
    answers = answers_of([result("s1", NORTH, values)])
    assert asked(answers) == [("q1", "x")]
    made = class_map([result("s1", NORTH, {"name": "Noord"})])
    assert [one.indicator for one in made.area_layers] == ["hand_ins"]
    with pytest.raises(LabkitError, match='No answer to "q1" is a number yet'):
        class_map([result("s1", NORTH, {"name": "Noord"})], "q1")


def test_a_question_can_be_shown_alone():
    made = class_map([result("s1", NORTH, {"x": 1, "y": 2})], "q1", language="nl")
    assert [one.indicator for one in made.area_layers] == ["q1.x", "q1.y"]
    assert [one.about.label() for one in made.area_layers] == ["Residents (x)", "Residents (y)"]
    assert "Nog niet ingeleverd." in made.to_html()
    with pytest.raises(UnknownNameError, match=r"no question .* Did you mean q1\?"):
        class_map([result("s1", NORTH, {"x": 1})], "q11")


def test_the_assignment_gives_titles_units_and_what_is_left_out():
    public = 'lk.expect.number(x, unit="%", between=(0, 100))'
    question = {
        "id": "q1",
        "title": {"nl": "Aandeel", "en": "Share"},
        "checks": [{"id": "1", "points": 1, "public": public}],
    }
    told = Companion(
        assignment="week1",
        title={"nl": "Eerste week", "en": "First week"},
        year=2026,
        city="leiden",
        variants="district",
        leave_out=["Stationsdistrict"],
        questions=[question],
    )
    made = class_map([result("s1", NORTH, {"x": 1})], assignment=told, language="nl")
    assert made.title == "Eerste week: wat de groep vond"
    assert (layer(made).about.label("nl"), layer(made).about.unit) == ("Aandeel", "%")
    assert remark(made, "WK054602") == "Niemand werkt aan dit gebied."


def test_it_says_what_does_not_fit():
    with pytest.raises(LabkitError, match="everybody had the same work"):
        class_map([result("s1", "", {"x": 1})])
    with pytest.raises(LabkitError, match="has no area XX1"):
        class_map([result("s1", "XX1", {"x": 1})])


@given(
    st.lists(st.tuples(st.sampled_from([NORTH, SOUTH, EAST]), st.sampled_from([1.0, 1.001, 2.0, 30.0]), st.booleans()))
)
def test_no_more_agree_than_gave_a_number(given_answers):
    answers = [
        Answers(area, True, (QuestionResult(id="q1", values={"x": value} if said else {}),))
        for area, value, said in given_answers
    ]
    for area in (NORTH, SOUTH, EAST):
        found = found_in(answers, area, "q1", "x")
        here = Counter(round(value) for place, value, said in given_answers if place == area and said)
        assert found.agree <= found.given == sum(here.values()) <= found.handed_in
        most = here.most_common(2)
        if found.value is None:
            assert not most or (len(most) == 2 and most[0][1] == most[1][1])
        else:
            assert found.agree == here[round(found.value)] == most[0][1]


def test_the_command_writes_the_page(tmp_path):
    folder = tmp_path / "out" / "results"
    folder.mkdir(parents=True)
    for one in (result("s1", NORTH, {"residents": 12345}), result("s2", SOUTH, {"residents": 23456})):
        (folder / f"{one.student}.json").write_text(one.model_dump_json(), encoding="utf-8")
    source = write_assignment(tmp_path / "source")
    page = tmp_path / "map.html"
    call = ["assignment", "map", str(tmp_path / "out"), "--out", str(page), "--assignment", str(source)]
    run = CliRunner().invoke(app, [*call, "--json"])
    assert run.exit_code == 0, run.output
    told = json.loads(run.output)
    assert [one["handed_in"] for one in told["areas"][:3]] == [1, 1, 0]
    assert told["layers"][1]["id"] == "q1.residents"
    assert "Cars in your district: what the class found" in page.read_text(encoding="utf-8")
    run = CliRunner().invoke(app, [*call, "--language", "nl"])
    assert "2 keer ingeleverd, in 2 van de 10 gebieden." in run.output


def test_the_same_results_give_the_same_page():
    results = [result("s1", NORTH, {"x": 1}), result("s2", SOUTH, {"x": 2})]
    assert class_map(results).to_html() == class_map(results).to_html()
