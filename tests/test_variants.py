"""Each student an own district: balanced, the same every time, and nobody moves when somebody joins."""

import json
import os
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_assignment import write_assignment
from typer.testing import CliRunner

import labkit as lk
from labkit.assignments import variants
from labkit.assignments.companion import Companion, read_companion
from labkit.assignments.dealing import deal_roster, save_dealing
from labkit.assignments.header import Header
from labkit.assignments.release.release import release
from labkit.assignments.variants import areas_dealt, deal, district_of, listed, my_district, salted
from labkit.cli.app import app
from labkit.errors import LabkitError, UnknownNameError, WrongUseError

WEEK = Header(assignment="week1", course="city-as-lab", year=2026, city="leiden", variants="district")
CODES = [area.code for area in areas_dealt(WEEK)]

ids = st.lists(st.from_regex(r"s[0-9]{3,7}", fullmatch=True), unique=True, max_size=70)


@pytest.fixture(autouse=True)
def _nobody_asked(monkeypatch, tmp_path):
    monkeypatch.setattr(variants, "asked", [])
    monkeypatch.setattr(variants, "_answered", [])
    monkeypatch.delenv("LABKIT_DISTRICT", raising=False)
    monkeypatch.delenv("LABKIT_ASSIGNMENT", raising=False)
    monkeypatch.chdir(tmp_path)


def spread(dealt):
    counts = Counter(dict.fromkeys(CODES, 0)) + Counter(dealt.values())
    counts.update(dict.fromkeys(CODES, 0))
    return max(counts.values()) - min(counts.values())


@given(ids)
def test_each_district_is_dealt_as_often_as_the_others_or_once_more(students):
    dealt = deal(WEEK, students)
    assert list(dealt) == students
    assert spread(dealt) <= 1


@given(ids, st.randoms())
def test_the_order_of_the_roster_makes_no_difference(students, random):
    shuffled = random.sample(students, len(students))
    assert deal(WEEK, shuffled) == deal(WEEK, students)


@given(ids, st.integers(0, 40))
def test_who_joins_later_moves_nobody_and_keeps_the_balance(students, first):
    """One list after another: each time the list of the last time is given along."""
    dealt = deal(WEEK, students[:first])
    for many in range(first, len(students) + 1):
        later = deal(WEEK, students[:many], known=dealt)
        assert {who: later[who] for who in dealt} == dealt
        assert spread(later) <= 1
        dealt = later


