"""Cells of a hand-in run as in a notebook, in a process of their own; their answers come back as data."""

import datetime as dt
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import labkit as lk
from labkit.area import Area
from labkit.assignments.answers import FunctionProxy, Missing, Tabled, Unreadable
from labkit.assignments.child.cells import TimeUp, by_thread
from labkit.assignments.header import Limits
from labkit.assignments.processes import can_fork, container_command
from labkit.assignments.runner import Warm
from labkit.assignments.sandbox import landlock, seccomp
from labkit.errors import LabkitError


@pytest.fixture(scope="module")
def warm():
    with Warm(city="leiden") as warm:
        yield warm


@pytest.fixture(scope="module")
def session(warm):
    with warm.session(files={"data/counts.csv": b"area,count\nA,1\nB,2\n"}, assignment_json=b"{}") as session:
        yield session


# --- as in a notebook ---------------------------------------------------------------------------------------------


def test_the_last_value_is_shown_and_prints_are_kept(session):
    outcome = session.run("print('first')\n3 + 4")
    assert (outcome.status, outcome.printed, outcome.shown) == ("ok", "first\n", "7")
    assert session.run("3 + 4;").shown == ""


def test_what_a_notebook_can_do(session):
    assert session.run("%%time\n1 + 1").shown == "2"
    assert session.run("import asyncio\nawait asyncio.sleep(0)\n5").shown == "5"
    assert session.run("display({'a': 1})").printed == "{'a': 1}\n"
    assert session.run("_ + 1").shown == "6"
    assert (
        session.run("from pathlib import Path\nsorted(p.name for p in Path('.').iterdir())").shown
        == "['assignment.json', 'data']"
    )
    assert session.run("import pandas as pd\nlen(pd.read_csv('data/counts.csv'))").shown == "2"
    assert session.run("import warnings\nwarnings.warn('odd')\n8").shown == "8"


def test_an_error_shows_the_lines_of_the_student_only(session):
    session.run("def share(part, whole):\n    return part / whole", "cell 4")
    outcome = session.run("a = 1\nshare(a, 0)", "cell 5")
    assert (outcome.status, outcome.kind, outcome.message) == ("error", "ZeroDivisionError", "division by zero")
    assert outcome.text.split("\n") == [
        "cell 5, line 2: share(a, 0)",
        "cell 4, line 2, share(): return part / whole",
        "ZeroDivisionError: division by zero",
    ]
    inside = session.run("import pandas as pd\npd.DataFrame({'a': [1]})['b']", "cell 6").text
    assert inside == "cell 6, line 2: pd.DataFrame({'a': [1]})['b']\nKeyError: 'b'"
    wrong = session.run("x = (1,\ny = 2", "cell 7")
    assert (wrong.status, wrong.kind) == ("error", "SyntaxError")
    assert wrong.text.startswith("cell 7, line ")


def test_a_wrong_name_in_the_city_is_explained(session):
    outcome = session.run("import labkit as lk\nlk.open_city('leiden').areas.find('Merenwijck')")
    assert outcome.kind == "UnknownNameError"
    assert "Merenwijk" in outcome.message


def test_seeds_are_the_same_for_everyone(warm):
    source = "import random, numpy as np\n(random.random(), float(np.random.random()), hash('Leiden'))"
    with warm.session() as one, warm.session() as other:
        assert one.run(source).shown == other.run(source).shown
        assert one.run("import random\nrandom.seed(0)\nrandom.random()").shown == repr(random.Random(0).random())
        assert one.run("import time\ntime.tzname[0]").shown == "'CET'"


def test_files_of_a_folder_are_copied_without_links(warm, tmp_path):
    (tmp_path / "own.csv").write_text("a")
    (tmp_path / "outside").symlink_to("/etc")
    with warm.session(files=tmp_path) as session:
        assert session.run("import os\nos.listdir()").shown == "['own.csv']"
        session.run("open('own.csv', 'w').close()")
    assert (tmp_path / "own.csv").read_text() == "a"


@pytest.mark.parametrize("name", ["../out.csv", "/etc/out.csv", "a/../../out.csv", "."])
def test_names_that_lead_out_of_the_folder_are_refused(warm, name):
    with pytest.raises(LabkitError, match="leads out of its folder"):
        warm.session(files={name: b"x"})


def test_the_district_and_the_language_are_those_of_the_student(warm):
    with warm.session(district="WK054609", language="nl") as session:
        assert session.run("import os\nos.environ['LABKIT_DISTRICT']").shown == "'WK054609'"
        assert "er is niemand" in session.run("input()").message
        assert session.facts()["asked_district_for"] == []


