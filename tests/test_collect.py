"""Collect hand-ins as students and platforms really send them; every trap has its test."""

import json
import stat
import tempfile
from pathlib import Path

import made_up_downloads as made
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labkit.assignments.assignment import open_assignment
from labkit.assignments.collect import collect
from labkit.assignments.collecting import archives
from labkit.assignments.handins import read_collected, read_handins
from labkit.assignments.safe_files import is_junk
from labkit.errors import LabkitError

DAY = "24 November, 2026 1103 PM"


@pytest.fixture(scope="module")
def week1(tmp_path_factory):
    return open_assignment(made.source(tmp_path_factory.mktemp("source")))


@pytest.fixture
def gather(tmp_path, week1):
    """Collect what is given as files: name -> contents, into `collected`."""

    def run(files, *, roster=False, name="download.zip", **options):
        place = tmp_path / "in"
        place.mkdir(exist_ok=True)
        paths = []
        for one, data in ({name: files} if isinstance(files, bytes) else files).items():
            (place / one).parent.mkdir(parents=True, exist_ok=True)
            (place / one).write_bytes(data)
            paths.append(place / one)
        known = made.roster(tmp_path) if roster else None
        inputs = paths if isinstance(files, bytes) else place
        return collect(inputs, tmp_path / "collected", roster=known, assignment=week1, **options)

    return run


def by_student(done):
    return {one.student: one for one in done.collected.handins}


def kinds(done, *wanted):
    return [one for one in done.collected.problems if one.kind in (wanted or ("refused", "unclear", "unknown"))]


# ------------------------------------------------------------------ platforms


def test_a_download_of_brightspace(gather, tmp_path):
    done = gather(
        made.brightspace(
            {
                f"12345-67890 - Jan de Vries - {DAY}/week1.ipynb": made.notebook(1),
                "12346-67890 - Noor Bakker - nov 25, 2026 11:30 PM/week1.ipynb": made.notebook(2),
                "12347-67890 - José Yıldız - 25 november 2026 0905/week1.ipynb": made.notebook(3),
            }
        ),
        roster=True,
    )
    found = by_student(done)
    assert sorted(found) == ["s1000001", "s1000002", "s1000003"]
    assert found["s1000001"].received == "2026-11-24T23:03:00+01:00"
    assert found["s1000001"].received_from == "platform"
    assert found["s1000001"].late is None
    # 23 and a half hours late, with 24 hours of extra time: in time.
    assert (found["s1000002"].received, found["s1000002"].late) == ("2026-11-25T23:30:00+01:00", None)
    assert found["s1000003"].members == ["s1000003", "s1000004"]
    assert found["s1000003"].late.minus == 10
    assert found["s1000003"].folder == "A"
    assert json.loads(found["s1000003"].read())["cells"][0]["source"] == "# q1\nresidents = 3"
    assert done.collected.missing == ["s1000005", "s1000006", "s1000007"]
    assert done.clear
    assert read_collected(tmp_path / "collected") == done.collected


def test_a_download_of_brightspace_without_folders(gather):
    done = gather(
        made.brightspace(
            {
                f"12345-67890 - Jan de Vries - {DAY} - week 1 - mine.ipynb": made.notebook(1),
                "A1000001_Noor Bakker_Nov 4, 2026 905 AM_week1.ipynb": made.notebook(2),
            }
        ),
        roster=True,
    )
    found = by_student(done)
    assert found["s1000001"].file == "s1000001/week 1 - mine.ipynb"
    assert found["s1000002"].received == "2026-11-04T09:05:00+01:00"
    assert kinds(done) == []


