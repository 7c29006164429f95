"""Matching: every reason can be checked by hand, holds from both sides, and what is not known counts for nothing."""

import datetime
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_book import book, books, harmless, hostile_title, offer, outcome, partner, project, question, read
from made_up_records import blocks

import labkit as lk
from labkit.errors import UnknownNameError, WrongUseError
from labkit.register.book import Book
from labkit.register.matching import WEIGHTS, match
from labkit.register.matching.likeness import COMMON, STOP_WORDS, Words, words_of
from labkit.register.matching.overlap import overlap
from labkit.register.matching.reasons import BLOCKING, term_of
from labkit.register.records import Offer, Project, Question
from labkit.register.settings import Settings
from labkit.texts import Text

TODAY = "2026-11-23"


def reasons(asked, given, leiden=None, today=TODAY):
    """What is said of one question and one offer: case or aspect -> reason."""
    areas, home = (leiden.areas, leiden.home) if leiden else (None, None)
    # Many other words, so that none is too common to count.
    others = [project(f"p-{n}", title_en=f"other{n}", summary_en=f"words{n}") for n in range(30)]
    made = book(asked, given, *others)
    found = match(made, areas, asked.id, today=today, home=home)
    if not found.candidates:
        return {}
    (one,) = found.candidates
    return {x.case or f"{x.aspect}?": x for x in one.reasons}


@pytest.mark.parametrize(
    ("asked", "given", "case", "text"),
    [
        ({"themes": ["safety", "ehealth"]}, {"themes": ["ehealth"]}, "theme", "Same theme: eHealth."),
        ({}, {"themes": []}, "theme?", "The themes of the offer are not stated."),
        ({}, {"themes": ["ehealth"]}, "theme_other", "Theme differs. Question: Safety; offer: eHealth."),
        ({"themes": ["unknown"]}, {"themes": ["ehealth"]}, "theme?", "The theme of the question is not known."),
        ({"themes": ["safety", "unknown"]}, {"themes": ["ehealth"]}, "theme?", "Theme: perhaps."),
        ({"fit": ["thesis", "minor"]}, {}, "form", "Form fits: minor."),
        ({"fit": ["thesis"]}, {}, "form_other", "Form differs. Question: thesis; offer: minor."),
        ({}, {}, "form?", "Form: not stated in the question."),
        ({"fit": ["thesis"]}, {"kind": "unknown"}, "form?", "Form: not known of the offer."),
        ({"fit": ["thesis", "unknown"]}, {}, "form?", "Form: perhaps. Question: thesis; offer: minor."),
        ({"levels": ["hbo"]}, {}, "level", "Level fits: university of applied sciences (hbo)."),
        ({"levels": ["mbo"]}, {"levels": ["hbo", "unknown"]}, "level?", "Level: perhaps."),
        ({"levels": ["wo"]}, {"levels": ["wo_master"]}, "level?", "Level: perhaps."),
        ({"levels": ["wo_bachelor"]}, {"levels": ["wo_master"]}, "level_other", "Level differs."),
        ({}, {"questions_by": "2026-11-23"}, "deadline", "Questions can be handed in until 23 November 2026."),
        ({}, {"questions_by": "2026-11-22"}, "deadline_passed", "22 November 2026: that has passed."),
        ({}, {"questions_by": "2026-10"}, "deadline_passed", "October 2026: that has passed."),
        ({}, {"questions_by": "2026-11"}, "deadline?", "November 2026; on which day is not known."),
        ({}, {"questions_by": "2027"}, "deadline", "until 2027."),
        ({}, {"questions_by": "unknown"}, "deadline?", "Until when questions can be handed in is not known."),
        ({}, {}, "deadline?", "Until when questions can be handed in is not known."),
        ({"answer_by": "2027-07"}, {"end": "2027-06-30"}, "term", "It ends in time: 30 June 2027"),
        ({"answer_by": "2027-06"}, {"end": "2027-07-01"}, "term_late", "It ends too late: 1 July 2027"),
        ({"answer_by": "2027-06-15"}, {"end": "2027-06"}, "term?", "Whether it ends in time is not certain"),
        ({"answer_by": "2027-06"}, {}, "term?", "When the offer takes place is not known."),
        ({}, {"end": "2027-06"}, "term?", "When the answer is needed is not stated."),
        ({}, {"end": "2026-06"}, "term_over", "The term is over: it ended June 2026."),
        ({"answer_by": "2026-05"}, {}, "needed_passed", "The answer was needed by May 2026: that has passed."),
        ({}, {"status": "full"}, "offer_closed", "The offer is full."),
        ({}, {"status": "closed"}, "offer_closed", "The offer is closed."),
        ({}, {"status": "unknown"}, "status?", "Whether the offer is open is not known."),
        ({"status": "withdrawn"}, {}, "question_done", "The status of the question: withdrawn."),
        ({"status": "answered"}, {}, "question_done", "The status of the question: answered."),
        ({"status": "running"}, {}, "question_taken", "The status of the question: running."),
        ({"status": "unknown"}, {}, "status?", "The status of the question: unknown."),
    ],
)
def test_each_aspect_has_its_reason(asked, given, case, text):
    # Something must speak for an offer, or it is not listed at all.
    more = {"title_en": "Telltale", "themes": ["safety"]}
    found = reasons(question(**{**more, **asked}), offer(**{"title_en": "Telltale", **given}))
    assert text in found[case].text
    expected = "unknown" if case.endswith("?") else "for" if WEIGHTS[case] > 0 else "against"
    assert found[case].verdict == expected
    assert (found[case].weight != 0) == (expected != "unknown")