def test_libraries_work_behind_the_locks(session):
    """What they write, reserve, read and start as threads is allowed."""
    session.run("import labkit as lk, geopandas as gpd\ncity = lk.open_city('leiden')")
    for source in (
        "city.districts.to_file('a.gpkg')\nlen(gpd.read_file('a.gpkg')) == len(city.districts)",
        "bool(city.districts.to_crs(28992).area.sum() > 0)",
        "len(city.map('lonely', year=2020).to_html()) > 10_000",
        "import vl_convert\nvl_convert.vegalite_to_png({'mark': 'point', 'data': {'values': [{}]}})[:4] == b'\\x89PNG'",
        "import sqlite3\nsqlite3.connect('a.db').execute('create table a (b)') is not None",
        "from concurrent.futures import ThreadPoolExecutor as Pool\nlist(Pool(3).map(abs, [-1, 2])) == [1, 2]",
        "import shutil, tempfile\nshutil.copy2('a.gpkg', tempfile.mkdtemp()) != ''",
        "import zoneinfo\nzoneinfo.ZoneInfo('Asia/Tokyo').key == 'Asia/Tokyo'",
    ):
        outcome = session.run(source)
        assert outcome.shown == "True", outcome.text


# --- answers ------------------------------------------------------------------------------------------------------


def test_answers_of_every_kind(session):
    session.run(
        """
        import datetime, numpy as np, pandas as pd, labkit as lk
        city = lk.open_city("leiden")
        residents, share, name, when = 14085, 0.25, "Stevenshof", datetime.date(2026, 11, 24)
        array, table, districts = np.arange(3), pd.DataFrame({"a": [1, None], "b": ["x", "y"]}), city.districts
        area, profile = city.areas.find("Stevenshof"), city.profile("Stevenshof")
        stub = ...
        def double(table, by=2): return table * by
        """.replace("\n        ", "\n")
    )
    leiden = lk.open_city("leiden")
    plain = [session.answer(name) for name in ("residents", "share", "name", "when", "stub")]
    assert plain == [14085, 0.25, "Stevenshof", dt.date(2026, 11, 24), ...]
    assert session.answer("array").tolist() == [0, 1, 2]
    assert session.answer("table")["b"].tolist() == ["x", "y"]
    assert session.answer("districts").crs.to_epsg() == 4326
    assert session.answer("districts").geometry.geom_equals(leiden.districts.geometry).all()
    area, profile = session.answer("area"), session.answer("profile")
    assert isinstance(area, Area)
    assert (area.code, area.parent.code) == ("WK054609", "GM0546")
    assert isinstance(profile, Tabled)
    assert profile.type == "Profile"
    assert profile.table.equals(leiden.profile("Stevenshof").table)
    double = session.answer("double")
    assert isinstance(double, FunctionProxy)
    assert double(session.answer("table")[["a"]], by=3)["a"].iloc[0] == 3
    assert session.answer("nowhere") == Missing("nowhere")
    assert session.answer("city") == Unreadable("City")


def test_sessions_run_side_by_side(warm):
    found = {}

    def work(number):
        with warm.session() as session:
            session.run(f"mine = {number}")
            session.run("import time\ntime.sleep(0.05)")
            found[number] = session.answer("mine")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: number for number in range(6)}


@pytest.mark.skipif(not can_fork(), reason="/proc is Linux's")
def test_nothing_is_left_of_sessions_that_ended(warm):
    def left():
        ends = len(list(Path("/proc/self/fd").iterdir()))
        folders = len(list(warm.folder.iterdir()))
        pid = warm.process._process.pid
        return ends, folders, Path(f"/proc/{pid}/task/{pid}/children").read_text().split(), threading.active_count()

    with warm.session() as session:
        session.run("1")
    before = left()
    for source in ("1", "import os\nos._exit(1)", "import ctypes\nctypes.string_at(0)", "open('a', 'w').write('b')"):
        with warm.session() as session:
            session.run(source)
    for _ in range(100):  # a thread that has just ended may still be counted
        if left() == before:
            break
        time.sleep(0.02)
    assert left() == before


def test_helpers_that_are_handed_in_can_be_imported(warm):
    files = {"helper.py": b"def double(n):\n    return n * 2\n\ndef fall():\n    return 1 / 0\n"}
    with warm.session(files=files) as session:
        assert session.run("import helper\nhelper.double(4)").shown == "8"
        assert session.run("helper.fall()", "cell 2").text.split("\n")[1] == "helper.py, line 5, fall(): return 1 / 0"
        assert session.run("%run helper.py\ndouble(2)").shown == "4"


def test_a_closed_session_answers_no_more(warm):
    session = warm.session()
    session.run("a = 1")
    session.answer("a")
    session.close()
    assert session.run("b = 2").status == "died"
    assert session.answer("a") == 1
    assert session.used.cpu > 0 or not can_fork()


# --- every system -------------------------------------------------------------------------------------------------


