"""Coverage: every number of the Leiden register counted a second time, and what must hold for any register."""

import re
from collections import Counter
from datetime import date
from fractions import Fraction
from inspect import signature
from itertools import combinations, pairwise

import counted_by_hand as by_hand
import hypothesis.strategies as st
import networkx as nx
import pytest
from hypothesis import given
from made_up_register import books, outcome, partner, project, question

from labkit import language
from labkit.errors import NoFiguresError, UnknownNameError, WrongUseError
from labkit.register.book import Book
from labkit.register.coverage import coverage
from labkit.register.coverage.continuity import chains
from labkit.register.coverage.selection import GROUPS, Selection
from labkit.register.lineage import repeat_load
from labkit.register.outcomes import outcomes
from labkit.register.placing import place
from labkit.register.records import Agreement
from labkit.register.settings import Settings
from labkit.register.spans import MANY
from labkit.register.vocabularies import UNKNOWN
from labkit.texts import Text

LEVELS = ("municipality", "district", "neighbourhood")
DISTRICTS = ["WK054600", "WK054601", "WK054602", "WK054603", "WK054604"]
#: Some of every level, inside the city, in its region and beyond.
CODES = [*DISTRICTS, "BU05460302", "BU05460800", "BU05460801", "GM0546", "GM0547", "GM0537", "WK054701", "R-LEIDEN"]
ALL = ("presence", "visibility", "evidence", "continuity", "waiting", "participants", "initiatives")


@pytest.fixture(scope="module")
def register(leiden):
    return leiden.register.book


@pytest.fixture(scope="module")
def found(leiden, register):
    return coverage(register, leiden, need="lonely", today=by_hand.TODAY)


def every(one):
    """Return all that a coverage can be asked."""
    return [one, *(getattr(one, name) for name in ALL), one.gaps(), one.sensitivity()]


# ------------------------------------------------------------------ Leiden, counted a second time


def test_both_paths_read_the_same_records(register):
    assert len(by_hand.PROJECTS) == len([one for one in register if one.KIND == "project"]) > 80
    assert register.faults == []


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("choice", [{}, {"start": 2021, "end": 2023}, {"end": 2019}, {"themes": "safety"}])
def test_presence_is_what_the_files_say(leiden, register, level, choice):
    table = coverage(register, leiden, level, today=by_hand.TODAY, **choice).table.set_index("code", drop=False)
    projects, undated = by_hand.chosen(choice.get("start"), choice.get("end"), choice.get("themes"))
    if not {"start", "end"} & set(choice):
        undated = [one for one in projects if by_hand.years(one) is None]
    rows, loose = by_hand.in_rows(projects, level), by_hand.in_rows(undated, level)
    table.index = [row.code or row.group for row in table.itertuples()]
    assert list(table.index) == list(rows)
    for row, inside in rows.items():
        one = table.loc[row]
        assert one["projects"] == len(inside)
        assert one["projects_fractional"] == float(
            sum((by_hand.parts(each, level)[row] for each in inside), Fraction())
        )
        assert one["ids"] == "; ".join(each["id"] for each in inside)
        assert one["undated"] == len(loose[row])
        of_area = "0" if not inside else "1-2" if len(inside) < 3 else "3+"
        assert one["class"] == (of_area if one["group"] == "areas" else "")
    assert table["projects_fractional"].sum() == pytest.approx(len(projects))


def test_the_sentences_say_what_the_files_say(found):
    rows = by_hand.in_rows(by_hand.PROJECTS, "district")
    counts = {code: len(rows[code]) for code in by_hand.rows_of("district")}
    none, few = (sum(low <= count <= high for count in counts.values()) for low, high in ((0, 0), (1, 2)))
    first = f"10 districts of Leiden: {none} without a project, {few} with one or two, {10 - none - few} with three or more."
    assert found.presence.sentences[0] == first
    placed = {one["id"] for code in counts for one in rows[code]}
    loose = {one["id"] for group in ("unknown", "coarser") for one in rows[group]} - placed
    assert found.presence.placed == len(placed)
    assert found.selection.movable == len(loose)
    assert f"{len(placed)} of the {len(by_hand.PROJECTS)} projects can be placed" in found.presence.sentences[2]
    most = max(counts, key=counts.get)
    assert [one.key for one in found.presence.most] == [most]
    venues = Counter(venue for one in rows[most] for venue in by_hand.venues(one)).most_common(1)[0]
    assert f"{counts[most]} of the {len(placed)}" in found.presence.sentences[3]
    assert f"{venues[1]} of these name {venues[0]}" in found.presence.sentences[3]


def test_the_municipalities_of_the_region_are_counted_too(found):
    rows = by_hand.in_rows(by_hand.PROJECTS, "municipality")
    assert {one.key: len(one.projects) for one in found.around.selection.in_areas} == {
        code: len(rows[code]) for code in by_hand.rows_of("municipality")
    }
    assert len(by_hand.rows_of("municipality")) == 5


@pytest.mark.parametrize("choice", [{}, {"start": 2022}])
def test_projects_per_1000_residents_are_ranges(leiden, register, choice):
    rates = coverage(register, leiden, today=by_hand.TODAY, **choice).per_residents()
    projects, undated = by_hand.chosen(**choice)
    rows, perhaps = by_hand.in_rows(projects, "district"), by_hand.in_rows(undated, "district")
    loose = sum(len(each[group]) for each in (rows, perhaps) for group in ("unknown", "coarser"))
    for one in rates.table.itertuples():
        count, residents = (
            len(rows[one.code]),
            leiden.figures("population", year=rates.year, area=one.code)["value"].item(),
        )
        # Rounded at random to a multiple of 5: the true number lies up to 4 on either side.
        assert one.residents == residents
        assert (one.low, one.high) == pytest.approx((1000 * count / (residents + 4), 1000 * count / (residents - 4)))
        most = count + loose + len(perhaps[one.code])
        assert one.ceiling == pytest.approx(1000 * most / (residents - 4))
        assert one.one_more == pytest.approx(1000 / residents)
        assert one.few == (count < 10)
    assert any(f"No order of these areas follows: {loose} projects" in said for said in rates.sentences)


@pytest.mark.parametrize("level", LEVELS)
def test_areas_by_theme_are_what_the_files_say(leiden, register, level):
    gaps = coverage(register, leiden, level).gaps()
    rows = by_hand.in_rows(by_hand.PROJECTS, level)
    empty = []
    for one in gaps.table.to_dict("records"):
        inside = rows[one["code"] or one["group"]]
        for theme in gaps.columns:
            assert one[theme] == sum(theme in each["themes"] for each in inside)
            if not one[theme] and one["code"] and theme != "unknown":
                empty.append((one["code"], theme))
    assert gaps.empty == empty
    assert len(gaps.themes) == 12


def test_gaps_stand_beside_the_figures_of_need(leiden, register):
    gaps = coverage(register, leiden, need="lonely").gaps()
    table = gaps.table.set_index("code")
    published = leiden.figures("lonely", "district", gaps.need.year, area="Leiden").set_index("area")["value"]
    assert table.loc[list(published.index), "value"].to_dict() == published.to_dict()
    assert table.loc["", "value"].isna().all()
    assert "Lonely adults (%)" in str(gaps)
    assert gaps.need.sentences[0] in gaps.sentences[-1]
    assert coverage(register, leiden).gaps().need is None
    assert "This can change by" in coverage(register, leiden, need="lonely").sentences[-1]