@pytest.mark.parametrize(
    ("asked", "given", "case"),
    [
        (["WK054603"], ["WK054603"], "place"),
        (["BU05460302"], ["WK054603"], "place"),
        (["WK054603"], ["BU05460302"], "place"),
        (["WK054603"], ["WK054609"], "place_other"),
        (["WK054603"], "city", "place"),
        (["GM0547"], "city", "place_other"),
        (["GM0547"], "region", "place"),
        ("city", ["WK054603"], "place_part"),
        ("city", ["GM0547"], "place_other"),
        ("city", "city", "place"),
        ("city", "region", "place"),
        ("region", "city", "place_part"),
        ("city", "elsewhere", "place_other"),
        ("elsewhere", "elsewhere", "place?"),
        ("unknown", "city", "place?"),
        (["WK054603"], "unknown", "place?"),
        (["XX1"], ["WK054603"], "place?"),
        (["WK054603"], None, "place?"),
        ("city", None, "place?"),
    ],
)
def test_places(leiden, asked, given, case):
    def where(place):
        if place is None:
            return {}
        return {"scope": "areas", "areas": place} if isinstance(place, list) else {"scope": place}

    found = reasons(question(title_en="Telltale", **where(asked)), offer(title_en="Telltale", **where(given)), leiden)
    assert case in found, found


def test_places_without_areas_are_the_same_only_if_their_codes_are():
    def at(*codes):
        return project(scope="areas", areas=list(codes))

    assert overlap(at("a", "b"), at("b"), None) == ("same", ("b",))
    assert overlap(at("a"), at("b"), None)[0] == "unknown"
    assert overlap(at("a"), project(scope="city"), None)[0] == "unknown"


def test_an_academic_year_is_a_term():
    def of(**fields):
        return tuple(map(str, term_of(offer(**fields))))

    assert of(academic_year="2026-2027") == ("2026-09-01", "2027-08-31")
    assert of(academic_year="2026-2027", semester=1) == ("2026-09-01", "2027-03-01")
    assert of(academic_year="2026-2027", semester=2) == ("2027-02-01", "2027-08-31")
    assert of(academic_year="2026-2027", end="2027-01-20") == ("2026-09-01", "2027-01-20")
    assert of() == ("None", "None")
    over = reasons(question(title_en="Telltale"), offer(title_en="Telltale", academic_year="2024-2025"))
    assert over["term_over"].blocks


