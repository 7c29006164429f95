"""Agreements: what was promised and done, as somebody recorded it; nothing follows from a name or a date alone."""

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_book import agreement, book, books, harmless, hostile_title, outcome, partner, project, read

import labkit as lk
from labkit.errors import UnknownNameError, WrongUseError
from labkit.register.agreements import agreement_report
from labkit.register.agreements.states import months_on
from labkit.register.records import Agreement, Project
from labkit.register.vocabularies import VISIBILITY

TODAY = "2026-11-23"
SAYS_SO = {"source": "https://example.org/"}


def under(commitment=None, id="ag-made-up"):
    """A place under an agreement."""
    return [{"agreement": id, **({"commitment": commitment} if commitment else {}), **SAYS_SO}]


def done(id="p-made-up", commitment=None, **fields):
    """A project under the agreement."""
    parts = [{"partner": one, "role": "executing"} for one in fields.pop("by", [])]
    base = project(id).as_dict() | {"under_agreement": under(commitment), "partners": parts} | fields
    return Project.model_validate(base)


def promise(id="soup", **fields):
    """A commitment."""
    return {"id": id, "text_en": f"Promise {id}.", "status": "open", **fields}


def report(*records, id=None, areas=None, **options):
    """A report on a fixed day."""
    return agreement_report(book(*records), areas, id, **{"today": TODAY, **options})


@pytest.mark.parametrize(
    ("start", "end", "timing", "says"),
    [
        ("2020", "2025", "ended", "Its stated end (2025) has passed."),
        ("2020", "2026-11-22", "ended", "Its stated end (22 November 2026) has passed."),
        ("2020", "2026-11-23", "soon", "It ends within 6 months: 23 November 2026."),
        ("2020", "2026-11", "soon", "It ends in November 2026, perhaps within 6 months. On which day is not known."),
        ("2020", "2027", "soon", "It ends in 2027, perhaps within 6 months."),
        ("2020", "2027-05-23", "soon", "It ends within 6 months: 23 May 2027."),
        ("2020", "2027-05-24", "running", "It holds until 24 May 2027."),
        ("2020", "2028", "running", "It holds until 2028."),
        ("2027", "2028", "ahead", "It has yet to begin: 2027."),
        ("2020", None, "no_end", "No end is stated."),
        ("2020", "unknown", "unknown", "Until when it holds is not known."),
        ("unknown", "unknown", "unknown", "Begin: not known. Until when it holds is not known."),
    ],
)
def test_when_an_agreement_holds(start, end, timing, says):
    found = report(agreement(start=start, end=end))
    assert found.states[0].timing == timing
    assert says in str(found)
    assert bool(found.ending) == (timing in ("soon", "ended"))


def test_an_end_that_has_passed_while_the_register_says_in_force():
    said = "Its end has passed, but the register still says that it is in force."
    assert said in str(report(agreement(end="2025")))
    assert said not in str(report(agreement(end="2025", status="ended")))


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)), st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months):
    later = months_on(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + datetime.timedelta(1)).day == 1)


def test_what_was_promised_and_what_was_done():
    made = report(
        agreement(
            parties=[{"partner": "org-city", "role": "signatory"}, {"partner": "org-club", "role": "implementing"}],
            commitments=[
                promise("soup", parties=["org-club"], due="2025", measure_en="Bowls of soup."),
                promise("garden", parties=["org-club", "org-city"], status="met"),
            ],
        ),
        partner("org-city", name="Made-up city", kind="municipality"),
        partner("org-club", name="Made-up club", kind="association"),
        done("p-soup", "soup", by=["org-club"]),
        done("p-loose", by=["org-club"]),
        done("p-wrong", "no-such-promise"),
        project("p-other"),
        outcome("out-soup", project="p-soup"),
    )
    (state,) = made.states
    assert [[one.id for one in x.projects] for x in state.promises] == [["p-soup"], []]
    assert [one.id for one in state.loose] == ["p-loose", "p-wrong"]
    assert [x.overdue for x in state.promises] == [True, None]
    rows = made.table[["commitment", "overdue", "commitment_status", "projects", "ids"]].values.tolist()
    assert rows == [["soup", True, "open", 1, "p-soup"], ["garden", None, "met", 0, ""]]
    assert made.done[["project", "outcomes"]].values.tolist() == [["p-loose", 0], ["p-soup", 1], ["p-wrong", 0]]
    parties = made.parties[["partner", "roles", "promises", "projects"]].values.tolist()
    assert parties == [["org-city", "signatory", 1, 0], ["org-club", "implementing", 2, 2]]
    text = str(made)
    for expected in (
        "Commitments: 2, of which 1 are not recorded as met",
        "By: Made-up club\n",
        "By: Made-up club and Made-up city",
        "Due: 2025; status: open",
        "Its date has passed, and it is not recorded as met.",
        "How it is seen: Bowls of soup.",
        "Done for it, as recorded: 1",
        "Nothing is recorded as done for it.",
        "Under this agreement, but under none of its commitments:",
    ):
        assert expected in text