def test_a_download_that_was_unpacked_and_work_that_was_collected_before(gather, tmp_path):
    done = gather(
        {
            f"Week 1/12345-67890 - Jan de Vries - {DAY}/week1.ipynb": made.notebook(1),
            f"Week 1/3-1 - Jose\u0301 Y\u0131ld\u0131z - {DAY}/week1.ipynb": made.notebook(2),  # as macOS writes it
            "Week 1/index.html": b"<html></html>",
        },
        roster=True,
    )
    assert [one.folder for one in done.collected.handins] == ["s1000001", "A"]
    assert done.clear
    again = collect(tmp_path / "collected", tmp_path / "copy", roster=made.roster(tmp_path))
    assert [one.folder for one in again.collected.handins] == ["s1000001", "A"]
    assert again.clear


def test_a_group_of_brightspace_is_known_by_its_name(gather):
    done = gather(made.brightspace({f"12345-67890 - A - {DAY}/week1.ipynb": made.notebook()}), roster=True)
    (found,) = done.collected.handins
    assert (found.group, found.members) == ("A", ["s1000003", "s1000004"])


def test_a_download_of_canvas(gather):
    done = gather(
        made.packed(
            {
                "devriesjan_501_9001_week1.ipynb": made.notebook(1),
                "bakkernoor_LATE_502_9002_week1-2.ipynb": made.notebook(2),
                "obrienvanthofftess_507_9004_week1-1.ipynb": made.notebook(4),
                "obrienvanthofftess_507_9003_week1.ipynb": made.notebook(3),
                "smitmaria_504_text.html": b"<html>I could not upload it</html>",
            }
        ),
        roster=True,
    )
    found = by_student(done)
    assert found["s1000001"].received == ""  # the times in such a zip are those of the download
    assert "not in the download" in found["s1000001"].notes[0]
    assert found["s1000002"].late.text.startswith("Marked as late by Canvas")
    assert found["s1000002"].late.minus == 0
    assert found["s1000007"].file == "s1000007/week1-1.ipynb"  # the one that was uploaded last
    assert "2 notebooks" in " ".join(found["s1000007"].notes)
    assert "page made from a notebook" in kinds(done)[0].text


def test_canvas_without_names_and_without_a_roster(gather):
    done = gather(
        made.packed({"anon_a1B2_77_week_1.ipynb": made.notebook(1), "vriesj_12_78_w.ipynb": made.notebook(2)})
    )
    assert [one.student for one in done.collected.handins] == ["anon_a1B2", "vriesj"]


def test_two_downloads_in_one_folder(gather):
    done = gather(
        {
            "brightspace.zip": made.brightspace({f"12345-67890 - Jan de Vries - {DAY}/week1.ipynb": made.notebook(1)}),
            "canvas.zip": made.packed({"bakkernoor_502_9002_week1.ipynb": made.notebook(2)}),
            "s1000003.zip": made.packed({"week1.ipynb": made.notebook(3)}),
        },
        roster=True,
    )
    assert sorted(by_student(done)) == ["s1000001", "s1000002", "s1000003"]
    assert done.clear


# ------------------------------------------------------------------ folders and zips without a platform


def test_a_zip_of_zips(gather):
    done = gather(
        made.packed(
            {
                "week1/s1000001.zip": made.packed({"werk/week1.ipynb": made.notebook(1), "data/a.csv": b"a,b"}),
                "week1/s1000002.zip": made.packed({"week1.zip": made.packed({"week1.ipynb": made.notebook(2)})}),
                "week1/Jan de Vries.docx": b"PK\x03\x04",
            }
        ),
        roster=True,
    )
    found = by_student(done)
    assert found["s1000001"].files == [f"s1000001/{one}" for one in ("Jan de Vries.docx", "a.csv", "week1.ipynb")]
    assert found["s1000002"].original == "week1/s1000002.zip/week1.zip/week1.ipynb"
    assert found["s1000002"].received_from == "zip"
    assert found["s1000002"].received == "2026-11-24T20:00:00+01:00"


