"""Projects and coverage as layers of a map: every project is somewhere, and nobody sees what is not for them."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_book import books, hostile_title
from made_up_records import partner, project

import labkit as lk
from labkit.errors import UnknownNameError, WrongUseError
from labkit.maps.coverage import coverage_layer
from labkit.maps.projects import project_layer
from labkit.register.book import Book
from labkit.register.exchange.audience import MentionError
from labkit.register.placing import place
from labkit.register.records import Project
from labkit.register.vocabularies import SCOPES

LEVELS = ["municipality", "district", "neighbourhood"]
#: Areas of all levels, in the city and outside it, and one that no package knows.
PLACES = ["BU05460800", "BU05460302", "WK054603", "WK054608", "GM0546", "GM0547", "WK054700", "BU99999999"]


@st.composite
def placed_books(draw):
    """Draw projects with every kind of place, beside records of any kind."""
    made = list(draw(books))
    for number in range(draw(st.integers(0, 6))):
        scope = draw(st.sampled_from([*SCOPES.ids, "areas"]))
        areas = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4, unique=True)) if scope == "areas" else []
        seen = draw(st.sampled_from(["public", "private"]))
        made.append(project(f"p-drawn-{number}", scope=scope, areas=areas, visibility=seen))
    return Book({one.id: one for one in made}.values())


@given(placed_books(), st.sampled_from(LEVELS))
@settings(max_examples=60)
def test_every_project_is_in_areas_or_in_one_box(leiden, book, level):
    layer = project_layer(leiden, level=level, audience="private", book=book)
    table = layer.table
    assert sorted(table["record"].unique()) == sorted(one.id for one in book.of(Project))
    assert not table.duplicated(["record", "area", "group"]).any()
    for _, rows in table.groupby("record"):
        assert rows["group"].nunique() == 1
        in_box = rows["area"].isna()
        assert in_box.all() and len(rows) == 1 if rows["group"].iloc[0] != "areas" else not in_box.any()
    assert sum(layer.groups.values()) == len(layer) == len(book.of(Project))
    assert sum(layer.counts.values()) == len(table)


@given(placed_books(), st.sampled_from(LEVELS))
@settings(max_examples=40)
def test_a_public_map_holds_public_projects_and_names_the_others(leiden, book, level):
    try:
        layer = project_layer(leiden, level=level, book=book)
    except MentionError:
        return
    public = {one.id for one in book.public().of(Project)}
    assert {one.record.id for one in layer.projects} == public
    assert sorted(layer.withheld) == sorted(one.id for one in book.of(Project) if one.id not in public)
    spec = json.loads(json.dumps(layer.spec("nl"), allow_nan=False))
    assert {one["id"] for one in spec["records"]} == public
    for one in spec["records"]:
        assert bool(one["areas"]) == (one["group"] == "areas")
        assert set(one["themes"]) <= set(spec["labels"]["themes"])
        assert set(one["levels"]) <= set(spec["labels"]["levels"])
        assert one["group"] in {"areas", *spec["labels"]["groups"]}


@given(placed_books(), st.sampled_from(LEVELS))
@settings(max_examples=40)
def test_coverage_and_projects_count_alike(leiden, book, level):
    layer = project_layer(leiden, level=level, audience="private", book=book)
    counted = coverage_layer(leiden, level, audience="private", book=book)
    assert [layer.counts[code] for code in counted.codes] == counted.values
    assert counted.none == [code for code in counted.codes if not layer.counts[code]]
    assert counted.missing == []
    assert sum(counted.classes.counts) == len(counted.codes)
    assert len(counted.colours) == counted.classes.k


def test_leiden_has_its_places_as_the_register_states_them(leiden):
    layer = project_layer(leiden, level="neighbourhood")
    for one in layer.projects:
        stated = place(one.record, leiden.areas, "neighbourhood")
        assert (one.group, set(one.areas)) == (stated.group, set(stated.areas))
    assert layer.groups == {"areas": 10, "coarser": 17, "city": 5, "region": 1, "elsewhere": 1, "unknown": 58}


def test_a_neighbourhood_counts_for_its_district_and_one_project_in_two_districts_once(leiden):
    book = Book([project(scope="areas", areas=["BU05460302", "BU05460301", "WK054608", "GM0547"])])
    layer = project_layer(leiden, book=book)
    assert list(layer.table["area"]) == ["WK054603", "WK054608"]
    assert layer.groups == {"areas": 1}
    assert layer.spec("en")["records"][0]["also"] == list(layer.projects[0].also) == ["outside"]


def test_what_lies_outside_the_map_has_a_box(leiden):
    layer = project_layer(leiden, level="neighbourhood", within="Leiden-Noord")
    assert layer.groups["outside"] == 13
    assert layer.spec("nl")["labels"]["groups"]["outside"] == "Buiten Leiden-Noord"
    assert sum(layer.groups.values()) == 92


def test_projects_are_asked_for_in_every_usual_way(leiden):
    register = leiden.register
    wanted = ["p-2017-break-ins", "p-2018-alt-bike"]
    ways = [wanted, [register.book[id] for id in wanted], [register[id] for id in wanted], pd.DataFrame({"id": wanted})]
    for way in ways:
        assert [one.record.id for one in project_layer(leiden, way).projects] == wanted
    assert len(project_layer(leiden, wanted[0])) == 1
    assert len(project_layer(leiden, wanted * 2)) == 2
    assert len(project_layer(leiden, [])) == len(project_layer(leiden, False)) == 0
    found = register.search("De Kooi")
    assert {one.record.id for one in project_layer(leiden, found).projects} == {
        one.id for one in found.records if one.KIND == "project"
    }
    again = project_layer(leiden, project_layer(leiden, wanted).table)
    assert len(again) == 2


def test_what_is_no_project_is_refused_with_a_way_out(leiden):
    with pytest.raises(UnknownNameError, match="p-2018-alt-bike"):
        project_layer(leiden, ["p-2018-alt-bik"])
    with pytest.raises(WrongUseError, match="agreement"):
        project_layer(leiden, ["ag-subsidie-leren-met-de-stad-2023"])
    with pytest.raises(WrongUseError, match="record or project or id"):
        project_layer(leiden, pd.DataFrame({"title": ["x"]}))
    with pytest.raises(UnknownNameError):
        project_layer(leiden, audience="everybody")


def test_a_title_that_tells_of_a_hidden_record_stops_the_map(leiden):
    secret = partner("org-secret", visibility="private", name="Secret")
    told = project(title_en="Follows org-secret")
    with pytest.raises(MentionError):
        project_layer(leiden, book=Book([secret, told]))
    assert len(project_layer(leiden, audience="private", book=Book([secret, told]))) == 1


def test_a_map_for_others_never_shows_more(leiden):
    book = Book([project("p-open"), project("p-shared", visibility="partners"), project("p-own", visibility="private")])
    private = project_layer(leiden, audience="private", book=book)
    partners = private.for_audience("partners")
    assert [len(private), len(partners), len(partners.for_audience("public"))] == [3, 2, 1]
    assert partners.for_audience("private") is partners
    assert partners.withheld == ["p-own"]
    assert any("not for everyone" in note for note in partners.notes("en"))
    assert "p-own" not in json.dumps(partners.spec("en"))


def test_a_hostile_title_is_text_and_its_language_is_told(leiden):
    book = Book([project(title_en=None, title_nl=hostile_title, summary_nl="x")])
    record = project_layer(leiden, book=book).spec("en")["records"][0]
    assert record["lang"] == "nl"
    assert "<script>" in record["title"] and "\u202e" not in record["title"]


def test_the_same_layer_is_the_same_bytes_in_both_languages(leiden):
    for language in ("nl", "en"):
        first, second = (json.dumps(project_layer(leiden).spec(language)) for _ in range(2))
        assert first == second
    assert project_layer(leiden).spec("nl")["labels"]["levels"]["mbo"] == "mbo"
    assert project_layer(leiden).spec("nl")["text"]["projects"] == "Projecten"


def test_zero_is_a_class_of_its_own_and_means_none_on_record(leiden):
    layer = coverage_layer(leiden)
    assert layer.classes.labels("en")[0] == "0"
    assert layer.remark("WK054600", "en").startswith("None on record")
    assert "niets vastgelegd" in " ".join(layer.remarks_for_all("nl"))
    assert layer.unknown == 58
    spec = layer.spec("en")
    assert spec["credit"] != layer.spec("nl")["credit"] == leiden.register.settings.title("nl")
    assert spec["year"] is None and len(spec["values"]) == 10
    assert spec["values"].count(0) == 4 == layer.classes.counts[0]
    empty = coverage_layer(leiden, book=Book([]))
    assert empty.classes.labels("en") == ["0"] and empty.colours == layer.colours[:1]


def test_coverage_of_a_period_tells_what_has_no_year(leiden):
    layer = coverage_layer(leiden, start=2021, end=2021, marks=["visible", "tangible"])
    assert layer.title("nl") == "Vastgelegde projecten, 2021"
    assert (
        layer.table.loc[layer.table["code"] == "WK054603", "projects"].item()
        == layer.values[layer.codes.index("WK054603")]
    )
    themed = coverage_layer(leiden, themes="safety")
    assert (themed.title("nl"), themed.title("en")) == (
        "Vastgelegde projecten · Veiligheid",
        "Projects on record · Safety",
    )
    undated = len(layer.found.selection.undated)
    assert any(str(undated) in note for note in layer.remarks_for_all("en"))
    assert "Tangible: " in layer.remark("WK054603", "en")
    with pytest.raises(WrongUseError, match="visible or tangible"):
        coverage_layer(leiden, marks="loud")


def test_private_projects_do_not_count_on_a_public_map(leiden):
    hidden = project("p-hidden", visibility="private", scope="areas", areas=["WK054608"])
    assert sum(coverage_layer(leiden, book=Book([hidden])).values) == 0
    assert sum(coverage_layer(leiden, book=Book([hidden]), audience="private").values) == 1


def test_a_city_without_a_register_has_an_empty_layer(duinstad):
    layer = project_layer(duinstad)
    assert len(layer) == 0 and layer.groups == {} and len(layer.table) == 0
    assert layer.spec("nl")["records"] == []
    assert sum(coverage_layer(duinstad).values) == 0


def test_the_layer_stands_on_the_map_of_the_city():
    drawn = lk.open_city("leiden").map("lonely", year=2020, projects=True)
    assert [one.kind for one in drawn.layers] == ["areas", "projects"]
    assert drawn.to_html() == drawn.to_html()
