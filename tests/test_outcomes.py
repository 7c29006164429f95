"""Outcomes: the Leiden register counted a second time, and what must hold for any register."""

from collections import Counter

import counted_by_hand as by_hand
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from made_up_register import books, outcome, project

from labkit import language
from labkit.errors import UnknownNameError, WrongUseError
from labkit.register.book import Book
from labkit.register.outcomes import outcomes
from labkit.register.settings import Settings
from labkit.texts import Text

BY = ("theme", "area", "programme", "year", "level", "partner")
STAGES = ("change", "use", "output", "none", "unknown")
CODES = ["WK054603", "WK054608", "BU05460302", "GM0547"]
KEYS = {
    "theme": lambda one: one["themes"],
    "area": lambda one: by_hand.parts(one, "district"),
    "programme": lambda one: [one["programme"]],
    "year": lambda one: [by_hand.first_year(one)],
    "level": lambda one: one["levels"],
    "partner": lambda one: {by_hand.KIND_OF[each["partner"]] for each in one.get("partners", [])} or {"unknown"},
}


@pytest.fixture(scope="module")
def register(leiden):
    return leiden.register.book


@pytest.mark.parametrize("by", BY)
def test_every_row_is_what_the_files_say(leiden, register, by):
    table = outcomes(register, leiden, by).table.set_index("id")
    assert table.index.is_unique
    for row in table.itertuples():
        inside = [one for one in by_hand.PROJECTS if row.Index in KEYS[by](one)]
        assert row.projects == len(inside)
        stages = Counter(map(by_hand.furthest, inside))
        assert [getattr(row, stage) for stage in STAGES] == [stages[stage] for stage in STAGES]
        assert row.confirmed == sum(any(map(by_hand.confirmed, by_hand.outcomes_of(one))) for one in inside)
        assert row.events == sum(map(by_hand.only_event, inside))
        assert row.outcomes == sum(len(by_hand.outcomes_of(one)) for one in inside)
    missing = {key for one in by_hand.PROJECTS for key in KEYS[by](one)} - set(table.index)
    assert missing == set()


@pytest.mark.parametrize("side", ["kind", "direction", "evidence"])
def test_outcomes_by_stage_and_side_are_what_the_files_say(leiden, register, side):
    crossed = outcomes(register, leiden).crossed(side).set_index("id")
    counts = Counter((one[side], one["stage"]) for one in by_hand.OUTCOMES)
    for value in crossed.index:
        assert [crossed.loc[value, stage] for stage in STAGES] == [counts[value, stage] for stage in STAGES]
    assert crossed["outcomes"].sum() == len(by_hand.OUTCOMES)


def test_changes_are_those_of_the_files(leiden, register):
    changes = outcomes(register, leiden).changes
    expected = {one["id"]: one for one in by_hand.OUTCOMES if one["stage"] in ("use", "change")}
    assert set(changes.table["id"]) == set(expected)
    titles = {one["id"]: one.get("title_en") or one["title_nl"] for one in by_hand.PROJECTS}
    for row in changes.table.itertuples():
        one = expected[row.id]
        assert row.project_title == titles[one["project"]]
        assert row.statement == (one.get("statement_en") or one["statement_nl"])
        assert row.for_whom == "; ".join(one.get("for_whom", []))
        assert (row.evidence, row.direction, row.stage) == (one["evidence"], one["direction"], one["stage"])
        assert row.statement in str(changes)
    sure = sum(map(by_hand.confirmed, expected.values()))
    assert f"confirmed by others: {sure}." in changes.sentences[0]


def test_programmes_have_the_names_of_the_register(leiden, register):
    with (by_hand.PACKAGE / "register" / "register.yaml").open(encoding="utf-8") as file:
        names = {one["id"]: one["en"] for one in yaml.safe_load(file)["programmes"]}
    table = outcomes(register, leiden, "programme").table.set_index("id")["label"]
    assert {id: table[id] for id in names} == names