def test_what_cannot_happen_now_comes_last_and_says_so():
    asked = question(themes=["safety"], fit=["minor"], levels=["hbo"])
    late = offer("of-late", themes=["safety"], questions_by="2026-06-01")
    poor = offer("of-poor", themes=["safety"], kind="thesis", levels=["mbo"])
    found = match(book(asked, late, poor), None, asked.id, today=TODAY)
    assert [(one.id, one.blocked) for one in found.candidates] == [("of-poor", False), ("of-late", True)]
    text = str(found)
    assert text.index("of-poor") < text.index("Fits, but not now") < text.index("of-late")
    assert "1 June 2026: that has passed" in text
    # A day before, it still could.
    assert not match(book(asked, late), None, asked.id, today="2026-06-01").candidates[0].blocked


def test_an_offer_for_which_nothing_speaks_is_not_listed():
    asked = question(themes=["safety"], scope="city")
    elsewhere = offer(themes=["ehealth"], scope="elsewhere", title_en="Nothing alike")
    found = match(book(asked, elsewhere), None, asked.id, today=TODAY)
    assert (found.candidates, found.compared) == ([], 1)
    assert found.silent == 1
    assert "Nothing that is recorded speaks for any of the offers." in str(found)
    assert "No offer fits now" in str(match(book(asked, offer(themes=["safety"], status="full")), None, asked.id))
    asked_for = match(book(asked, elsewhere), None, elsewhere.id, today=TODAY)
    assert "Nothing that is recorded speaks for any of the questions." in str(asked_for)


def test_what_an_offer_does_not_state_speaks_neither_for_nor_against_it():
    asked = question(themes=["safety"], scope="city", title_en="Nothing alike")
    bare = offer(themes=[], questions_by="2027-01-01", end="2027-02", title_en="Telltale")
    assert match(book(asked, bare), None, asked.id, today=TODAY).candidates == []  # its dates alone make no match
    shared = match(book(asked.with_(fit=["minor"]), bare), None, asked.id, today=TODAY).candidates[0]
    assert [one.aspect for one in shared.speaks_for] == ["form", "deadline"]
    unknown = {one.text for one in shared.unknown}
    assert {"The themes of the offer are not stated.", "The place of the offer is not stated."} <= unknown


#: Terms, levels and the rest in all combinations.
PAIRS = st.tuples(blocks(Question), blocks(Offer))


@settings(max_examples=80)
@given(PAIRS, st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)))
def test_a_question_lists_an_offer_for_the_reasons_for_which_the_offer_lists_the_question(leiden, pair, today):
    asked, given = pair
    made = Book([asked, given])
    from_question, from_offer = (
        match(made, leiden.areas, id, today=today, home=leiden.home).candidates for id in (asked.id, given.id)
    )
    assert [one.reasons for one in from_question] == [one.reasons for one in from_offer]
    assert [one.score for one in from_question] == [one.score for one in from_offer]


@settings(max_examples=80)
@given(PAIRS)
def test_the_score_is_the_sum_of_weights_that_stand_in_the_list(leiden, pair):
    for one in match(Book(pair), leiden.areas, pair[0].id, today=TODAY).candidates:
        expected = [WEIGHTS[x.case] * x.data.get("likeness", 1) for x in one.reasons if x.case]
        assert one.score == pytest.approx(sum(expected))
        assert all(x.weight == 0 and x.verdict == "unknown" for x in one.reasons if not x.case)
        aspects = [x.aspect for x in one.reasons]
        assert {"theme", "form", "level", "place", "deadline"} <= set(aspects)


def test_every_blocking_reason_weighs_more_than_any_one_reason_for():
    assert set(BLOCKING) <= set(WEIGHTS)
    best = max(weight for case, weight in WEIGHTS.items() if case != "words")
    assert all(-WEIGHTS[case] > best for case in BLOCKING)


@settings(max_examples=60)
@given(books)
def test_any_register_can_be_matched(made):
    for one in [*made.of(Question), *made.of(Offer)]:
        found = match(made, None, one.id, today=TODAY)
        assert harmless(found._repr_html_())
        assert len(found.table) == len(found.candidates) + len(found.before)
        scores = [(x.blocked, -round(x.score, 6)) for x in found.candidates]
        assert scores == sorted(scores)


# --- likeness of texts


