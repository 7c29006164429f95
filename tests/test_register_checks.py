"""Every check of the register: the fault with its place and way out, and its repaired twin without it. All records are made up."""

import random
import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_records import RECORDS, partner, project, question

import labkit as lk
from labkit.packagechecks.fault import Fault
from labkit.register.book import Book
from labkit.register.checks import check_register
from labkit.register.checks.context import Context
from labkit.register.checks.personal.check import check_personal
from labkit.register.checks.run import CHECKS
from labkit.register.fields import field_at
from labkit.register.prose import texts_of, urls_of
from labkit.register.records import KINDS, Agreement, Offer, Outcome
from labkit.register.settings import Settings
from labkit.texts import Text

TODAY = date(2026, 11, 23)
FROM = {"sources": ["https://example.org/page"]}
SETTINGS = Settings(Text(en="Made up"), {"own": Text(nl="Eigen programma", en="Own programme")})
PEOPLE = {"involves_people": True, "ethics_route": "faculty", "data_class": "none"}
SPECIAL = {
    **{"involves_people": True, "ethics_route": "faculty", "data_class": "special", "dpia": "done"},
    **{"consent": "written", "storage": "the safe of the university", "keep_until": "2030", "k_min": 10},
}
EHEALTH = {
    **{"application": "an app", "target_group": "patients", "needs_known": "asked", "inclusion": "plain words"},
    **{"phase": "feasibility", "study_kind": "pilot", "device_state": "no device", "guideline": "none fits"},
    **{"lab_role": "advice", "participants": "10-49", "negative_published": True, "scaling": "not yet"},
}


def agreement(id="ag-made-up", **fields):
    starts = {"visibility": "public", "title_en": "Made-up agreement", "kind": "convenant", "status": "ended"}
    return Agreement(id=id, **{**starts, "start": "2017", "end": "2021", **fields})


def outcome(id="out-made-up", **fields):
    starts = {"visibility": "public", "project": "p-second", "stage": "output", "kind": "report"}
    said = {"statement_en": "A report was made.", "direction": "positive", "evidence": "self_reported"}
    return Outcome(id=id, **{**starts, **said, **fields})


def offer(id="of-made-up", **fields):
    starts = {
        "visibility": "public",
        "title_en": "Made-up course",
        "kind": "course",
        "status": "open",
        "levels": ["hbo"],
    }
    return Offer(id=id, **{**starts, **fields})


def clean():
    """Records without a fault, by id."""
    commitment = {"id": "soup", "text_en": "Soup every week.", "status": "met", "due": "2020", "parties": ["org-a"]}
    records = [
        partner("org-a", name="Stichting Soep", **FROM),
        partner("org-b", name="Hogeschool Duin", part_of="org-a", **FROM),
        question("q-a", asker="org-a", asked_on="2019-03", **FROM),
        offer("of-a", institutions=["org-b"], academic_year="2020-2021", start="2020-09", end="2021-01", **FROM),
        project("p-first", programme="own", start="2019", title_en="The first one", **FROM),
        project(
            "p-second",
            title_en="The second one",
            programme="own",
            start="2020-09",
            end="2021-01",
            academic_year="2020-2021",
            scope="areas",
            areas=["Q11"],
            offer="of-a",
            builds_on=["p-first"],
            reuses=["out-first"],
            addresses=["q-a"],
            partners=[{"partner": "org-a", "role": "client", "start": "2020", "end": "2021"}],
            under_agreement=[{"agreement": "ag-a", "commitment": "soup", "source": "https://example.org"}],
            **FROM,
        ),
        agreement("ag-a", commitments=[commitment], parties=[{"partner": "org-a", "role": "signatory"}], **FROM),
        agreement("ag-b", title_en="The next one", start="2022", end="2030", status="in_force", renews="ag-a", **FROM),
        outcome("out-first", project="p-first", statement_en="A first report.", **FROM),
        outcome("out-second", stage="change", kind="practice", evidence="independent", observed_on="2022", **FROM),
    ]
    return {one.id: one for one in records}