def test_projects_beside_need_are_what_the_files_say(leiden, found):
    need = found.against(themes="social_cohesion")
    _, rows = None, by_hand.in_rows(by_hand.chosen(theme="social_cohesion")[0], "district")
    table = need.table.set_index("code")
    published = leiden.figures("lonely", "district", need.year, area="Leiden").set_index("area")["value"]
    more = fewer = equal = 0
    for one, other in combinations(table.index, 2):
        if abs(published[one] - published[other]) > 5 + 1e-9:  # a band of 2.5 percentage points around each
            high, low = sorted((one, other), key=lambda code: -published[code])
            difference = len(rows[high]) - len(rows[low])
            more, fewer, equal = more + (difference > 0), fewer + (difference < 0), equal + (difference == 0)
    assert (need.more, need.fewer, need.equal) == (more, fewer, equal)
    assert table["projects"].to_dict() == {code: len(rows[code]) for code in table.index}
    assert f"In {more + fewer + equal} pairs of areas" in need.sentences[0]


def test_visible_and_tangible_are_what_the_files_say(found):
    rows = by_hand.in_rows(by_hand.PROJECTS, "district")
    for one in found.visibility.table.itertuples():
        inside = rows[one.code or one.group]
        judged = Counter((by_hand.visible(each), by_hand.tangible(each)) for each in inside)
        for side, names in (
            (0, ("visible", "not_visible", "visible_unknown")),
            (1, ("tangible", "not_tangible", "tangible_unknown")),
        ):
            counts = [
                sum(count for both, count in judged.items() if both[side] is value) for value in (True, False, None)
            ]
            assert [getattr(one, name) for name in names] == counts
            assert sum(counts) == one.projects == len(inside)
        assert one.both == judged[True, True]
    assert found.visibility.totals["visible"] == sum(by_hand.visible(one) is True for one in by_hand.PROJECTS)
    assert found.visibility.totals["tangible"] == sum(by_hand.tangible(one) is True for one in by_hand.PROJECTS)


def test_evidence_is_what_the_files_say(found):
    table = found.evidence.table.set_index("stage")
    stages = Counter(map(by_hand.furthest, by_hand.PROJECTS))
    assert table["furthest"].to_dict() == {stage: stages[stage] for stage in table.index}
    for stage in ("change", "use", "output"):
        at = [[one for one in by_hand.outcomes_of(each) if one["stage"] == stage] for each in by_hand.PROJECTS]
        assert table.loc[stage, "any"] == sum(map(bool, at))
        assert table.loc[stage, "confirmed"] == sum(any(map(by_hand.confirmed, one)) for one in at)
        assert table.loc[stage, "share"] == pytest.approx(100 * stages[stage] / len(by_hand.PROJECTS))
    assert found.evidence.no_record == sum(not by_hand.outcomes_of(one) for one in by_hand.PROJECTS)
    sure = sum(any(map(by_hand.confirmed, by_hand.outcomes_of(one))) for one in by_hand.PROJECTS)
    assert found.evidence.confirmed_once == sure
    reached = sum(stages[stage] for stage in ("change", "use", "output"))
    assert f"for {reached} of the {len(by_hand.PROJECTS)} projects" in found.evidence.sentences[0]
    events = sum(map(by_hand.only_event, by_hand.PROJECTS))
    assert found.evidence.events == events > 0
    assert f"For {events} of these it was only shown or held" in found.sentences[4]
    said = [{each["evidence"] for each in by_hand.outcomes_of(one)} for one in by_hand.PROJECTS]
    others = sum(bool(one & {"partner_confirmed", "independent"}) for one in said) - sure
    assert found.evidence.confirmed_else == others > 0
    assert f"Not in this count: {others} projects" in str(found.evidence)


def test_continuity_is_what_the_files_say(found):
    continuity = found.continuity
    assert continuity.builds_on == sum(bool(one.get("builds_on")) for one in by_hand.PROJECTS)
    assert continuity.reuses == sum(bool(one.get("reuses")) for one in by_hand.PROJECTS)
    graph = nx.DiGraph((old, one["id"]) for one in by_hand.PROJECTS for old in one.get("builds_on", []))
    longest = [len(nx.dag_longest_path(graph.subgraph(part))) for part in nx.weakly_connected_components(graph)]
    assert sorted(map(len, continuity.chains)) == sorted(longest)
    rows = by_hand.in_rows(by_hand.PROJECTS, "district")
    for one in continuity.table.itertuples():
        inside = rows[one.code]
        people = [each for each in inside if each["involves_people"] is True]
        assert (one.projects, one.with_people) == (len(inside), len(people))
        assert one.people_unknown == sum(each["involves_people"] == "unknown" for each in inside)
        assert one.undated == sum(by_hand.years(each) is None for each in people)
        assert one.most == by_hand.most_with_people(inside)
        assert one.at_most == by_hand.most_with_people(inside, perhaps=True)
        assert one.repeat_load == ("yes" if one.most >= 3 else "perhaps" if one.at_most >= 3 else "no")


def test_waiting_questions_are_what_the_files_say(found):
    states = {one["id"]: by_hand.state(one) for one in by_hand.QUESTIONS}
    assert found.waiting.states == states
    rows = by_hand.in_rows(by_hand.QUESTIONS, "district")
    for one in found.waiting.table.itertuples():
        if one.by == "age":
            inside = [each for each in by_hand.QUESTIONS if by_hand.age(each, by_hand.TODAY) == one.id]
        elif one.by == "asker":
            inside = [each for each in by_hand.QUESTIONS if each["asker_kind"] == one.id]
        else:
            inside = rows[one.id]
        assert one.questions == len(inside)
        counts = Counter(states[each["id"]] for each in inside)
        assert [one.waiting, one.taken_up, one.parked, one.withdrawn, one.unknown] == [
            counts[state] for state in ("waiting", "taken_up", "parked", "withdrawn", "unknown")
        ]
    residents = [states[one["id"]] for one in by_hand.QUESTIONS if one["asker_kind"] == "resident"]
    assert (found.waiting.residents, found.waiting.residents_taken_up) == (len(residents), residents.count("taken_up"))


def test_who_takes_part_is_what_the_files_say(found):
    rows = by_hand.in_rows(by_hand.PROJECTS, "district")
    names = {one["id"]: one.get("name_en") or one["name"] for one in by_hand.PARTNERS}
    for one in found.participants.table.to_dict("records"):
        inside = rows[one["code"] or one["group"]]
        counts = Counter(kind for each in inside for kind in by_hand.kinds(each))
        for kind in ("mbo", "hbo", "wo", "mixed", "others", "unknown"):
            assert one[kind] == counts[kind]
        executing = {p["partner"] for each in inside for p in each.get("partners", []) if p["role"] == "executing"}
        assert one["institutions"] == len(executing)
        assert one["institution_names"] == "; ".join(sorted(names[id] for id in executing))
        # Who carries one project out may have another role in another one.
        others = {
            p["partner"]
            for each in inside
            for p in each.get("partners", [])
            if (p["partner"], "executing") not in {(q["partner"], q["role"]) for q in each["partners"]}
        }
        assert one["partners"] == len(others)
    levels = Counter(level for one in by_hand.PROJECTS for level in one["levels"])
    assert found.participants.levels == {level: levels[level] for level in found.participants.levels}


