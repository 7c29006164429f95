"""Import of a spreadsheet: every way to write one is read or refused in words, and nothing happens before it is asked."""

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from made_up_book import offer
from made_up_records import partner, project, question

from labkit import language
from labkit.errors import LabkitError, UnknownNameError
from labkit.register.book import Book
from labkit.register.exchange import ImportPlan, SheetError, export, plan_import
from labkit.register.exchange.column import Column
from labkit.register.exchange.spreadsheet.converting import Flaw, Reader
from labkit.register.exchange.spreadsheet.grid import read_grid
from labkit.register.exchange.spreadsheet.mapping import Mapping, target
from labkit.register.reading import read_yaml
from labkit.register.records import KINDS, Outcome, Project, Question

HEAD = ["Titel", "Samenvatting", "Thema", "Jaar", "Wijk"]
COLUMNS = {"Titel": "title_nl", "Samenvatting": "summary_nl", "Thema": "themes", "Jaar": "start", "Wijk": "areas"}
ROW = ["Soep op dinsdag", "Wie komt er?", "sociale samenhang", "2021", "Merenwijk"]


def csv_file(place, rows, name="a.csv", encoding="utf-8", delimiter=";"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    (place / name).write_bytes(out.getvalue().encode(encoding))
    return place / name


def xlsx_file(place, rows, name="a.xlsx", change=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    book.save(place / name)
    return place / name


@pytest.fixture
def plan(leiden, tmp_path):
    """Return a function that plans the import of rows."""

    def make(rows, mapping=None, kind="project", book=None, head=HEAD):
        file = csv_file(tmp_path, [head, *rows])
        return plan_import(book or Book([]), file, COLUMNS if mapping is None else mapping, kind, leiden.areas)

    return make


def told(plan):
    return [(one.row, one.column, one.field) for one in plan.faults]


# ------------------------------------------------------------------ what comes of a row


def test_a_row_becomes_a_record(plan):
    found = plan([ROW])
    assert isinstance(found, ImportPlan)
    assert found.faults == []
    (record,) = found.records
    assert record == Project(
        id="p-2021-soep-op-dinsdag",
        visibility="private",
        title_nl="Soep op dinsdag",
        summary_nl="Wie komt er?",
        themes=["social_cohesion"],
        start="2021",
        scope="areas",
        areas=["WK054608"],
        programme="unknown",
        kind="unknown",
        status="unknown",
        levels=["unknown"],
        involves_people="unknown",
    )
    assert list(found.table.loc[0, ["row", "id", "action", "faults"]]) == [2, "p-2021-soep-op-dinsdag", "new", 0]
    assert any("unknown" in note and "status" in note for note in found.notes)


def test_nothing_is_saved(leiden, tmp_path):
    register = leiden.register.copy(tmp_path / "register")
    before = {path: path.read_bytes() for path in (tmp_path / "register").rglob("*") if path.is_file()}
    found = register.plan_import(csv_file(tmp_path, [HEAD, ROW]), COLUMNS)
    assert len(found.records) == 1
    assert {path: path.read_bytes() for path in (tmp_path / "register").rglob("*") if path.is_file()} == before
    # What was planned can be saved, and is then the same.
    register.save_all(found.records)
    assert register.plan_import(csv_file(tmp_path, [HEAD, ROW]), COLUMNS).counts["same"] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_imported_from_its_own_table(leiden, tmp_path, kind):
    """The tables of an export have columns that are called as the fields: they need no mapping, and change nothing."""
    book = leiden.register.book
    model = KINDS[kind]
    made = export(book, leiden.areas, tmp_path / "made", audience="private")
    found = plan_import(book, made / f"{model.FOLDER}.csv", None, kind, leiden.areas)
    assert found.faults == []
    assert found.counts == {"new": 0, "changed": 0, "same": len(book.of(model)), "faulty": 0}


def test_a_row_of_a_record_that_is_there_changes_it(plan):
    before = project(
        "p-2021-soup",
        title_nl="Soep op dinsdag",
        themes=["safety"],
        partners=[{"partner": "org-one", "role": "client"}],
        handover={"advice_nl": "Begin vroeg."},
    )
    book = Book([before, partner("org-one", name="Een"), partner("org-two", name="Twee")])
    columns = {**COLUMNS, "Partner": {"field": "partners", "role": "host"}, "Data": "handover.data_at"}
    rows = [[*ROW[:3], "", "", "Twee", "archief"]]
    found = plan(rows, columns, book=book, head=[*HEAD, "Partner", "Data"])
    assert [(one.action, one.id) for one in found.rows] == [("changed", "p-2021-soup")]
    assert found.rows[0].changes == ["summary_nl", "themes", "partners", "handover"]
    changed = found.differences.set_index("field")
    assert changed.loc["themes", ["row", "id", "before", "after"]].tolist() == [
        2,
        "p-2021-soup",
        ["safety"],
        ["social_cohesion"],
    ]
    after = found.records[0]
    # An empty cell takes nothing away, and neither do other partners or parts of a block.
    assert (after.start, after.visibility, after.scope) == (before.start, "public", before.scope)
    assert [(one.partner, one.role) for one in after.partners] == [("org-one", "client"), ("org-two", "host")]
    assert (after.handover.advice_nl, after.handover.data_at) == ("Begin vroeg.", "archief")


def test_the_same_row_twice_or_a_title_of_two_is_told(plan):
    found = plan([ROW, ROW, [*ROW[:3], "2022", ROW[4]]])
    assert [one.action for one in found.rows] == ["new", "faulty", "new"]
    assert "row 2" in found.faults[0].message
    twins = Book([project("p-one", title_nl="Soep op dinsdag"), project("p-two", title_nl="soep op dinsdag")])
    found = plan([ROW], book=twins)
    assert "p-one or p-two" in found.faults[0].message
    assert "id" in found.faults[0].advice


def test_a_title_of_another_year_is_another_project(plan):
    found = plan([ROW], book=Book([project("p-old", title_nl="Soep op dinsdag", start="2019")]))
    assert [(one.action, one.id) for one in found.rows] == [("new", "p-2021-soep-op-dinsdag")]


def test_an_id_that_is_taken_is_not_given_again(plan):
    found = plan([ROW], book=Book([project("p-2021-soep-op-dinsdag", title_en="Something else")]))
    assert found.records[0].id == "p-2021-soep-op-dinsdag-2"


def test_an_id_column_decides(plan):
    book = Book([project("p-made-up"), question("q-made-up")])
    columns = {**COLUMNS, "Nr": "id"}
    found = plan(
        [[*ROW, "p-made-up"], [*ROW, "p-new"], [*ROW, "q-made-up"], [*ROW, "Nr 4"]],
        columns,
        book=book,
        head=[*HEAD, "Nr"],
    )
    assert [one.action for one in found.rows] == ["changed", "new", "faulty", "faulty"]
    assert "another kind" in found.faults[0].message
    assert told(found)[-1] == (5, "Nr", "id")


def test_constants_hold_for_new_records_only(plan):
    mapping = {"columns": COLUMNS, "constants": {"programme": "honours", "kind": "minor"}, "visibility": "partners"}
    book = Book([project("p-made-up", title_nl="Soep op dinsdag")])
    found = plan([ROW, ["Anders", *ROW[1:]]], mapping, book=book)
    assert [(one.programme, one.kind, one.visibility) for one in found.records] == [
        ("other", "thesis", "public"),
        ("honours", "minor", "partners"),
    ]


# ------------------------------------------------------------------ faults and suggestions


def test_every_fault_says_where_and_what_to_do(plan):
    found = plan(
        [
            ["Een", "x", "eenzaamheit", "2021", "Merenwijk"],
            ["Twee", "x", "veiligheid", "in 2021", "Merenwijck"],
            ["", "x", "veiligheid", "2021", ""],
            ["Vier", "", "", "2021", "Noord"],
            ["Vijf", "x", "veiligheid", "2021", "De Kooi"],
        ]
    )
    assert found.counts == {"new": 1, "changed": 0, "same": 0, "faulty": 4}
    assert [one.title_nl for one in found.records] == ["Vijf"]
    by_place = {(one.row, one.field): one for one in found.faults}
    assert "loneliness" in by_place[2, "themes"].advice
    assert by_place[2, "themes"].column == "Thema"
    assert "2021-06" in by_place[3, "start"].advice
    assert "Merenwijk" in by_place[3, "areas"].advice
    assert "no title" in by_place[4, "title_nl"].message
    assert {field for row, field in by_place if row == 5} == {"summary_en"}
    assert list(found.words.loc[0, ["column", "field", "value", "count", "perhaps"]]) == [
        "Thema",
        "themes",
        "eenzaamheit",
        1,
        "loneliness",
    ]
    assert set(found.fault_table.columns) >= {"row", "column", "field", "message", "advice"}
    assert all(one.message and one.advice for one in found.faults if one.field != "summary_en")


def test_a_place_with_several_meanings_names_them(plan):
    found = plan([[*ROW[:4], "Leiden Zuidwest"]])
    assert found.faults[0].field == "areas"
    assert found.faults[0].near


@pytest.mark.parametrize(
    ("said", "scope"),
    [
        ("hele stad", "city"),
        ("De hele stad", "city"),
        ("the region", "region"),
        ("onbekend", "unknown"),
        ("", "unknown"),
        ("elders", "elsewhere"),
    ],
)
def test_no_place_is_a_scope(plan, said, scope):
    found = plan([[*ROW[:4], said]])
    assert found.faults == []
    assert (found.records[0].scope, found.records[0].areas) == (scope, [])


def test_a_column_without_a_field_is_suggested(plan, leiden, tmp_path):
    found = plan([[*ROW, "Begin", "x", "y"]], head=[*HEAD, "Begindatum", "Samenvattingen", "Xyzzy"])
    said = {one.column: one for one in found.suggestions}
    assert "start" in said["Begindatum"].fields
    assert "summary_nl" in said["Samenvattingen"].fields
    assert (said["Xyzzy"].fields, said["Xyzzy"].example) == ((), "y")
    assert "Begindatum" in str(found)


def test_labels_of_fields_need_no_mapping(plan):
    head = ["Titel (Nederlands)", "Summary (English)", "Thema's", "start", "Onbekend", "Naam student"]
    found = plan([["Soep", "Soup", "veiligheid", "2021", "x", "y"]], {}, head=head)
    assert [(rule.name, rule.target.path) for rule in found.mapping.rules] == [
        ("Titel (Nederlands)", "title_nl"),
        ("Summary (English)", "summary_en"),
        ("Thema's", "themes"),
        ("start", "start"),
    ]
    assert found.faults == []


def test_the_draft_of_a_mapping_can_be_used_at_once(plan, leiden):
    mapping = {
        "columns": {
            **COLUMNS,
            "Wie": {"field": "partners", "role": "client", "values": {"de stad": "org-one"}},
            "Leeg": None,
        },
        "constants": {"programme": "honours"},
        "dates": "d/m/y",
    }
    book = Book([partner("org-one")])
    rows = [[*ROW, "de stad", "", "x"], ["Een", "x", "eenzaamheit", "1/2/2021", "", "Iemand anders", "", "y"]]
    found = plan(rows, mapping, book=book, head=[*HEAD, "Wie", "Leeg", "Extra: #1"])
    text = found.draft()
    assert "eenzaamheit" in text
    assert "Extra: #1" in text
    again = read_yaml(text)
    assert again == yaml.safe_load(text)
    assert Mapping.of(again, "project") == Mapping.of(mapping, "project")
    # A meaning that somebody fills in is taken up.
    filled = text.replace('# "eenzaamheit": loneliness', '"eenzaamheit": loneliness')
    assert "themes" not in {
        one.field for one in plan(rows, read_yaml(filled), book=book, head=[*HEAD, "Wie", "Leeg", "Extra: #1"]).faults
    }


def test_columns_about_persons_are_warned_of(plan):
    head = [*HEAD, "Naam student", "E-mail", "Contact", "Aantal studenten"]
    columns = {**COLUMNS, "Contact": "handover.contact_function", "Aantal studenten": "students"}
    found = plan([[*ROW, "Piet", "a@example.org", "mail naar iemand@example.org", "4"]], columns, head=head)
    said = [(one.row, one.column) for one in found.warnings]
    assert said == [(0, "Naam student"), (0, "E-mail"), (2, "Contact")]
    assert found.faults == []
    assert {one.column for one in found.suggestions} == set()
    mapped = plan([[*ROW, "Piet"]], {**COLUMNS, "Docent": "course_name"}, head=[*HEAD, "Docent"])
    assert "never names" in mapped.warnings[0].advice
    assert (
        plan([["Bureau", "bedrijf"]], {"Naam": "name", "Soort": "kind"}, "partner", head=["Naam", "Soort"]).warnings
        == []
    )


def test_a_plan_shows_itself(plan):
    hostile = "<script>alert(1)</script>"
    found = plan([[hostile, *ROW[1:]], *([f"Titel {n}", *ROW[1:]] for n in range(30)), ["", "", "x", "y", "z"]])
    for text in (str(found), found._repr_html_(), repr(found), found.title):
        assert "new" in text
    assert hostile not in found._repr_html_()
    assert "Nothing has been saved yet." in str(found)
    assert "11 more" in str(found) or "12 more" in str(found)
    language.use("nl")
    assert "nieuw" in str(found)
    assert "Er is nog niets bewaard." in found._repr_html_()


# ------------------------------------------------------------------ mappings


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"columns": {"Titel": "titel_nl"}}, "Did you mean title_nl"),
        ({"columns": {"Titel": "title"}}, "title_nl"),
        ({"columns": {"Titel": {"veld": "title_nl"}}}, "field: title_nl"),
        ({"columns": {"Titel": {"field": "title_nl", "role": "client"}}}, "cannot say"),
        ({"columns": {"Titel": {"field": "partners", "rolle": "client"}}}, "Did you mean role"),
        ({"columns": {"Titel": {"field": "themes", "values": ["a"]}}}, "`values`"),
        ({"columns": ["Titel"]}, "`columns`"),
        ({"colums": {}, "constants": {}}, "Did you mean columns"),
        ({"columns": {}, "constants": {"programm": "x"}}, "Did you mean programme"),
        ({"columns": {}, "dates": "y/m/d"}, "Dates are not written"),
        ({"columns": {}, "head": "first"}, "number of a row"),
        ({"columns": {}, "kind": "question"}, "question"),
        ({"columns": {"Tittel": "title_nl"}}, "Did you mean Titel"),
        ({"columns": {}, "head": 99}, "Row 99"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(plan, mapping, message):
    with pytest.raises(LabkitError, match=message):
        plan([ROW], mapping)


def test_a_kind_that_does_not_exist(plan):
    with pytest.raises(UnknownNameError, match="Did you mean project"):
        plan([ROW], kind="projekt")


def test_every_field_of_a_record_can_be_a_column():
    """But for blocks that name nothing else, such as a commitment: those are written by hand."""
    for kind, model in KINDS.items():
        for name in model.model_fields:
            if (kind, name) in (("project", "handover"), ("project", "ehealth"), ("agreement", "commitments")):
                with pytest.raises(UnknownNameError):
                    target(kind, name)
            else:
                assert target(kind, name).path == name


def test_columns_are_found_whatever_their_case(plan):
    found = plan([ROW], {"titel": "title_nl", "SAMENVATTING": "summary_nl", "Thema": "themes"})
    assert [rule.name for rule in found.mapping.rules] == ["Titel", "Samenvatting", "Thema"]


def test_two_columns_for_one_field(plan):
    columns = {**COLUMNS, "Ook": "themes", "Titel2": "title_nl"}
    found = plan(
        [[*ROW, "veiligheid", ""], ["Eerst", *ROW[1:4], "", "", "Anders"]], columns, head=[*HEAD, "Ook", "Titel2"]
    )
    assert found.records[0].themes == ["social_cohesion", "safety"]
    assert told(found) == [(3, "Titel2", "title_nl")]


def test_values_of_the_sheet_get_their_meaning(plan):
    columns = {
        **COLUMNS,
        "Thema": {
            "field": "themes",
            "split": "/",
            "values": {"Zorg ": "health_lifestyle", "-": None, "Alles": ["safety", "ehealth"]},
        },
    }
    found = plan(
        [["A", "x", "zorg / Veiligheid", "", ""], ["B", "x", "alles", "", ""], ["C", "x", "-", "", ""]], columns
    )
    assert [one.themes for one in found.records] == [["health_lifestyle", "safety"], ["safety", "ehealth"], ["unknown"]]


def test_records_are_found_by_name(plan):
    book = Book(
        [
            partner("org-one", name="Stichting Een", short_name="Een"),
            partner("org-two", name="Twee"),
            offer("of-one", title_en="Course"),
        ]
    )
    columns = {**COLUMNS, "Partner": {"field": "partners", "role": "host"}, "Vak": "offer"}
    rows = [[*ROW, "een; org-two", "course"], ["X", *ROW[1:], "Stichting Eén!", ""], ["Y", *ROW[1:], "Drie", "of-two"]]
    found = plan(rows, columns, book=book, head=[*HEAD, "Partner", "Vak"])
    assert [[one.partner for one in record.partners] for record in found.records] == [
        ["org-one", "org-two"],
        ["org-one"],
    ]
    assert found.records[0].offer == "of-one"
    assert told(found) == [(4, "Partner", "partners"), (4, "Vak", "offer")]


# ------------------------------------------------------------------ cells

DATE, COUNT, NUMBER, YES = (
    Column.of(Project, "start"),
    Column.of(Project, "students"),
    Column.of(Project, "ec"),
    Column.of(Project, "involves_people"),
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2021", "2021"),
        (2021, "2021"),
        (2021.0, "2021"),
        ("2021-06", "2021-06"),
        ("2021/6", "2021-06"),
        ("2021/06/14", "2021-06-14"),
        ("14-6-2021", "2021-06-14"),
        ("14.06.2021", "2021-06-14"),
        (date(2021, 6, 14), "2021-06-14"),
        (datetime(2021, 6, 14, 12, 30), "2021-06-14"),
        ("onbekend", "unknown"),
        ("Unknown", "unknown"),
    ],
)
def test_dates_that_are_certain_are_read(cell, expected):
    assert Reader(Book([])).read(DATE, cell) == [expected]


