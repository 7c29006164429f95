"""The search of the register: words, phrases, conditions, order, near misses. All records are made up."""

import html
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_records import RECORDS, partner, project, question

import labkit as lk
from labkit.errors import UnknownNameError, WrongUseError
from labkit.names import fold
from labkit.register.book import Book
from labkit.register.records import Agreement, Offer, Outcome, Partner, Project
from labkit.register.search import search
from labkit.register.searching.snippet import LONG
from labkit.register.settings import Settings
from labkit.register.words import words_of
from labkit.texts import Text

TODAY = date(2026, 11, 23)
SETTINGS = Settings(Text(en="Made up"), {"soup": Text(nl="Soepprogramma", en="Soup programme")})


@pytest.fixture(scope="module")
def book():
    visible = {"visibility": "public"}
    under = [{"agreement": "ag-soup", "source": "https://example.org"}]
    return Book(
        [
            partner("org-haven", name="Stichting Havenwerk", short_name="SH"),
            partner("org-haven-noord", name="Team Noord", part_of="org-haven"),
            partner("org-school", name="Hogeschool Duin", name_en="Dune University", kind="hogeschool"),
            question("q-soup", title_en="Who comes to the soup?", title_nl="Wie komt er soep eten?", asked_on="2020-05"),
            Offer(id="of-lab", title_en="City Lab", kind="honours", status="open", levels=["wo_bachelor"], start="2025", **visible),
            project(
                "p-2020-soup",
                title_en="Soup mornings",
                title_nl="Soepochtenden",
                summary_en="Neighbours cook <b>soup</b> & talk about loneliness.",
                summary_nl="Buren koken samen in café ’t Hoekje over eenzaamheid.",
                programme="soup",
                start="2020",
                end="2022",
                scope="areas",
                areas=["S111"],
                themes=["loneliness", "social_cohesion"],
                levels=["hbo"],
                partners=[{"partner": "org-haven-noord", "role": "client"}],
                addresses=["q-soup"],
                under_agreement=under,
            ),
            project(
                "p-2021-garden",
                title_en="Garden, and then soup",
                summary_nl="Een tuin in Leiden-Noord voor e-health.",
                kind="internship",
                start="2021",
                status="running",
                scope="areas",
                areas=["Q21"],
                themes=["ehealth"],
                partners=[{"partner": "org-school", "role": "executing"}],
                builds_on=["p-2020-soup"],
            ),
            project("p-bread", title_en="Bread", start="unknown", academic_year="2018-2019", visibility="partners"),
            project("p-unknown", title_en="Soup, nobody knows when", start="unknown"),
            Outcome(
                id="out-soup", project="p-2020-soup", stage="use", kind="practice", statement_en="The mornings go on.",
                direction="positive", evidence="self_reported", **visible,
            ),
            Agreement(
                id="ag-soup", title_en="Soup deal", title_nl="Soepafspraak", kind="convenant", status="in_force", start="2019",
                parties=[{"partner": "org-haven", "role": "signatory"}], **visible,
            ),
        ],
        SETTINGS,
    )  # fmt: skip


@pytest.fixture(scope="module")
def find(book, duinstad):
    return lambda text="", **more: search(book, text, areas=duinstad.areas, today=TODAY, **more)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("eenzaamheid", ["p-2020-soup"]),
        ("EENZAAM", ["p-2020-soup"]),
        ("loneliness soup", ["p-2020-soup"]),
        ("cafe hoekje", ["p-2020-soup"]),
        ("café", ["p-2020-soup"]),
        ("koken in tuin", []),
        ('"koken samen"', ["p-2020-soup"]),
        ("“samen koken”", []),
        ('"koken sam"', []),
        ("tuin e-health", ["p-2021-garden"]),
        ("ehealth", ["p-2021-garden"]),
        ("leiden-noord", ["p-2021-garden"]),
        ("leidennoord", ["p-2021-garden"]),
        ("gezondheid", []),
        ("havenwerk", ["org-haven", "ag-soup"]),
        ("dune", ["org-school", "p-2021-garden"]),
        ("kade", ["p-2020-soup"]),
        ("soepprogramma", ["p-2020-soup"]),
        ("p-2021-garden", ["p-2021-garden"]),
    ],
)
def test_words_find_records(find, text, ids):
    assert sorted(find(text).ids) == sorted(ids)


def test_titles_come_first_and_then_the_newest(find):
    assert find("soup").ids == ["p-2021-garden", "q-soup", "p-2020-soup", "ag-soup", "p-unknown"]
    # A title that says just this comes before all others.
    assert find("soup mornings").ids[0] == "p-2020-soup"
    assert find("soup deal").ids[0] == "ag-soup"
    # In the text only: after the titles, however new.
    assert find("mornings").ids == ["out-soup", "p-2020-soup"]