def test_initiatives_are_what_the_files_say(found):
    associations = {one["id"] for one in by_hand.PARTNERS if one["kind"] == "association"}
    counts = Counter()
    for agreement in by_hand.AGREEMENTS:
        promised = {(c["id"], partner) for c in agreement.get("commitments", []) for partner in c.get("parties", [])}
        counts.update({(agreement["id"], *one): 0 for one in promised if one[1] in associations})
        bound = {partner for _, partner in promised}
        parties = {one["partner"] for one in agreement.get("parties", [])} & associations - bound
        counts.update({(agreement["id"], "", one): 0 for one in parties})
    for one in by_hand.PROJECTS:
        of = {each["partner"] for each in one.get("partners", [])} & associations
        under = {(each["agreement"], each.get("commitment", "")) for each in one.get("under_agreement", [])}
        if not under and one["kind"] == "initiative":
            under = {("", "")}
        counts.update((*each, association) for each in under for association in of)
    table = found.initiatives.table
    assert {tuple(row[:3]): row[5] for row in table.itertuples(index=False)} == dict(counts)
    assert list(table["agreement"]).index("") == (table["agreement"] != "").sum()  # what is under none comes last


def test_sensitivity_is_what_the_files_say(found):
    variants = {one.label: one for one in found.sensitivity().variants}
    districts = by_hand.rows_of("district")
    years = [min(span) for one in by_hand.PROJECTS if (span := by_hand.years(one))]
    split = max(years) - 4
    base = {
        code: len(projects)
        for code, projects in by_hand.in_rows(by_hand.PROJECTS, "district").items()
        if code in districts
    }
    fine = {
        one["id"]
        for code in by_hand.rows_of("neighbourhood")
        for one in by_hand.in_rows(by_hand.PROJECTS, "neighbourhood")[code]
    }
    expected = {
        "Shared count": {
            code: sum(by_hand.parts(one, "district").get(code, 0) for one in by_hand.PROJECTS) for code in districts
        },
        f"from {split} on": counted(by_hand.chosen(start=split)[0], districts),
        f"up to {split - 1}": counted(by_hand.chosen(end=split - 1)[0], districts),
        "By neighbourhood": counted([one for one in by_hand.PROJECTS if one["id"] in fine], districts),
    }
    for label, counts in expected.items():
        one = variants[label]
        changed = [code for code in districts if class_of(counts[code]) != class_of(base[code])]
        assert sorted(one.changed) == sorted(name_of(found, code) for code in changed)
        same = {code for code in districts if not counts[code]} == {code for code in districts if not base[code]}
        if label == "By neighbourhood":
            # What is told by district only is not gone: nobody sees in which neighbourhood it is.
            assert (one.most_holds, one.none_holds) == ("open", "holds" if same else "open")
        else:
            undated = by_hand.in_rows([each for each in by_hand.PROJECTS if by_hand.years(each) is None], "district")
            lost = [code for code in districts if base[code] and not counts[code]]
            back = bool(lost) and all(undated[code] for code in lost)
            assert one.none_holds == ("holds" if same else "open" if back else "fails")
            assert one.classes == {
                name: sum(class_of(count) == place for count in counts.values())
                for place, name in enumerate(("0", "1-2", "3+"))
            }
            top = [name_of(found, code) for code in districts if counts[code] == max(counts.values())]
            assert one.most == top
    loose = found.selection.movable
    assert sorted(variants[f"Wherever the {loose} without a known place lie"].changed) == sorted(
        name_of(found, code) for code in districts if class_of(base[code]) != class_of(base[code] + loose)
    )


def counted(projects, rows):
    inside = by_hand.in_rows(projects, "district")
    return {code: len(inside[code]) for code in rows}


def class_of(count):
    return 0 if count == 0 else 1 if count < 3 else 2


def name_of(found, code):
    return found.selection.city.areas[code].name


# ------------------------------------------------------------------ what must hold for any register


@pytest.fixture(scope="module")
def city(leiden):
    return leiden


@given(book=books(CODES), level=st.sampled_from(LEVELS))
def test_every_project_is_counted_exactly_once(city, book, level):
    selection = Selection(book, city, level)
    assert sum((one.fractional for one in selection.tallies), Fraction()) == len(selection.projects)
    for one in selection.tallies:
        assert len({each.id for each in one.projects}) == len(one.projects)
        assert 0 <= one.fractional <= len(one.projects)
    everywhere = {each.id for one in selection.tallies for each in one.projects}
    assert everywhere == {one.id for one in selection.projects}


@given(book=books(CODES), level=st.sampled_from(LEVELS))
def test_areas_are_those_of_the_shared_rule_of_places(city, book, level):
    selection = Selection(book, city, level)
    codes = {area.code for area in selection.areas}
    for one in selection.projects:
        placed = place(one, city.areas, level)
        found = set(selection.keys(one))
        if one.scope == "areas":
            assert found & codes == set(placed.areas) & codes
            if placed.group == "unknown":
                assert found == {"unknown"}
        else:
            assert found == {"GM0546" if (one.scope, level) == ("city", "municipality") else placed.group}


@given(book=books(CODES), place=st.sampled_from(CODES), level=st.sampled_from(LEVELS))
def test_one_project_more_lowers_no_count(city, book, place, level):
    more = Book(
        [*book, project(99, areas=[place], start="2020", themes=["safety"], on_site=True, involves_people=True)]
    )
    before, after = coverage(book, city, level), coverage(more, city, level)
    for one, other in zip(before.selection.tallies, after.selection.tallies, strict=True):
        assert len(one.projects) <= len(other.projects)
        assert one.fractional <= other.fractional
        for name in ("visible", "visible_unknown", "tangible", "both"):
            assert before.visibility.counts[one.key][name] <= after.visibility.counts[other.key][name]
    assert set(after.gaps().empty) <= set(before.gaps().empty)
    for one, other in zip(before.continuity.loads, after.continuity.loads, strict=True):
        assert one.most <= other.most
    assert sum(len(one.projects) for one in after.selection.tallies) == 1 + sum(
        len(one.projects) for one in before.selection.tallies
    )


@given(book=books(CODES), start=st.integers(2014, 2027), length=st.integers(0, 5))
def test_a_period_parts_the_projects(city, book, start, length):
    inside = Selection(book, city, start=start, end=start + length)
    before, after = Selection(book, city, end=start - 1), Selection(book, city, start=start + length + 1)
    known = {one.id for one in (*inside.projects, *before.projects, *after.projects)}
    undated = {one.id for one in inside.undated}
    assert known.isdisjoint(undated)
    assert known | undated == {one.id for one in Selection(book, city).projects}