def book_of(*changes, extra=()):
    """The clean records with changes: (id, fields)."""
    records = clean() | {one.id: one for one in extra}
    for id, fields in changes:
        records[id] = records[id].with_(**fields)
    return Book(records.values(), SETTINGS)


@pytest.fixture(scope="module")
def check(duinstad):
    return lambda book, **more: check_register(book, duinstad.areas, TODAY, **more)


def test_clean_records_have_no_fault(check):
    assert str(check(book_of())) == "No faults found."


def under(**more):
    return {"under_agreement": [{"agreement": "ag-a", "source": "https://example.org", **more}]}


def commitments(**more):
    return {"commitments": [{"id": "soup", "text_en": "Soup.", "status": "met", **more}]}


# What is broken: the record, what is wrong in it, what would be right; then the severity, the field, and what is said.
CASES = {
    # references
    "no such project": ("p-second", {"builds_on": ["p-firts"]}, {"builds_on": ["p-first"]}, "error", "builds_on[1]", "Did you mean p-first"),
    "no such partner": (
        *("p-second", {"partners": [{"partner": "org-zzz", "role": "client"}]}, {"partners": [{"partner": "org-b", "role": "client"}]}),
        *("error", "partners[1].partner", "no partner with the id"),
    ),
    "no such asker": ("q-a", {"asker": "org-xyz-woningen"}, {"asker": "org-b"}, "error", "asker", "Make that record, or take the reference out"),
    "no such offer": ("p-second", {"offer": "of-b"}, {"offer": "of-a"}, "error", "offer", "Did you mean of-a"),
    "no such project of an outcome": ("out-first", {"project": "p-third"}, {"project": "p-first"}, "error", "project", "no project"),
    "no such party": (
        *("ag-a", {"parties": [{"partner": "org-x", "role": "signatory"}]}, {"parties": [{"partner": "org-b", "role": "signatory"}]}),
        *("error", "parties[1].partner", "no partner"),
    ),
    "no such promising partner": ("ag-a", commitments(parties=["org-x"]), commitments(parties=["org-a"]), "error", "commitments[1].parties[1]", "no partner"),
    "no such commitment": ("p-second", under(commitment="soop"), under(commitment="soup"), "error", "under_agreement[1].commitment", "Did you mean soup"),
    "an agreement without commitments": (
        *("p-second", under(agreement="ag-b", commitment="soup"), under()),
        *("error", "under_agreement[1].commitment", "leave this field empty"),
    ),
    "an unknown programme": ("p-first", {"programme": "eigen programma"}, {"programme": "other"}, "warning", "programme", "Did you mean own"),
    # areas
    "a name for a code": ("p-second", {"areas": ["Het Haventje"]}, {"areas": ["Q11"]}, "error", "areas[1]", "Write its code: Q11 (Oude Haven)"),
    "a code in small letters": ("p-second", {"areas": ["q11"]}, {"areas": ["Q12"]}, "error", "areas[1]", "Write its code: Q11"),
    "a name of several areas": ("p-second", {"areas": ["De Zandjes"]}, {"areas": ["Q12", "Q21"]}, "error", "areas[1]", "Q12 (Zandhoek), Q21 (Zandhoek)"),
    "a name with a typing error": ("p-second", {"areas": ["Vuurtorenkwatier"]}, {"areas": ["Q13"]}, "error", "areas[1]", "Q13 (Vuurtorenkwartier)"),
    "a code with a typing error": ("p-second", {"areas": ["S113"]}, {"areas": ["S112"]}, "error", "areas[1]", "S112 (Touwslagersstraat)"),
    "nothing like an area": ("p-second", {"areas": ["xyzzy"]}, {"areas": ["T1"]}, "error", "areas[1]", "in the folder areas"),
    "scope areas without areas": ("p-second", {"areas": []}, {"areas": [], "scope": "unknown"}, "error", "areas", "scope: unknown"),
    "areas beside another scope": ("p-second", {"scope": "city"}, {"scope": "city", "areas": []}, "error", "scope", "the scope is city"),
    "areas without a scope": ("of-a", {"areas": ["Q11"]}, {"areas": ["Q11"], "scope": "areas"}, "error", "scope", "there is no scope"),
    # lists
    "unknown beside others": ("p-first", {"levels": ["hbo", "unknown"]}, {"levels": ["hbo"]}, "error", "levels[2]", "beside other values"),
    "a theme twice": ("p-first", {"themes": ["safety", "safety"]}, {"themes": ["safety", "ehealth"], "ehealth": EHEALTH}, "error", "themes[2]", "twice"),
    "a partner twice in one role": (
        *("p-second", {"partners": [{"partner": "org-a", "role": "client"}] * 2}),
        *({"partners": [{"partner": "org-a", "role": "client"}, {"partner": "org-a", "role": "host"}]}, "error", "partners[2]", "org-a, client"),
    ),
    "a commitment twice": (
        *("ag-a", {"commitments": [commitments()["commitments"][0]] * 2}),
        *({"commitments": [{"id": one, "text_en": one, "status": "met"} for one in ("soup", "bread")]}, "error", "commitments[2]", '"soup" stands here twice'),
    ),
    # chains
    "a project that builds on itself": ("p-first", {"builds_on": ["p-first"]}, {"builds_on": []}, "error", "builds_on[1]", "refers to itself"),
    "a part of itself": ("org-a", {"part_of": "org-a"}, {"part_of": None}, "error", "part_of", "refers to itself"),
    "reuse of its own outcome": ("p-second", {"reuses": ["out-second"]}, {"reuses": ["out-first"]}, "error", "reuses[1]", "of this project itself"),
    "an agreement that renews a later one": (
        *("ag-a", {"renews": "ag-b"}, {"renews": None}, "error", "renews", "began later (2022) than this one (2017)"),
    ),
    # dates
    "an end before the start": ("p-second", {"end": "2020-08"}, {"end": "2020-09"}, "error", "end", "August 2020"),
    "an end before the start of an agreement": ("ag-a", {"end": "2016"}, {"end": "2021"}, "error", "end", "end (2016) lies before start (2017)"),
    "an end before the start of a role": (
        *("p-second", {"partners": [{"partner": "org-a", "role": "client", "start": "2021", "end": "2020"}]}),
        *({"partners": [{"partner": "org-a", "role": "client", "start": "2020", "end": "2020-02"}]}, "error", "partners[1].end", "lies before"),
    ),
    "an answer before the question": ("q-a", {"answer_by": "2018"}, {"answer_by": "2019"}, "error", "answer_by", "lies before asked_on"),
    "years that do not follow each other": ("of-a", {"academic_year": "2020-2022"}, {"academic_year": "2020-2021"}, "error", "academic_year", "two following years"),
    "a start outside the academic year": (
        *("of-a", {"academic_year": "2021-2022"}, {"academic_year": "2021-2022", "start": "2021", "end": None}),
        *("error", "academic_year", "does not lie in the academic year 2021-2022"),
    ),
    "finished before it began": ("p-first", {"start": "2027"}, {"start": "2027", "status": "planned"}, "error", "status", "still to come"),
    "running before it began": ("p-first", {"start": "2027", "status": "running"}, {"start": "2026", "status": "running"}, "warning", "status", "Write planned"),
    "running after its end": ("p-second", {"status": "running"}, {"status": "running", "end": "2027"}, "warning", "status", "has passed"),
    "finished before its end": ("p-second", {"end": "2027"}, {"end": "2026-11"}, "warning", "status", "still to come"),
    "in force after its end": ("ag-a", {"status": "in_force"}, {"status": "renewed"}, "warning", "status", "has passed"),
    "ended before its end": ("ag-b", {"status": "ended"}, {"status": "in_force"}, "warning", "status", "still to come"),
    "seen in the future": ("out-second", {"observed_on": "2027"}, {"observed_on": "2026"}, "error", "observed_on", "still to come"),
    "checked in the future": ("org-a", {"checked_on": "2026-12"}, {"checked_on": "2026-11-23"}, "error", "checked_on", "still to come"),
    # agreements
    "outside the agreement": ("p-second", under(agreement="ag-b"), under(), "error", "under_agreement[1].agreement", "lies outside the period"),
    "partly outside the agreement": (
        *("p-second", {**under(), "end": "2022-01"}, {**under(), "end": "2021"}, "warning", "under_agreement[1].agreement", "partly outside"),
    ),
    "due before the agreement": ("ag-a", commitments(due="2016"), commitments(due="2017"), "error", "commitments[1].due", "before the agreement begins"),
    "due after the agreement": ("ag-a", commitments(due="2022"), commitments(due="2021-12"), "warning", "commitments[1].due", "after the agreement ends"),
    "open after its day": ("ag-a", commitments(status="open"), commitments(status="unknown"), "warning", "commitments[1].status", "still open"),
    # outcomes
    "change in a running project": (
        *("out-second", {"project": "p-running", "observed_on": None}, {"project": "p-running", "stage": "use", "observed_on": None}),
        *("error", "stage", "the status of p-running is running"),
    ),
    "proof that cannot be looked up": (
        *("out-second", {"sources": [], "record_by": "lecturer"}, {"sources": [], "evidence_url": "https://example.org"}),
        *("warning", "evidence_url", "no page shows it"),
    ),
    "nothing came of it, and yet a report": ("out-first", {"stage": "none"}, {"stage": "none", "kind": "unknown"}, "warning", "kind", "kind: unknown"),
    "a poster for a change": ("out-second", {"kind": "poster"}, {"kind": "behaviour"}, "warning", "kind", "made or done"),
    "seen before the project": ("out-second", {"observed_on": "2020-06"}, {"observed_on": "2020"}, "error", "observed_on", "before p-second began"),
    # people
    "people without an ethics route": ("p-first", {**PEOPLE, "ethics_route": None}, PEOPLE, "error", "ethics_route", "No ethics route"),
    "people and an unknown ethics route": ("p-first", {**PEOPLE, "ethics_route": "unknown"}, PEOPLE, "warning", "ethics_route", "is unknown"),
    "people without a class of data": ("p-first", {**PEOPLE, "data_class": None}, PEOPLE, "error", "data_class", "not given"),
    "people and an unknown class of data": ("p-first", {**PEOPLE, "data_class": "unknown"}, PEOPLE, "warning", "data_class", "is unknown"),
    "a review after the start": ("p-first", {**PEOPLE, "ethics_date": "2020"}, {**PEOPLE, "ethics_date": "2019-03"}, "warning", "ethics_date", "after the start"),
    **{
        f"special data without {name}": ("p-first", {**SPECIAL, name: None}, SPECIAL, "error", name, f"need {name}")
        for name in ("dpia", "consent", "storage", "keep_until", "k_min")
    },
    "special data and an unknown DPIA": ("p-first", {**SPECIAL, "dpia": "unknown"}, SPECIAL, "warning", "dpia", "it is unknown"),
    "special data without consent": ("p-first", {**SPECIAL, "consent": "none"}, SPECIAL, "warning", "consent", "another ground in law"),
    "special data and a small k": ("p-first", {**SPECIAL, "k_min": 5}, {**SPECIAL, "k_min": 10}, "warning", "k_min", "10 or more"),
    "special data without a review": ("p-first", {**SPECIAL, "ethics_route": "not_needed"}, SPECIAL, "warning", "ethics_route", "not_needed"),
    # eHealth
    "eHealth without its block": ("p-first", {"themes": ["ehealth"]}, {"themes": ["ehealth"], "ehealth": EHEALTH}, "error", "ehealth", "the block ehealth is missing"),
    "the block without the theme": ("p-first", {"ehealth": EHEALTH}, {"themes": ["safety", "ehealth"], "ehealth": EHEALTH}, "warning", "themes", "Add the theme"),
    "unknown in eHealth": (
        *("p-first", {"themes": ["ehealth"], "ehealth": {**EHEALTH, "phase": "unknown", "inclusion": "onbekend"}}),
        *({"themes": ["ehealth"], "ehealth": EHEALTH}, "warning", "ehealth", "unknown: inclusion, phase"),
    ),
    "empty in eHealth": (
        *("p-first", {"themes": ["ehealth"], "ehealth": {**EHEALTH, "lab_role": None}}),
        *({"themes": ["ehealth"], "ehealth": EHEALTH}, "warning", "ehealth", "not filled in: lab_role"),
    ),
    # origins and doubles
    "nobody says so": ("p-first", {"sources": []}, {"sources": [], "record_by": "lecturer"}, "warning", "sources", "where this comes from"),
    "one project twice": ("p-first", {"title_en": "The same"}, {"title_en": "The same, but later", "start": "2020"}, "warning", "title_en", "p-again has the same title"),
    "one partner twice": ("org-b", {"name": "stichting soep"}, {"name": "Soep BV"}, "warning", "name", "org-a has the same title"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_is_found_and_its_repair_too(check, case):
    id, broken, repaired, severity, field, said = case
    extra = [
        project("p-running", title_en="A running one", status="running", **FROM),
        project("p-again", title_en="The same", start="2019", programme="own", **FROM),
    ]
    # Which of two doubles is told is fixed by their ids.
    if said.startswith("p-again"):
        id, extra = "p-first", [extra[0], extra[1].with_(id="p-a-again")]
        said = "has the same title"
    before = [str(one) for one in check(book_of((id, repaired), extra=extra))]
    found = [one for one in check(book_of((id, broken), extra=extra)) if str(one) not in before]
    fits = [one for one in found if one.column == field and one.severity == severity]
    assert [one for one in fits if said in f"{one.message} {one.advice}"], found
    assert not [one for one in before if said in one and f", {field}:" in one]


@pytest.mark.parametrize("one", [one for one in CHECKS if one is not check_personal], ids=lambda one: one.__name__)
def test_every_check_has_a_case(duinstad, one):
    extra = [project("p-running", title_en="A running one", status="running", **FROM)]
    same = {"title_en": "A running one", "start": "2021", "programme": "other"}
    broken = [("p-first", same), *((id, fields) for id, fields, *_ in CASES.values())]
    assert any(list(one(Context(book_of(change, extra=extra), duinstad.areas, TODAY))) for change in broken)


def test_a_missing_year_is_held_against_nobody(check):
    """What is not known is never certainly wrong."""
    unknown = {"start": "unknown", "end": None, "academic_year": None}
    assert not list(
        check(book_of(("p-first", unknown), ("p-second", unknown), ("ag-a", {"start": "unknown", "end": "unknown"})))
    )


def test_a_circle_is_told_once_with_all_that_is_on_it(check):
    names = ["p-1", "p-2", "p-3"]
    circle = [project(one, title_en=one, builds_on=[names[n - 1]], **FROM) for n, one in enumerate(names)]
    beside = [project("p-0", title_en="0", builds_on=["p-1"], **FROM), project("p-4", title_en="4", **FROM)]
    found = check(book_of(extra=[*circle, *beside])).errors
    assert [(one.file, one.column, one.message) for one in found] == [
        ("projects/p-1.yaml", "builds_on[1]", "These records go round in a circle: p-1 > p-3 > p-2 > p-1.")
    ]
    circle[0] = circle[0].with_(builds_on=[])
    assert list(check(book_of(extra=[*circle, *beside]))) == []


def test_a_circle_is_told_where_the_oldest_builds_on_what_came_later(check):
    later = project("p-a-later", title_en="later", start="2022", builds_on=["p-b-old"], **FROM)
    old = project("p-b-old", title_en="old", start="2018", builds_on=["p-a-later"], **FROM)
    messages = {one.message for one in check(book_of(extra=[later, old])).errors if one.file == "projects/p-b-old.yaml"}
    assert any("p-b-old > p-a-later > p-b-old" in one for one in messages)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (agreement("ag-1", title_en="1", start="unknown", end=None, renews="ag-2"), agreement("ag-2", title_en="2", start="unknown", end=None, renews="ag-1")),
        (partner("org-1", name="1", part_of="org-2"), partner("org-2", name="2", part_of="org-1")),
        (agreement("ag-1", title_en="1", **under(agreement="ag-2")), agreement("ag-2", title_en="2", **under(agreement="ag-1"))),
    ],
    ids=["renews", "part_of", "under_agreement"],
)  # fmt: skip
def test_circles_of_agreements_and_partners(check, one, other):
    found = check(book_of(extra=[one.with_(**FROM), other.with_(**FROM)])).errors
    assert [fault.message for fault in found if "circle" in fault.message] == [
        f"These records go round in a circle: {one.id} > {other.id} > {one.id}."
    ]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14))