def test_what_is_asked_of_all_records_gives_all_records(find, book):
    assert set(find().ids) == set(book.records)
    assert find().title == f"{len(book)} records found"


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({"theme": "loneliness"}, ["p-2020-soup"]),
        ({"thema": "Eenzaamheid"}, ["p-2020-soup"]),
        ({"theme": ["loneliness", "ehealth"]}, ["p-2020-soup", "p-2021-garden"]),
        ({"theme": "Zorg en welzijn"}, ["p-2020-soup", "p-2021-garden"]),
        ({"area": "Kade"}, ["p-2020-soup"]),
        ({"area": "Oude Haven"}, ["p-2020-soup"]),
        ({"gebied": "Duinstad"}, ["p-2020-soup"]),
        ({"area": "Touwslagersstraat"}, []),
        ({"area": "De Zandjes"}, ["p-2021-garden"]),
        ({"area": "unknown", "kind": "question"}, ["q-soup"]),
        ({"year": 2021}, ["p-2020-soup", "p-2021-garden", "ag-soup"]),
        ({"year": 2020, "kind": "project"}, ["p-2020-soup"]),
        ({"jaar": "2026"}, ["p-2021-garden", "ag-soup"]),
        ({"year": 2019}, ["ag-soup", "p-bread"]),
        ({"year": "2018-2019", "kind": "project"}, ["p-bread"]),
        ({"year": "unknown", "kind": "project"}, ["p-unknown"]),
        ({"year": [2020, 2025], "kind": "offer"}, ["of-lab"]),
        ({"level": "hbo"}, ["p-2020-soup"]),
        ({"niveau": "university, bachelor"}, ["of-lab"]),
        ({"status": "loopt"}, ["p-2021-garden"]),
        ({"status": "running"}, ["p-2021-garden"]),
        ({"partner": "Stichting Havenwerk"}, ["ag-soup", "p-2020-soup"]),
        ({"partner": "sh"}, ["ag-soup", "p-2020-soup"]),
        ({"partner": "org-haven-noord"}, ["p-2020-soup"]),
        ({"partner": "dune university"}, ["p-2021-garden"]),
        ({"programme": "soup programme"}, ["p-2020-soup"]),
        ({"agreement": "Soepafspraak"}, ["p-2020-soup"]),
        ({"visibility": "alleen partners"}, ["p-bread"]),
        ({"stage": "gebruik"}, ["out-soup"]),
        ({"stage": "use", "kind": "project"}, ["p-2020-soup"]),
        ({"theme": "loneliness", "kind": "uitkomst"}, ["out-soup"]),
        ({"partner": "SH", "kind": "outcome"}, ["out-soup"]),
        ({"kind": "stage"}, ["p-2021-garden"]),
        ({"soort": "hogeschool"}, ["org-school"]),
        ({"kind": Partner}, ["org-haven", "org-haven-noord", "org-school"]),
        ({"builds_on": "Soup mornings"}, ["p-2021-garden"]),
        ({"bouwt voort op": "p-2020-soup"}, ["p-2021-garden"]),
        ({"addresses": "q-soup"}, ["p-2020-soup"]),
        ({"part_of": "org-haven"}, ["org-haven-noord"]),
        ({"academic_year": "2018-2019"}, ["p-bread"]),
        ({"end": 2022}, ["p-2020-soup"]),
        ({"summary_nl": "tuin"}, ["p-2021-garden"]),
        ({"theme": "loneliness", "year": 2026}, []),
    ],
)
def test_conditions_find_records(find, fields, ids):
    assert sorted(find(**fields).ids) == sorted(ids)


def test_words_and_conditions_together(find):
    assert find("soup", theme="ehealth").ids == ["p-2021-garden"]
    found = find("soup", theme="ehealth", kind="project", year=2021)
    assert found.title == '"soup", project, theme eHealth, year 2021: 1 record found'


