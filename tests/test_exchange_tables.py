"""The tables: nothing is lost on the way out and back, and other programs read them too."""

import csv
import io
import json
import re
import zipfile

import pandas as pd
import pytest
from frictionless import Package
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_linked import linked_books
from made_up_records import RECORDS, partner, project, question

from labkit.errors import PackageError
from labkit.register.book import Book
from labkit.register.exchange import About, export, read_tables
from labkit.register.exchange.cells import guard, join, read_csv, split, unguard, write_csv
from labkit.register.exchange.layout import block_tables, record_tables
from labkit.register.records import KINDS, Handover, Project
from labkit.register.settings import Settings
from labkit.texts import Text

#: Signs on which a table can break, in any order.
NASTY = st.one_of(
    st.text(st.sampled_from("=+-@＝;,\"'\\\r\n\t a1"), max_size=12),
    st.text(st.characters(codec="utf-8"), max_size=30),
)
SIGNS = tuple("=+-@＝＋－＠")


def round_trip(book, folder, audience="private"):
    return read_tables(export(book, None, folder / "made", "tables", audience))


# ------------------------------------------------------------------ cells


@given(NASTY)
def test_no_cell_begins_as_a_formula_and_nothing_is_lost(text):
    safe = guard(text)
    assert unguard(safe) == text
    for piece in re.split(r"[;\r\n]", safe):
        assert not piece.lstrip(' \t"').startswith(SIGNS)


@given(st.lists(NASTY.filter(bool), max_size=5))
def test_a_list_fits_one_cell(items):
    assert split(join(items)) == items
    assert split(unguard(guard(join(items)))) == items


@given(st.lists(st.lists(NASTY, min_size=2, max_size=2), max_size=5))
def test_csv_holds_any_text(tmp_path_factory, rows):
    data = write_csv(["a", "b"], rows)
    head, found = read_csv(tmp_path_factory.getbasetemp() / "a.csv", data)
    assert head == ["a", "b"]
    assert [row for _, row in found] == rows
    # The judge is a reader that is not ours.
    theirs = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
    assert list(theirs)[1:] == rows


def test_a_spreadsheet_of_another_country_finds_no_formula_either(tmp_path):
    """A Dutch spreadsheet program takes the semicolon for the border of a cell, and then sees other cells."""
    book = Book([project(note_en='Look; =HYPERLINK("http://example.org")\n-2+3;@x\r\n"=1')])
    made = export(book, None, tmp_path / "made")
    text = (made / "projects.csv").read_text(encoding="utf-8")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        assert [cell for cell in row if cell.strip(' "').startswith(SIGNS)] == []
    assert round_trip(book, tmp_path)["p-made-up"] == book["p-made-up"]


def test_the_line_of_a_row_is_its_first(tmp_path):
    data = write_csv(["a", "b"], [["1", "x\ny"], ["2", "z"]])
    assert read_csv(tmp_path / "a.csv", data)[1] == [(2, ["1", "x\ny"]), (4, ["2", "z"])]


# ------------------------------------------------------------------ there and back


@given(st.lists(RECORDS, max_size=6, unique_by=lambda one: one.id))
def test_records_come_back_as_they_were(tmp_path_factory, records):
    book = Book(
        records,
        Settings(
            Text(nl="Verzonnen"), {"other": Text(en="something else"), "x": Text(nl="=X")}, Text(nl="Let op"), "CC0-1.0"
        ),
    )
    found = round_trip(book, tmp_path_factory.mktemp("tables"))
    assert found.faults == []
    assert found.records == book.records
    assert found.settings == book.settings


@given(st.lists(NASTY.map(str.strip).filter(bool), min_size=1, max_size=3))
def test_any_text_comes_back_as_it_was(tmp_path_factory, texts):
    one = project(
        note_en=texts[0],
        handover=Handover(advice_nl=texts[-1]),
        sources=[f"https://example.org/{text}" for text in texts],
        areas=[text[:40] for text in texts],
        programme=texts[0],
    )
    found = round_trip(Book([one]), tmp_path_factory.mktemp("tables"))
    assert found.faults == []
    assert found["p-made-up"] == one


@settings(max_examples=10)
@given(linked_books())
def test_a_zip_comes_back_too(tmp_path_factory, book):
    path = export(book, None, tmp_path_factory.mktemp("tables") / "made.zip", audience="private")
    assert read_tables(path).records == book.records


def test_leiden_comes_back_as_it_was(tmp_path, leiden):
    book = leiden.register.book
    found = read_tables(export(book, leiden.areas, tmp_path / "made", audience="private"))
    assert found.faults == []
    assert found.records == book.records
    assert found.settings == book.settings
    # What went out once more is the same, byte for byte.
    again = export(found, leiden.areas, tmp_path / "again", audience="private")
    for file in sorted(again.iterdir()):
        assert file.read_bytes() == (tmp_path / "made" / file.name).read_bytes(), file.name