@given(book=books(CODES))
def test_the_parts_of_every_table_add_up(city, book):
    found = coverage(book, city)
    total = len(found.selection.projects)
    classes = [len(found.presence.by_class(name)) for name in ("0", "1-2", "3+")]
    assert sum(classes) == len(found.selection.areas)
    assert sum(found.evidence.furthest.values()) == total
    for one in found.selection.tallies:
        counts = found.visibility.counts[one.key]
        assert counts["visible"] + counts["not_visible"] + counts["visible_unknown"] == len(one.projects)
        assert counts["tangible"] + counts["not_tangible"] + counts["tangible_unknown"] == len(one.projects)
        assert counts["both"] <= min(counts["visible"], counts["tangible"])
    for part in found.participants.parts:
        kinds = part.kinds
        assert kinds["others"] + kinds["unknown"] <= len(part.tally.projects)
        assert kinds["mbo"] + kinds["hbo"] + kinds["wo"] + kinds["others"] + kinds["unknown"] >= len(
            part.tally.projects
        )
    for variant in found.sensitivity().variants:
        assert sum(variant.classes.values()) >= 10


@given(
    st.dictionaries(
        st.sampled_from([f"p-{n}" for n in range(9)]),
        st.lists(st.sampled_from([f"p-{n}" for n in range(9)]), max_size=3),
    )
)
def test_chains_are_the_longest_lines_of_what_has_no_circle(links):
    graph = nx.DiGraph()
    graph.add_nodes_from(links)
    graph.add_edges_from((old, one) for one, several in links.items() for old in several if old in links and old != one)
    found = chains(links)
    for line in found:
        assert all(old in links[new] for old, new in pairwise(line))
    circular = {one for part in nx.strongly_connected_components(graph) if len(part) > 1 for one in part}
    for part in nx.weakly_connected_components(graph):
        if part.isdisjoint(circular):
            longest = len(nx.dag_longest_path(graph.subgraph(part)))
            assert max((len(line) for line in found if part >= set(line)), default=1) == longest


@given(book=books(DISTRICTS))
def test_repeat_load_is_that_of_the_busiest_three_years(city, book):
    for load in coverage(book, city, today=by_hand.TODAY).continuity.loads:
        people = [one for one in load.tally.projects if one.involves_people is True]
        spans = [by_hand.years(one.as_dict()) for one in people]
        windows = ({year, year + 1, year + 2} for year in range(2005, 2040))
        assert load.most == max(sum(bool(span and span & window) for span in spans) for window in windows)
        if load.years:
            window = set(range(load.years[0], load.years[1] + 1))
            assert len(window) <= 3
            assert sum(bool(span and span & window) for span in spans) == load.most
            assert all(any(span and year in span for span in spans) for year in load.years)
        assert load.at_most >= load.most


@given(book=books(DISTRICTS))
def test_repeat_load_is_that_of_the_lineage(city, book):
    busy = {one.area: one for one in repeat_load(book, city.areas, "district", least=1).busy}
    for load in coverage(book, city).continuity.loads:
        listed = busy.get(load.tally.key)
        assert load.most == (len(listed.projects) if listed else 0)
        if listed:
            assert load.undated == len(listed.undated)
            if all(one.involves_people is not UNKNOWN for one in load.tally.projects):
                assert load.years == (listed.first, listed.last)
        assert load.is_high == (load.most >= MANY)


@given(book=books(CODES))
def test_no_rate_is_lower_than_its_stated_projects_or_higher_than_its_ceiling(city, book):
    for one in coverage(book, city).per_residents().rates:
        assert 0 <= one.low <= one.high <= one.ceiling


# ------------------------------------------------------------------ rules, one by one


def rows(book, city, **choice):
    """Return the rows in which something counts: code or group -> shared count as text."""
    return {one.key: str(one.fractional) for one in Selection(book, city, **choice).tallies if one.projects}


@pytest.mark.parametrize(
    ("areas", "level", "expected"),
    [
        (["WK054603", "WK054608"], "district", {"WK054603": "1/2", "WK054608": "1/2"}),
        (["BU05460302", "WK054603"], "district", {"WK054603": "1"}),
        (["BU05460302", "WK054603"], "neighbourhood", {"BU05460302": "1"}),
        (["BU05460302", "WK054608"], "neighbourhood", {"BU05460302": "1/2", "coarser": "1/2"}),
        (["BU05460800", "BU05460801", "WK054603"], "district", {"WK054603": "1/2", "WK054608": "1/2"}),
        (["GM0546"], "district", {"coarser": "1"}),
        (["GM0547"], "district", {"outside": "1"}),
        (["WK054701", "GM0547", "WK054603"], "district", {"WK054603": "1/2", "outside": "1/2"}),
        (["GM0547", "GM0537"], "municipality", {"GM0547": "1/2", "outside": "1/2"}),
        (["R-LEIDEN"], "municipality", {"coarser": "1"}),
        (["NOWHERE"], "district", {"unknown": "1"}),
        (["NOWHERE", "WK054603"], "district", {"WK054603": "1"}),
    ],
)
def test_where_a_project_counts(leiden, areas, level, expected):
    assert rows(Book([project(1, areas=areas)]), leiden, level=level) == expected


def test_a_project_in_the_whole_city_counts_for_its_municipality(leiden):
    book = Book([project(1, scope="city"), project(2, scope="region"), project(3, scope="elsewhere")])
    assert rows(book, leiden, level="municipality") == {"GM0546": "1", "region": "1", "elsewhere": "1"}
    assert rows(book, leiden) == {"city": "1", "region": "1", "elsewhere": "1"}


def test_all_areas_have_a_row_also_without_a_project(leiden):
    table = coverage(Book([]), leiden).table
    assert len(table) == 10 + len(GROUPS)
    assert (table["projects"] == 0).all()
    assert (table.loc[table["group"] == "areas", "class"] == "0").all()


def test_fractional_counting_can_change_a_class(leiden):
    both = [project(number, areas=["WK054603", "WK054608"]) for number in range(3)]
    whole, shared = (coverage(Book(both), leiden, counting=name) for name in ("whole", "fractional"))
    assert [one.key for one in whole.presence.by_class("3+")] == ["WK054603", "WK054608"]
    assert [one.key for one in shared.presence.by_class("1-2")] == ["WK054603", "WK054608"]
    other = whole.sensitivity().variants[0]
    assert other.changed == ["Leiden-Noord", "Merenwijkdistrict"]
    assert (other.most_holds, other.none_holds) == ("holds", "holds")


@pytest.mark.parametrize(
    ("given_years", "start", "end", "counts"),
    [
        ({"start": "2020", "end": "2022"}, 2021, 2021, True),
        ({"start": "2020", "end": "2022"}, 2023, None, False),
        ({"start": "2020"}, 2021, None, False),
        ({"start": "2020", "status": "running"}, 2024, None, True),
        ({"start": "2020", "end": "unknown", "status": "running"}, 2024, None, True),
        ({"start": "2020", "status": "running"}, 2027, None, False),
        ({"start": "2020", "end": "2021", "status": "running"}, 2024, None, False),
        ({"start": "2021-09", "academic_year": "2021-2022"}, 2022, 2022, True),
        ({"start": "2021-09", "end": "2021-12", "academic_year": "2021-2022"}, 2022, 2022, False),
        ({"academic_year": "2021-2022"}, 2022, 2022, True),
        ({"academic_year": "2021-2022"}, 2023, 2023, False),
        ({"end": "2022-06"}, 2022, 2022, True),
        ({}, 2022, 2022, None),
        ({}, None, None, True),
    ],
)
def test_in_which_years_a_project_counts(leiden, given_years, start, end, counts):
    selection = Selection(Book([project(1, **given_years)]), leiden, start=start, end=end, today="2026-11-23")
    assert bool(selection.projects) == bool(counts)
    if counts is None:
        assert [one.id for one in selection.undated] == ["p-1"]
        assert selection.groups["unknown"].undated == selection.undated
        assert "Projects without a known year: 1. They are not counted here." in " ".join(selection.all_notes)