@pytest.mark.parametrize("yes", [True, False])
def test_yes_and_no(duinstad, yes):
    made = Book(
        [project("p-yes", on_site=True), project("p-no", on_site=False), project("p-unknown", on_site="unknown")]
    )
    assert search(made, on_site=yes).ids == (["p-yes"] if yes else ["p-no"])
    assert search(made, on_site="unknown").ids == ["p-unknown"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"theem": "x"}, 'There is no field "theem" to search by. Did you mean theme'),
        ({"xyzzy": "x"}, "Most used are theme, area, year"),
        ({"theme": "eenzamheid"}, '"eenzamheid" is no value of theme. Did you mean Loneliness?'),
        ({"theme": "xyzzy"}, "Choose from Loneliness, Poverty and debt"),
        ({"status": "finnished"}, "Did you mean finished?"),
        ({"partner": "Stichting Havenwrek"}, "Did you mean Stichting Havenwerk?"),
        ({"partner": "xyzzy"}, "Choose from Stichting Havenwerk"),
        ({"programme": "soop"}, "is no value of programme. Did you mean Soup programme?"),
        ({"agreement": "soup deel"}, "Did you mean Soup deal?"),
        ({"kind": "projekt"}, 'There is no kind of record "projekt". Did you mean project'),
        ({"area": "Vuurtorenkwatier"}, "Did you mean Vuurtorenkwartier"),
    ],
)
def test_what_does_not_exist_is_told_with_what_is_near(find, fields, said):
    with pytest.raises(UnknownNameError, match=re.escape(said)):
        find(**fields)


def test_errors_and_answers_in_dutch(find):
    lk.use_language("nl")
    with pytest.raises(UnknownNameError, match=re.escape("is geen waarde van thema. Bedoel je Eenzaamheid")):
        find(thema="eenzamheid")
    assert "Er is niets gevonden. Bedoel je" in str(find("eenzaamheit"))
    shown = str(find("soep"))
    assert "records gevonden" in shown
    assert "Soepochtenden" in shown


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"year": "twenty"}, "whole number"),
        ({"kind": "partner", "theme": "loneliness"}, "Kinds that can: question, offer, project"),
        ({"theme": []}, "Give theme a value"),
        ({"kind": 3}, 'such as "project"'),
    ],
)
def test_wrong_use_is_told(find, fields, said):
    with pytest.raises(WrongUseError, match=re.escape(said)):
        find(**fields)


def test_a_number_is_no_text_and_no_day(book):
    with pytest.raises(WrongUseError, match="as a text"):
        search(book, 3)
    with pytest.raises(WrongUseError, match="as a date"):
        search(book, today="2021")


def test_the_areas_are_not_an_area(book):
    with pytest.raises(WrongUseError, match="area="):
        search(book, areas="Kade")


def test_a_name_of_several_areas_counts_for_all_and_says_so(find):
    assert 'De Zandjes" stands for several areas' in str(find(area="De Zandjes"))


def test_without_the_areas_of_a_city_codes_still_find_records(book):
    assert search(book, area="S111").ids == ["p-2020-soup"]


def test_nothing_found_says_what_comes_near(find):
    found = find("soup mornigs")
    assert found.suggestions == ["soup mornings"]
    assert 'Nothing was found. Did you mean "soup mornings"?' in str(found)
    assert set(find("soop mornigs").suggestions) == {"soup mornings", "soep mornings"}
    assert find("gardn").suggestions == ["garden"]
    assert find('"soup mornigs"').suggestions == ["soup mornings"]


def test_every_suggestion_finds_something(find):
    for text in ("soop", "gardn soup", "mornin talkk", "xyzzy soop", "eenzaamheit"):
        for one in find(text).suggestions:
            assert find(one).ids, one


@pytest.mark.parametrize(
    ("text", "fields", "said"),
    [
        ("xyzzyplugh", {}, "No record has: xyzzyplugh."),
        ("bread deal", {}, "Each of the words occurs, but never all together"),
        ("soup", {"theme": "poverty_debt"}, "Without the conditions there are 5; leave one out."),
        ("", {"theme": "poverty_debt"}, "Leave a condition out."),
        ("?!", {}, "There is no word in what you asked for."),
    ],
)
def test_nothing_found_says_why(find, text, fields, said):
    found = find(text, **fields)
    assert found.ids == []
    assert said in str(found)
    assert html.escape(said) in found._repr_html_()


def test_an_empty_register_says_so():
    assert "The register is empty." in str(search(Book([]), "soup"))


def test_where_the_words_stand_is_shown_and_marked(find):
    hit = find("eenzaam koken")[0]
    assert hit.fields == ["Summary"]
    assert hit.snippets[0].field == "summary_nl"
    assert "over <mark>eenzaamheid</mark>." in hit.snippets[0].html
    assert "<mark>koken</mark>" in hit.snippets[0].html
    # The page itself is never read as markup.
    shown = find("cook talk")[0].snippets[0].html
    assert "<mark>cook</mark> &lt;b&gt;soup&lt;/b&gt; &amp; <mark>talk</mark>" in shown