def test_a_folder_a_student_and_nbgraders_own_folders(gather, tmp_path):
    done = gather(
        {
            "submitted/s1000001/week1/week1.ipynb": made.notebook(1),
            "submitted/s1000001/week1/.ipynb_checkpoints/week1-checkpoint.ipynb": made.notebook(9),
            "submitted/s1000002/week1/week1.ipynb": made.notebook(2),
        }
    )
    assert [(one.student, one.file) for one in done.collected.handins] == [
        ("s1000001", "s1000001/week1.ipynb"),
        ("s1000002", "s1000002/week1.ipynb"),
    ]
    assert done.collected.handins[0].received_from == "file"
    assert [one.student for one in read_handins(tmp_path / "in")] == ["s1000001", "s1000002"]


@pytest.mark.parametrize(
    "name",
    [
        "s1000001.ipynb",
        "S1000001 (1).ipynb",
        "Kopie van s1000001.ipynb",
        "week1_s1000001_final_definitief.ipynb",
        "week1 Jan de Vries.ipynb",
        "vriesj - kopie.ipynb",
        "devriesjan.ipynb.txt",
        "s1000001.json",
        "week1-s1000001-2.IPYNB",
    ],
)
def test_a_renamed_file_is_still_of_its_student(gather, name):
    done = gather({name: made.notebook()}, roster=True)
    (found,) = done.collected.handins
    assert found.student == "s1000001"
    assert found.file.endswith(".ipynb")
    assert found.original == name
    assert done.clear


def test_a_copy_that_nobody_can_place_is_not_mixed_with_another(gather):
    done = gather({"week1.ipynb": made.notebook(1), "week1 (1).ipynb": made.notebook(2)}, roster=True)
    assert len(done.collected.handins) == 2
    assert [one.kind for one in kinds(done)] == ["unknown", "unknown"]
    assert not done.clear


def test_a_copy_without_a_roster_is_not_clear(gather):
    done = gather({"s1.ipynb": made.notebook(1), "s1 (1).ipynb": made.notebook(2)})
    assert [one.student for one in done.collected.handins] == ["s1", "s1 (1)"]
    assert [one.kind for one in kinds(done)] == ["unclear"]


def test_a_student_who_is_not_in_the_roster_is_told_with_the_nearest(gather):
    done = gather(made.brightspace({f"9-1 - Jan de Fries - {DAY}/week1.ipynb": made.notebook()}), roster=True)
    (problem,) = kinds(done)
    assert problem.kind == "unknown"
    assert "Did you mean s1000001 (Jan de Vries)" in problem.text
    assert len(done.collected.handins) == 1  # nobody's work is left behind


def test_two_students_with_one_name_are_not_mixed(gather):
    files = {
        f"12-1 - Piet Jansen - {DAY}/week1.ipynb": made.notebook(1),
        f"13-1 - Piet Jansen - {DAY}/week1.ipynb": made.notebook(2),
    }
    done = gather(made.brightspace(files), roster=True)
    assert len(done.collected.handins) == 2
    assert "s1000005 (Piet Jansen) or s1000006 (Piet Jansen)" in kinds(done)[0].text
    done = gather(made.brightspace(files), roster=True, told={"12-1": "s1000006", "13-1": "s1000005"})
    answers = {one.student: one.read().count(b"residents = 2") for one in done.collected.handins}
    assert answers == {"s1000005": 1, "s1000006": 0}
    assert done.clear


def test_without_a_roster_a_shared_name_is_told_apart_by_number(gather):
    files = {f"{one}-1 - Piet Jansen - {DAY}/week1.ipynb": made.notebook(one) for one in (12, 13)}
    done = gather(made.brightspace(files))
    assert [one.student for one in done.collected.handins] == ["Piet Jansen (12-1)", "Piet Jansen (13-1)"]


# ------------------------------------------------------------------ several notebooks, several times


def test_the_notebook_of_the_assignment_is_chosen_from_several(gather):
    done = gather(
        made.packed(
            {
                "s1000001/a.ipynb": made.notebook(1),
                "s1000001/z.ipynb": made.other_notebook(),
                "s1000001/week2.ipynb": made.notebook(2, "week2"),
            }
        ),
        roster=True,
    )
    (found,) = done.collected.handins
    assert found.file == "s1000001/a.ipynb"
    assert found.notes[0] == "3 notebooks; a.ipynb fits the assignment best. Also there: z.ipynb, week2.ipynb."