def test_unknown_is_unknown_and_not_no(leiden):
    book = Book(
        [
            project(1),
            project(2, on_site=False),
            project(3, on_site=False, participation="informed"),
            project(4, on_site="unknown", participation="led"),
            outcome(1, 2, stage="none"),
            outcome(2, 3, stage="unknown"),
            outcome(3, 4, visibility="private"),
        ]
    )
    found = coverage(book, leiden)
    counts = found.visibility.counts["unknown"]
    assert (counts["visible"], counts["not_visible"], counts["visible_unknown"]) == (0, 1, 3)
    assert (counts["tangible"], counts["not_tangible"], counts["tangible_unknown"]) == (1, 1, 2)
    assert found.evidence.furthest == {"change": 0, "use": 0, "output": 1, "none": 1, "unknown": 2}
    assert found.evidence.no_record == 1


def test_a_project_without_a_record_counts_among_the_unknown_stages(leiden):
    book = Book([project(1), project(2), outcome(1, 2, stage="unknown"), outcome(2, 2)])
    assert coverage(book, leiden).evidence.any == {"change": 0, "use": 0, "output": 1, "none": 0, "unknown": 2}


def test_what_is_placed_less_precisely_may_lie_anywhere(leiden):
    book = Book([project(1), project(2, areas=["GM0546"]), project(3, scope="city"), project(4, areas=["WK054603"])])
    assert Selection(book, leiden).movable == 2


def test_a_long_project_counts_in_the_load_of_its_last_years(leiden):
    people = {"areas": ["WK054603"], "involves_people": True}
    book = Book([project(1, start="2015", end="2018", **people), project(2, start="2020", **people)])
    load = next(one for one in coverage(book, leiden).continuity.loads if one.tally.key == "WK054603")
    assert (load.most, load.years, load.verdict) == (2, (2018, 2020), "no")


def load_in(leiden, several, **choice):
    """Return the load of Leiden-Noord, and all that is said of it."""
    found = coverage(Book(several), leiden, today=by_hand.TODAY, **choice).continuity
    return next(one for one in found.loads if one.tally.key == "WK054603"), " ".join(found.sentences)


def test_the_years_of_a_load_are_those_in_which_its_projects_lie(leiden):
    people = {"areas": ["WK054603"], "involves_people": True}
    load, _ = load_in(leiden, [project(1, start="2020", **people)])
    assert load.years == (2020, 2020)
    load, _ = load_in(leiden, [project(1, start="2019", end="2023", **people), project(2, start="2022", **people)])
    assert load.years == (2020, 2022)


def test_a_load_in_a_period_is_that_of_its_own_years(leiden):
    people = {"areas": ["WK054603"], "involves_people": True}
    several = [project(number, start=str(2019 + number), end="2022", **people) for number in range(3)]
    load, said = load_in(leiden, several, start=2022)
    assert (load.years, load.verdict) == ((2022, 2022), "yes")
    load, said = load_in(leiden, [*several[:2], project(9, start="2023", **people)], start=2023)
    assert (load.most, load.years) == (1, (2023, 2023))
    assert "No area has a repeat load on record." in said
    assert "only this period is looked at (from 2023 on)" in said


def test_what_is_not_known_may_make_a_repeat_load(leiden):
    here = {"areas": ["WK054603"]}
    sure = [project(number, start="2020", involves_people=True, **here) for number in range(2)]
    assert load_in(leiden, sure)[0].verdict == "no"
    for more in ({"start": "2021", "involves_people": "unknown"}, {"involves_people": True}, {}):
        load, said = load_in(leiden, [*sure, project(9, **more, **here)])
        assert (load.most, load.at_most, load.verdict) == (2, 3, "perhaps")
        assert "Perhaps a repeat load" in said
        assert said.count("Leiden-Noord") == 1
    for less in ({"involves_people": False}, {"start": "2024", "involves_people": "unknown"}):
        assert load_in(leiden, [*sure, project(9, **less, **here)])[0].verdict == "no"
    assert "1 project with people" in load_in(leiden, [*sure, project(9)])[1]
    for more in ({"start": "2021", "involves_people": True}, {}):
        lost = project(9, themes=["unknown"], **more, **here)
        assert load_in(leiden, [*sure, lost], themes="safety")[0].verdict == "perhaps"
    lost = project(9, themes=["unknown"], start="2024", **here)
    assert load_in(leiden, [*sure, lost], themes="safety")[0].verdict == "no"


def test_a_place_may_be_named_beside_another(leiden):
    venues = ["Het Huis", "Het Huis; De Kas", "De Kas ;Het Huis"]
    several = [project(number, areas=["WK054603"], venue=venue) for number, venue in enumerate(venues)]
    assert "3 of these name Het Huis as their place" in str(coverage(Book(several), leiden))


def test_the_newest_years_are_those_in_which_projects_began(leiden):
    book = Book([project(1, start="2012", end="2030"), project(2, start="2018")])
    labels = [one.label for one in coverage(book, leiden).sensitivity().variants if one.kind == "period"]
    assert labels == ["from 2014 on", "up to 2013"]


def test_the_same_selection_at_another_level_keeps_its_day_and_its_choices(leiden):
    book = Book([project(1, start="2019", status="running")])
    selection = Selection(book, leiden, start=2019, themes="safety", counting="fractional", today="2020-01-01")
    again = selection.again(level="neighbourhood")
    assert (again.today, again.period, again.themes) == (date(2020, 1, 1), selection.period, ["safety"])
    assert again.counting == "fractional"
    assert again.years["p-1"] == (2019, 2020)


def test_an_unknown_theme_is_a_column_and_no_gap(leiden):
    gaps = coverage(Book([project(1, themes=["unknown"])]), leiden, themes=["safety", "unknown"]).gaps()
    assert (gaps.themes, gaps.columns) == (["safety"], ["safety", "unknown"])
    assert gaps.table.set_index("group").loc["unknown", "unknown"] == 1
    assert len(gaps.empty) == 10