def test_an_empty_block_is_not_the_same_as_none(tmp_path):
    book = Book([project("p-with", handover=Handover()), project("p-without")])
    found = round_trip(book, tmp_path)
    assert found["p-with"].handover == Handover()
    assert found["p-without"].handover is None


def test_every_field_of_every_record_has_its_column():
    held = {
        (table.kind, table.field or column.name)
        for table in (*record_tables(), *block_tables())
        for column in table.columns
    }
    assert {(kind, name) for kind, model in KINDS.items() for name in model.model_fields} <= held


# ------------------------------------------------------------------ for other programs


def test_leiden_is_a_valid_frictionless_package(tmp_path, leiden):
    made = export(leiden.register.book, leiden.areas, tmp_path / "made")
    report = Package(str(made / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])[:10]
    counts = {task.name: task.stats["rows"] for task in report.tasks}
    assert counts["projects"] == len(leiden.register.book.public().of(Project))


@settings(max_examples=6)
@given(linked_books(visibilities=["public"], most=2))
def test_made_up_records_are_a_valid_frictionless_package(tmp_path_factory, book):
    made = export(book, None, tmp_path_factory.mktemp("tables") / "made")
    report = Package(str(made / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])[:10]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("projects.csv", "safety", "safty"),
        ("projects.csv", ",2021,", ",in 2021,"),
        ("projects.csv", "p-made-up,", "P made up,"),
        ("project_partners.csv", "org-made-up", "org-gone"),
        ("project_partners.csv", "executing", "boss"),
        ("projects.csv", "other", "nowhere"),
    ],
)
def test_the_descriptor_tells_other_programs_what_is_wrong(tmp_path, file, old, new):
    made_up = project(partners=[{"partner": "org-made-up", "role": "executing"}])
    made = export(Book([made_up, partner()]), None, tmp_path / "made")
    assert Package(str(made / "datapackage.json")).validate().valid
    text = (made / file).read_text(encoding="utf-8")
    assert old in text
    (made / file).write_text(text.replace(old, new), encoding="utf-8")
    assert not Package(str(made / "datapackage.json")).validate().valid


def test_pandas_reads_them(tmp_path, leiden):
    made = export(leiden.register.book, leiden.areas, tmp_path / "made")
    projects = pd.read_csv(made / "projects.csv", dtype=str, keep_default_na=False).set_index("id")
    for one in leiden.register.book.public().of(Project):
        assert projects.loc[one.id, "themes"].split(";") == one.themes
        assert projects.loc[one.id, "students"] == ("" if one.students is None else str(one.students))
    links = pd.read_csv(made / "links.csv", dtype=str, keep_default_na=False)
    assert len(links) == len(leiden.register.book.public().links)
    areas = pd.read_csv(made / "areas.csv", dtype=str, keep_default_na=False).set_index("code")
    assert set(links[links["predicate"] == "located_in"]["object"]) == set(areas.index)
    assert areas.loc["WK054609", "name"] == "Stevenshofdistrict"


def test_the_descriptor_says_what_it_is_in_two_languages(tmp_path):
    about = About(Text(nl="Verzonnen", en="Made up"), licence="CC-BY-4.0", publisher="Made-up city")
    made = export(Book([question()]), None, tmp_path / "made", about=about)
    said = json.loads((made / "datapackage.json").read_text(encoding="utf-8"))
    assert (said["title"], said["title_nl"]) == ("Made up", "Verzonnen")
    assert said["licenses"][0]["path"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["labkit"]["audience"] == "public"
    assert said["contributors"] == [{"title": "Made-up city", "role": "publisher"}]
    fields = {one["name"]: one for one in said["resources"][0]["schema"]["fields"]}
    assert (fields["title_nl"]["title"], fields["title_nl"]["title_nl"]) == ("Title (Dutch)", "Titel (Nederlands)")
    assert fields["title_nl"]["rdfType"] == "https://schema.org/name"
    assert "licenses" not in json.loads((export(Book([]), None, tmp_path / "b") / "datapackage.json").read_text())
    readme = (made / "README.md").read_text(encoding="utf-8")
    assert "# Made up" in readme
    assert "# Verzonnen" in readme
    assert "Meerdere waarden" in readme


def test_files_are_utf8_with_unix_line_ends(tmp_path, leiden):
    for file in export(leiden.register.book, leiden.areas, tmp_path / "made").iterdir():
        data = file.read_bytes()
        assert data.decode("utf-8").endswith("\n")
        assert b"\r" not in data


# ------------------------------------------------------------------ changed by hand


def resaved(made, change):
    """Save all tables as a Dutch spreadsheet program does: semicolons, a byte order mark, other line ends."""
    for file in made.glob("*.csv"):
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
        out = io.StringIO()
        csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(change(file.name, rows))
        file.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode("utf-8"))