def test_a_notebook_of_another_assignment_is_told(gather):
    done = gather({"s1000001.ipynb": made.notebook(1, "week2")}, roster=True)
    assert "of another assignment, week2" in kinds(done)[0].text
    assert done.collected.handins[0].file


def test_of_several_hand_ins_the_last_counts_and_the_others_are_named(gather):
    files = {
        "12345-1 - Jan de Vries - 25 November, 2026 1203 AM/week1 (1).ipynb": made.notebook(2),
        "12345-1 - Jan de Vries - 24 November, 2026 1103 PM/week1.ipynb": made.notebook(1),
    }
    done = gather(made.brightspace(files), roster=True)
    (found,) = done.collected.handins
    assert found.file == "s1000001/week1 (1).ipynb"
    assert found.attempt == 2
    assert "12345-1 - Jan de Vries - 24 November, 2026 1103 PM" in found.notes[0]
    done = gather(made.brightspace(files), roster=True, choose={"s1000001": "1103 PM"})
    assert done.collected.handins[0].file == "s1000001/week1.ipynb"
    assert done.states == {"s1000001": "replaced"}


def test_a_last_hand_in_without_a_notebook_adds_to_the_one_before(gather):
    done = gather(
        made.brightspace(
            {
                f"12345-1 - Jan de Vries - {DAY}/week1.ipynb": made.notebook(1),
                "12345-1 - Jan de Vries - 25 November, 2026 1203 AM/reflect.docx": b"PK\x03\x04",
            }
        ),
        roster=True,
    )
    (found,) = done.collected.handins
    assert found.files == ["s1000001/reflect.docx", "s1000001/week1.ipynb"]
    assert "the one before it counts" in kinds(done)[0].text


def test_members_who_hand_in_different_files_are_told(gather):
    files = {
        f"3-1 - José Yıldız - {DAY}/week1.ipynb": made.notebook(1),
        "4-1 - Mária Smit - 24 November, 2026 1159 PM/week1.ipynb": made.notebook(2),
    }
    done = gather(made.brightspace(files), roster=True)
    (found,) = done.collected.handins
    assert (found.student, found.members) == ("s1000004", ["s1000003", "s1000004"])
    assert "handed in different notebooks" in kinds(done)[0].text
    done = gather(made.brightspace(files), roster=True, choose={"A": "s1000003"})
    assert done.collected.handins[0].student == "s1000003"


def test_members_who_hand_in_the_same_file_are_no_problem(gather):
    files = {f"{one} - {DAY}/week1.ipynb": made.notebook(1) for one in ("3-1 - José Yıldız", "4-1 - Mária Smit")}
    done = gather(made.brightspace(files), roster=True)
    assert done.clear
    assert "Handed in by s1000003 too, the same file." in done.collected.handins[0].notes


def test_the_same_file_of_two_students_is_told_without_a_verdict(gather):
    done = gather({"s1000001.ipynb": made.notebook(1), "s1000002.ipynb": made.notebook(1)}, roster=True)
    (problem,) = kinds(done, "same")
    assert "s1000001, s1000002" in problem.text
    assert "proves nothing" in problem.text
    assert done.clear