@pytest.mark.parametrize(
    "cell",
    [
        "14/6/2021",
        "in 2021",
        "21",
        "2021/22",
        "31-2-2021",
        "14-13-2021",
        "juni 2021",
        44361,
        "2021-6-14",
        True,
        "99999",
    ],
)
def test_dates_that_are_not_certain_are_told(cell):
    (found,) = Reader(Book([])).read(DATE, cell)
    assert isinstance(found, Flaw)
    assert found.message
    assert found.advice


def test_the_order_of_dates_is_asked_for_and_a_number_of_days_is_not_a_year():
    (found,) = Reader(Book([])).read(DATE, "3/4/2021")
    assert "dates: d/m/y" in found.advice
    assert Reader(Book([]), dates="d/m/y").read(DATE, "3/4/2021") == ["2021-04-03"]
    assert Reader(Book([]), dates="m/d/y").read(DATE, "3/4/2021") == ["2021-03-04"]
    assert Reader(Book([]), dates="m/d/y").read(DATE, "3-4-2021") == ["2021-04-03"]
    (found,) = Reader(Book([])).read(DATE, 44361)
    assert "2021-06-14" in found.advice


@pytest.mark.parametrize(("cell", "expected"), [("12", 12), (12.0, 12), ("0", 0), (7, 7)])
def test_counts(cell, expected):
    assert Reader(Book([])).read(COUNT, cell) == [expected]


