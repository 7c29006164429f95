"""The folder of a register: many writers, killed programs, full disks and faulty files, and no record lost."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_records import partner, question

from labkit.errors import LabkitError, PackageError, UnknownNameError
from labkit.register.differences import Differences
from labkit.register.errors import BusyError, ConflictError, ReadOnlyError, RecordError
from labkit.register.folder import Folder

WRITER = Path(__file__).parent / "register_writer.py"


@pytest.fixture
def folder(tmp_path):
    made = Folder.create(tmp_path / "register")
    made.save(question("q-a"))
    made.save(partner("org-a"))
    return made


def leftovers(folder):
    return [one.name for one in folder.path.rglob("*.part")]


def test_a_saved_record_is_read_back(folder):
    book, entries = folder.read_all()
    assert set(book.records) == set(entries) == {"q-a", "org-a"}
    assert book.faults == []
    assert book["q-a"] == question("q-a")


def test_a_new_record_never_overwrites_one(folder):
    with pytest.raises(LabkitError, match="already"):
        folder.save(question("q-a", title_en="Another"))
    assert folder.read("q-a").record == question("q-a")


def test_a_change_by_another_is_told_field_by_field_and_kept(folder):
    mine, theirs = folder.read("q-a"), folder.read("q-a")
    folder.save(theirs.record.with_(status="running", note_en="Theirs"), theirs)
    with pytest.raises(ConflictError) as caught:
        folder.save(mine.record.with_(status="answered", text_en="Mine"), mine)
    found = {one.field: (one.opened, one.theirs, one.yours, one.clashes) for one in caught.value.differences}
    assert found == {
        "status": ("new", "running", "answered", True),
        "note_en": (None, "Theirs", None, False),
        "text_en": (None, None, "Mine", False),
    }
    assert caught.value.differences.merged is None
    assert "status" in str(caught.value)
    assert folder.read("q-a").record.status == "running"


def test_changes_in_other_fields_can_be_kept_together(folder):
    mine, theirs = folder.read("q-a"), folder.read("q-a")
    folder.save(theirs.record.with_(note_en="Theirs"), theirs)
    with pytest.raises(ConflictError, match="merge=True"):
        folder.save(mine.record.with_(status="running"), mine)
    both = folder.save(mine.record.with_(status="running"), mine, merge=True).record
    assert (both.status, both.note_en) == ("running", "Theirs")
    assert folder.read("q-a").record == both


def test_a_comment_by_another_is_no_conflict_and_stays(folder):
    mine = folder.read("q-a")
    path = folder.file("q-a")
    path.write_text("# a word of theirs\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    folder.save(mine.record.with_(status="running"), mine)
    assert path.read_text(encoding="utf-8").startswith("# a word of theirs\n")
    assert folder.read("q-a").record.status == "running"


def test_a_record_deleted_by_another_is_told(folder):
    mine = folder.read("q-a")
    folder.delete("q-a")
    with pytest.raises(ConflictError, match="deleted"):
        folder.save(mine.record.with_(status="running"), mine)
    assert not folder.file("q-a").exists()


def test_a_changed_record_is_not_deleted_unseen(folder):
    mine = folder.read("q-a")
    folder.save(mine.record.with_(status="running"), mine)
    with pytest.raises(ConflictError):
        folder.delete("q-a", mine)
    assert folder.file("q-a").exists()


def test_a_file_that_another_broke_is_not_overwritten(folder):
    mine = folder.read("q-a")
    folder.file("q-a").write_text("id: q-a\nid: q-a\n", encoding="utf-8")
    with pytest.raises(RecordError, match="twice"):
        folder.save(mine.record.with_(status="running"), mine)
    assert folder.file("q-a").read_text(encoding="utf-8") == "id: q-a\nid: q-a\n"


def test_deleted_records_come_back(folder):
    place = folder.delete("q-a")
    assert place.exists()
    assert "q-a" not in folder.read_all()[0]
    assert folder.restore("q-a").record == question("q-a")
    with pytest.raises(UnknownNameError):
        folder.restore("q-b")


def test_a_faulty_file_hides_nothing_else(folder):
    questions = folder.path / "questions"
    (questions / "q-tab.yaml").write_text("id: q-tab\n\ttitle_en: x\n", encoding="utf-8")
    (questions / "q-latin.yaml").write_bytes("id: q-latin\ntitle_nl: caf\xe9\n".encode("latin-1"))
    (questions / "q-copy.yaml").write_bytes(folder.file("q-a").read_bytes())
    (questions / "q-b.yml").write_text("id: q-b\n", encoding="utf-8")
    (questions / ".q-a.yaml.x.part").write_text("half", encoding="utf-8")
    (questions / "q-a.yaml~").write_text("an editor's copy", encoding="utf-8")
    (questions / "p-wrong.yaml").write_text("id: p-wrong\nvisibility: public\n", encoding="utf-8")
    book, _ = folder.read_all()
    assert set(book.records) == {"q-a", "org-a"}
    told = {(one.file, one.line) for one in book.faults}
    assert ("questions/q-tab.yaml", 2) in told
    assert ("questions/q-latin.yaml", 2) in told
    assert ("questions/q-copy.yaml", 0) in told
    assert ("questions/q-b.yml", 0) in told
    assert {file for file, _ in told} == {
        f"questions/{name}" for name in ("q-tab.yaml", "q-latin.yaml", "q-copy.yaml", "q-b.yml", "p-wrong.yaml")
    }
    assert all(one.message and one.advice for one in book.faults)


def test_two_files_with_one_id_are_told(folder):
    copy = folder.path / "questions" / "q-a (copy).yaml"
    copy.write_bytes(folder.file("q-a").read_bytes())
    [fault] = folder.read_all()[0].faults
    assert fault.file == "questions/q-a (copy).yaml"
    assert "q-a" in fault.message


def test_a_byte_order_mark_and_windows_line_ends_are_fine(folder):
    path = folder.file("q-a")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    entry = folder.read("q-a")
    assert entry.record == question("q-a")
    folder.save(entry.record.with_(status="running"), entry)
    assert folder.read("q-a").record.status == "running"


def test_settings_that_cannot_be_read_are_told(folder):
    (folder.path / "register.yaml").write_text("programmes:\n  - llp\n", encoding="utf-8")
    [fault] = folder.read_all()[0].faults
    assert (fault.file, fault.line) == ("register.yaml", 2)


def test_a_folder_that_is_none(tmp_path):
    with pytest.raises(PackageError, match="no register"):
        Folder.open(tmp_path / "none")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(LabkitError, match="not empty"):
        Folder.create(tmp_path / "full")


def test_the_register_inside_labkit_stays_as_it_is():
    import labkit

    with pytest.raises(ReadOnlyError, match="copy"):
        Folder(Path(labkit.__file__).parent / "cities" / "x" / "register").save(question("q-a"))


def test_a_writer_waits_only_so_long(folder):
    from filelock import FileLock

    with FileLock(folder.path / ".lock"), pytest.raises(BusyError, match="Another program"):
        Folder(folder.path, patience=0.2).save(question("q-b"))
    assert not folder.file("q-b").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is set in the Unix way")
def test_a_full_disk_leaves_the_old_record(folder):
    """A limit on the size of files stands for a disk on which nothing more fits: writing fails half-way."""
    code = f"""