def test_a_fresh_process_does_the_same_as_a_forked_one():
    with Warm(imports=("pandas", "labkit"), fork=False, limits=Limits(cell_seconds=0.5)) as warm:
        with warm.session(files={"a.csv": b"x\n1\n"}) as session:
            assert session.run("import pandas as pd\ntable = pd.read_csv('a.csv')\nlen(table)").shown == "1"
            assert session.run("while True: pass").status == "time"
            assert session.answer("table")["x"].tolist() == [1]
            assert session.run("open('/etc/passwd')").kind == "PermissionError"
            assert (
                session.run("import os\nos._exit(3)").text == "The process of this hand-in ended itself, with code 3."
            )
        assert session.protection


@pytest.mark.skipif(not can_fork(), reason="these layers are those of Linux")
def test_what_protects_is_told_in_words(session):
    told = " ".join(session.protection)
    assert ("Landlock" in told) == bool(landlock.version())
    assert ("does not hide other files" in told) == (not landlock.version())
    assert "audit" not in told
    assert "memory" in told


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_of_calls_is_whole(machine):
    lines = seccomp.program(machine, 4242)
    assert len(lines) < 4096  # what the kernel takes
    for place, (code, yes, no, _) in enumerate(lines):
        if code & 0x07 == 0x05:  # a jump
            assert place + 1 + max(yes, no) < len(lines)
    returns = {value for code, _, _, value in lines if code == 0x06}
    assert returns == {0x80000000, 0x7FFF0000, 0x00050000, 0x00050001, 0x00050026}


# --- containers ---------------------------------------------------------------------------------------------------


def test_a_container_gets_nothing_of_this_machine():
    command = container_command("podman labkit:1", 512, {"TZ": "Europe/Amsterdam"}, "one")
    text = " ".join(command)
    for part in (
        "--network none",
        "--read-only",
        "--cap-drop ALL",
        "--user 65534:65534",
        "--pids-limit 64",
        "--memory 512m",
    ):
        assert part in text
    assert not {"-v", "--volume", "--mount", "--privileged"} & set(command)
    assert command[-4:] == ["labkit:1", "-P", "-m", "labkit.assignments.child"]


@pytest.mark.parametrize("wrong", ["labkit:1", "docker", "rm -rf", "docker --privileged x", ""])
def test_a_container_that_is_none_is_refused(wrong):
    with pytest.raises(LabkitError, match="docker IMAGE"):
        container_command(wrong, 512, {}, "one")


def test_the_conversation_with_a_container(monkeypatch, tmp_path):
    """What a container gets over its standard input is enough to run a hand-in; here without the container."""
    program = tmp_path / "podman"
    room = tmp_path / "room"
    program.write_text(
        f"#!/bin/sh\n[ $1 = kill ] && exit 0\nexec env -i {sys.executable} -P -m labkit.assignments.child\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr("labkit.assignments.processes.CONTAINED", str(room))
    with Warm(imports=(), container="podman labkit:1") as warm, warm.session(files={"data/a.csv": b"x"}) as session:
        assert session.run("open('data/a.csv').read()").shown == "'x'"
        session.run("answer = 7")
        assert session.answer("answer") == 7
        assert "container" in session.protection[1]


def test_a_real_container():
    image = os.environ.get("LABKIT_TEST_IMAGE", "")
    program = image.partition(" ")[0]
    if not image:
        pytest.skip("LABKIT_TEST_IMAGE names no image with labkit, such as: docker labkit:test")
    if subprocess.run([program, "info"], capture_output=True, check=False).returncode:
        pytest.skip(f"{program} does not run here")
    with Warm(imports=("pandas",), container=image) as warm, warm.session(files={"a.csv": b"x\n1\n"}) as session:
        session.run("import pandas as pd\nanswer = len(pd.read_csv('a.csv'))")
        assert session.answer("answer") == 1
        assert session.run("open('/usr/x', 'w')").status == "error"


def test_time_is_limited_without_an_alarm_too():
    """As on Windows; here in this very process."""
    with pytest.raises(TimeUp), by_thread(0.05):
        while True:
            pass
    with by_thread(0.01):
        pass
    began = time.monotonic()
    while time.monotonic() < began + 0.05:  # what comes after it is left alone
        pass


def test_texts_from_a_hand_in_can_be_shown_and_saved_anywhere(warm):
    with warm.session() as session:
        outcome = session.run("kind = type('\\x1b[2J' + 'Odd', (Exception,), {})\nraise kind('a\\x07b\\ud800\\u202ec')")
        assert outcome.status == "error"
        assert outcome.kind == "[2JOdd"
        assert outcome.message == "ab?c"
        assert session.run("print('\\ud800x')").printed.strip() == "?x"
        session.run("odd = type('\\x1bOdd', (), {})()")
        assert session.answer("odd") == Unreadable("Odd")