@pytest.mark.parametrize("cell", ["1.234", "12,5", "ca. 12", "10-20", 2.5, "1 2", "-", True])
def test_what_is_no_count_is_no_number(cell):
    assert isinstance(Reader(Book([])).read(COUNT, cell)[0], Flaw)


def test_numbers_and_yes_or_no():
    reader = Reader(Book([]))
    assert [reader.read(NUMBER, cell)[0] for cell in ("7,5", "7.5", 5, 30.0)] == [7.5, 7.5, 5.0, 30.0]
    assert isinstance(reader.read(NUMBER, "1.234,5")[0], Flaw)
    assert [reader.read(YES, cell)[0] for cell in ("ja", "Nee", "TRUE", "onwaar", True, "onbekend")] == [
        True,
        False,
        True,
        False,
        True,
        "unknown",
    ]
    assert isinstance(reader.read(YES, "misschien")[0], Flaw)
    intended = Column.of(Outcome, "intended")
    assert reader.read(intended, "j") == [True]


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.dates(), st.none()))
def test_any_cell_is_read_or_refused_in_words(cell):
    reader = Reader(Book([]))
    for model in (Project, Question, Outcome):
        for path in (
            "start",
            "themes",
            "students",
            "ec",
            "on_site",
            "sources",
            "asker",
            "areas",
            "title_nl",
            "intended",
        ):
            if path in model.model_fields and cell is not None:
                for found in reader.read(Column.of(model, path), cell):
                    assert not isinstance(found, Flaw) or (found.message and found.advice)


