"""The register in the atlas: what goes in is all that is public, and nothing else."""

import json

import pytest
from hypothesis import given, settings
from made_up_atlas import City
from made_up_book import agreement, book, offer, outcome, partner, project, question
from made_up_linked import linked_books, tokens

from labkit.cli.atlas import _records as told_records
from labkit.maps.atlas.covered import coverage_payload
from labkit.maps.atlas.page import build_atlas
from labkit.maps.atlas.register import INSIDE, fields, public, register_payload
from labkit.register.book import Book
from labkit.register.exchange.audience import MentionError
from labkit.register.placing import place
from labkit.register.records import KINDS, Project

TODAY = "2026-11-24"


def contents(city, records):
    """All that an atlas holds of a register, as it stands in the page."""
    held = City(city, records)
    seen = public(held, despite_names=True)
    return {"register": register_payload(seen, held, TODAY), "coverage": coverage_payload(seen, held, TODAY)}


@pytest.fixture(scope="module")
def held(leiden):
    return contents(leiden, leiden.register.book)


def test_every_public_record_goes_in_with_all_that_it_says(leiden, held):
    inside = {one["id"]: one for own in held["register"]["records"].values() for one in own}
    assert set(inside) == {one.id for one in leiden.register.book.public()}
    for record in leiden.register.book.public():
        said = {name: value for name, value in record.as_dict().items() if name not in INSIDE}
        assert inside[record.id] == said
        assert list(inside[record.id]) == [name for name in type(record).order() if name in said]


def test_every_field_and_every_value_has_a_label_in_both_languages(held):
    def check(described, record):
        names = {one["name"]: one for one in described}
        for name, value in record.items():
            base = name if name in names else name.removesuffix("_nl").removesuffix("_en")
            field = names[base]
            assert field["label"]["nl"], name
            assert field["label"]["en"], name
            if field["type"] == "term":
                known = {one[0] for one in held["register"]["terms"][field["terms"]]}
                assert set(value if isinstance(value, list) else [value]) <= known
            if "fields" in field:
                for one in value if isinstance(value, list) else [value]:
                    check(field["fields"], one)

    for kind, own in held["register"]["records"].items():
        for record in own:
            check(held["register"]["kinds"][kind]["fields"], record)
    assert all(all(term[1:3]) for terms in held["register"]["terms"].values() for term in terms)


def test_relations_are_those_of_the_register(leiden, held):
    told = {
        (one.subject, one.predicate, one.object)
        for one in leiden.register.book.links
        if one.object in leiden.register.book
    }
    assert {tuple(one[:3]) for one in held["register"]["links"]} == told
    assert len(told) > 300


def test_places_are_those_of_the_register(leiden, held):
    for one in leiden.register.book.of(Project):
        for level in leiden.areas.levels:
            placed = place(one, leiden.areas, level.id)
            told = held["register"]["places"].get(one.id, {}).get(level.id, one.scope)
            assert told == (list(placed.areas) if placed.group == "areas" else placed.group)


def test_coverage_answers_its_questions_in_both_languages(held):
    answers = held["coverage"]
    assert [one["id"] for one in answers["nl"]] == [one["id"] for one in answers["en"]]
    assert {"presence", "gaps", "visibility", "evidence", "continuity", "waiting", "participants", "sensitivity"} <= {
        one["id"] for one in answers["en"]
    }
    for nl, en in zip(answers["nl"], answers["en"], strict=True):
        assert nl["sentences"] != en["sentences"]
        assert len(nl["rows"]) == len(en["rows"])
    assert answers["en"][0]["sentences"][1].startswith("No project is recorded for Binnenstad-Zuid")


def test_the_whole_register_keeps_the_atlas_small(leiden):
    page = build_atlas(leiden, "en").encode("utf-8")
    assert len(page) < 2_000_000