def test_what_is_not_recorded_is_said():
    text = str(report(agreement(amount_eur="unknown")))
    for expected in (
        "What the parties promised is not recorded.",
        "No project is recorded under this agreement.",
        "Who is party to it is not recorded.",
        "Amount: not known",
        "Reporting: not recorded",
        "Where the text stands is not recorded.",
    ):
        assert expected in text


def test_what_renews_what_and_what_falls_under_what():
    made = report(
        agreement("ag-old", title_en="Old", end="2022"),
        agreement("ag-new", title_en="New", renews="ag-old"),
        agreement("ag-grant", title_en="Grant", under_agreement=under(id="ag-new"), amount_eur=500000),
    )
    text = str(made)
    assert "Old: Its stated end (2022) has passed. Renewed by: New." in text
    assert "- Renews: Old." in text
    assert "- Falls under: New." in text
    assert "Amount: 500,000 euros" in text
    assert {state.agreement.id: list(state.below) for state in made.states}["ag-new"] == ["ag-grant"]


def test_nothing_is_derived_from_the_name_of_an_association():
    club = partner("org-club", name="Club of the covenant", kind="association")
    museum = partner("org-museum", name="Museum", kind="museum")
    convenant = agreement(parties=[{"partner": "org-club", "role": "signatory"}])
    by_club = {"by": ["org-club"], "under_agreement": []}
    made = [
        club,
        museum,
        convenant,
        done("p-soup", kind="initiative", **by_club),
        done("p-museum", kind="initiative", by=["org-museum"], under_agreement=[]),
        done("p-thesis", kind="thesis", **by_club),
        done("p-under", kind="initiative", by=["org-club"]),
    ]
    found = report(*made)
    assert [one.id for one in found.apart] == ["p-soup"]
    assert found.unlinked["project"].tolist() == ["p-soup"]
    assert [one.id for one in found.projects] == ["p-under"]
    assert "Nothing is derived from the name of an association: somebody has to say so." in str(found)
    # For one agreement, the initiatives of its own parties only.
    other = agreement("ag-other")
    assert report(*made, other, id="ag-other").apart == []
    assert [one.id for one in report(*made, id="ag-made-up").apart] == ["p-soup"]


def test_that_no_agreement_is_recorded_is_said_of_the_whole_register_and_not_of_one_agreement():
    club = partner("org-club", kind="association")
    made = [club, agreement(), done("p-soup", kind="initiative", by=["org-club"], under_agreement=[])]
    whole, one = str(report(*made)), str(report(*made, id="ag-made-up"))
    assert "Initiatives of associations with no agreement recorded: 1" in whole
    assert whole.count("Initiatives of associations with no agreement recorded") == 2
    assert "without an agreement" not in whole
    assert "no agreement recorded" not in one
    assert "None, as far as is recorded." not in one


def test_the_note_stands_before_the_commitments():
    text = str(report(agreement(note_en="The page names no parties.", commitments=[promise()]), id="ag-made-up"))
    assert text.index("The page names no parties.") < text.index("What was promised, and what was done")


def test_each_agreement_of_many_can_be_opened_by_itself():
    many = report(agreement(title_en="First", end="2025"), agreement("ag-other", commitments=[promise()]))
    page = many.page("en")
    assert page.count("<details><summary><h2 dir='auto'>") == 2
    assert "Its stated end (2025) has passed. Commitments: 0; projects: 0." in read(page).text
    assert "<details" not in report(agreement(), id="ag-made-up").page("en")


def test_where_it_was_done(leiden):
    several = [
        done("p-a", scope="areas", areas=["BU05460302"]),
        done("p-b", scope="areas", areas=["WK054603", "WK054609"]),
        done("p-c", scope="city"),
        done("p-d"),
        done("p-e", scope="areas", areas=["GM0546"]),
    ]
    found = report(agreement(), *several, areas=leiden.areas)
    rows = found.places[["area", "projects"]].values.tolist()
    assert rows == [["WK054603", 2], ["WK054609", 1], ["coarser", 1], ["city", 1], ["unknown", 1]]
    assert "a place is stated, but not so finely" in str(found)
    plain = report(agreement(), *several)
    assert ["GM0546", 1] in plain.places[["area", "projects"]].values.tolist()