# ------------------------------------------------------------------ files of every kind


@pytest.mark.parametrize(
    ("encoding", "delimiter", "before"),
    [
        ("utf-8", ";", b""),
        ("utf-8-sig", ";", b""),
        ("cp1252", ";", b""),
        ("utf-16", "\t", b""),
        ("utf-8", ",", b""),
        ("utf-8", "\t", b""),
        ("utf-8", "|", b""),
        ("utf-8", ",", b"sep=,\r\n"),
        ("utf-8-sig", ";", b""),
    ],
)
def test_csv_of_any_kind_is_read(leiden, tmp_path, encoding, delimiter, before):
    rows = [['Café; één, "twee"\nregels', *ROW[1:]], ROW]
    file = csv_file(tmp_path, [HEAD, *rows], encoding=encoding, delimiter=delimiter)
    file.write_bytes(before + file.read_bytes())
    found = plan_import(Book([]), file, COLUMNS, areas=leiden.areas)
    assert [one.title_nl for one in found.records] == ['Café; één, "twee"\nregels', "Soep op dinsdag"]
    assert any("not UTF-8" in note for note in found.notes) == (encoding == "cp1252")


def test_xlsx_is_read_with_its_dates_and_numbers(leiden, tmp_path):
    rows = [
        ["A", "x", "veiligheid", date(2021, 6, 14), "De Kooi"],
        ["B", "x", "veiligheid", 2021, None],
        ["C", "x", "veiligheid", "2021", "Stevenshof"],
    ]
    found = plan_import(Book([]), xlsx_file(tmp_path, [HEAD, *rows]), COLUMNS, areas=leiden.areas)
    assert found.faults == []
    assert [one.start for one in found.records] == ["2021-06-14", "2021", "2021"]
    # The name of the file says nothing of what is in it.
    found = plan_import(Book([]), xlsx_file(tmp_path, [HEAD, *rows], "b.csv"), COLUMNS, areas=leiden.areas)
    assert len(found.records) == 3