@given(ids, st.lists(st.sampled_from(CODES), min_size=70, max_size=70))
def test_an_uneven_list_is_kept_and_evened_out_as_far_as_it_goes(students, codes):
    known = dict(zip(students[: len(students) // 2], codes, strict=False))
    dealt = deal(WEEK, students, known)
    assert {who: dealt[who] for who in known} == known
    before, after = Counter(known.values()), Counter(dealt.values())
    lowest = min(after[code] for code in CODES)
    # A district that got somebody new is used no more than once more than the least used.
    assert all(after[code] <= lowest + 1 for code in CODES if after[code] > before[code])


@settings(max_examples=20)
@given(st.lists(st.integers(0, 10**7), min_size=200, max_size=200, unique=True))
def test_without_a_list_the_hash_spreads_students(numbers):
    counts = Counter(district_of(WEEK, f"s{one}") for one in numbers)
    assert set(counts) == set(CODES)
    assert max(counts.values()) < 60  # of 200 over ten: twenty each on average


def test_dealing_prefers_the_district_of_the_hash():
    """So that most of who began before the list was there need not begin again."""
    students = [f"s{number}" for number in range(300)]
    dealt = deal(WEEK, students)
    kept = sum(dealt[who] == district_of(WEEK, who) for who in students)
    assert kept > 240


def test_another_year_gives_another_district():
    students = [f"s{number}" for number in range(200)]
    again = WEEK.model_copy(update={"year": 2027})
    same = sum(district_of(WEEK, who) == district_of(again, who) for who in students)
    assert same < 50
    assert salted(WEEK, "s1") != salted(again, "s1")


def test_the_weeks_of_a_course_share_the_district():
    second = Header(assignment="week2", course="city-as-lab", year=2026, city="leiden", variants="district")
    assert all(district_of(WEEK, f"s{one}") == district_of(second, f"s{one}") for one in range(50))


def test_a_district_left_out_moves_only_those_who_had_it():
    without = WEEK.model_copy(update={"leave_out": ("Stationsdistrict",)})
    gone = lk.open_city("leiden").areas.find("Stationsdistrict").code
    for number in range(100):
        before, after = district_of(WEEK, number), district_of(without, number)
        assert after != gone
        assert before in (gone, after)
    assert gone not in set(deal(without, range(100)).values())
    assert deal(without, ["s1", "s2"], known={"s1": gone})["s1"] == gone


def test_areas_can_be_of_any_level_and_place():
    inner = Header(assignment="w", city="leiden", variants="neighbourhood", within="Merenwijkdistrict")
    assert {area.parent.name for area in areas_dealt(inner)} == {"Merenwijkdistrict"}
    with pytest.raises(WrongUseError, match="everybody has the same work"):
        areas_dealt(Header(assignment="w", city="leiden"))
    with pytest.raises(LabkitError, match="no areas of the level district"):
        areas_dealt(Header(assignment="w", city="leiden", variants="district", leave_out=tuple(CODES)))
    with pytest.raises(UnknownNameError, match="Stationsdistrict"):
        areas_dealt(Header(assignment="w", city="leiden", variants="district", leave_out=("Statiosdistrict",)))


def test_a_group_is_found_under_its_name_and_under_its_members():
    dealt = deal(WEEK, ["pair 1", "s3"])
    told = listed(WEEK, dealt, {"s1": "pair 1", "s2": "pair 1", "s9": ""})
    settings = Companion(
        assignment="week1", course="city-as-lab", year=2026, city="leiden", variants="district", districts=told
    )
    assert len(told) == 4
    assert {district_of(settings, who) for who in ("pair 1", "Pair  1", "s1", "S2")} == {dealt["pair 1"]}
    assert "s1" not in json.dumps(told)
    assert "pair" not in json.dumps(told)


def test_ids_that_differ_in_case_or_blanks_are_one():
    dealt = deal(WEEK, ["S1 ", "s1", "s2"])
    assert dealt["S1 "] == dealt["s1"]
    with pytest.raises(WrongUseError, match="empty"):
        deal(WEEK, ["  "])


def write(folder, **more):
    settings = {"assignment": "week1", "course": "city-as-lab", "year": 2026, "city": "leiden", "variants": "district"}
    (folder / "assignment.json").write_text(json.dumps(settings | more), encoding="utf-8")


def test_my_district_reads_what_came_with_the_notebook(tmp_path, monkeypatch):
    write(tmp_path, districts={salted(WEEK, "s1"): "WK054609"})
    (tmp_path / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "er")
    assert lk.my_district("s1").name == "Stevenshofdistrict"
    with pytest.warns(UserWarning, match="s2 is not on the list"):
        assert lk.my_district("s2").code == district_of(WEEK, "s2")
    assert variants.asked == ["s1", "s2"]


def test_the_grader_decides_and_notes_who_was_asked_for(tmp_path, monkeypatch):
    write(tmp_path)
    monkeypatch.setenv("LABKIT_DISTRICT", "WK054601")
    assert my_district("somebody else").code == "WK054601"
    assert my_district().code == "WK054601"
    assert variants.asked == ["somebody else"]


def test_who_is_asked_once_a_session(tmp_path, monkeypatch):
    write(tmp_path)
    answers = iter([" s1234567 "])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    assert my_district() is my_district()
    assert my_district().code == district_of(WEEK, "s1234567")


def test_it_says_what_to_do(tmp_path, monkeypatch):
    with pytest.raises(LabkitError, match=r"no assignment.json in .*unpack the assignment again"):
        my_district("s1")
    write(tmp_path, variants=None)
    with pytest.raises(WrongUseError, match="everybody has the same work"):
        my_district("s1")
    write(tmp_path)

    def nobody(_):
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    with pytest.raises(LabkitError, match=r'lk.my_district\("s1234567"\)'):
        my_district()
    assert "LABKIT_DISTRICT" not in os.environ


# --- over a roster -----------------------------------------------------------------------------------------------

ROSTER = "Studentnummer;Naam;Groep\n" + "".join(f"s{n};Name {n};\n" for n in range(1, 19)) + "s30;X;A\ns31;Y;A\n"


def test_a_roster_is_dealt_with_a_group_as_one(tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    dealing = deal_roster(WEEK, tmp_path / "roster.csv")
    assert sum(dealing.counts.values()) == 19
    assert dealing.balanced
    rows = dealing.table.set_index("student")
    assert rows.loc["s30", "code"] == rows.loc["s31", "code"]
    assert dealing.sentence() == "Each of the 10 areas is used 1 to 2 times."


def test_what_was_written_is_kept_when_students_join_and_leave(tmp_path):
    roster, out = tmp_path / "roster.csv", tmp_path / "dealt.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    first = deal_roster(WEEK, roster)
    save_dealing(first, out)
    roster.write_text(ROSTER.replace("s4;Name 4;\n", "") + "s99;Z;\n", encoding="utf-8")
    again = deal_roster(WEEK, roster, kept=out)
    assert {who: again.dealt[who] for who in first.dealt if who != "s4"} == {
        who: code for who, code in first.dealt.items() if who != "s4"
    }
    assert again.dealt["s99"] == first.dealt["s4"] or again.balanced
    save_dealing(again, out)
    # What was written is a roster that gives the same once more, with all its own columns.
    assert deal_roster(WEEK, out).dealt == again.dealt
    assert out.read_text(encoding="utf-8").splitlines()[0] == "Studentnummer,Naam,Groep,district"


def test_a_district_in_the_roster_is_kept(tmp_path):
    (tmp_path / "roster.csv").write_text("student,wijk\ns1,Stevenshofdistrict\ns2,\n", encoding="utf-8")
    dealing = deal_roster(WEEK, tmp_path / "roster.csv")
    assert dealing.dealt["s1"] == "WK054609"
    assert dealing.as_csv().splitlines()[:2] == ["student,wijk", "s1,WK054609"]
    (tmp_path / "roster.csv").write_text("student,wijk\ns1,Stevenshovdistrict\n", encoding="utf-8")
    with pytest.raises(LabkitError, match=r"line 2: there is no district.*Did you mean Stevenshofdistrict"):
        deal_roster(WEEK, tmp_path / "roster.csv")


def test_the_command_shows_who_gets_what(tmp_path):
    source = write_assignment(tmp_path / "source")
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    run = CliRunner().invoke(app, ["assignment", "districts", str(source), str(roster), "--language", "nl"])
    assert run.exit_code == 0, run.output
    assert "Elk van de 10 gebieden wordt 1 tot 2 keer gebruikt." in run.output
    roster.write_text("student,district\n" + "".join(f"s{n},Morsdistrict\n" for n in range(4)), encoding="utf-8")
    run = CliRunner().invoke(app, ["assignment", "districts", str(source), str(roster), "--json"])
    assert run.exit_code == 1
    assert json.loads(run.output)["areas"]["WK054606"] == 4


def test_released_districts_are_those_that_the_command_shows(tmp_path):
    source = write_assignment(tmp_path / "source")
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    shown = deal_roster(source, roster).dealt
    told = read_companion(release(source, tmp_path / "out", roster=roster).folder)
    assert {district_of(told, who) for who in ("A", "s30", "s31")} == {shown["A"]}
    assert all(district_of(told, f"s{n}") == shown[f"s{n}"] for n in range(1, 19))
    roster.write_text(ROSTER + "s99;Z;\n", encoding="utf-8")
    later = deal_roster(source, roster, released=tmp_path / "out").dealt
    assert {who: later[who] for who in shown} == shown