def test_notes_are_in_the_language_of_the_student_and_problems_in_that_of_the_lecturer(gather):
    files = {
        "3-1 - José Yıldız - 24 November, 2026 1103 AM/week1.ipynb": made.notebook(1),
        "3-1 - José Yıldız - 26 November, 2026 1233 AM/week1 (1).ipynb": made.notebook(2),
        "3-1 - José Yıldız - 26 November, 2026 1233 AM/w.zip": made.packed({"../x": b""}),
        f"2-1 - Noor Bakker - {DAY}/week1.docx": b"PK",
    }
    done = gather(made.brightspace(files), roster=True)
    english, dutch = done.collected.handins
    assert done.notes["s1000003"][0].startswith("Handed in 2 times; this one counts:")
    assert dutch.notes[0].startswith("2 keer ingeleverd; deze telt:")
    assert dutch.notes[1].startswith("w.zip is geweigerd: er zit ../x in, een pad dat buiten")
    assert dutch.late.text == "23 uur te laat, na 1,5 uur extra tijd; de regeling zegt 10 % minder."
    assert english.notes == ["week1.docx is a document, not a notebook. Needed: the .ipynb file itself."]
    assert kinds(done, "refused")[0].text.startswith("w.zip is refused: it holds ../x, a path")


# ------------------------------------------------------------------ names


def test_odd_names_are_kept_apart_and_fit_for_windows(gather, tmp_path):
    names = [
        "wéék 1.ipynb",
        "we\u0301e\u0301k 1.ipynb",  # the same, in letters and accents
        "Week1.ipynb",
        "week1.ipynb",
        "a+b #1 🙂.ipynb",
        'wat? "zo": <dit>|*.ipynb',
        "CON.ipynb",
        "x" * 300 + ".ipynb",
        "ü" * 200 + ".ipynb",
        "end. .ipynb",
    ]
    sent = {f"s1000001/{name}": made.notebook(number) for number, name in enumerate(names)}
    done = gather(made.packed(sent), roster=True)
    assert len(done.collected.handins) == 1
    written = [path.name for path in (tmp_path / "collected" / "s1000001").iterdir()]
    assert len(written) == len(names)
    assert len({one.casefold() for one in written}) == len(names)
    assert all(len(one.encode()) <= 130 and not set(one) & set('<>:"/\\|?*') for one in written)
    assert {"wéék 1.ipynb", "wéék 1-2.ipynb", "a+b #1 🙂.ipynb", "_CON.ipynb"} <= set(written)
    assert done.clear


@pytest.mark.parametrize(
    "name", ["José Yıldız.ipynb".encode(), "José Yildiz.ipynb".encode("cp437")], ids=["utf-8 unsaid", "cp437"]
)
def test_names_of_old_code_pages_are_read(gather, name):
    done = gather(made.old_names({name: made.notebook()}), roster=True)
    assert [one.student for one in done.collected.handins] == ["s1000003"]


def test_a_name_with_a_russian_accent_is_repaired(gather):
    mangled = "José Yildiz".encode().decode("cp866")
    done = gather(made.brightspace({f"3-1 - {mangled} - {DAY}/week1.ipynb": made.notebook()}), roster=True)
    assert done.collected.handins[0].group == "A"


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (made.packed({"../week1.ipynb": made.notebook()}), "outside its folder"),
        (made.packed({"a/../../week1.ipynb": made.notebook()}), "outside its folder"),
        (made.packed({"/tmp/week1.ipynb": made.notebook()}), "outside its folder"),
        (made.packed({"C:\\week1.ipynb": made.notebook()}), "outside its folder"),
        (made.packed({"c:week1.ipynb": made.notebook()}), "outside its folder"),
        (made.packed({"..\\week1.ipynb": made.notebook()}), "outside its folder"),
        (made.packed({"week1.ipynb\x00.txt": made.notebook()}), "outside its folder"),
        (made.packed({"/".join("a" * 20) + "/week1.ipynb": made.notebook()}), "too deep"),
        (made.with_kind("week1.ipynb", b"/etc/passwd", stat.S_IFLNK), "a link"),
        (made.with_kind("week1.ipynb", b"", stat.S_IFIFO), "a link or no plain file"),
        (made.with_kind("week1.ipynb", b"", stat.S_IFCHR), "a link or no plain file"),
        (made.locked(), "password"),
        (made.cut_short(), "broken"),
        (made.damaged(), "cannot be unpacked"),
        (b"PK\x03\x04 not a zip at all", "broken"),
        (b"", "broken"),
        (made.bomb(), "times as large"),
        (made.lying_bomb(), "cannot be unpacked"),
        (made.in_zips(4), "lies in"),
        (made.packed({f"{number}.txt": b"" for number in range(1100)}), "1100 files, more than 1000"),
    ],
)
def test_an_unsafe_hand_in_is_refused_and_the_others_go_on(gather, tmp_path, data, says):
    done = gather(
        made.packed({"s1000001.zip": data, "s1000002.zip": made.packed({"week1.ipynb": made.notebook()})}),
        roster=True,
    )
    refused = kinds(done, "refused")
    assert len(refused) == 1
    assert says in refused[0].text
    assert "\n" not in refused[0].text
    assert refused[0].student == "s1000001"
    assert not done.clear
    found = by_student(done)
    assert (found["s1000001"].file, found["s1000002"].file) == ("", "s1000002/week1.ipynb")
    outside = {one.name for one in tmp_path.iterdir()} - {"in", "collected", "roster.csv"}
    assert outside == set()
    assert sorted(one.name for one in (tmp_path / "collected").iterdir()) == ["collected.json", "s1000001", "s1000002"]