def test_a_circle_is_found_if_and_only_if_there_is_one(arrows):
    import networkx as nx

    onward = {n: sorted({end for start, end in arrows if start == n != end}) for n in range(8)}
    made = [
        project(f"p-{n}", title_en=str(n), builds_on=[f"p-{one}" for one in ends], **FROM) for n, ends in onward.items()
    ]
    graph = nx.DiGraph([(start, end) for start, ends in onward.items() for end in ends])
    groups = [one for one in nx.strongly_connected_components(graph) if len(one) > 1]
    found = [one.message for one in check_register(Book(made), None, TODAY) if "circle" in one.message]
    assert len(found) == len(groups)
    for message in found:
        names = message.removesuffix(".").partition(": ")[2].split(" > ")
        assert names[0] == names[-1]
        assert all(graph.has_edge(int(a[2:]), int(b[2:])) for a, b in pairwise(names))


@pytest.mark.parametrize(
    ("own", "other", "severity"),
    [
        ({"start": "2019"}, {"start": "2021"}, "error"),
        ({"start": "2019", "end": "2020"}, {"start": "2021"}, "error"),
        ({"start": "2019", "end": "2022"}, {"start": "2021"}, "warning"),
        ({"start": "2019", "status": "running"}, {"start": "2021"}, "warning"),
        ({"start": "unknown", "academic_year": "2019-2020"}, {"start": "2021"}, "error"),
        ({"start": "2021"}, {"start": "2021-05"}, ""),
        ({"start": "unknown"}, {"start": "2021"}, ""),
        ({"start": "2022"}, {"start": "2021"}, ""),
    ],
)
def test_a_project_builds_on_earlier_ones(check, own, other, severity):
    made = [
        project("p-own", title_en="own", builds_on=["p-other"], **own, **FROM),
        project("p-other", title_en="other", **other, **FROM),
    ]
    found = [one for one in check(Book(made)) if one.column == "builds_on[1]"]
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_an_outcome_of_an_unknown_state_is_only_a_warning(check):
    found = check(book_of(("p-second", {"status": "unknown"})))
    assert [(one.severity, one.file, one.column) for one in found] == [("warning", "outcomes/out-second.yaml", "stage")]