@given(book=books(CODES), by=st.sampled_from(BY))
def test_the_stages_of_every_row_add_up(leiden, book, by):
    found = outcomes(book, leiden, by)
    for one in found.groups:
        assert sum(one.furthest.values()) == one.projects
        assert one.confirmed <= one.projects - one.furthest["none"]
    total = len(found.selection.projects)
    if by in ("programme", "year"):
        assert sum(one.projects for one in found.groups) == total
    else:
        assert sum(one.projects for one in found.groups) >= total
    for side in ("kind", "direction", "evidence"):
        assert found.crossed(side)["outcomes"].sum() == len(found.records)


@given(book=books(CODES), stage=st.sampled_from(STAGES))
def test_one_outcome_more_takes_no_project_back(leiden, book, stage):
    if "p-0" not in book:
        return
    order = ("unknown", "none", "output", "use", "change")
    more = Book([*book, outcome(99, 0, stage=stage)])
    reached = [
        next(name for name in reversed(order) if one.groups[0].furthest[name])
        for one in (
            outcomes(Book([r for r in made if r.id == "p-0" or getattr(r, "project", "") == "p-0"]), leiden, "year")
            for made in (book, more)
        )
    ]
    assert order.index(reached[0]) <= order.index(reached[1])


def test_a_year_without_projects_keeps_its_row(leiden):
    book = Book([project(1, start="2019"), project(2, start="2021-05"), project(3)])
    table = outcomes(book, leiden, "year").table
    assert table[["id", "projects"]].values.tolist() == [["2019", 1], ["2020", 0], ["2021", 1], ["unknown", 1]]


def test_a_programme_that_the_register_does_not_list_is_not_lost(leiden):
    settings = Settings(Text(en="Made up"), {"own": Text(en="Own programme")})
    book = Book([project(1, programme="own"), project(2, programme="new"), project(3, programme="unknown")], settings)
    table = outcomes(book, leiden, "programme").table
    assert table["id"].tolist() == ["own", "other", "new", "unknown"]
    assert table["projects"].tolist() == [1, 0, 1, 1]


def test_a_project_without_a_record_of_an_outcome_is_unknown_and_shown(leiden):
    found = outcomes(Book([project(1)]), leiden)
    assert found.table.set_index("id").loc["safety", "unknown"] == 1
    assert "Of 1 nothing is known. Of none it is recorded that nothing came." in found.sentences
    assert "unknown" in str(found)


def test_what_is_not_known_has_its_row_also_where_it_is_nothing(leiden):
    shown = str(outcomes(Book([project(1, start="2020")]), leiden, "year"))
    assert any(line.split() == ["Year", "unknown", *"00000000"] for line in shown.splitlines())


def test_wrong_choices_are_answered_with_the_nearest(leiden):
    with pytest.raises(UnknownNameError, match="Did you mean theme"):
        outcomes(Book([]), leiden, "themes")
    with pytest.raises(UnknownNameError, match="kind, direction, evidence"):
        outcomes(Book([]), leiden).crossed("colour")


def test_statements_are_never_read_as_markup(leiden):
    book = Book([project(1, title_en="<b>"), outcome(1, 1, stage="change", statement_en="<script>alert(1)</script>")])
    changes = outcomes(book, leiden).changes
    assert "<script" not in changes._repr_html_()
    assert "<script>alert(1)</script>" in changes.table["statement"].tolist()


@pytest.mark.parametrize("spoken", ["en", "nl"])
@pytest.mark.parametrize("by", BY)
def test_outcomes_show_themselves_in_both_languages(leiden, register, spoken, by, monkeypatch):
    monkeypatch.setattr(language, "_chosen", spoken)
    found = outcomes(register, leiden, by, start=2018)
    for one in (found, found.changes):
        assert one.title in str(one)
        assert f"lang='{spoken}'" in one._repr_html_()
    chart = found.chart().to_dict()
    assert chart["title"]["text"] == found.title
    assert found.title in chart["description"]
    drawn = {row["series"] for rows in chart["datasets"].values() for row in rows if "series" in row}
    assert ("onbekend" if spoken == "nl" else "unknown") in drawn
    with pytest.raises(WrongUseError, match=r"no chart|geen grafiek"):
        found.changes.chart()
