"""`labkit assignment collect` as a lecturer uses it; and hand-ins read back from every layout."""

import json
import re
from contextlib import chdir

import made_up_downloads as made
import pytest
from typer.testing import CliRunner

from labkit.assignments.assignment import open_assignment
from labkit.assignments.collect import collect
from labkit.assignments.glance import Wanted
from labkit.assignments.handins import Collected, HandIn, dumps, read_collected, read_handins
from labkit.cli.app import app
from labkit.errors import LabkitError

DAY = "25 November, 2026 1103 AM"


@pytest.fixture
def place(tmp_path):
    made.roster(tmp_path)
    made.source(tmp_path)
    sent = {
        f"12345-1 - Jan de Vries - {DAY}/week1.ipynb": made.notebook(1),
        f"12346-1 - Noor Bakker - {DAY}/[red]week1[bold].ipynb": made.notebook(2),
    }
    (tmp_path / "download.zip").write_bytes(made.brightspace(sent))
    return tmp_path


def run(place, *more):
    given = ["assignment", "collect", "download.zip", "--out", "out", "--roster", "roster.csv", *more]
    with chdir(place):
        return CliRunner().invoke(app, given)


def test_a_lecturer_sees_who_what_when_late_and_missing(place):
    result = run(place, "--assignment", "week1.py")
    assert result.exit_code == 0, result.output
    said = " ".join(re.sub(r"[^\x20-\x7e]", " ", result.output).split())
    assert "s1000001" in said
    assert "2026-11-25 11:03" in said
    assert "(the platform)" in said
    assert "the policy says 10 %" in said
    assert "[red]week1[bold].ipynb" in said
    assert "MISSING s1000003, s1000004, s1000005, s1000006, s1000007" in said
    assert "Handed in: 2, in out. Nothing yet from: 5. To look at: 0." in said


def test_it_speaks_dutch(place):
    result = run(place, "--assignment", "week1.py", "--language", "nl")
    assert "Ingeleverd: 2, in out. Nog niets van: 5." in result.output
    assert "te laat" in result.output


def test_findings_end_with_1_and_wrong_use_with_2(place):
    (place / "download.zip").write_bytes(made.packed({"s1000001.zip": made.bomb()}))
    result = run(place)
    assert result.exit_code == 1
    assert "REFUSED" in result.output
    assert isinstance(run(place, "--timezone", "Leiden").exception, LabkitError)
    assert isinstance(run(place, "--choose", "s1").exception, LabkitError)
    assert isinstance(run(place, "--roster", "none.csv").exception, LabkitError)


def test_programs_get_json(place):
    found = json.loads(run(place, "--json").stdout)
    assert found["states"] == {"s1000001": "new", "s1000002": "new"}
    assert [one["student"] for one in found["handins"]] == ["s1000001", "s1000002"]
    assert found["handins"][1]["original"] == f"12346-1 - Noor Bakker - {DAY}/[red]week1[bold].ipynb"
    assert found["problems"][0]["kind"] == "missing"


def test_whose_and_choose_on_the_command_line(place):
    sent = {f"7-1 - Piet Jansen - {DAY}/a=b.ipynb": made.notebook(1)}
    (place / "download.zip").write_bytes(made.brightspace(sent))
    assert run(place).exit_code == 1
    result = run(place, "--whose", "7-1=s1000006", "--choose", "s1000006=a=b", "--json")
    assert result.exit_code == 0, result.output
    assert [one["student"] for one in json.loads(result.stdout)["handins"]] == ["s1000006"]


# ------------------------------------------------------------------ reading hand-ins back


def test_what_was_collected_is_read_back(place):
    run(place)
    found = read_handins(place / "out")
    assert [one.student for one in found] == ["s1000001", "s1000002"]
    assert found[0].path == place / "out" / "s1000001" / "week1.ipynb"
    assert found[0].read() == made.notebook(1)
    assert dumps(read_collected(place / "out")) == (place / "out" / "collected.json").read_text(encoding="utf-8")