def test_tables_that_a_spreadsheet_program_saved_are_read(tmp_path, leiden):
    book = leiden.register.book
    made = export(book, leiden.areas, tmp_path / "made", audience="private")
    resaved(made, lambda name, rows: [rows[0], *reversed(rows[1:])])
    assert read_tables(made).records == book.records
    assert read_tables(made / "datapackage.json").records == book.records


def test_columns_may_stand_in_another_order_and_empty_ones_be_left_out(tmp_path):
    book = Book([project(sources=["https://example.org/a;b"])])
    made = export(book, None, tmp_path / "made")
    table = pd.read_csv(made / "projects.csv", dtype=str, keep_default_na=False)
    filled = [name for name in table.columns[::-1] if (table[name] != "").any()]
    table[filled].to_csv(made / "projects.csv", index=False)
    assert read_tables(made).records == book.records


def faults_after(tmp_path, file, old, new):
    made_up = project(
        partners=[{"partner": "org-made-up", "role": "executing"}, {"partner": "org-made-up", "role": "host"}]
    )
    made = export(Book([made_up, partner()]), None, tmp_path / "made")
    text = (made / file).read_text(encoding="utf-8")
    assert old in text
    (made / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = read_tables(made)
    return found, [(one.file, one.line, one.column, one.message) for one in found.faults]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column", "message"),
    [
        ("projects.csv", "safety", "safty", 2, "themes[1]", "safty"),
        ("projects.csv", "2021,", "14-6-2021,", 2, "start", "no date"),
        ("projects.csv", "p-made-up", "", 2, "id", "no id"),
        ("project_partners.csv", "host", "hots", 3, "role", "hots"),
        ("project_partners.csv", "p-made-up,2", "p-gone,2", 3, "record", "p-gone"),
        ("partners.csv", "org-made-up,public", "org-made-up,publik", 2, "visibility", "publik"),
        ("partners.csv", "\norg", "\norg-made-up,public\norg", 3, "id", "already"),
    ],
)
def test_a_faulty_row_is_told_and_hides_nothing_else(tmp_path, file, old, new, line, column, message):
    found, faults = faults_after(tmp_path, file, old, new)
    assert any(told[:3] == (file, line, column) and message in told[3] for told in faults), faults
    assert len(found) >= 1


def test_a_row_with_too_many_cells_is_told(tmp_path):
    _, faults = faults_after(tmp_path, "partners.csv", "org-made-up,", "org-made-up,,,,,,,,,,,,,,,,,,,x,")
    assert "cells" in faults[0][3]


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("projects.csv", None, "missing"),
        ("projects.csv", lambda text: text.replace("title_en", "titel_en", 1), "Did you mean title_en"),
        ("projects.csv", lambda text: text.replace("title_en", "title_nl", 1), "twice"),
        ("projects.csv", lambda text: text.replace("visibility", "", 1), 'no column ""'),
        ("projects.csv", lambda text: text.split("\n", 1)[1], "no column"),
        ("projects.csv", lambda text: "", "empty"),
        ("projects.csv", lambda text: text + '"', "quotes"),
        ("datapackage.json", None, "no datapackage.json"),
        ("datapackage.json", lambda text: "{", "no JSON"),
        ("datapackage.json", lambda text: "[]", "not the tables"),
        ("datapackage.json", lambda text: text.replace('"version": 1', '"version": 2'), "another version"),
    ],
)
def test_tables_that_cannot_be_read_say_why(tmp_path, file, change, message):
    made = export(Book([project()]), None, tmp_path / "made")
    text = (made / file).read_text(encoding="utf-8")
    if change is None:
        (made / file).unlink()
    else:
        (made / file).write_text(change(text), encoding="utf-8")
    with pytest.raises(PackageError, match=message):
        read_tables(made)


def test_other_files_say_why(tmp_path):
    made = export(Book([project()]), None, tmp_path / "made")
    (made / "projects.csv").write_bytes("id,título\n".encode("latin-1"))
    with pytest.raises(PackageError, match=r"projects\.csv, line 1.*UTF-8"):
        read_tables(made)
    with pytest.raises(PackageError, match="No such file"):
        read_tables(tmp_path / "nowhere")
    (tmp_path / "a.zip").write_bytes(b"PK nonsense")
    with pytest.raises(PackageError, match="neither a folder nor a ZIP"):
        read_tables(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("notes.csv", "a")
    with pytest.raises(PackageError, match=r"no datapackage\.json"):
        read_tables(tmp_path / "b.zip")
