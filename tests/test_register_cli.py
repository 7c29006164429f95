"""`labkit register`, run as somebody runs it who has a terminal and a text editor."""

import json

import pytest
from test_cli import labkit

from labkit.register.folder import Folder


@pytest.fixture
def own(leiden, tmp_path):
    leiden.register.copy(tmp_path / "own")
    return tmp_path / "own"


def register(own, *words):
    return labkit("register", *words, "--register", own)


def test_a_person_with_only_a_text_editor_can_document_a_project(own):
    """Copy the template, fill in what is open, check: no other tool than an editor writes the record."""
    text = (own / "templates" / "project.nl.yaml").read_text(encoding="utf-8")
    said = {
        "id": "p-verzonnen",
        "visibility": "private",
        "title_nl": "Verzonnen voorbeeld",
        "summary_nl": "Verzonnen.",
        "programme": "other",
    }
    said |= {"kind": "course", "status": "running", "start": "2026", "scope": "areas", "involves_people": "unknown"}
    for name, value in said.items():
        assert f"\n{name}:\n" in text
        text = text.replace(f"\n{name}:\n", f"\n{name}: {value}\n")
    text = text.replace("\nthemes:\n  -\n", "\nthemes:\n  - loneliness\n").replace(
        "\nlevels:\n  -\n", "\nlevels:\n  - mbo\n"
    )
    text = text.replace("\n# areas:\n#   -\n", "\nareas:\n  - WK054600\n")
    for empty in ("title_en", "summary_en"):
        text = text.replace(f"\n{empty}:\n", "\n")
    (own / "projects" / "p-verzonnen.yaml").write_text(text, encoding="utf-8")
    assert register(own, "check", "--errors-only").returncode == 0
    found = json.loads(register(own, "list", "project", "area=Binnenstad-Zuid", "--json").stdout)
    assert [one["id"] for one in found] == ["p-verzonnen"]
    rows = json.loads(register(own, "coverage", "--json").stdout)
    assert [one["projects"] for one in rows if one["name"] == "Binnenstad-Zuid"] == [1]


def test_a_half_filled_file_is_told_line_by_line(own):
    made = register(own, "new", "project", "--title", "Verzonnen", "themes=eenzaamheid")
    assert made.returncode == 2
    assert "Did you mean loneliness?" in made.stderr
    made = register(
        own, "new", "project", "--title", "Verzonnen voorbeeld", "themes=loneliness", "areas=De Kooi", "scope=areas"
    )
    assert made.returncode == 0
    assert "summary" in made.stdout
    path = own / "projects" / "p-verzonnen-voorbeeld.yaml"
    text = path.read_text(encoding="utf-8")
    assert "\ntitle_nl: Verzonnen voorbeeld\n" in text
    assert "\n  - BU05460302\n" in text
    result = register(own, "check", "--json")
    assert result.returncode == 1
    mine = [one for one in json.loads(result.stdout) if one["file"] == f"projects/{path.name}"]
    assert {one["field"] for one in mine} >= {"kind", "summary_nl"} or {one["field"] for one in mine} >= {
        "kind",
        "summary_en",
    }
    assert all(text.splitlines()[one["line"] - 1].startswith(one["field"]) for one in mine if one["field"] == "kind")
    path.write_text(
        text.replace("\nkind:\n", "\nkind: course\n")
        .replace("\nsummary_nl:\n", "\nsummary_nl: Verzonnen.\n")
        .replace("\nsummary_en:\n", "\n")
        .replace("\ntitle_en:\n", "\n"),
        encoding="utf-8",
    )
    assert register(own, "check", "--errors-only").returncode == 0


def test_new_edit_show_delete_restore(own):
    made = register(
        own, "new", "question", "--title", "Wie komt er?", "themes=social_cohesion,loneliness", "visibility=public"
    )
    assert made.returncode == 0
    assert made.stdout.strip().endswith("q-wie-komt-er.yaml")
    again = register(own, "new", "question", "--title", "Wie komt er?", "themes=social_cohesion")
    assert again.stdout.strip().endswith("q-wie-komt-er-2.yaml")
    assert register(own, "edit", "q-wie-komt-er", "status=refined", "answer_by=2027-06").returncode == 0
    shown = json.loads(register(own, "show", "q-wie-komt-er", "--json").stdout)
    assert (shown["status"], shown["answer_by"], shown["themes"]) == (
        "refined",
        "2027-06",
        ["social_cohesion", "loneliness"],
    )
    assert "Wie komt er?" in register(own, "show", "q-wie-komt-er").stdout
    assert register(own, "edit", "q-wie-komt-er", "answer_by=").returncode == 0
    assert "answer_by" not in json.loads(register(own, "show", "q-wie-komt-er", "--json").stdout)
    assert register(own, "delete", "q-wie-komt-er").returncode == 0
    assert register(own, "show", "q-wie-komt-er").returncode == 2
    assert register(own, "restore", "q-wie-komt-er").returncode == 0
    assert Folder(own).read("q-wie-komt-er").record.status == "refined"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["new", "projekt", "--title", "x"], "Did you mean project"),
        (["new", "project", "--title", "x", "them=safety"], "Did you mean themes"),
        (["edit", "p-2018-honours-pilot", "status=klaar"], "status of a project"),
        (["edit", "p-2018-honors-pilot", "status=finished"], "p-2018-honours-pilot"),
        (["edit", "p-2018-honours-pilot", "status"], "name=value"),
        (["list", "project", "theme=saftey"], "Safety"),
        (["match", "q-none"], "no record"),
        (["export", "x.geojsn"], "geojson"),
        (["delete", "org-portaal"], "p-2021-slaaghwijk-tenants"),
        (["import", "none.csv"], "none.csv"),
    ],
)
def test_wrong_use_is_one_clear_line_and_changes_nothing(own, words, says):
    before = {path: path.read_bytes() for path in own.rglob("*.yaml")}
    result = register(own, *words)
    assert result.returncode == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert {path: path.read_bytes() for path in own.rglob("*.yaml")} == before


