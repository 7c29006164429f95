"""Exports: one door for all forms, and nothing that an audience may not see goes through it."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_book import outcome
from made_up_linked import PROGRAMMES, linked_books, tokens
from made_up_records import partner, project, question

from labkit import language as languages
from labkit.errors import LabkitError, UnknownNameError, WrongUseError
from labkit.register.book import Book
from labkit.register.exchange import FORMS, MentionError, export, mentions, read_tables
from labkit.register.exchange.bundle import save_bundle, zipped
from labkit.register.exchange.forms import form_of, form_of_name

NAMES = {
    "tables": "register",
    "geojson": "a.geojson",
    "gpkg": "a.gpkg",
    "rocrate": "a.crate",
    "bibtex": "a.bib",
    "csl": "a.csl.json",
}
OPTIONS = {"rocrate": {"published": "2026-11-23"}}


def content(path):
    """Return everything that an export holds, and the names of its files."""
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    found = b"\n".join(one.read_bytes() + str(one.relative_to(path.parent)).encode() for one in files)
    for one in files:
        if zipfile.is_zipfile(one):
            with zipfile.ZipFile(one) as archive:
                found += b"\n".join(archive.read(name) + name.encode() for name in archive.namelist())
    return found


def written(place, book, areas, form, audience="public", **options):
    return export(book, areas, place / NAMES[form], form, audience, **OPTIONS.get(form, {}), **options)


# ------------------------------------------------------------------ who may see what


@settings(max_examples=25)
@given(book=linked_books(), audience=st.sampled_from(["public", "partners"]))
def test_what_is_hidden_never_leaves(tmp_path_factory, duinstad, book, audience):
    """No id, title, text or address of a record that the audience may not see is in any file, in any form."""
    place = tmp_path_factory.mktemp("export")
    visible = book.visible_to(audience)
    allowed = {"public": {"public"}, "partners": {"public", "partners"}}[audience]
    assert {one.visibility for one in visible} <= allowed
    may = set().union(*(tokens(one.as_dict()) for one in visible), set())
    # The programmes of hidden projects stay behind too.
    may |= {one.programme for one in visible if one.KIND == "project"}
    hidden = {*PROGRAMMES}.union(*(tokens(one.as_dict()) for one in book)) - may
    hidden |= {one.id for one in book if one.visibility not in allowed}
    made = [written(place, book, duinstad.areas, form, audience) for form in FORMS]
    made.append(export(book, duinstad.areas, place / "all.zip", "tables", audience))
    made.append(export(book, duinstad.areas, place / "all.crate.zip", None, audience, **OPTIONS["rocrate"]))
    for path in made:
        found = content(path)
        assert [word for word in hidden if word.encode() in found] == [], path.name
    assert [word for word in may if word.encode() not in content(made[0])] == []


def test_only_public_records_go_unless_asked(tmp_path):
    book = Book(
        [
            partner("org-shown", name="Shown"),
            partner("org-shared", name="Shared", visibility="partners"),
            partner("org-kept", name="Kept", visibility="private"),
        ]
    )
    for audience, expected in (("public", 1), ("partners", 2), ("private", 3)):
        assert len(read_tables(export(book, None, tmp_path / audience, "tables", audience))) == expected
    assert len(read_tables(export(book, None, tmp_path / "left-out"))) == 1
    with pytest.raises(UnknownNameError, match="public"):
        export(book, None, tmp_path / "wrong", "tables", "publik")
    assert not (tmp_path / "wrong").exists()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ["See org-kept.", "(ORG-KEPT)", "https://example.org/org-kept.yaml", "a\norg-kept"])
def test_a_text_with_the_id_of_a_hidden_record_is_refused(tmp_path, duinstad, form, text):
    book = Book([partner("org-kept", name="Kept", visibility="private"), project("p-shown", note_en=text)])
    with pytest.raises(MentionError) as caught:
        written(tmp_path, book, duinstad.areas, form, despite_names=True)
    assert [(one.file, one.column) for one in caught.value.faults] == [("projects/p-shown.yaml", "note_en")]
    assert "org-kept" in caught.value.faults[0].message
    assert list(tmp_path.iterdir()) == []


def test_part_of_an_id_is_not_that_id(tmp_path):
    book = Book(
        [project("p-2021-soup", visibility="private"), project("p-2021-soup-2", note_en="After p-2021-soup-2.")]
    )
    assert len(mentions(book)) == 0
    assert len(read_tables(export(book, None, tmp_path / "made"))) == 1


def test_names_of_hidden_records_are_refused_until_somebody_has_looked(tmp_path):
    book = Book(
        [
            partner("org-kept", name="Stille Wateren", short_name="Wateren", visibility="private"),
            project("p-one", summary_en="Together with stille  wateren, in 2021."),
            project("p-two", summary_en="Two waters: wateren is a common word, Wateren a name."),
            project("p-three", summary_en="Stille wateren hebben diepe gronden, zegt men: stille-wateren."),
            project("p-four", summary_en="Nothing of it."),
        ]
    )
    found = mentions(book)
    assert {one.file for one in found} == {f"projects/p-{name}.yaml" for name in ("one", "two", "three")}
    assert {one.severity for one in found} == {"warning"}
    with pytest.raises(MentionError, match="org-kept"):
        export(book, None, tmp_path / "made")
    assert len(read_tables(export(book, None, tmp_path / "made", despite_names=True))) == 4


def test_a_name_that_a_visible_record_bears_too_is_no_mention():
    book = Book(
        [
            question("q-draft", title_en="How lonely are people here?", visibility="private"),
            project("p-shown", title_en="How lonely are people here?", summary_en="How lonely are people here?"),
        ]
    )
    assert len(mentions(book)) == 0


def test_an_outcome_of_a_hidden_project_is_hidden(tmp_path):
    book = Book([project("p-kept", visibility="private"), outcome("out-made", project="p-kept", statement_en="Seen.")])
    for form in ("tables", "bibtex", "csl"):
        assert b"out-made" not in content(written(tmp_path, book, None, form))


# ------------------------------------------------------------------ forms


@settings(max_examples=5)
@given(book=linked_books())
def test_same_records_same_bytes(tmp_path_factory, duinstad, book):
    again = Book(reversed(list(book)), book.settings)
    for form in FORMS:
        first = written(tmp_path_factory.mktemp("export"), book, duinstad.areas, form)
        second = written(tmp_path_factory.mktemp("export"), again, duinstad.areas, form)
        assert content(first) == content(second), form


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_language_of_the_reader_changes_no_byte(tmp_path, leiden, language):
    here = {form: content(written(tmp_path, leiden.register.book, leiden.areas, form)) for form in FORMS}
    languages.use(language)
    for form in FORMS:
        assert content(written(tmp_path, leiden.register.book, leiden.areas, form)) == here[form]


def test_the_name_of_the_target_tells_the_form(tmp_path):
    told = ["out", "a.zip", "A.GeoJSON", "a.gpkg", "a.crate.zip", "a.rocrate", "a.bib", "a.json", "a.csl.json"]
    expected = ["tables", "tables", "geojson", "gpkg", "rocrate", "rocrate", "bibtex", "csl", "csl"]
    assert [form_of_name(name) for name in told] == expected
    with pytest.raises(UnknownNameError, match="Did you mean geojson"):
        form_of_name("a.geosjon")
    with pytest.raises(UnknownNameError, match="form="):
        form_of_name("a.docx")


def test_an_unknown_form_is_answered_with_the_nearest(tmp_path):
    assert form_of("CSV") == "tables"
    with pytest.raises(UnknownNameError) as caught:
        export(Book([]), None, tmp_path / "a", "bibtext")
    assert caught.value.suggestions == ["bibtex"]
    with pytest.raises(WrongUseError, match="areas of a city"):
        export(Book([]), None, tmp_path / "a.geojson")
    with pytest.raises(WrongUseError, match="takes no crs"):
        export(Book([]), None, tmp_path / "a.bib", crs=28992)


def test_leiden_goes_out_in_every_form(tmp_path, leiden):
    for form in FORMS:
        assert leiden.register.export(tmp_path / NAMES[form], form).exists()


# ------------------------------------------------------------------ whole or not at all


def test_a_folder_is_there_whole_or_not_at_all(tmp_path):
    with pytest.raises(LabkitError, match="Nothing was changed"):
        save_bundle(tmp_path / "made", {"a.txt": b"a", "b" * 300: b"b"})  # no file may have so long a name
    assert list(tmp_path.iterdir()) == []
    save_bundle(tmp_path / "made", {"a.txt": b"old"})
    with pytest.raises(LabkitError):
        save_bundle(tmp_path / "made", {"a.txt": b"new", "b" * 300: b"b"})
    assert (tmp_path / "made" / "a.txt").read_bytes() == b"old"
    save_bundle(tmp_path / "made", {"a.txt": b"new"})
    assert (tmp_path / "made" / "a.txt").read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["made"]


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUseError, match=r"mine\.txt"):
        save_bundle(tmp_path / "notes", {"a.txt": b"a"})
    made = save_bundle(tmp_path / "made", {"a.txt": b"a", "b/c.txt": b"c"})
    (made / "b" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUseError, match=r"b/mine\.txt"):
        save_bundle(made, {"a.txt": b"new", "b/c.txt": b"new"})
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(WrongUseError, match="is a file"):
        save_bundle(tmp_path / "file", {"a.txt": b"a"})
    (tmp_path / "way").symlink_to(tmp_path / "notes")
    with pytest.raises(WrongUseError):
        save_bundle(tmp_path / "way", {"a.txt": b"a"})
    with pytest.raises(LabkitError, match="does not exist"):
        save_bundle(tmp_path / "nowhere" / "made", {"a.txt": b"a"})
    assert (tmp_path / "notes" / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_may_be_filled(tmp_path):
    (tmp_path / "made").mkdir()
    assert (save_bundle(tmp_path / "made", {"a.txt": b"a"}) / "a.txt").exists()


def test_a_folder_can_be_read_by_others(tmp_path):
    made = save_bundle(tmp_path / "made", {"a.txt": b"a"})
    assert made.stat().st_mode & 0o055 == 0o055


@given(st.dictionaries(st.sampled_from(["a.csv", "b.csv", "c/d.csv"]), st.binary(max_size=50)))
def test_a_zip_has_no_date_of_its_own(files):
    assert zipped(files) == zipped(dict(files))
    assert all(one.date_time[0] == 1980 for one in _infos(files))


def _infos(files):
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as archive:
        return archive.infolist()
