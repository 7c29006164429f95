"""What came of a question: said from the record alone, to nobody who may not see it, on a page that stands by itself."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_book import book, books, harmless, hostile_title, outcome, partner, project, question, read

import labkit as lk
from labkit.errors import UnknownNameError, WrongUseError
from labkit.register.answers import answer
from labkit.register.answers.standing import LASTING
from labkit.register.book import Book
from labkit.register.records import Handover, PartnerRole, Question
from labkit.register.vocabularies import EVIDENCE, QUESTION_STATUS, VISIBILITY

TODAY = "2026-11-23"
FOR_ALL = {"today": TODAY}


def told(*records, id="q-made-up", language="en", **options):
    """The answer as plain text."""
    lk.use_language(language)
    return str(answer(book(*records), id, **{**FOR_ALL, **options}))


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("new", "the question has come in, and nobody has taken it up yet."),
        ("refined", "the question was made ready for students, and is waiting for a group."),
        ("matched", "a group or course was found for this question. The work has yet to start."),
        ("running", "people are working on this question."),
        ("answered", "This question has been answered."),
        ("parked", "this question was put aside for now."),
        ("withdrawn", "This question was withdrawn."),
        ("unknown", "What came of this question is not known."),
    ],
)
def test_the_state_is_one_plain_sentence_as_of_when_the_record_was_checked(status, sentence):
    line = told(question(status=status, asked_on="2026-10", checked_on="2026-11-01")).splitlines()[2]
    assert sentence in line
    assert line.startswith("According to the register, checked on 1 November 2026: ") == (status in LASTING)
    bare = told(question(status=status, asked_on="2026-10")).splitlines()[2]
    assert bare.startswith("According to the register: ") == (status in LASTING)


@pytest.mark.parametrize("status", [one for one in LASTING if one in QUESTION_STATUS])
@pytest.mark.parametrize("dates", [{}, {"asked_on": "unknown"}, {"asked_on": "2025-10"}, {"asked_on": "2025-11-22"}])
def test_what_is_old_or_undated_is_not_said_of_now(status, dates):
    text = told(question(status=status, checked_on=TODAY, **dates))
    assert "is not known" in text.splitlines()[2]
    assert "According to the register" not in text
    assert "What is still open is not known." in text
    assert "still open." not in text.replace("What is still open is not known.", "")


def test_a_date_of_a_project_or_of_what_came_of_it_makes_a_state_new():
    asked = question(status="running", asked_on="2019")
    old = project(addresses=[asked.id], status="unknown", start="2019")
    once = "According to the source, people worked on this question. Whether they still do is not known."
    now = "According to the register: people are working on this question."
    assert once in told(asked, old)
    assert now in told(asked, old.with_(end="2026"))
    assert now in told(asked, old.with_(academic_year="2025-2026"))
    assert now in told(asked, old, outcome(observed_on="2026-02"))
    assert now in told(asked, old.with_(handover=Handover(updated_on="2026-05")))
    assert "2019, running. By whom is not recorded. Whether that is still so is not known." in told(
        asked, old.with_(status="running")
    )
    fresh = told(asked, old.with_(status="running", end="2027"))
    assert "No results are recorded yet." in fresh
    assert "Whether that is still so" not in fresh


def test_a_project_that_is_only_planned_is_no_work():
    asked, planned = question(), project(addresses=["q-made-up"], status="planned", start="2027")
    assert "According to the register: a project for this question is planned." in told(asked, planned)
    assert "was planned. Whether it took place is not known." in told(asked, planned.with_(start="2020"))


def test_what_is_open_is_not_known_where_nothing_is():
    text = told(question(status="unknown", asked_on="2026-11"))
    assert "What came of this question is not known. The register says nothing about it." in text
    assert "What is still open is not known." in text
    noted = told(question(status="unknown", note_en="A page promised to look at it."))
    assert "A page promised to look at it." in noted
    assert "The register says nothing" not in noted


@pytest.mark.parametrize("asked_on", ["2026", "2019"])
def test_every_status_has_its_sentence(asked_on):
    several = (question(status=one, asked_on=asked_on) for one in QUESTION_STATUS.ids)
    sentences = {answer(book(one), "q-made-up", today=TODAY).state() for one in several}
    assert len(sentences) == len(QUESTION_STATUS)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("new", "Somebody worked on this question. The register does not say yet that it was answered."),
        ("unknown", "Somebody worked on this question. Whether it was answered is not recorded."),
    ],
)
def test_where_the_status_lags_behind_the_projects_both_are_said(status, sentence):
    text = told(question(status=status), project(addresses=["q-made-up"]))
    assert sentence in text
    assert f"Status in the register: {status}" in text


def test_what_is_recorded_is_told():
    handover = Handover(open_ends_en="Who does not come?", contact_function="coordinator of the course")
    text = told(
        question(
            status="answered",
            text_en="Who comes to the soup mornings?",
            asker="org-asker",
            asked_on="2025-03",
            answer_en="Mostly neighbours above 70.",
            intended_use_en="The community centre plans its mornings with it.",
            contact_function="neighbourhood manager",
            sources=["https://example.org/soup"],
        ),
        partner("org-asker", name="Made-up centre", contact_function="front desk"),
        partner("org-school", name="Made-up college"),
        project(
            title_en="Soup counted",
            summary_en="Counted for four weeks.",
            addresses=["q-made-up"],
            raises=["q-next"],
            start="2025",
            partners=[
                PartnerRole(partner="org-school", role="executing"),
                PartnerRole(partner="org-asker", role="host"),
            ],
            handover=handover,
        ),
        question("q-next", title_en="Who stays at home?"),
        outcome(evidence="partner_confirmed", statement_en="A count of visitors.", url="https://example.org/count"),
    )
    for expected in (
        "This question has been answered.",
        "Asked by: Made-up centre (resident)",
        "Asked on: March 2025",
        "What the answer is for: The community centre plans its mornings with it.",
        "Mostly neighbours above 70.",
        "Soup counted",
        "2025, finished. By Made-up college.",
        "Counted for four weeks.",
        "- A count of visitors.",
        "How we know: confirmed by a partner.",
        "To read or see: https://example.org/count",
        "- Who does not come?",
        "A new question: Who stays at home? (new)",
        "- neighbourhood manager",
        "- coordinator of the course",
        "- front desk",
        "https://example.org/soup",
        "Looked up on 23 November 2026 in: Made-up register.",
    ):
        assert expected in text


def test_what_is_not_known_is_said():
    text = told(question(asker_kind="unknown"), project(addresses=["q-made-up"], status="unknown", start="unknown"))
    for expected in (
        "Asked by: unknown",
        "Asked on: date unknown",
        "Where: place unknown",
        "No answer is recorded in the register.",
        "year unknown, status unknown. By whom is not recorded.",
        "What came of it is not recorded.",
        "The projects do not say what is still open.",
        "The register does not say whom you can ask.",
        "More may have happened than is recorded here.",
    ):
        assert expected in text


def test_nothing_at_all_is_known():
    text = told(question(asked_on="2026"))
    assert "No project that works on this question is recorded." in text
    assert "As far as is recorded, the whole question is still open." in text


def test_a_result_that_turned_out_badly_is_told_as_well():
    text = told(question(), project(addresses=["q-made-up"]), outcome(direction="negative", evidence="none"))
    assert "(This turned out negative.)" in text
    assert "There is no proof of this." in text


@pytest.mark.parametrize("evidence", EVIDENCE.ids)
def test_every_result_says_who_says_so(evidence):
    text = told(question(), project(addresses=["q-made-up"]), outcome(evidence=evidence))
    assert re.search(r"How we know: .+\.|There is no proof of this\.|Who says so is not recorded\.", text)


def test_a_day_that_has_passed_is_said():
    passed = "An answer was needed by May 2026; that day has passed."
    assert passed in told(question(answer_by="2026-05"))
    assert passed not in told(question(answer_by="2026-05", status="answered"))
    assert "that day has passed" not in told(question(answer_by="2026-11"))  # the month is not over


def test_places_have_names(leiden):
    made = book(question(scope="areas", areas=["WK054603"]))
    assert "Where: Leiden-Noord" in str(answer(made, "q-made-up", areas=leiden.areas))


def test_a_text_in_the_other_language_is_marked():
    page = answer(book(question(title_en=None, title_nl="Wie eet er soep?", text_nl="Iedereen?")), "q-made-up").page(
        "en"
    )
    assert "<h1 dir='auto'><bdi lang='nl'>Wie eet er soep?</bdi></h1>" in page
    assert "<bdi lang='nl'>Iedereen?</bdi>" in page


# --- who may see it


def test_nothing_that_is_not_public_is_shown():
    secret = "Nobody may read this"
    private = {"visibility": "private", "title_en": secret}
    made = book(
        question(asker="org-secret"),
        partner("org-secret", name=secret, visibility="partners"),
        project("p-hidden", summary_en=secret, addresses=["q-made-up"], **private),
        project("p-open", addresses=["q-made-up"], raises=["q-hidden"]),
        question("q-hidden", **private),
        outcome("out-hidden", project="p-open", visibility="partners", statement_en=secret),
        outcome("out-of-hidden", project="p-hidden", statement_en=secret),
    )
    found = answer(made, "q-made-up")
    assert [work.project.id for work in found.works] == ["p-open"]
    for shown in (found.page(), str(found), found._repr_html_(), found.table.to_csv()):
        assert secret not in shown
        assert "hidden" not in shown
        assert "org-secret" not in shown
    assert secret in answer(made, "q-made-up", "private").page()


@settings(max_examples=60)
@given(books, st.sampled_from(VISIBILITY.ids), st.data())
def test_no_audience_ever_reads_more_than_it_may(made, audience, data):
    several = made.of(Question)
    if not several:
        return
    one = data.draw(st.sampled_from(several))
    if one.id not in made.visible_to(audience):
        with pytest.raises(UnknownNameError, match="may not show it"):
            answer(made, one.id, audience)
        return
    found = answer(made, one.id, audience)
    assert all(work.project.id in made.visible_to(audience) for work in found.works)
    assert all(x.id in made.visible_to(audience) for x in found.outcomes)
    assert harmless(found.page("en"))
    assert harmless(found._repr_html_())


def test_what_may_not_be_seen_is_refused_with_a_way_out():
    with pytest.raises(UnknownNameError, match="audience='partners'"):
        answer(book(question(visibility="partners")), "q-made-up")


@pytest.mark.parametrize(
    ("id", "error", "message"),
    [("p-made-up", WrongUseError, "Only a question"), ("q-made-upp", UnknownNameError, "Did you mean q-made-up")],
)
def test_another_record_is_told(id, error, message):
    with pytest.raises(error, match=message):
        answer(book(question(), project()), id)


# --- the page


def test_the_page_stands_by_itself(tmp_path):
    found = answer(book(question(), project(addresses=["q-made-up"])), "q-made-up", today=TODAY)
    page = found.save(tmp_path / "answer.html", "nl").read_text(encoding="utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="nl">')
    assert "<title>A made-up question</title>" in page
    assert not re.findall(r"<script|<link|<img|url\(|@import", page)
    headings = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))


def test_the_same_question_gives_the_same_page():
    pages = {answer(book(question()), "q-made-up", today=TODAY).page("nl") for _ in range(3)}
    assert len(pages) == 1


def test_the_table_has_a_row_a_result():
    made = book(question(), project(addresses=["q-made-up"]), project("p-none", addresses=["q-made-up"]), outcome())
    table = answer(made, "q-made-up").table
    assert table[["project", "stage"]].fillna("-").values.tolist() == [["p-made-up", "output"], ["p-none", "-"]]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_text_becomes_markup(language):
    hostile = {"title_en": hostile_title, "title_nl": hostile_title}
    made = book(
        question(text_en=hostile_title, answer_en=hostile_title, contact_function=hostile_title, **hostile),
        project(addresses=["q-made-up"], summary_en=hostile_title, raises=["q-b"], title_en=hostile_title),
        question("q-b", **hostile),
        outcome(statement_en=hostile_title, url="https://example.org/'onclick='alert(1)"),
    )
    found = answer(made, "q-made-up")
    for html in (found.page(language), found._repr_html_()):
        assert harmless(html)
        assert "<script>document.title" in read(html).text
        assert "\u202e" not in html


def test_in_dutch():
    text = told(question(), project(addresses=["q-made-up"]), language="nl")
    assert "Er is aan deze vraag gewerkt. In het register staat nog niet dat er een antwoord is." in text
    assert "In het register staat niet aan wie je het kunt vragen." in text


def test_the_register_of_leiden(leiden):
    made = leiden.register.book
    for one in made.of(Question):
        found = answer(made, one.id, areas=leiden.areas, today=TODAY)
        addressed = {link.subject for link in made.links if (link.predicate, link.object) == ("addresses", one.id)}
        assert {work.project.id for work in found.works} == addressed
        assert {x.id for x in found.outcomes} == {x.id for p in addressed for x in made.outcomes_of(p)}
        for language in ("en", "nl"):
            page = found.page(language)
            assert harmless(page)
            assert one.text("title", language) in read(page).text
            assert (one.text("note", language) or "") in read(page).text


def test_each_question_has_its_own_projects():
    several = [question(f"q-{n}") for n in range(5)] + [project(f"p-{n}", addresses=[f"q-{n % 5}"]) for n in range(25)]
    made = Book(several)
    assert sum(len(answer(made, f"q-{n}").works) for n in range(5)) == 25
