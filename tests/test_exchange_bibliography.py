"""Publications as references: others read them, every sign arrives, and no person is an author."""

import json
import warnings

import bibtexparser
import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from made_up_book import outcome
from made_up_records import HARD, partner, project
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from labkit.register.book import Book
from labkit.register.exchange import export
from labkit.register.exchange.bibliography import KINDS, bibtex, csl, escape_bibtex, references
from labkit.register.records import Outcome
from labkit.register.vocabularies import OUTCOME_KINDS

TEXTS = st.one_of(
    st.sampled_from([*HARD, "A and B", "50% & more", "{x", "y}", "\\input{z}", "~^_#$", "Mc{D}onald", "“quoted”"]),
    st.text(st.sampled_from("ab {}\\%&$#_~^\"'@,=-"), max_size=12),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=20),
)


def book_of(**fields):
    made = project(
        id="p-made-up",
        title_en="A made-up project",
        start="2021-09",
        partners=[
            {"partner": "org-one", "role": "executing"},
            {"partner": "org-two", "role": "executing"},
            {"partner": "org-three", "role": "client"},
        ],
    )
    makers = [partner(f"org-{name}", name=f"Made-up {name}") for name in ("one", "two", "three")]
    return Book([made, *makers, outcome(**{"title_en": "A title", **fields})])


def parsed(text):
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    return {one.key: (one.entry_type, {field.key: field.value for field in one.fields}) for one in library.entries}


def plain(latex):
    return " ".join(LatexNodes2Text(math_mode="verbatim").latex_to_text(latex).split())