def test_an_unknown_theme_may_be_the_chosen_one(leiden):
    lost = {"themes": ["unknown"]}
    book = Book(
        [
            project(1, themes=["safety"], areas=["WK054603"]),
            project(2, areas=["WK054608"], start="2020", **lost),
            project(3, start="2022", **lost),
            project(4, start="2015", **lost),
            project(5, themes=["ehealth"]),
        ]
    )
    found = coverage(book, leiden, themes="safety")
    assert [one.id for one in found.selection.unthemed] == ["p-2", "p-3", "p-4"]
    assert "Projects without a known theme: 3." in " ".join(found.sentences)
    assert "may be on these themes: Merenwijkdistrict (1)." in " ".join(found.sentences)
    gaps = coverage(book, leiden).gaps(themes="safety")
    column = {row["code"] or row["group"]: row["unknown"] for row in gaps.table.to_dict("records")}
    assert {row for row, count in column.items() if count} == {"WK054608", "unknown"}
    assert (column["WK054608"], column["unknown"]) == (1, 2)
    assert "Projects without a known theme: 3." in str(gaps)
    assert len(gaps.empty) == 9
    more = {one.tally.key: round(one.ceiling * one.figure.low / 1000) for one in found.per_residents().rates}
    assert (more["WK054603"], more["WK054608"], more["WK054600"]) == (3, 3, 2)
    assert found.sensitivity().variants[-1].none_holds == "open"
    inside = coverage(book, leiden, themes="safety", start=2021)
    assert [one.id for one in inside.selection.unthemed] == ["p-3"]
    assert coverage(book, leiden, themes=["safety", "unknown"]).selection.unthemed == []


def test_ten_projects_are_not_few(leiden):
    made = [project(number, areas=["WK054603"]) for number in range(10)]
    few = coverage(Book(made), leiden).per_residents().table.set_index("code")["few"]
    assert not few["WK054603"]
    assert few.sum() == 9


@pytest.mark.parametrize(
    ("kinds", "events"),
    [(["event"], 1), (["event", "event"], 1), (["event", "report"], 0), (["report"], 0), ([], 0)],
)
def test_what_was_only_shown_or_held_is_told(leiden, kinds, events):
    made = [outcome(number, 1, kind=kind) for number, kind in enumerate(kinds)]
    evidence = coverage(Book([project(1), *made, outcome(9, 1, kind="report", stage="unknown")]), leiden).evidence
    assert evidence.events == events
    assert ("only shown or held" in evidence.sentences[0]) == bool(events)


def test_only_others_confirm(leiden):
    book = Book(
        [
            project(1),
            project(2),
            outcome(1, 1, stage="change", evidence="self_reported"),
            outcome(2, 1, stage="output", evidence="independent"),
            outcome(3, 2, stage="none", evidence="partner_confirmed"),
        ]
    )
    evidence = coverage(book, leiden).evidence
    assert evidence.confirmed == {"output": 1, "use": 0, "change": 0}
    assert evidence.confirmed_once == 1
    assert evidence.furthest["change"] == 1


def test_questions_wait_until_something_is_done_with_them(leiden):
    book = Book(
        [
            question(1, asked_on="2020-01-05"),
            question(2, status="refined"),
            question(3, status="parked", asker_kind="company"),
            question(4, status="unknown"),
            question(5, status="answered"),
            project(1, addresses=["q-2"]),
        ]
    )
    waiting = coverage(book, leiden, today=date(2024, 1, 4)).waiting
    assert waiting.states == {"q-1": "waiting", "q-2": "taken_up", "q-3": "parked", "q-4": "unknown", "q-5": "taken_up"}
    assert waiting.counts["age", "3"]["waiting"] == 1  # one day short of four years
    assert (waiting.residents, waiting.residents_taken_up) == (4, 2)
    assert [one.id for one in waiting.waiting] == ["q-1"]
    assert waiting.sentences[:2] == [
        "Waiting: 1 of 5 questions.",
        "The oldest of them is from 5 January 2020: Made-up question 1",
    ]


def test_a_question_without_a_date_is_not_left_out_of_a_period(leiden):
    book = Book([question(1, asked_on="2020"), question(2), question(3, asked_on="2023")])
    waiting = coverage(book, leiden, start=2022, end=2024, today=by_hand.TODAY).waiting
    assert set(waiting.states) == {"q-2", "q-3"}
    assert waiting.sentences[0] == (
        "Waiting: 2 of 2 questions, counting 1 without a known date: these may be of another period."
    )
    assert "Waiting without a known date: 1. How long is not known." in waiting.sentences
    assert "known date" not in " ".join(coverage(Book([question(3, asked_on="2023")]), leiden).waiting.sentences)


def test_a_question_without_a_theme_may_be_on_the_chosen_one(leiden):
    book = Book([question(1), question(2, themes=["unknown"]), question(3, themes=["ehealth"])])
    waiting = coverage(book, leiden, themes="safety").waiting
    assert set(waiting.states) == {"q-1"}
    assert "Questions without a known theme: 1." in " ".join(waiting.notes)
    assert "theme" not in " ".join(coverage(book, leiden).waiting.notes)


def test_nothing_is_put_under_an_agreement_by_its_looks(leiden):
    agreement = Agreement(
        id="ag-made-up",
        visibility="public",
        title_en="Made-up covenant",
        kind="convenant",
        status="in_force",
        start="2020",
        parties=[{"partner": "org-club", "role": "signatory"}, {"partner": "org-city", "role": "signatory"}],
        commitments=[{"id": "gardens", "text_en": "They tidy gardens.", "status": "open", "parties": ["org-club"]}],
    )
    club = [{"partner": "org-club", "role": "executing"}]
    under = [{"agreement": "ag-made-up", "commitment": "gardens", "confirmed_by": "editor"}]
    book = Book(
        [
            agreement,
            partner("club", "association"),
            partner("city", "municipality"),
            project(1, kind="initiative", partners=club),
            project(2, kind="initiative", partners=club, under_agreement=under),
            project(3, kind="thesis", partners=club),
            project(4, kind="initiative"),
        ]
    )
    found = coverage(book, leiden).initiatives
    assert {key: [one.id for one in several] for key, several in found.found.items()} == {
        ("ag-made-up", "gardens", "org-club"): ["p-2"],
        ("", "", "org-club"): ["p-1"],
    }
    assert "They tidy gardens." in str(found)
    assert found.sentences == [
        "Of associations, under an agreement: 1 project.",
        "Initiatives of associations with no agreement recorded: 1 project.",
    ]


def test_the_unknown_places_can_overturn_what_is_known(leiden):
    known = [project(number, areas=["WK054603"]) for number in range(5)]
    loose = [project(number + 10) for number in range(4)]
    held = coverage(Book([*known, *loose]), leiden).sensitivity().variants[-1]
    assert (held.most_holds, held.none_holds) == ("holds", "open")
    shaken = coverage(Book([*known, *loose, project(20)]), leiden).sensitivity().variants[-1]
    assert (shaken.most_holds, shaken.none_holds) == ("open", "open")
    sure = coverage(Book(known), leiden).sensitivity().variants[-1]
    assert (sure.most_holds, sure.none_holds, sure.changed) == ("holds", "holds", [])


def test_without_a_year_a_project_may_still_fall_in_a_period(leiden):
    book = Book([project(1, start="2022", areas=["WK054603"]), project(2, areas=["WK054608"]), project(3)])
    found = coverage(book, leiden, start=2022)
    assert (found.selection.movable, found.selection.loose) == (0, 1)
    rates = {one.tally.key: one for one in found.per_residents().rates}
    more = {code: round(one.ceiling * one.figure.low / 1000) for code, one in rates.items()}
    assert (more["WK054603"], more["WK054608"], more["WK054600"]) == (2, 2, 1)
    assert (
        "Projects without a known year may fall in this period: Merenwijkdistrict (1)." in found.presence.sentences[1]
    )
    place = found.sensitivity().variants[-1]
    assert (place.most_holds, place.none_holds) == ("open", "open")