def test_a_record_of_another_kind_is_told(duinstad):
    """Files cannot hold it, since an id tells its kind; what is built in memory can."""
    made = outcome("out-first", **FROM)
    wrong = project("p-x", title_en="x", **FROM).model_copy(update={"builds_on": ["out-first"]})
    found = check_register(Book([made, wrong, project("p-second", **FROM)]), duinstad.areas, TODAY).errors
    assert "out-first" in found[0].message
    assert "is of the kind outcome; here belongs the kind project" in found[0].message
    assert "begins with p-" in found[0].advice


def test_codes_are_not_checked_without_areas(check):
    book = book_of(("p-second", {"areas": ["nowhere"]}))
    assert check(book).errors
    assert check_register(book, None, TODAY).errors == []


def test_what_could_not_be_read_is_told_too(check):
    unread = Fault("projects/p-bad.yaml", 3, "title_en", "This line has no colon.", "Write it as name: value.")
    book = Book(clean().values(), SETTINGS, [unread])
    assert check(book).errors == [unread]


def test_lines_are_asked_of_who_has_the_text(check):
    asked = []

    def line_of(id, field):
        asked.append((id, field))
        return 7

    found = check(book_of(("p-second", {"end": "2019"})), line_of=line_of)
    assert {one.line for one in found} == {7}
    assert asked == [("p-second", "end")]
    assert str(found).startswith("error: projects/p-second.yaml, line 7, end: ")