import resource, signal
from labkit.errors import LabkitError
from labkit.register.folder import Folder
folder = Folder({str(folder.path)!r})
entry = folder.read("q-a")
long = entry.record.with_(text_en="x" * 5000)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
import ruamel.yaml, filelock
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    folder.save(long, entry)
except LabkitError as error:
    print(error)
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "could not be written" in said
    assert folder.read("q-a").record == question("q-a")
    assert leftovers(folder) == []


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix signal")
def test_twenty_writers_lose_nothing_though_some_are_killed(tmp_path, in_ci):
    """Real programs save at the same time, and are killed with -9; what a program was told is saved, is there."""
    folder = Folder.create(tmp_path / "register")
    names = [f"q-{n}" for n in range(12)]
    for name in names:
        folder.save(question(name))
    rng, killed, started = random.Random(1), 0, 0

    def start():
        nonlocal started
        started += 1
        log = tmp_path / f"writer-{started}.log"
        return subprocess.Popen([sys.executable, str(WRITER), str(folder.path), str(log), str(started)])

    end = time.monotonic() + (60 if in_ci else 15)
    latest = end + 120  # on a busy machine programs take long to start
    running = [start() for _ in range(20)]
    reads = 0
    while time.monotonic() < end or (time.monotonic() < latest and not_yet(tmp_path)):
        time.sleep(0.5)
        book, _ = folder.read_all()  # a reader needs no lock, and never sees half a record
        assert book.faults == []
        reads += 1
        place = rng.randrange(len(running))
        running[place].send_signal(signal.SIGKILL)
        running[place].wait()
        killed += 1
        running[place] = start()
    for one in running:
        one.send_signal(signal.SIGTERM)
        assert one.wait(60) in (0, -signal.SIGTERM)  # or it was only just starting

    told = [json.loads(line) for log in tmp_path.glob("writer-*.log") for line in whole_lines(log)]
    saved = [(one["id"], one["token"]) for one in told if one["what"] == "saved"]
    conflicts = [one for one in told if one["what"] == "conflict"]
    book, _ = folder.read_all()
    assert book.faults == []
    for id, token in saved:
        assert token in book[id].sources
    tokens = [token for one in book for token in one.sources]
    assert len(tokens) == len(set(tokens))
    # Nothing is there that nobody meant to save: at most one unlogged save for each program that was killed.
    assert len(set(tokens) - {token for _, token in saved}) <= killed
    assert min(len(saved), len(conflicts), killed, reads) > 10
    assert [one for one in told if one["what"] not in ("saved", "conflict", "busy")] == []
    for program in range(1, started + 1):
        assert sum(f"/{program}/" in one for one in tokens) >= sum(f"/{program}/" in token for _, token in saved)


