"""The research object: valid by the judgement of others, complete, and whole without a network."""

import importlib.resources
import io
import json
import re
import warnings
from functools import cache
from pathlib import Path

import pytest
import requests
from hypothesis import given, settings
from made_up_book import agreement, offer, outcome
from made_up_linked import linked_books
from made_up_records import partner, project, question
from requests_cache import CachedSession
from rocrate.rocrate import ROCrate
from rocrate_validator import models, services
from urllib3.response import HTTPResponse

from labkit.errors import UnknownNameError, WrongUseError
from labkit.register.book import Book
from labkit.register.exchange import About, export, read_tables
from labkit.register.exchange.schemaorg import iri
from labkit.register.settings import Settings
from labkit.texts import Text

VERSIONS = ("1.2", "1.1")
ABOUT = About(Text(nl="Verzonnen", en="Made up"), licence="CC-BY-4.0", publisher="org-city")


@cache
def context():
    """Return the terms of RO-Crate, as the rocrate library carries them."""
    return importlib.resources.files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()


@pytest.fixture(scope="module")
def cached(tmp_path_factory):
    """Return a store of pages in which the validator finds the terms, so that it needs no network."""
    path = tmp_path_factory.mktemp("pages") / "http"
    session = CachedSession(cache_name=str(path), backend="sqlite", expire_after=-1)
    for version in VERSIONS:
        url = f"https://w3id.org/ro/crate/{version}/context"
        response = requests.Response()
        response.status_code, response.url = 200, url
        response.headers["Content-Type"] = "application/ld+json"
        response.request = requests.Request("GET", url).prepare()
        response._content = context()
        headers = dict(response.headers)
        response.raw = HTTPResponse(io.BytesIO(context()), headers=headers, status=200, request_url=url)
        session.cache.save_response(response)
    session.close()
    return path