@settings(max_examples=25)
@given(linked_books())
def test_nothing_hidden_goes_in(leiden, records):
    try:
        said = json.dumps(contents(leiden, records), ensure_ascii=False)
    except MentionError:
        pytest.fail("made-up words name no other record")
    seen = records.public()
    hidden = set().union(*(tokens(one.as_dict()) for one in records if one.id not in seen), set())
    shown = set().union(*(tokens({k: v for k, v in one.as_dict().items() if k not in INSIDE}) for one in seen), set())
    left = [word for word in hidden - shown if word.startswith(("zq", "https://example.org/zq")) or "-zq" in word]
    assert [word for word in left if json.dumps(word, ensure_ascii=False)[1:-1] in said] == []


@settings(max_examples=15)
@given(linked_books())
def test_a_hidden_record_changes_nothing(leiden, records):
    """With what is hidden, and as if it had never been: the same page, so that no count tells of it."""
    seen = records.public()
    if any(one.record_by for one in records):
        assert "record_by" not in json.dumps(contents(leiden, records)["register"]["records"])
    assert contents(leiden, records) == contents(leiden, Book(seen, records.settings))


def test_how_a_record_is_kept_stays_inside(leiden):
    made = [project(record_by="knowledge broker", visibility="public")]
    said = json.dumps(contents(leiden, book(*made)))
    assert "knowledge broker" not in said
    assert '"record_by"' not in said
    assert '"visibility"' not in json.dumps(contents(leiden, book(*made))["register"])
    for model in KINDS.values():
        assert not INSIDE & {one["name"] for one in fields(model)}


def test_a_text_that_names_a_hidden_record_stops_the_atlas(leiden):
    secret = partner("org-secret", visibility="private", name="Still Waters Foundation")
    by_id = City(leiden, book(secret, project(note_en="Done with org-secret.")))
    with pytest.raises(MentionError, match="org-secret"):
        build_atlas(by_id)
    by_name = City(leiden, book(secret, project(note_en="Done with Still Waters Foundation.")))
    with pytest.raises(MentionError, match="org-secret"):
        build_atlas(by_name)
    assert "Still Waters" in build_atlas(by_name, despite_names=True)


def test_a_city_without_a_register_has_an_atlas(duinstad):
    found = contents(duinstad, Book([]))
    assert set(found["register"]["counts"].values()) == {0}
    assert found["coverage"] == {}
    assert "<title>" in build_atlas(City(duinstad, Book([])), "nl")
    assert "<title>" in build_atlas(duinstad, "nl")


def test_one_record_of_each_kind_is_enough(duinstad):
    records = [question(), offer(), project(), partner(), agreement(), outcome()]
    found = contents(duinstad, book(*records))
    assert set(found["register"]["counts"].values()) == {1}
    assert found["coverage"]["en"]


def test_signs_that_turn_a_text_round_are_left_out(leiden):
    found = contents(leiden, book(project(title_en="Soup\u202e and bread\x0b")))
    assert found["register"]["records"]["project"][0]["title_en"] == "Soup and bread"


def test_the_same_register_gives_the_same_page(leiden):
    assert build_atlas(leiden, "en") == build_atlas(leiden, "en")


def test_who_makes_it_is_told_what_stayed_out():
    records = book(project(), partner("org-a", visibility="private"), partner("org-b", visibility="partners"))
    told = "Of its register 1 records went in (1 projects); 2 are not public and stayed out."
    assert told_records(records) == told
    assert told_records(book(project())).endswith("all are public.")
    assert "no register" in told_records(Book([]))


def test_a_large_register_stays_within_reason(leiden):
    """A thousand made-up projects: what an atlas adds for each is less than their own text twice."""
    codes = [area.code for area in leiden.areas.of_level("district")][:10]
    records = Book([project(f"p-many-{n}", scope="areas", areas=[codes[n % 10]]) for n in range(1000)])
    own = sum(len(json.dumps(one.as_dict())) for one in records)
    found = contents(leiden, records)["register"]
    assert len(json.dumps({name: found[name] for name in ("records", "links", "places", "years", "order")})) < 2 * own