def test_the_words_that_count_are_shown_and_rare_ones_come_first():
    texts = {
        "q": "lonely older people in the slaaghwijk",
        "of": "older people, slaaghwijk",
        "p": "older trees",
        "x": "bikes",
    }
    texts |= {f"other{n}": f"something{n} else{n}" for n in range(20)}
    alike = Words(texts).between("q", "of")
    assert [(one.word, one.records) for one in alike.words] == [("people", 2), ("slaaghwijk", 2), ("older", 3)]
    assert [one.word for one in Words(texts).between("q", "p").words] == ["older"]
    assert Words(texts).between("q", "x").value == 0


def test_the_likeness_is_the_cosine_by_hand():
    texts = {"a": "soup garden", "b": "soup bikes"} | {f"o{n}": f"word{n}" for n in range(8)}
    soup, rare = math.log(11 / 2), math.log(11 / 1)
    by_hand = soup**2 / (soup**2 + rare**2)
    assert Words(texts).between("a", "b").value == pytest.approx(by_hand)


TEXTS = st.dictionaries(st.sampled_from("abcde"), st.text(st.sampled_from("abc xyz de en"), max_size=40), min_size=2)


@given(TEXTS)
def test_likeness_is_the_same_both_ways_and_between_nothing_and_all(texts):
    words = Words(texts)
    for one in texts:
        for other in texts:
            alike = words.between(one, other)
            assert alike.value == pytest.approx(words.between(other, one).value)
            assert 0 <= alike.value <= 1 + 1e-9
            assert (alike.value > 0) == bool(alike.words)


def test_words_that_say_nothing_are_left_out():
    assert words_of("Wat is de vraag van het jaar 2021?") == {}
    assert words_of("A study by students: research on a question of soup") == {"soup": "soup"}
    assert not set(words_of(" ".join(STOP_WORDS)))


def test_the_names_of_the_register_and_its_programmes_tell_nothing():
    named = Settings(Text(nl="Register Duinstad"), {"x": Text(nl="Groeien aan Zee", en="Growing by the Sea")})
    texts = {"title_nl": "Groeien aan Zee in Duinstad: soep", "title_en": "Growing by the Sea: soup"}
    made = Book([question(**texts), offer(**texts), project()], named)
    (one,) = match(made, None, "q-made-up", today=TODAY).candidates
    assert [x["word"] for x in one.reasons[-1].data["words"]] == ["soep", "soup"]


def test_words_in_many_records_tell_nothing():
    texts = {str(n): f"leiden topic{n % 3 if n < 3 else n}" for n in range(30)}
    assert Words(texts).between("0", "1").words == ()
    few = {str(n): f"leiden topic{n}" for n in range(3)}
    assert [one.word for one in Words(few).between("0", "1").words] == ["leiden"]
    assert 0 < COMMON < 1


def test_dutch_and_english_plurals_are_one_word():
    found = reasons(question(title_en="Bewoners en straten"), offer(title_en="Een bewoner, een straat, residents"))
    assert [one["word"] for one in found["words"].data["words"]] == ["bewoners"]


# --- done before


def test_earlier_projects_tell_what_they_found(leiden):
    asked = question(themes=["loneliness"], scope="areas", areas=["BU05460302"], title_en="Soup in De Kooi")
    several = [
        project("p-soup", themes=["loneliness"], title_en="Soup mornings", scope="areas", areas=["WK054603"]),
        project("p-theme", themes=["loneliness"]),
        project("p-words", themes=["safety"], title_en="Soup", summary_en="Soup"),
        project("p-else", themes=["safety"], scope="areas", areas=["WK054603"]),
        project("p-plan", themes=["loneliness"], status="planned"),
        project("p-now", themes=["loneliness"], addresses=[asked.id]),
    ]
    results = [outcome(f"out-{n}", project="p-soup", statement_en=f"Finding {n}.") for n in range(3)]
    found = match(book(asked, *several, *results), leiden.areas, asked.id, today=TODAY, home=leiden.home)
    assert [one.id for one in found.before] == ["p-soup", "p-theme", "p-words"]
    assert [one.id for one in found.at_work] == ["p-now"]
    assert [one.case for one in found.before[0].reasons] == ["theme", "place", "found", "words"]
    text = str(found)
    assert "Found: Finding 0. (who says so: reported by the project itself)" in text
    assert "And 1 more outcomes." in text
    assert "What came of it is not recorded." in text
    assert "Somebody addresses this question already: A made-up project (p-now)." in text