@given(TEXTS)
def test_every_sign_arrives(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        latex = escape_bibtex(text)
        # The judge knows braces by another name.
        latex = latex.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
        # It takes -- for a dash and two quotes for one, as LaTeX does; that is a matter of looks.
        told = plain(latex.replace("-", "{-}").replace("'", "{'}").replace("`", "{`}"))
    # For the judge \textasciicircum is another circumflex than ours.
    assert told.replace("ˆ", "^") == " ".join(text.split()).replace("ˆ", "^")


@given(TEXTS.filter(str.strip), TEXTS.filter(str.strip), TEXTS)
def test_two_parsers_find_the_same_entry(title, name, rest):
    made = book_of(title_en=title.strip(), kind="report", url=f"https://example.org/{rest}")
    made = Book([one for one in made if one.id != "org-one"] + [partner("org-one", name=name.strip())])
    text = bibtex(made)
    kind, fields = parsed(text)["out-made-up"]
    assert kind == "techreport"
    other = parse_string(text, "bibtex").entries["out-made-up"]
    assert other.type == "techreport"
    title = " ".join(made["out-made-up"].title_en.split())
    assert fields["title"] == f"{{{escape_bibtex(title)}}}"
    assert " ".join(other.fields["title"].split()) == fields["title"]
    # A name with "and" in it stays one name.
    assert len(other.persons["author"]) == 2


def test_authors_are_the_organisations_that_did_it():
    text = bibtex(book_of(kind="report"))
    assert parsed(text)["out-made-up"][1]["author"] == "{Made-up one} and {Made-up two}"
    assert csl(book_of())[0]["author"] == [{"literal": "Made-up one"}, {"literal": "Made-up two"}]
    alone = Book([project(), outcome()])
    assert "author" not in bibtex(alone)
    assert "author" not in csl(alone)[0]


@pytest.mark.parametrize("kind", OUTCOME_KINDS.ids)
@pytest.mark.parametrize("stage", ["output", "use", "change", "none", "unknown"])
def test_only_what_was_published_is_a_publication(kind, stage):
    found = list(references(book_of(kind=kind, stage=stage)))
    assert len(found) == (stage == "output" and kind in KINDS)


def test_every_kind_of_publication_has_its_entry():
    assert set(KINDS) <= set(OUTCOME_KINDS.ids)
    types = {kind: parsed(bibtex(book_of(kind=kind, publisher="org-three")))["out-made-up"] for kind in KINDS}
    assert types["report"][1]["institution"] == "Made-up three"
    assert types["thesis"][0] == "mastersthesis"
    assert types["thesis"][1]["school"] == "Made-up three"
    assert types["article"] == ("article", {**types["article"][1], "journal": "Made-up three"})
    assert types["poster"][1]["howpublished"] == "Poster"
    assert parsed(bibtex(book_of(kind="article")))["out-made-up"][0] == "misc"


@pytest.mark.parametrize(
    ("level", "entry", "word"),
    [
        ("phd", "phdthesis", "Doctoral"),
        ("wo_bachelor", "mastersthesis", "Bachelor"),
        ("hbo", "mastersthesis", "Thesis"),
    ],
)
def test_a_thesis_says_of_which_level(level, entry, word):
    made = [one.with_(levels=[level]) if one.id == "p-made-up" else one for one in book_of(kind="thesis")]
    found = parsed(bibtex(Book(made)))["out-made-up"]
    assert found[0] == entry
    assert csl(Book(made))[0]["genre"].startswith(word)


def test_the_year_says_whose_it_is():
    seen = book_of(observed_on="2022-06-14")
    assert csl(seen)[0]["issued"] == {"date-parts": [[2022, 6, 14]]}
    fields = parsed(bibtex(seen))["out-made-up"][1]
    assert (fields["year"], fields["month"]) == ("2022", "6")
    assert "note" not in fields
    for unseen in (book_of(), book_of(observed_on="unknown")):
        assert csl(unseen)[0]["issued"] == {"date-parts": [[2021]]}
        assert csl(unseen)[0]["note"] == "The year is that of the project."
    nobody = Book([project(start="unknown"), outcome()])
    assert "issued" not in csl(nobody)[0]
    assert "year" not in parsed(bibtex(nobody))["out-made-up"][1]


def test_what_has_no_title_is_told_by_its_project():
    one = csl(book_of(title_en=None, statement_en="A made-up report."))[0]
    assert one["title"] == "[Report or advice of A made-up project; title not known]"
    assert csl(book_of(title_en=None, title_nl="Een titel"))[0]["language"] == "nl"


def test_addresses_keep_their_braces_apart():
    text = bibtex(book_of(url="https://example.org/{a}?b=c%20d_e&f#g", doi="10.1000/a{b}c"))
    fields = parsed(text)["out-made-up"][1]
    assert fields["url"] == "https://example.org/%7Ba%7D?b=c%20d_e&f#g"
    assert fields["doi"] == "10.1000/a%7Bb%7Dc"
    assert csl(book_of(url="https://example.org/a_b"))[0]["URL"] == "https://example.org/a_b"


def test_leiden_reads_as_references(leiden, tmp_path):
    book = leiden.register.book
    expected = {one.id for one in book.public().of(Outcome) if one.stage == "output" and one.kind in KINDS}
    text = export(book, None, tmp_path / "a.bib").read_text(encoding="utf-8")
    items = json.loads(export(book, None, tmp_path / "a.csl.json").read_text(encoding="utf-8"))
    assert set(parsed(text)) == set(parse_string(text, "bibtex").entries) == {one["id"] for one in items} == expected
    assert len(expected) > 10


def test_a_citation_style_can_use_it(leiden):
    """citeproc writes the list; it knows every type, and finds author and title."""
    items = [{**one, "id": f"{one['id']}-{kind}", "type": KINDS[kind][1]} for one in csl(book_of()) for kind in KINDS]
    items += csl(leiden.register.book)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a library that is older than our Python
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        written = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for one in items:
            written.register(Citation([CitationItem(one["id"])]))
        lines = [str(line) for line in written.bibliography()]
    assert len(lines) == len(items)
    assert any(line.startswith("Made-up one and Made-up two (2021)") for line in lines)


def test_what_has_no_title_gets_none_made_up():
    """A description between brackets, as librarians do: nobody may look for a title that does not exist."""
    made = book_of(kind="report", title_nl=None, title_en=None)
    kind, fields = parsed(bibtex(made))["out-made-up"]
    assert kind == "misc"
    assert fields["title"].startswith("{[")
    assert "title not known" in fields["title"] or "titel niet bekend" in fields["title"]
    item = csl(made)[0]
    assert item["type"] == "document"
    assert item["title"].startswith("[")