def test_an_unsafe_file_in_the_download_itself_leaves_the_others(gather):
    done = gather(made.packed({"../s1000001.ipynb": made.notebook(), "s1000002.ipynb": made.notebook(2)}), roster=True)
    assert [one.student for one in done.collected.handins] == ["s1000002"]
    assert "outside its folder" in kinds(done, "refused")[0].text


def test_giant_files_are_refused_before_they_are_read(gather, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "BIGGEST_FILE", 2000)
    monkeypatch.setattr(archives, "BIGGEST_HANDIN", 5000)
    giant = made.packed({"week1.ipynb": made.notebook("1" * 3000)}, method=0)
    many = made.packed({f"{one}.ipynb": made.notebook("1" * 1500) for one in range(4)}, method=0)
    done = gather(
        {"s1000001.zip": giant, "s1000002.zip": many, "s1000005.ipynb": made.notebook("1" * 3000)}, roster=True
    )
    assert len(kinds(done, "refused")) == 3
    assert [one.file for one in done.collected.handins] == ["", "", ""]


def test_a_giant_file_beside_a_notebook_is_left_out_alone(gather, monkeypatch):
    monkeypatch.setattr(archives, "BIGGEST_FILE", 2000)
    inside = made.packed({"week1.ipynb": made.notebook(), "film.mp4": b"0123" * 1000}, method=0)
    done = gather(made.packed({"s1000001.zip": inside}), roster=True)
    assert done.collected.handins[0].files == ["s1000001/week1.ipynb"]
    assert "film.mp4 is 0.0 MB" in kinds(done, "refused")[0].text


def test_a_broken_download_does_not_stop_another(tmp_path):
    (tmp_path / "a.zip").write_bytes(made.cut_short())
    (tmp_path / "b.zip").write_bytes(made.packed({"s1.ipynb": made.notebook()}))
    (tmp_path / "empty").mkdir()
    done = collect([tmp_path / "a.zip", tmp_path / "b.zip", tmp_path / "empty"], tmp_path / "collected")
    assert [one.student for one in done.collected.handins] == ["s1"]
    assert [one.kind for one in done.collected.problems] == ["refused"]
    done = collect(tmp_path / "empty", tmp_path / "collected2")
    assert "nothing in it" in done.collected.problems[0].text


def test_links_in_a_folder_are_not_followed(gather, tmp_path):
    (tmp_path / "secret.ipynb").write_bytes(made.notebook("secret"))
    (tmp_path / "in" / "s1000002").mkdir(parents=True)
    (tmp_path / "in" / "s1000001.ipynb").symlink_to(tmp_path / "secret.ipynb")
    (tmp_path / "in" / "s1000002" / "all").symlink_to(tmp_path)
    done = gather({"s1000003.ipynb": made.notebook()}, roster=True)
    assert [one.student for one in done.collected.handins] == ["s1000003"]
    assert ["is a link" in one.text for one in kinds(done, "refused")] == [True, True]