def test_for_a_course_what_was_done_in_it():
    made = book(offer(), project("p-done", offer="of-made-up"), project("p-other"))
    assert [one.id for one in match(made, None, "of-made-up", today=TODAY).before] == ["p-done"]


# --- how it is asked and shown


def test_what_holds_for_all_is_said_once():
    asked = question(status="running", themes=["safety"])
    several = [offer(f"of-{n}", themes=["safety"]) for n in range(3)]
    text = str(match(book(asked, *several), None, asked.id, today=TODAY))
    assert text.count("The status of the question: running.") == 1
    assert text.count("Until when questions can be handed in is not known.") == 1
    some = [several[0].with_(questions_by="2027"), *several[1:]]
    text = str(match(book(asked, *some), None, asked.id, today=TODAY))
    assert text.count("Until when questions can be handed in is not known.") == 2
    assert text.count("The place of the offer is not stated.") == 1


def test_the_table_has_a_row_a_candidate():
    asked = question()
    table = match(book(asked, offer(themes=["safety"]), project("p-before")), None, asked.id, today=TODAY).table
    assert table["id"].tolist() == ["of-made-up", "p-before"]
    assert table["kind"].tolist() == ["offer", "project"]
    assert table.loc[0, "speaks_for"] == "Same theme: Safety."


def test_no_more_than_asked_for():
    asked = question()
    made = book(asked, *(offer(f"of-{n}", themes=["safety"]) for n in range(5)))
    found = match(made, None, asked.id, today=TODAY, most=2)
    assert [one.id for one in found.candidates] == ["of-0", "of-1"]
    assert found.compared == 5


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda made: match(made, None, "q-made-upp"), UnknownNameError, "Did you mean q-made-up"),
        (lambda made: match(made, None, "org-made-up"), WrongUseError, "Only a question or an offer"),
        (lambda made: match(made, None, "q-made-up", today="soon"), WrongUseError, "2026-11-23"),
        (lambda made: match(made, None, "q-made-up", today=3), WrongUseError, "2026-11-23"),
        (lambda made: match(made, None, "q-made-up", most=0), WrongUseError, "whole number"),
    ],
)
def test_wrong_questions_are_told(call, error, message):
    with pytest.raises(error, match=message):
        call(book(question(), partner()))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_title_becomes_markup(language):
    lk.use_language(language)
    titles = {"title_en": hostile_title, "title_nl": hostile_title}
    asked, given = question(**titles), offer(**titles)
    result = outcome(project="p-a", statement_en=hostile_title)
    made = book(asked, given, project("p-a", **titles), result)
    for id in (asked.id, given.id):
        found = match(made, None, id, today=TODAY)
        assert harmless(found._repr_html_())
        assert "<script>document.title" in read(found._repr_html_()).text
        assert "\u202e" not in found._repr_html_()


def test_in_dutch(leiden):
    lk.use_language("nl")
    text = str(
        match(book(question(fit=["minor"]), offer(questions_by="2026-06-01")), leiden.areas, "q-made-up", today=TODAY)
    )
    assert "Vragen moesten uiterlijk 1 juni 2026 binnen zijn: dat is voorbij." in text


def test_the_register_of_leiden(leiden):
    made = leiden.register.book
    for one in [*made.of(Question), *made.of(Offer)]:
        found = match(made, leiden.areas, one.id, today=TODAY, home=leiden.home)
        assert harmless(found._repr_html_())
        for other in found.candidates:
            assert {x.aspect for x in other.speaks_for} & {"theme", "form", "level", "place", "words"}
            back = match(made, leiden.areas, other.id, today=TODAY, home=leiden.home, most=1000).candidates
            assert next(x for x in back if x.id == one.id).reasons == other.reasons
        if isinstance(one, Question):
            shared = {x.id for x in made.of(Project) if set(x.themes) & set(one.themes) and x.status != "planned"}
            listed = match(made, leiden.areas, one.id, today=TODAY, most=1000)
            assert shared - {x.id for x in listed.at_work} <= {x.id for x in listed.before}