def test_a_flat_folder_a_folder_each_and_one_file(tmp_path):
    (tmp_path / "flat").mkdir()
    (tmp_path / "each" / "s2").mkdir(parents=True)
    for name in ("flat/s1.ipynb", "flat/s2.ipynb", "each/s2/any name.ipynb"):
        (tmp_path / name).write_bytes(made.notebook())
    (tmp_path / "flat" / "notes.txt").write_text("mine")
    (tmp_path / "each" / "s3").mkdir()
    (tmp_path / "each" / "s3" / "work.docx").write_bytes(b"PK")
    assert [(one.student, one.file) for one in read_handins(tmp_path / "flat")] == [
        ("s1", "s1.ipynb"),
        ("s2", "s2.ipynb"),
    ]
    each = read_handins(tmp_path / "each")
    assert [(one.student, one.file) for one in each] == [("s2", "s2/any name.ipynb"), ("s3", "")]
    assert "no notebook among the files: work.docx" in each[1].notes[0]
    with pytest.raises(LabkitError, match="s3 handed in no notebook"):
        each[1].read()
    assert [one.student for one in read_handins(tmp_path / "flat" / "s1.ipynb")] == ["s1"]


def test_nbgraders_folders_of_several_assignments(tmp_path):
    for name, data in {
        "week0": made.other_notebook(),
        "week1": made.notebook(1),
        "week2": made.notebook(2, "week2"),
    }.items():
        folder = tmp_path / "submitted" / "s1" / name
        folder.mkdir(parents=True)
        (folder / "work.ipynb").write_bytes(data)
        (folder / "timestamp.txt").write_text("2026-11-24 20:00:00 UTC")
    wanted = Wanted.of(open_assignment(made.source(tmp_path)))
    (found,) = read_handins(tmp_path, wanted)
    assert found.file == "s1/week1/work.ipynb"
    assert (found.received, found.received_from) == ("2026-11-24T20:00:00+00:00", "nbgrader")
    done = collect(tmp_path / "submitted", tmp_path / "out", assignment=made.source(tmp_path))
    assert done.collected.handins[0].received_from == "nbgrader"
    assert done.collected.handins[0].files == ["s1/timestamp.txt", "s1/work.ipynb"]


def test_links_are_not_read(tmp_path):
    (tmp_path / "in" / "s1").mkdir(parents=True)
    (tmp_path / "secret.ipynb").write_bytes(made.notebook())
    (tmp_path / "in" / "s1" / "week1.ipynb").symlink_to(tmp_path / "secret.ipynb")
    found = read_collected(tmp_path / "in")
    assert found.handins == []
    assert "is a link" in found.problems[0].text
    handin = HandIn(student="s1", file="s1/week1.ipynb", root=tmp_path / "in")
    with pytest.raises(LabkitError, match="is a link"):
        handin.read()


@pytest.mark.parametrize("name", ["../secret.ipynb", "/etc/passwd", "s1/../../secret.ipynb"])
def test_a_list_that_names_files_elsewhere_is_refused(tmp_path, name):
    collected = Collected(handins=[HandIn(student="s1", file=name)])
    (tmp_path / "collected.json").write_text(dumps(collected), encoding="utf-8")
    with pytest.raises(LabkitError, match="outside its folder"):
        read_handins(tmp_path)


def test_what_cannot_be_read_is_told(tmp_path):
    with pytest.raises(LabkitError, match="no folder"):
        read_handins(tmp_path / "none")
    (tmp_path / "a.zip").write_bytes(made.packed({"a": b""}))
    with pytest.raises(LabkitError, match="Collect it first"):
        read_handins(tmp_path / "a.zip")
    (tmp_path / "collected.json").write_text('{"handins": [{"folder": 3}]}')
    with pytest.raises(LabkitError, match=r"handins.0.student: Field required"):
        read_handins(tmp_path)