def test_a_register_that_is_not_there_is_told(tmp_path):
    result = register(tmp_path / "none", "check")
    assert result.returncode == 2
    assert "register copy" in result.stderr


def test_the_register_of_leiden_has_no_errors_and_lists_its_warnings():
    result = labkit("register", "check", "--json")
    assert result.returncode == 0
    found = json.loads(result.stdout)
    assert {one["severity"] for one in found} <= {"warning"}
    assert all(one["file"] and one["field"] and one["message"] and one["advice"] for one in found)


@pytest.mark.parametrize(
    "command", [["coverage"], ["results"], ["lineage"], ["match", "q-2021-lonely-older-people"], ["agreements"]]
)
def test_reports_as_text_and_as_json(command):
    text = labkit("register", *command)
    assert text.returncode == 0, text.stderr
    assert len(text.stdout.splitlines()) > 5
    rows = json.loads(labkit("register", *command, "--json").stdout)
    assert isinstance(rows, list)


def test_answer_and_agreements_as_pages(tmp_path):
    for words in (["answer", "q-2021-lonely-older-people"], ["agreements"]):
        page = tmp_path / f"{words[0]}.html"
        assert labkit("register", *words, "--out", page).returncode == 0
        assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_search_tells_by_its_exit_code_whether_something_was_found():
    assert labkit("register", "search", "eenzaam").returncode == 0
    assert labkit("register", "search", "zzzz").returncode == 1


@pytest.mark.parametrize("name", ["tables", "projects.geojson", "projects.gpkg", "outcomes.bib"])
def test_export(own, tmp_path, name):
    result = register(own, "export", tmp_path / name, *(["--form", "tables"] if name == "tables" else []))
    assert result.returncode == 0, result.stderr
    assert (tmp_path / name).exists()


def test_import_tells_first_and_saves_when_asked(own, tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Titel;Samenvatting;Thema;Wijk\nVerzonnen soep;Verzonnen.;eenzaamheid;De Kooi\n", encoding="utf-8")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "columns:\n  Titel: title_nl\n  Samenvatting: summary_nl\n  Thema: themes\n  Wijk: areas\n"
        "constants:\n  scope: areas\n  kind: course\n  programme: other\n  status: planned\n  start: unknown\n  involves_people: unknown\n"
        "  levels:\n    - unknown\n",
        encoding="utf-8",
    )
    before = len(list((own / "projects").glob("*.yaml")))
    dry = register(own, "import", sheet, "--mapping", mapping)
    assert dry.returncode == 0, dry.stdout + dry.stderr
    assert len(list((own / "projects").glob("*.yaml"))) == before
    assert register(own, "import", sheet, "--mapping", mapping, "--save").returncode == 0
    assert len(list((own / "projects").glob("*.yaml"))) == before + 1


def test_a_file_that_cannot_be_read_is_told_and_can_be_opened(own):
    path = own / "projects" / "p-2018-honours-pilot.yaml"
    path.write_text("id: p-2018-honours-pilot\n\tx\n", encoding="utf-8")
    told = register(own, "edit", "p-2018-honours-pilot", "status=finished")
    assert told.returncode == 2
    assert "line 2" in told.stderr
    assert str(path) in register(own, "edit", "p-2018-honours-pilot").stdout


def test_a_check_of_what_is_not_there_does_not_pass(own, tmp_path):
    assert labkit("register", "check", own / "projects" / "nope.yaml").returncode == 2
    (tmp_path / "s.csv").write_text("a\n", encoding="utf-8")
    assert labkit("register", "check", tmp_path / "s.csv").returncode == 2
    assert labkit("register", "check", own / "projects" / "p-2018-honours-pilot.yaml").returncode == 0


def test_a_warning_is_a_line_without_code(own):
    result = register(own, "edit", "p-2018-honours-pilot", "involves_people=true")
    assert result.returncode == 0
    assert "ethics_route" in result.stderr
    assert ".py:" not in result.stderr