def issues(crate, cached, version, severity="REQUIRED"):
    """Return what the validator has to say of a crate."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries that it uses
        result = services.validate(
            {
                "rocrate_uri": str(crate),
                "profile_identifier": f"ro-crate-{version}",
                "requirement_severity": models.Severity[severity],
                "offline": True,
                "cache_path": cached,
            }
        )
        return [(one.message, one.violatingEntity) for one in result.get_issues(models.Severity[severity])]


@pytest.fixture(scope="module")
def made_up():
    """Return a book with a record of every kind, and of every relation."""
    both = {"title_nl": "Verzonnen", "title_en": "Made up"}
    where = {"scope": "areas", "areas": ["Q11", "NOWHERE"]}
    sources = ["https://example.org/a b?x=100%&y={z}", "https://example.org/ë"]
    return Book(
        [
            partner(
                "org-city", name="Duinstad", kind="municipality", website="https://example.org/duinstad", areas=["T1"]
            ),
            partner("org-university", name="Made-up University", kind="university", ror="https://ror.org/027bh9e22"),
            partner("org-faculty", name="Faculty", kind="university", part_of="org-university", wikidata="Q1"),
            question("q-one", **both, **where, asker="org-city", answer_nl="Ja.", answer_en="Yes.", sources=sources),
            question("q-two", text_en="?"),
            offer("of-one", institutions=["org-university"], website="https://example.org/course", ec=7.5),
            agreement(
                "ag-grant", kind="grant", parties=[{"partner": "org-city", "role": "grantor"}], start="2021", end="2023"
            ),
            agreement("ag-new", renews="ag-grant", parties=[{"partner": "org-faculty", "role": "signatory"}]),
            project(
                **{"id": "p-one", **both, **where, "sources": sources, "offer": "of-one", "addresses": ["q-one"]},
                partners=[{"partner": "org-faculty", "role": "executing"}, {"partner": "org-city", "role": "funder"}],
                under_agreement=[{"agreement": "ag-grant", "source": "https://example.org/"}],
                checked_on="2026-11-20",
            ),
            project(
                "p-two", builds_on=["p-one"], raises=["q-two"], reuses=["out-report"], scope="city", programme="unknown"
            ),
            outcome("out-report", project="p-one", kind="report", doi="10.1000/182", publisher="org-university"),
            outcome("out-data", project="p-one", kind="dataset", url="https://example.org/data", licence="CC0-1.0"),
            outcome("out-tool", project="p-one", kind="tool"),
            outcome("out-film", project="p-one", kind="video", for_whom=["resident"]),
            outcome("out-change", project="p-one", stage="change", kind="behaviour"),
        ],
        Settings(Text(en="Made up")),
    )


def graph_of(crate):
    said = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    entities = {one["@id"]: one for one in said["@graph"]}
    assert len(entities) == len(said["@graph"])
    return entities


def values(found):
    return found if isinstance(found, list) else [found]


def test_a_made_up_register_is_a_valid_crate_of_the_older_version_too(made_up, duinstad, cached, tmp_path):
    crate = export(made_up, duinstad.areas, tmp_path / "made.crate", about=ABOUT, version="1.1")
    assert issues(crate, cached, "1.1") == []


def test_what_is_recommended_is_there_too(made_up, duinstad, cached, tmp_path):
    crate = export(made_up, duinstad.areas, tmp_path / "made.crate", about=ABOUT)
    # A register does not know every address of an organisation, names no contacts, and has no funder of its own.
    told = re.compile("organization SHOULD have a URL|ROR identifier|contactPoint|SHOULD reference funders")
    assert [one for one in issues(crate, cached, "1.2", "RECOMMENDED") if not told.search(one[0])] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_leiden_is_a_valid_crate(leiden, cached, tmp_path, version):
    crate = export(leiden.register.book, leiden.areas, tmp_path / "made.crate", version=version)
    assert issues(crate, cached, version) == []


def test_a_broken_crate_is_noticed(made_up, duinstad, cached, tmp_path):
    """The judge does judge."""
    crate = export(made_up, duinstad.areas, tmp_path / "made.crate", about=ABOUT, version="1.1")
    path = crate / "ro-crate-metadata.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"datePublished"', '"dateShown"'), encoding="utf-8")
    assert issues(crate, cached, "1.1") != []


def test_the_rocrate_library_reads_it(made_up, duinstad, tmp_path):
    path = export(made_up, duinstad.areas, tmp_path / "made.crate.zip", about=ABOUT)
    crate = ROCrate(path)
    assert crate.root_dataset["name"] == "Made up"
    assert crate.root_dataset["publisher"]["name"] == "Duinstad"
    assert crate.root_dataset["license"]["name"] == "CC-BY-4.0"
    assert {one.id for one in crate.data_entities} >= {"data/projects.csv", "data/datapackage.json", "data/README.md"}
    assert crate.get("#p-one")["about"]
    assert crate.get("https://ror.org/027bh9e22")["name"] == "Made-up University"


@settings(max_examples=15)
@given(book=linked_books(visibilities=["public"]))
def test_every_reference_leads_somewhere_and_every_term_is_known(tmp_path_factory, duinstad, book):
    crate = export(book, duinstad.areas, tmp_path_factory.mktemp("crate") / "made.crate", published="2026-11-23")
    entities, terms = graph_of(crate), json.loads(context())["@context"]
    assert {f"#{one.id}" for one in book} <= set(entities) | {f"#{one.id}" for one in book if _worldly(one)}
    for id, one in entities.items():
        assert {name for name in one if not name.startswith("@")} <= set(terms), id
        assert set(values(one["@type"])) <= set(terms), id
        for name, found in one.items():
            for value in values(found):
                if isinstance(value, dict) and name != "conformsTo":
                    assert value["@id"] in entities, (id, name)


def _worldly(record):
    return any(getattr(record, name, None) for name in ("ror", "wikidata", "doi"))


def test_records_are_what_schema_org_calls_them(made_up, duinstad, tmp_path):
    entities = graph_of(export(made_up, duinstad.areas, tmp_path / "made.crate", about=ABOUT))
    assert entities["#p-one"]["@type"] == "Project"
    assert entities["#q-one"]["@type"] == "Question"
    assert entities["#of-one"]["@type"] == "Course"
    assert entities["#ag-grant"]["@type"] == "Grant"
    assert entities["#org-city"]["@type"] == ["Organization", "GovernmentOrganization"]
    assert entities["https://doi.org/10.1000/182"]["@type"] == "Report"
    assert entities["#out-change"]["@type"] == "CreativeWork"
    assert (entities["#area-Q11"]["name"], entities["#area-Q11"]["identifier"]) == ("Oude Haven", "Q11")
    assert entities["#area-Q11"]["containedInPlace"] == {"@id": "#area-T1"}
    assert entities["#p-one"]["areaServed"] == [{"@id": "#area-Q11"}, {"@id": "#area-NOWHERE"}]
    assert entities["#p-two"]["areaServed"] == "the whole city"
    assert entities["#p-one"]["funder"] == {"@id": "#org-city"}
    assert entities["#p-two"]["isBasedOn"] == [{"@id": "#p-one"}, {"@id": "https://doi.org/10.1000/182"}]
    assert entities["#q-one"]["suggestedAnswer"] == {"@id": "#q-one-answer"}
    assert (entities["#p-one"]["name"], entities["#p-one"]["alternateName"]) == ("Made up", "Verzonnen")
    assert entities["./"]["datePublished"] == "2026-11-20"


def test_two_records_with_one_address_stay_two(duinstad, tmp_path):
    twins = [partner(f"org-{name}", name=name, ror="https://ror.org/027bh9e22") for name in ("one", "two")]
    entities = graph_of(export(Book(twins), None, tmp_path / "made.crate", published="2026"))
    assert entities["#org-one"]["sameAs"] == entities["#org-two"]["sameAs"] == "https://ror.org/027bh9e22"


def test_the_tables_come_with_it(leiden, tmp_path):
    crate = export(leiden.register.book, leiden.areas, tmp_path / "made.crate")
    assert read_tables(crate / "data").records == leiden.register.book.public().records
    listed = {one["@id"] for one in graph_of(crate)["./"]["hasPart"]}
    there = {path.relative_to(crate).as_posix() for path in crate.rglob("*") if path.is_file()}
    assert there == listed | {"ro-crate-metadata.json", "ro-crate-preview.html"}


def test_the_page_for_people_asks_the_network_for_nothing(tmp_path):
    hostile = "</title><script>alert(1)</script>"
    book = Book([project(title_en=hostile)], Settings(Text(en=hostile)))
    page = (export(book, None, tmp_path / "made.crate", published="2026") / "ro-crate-preview.html").read_text("utf-8")
    assert "<script" not in page
    assert re.findall(r"""(?:src|href)=['"](?!data/)[^'"]*""", page) == []
    assert "p-made-up" in page


def test_the_date_is_that_of_the_records(tmp_path):
    with pytest.raises(WrongUseError, match="published="):
        export(Book([]), None, tmp_path / "a.crate")
    with pytest.raises(WrongUseError, match="no date"):
        export(Book([]), None, tmp_path / "a.crate", published="today")
    with pytest.raises(UnknownNameError, match=r"1\.2"):
        export(Book([]), None, tmp_path / "a.crate", version="2.1", published="2026")
    started = Book([project("p-a", start="2019-05"), project("p-b", start="unknown", checked_on="unknown")])
    assert graph_of(export(started, None, tmp_path / "b.crate"))["./"]["datePublished"] == "2019-05"
    assert list(Path(tmp_path).glob("a*")) == []


def test_addresses_hold_nothing_that_breaks_them():
    assert iri("https://example.org/ë%20%zz {a}\n") == "https://example.org/ë%20%25zz%20%7Ba%7D%0A"