def test_the_snippet_is_in_the_language_of_the_reader_where_both_have_the_words(find):
    assert find("soup mornings")[0].snippets[0].field == "title_en"
    lk.use_language("nl")
    assert find("soepochtenden")[0].snippets[0].field == "title_nl"


def test_a_long_text_is_cut_around_the_words():
    made = project(summary_nl=" ".join(["soep"] * 300) + " Eenzaamheid " + " ".join(["brood"] * 300))
    snippet = search(Book([made]), "eenzaamheid")[0].snippets[0]
    assert len(snippet.text) <= LONG + 2
    assert snippet.text.startswith("…soep")
    assert snippet.text.endswith("brood…")
    assert "<mark>Eenzaamheid</mark>" in snippet.html


def test_a_label_of_a_value_is_found_and_named(find):
    hit = find("kade")[0]
    assert (hit.fields, hit.snippets[0].text) == (["Areas"], "Kade")


def test_words_in_several_fields_are_all_shown(find):
    hit = find("kade soup hoekje")[0]
    assert hit.fields == ["Title", "Summary", "Areas"]
    assert [one.html.count("<mark>") for one in hit.snippets] == [1, 1, 1]


def test_it_shows_itself(find, book):
    found = find("soup")
    assert list(found.table.columns) == ["id", "kind", "title", "when", "field", "text"]
    assert found.table["id"].tolist() == found.ids
    assert found.records == [book[one] for one in found.ids]
    assert len(found) == len(list(found)) == 5
    page = found._repr_html_()
    assert page.count("<tr>") == 6
    assert "<script" not in page
    assert repr(found) == '<Found: "soup": 5 records found>'
    assert "p-2021-garden" in str(found)


def test_many_are_cut_off_with_a_word():
    made = Book([project(f"p-{n}", title_en=f"Soup {n}") for n in range(60)])
    found = search(made, "soup")
    assert "And 35 more" in str(found)
    assert found._repr_html_().count("<tr>") == 26
    assert len(found.table) == 60


def test_a_public_book_finds_public_records_only(book):
    assert search(book, "bread").ids == ["p-bread"]
    assert search(book.public(), "bread").ids == []


@given(st.lists(RECORDS, max_size=5, unique_by=lambda one: one.id))
def test_a_record_is_found_by_every_word_of_its_texts(records):
    made = Book(records)
    for record in made:
        for name in ("title_nl", "title_en", "name", "statement_nl", "statement_en", "note_nl"):
            for word in fold(getattr(record, name, None) or "").split():
                assert record.id in search(made, word).ids, word


@given(st.lists(RECORDS, max_size=5, unique_by=lambda one: one.id), st.text(max_size=30))
def test_any_text_can_be_searched_for(records, text):
    made = Book(records)
    found = search(made, text)
    page = found._repr_html_()
    assert (
        re.sub(
            r"</?(mark|small|code|b|strong|div|style|table|caption|thead|tbody|tr|td|th|p|br)( [^>]*)?>", "", page
        ).count("<")
        == 0
    )
    assert str(found)
    assert len(found.table) == len(found)
    for hit in found:
        for one in hit.snippets:
            assert one.marks
            for start, end in one.marks:
                assert 0 <= start < end <= len(one.text)


@given(st.text(max_size=80))
def test_words_are_those_of_names(text):
    assert words_of(text) == fold(text).split()


@given(st.lists(st.sampled_from(["soup", "garden", "bread", "dune"]), min_size=1, max_size=4))
def test_more_words_never_find_more(words):
    made = Book(
        [
            project("p-1", title_en="Soup garden"),
            project("p-2", title_en="Bread garden"),
            question("q-1", title_en="Dune soup"),
        ]
    )
    for number in range(1, len(words)):
        assert set(search(made, " ".join(words[: number + 1])).ids) <= set(search(made, " ".join(words[:number])).ids)


def test_the_leiden_register_can_be_searched(leiden):
    book = leiden.register.book
    slaaghwijk = search(book, area="Slaaghwijk", areas=leiden.areas)
    assert slaaghwijk.ids
    assert all("BU05460800" in one.areas for one in slaaghwijk.records)
    wider = search(book, area="Merenwijk", areas=leiden.areas)
    assert set(slaaghwijk.ids) < set(wider.ids)
    for text, theme in (("eenzaamheid", "loneliness"), ("loneliness", "eenzaamheid")):
        assert set(search(book, kind="project", theme=theme).ids) <= set(search(book, text, kind="project").ids)
    for record in book.of(Project):
        words = f'"{record.text("title", "en")}"'
        assert record.id in search(book, words).ids, words