def test_areas_with_equally_many_projects_are_all_named(leiden):
    presence = coverage(Book([project(1, areas=["WK054603"]), project(2, areas=["WK054608"])]), leiden).presence
    assert "Most are in Leiden-Noord and Merenwijkdistrict: 1 in each." in presence.sentences


def test_without_projects_no_area_has_most(leiden):
    found = coverage(Book([project(1)]), leiden)
    assert found.presence.most == []
    assert not any(said.startswith("Most are") for said in found.sentences)


def test_another_boundary_can_point_elsewhere(leiden):
    # Three projects in one district, each in another neighbourhood; two in one neighbourhood elsewhere.
    spread = [project(number, areas=[code]) for number, code in enumerate(["BU05460300", "BU05460301", "BU05460302"])]
    dense = [project(number + 10, areas=["BU05460800"]) for number in range(2)]
    variants = {one.kind: one for one in coverage(Book([*spread, *dense]), leiden).sensitivity().variants}
    assert (variants["level"].most, variants["level"].most_holds) == (["Slaaghwijk"], "fails")
    assert variants["level"].none_holds == "holds"
    denser = [*dense, project(20, areas=["BU05460300"]), project(21, areas=["BU05460300"])]
    variants = {one.kind: one for one in coverage(Book([*spread, *denser]), leiden).sensitivity().variants}
    assert variants["level"].most_holds == "holds"


def test_what_is_told_by_district_can_decide_between_neighbourhoods(leiden):
    kooi, slaag = {"areas": ["BU05460300"]}, {"areas": ["BU05460800"]}
    several = [
        project(1, **kooi),
        *(project(n, areas=["WK054603"]) for n in (2, 3)),
        *(project(n, **slaag) for n in (4, 5)),
    ]

    def by_level(book):
        return next(one for one in coverage(Book(book), leiden).sensitivity().variants if one.kind == "level")

    found = by_level(several)
    assert (found.most, found.most_holds, found.none_holds) == (["Slaaghwijk"], "open", "holds")
    # Two more in Slaaghwijk: the two of the district cannot reach that.
    dense = [project(n, **slaag) for n in (6, 7)]
    own = [project(n, areas=[f"BU0546030{n % 3}"]) for n in (8, 9, 10, 11)]
    assert by_level([several[0], *several[3:], *dense, *own]).most_holds == "fails"
    # A district whose only project is told by district is not empty.
    assert by_level([*several, project(12, areas=["WK054600"])]).none_holds == "open"
    # What would win another district the lead, leaves it open as well.
    rival = [project(n, **kooi) for n in range(3)] + [project(9, **slaag)]
    assert by_level(rival).most_holds == "holds"
    spread = [project(n, areas=["BU05460301"]) for n in (10, 11)]
    district = [project(20 + n, areas=["WK054608"]) for n in range(3)]
    assert by_level([*rival, *spread, *district]).most_holds == "open"


def test_where_nothing_can_be_placed_nothing_can_be_seen(leiden):
    found = coverage(Book([project(1, areas=["WK054603"], start="2020"), project(2)]), leiden).sensitivity()
    level = next(one for one in found.variants if one.kind == "level")
    assert (level.most_holds, level.none_holds) == ("not_seen", "not_seen")
    assert "By period" not in str(found)
    assert "cannot be seen" in str(found)


def test_a_period_leaves_open_what_projects_without_a_year_could_decide(leiden):
    book = [project(n, start=str(2012 + n), areas=["WK054603"]) for n in range(9)]
    sure = {
        one.label: one
        for one in coverage(Book([*book, project(20, start="2012", areas=["WK054600"])]), leiden).sensitivity().variants
    }
    assert sure["from 2016 on"].none_holds == "fails"
    loose = {
        one.label: one
        for one in coverage(Book([*book, project(20, areas=["WK054600"])]), leiden).sensitivity().variants
    }
    assert loose["from 2016 on"].none_holds == "open"
    assert "By period: the projects without a known year (1)" in str(
        coverage(Book([*book, project(20)]), leiden).sensitivity()
    )


def test_the_overview_tells_what_is_not_known_beside_what_is(leiden):
    shown = str(coverage(Book([project(1, areas=["WK054603"]), project(2, areas=["WK054603"], on_site=True)]), leiden))
    row = next(line.split() for line in shown.splitlines() if line.startswith("Leiden-Noord"))
    assert row[1:7] == ["2", "2", "0", "(2?)", "1", "(1?)"]


def test_where_figures_do_not_differ_nothing_is_said_of_need(duinstad):
    need = coverage(Book([]), duinstad).against("children_pct")
    assert need.more + need.fewer + need.equal <= 6
    with pytest.raises(WrongUseError, match="need="):
        coverage(Book([]), duinstad).against()


def test_another_city_with_other_levels_and_no_region(duinstad):
    found = coverage(Book([project(1, areas=["Q11"]), project(2, scope="city"), project(3)]), duinstad)
    assert found.around is None
    assert found.table["projects_fractional"].sum() == 3
    assert {one.key for one in found.selection.in_areas} == {
        area.code for area in duinstad.areas.of_level("quarter", "T1")
    }
    assert found.per_residents().indicator.id == "population"
    for one in every(found):
        assert str(one)


def test_without_figures_of_residents_the_reason_is_told(leiden):
    found = coverage(Book([]), leiden, level="neighbourhood")
    assert any("population has no figures for neighbourhoods" in note for note in found.notes)
    with pytest.raises(NoFiguresError, match="Choose another level"):
        found.per_residents()
    with pytest.raises(WrongUseError, match="no count"):
        coverage(Book([]), leiden).per_residents("lonely")


def test_an_area_that_may_have_no_residents_has_no_rate(duinstad):
    rates = coverage(Book([]), duinstad).per_residents()
    empty = [one for one in rates.rates if not one.figure.low]
    assert empty
    for one in empty:
        assert one.high is None
        assert rates.table.set_index("code").loc[one.tally.key, "reason"]


@pytest.mark.parametrize(
    ("choice", "error", "says"),
    [
        ({"counting": "half"}, WrongUseError, "Choose whole or fractional"),
        ({"start": 2024, "end": 2020}, WrongUseError, "ends before it begins"),
        ({"start": "soon"}, WrongUseError, "whole number"),
        ({"themes": "lonelyness"}, UnknownNameError, "loneliness"),
        ({"level": "street"}, UnknownNameError, "There is no level"),
        ({"theme": "safety"}, UnknownNameError, r"coverage\(\) has no option theme. Did you mean themes"),
        ({"colour": "red"}, UnknownNameError, "no option colour. Choose from book, city, level"),
        ({"level": "neighbourhood", "within": "Leiderdorp"}, WrongUseError, "no neighbourhoods of Leiderdorp"),
    ],
)
def test_wrong_questions_are_answered_with_the_way_out(leiden, choice, error, says):
    with pytest.raises(error, match=says):
        coverage(Book([]), leiden, **choice)