def test_faults_speak_dutch(check):
    lk.use_language("nl")
    found = check(book_of(("p-second", {"builds_on": ["p-firts"], "areas": ["Het Haventje"]})))
    assert {(one.message, one.advice) for one in found} == {
        ('Er is geen project met de id "p-firts".', "Bedoel je p-first?"),
        ('Er is geen gebied met de code "Het Haventje".', "Schrijf de code: Q11 (Oude Haven)."),
    }


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_records_makes_no_difference(random):
    made = list(clean().values())
    made[5] = made[5].with_(builds_on=["p-x", "p-second"], areas=["Q11", "Q11"])
    shuffled = list(made)
    random.shuffle(shuffled)
    assert str(check_register(Book(shuffled), None, TODAY)) == str(check_register(Book(made), None, TODAY))


def place_of(fault):
    """Return the kind and the path of the field that a fault names."""
    folder, _, name = fault.file.partition("/")
    kind = next(one for one in KINDS.values() if folder == one.FOLDER)
    parts = re.findall(r"[^.\[\]]+", fault.column)
    return name.removesuffix(".yaml"), kind, tuple(int(one) - 1 if one.isdigit() else one for one in parts)


def value_at(record, path):
    for part in path:
        record = record[part] if isinstance(part, int) else getattr(record, part)
    return record