def not_yet(folder):
    """Whether too little has been saved, or too few conflicts were told, to say anything."""
    told = [json.loads(line)["what"] for log in folder.glob("writer-*.log") for line in whole_lines(log)]
    return min(told.count("saved"), told.count("conflict")) <= 10


def whole_lines(log):
    """Return the lines that were written to the end; the last one of a killed program may be cut."""
    text = log.read_text(encoding="utf-8") if log.exists() else ""
    return text[: text.rfind("\n") + 1].splitlines()


def test_only_one_of_many_makes_a_new_record(tmp_path):
    folder = Folder.create(tmp_path / "register")
    code = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
from made_up_records import question
from labkit.errors import LabkitError
from labkit.register.folder import Folder
try:
    Folder(Path({str(folder.path)!r})).save(question("q-new", note_en=sys.argv[1]))
    print(sys.argv[1])
except LabkitError:
    pass
"""
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(n)], stdout=subprocess.PIPE, text=True) for n in range(8)
    ]
    winners = [out for one in running if (out := one.communicate()[0].strip())]
    assert len(winners) == 1
    assert folder.read("q-new").record.note_en == winners[0]


def test_what_a_killed_program_left_is_cleared_after_an_hour(folder):
    old, fresh = (folder.path / "questions" / f".q-a.yaml.{name}.part" for name in ("old", "fresh"))
    for one in (old, fresh):
        one.write_text("half", encoding="utf-8")
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    Folder(folder.path).save(question("q-b"))
    assert (old.exists(), fresh.exists()) == (False, True)


def test_lists_to_which_both_added_go_together(folder):
    mine, theirs = folder.read("q-a"), folder.read("q-a")
    folder.save(theirs.record.with_(themes=["safety", "ehealth"]), theirs)
    both = folder.save(mine.record.with_(themes=["safety", "loneliness"]), mine, merge=True).record
    assert both.themes == ["safety", "loneliness", "ehealth"]


@given(
    st.lists(st.integers(0, 6), unique=True),
    st.lists(st.integers(0, 9), unique=True),
    st.lists(st.integers(0, 9), unique=True),
)
def test_a_joined_list_has_what_either_added_and_nothing_twice(opened, theirs, yours):
    merged = Differences({"a": opened}, {"a": theirs}, {"a": yours}).merged
    if merged is not None:
        found = merged.get("a", [])
        assert len(found) == len(set(found))
        assert set(found) == (set(opened) & set(theirs) & set(yours)) | (set(theirs) | set(yours)) - set(opened)


def test_git_merges_fields_that_stand_side_by_side(tmp_path):
    """With labkit as merge driver, two branches that change neighbouring fields and add to one list go together."""
    driver = f'"{Path(sys.executable).as_posix()}" -m labkit register merge %O %A %B'

    def git(*words):
        return subprocess.run(
            ["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@example.org", *words],
            check=False,
            capture_output=True,
            text=True,
        )

    if git("init", "-q", "-b", "main").returncode:
        pytest.skip("there is no git here")
    git("config", "merge.labkit-register.driver", driver)
    folder = Folder.create(tmp_path / "register")
    folder.save(question("q-a"))
    git("add", "-A")
    git("commit", "-qm", "first")
    for branch, changes in (
        ("one", {"status": "running", "themes": ["safety", "ehealth"]}),
        ("two", {"asker_kind": "school", "themes": ["safety", "loneliness"]}),
    ):
        git("checkout", "-q", "-b", branch, "main")
        entry = folder.read("q-a")
        folder.save(entry.record.with_(**changes), entry)
        git("commit", "-qam", branch)
    merged = git("merge", "-q", "--no-edit", "one")
    assert merged.returncode == 0, merged.stdout + merged.stderr
    record = folder.read("q-a").record
    assert (record.status, record.asker_kind, sorted(record.themes)) == (
        "running",
        "school",
        ["ehealth", "loneliness", "safety"],
    )
    git("checkout", "-q", "-b", "three", "one")
    entry = folder.read("q-a")
    folder.save(entry.record.with_(status="answered"), entry)
    git("commit", "-qam", "three")
    git("checkout", "-q", "one")
    entry = folder.read("q-a")
    folder.save(entry.record.with_(status="parked"), entry)
    git("commit", "-qam", "one again")
    assert git("merge", "-q", "--no-edit", "three").returncode != 0
    assert "<<<<<<<" in folder.file("q-a").read_text(encoding="utf-8")
    [fault] = folder.read_all()[0].faults
    assert "Two versions" in fault.message