def test_a_register_names_its_options_and_answers_a_wrong_one(leiden):
    names = list(signature(leiden.register.coverage).parameters)
    assert names == [one for one in signature(coverage).parameters if one not in ("book", "city")]
    names = list(signature(leiden.register.results).parameters)
    assert names == [one for one in signature(outcomes).parameters if one not in ("book", "city")]
    with pytest.raises(UnknownNameError, match=r"results\(\) has no option theme. Did you mean themes"):
        leiden.register.results(theme="safety")
    with pytest.raises(UnknownNameError, match=r"against\(\) has no option theme"):
        coverage(Book([]), leiden).against("lonely", theme="safety")


@pytest.mark.parametrize("themes", ["safety", "Veiligheid", "SAFETY", ["veiligheid"], ("safety",)])
def test_themes_are_asked_for_by_id_or_name(leiden, themes):
    assert Selection(Book([]), leiden, "Buurten", themes=themes).themes == ["safety"]


# ------------------------------------------------------------------ how it shows itself


def test_of_few_no_percentage_is_given(leiden):
    book = Book([project(1, areas=["WK054603"]), project(2, areas=["WK054603"]), question(1), outcome(1, 1)])
    for one in every(coverage(book, leiden)):
        assert "%" not in " ".join(one.sentences)
    assert "2 of the 2 that can be placed." in str(coverage(book, leiden))


@pytest.mark.parametrize("spoken", ["en", "nl"])
def test_the_register_says_of_itself_how_it_was_made(leiden, spoken, monkeypatch):
    monkeypatch.setattr(language, "_chosen", spoken)
    made_up = Settings(note=Text(nl="Een verzonnen steekproef.", en="A made-up sample."))
    note = made_up.note()
    book = Book([project(1)], made_up)
    for one in [*every(coverage(book, leiden, need="lonely")), outcomes(book, leiden)]:
        assert one.notes.count(note) == 1
        assert note in one._repr_html_()
    assert note not in coverage(Book([]), leiden).notes


def test_what_is_said_of_places_stands_only_where_places_are(leiden):
    found = coverage(Book([]), leiden, need="lonely")
    assert any("A place is a band" in note for note in found.against().notes)
    assert not any("A place is a band" in note for one in (found, found.gaps()) for note in one.notes)


def test_of_many_areas_only_those_with_something_are_drawn(leiden):
    book = Book([project(1, areas=["BU05460300"]), project(2)])
    for level, left in (("neighbourhood", 53), ("district", 0)):
        found = coverage(book, leiden, level)
        for one in (found, found.gaps(), found.visibility, outcomes(book, leiden, "area", level)):
            chart = one.chart().to_dict()
            subtitle = " ".join(chart["title"]["subtitle"])
            assert ("Areas without a project, not drawn: 53." in subtitle) == bool(left)
            lines = {row["line"] for rows in chart["datasets"].values() for row in rows if "line" in row}
            assert ("Groenoord" in lines) == bool(left)
            assert "Place unknown" in lines
            assert ("Pieterswijk" in lines, len(lines) > 10) == (False, not left)
            assert chart["description"].count("not drawn") == bool(left)


def test_charts_say_what_the_unknown_can_change_and_credit_what_they_show(leiden, register):
    found = coverage(register, leiden, need="lonely")
    head = found.against().chart().to_dict()["title"]["subtitle"]
    loose = found.selection.movable
    assert loose > 10
    assert f"This can change by {loose} projects" in " ".join(head)
    assert "RIVM" in head[-1]
    assert all(len(line) <= 100 for line in head[:-1])
    assert "RIVM" not in found.gaps().chart().to_dict()["title"]["subtitle"][-1]


@pytest.mark.parametrize("spoken", ["en", "nl"])
def test_all_findings_show_themselves_in_both_languages(leiden, register, spoken, monkeypatch):
    monkeypatch.setattr(language, "_chosen", spoken)
    found = coverage(register, leiden, start=2019, need="lonely", today=by_hand.TODAY)
    for one in [*every(found), found.around, found.per_residents(), found.against()]:
        html, text = one._repr_html_(), str(one)
        assert one.title in text
        assert one.sentences
        assert all(said in text for said in one.sentences)
        assert f"lang='{spoken}'" in html
        assert ("Bron: " if spoken == "nl" else "Source: ") in text
        assert "{" not in text
        assert not re.search(r"\bNone\b(?!:| of)|\bnan\b", text)


def test_texts_of_records_are_never_read_as_markup(leiden):
    evil = "<script>alert(1)</script>"
    book = Book(
        [
            project(
                1, title_en=evil, areas=["WK054603"], venue=evil, partners=[{"partner": "org-x", "role": "executing"}]
            ),
            project(2, areas=["WK054603"], venue=evil),
            partner("x", short_name=evil),
            question(1, title_en=evil, asked_on="2020"),
        ]
    )
    found = coverage(book, leiden)
    assert any(evil in said for said in found.sentences)
    for one in every(found):
        assert "<script" not in one._repr_html_()


def test_the_unknown_is_always_shown(leiden):
    for text in (str(coverage(Book([]), leiden)), str(coverage(Book([project(1)]), leiden))):
        assert "Place unknown" in text
        assert "The whole city" in text


def charts(found):
    for one in [*every(found), found.per_residents(), found.against()]:
        try:
            yield one, one.chart().to_dict()
        except WrongUseError as refusal:
            assert re.search("no chart|geen grafiek", str(refusal))


@pytest.mark.parametrize("spoken", ["en", "nl"])
def test_charts_carry_title_source_and_alt_text(leiden, register, spoken, monkeypatch):
    monkeypatch.setattr(language, "_chosen", spoken)
    made = list(charts(coverage(register, leiden, need="lonely", today=by_hand.TODAY)))
    assert len(made) >= 7
    for one, chart in made:
        title = getattr(one, "presence", one).title  # the overview shows the chart of its first question
        assert chart["title"]["text"] == title
        assert "Register" in chart["title"]["subtitle"][-1]
        assert title in chart["description"]


def test_bars_start_at_zero_and_the_unknown_is_drawn(found):
    chart = found.chart().to_dict()
    assert len(chart["vconcat"]) == 2
    for part in chart["vconcat"]:
        assert part["layer"][0]["encoding"]["x"]["scale"]["domain"][0] == 0
    values = chart["datasets"][chart["vconcat"][1]["layer"][0]["data"]["name"]]
    unknown = next(one["value"] for one in values if one["line"] == "Place unknown")
    assert unknown == len(by_hand.in_rows(by_hand.PROJECTS, "district")["unknown"])


def test_colours_of_series_can_be_told_apart_by_all_eyes():
    from test_look import SEEN, SIGHT, difference

    from labkit.register.coverage.charts import LOOKS

    together = [LOOKS[name] for name in ("high", "middle", "low", "none", "unknown")]
    for one, other in [*combinations(together, 2), (LOOKS["data"], LOOKS["unknown"]), (LOOKS["data"], LOOKS["quiet"])]:
        for sight in SIGHT:
            assert difference(one, other, sight) > SEEN
