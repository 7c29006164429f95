"""Lineage: every arrow runs forward, circles are told, and nothing is called used or unused that nobody recorded."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_book import book, books, harmless, hostile_title, outcome, project, question, read

import labkit as lk
from labkit.errors import UnknownNameError, WrongUseError
from labkit.register.lineage import lineage, repeat_load
from labkit.register.lineage.drawing import MOST, drawing
from labkit.register.lineage.graph import circles, columns, graph_of, layout
from labkit.register.records import Handover, Project

#: Arrows between a handful of boxes: with circles, loops and parts of their own.
ARROWS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=16)


def chain(*ids, **fields):
    """Projects of which each builds on the one before."""
    before = [None, *ids]
    return [
        project(id, start=str(2010 + n), builds_on=[last] if last else [], **fields)
        for n, (last, id) in enumerate(pairwise(before))
    ]


@given(ARROWS)
def test_every_arrow_outside_a_circle_runs_forward(arrows):
    graph = graph_of(arrows, "abc")
    column = columns(graph)
    ring = {one: number for number, several in enumerate(circles(graph)) for one in several}
    assert set(column) == set(graph)
    for a, b in graph.edges:
        if a in ring and ring[a] == ring.get(b):
            assert column[a] == column[b]
        else:
            assert column[a] < column[b]
    assert min(column.values()) == 0


@given(ARROWS)
def test_boxes_never_lie_on_each_other_nor_on_an_arrow_that_passes(arrows):
    graph = graph_of(arrows, "abc")
    heights = {one: 30.0 + ord(one) % 3 * 20 for one in graph}
    found = layout(graph, heights, {one: one for one in graph}, 16)
    spans = [
        (found.columns[one], found.middles[one] - heights[one] / 2, found.middles[one] + heights[one] / 2)
        for one in graph
    ]
    spans += [(column, y, y) for bends in found.bends.values() for column, y in bends]
    for column in {one for one, _, _ in spans}:
        here = sorted((top, bottom) for one, top, bottom in spans if one == column)
        for (_, bottom), (top, _) in pairwise(here):
            assert top - bottom >= 7.99
    assert all(top >= -0.01 and bottom <= found.height + 0.01 for _, top, bottom in spans)


@given(ARROWS)
def test_the_same_graph_is_drawn_in_the_same_way_whatever_the_order_of_its_arrows(arrows):
    order = {one: one for one in "abcdefgh"}
    heights = dict.fromkeys("abcdefgh", 40.0)
    one, other = (layout(graph_of(each), heights, order, 16) for each in (arrows, sorted(set(arrows), reverse=True)))
    assert one.columns == other.columns
    assert one.middles == pytest.approx(other.middles)


def test_three_kinds_of_step_are_told_apart():
    found = lineage(
        book(
            project("p-first", start="2019", raises=["q-next"]),
            project("p-builds", start="2020", builds_on=["p-first"]),
            project("p-reuses", start="2021", reuses=["out-first"]),
            project("p-asked", start="2022", addresses=["q-next"]),
            project("p-alone"),
            question("q-next"),
            outcome("out-first", project="p-first"),
        )
    )
    rows = found.table[["earlier", "relation", "later"]].values.tolist()
    assert rows == [
        ["p-first", "question", "p-asked"],
        ["p-first", "builds_on", "p-builds"],
        ["p-first", "reuses", "p-reuses"],
    ]
    assert found.table["via"].fillna("").tolist() == ["q-next", "", "out-first"]
    assert found.roots == ["p-first"]
    assert found.alone == ["p-alone"]


def test_a_question_that_a_project_raises_and_addresses_itself_is_no_step():
    found = lineage(book(project("p-a", raises=["q-x"], addresses=["q-x"]), question("q-x")))
    assert found.steps == []
    assert "No step from one project to another is recorded here." in str(found)


def test_what_is_named_and_not_there_is_no_step():
    gone = project("p-a", builds_on=["p-gone"], reuses=["out-gone"], addresses=["q-gone"])
    assert lineage(book(gone)).steps == []


def test_chains_are_the_longest_ways_to_each_end():
    several = [*chain("p-a", "p-b", "p-c", "p-d"), project("p-e", builds_on=["p-b", "p-a"])]
    found = lineage(book(*several))
    assert [one.projects for one in found.chains] == [("p-a", "p-b", "p-c", "p-d"), ("p-a", "p-b", "p-e")]
    assert found.chains[0].length == 4
    assert found.chains[0].relations == ("builds_on",) * 3


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14))
def test_chains_are_as_long_as_a_search_of_all_ways_says(pairs):
    """A second way to the same: every simple way in the graph without its circles, tried one by one."""
    ids = [f"p-{n}" for n in range(8)]
    built = {id: sorted({ids[a] for a, b in pairs if ids[b] == id}) for id in ids}
    found = lineage(book(*(project(id, builds_on=built[id]) for id in ids)))
    ring = {one: number for number, several in enumerate(found.circles) for one in several}

    def ways(id):
        open_ = [one for one in built[id] if one != id and (one not in ring or ring[one] != ring.get(id))]
        return [[*way, id] for one in open_ for way in ways(one)] or [[id]]

    for one in found.chains:
        assert one.length == max(map(len, ways(one.projects[-1])))
        assert list(one.projects) in ways(one.projects[-1])
    longest = max(len(way) for id in ids for way in ways(id))
    assert max((one.length for one in found.chains), default=1) == longest


def test_around_one_project_what_it_goes_on_from_and_what_goes_on_from_it():
    several = [
        *chain("p-a", "p-b", "p-c"),
        project("p-side", builds_on=["p-a"]),
        project("p-other", builds_on=["p-side"]),
    ]
    found = lineage(book(*several), "p-b")
    assert found.projects == ["p-a", "p-b", "p-c"]
    assert found.focus == ["p-b"]


@pytest.mark.parametrize("id", ["q-x", "out-b", "p-b"])
def test_around_another_record_the_projects_that_it_is_linked_with(id):
    several = chain("p-a", "p-b", "p-c")
    several[1] = several[1].with_(addresses=["q-x"])
    found = lineage(book(*several, question("q-x"), outcome("out-b", project="p-b")), id)
    assert found.focus == ["p-b"]
    assert found.projects == ["p-a", "p-b", "p-c"]


def test_a_record_that_is_not_there_is_told_with_the_nearest():
    with pytest.raises(UnknownNameError, match="p-abcd"):
        lineage(book(project("p-abcd")), "p-abce")


def test_circles_are_told_and_drawn_flat():
    found = lineage(
        book(
            project("p-a", builds_on=["p-b"]),
            project("p-b", builds_on=["p-a"]),
            project("p-c", builds_on=["p-b", "p-c"]),
        )
    )
    assert found.circles == [["p-a", "p-b"], ["p-c"]]
    assert [one.projects for one in found.chains] == [("p-b", "p-c")]
    assert "p-a, p-b" in str(found)
    ElementTree.fromstring(found.svg)


def test_a_step_back_in_time_is_told():
    found = lineage(book(project("p-late", start="2023"), project("p-early", start="2019", builds_on=["p-late"])))
    assert [(one.earlier, one.later) for one in found.backward] == [("p-late", "p-early")]
    assert "p-early → p-late" in str(found)
    unsure = lineage(book(project("p-late", start="2023"), project("p-early", start="unknown", builds_on=["p-late"])))
    assert unsure.backward == []


def test_dead_ends_are_finished_results_of_which_nobody_recorded_any_use():
    several = [
        project("p-used", start="2018"),
        project("p-user", start="2019", builds_on=["p-used"]),
        project("p-shelved", start="2020", raises=["q-x"]),
        project("p-asked", addresses=["q-x"], status="running"),
        project("p-policy", start="2020"),
        project("p-nothing"),
        project("p-running", status="running"),
        project("p-unknown", status="unknown"),
        question("q-x"),
    ]
    results = [outcome(f"out-{one.id[2:]}", project=one.id) for one in several if isinstance(one, Project)]
    results = [one for one in results if one.project not in ("p-nothing", "p-policy")]
    results += [
        outcome("out-policy", project="p-policy", stage="use"),
        outcome("out-nothing", project="p-nothing", stage="none"),
    ]
    found = lineage(book(*several, *results))
    assert [(one.project, one.question_taken_up) for one in found.dead_ends] == [("p-shelved", True), ("p-user", False)]
    assert "nobody recorded it is all we know" in str(found)


def test_what_was_perhaps_taken_up_stands_apart():
    several = [
        project("p-plain"),
        project("p-far"),
        project("p-shared", addresses=["q-x"]),
        project("p-also", addresses=["q-x"], status="running"),
        project("p-raised", raises=["q-y"]),
        project("p-answers", addresses=["q-y"], status="unknown"),
        project("p-left", handover=Handover(open_ends_en="Who stays at home?")),
        project("p-own", addresses=["q-z"], raises=["q-z"], handover=Handover()),
        *(question(f"q-{one}") for one in "xyz"),
    ]
    results = [outcome(f"out-{one}", project=f"p-{one}") for one in ("plain", "shared", "raised", "left", "own")]
    found = lineage(book(*several, *results, outcome("out-far", project="p-far", stage="unknown")))
    assert {one.project: one.perhaps for one in found.dead_ends} == {
        "p-plain": (),
        "p-far": ("stage",),
        "p-shared": ("question",),
        "p-raised": ("question",),
        "p-left": ("handover",),
        "p-own": (),
    }
    text = str(found)
    assert "Not taken up: 2" in text
    assert "Perhaps taken up: 4" in text
    assert text.index("as far as is recorded") < text.index("Perhaps taken up, the register does not tell")


def test_the_page_has_all_rows_and_the_notebook_says_where_the_rest_is():
    several = [project(f"p-{n:03}", title_en=f"Title {n:03}", builds_on=["p-000"] if n > 20 else []) for n in range(90)]
    results = [outcome(f"out-{n:03}", project=f"p-{n:03}") for n in range(90)]
    found = lineage(book(*several, *results))
    assert "The first 15 of 89; all of them are in .dead_ends." in found._repr_html_()
    page = read(found.page("en")).text
    assert "The first " not in page
    assert all(page.count(f"Title {n:03}") >= 1 for n in range(90))


def test_unknown_years_are_marked_and_said():
    made = lineage(book(project("p-a", start="unknown"), project("p-b", start="2020", builds_on=["p-a"])))
    assert made.svg.count("stroke-dasharray='5 3'") == 2  # the box, and its sample in the legend
    assert made.svg.count("year unknown") == 3  # in the box, in what it says when pointed at, in the legend


def test_signs_tell_what_colours_tell():
    made = lineage(book(project("p-a", themes=["loneliness"]), project("p-b", themes=["safety"], builds_on=["p-a"])))
    texts = [one.text for one in ElementTree.fromstring(made.svg).iter("{http://www.w3.org/2000/svg}text")]
    assert texts.count("Ee") == 2
    assert texts.count("Ve") == 2
    assert {"Care and welfare:", "Loneliness", "Safety:"} <= set(texts)


def test_a_large_register_is_drawn_in_part_and_says_so():
    several = [project("p-hub"), *(project(f"p-{n}", builds_on=["p-hub"]) for n in range(100))]
    found = lineage(book(*several))
    drawn = drawing(found, "en").drawn
    assert len(drawn) == MOST
    assert "p-hub" in drawn
    assert "The drawing has room for 60 of the 101 projects with a step." in found._repr_html_()
    assert len(found.table) == 100


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_title_becomes_markup(language):
    lk.use_language(language)
    several = [project("p-a", title_en=hostile_title, title_nl=hostile_title), project("p-b", builds_on=["p-a"])]
    found = lineage(book(*several, outcome("out-b", project="p-b", statement_en=hostile_title)))
    assert harmless(found._repr_html_())
    assert harmless(found.page())
    assert "<script>document.title" in read(found.page()).text
    root = ElementTree.fromstring(found.svg)
    assert root.find("{http://www.w3.org/2000/svg}script") is None
    assert "\u202e" not in found.svg


@settings(max_examples=60)
@given(books)
def test_any_register_has_a_lineage(made):
    found = lineage(made)
    assert harmless(found._repr_html_())
    ElementTree.fromstring(found.svg)
    assert len(found.table) == len(found.steps)
    assert set(found.alone) | set(found.projects) == {one.id for one in made.of(Project)}


def test_a_picture_and_a_page_are_saved(tmp_path):
    found = lineage(book(*chain("p-a", "p-b")))
    ElementTree.parse(found.save(tmp_path / "lineage.svg"))
    assert (
        found.save(tmp_path / "lineage.html", "nl")
        .read_text(encoding="utf-8")
        .startswith('<!DOCTYPE html>\n<html lang="nl">')
    )


def test_what_leaves_as_a_file_is_public_unless_said(tmp_path, leiden):
    several = chain("p-a", "p-b", "p-c")
    several[1] = several[1].with_(visibility="partners", title_en="Nobody may read this")
    several.append(project("p-d", builds_on=["p-c"]))
    found = lineage(book(*several), "p-c", leiden.areas, least=1)
    assert "Nobody may read this" in found._repr_html_()
    for name in ("lineage.svg", "lineage.html"):
        assert "Nobody may read this" not in found.save(tmp_path / name).read_text(encoding="utf-8")
        shown = found.save(tmp_path / name, audience="partners").read_text(encoding="utf-8")
        assert "Nobody may" in shown
    with pytest.raises(UnknownNameError):
        lineage(book(*several), "p-b").page()


def placed(n, year, area="WK054603", **fields):
    return project(f"p-{n}", start=str(year), scope="areas", areas=[area], **{"involves_people": True, **fields})


def test_repeat_load_takes_the_busiest_years(leiden):
    several = [placed(1, 2015), placed(2, 2020), placed(3, 2021), placed(4, 2021, area="BU05460302"), placed(5, 2023)]
    several += [placed(6, 2021, involves_people="unknown"), placed(7, 2021, involves_people=False)]
    several += [placed(8, "unknown"), project("p-9", involves_people=True), placed(10, 2021, area="WK054609")]
    load = repeat_load(book(*several), leiden.areas, span=2)
    assert load.level == "district"
    (row,) = load.table.to_dict("records")
    assert row == {
        "area": "WK054603",
        "name": "Leiden-Noord",
        "first": 2020,
        "last": 2021,
        "projects": 3,
        "ids": "p-2, p-3, p-4",
        "perhaps": 1,
        "undated": 1,
    }
    assert load.placeless == 1


@given(st.lists(st.tuples(st.integers(2010, 2020), st.integers(0, 4)), min_size=1, max_size=12), st.integers(1, 4))
def test_no_other_run_of_years_is_busier(leiden, spans, span):
    several = [placed(n, start, end=str(start + length)) for n, (start, length) in enumerate(spans)]
    load = repeat_load(book(*several), leiden.areas, "district", span=span, least=1)
    counts = [
        sum(start <= first + span - 1 and start + length >= first for start, length in spans)
        for first in range(2000, 2030)
    ]
    assert len(load.busy[0].projects) == max(counts)
    assert load.busy[0].last - load.busy[0].first < span


@pytest.mark.parametrize("wrong", [{"span": 0}, {"least": "3"}])
def test_wrong_numbers_are_told(leiden, wrong):
    with pytest.raises(WrongUseError, match="whole number"):
        repeat_load(book(), leiden.areas, **wrong)


def test_the_register_of_leiden(leiden):
    made = leiden.register.book
    found = lineage(made, areas=leiden.areas)
    built = [(earlier, one.id) for one in made.of(Project) for earlier in one.builds_on]
    assert sorted((one.earlier, one.later) for one in found.steps if one.relation == "builds_on") == sorted(built)
    assert found.circles == found.backward == []
    finished = {one.project for one in found.dead_ends}
    assert all(made[one].status == "finished" and made.outcomes_of(one) for one in finished)
    assert not finished & {earlier for earlier, _ in built}
    assert len(re.findall("<g><title>", found.svg)) == len(found.projects)
    assert harmless(found.page("nl"))