def test_formulas_are_never_taken_for_values(leiden, tmp_path):
    rows = [
        ["=1+1", "x", "veiligheid", 2021, None],
        ["B", "x", "veiligheid", "=YEAR(TODAY())", None],
        ["C", "x", "veiligheid", "#N/A", None],
    ]
    found = plan_import(Book([]), xlsx_file(tmp_path, [HEAD, *rows]), COLUMNS, areas=leiden.areas)
    assert [one.action for one in found.rows] == ["faulty"] * 3
    assert [(one.row, one.field) for one in found.faults if "formula" in one.message or "#N/A" in one.message] == [
        (2, "title_nl"),
        (3, "start"),
        (4, "start"),
    ]
    found = plan_import(Book([]), csv_file(tmp_path, [HEAD, ["=HYPERLINK(A1)", *ROW[1:]]]), COLUMNS, areas=leiden.areas)
    assert "formula" in found.faults[0].message
    # A formula that a spreadsheet program computed has its value.
    text = (tmp_path / "a.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(text)) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b"<f>YEAR(TODAY())</f><v></v>", b"<f>YEAR(TODAY())</f><v>2026</v>")
                data = data.replace(b"<f>YEAR(TODAY())</f><v />", b"<f>YEAR(TODAY())</f><v>2026</v>")
            new.writestr(name, data)
    found = plan_import(Book([]), tmp_path / "b.xlsx", COLUMNS, areas=leiden.areas)
    assert [one.start for one in found.records] == ["2026"]


def test_what_stands_above_the_head_is_left_out(leiden, tmp_path):
    def merged(book):
        book.active.merge_cells("A1:E1")
        book.active.merge_cells("A2:C2")

    rows = [["Overzicht 2021"], ["Over het project", None, None, "Wanneer en waar"], [], HEAD, ROW]
    found = plan_import(Book([]), xlsx_file(tmp_path, rows, change=merged), COLUMNS, areas=leiden.areas)
    assert [one.row for one in found.rows] == [5]
    assert any("row 4" in note for note in found.notes)
    assert len(found.records) == 1
    # Without a mapping the labels of the fields tell the head.
    labels = [["Een titel"], [], ["title_nl", "summary_nl", "themes"], ["A", "x", "safety"]]
    assert len(plan_import(Book([]), csv_file(tmp_path, labels), {}, areas=leiden.areas).records) == 1
    # And whoever knows better can say so.
    twice = [HEAD, ["Titel", "x", "safety", "2021", ""], ["B", "x", "safety", "2021", ""]]
    found = plan_import(
        Book([]), csv_file(tmp_path, twice), {"columns": {"Titel": "title_nl"}, "head": 2}, areas=leiden.areas
    )
    assert [one.title for one in found.rows] == ["B"]


def test_ragged_rows_and_double_heads(plan, leiden, tmp_path):
    found = plan([ROW, ["Kort", *ROW[1:3]], [*ROW, "", ""], ["X", *ROW[1:], "te veel"]])
    assert [one.action for one in found.rows] == ["new", "new", "faulty", "faulty"]
    assert "6 cells" in found.faults[-1].message
    found = plan([[*ROW, "Nog een titel", "leeg"]], head=[*HEAD, "Titel", ""])
    assert any("Titel (2)" in note for note in found.notes)
    assert found.records[0].title_nl == "Soep op dinsdag"
    assert {one.column for one in found.suggestions} == {"Titel (2)", "column G"}


def test_a_sheet_by_its_name(leiden, tmp_path):
    def more(book):
        other = book.create_sheet("Projecten 2021")
        other.append(HEAD)
        other.append(ROW)

    file = xlsx_file(tmp_path, [], change=more)
    assert (
        len(plan_import(Book([]), file, COLUMNS, areas=leiden.areas).records) == 1
    )  # the first one with anything in it
    file = xlsx_file(tmp_path, [["Uitleg"], ["Lees dit"]], change=more)
    found = plan_import(Book([]), file, {"columns": COLUMNS, "sheet": "projecten 2021"}, areas=leiden.areas)
    assert len(found.records) == 1
    assert any("Sheet" in note for note in found.notes)
    with pytest.raises(UnknownNameError, match="Projecten 2021"):
        plan_import(Book([]), file, {"columns": COLUMNS, "sheet": "Projecten"}, areas=leiden.areas)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"\n\n;;\n", "is empty"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel"),
        (b"PK\x03\x04 nonsense", "no XLSX"),
        (b"\x89PNG\r\n\0\0", "no CSV"),
        (b"\xff\xfe\x00", "damaged"),
        (b"a\x81b;c\n", "neither UTF-8 nor"),
        (b'a;b\n"x;y\n', "no proper CSV"),
        (b'a;b\n"x"y;z\n', "no proper CSV"),
        (b";".join([b"a"] * 400), "400 cells"),
        (b"a;b\n" + b"x;y\n" * 20_001, "more than 20000 rows"),
        (b"a;" + b"x" * 200_000 + b"\n1;2\n", "no proper CSV"),
        (b"x" * 30_000_001, "larger than 30 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, data, message):
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(SheetError, match=message):
        plan_import(Book([]), tmp_path / "a.csv", {})


def test_places_where_no_file_is(tmp_path):
    for path in (tmp_path, tmp_path / "nowhere.csv", "a\0b"):
        with pytest.raises(SheetError, match="cannot be read"):
            plan_import(Book([]), path, {})


def test_a_zip_that_unpacks_without_end_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 500_000_000)
    with pytest.raises(SheetError, match="unpacks to more"):
        plan_import(Book([]), tmp_path / "bomb.xlsx", {})


def test_other_zips_are_no_spreadsheets(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(SheetError, match="no XLSX"):
        plan_import(Book([]), tmp_path / "a.xlsx", {})


@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused_in_words(tmp_path_factory, data):
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(data)
    try:
        assert read_grid(file).rows
    except SheetError as error:
        assert str(file) in str(error)


@given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=8))
def test_any_table_is_planned_or_refused_in_words(tmp_path_factory, rows):
    file = csv_file(tmp_path_factory.getbasetemp(), [["title_nl", "themes", "start", "areas"], *rows])
    try:
        found = plan_import(Book([]), file, {})
    except SheetError:
        return
    assert sum(found.counts.values()) == len(found.rows)
    assert len(found.records) == found.counts["new"]
    assert all(one.faults for one in found.rows if one.action == "faulty")
    assert str(found)
    assert found.table is not None


def test_only_a_header(plan):
    found = plan([])
    assert (found.records, found.faults, found.counts["new"]) == ([], [], 0)
    assert any("no row below" in note for note in found.notes)
    assert len(found.table) == 0


def test_what_our_own_tables_guard_is_understood(tmp_path):
    """An apostrophe before a formula, and a semicolon that belongs to an address."""
    book = Book(
        [project(title_en="=1+1", note_en="'t is; -1", sources=["https://example.org/a;b", "https://example.org/c"])]
    )
    made = export(book, None, tmp_path / "made")
    assert plan_import(book, made / "projects.csv", {}).counts["same"] == 1