@given(st.lists(RECORDS, max_size=6))
def test_every_fault_names_a_record_and_a_field_that_exist(records):
    book = Book(records)
    for fault in check_register(book, None, TODAY):
        id, kind, path = place_of(fault)
        assert isinstance(book[id], kind)
        assert field_at(kind, path) is not None
        value_at(book[id], path)
        assert fault.message
        assert fault.advice


@given(RECORDS)
def test_texts_and_pages_are_where_they_say(record):
    for path, text in [*texts_of(record), *urls_of(record)]:
        _, _, parts = place_of(Fault(f"{record.FOLDER}/x.yaml", 0, path, "", ""))
        assert value_at(record, parts) == text


def test_the_leiden_register_has_no_error_and_its_warnings_are_known(leiden):
    found = check_register(leiden.register.book, leiden.areas)
    assert found.errors == []
    fields = {one.column.partition("[")[0] for one in found.warnings}
    assert fields <= {"data_class", "ethics_route", "ehealth"}


def test_the_leiden_register_stays_clean_when_it_is_shuffled(leiden):
    book = leiden.register.book
    records = list(book)
    random.Random(1).shuffle(records)
    again = Book(records, book.settings)
    assert {str(one) for one in check_register(again, leiden.areas)} == {
        str(one) for one in check_register(book, leiden.areas)
    }