def test_a_project_under_two_agreements_counts_once():
    both = done(under_agreement=[*under("soup"), *under("garden"), *under(id="ag-other")])
    found = report(agreement(commitments=[promise("soup"), promise("garden")]), agreement("ag-other"), both)
    assert [one.id for one in found.projects] == ["p-made-up"]
    assert [len(x.projects) for x in found.states[0].promises] == [1, 1]
    assert len(found.done) == 3
    assert found.where == [("unknown", 1)]


# --- who may see it


def test_nothing_that_is_not_public_is_shown():
    secret = "Nobody may read this"
    made = [
        agreement(parties=[{"partner": "org-secret", "role": "signatory"}]),
        agreement("ag-hidden", visibility="partners", title_en=secret),
        partner("org-secret", name=secret, visibility="private"),
        done("p-hidden", visibility="private", title_en=secret),
    ]
    found = report(*made)
    for shown in (found.page(), str(found), found._repr_html_(), found.table.to_csv(), found.parties.to_csv()):
        assert secret not in shown
        assert "hidden" not in shown
        assert "org-secret" not in shown
    assert secret in str(report(*made, audience="private"))
    with pytest.raises(UnknownNameError, match="audience='partners'"):
        report(*made, id="ag-hidden")


@settings(max_examples=60)
@given(books, st.sampled_from(VISIBILITY.ids))
def test_any_register_has_a_report(leiden, made, audience):
    found = agreement_report(made, leiden.areas, today=TODAY, audience=audience)
    seen = made.visible_to(audience)
    assert [one.agreement.id for one in found.states] == [one.id for one in seen.of(Agreement)]
    assert all(one.id in seen for one in [*found.projects, *found.apart])
    assert len(found.table) == sum(max(len(one.promises), 1) for one in found.states)
    assert len(found.unlinked) == len(found.apart)
    assert harmless(found.page("en"))
    assert harmless(found._repr_html_())
    assert sum(count for _, count in found.where) >= len(found.projects)


# --- how it is asked and shown


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: report(project(), id="p-made-up"), WrongUseError, "Give the id of an agreement"),
        (lambda: report(agreement(), id="ag-made-upp"), UnknownNameError, "Did you mean ag-made-up"),
        (lambda: report(agreement(), months=-1), WrongUseError, "whole number"),
        (lambda: report(agreement(), today="soon"), WrongUseError, "2026-11-23"),
    ],
)
def test_wrong_questions_are_told(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_the_page_of_one_agreement(tmp_path):
    found = report(agreement(title_nl="Verzonnen afspraak"), agreement("ag-other"), id="ag-made-up")
    page = found.save(tmp_path / "agreement.html", "nl").read_text(encoding="utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="nl">')
    assert "<title>Verzonnen afspraak</title>" in page
    assert not re.findall(r"<script|<link|<img|url\(|@import", page)
    assert len(found.states) == 1


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_text_becomes_markup(language):
    texts = {"title_en": hostile_title, "text_en": hostile_title, "reporting_en": hostile_title}
    made = report(
        agreement(
            commitments=[promise(text_en=hostile_title, parties=["org-made-up"])],
            parties=[{"partner": "org-made-up", "role": "signatory"}],
            **texts,
        ),
        partner(name=hostile_title),
        done(title_en=hostile_title),
    )
    lk.use_language(language)
    for html in (made.page(language), made._repr_html_()):
        assert harmless(html)
        assert "<script>document.title" in read(html).text
        assert "\u202e" not in html


def test_an_empty_register_has_an_empty_report():
    found = report()
    assert len(found.table) == len(found.done) == len(found.parties) == len(found.places) == len(found.unlinked) == 0
    assert "Agreements: 0" in str(found)


def test_the_register_of_leiden(leiden):
    made = leiden.register.book
    found = agreement_report(made, leiden.areas, today=TODAY)
    # A second way to the same numbers: straight from the records.
    listed = {(one.agreement, project.id) for project in made.of(Project) for one in project.under_agreement}
    assert {(state.agreement.id, one.id) for state in found.states for one in state.projects} == listed
    promised = sum(len(one.commitments) for one in made.of(Agreement))
    assert found.table["commitment"].notna().sum() == promised
    assert all(not one.under_agreement and one.kind == "initiative" for one in found.apart)
    for language in ("en", "nl"):
        assert harmless(found.page(language))
        for one in made.of(Agreement):
            assert one.text("title", language) in read(found.page(language)).text