# ------------------------------------------------------------------ what is no notebook


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("week1.docx", b"PK\x03\x04", "is a document"),
        ("week1.html", b"<!DOCTYPE html><html></html>", "page made from a notebook"),
        ("week1.ipynb", b"<html><body>Sign in</body></html>", "page made from a notebook"),
        ("week1.py", b"residents = 1", "Python program"),
        ("week1.ipynb", b"", "is empty"),
        ("week1.ipynb", b"   \n", "is empty"),
        ("week1.ipynb", made.notebook()[:-30], "cannot be read as one"),
        ("week1.ipynb", b'{"cells": 3}', "cannot be read as one"),
        ("photo.jpg", b"\xff\xd8\xff", "is a picture"),
        ("week1.rar", b"Rar!", "archive that is not opened"),
    ],
)
def test_what_is_no_notebook_is_told_with_what_to_ask(gather, name, data, says):
    done = gather({f"s1000001/{name}": data, "s1000002/week1.ipynb": made.notebook()}, roster=True)
    (problem,) = kinds(done)
    assert (problem.kind, problem.student) == ("unclear", "s1000001")
    assert says in problem.text
    assert "Needed: " in problem.text
    assert problem.text in done.collected.handins[0].notes


def test_a_record_without_the_notebook_that_is_asked_for_is_told(gather):
    done = gather({"s1000001/p-2026-soup.yaml": b"id: p-2026-soup\n"}, roster=True)
    assert "Needed: the .ipynb file too." in kinds(done)[0].text


def test_the_lecturers_own_files_are_no_hand_ins(gather):
    done = gather({"s1.ipynb": made.notebook(), "roster.csv": b"student", "README.md": b"#", "s2.docx": b"PK"})
    assert [one.student for one in done.collected.handins] == ["s1", "s2"]
    assert [one.where for one in kinds(done, "note")] == ["README.md", "roster.csv"]


def test_junk_is_passed_over(gather):
    done = gather(
        made.packed(
            {
                "s1000001/week1.ipynb": made.notebook(),
                "s1000001/.DS_Store": b"\x00",
                "s1000001/.ipynb_checkpoints/week1-checkpoint.ipynb": made.notebook(2),
                "__MACOSX/s1000001/._week1.ipynb": b"\x00",
            }
        ),
        roster=True,
    )
    assert done.collected.handins[0].files == ["s1000001/week1.ipynb"]
    assert done.clear


def test_a_notebook_in_another_encoding_is_kept_as_utf8(gather):
    done = gather({"s1000001.ipynb": made.notebook().decode().encode("utf-16")}, roster=True)
    assert done.collected.handins[0].read() == made.notebook()


# ------------------------------------------------------------------ again


def test_collecting_again_adds_only_what_is_new(gather, tmp_path):
    first = {"s1000001.ipynb": made.notebook(1), "s1000002.ipynb": made.notebook(2)}
    gather(first)
    place = tmp_path / "collected"
    before = {path: path.stat().st_mtime_ns for path in place.rglob("*.ipynb")}
    again = gather({"s1000003.ipynb": made.notebook(3)})
    assert again.states == {"s1000001": "unchanged", "s1000002": "unchanged", "s1000003": "new"}
    assert {path: path.stat().st_mtime_ns for path in before} == before
    text = (place / "collected.json").read_bytes()
    gather({})
    assert (place / "collected.json").read_bytes() == text


def test_a_changed_hand_in_replaces_the_old_one_and_says_so(gather, tmp_path):
    gather(made.brightspace({f"1-1 - Jan de Vries - {DAY}/week1.ipynb": made.notebook(1)}), roster=True)
    later = {"1-1 - Jan de Vries - 25 November, 2026 1000 AM/new.ipynb": made.notebook(2)}
    done = gather(made.brightspace(later), roster=True)
    (found,) = done.collected.handins
    assert done.states == {"s1000001": "replaced"}
    assert found.attempt == 2
    assert "This replaces what was collected before" in found.notes[-1]
    assert [one.name for one in (tmp_path / "collected" / "s1000001").iterdir()] == ["new.ipynb"]


def test_an_older_download_does_not_replace_a_later_hand_in(gather):
    later = {"1-1 - Jan de Vries - 25 November, 2026 1000 AM/new.ipynb": made.notebook(2)}
    gather(made.brightspace(later), roster=True)
    done = gather(made.brightspace({f"1-1 - Jan de Vries - {DAY}/week1.ipynb": made.notebook(1)}), roster=True)
    assert done.states == {"s1000001": "kept"}
    assert done.collected.handins[0].file == "s1000001/new.ipynb"


def test_a_folder_of_something_else_is_not_written_to(gather, tmp_path):
    (tmp_path / "collected").mkdir()
    (tmp_path / "collected" / "thesis.docx").write_text("mine")
    with pytest.raises(LabkitError, match="not empty"):
        gather({"s1.ipynb": made.notebook()})
    assert [one.name for one in (tmp_path / "collected").iterdir()] == ["thesis.docx"]


def test_what_a_run_that_was_cut_short_left_is_cleared(gather, tmp_path):
    gather({"s1.ipynb": made.notebook()})
    left = tmp_path / "collected" / ".collecting-abc" / "new"
    left.mkdir(parents=True)
    (tmp_path / "collected" / "s1" / "s1.ipynb").unlink()
    done = gather({})
    assert done.states == {"s1": "replaced"}
    assert not left.parent.exists()
    assert done.collected.handins[0].read() == made.notebook()


def test_a_run_that_is_stopped_loses_nothing(gather, tmp_path):
    def stop(number, of):
        if number == 2:
            raise KeyboardInterrupt

    files = {f"s{one}.ipynb": made.notebook(one) for one in range(4)}
    with pytest.raises(KeyboardInterrupt):
        gather(files, progress=stop)
    done = gather(files)
    assert [one.read() for one in done.collected.handins] == list(files.values())
    assert sorted(one.name for one in (tmp_path / "collected").iterdir()) == ["collected.json", "s0", "s1", "s2", "s3"]


@given(
    st.lists(
        st.text(st.sampled_from("ab/\\.: \x00\x1b\n~é\u0301*CON"), min_size=1, max_size=12).map(
            lambda one: f"{one}.ipynb"
        ),
        max_size=6,
        unique=True,
    )
)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_names_nothing_is_written_elsewhere(tmp_path, names):
    place = Path(tempfile.mkdtemp(dir=tmp_path))
    (place / "in").mkdir()
    (place / "in" / "d.zip").write_bytes(made.packed({name: made.notebook(name.encode()) for name in names}))
    before = {one: one.read_bytes() for one in place.rglob("*") if one.is_file()}
    done = collect(place / "in" / "d.zip", place / "out")
    outside = {
        one: one.read_bytes() for one in place.rglob("*") if one.is_file() and not one.is_relative_to(place / "out")
    }
    assert outside == before
    assert read_collected(place / "out") == done.collected
    refused = sum(one.kind == "refused" for one in done.collected.problems)
    kept = sum(len(one.files) for one in done.collected.handins)
    junk = sum(is_junk(name) for name in names)
    if all(one.attempt == 1 for one in done.collected.handins):  # else an earlier one is named in the notes
        assert refused + kept == len(names) - junk


def test_the_folder_that_is_written_to_is_not_collected_itself(tmp_path):
    (tmp_path / "s1.ipynb").write_bytes(made.notebook())
    collect(tmp_path, tmp_path / "collected")
    done = collect(tmp_path, tmp_path / "collected")
    assert [one.student for one in done.collected.handins] == ["s1"]
