"""Code that means harm, or is only careless, hurts its own hand-in and nothing else."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from labkit.assignments import runner
from labkit.assignments.answers import FunctionFailed, FunctionProxy, Missing, Unreadable
from labkit.assignments.header import Limits
from labkit.assignments.processes import can_fork
from labkit.assignments.runner import Warm
from labkit.assignments.sandbox import kernel, landlock

LIMITS = Limits(seconds=60, cell_seconds=20, memory=700, file=2, output=10)

linux = pytest.mark.skipif(not can_fork(), reason="the kernel keeps a hand-in apart on Linux only")
hidden = pytest.mark.skipif(not (can_fork() and landlock.version()), reason="this kernel has no Landlock")
filtered = pytest.mark.skipif(not (can_fork() and kernel.MACHINE), reason="no seccomp for this system here")

# What C code can do that goes around Python's audit events.
RAW = """
import ctypes, os
c = ctypes.CDLL(None, use_errno=True)
"""


@pytest.fixture(scope="module", autouse=True)
def short_grace():
    before, runner.GRACE = runner.GRACE, 0.3
    yield
    runner.GRACE = before


@pytest.fixture(scope="module")
def warm():
    os.environ["LECTURERS_TOKEN"] = "secret"
    with Warm(imports=("pandas", "labkit"), limits=LIMITS, city="leiden") as warm:
        del os.environ["LECTURERS_TOKEN"]
        yield warm
        with warm.session() as last:  # after all of it, the next hand-in notices nothing
            assert last.run("1 + 1").shown == "2"
    assert not warm.folder.exists()


@pytest.fixture
def session(warm):
    with warm.session(files={"data.csv": b"a\n1\n"}) as session:
        assert session.run("before = 5").status == "ok"
        assert session.answer("before") == 5
        yield session


@pytest.fixture
def hasty(session):
    """A session whose cells have little time."""
    session.limits = LIMITS.model_copy(update={"cell_seconds": 0.3})
    return session


@pytest.fixture
def canary(tmp_path):
    """A file of the lecturer, which stays what it is."""
    file = tmp_path / "grades.csv"
    file.write_text("student,points\n")
    mode = file.stat().st_mode
    yield file
    assert file.read_text() == "student,points\n"
    assert file.stat().st_mode == mode
    assert [one.name for one in tmp_path.iterdir()] == ["grades.csv"]


def run(session, source):
    return session.run(textwrap.dedent(source), "cell 2")


# --- time ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "import time; time.sleep(100)",
        "while True:\n    try:\n        x = 1\n    except Exception:\n        pass",
        "class Slow:\n    def __repr__(self):\n        while True: pass\nSlow()",
        "import asyncio\nawait asyncio.sleep(100)",
    ],
)
def test_a_cell_that_takes_too_long_is_interrupted_and_the_next_goes_on(hasty, source):
    outcome = run(hasty, source)
    assert (outcome.status, outcome.kind) == ("time", "time")
    assert "0.3" in outcome.message
    hasty.limits = LIMITS
    assert run(hasty, "before + 1").shown == "6"
    assert hasty.alive


@pytest.mark.parametrize(
    "source",
    [
        "import time\nwhile True:\n    try:\n        time.sleep(1)\n    except BaseException:\n        pass",
        "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass",
        "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass",
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))\nwhile True: pass",
    ],
)
@linux
def test_a_cell_that_does_not_let_itself_be_interrupted_is_ended(hasty, source):
    outcome = run(hasty, source)
    assert outcome.status == "time"
    assert not hasty.alive
    assert hasty.answer("before") == 5  # told before
    assert hasty.answer("after") == Missing("after")
    assert hasty.run("1").status == "time"
    hasty.restart()
    assert hasty.run("7").shown == "7"


def test_the_whole_notebook_has_a_limit_too():
    with Warm(imports=(), limits=Limits(seconds=1, cell_seconds=0.7)) as warm, warm.session() as session:
        first = session.run("x = 1\nwhile True: pass")
        second = session.run("while True: pass")
        third = session.run("y = 1")
        assert [one.status for one in (first, second, third)] == ["time", "time", "time"]
        assert second.seconds < 0.5
        assert "1 seconds" in third.text
        assert session.answer("x") == 1


# --- printing, showing, telling -----------------------------------------------------------------------------------


def test_printing_for_ever_is_cut_off(hasty):
    outcome = run(hasty, "while True: print('x' * 1000)")
    assert outcome.status == "time"
    assert len(outcome.printed) == 10_000
    assert outcome.dropped > 0
    hasty.limits = LIMITS
    assert run(hasty, "print('again')").printed == "again\n"


def test_giant_texts_of_values_are_cut_off(session):
    source = """
    class Long:
        def __repr__(self):
            return "x" * 10_000_000
    Long()
    """
    assert len(run(session, source).shown) == 10_000


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("answer = list(range(1_000_000))", Unreadable("list", "large")),
        ("answer = 'x' * 50_000_000", Unreadable("str", "large")),
        ("answer = 10 ** 1_000_000", Unreadable("int", "large")),
        ("answer = []\nfor _ in range(5000): answer = [answer]", Unreadable("list", "deep")),
        ("answer = []\nanswer.append(answer)", Unreadable("list", "deep")),
        ("answer = {}\nanswer['me'] = answer", Unreadable("dict", "deep")),
        ("import pandas\nanswer = pandas.DataFrame({'a': range(5_000_000)})", Unreadable("DataFrame", "large")),
        ("answer = (n for n in range(3))", Unreadable("generator")),
        ("answer = open('data.csv')", Unreadable("TextIOWrapper")),
    ],
)
def test_answers_that_are_too_much_are_told_as_that(session, source, expected):
    assert run(session, source).status == "ok"
    assert session.answer("answer") == expected
    assert session.answer("before") == 5


def test_an_answer_that_never_ends_being_told_is_stopped(hasty):
    source = """
    import labkit.area
    class Endless(labkit.area.Area):
        @property
        def ancestors(self):
            while True: pass
    answer = Endless("a", "b", "c", 1, "", {})
    """
    run(hasty, source)
    assert isinstance(hasty.answer("answer"), Unreadable)
    assert hasty.answer("before") == 5


def test_standard_input_is_empty_and_input_says_so(session):
    assert "nobody is there" in run(session, "input('Which district? ')").message
    assert run(session, "import sys\nsys.stdin.read()").shown == "''"
    assert run(session, "import os\nos.read(0, 10)").shown == "b''"


def test_streams_that_are_broken_work_again_in_the_next_cell(session):
    run(session, "import sys\nsys.stdout.close()\nsys.stdout = None")
    assert run(session, "print(1)").printed == "1\n"


# --- memory, processes, threads, disk -----------------------------------------------------------------------------


@linux
def test_a_memory_bomb_ends_in_a_memory_error_and_the_next_cell_goes_on(session):
    outcome = run(session, "bomb = []\nwhile True: bomb.append(bytearray(50_000_000))")
    assert outcome.status == "memory"
    assert run(session, "del bomb\nbefore").shown == "5"


@filtered
def test_memory_that_is_counted_nowhere_is_not_given(session):
    assert run(session, "import mmap\nmmap.mmap(-1, 2_000_000_000)").status == "error"
    assert run(session, "import os\nos.memfd_create('x')").status == "error"


CALLS = [
    "c.fork()",
    "c.vfork()",
    "c.syscall(435, 0, 0)",
    "c.execv(b'/bin/sh', None)",
    "c.system(b'true')",
    "c.kill(os.getppid(), 9)",
    "c.kill(-1, 9)",
    "c.kill(1, 0)",
    "c.setsid()",
    "c.socket(2, 1, 0)",
    "c.socket(1, 1, 0)",
    "c.ptrace(16, os.getppid(), 0, 0)",
    "c.unshare(0x10000000)",
    "c.prctl(1, 0, 0, 0, 0)",
    "c.shmget(0, 1000, 0o1666)",
    "c.inotify_init()",
    "c.fcntl(0, 8, os.getppid())",
    "c.fcntl(0, 10, 9)",
    "c.fallocate(os.open('room', 66), 1, ctypes.c_long(0), ctypes.c_long(10 ** 9))",
]


@filtered
def test_the_kernel_itself_refuses(session):
    for call in CALLS:
        outcome = run(session, f"{RAW}print({call})")
        assert outcome.printed in ("-1\n", "255\n", "32512\n"), call  # "not permitted", as each call says it
    assert run(session, "before").shown == "5"


@filtered
def test_limits_are_not_raised_again(session):
    source = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (10 ** 9, 10 ** 9))"
    assert run(session, source).status == "error"


def test_other_programs_are_refused_in_words(session):
    for source in ("import os\nos.fork()", "import os\nos.system('ls')", "import subprocess\nsubprocess.run(['ls'])"):
        outcome = run(session, source)
        assert outcome.kind == "PermissionError"
        assert "other programs" in outcome.message
    shell = run(session, "!ls\n%pip install folium\nfiles = !ls\nafter = 1")
    assert shell.status == "ok"  # a careless first line costs nothing
    assert "are not run here" in shell.printed
    assert session.answer("after") == 1


@linux
def test_a_thread_bomb_ends_with_its_hand_in(hasty):
    source = """
    import threading, time
    while True:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    """
    assert run(hasty, source).status in ("error", "time", "memory", "died")


def test_threads_that_go_on_do_not_disturb_the_answers(session):
    source = """
    import threading
    def go_on():
        while True:
            print("still here")
    for _ in range(3):
        threading.Thread(target=go_on).start()
    """
    assert run(session, source).status == "ok"
    assert run(session, "before + 2").shown == "7"
    assert session.answer("before") == 5


@linux
def test_a_file_that_is_too_large_is_cut_off(session):
    outcome = run(session, "open('large.bin', 'wb').write(bytes(5_000_000))")
    assert outcome.kind == "OSError"


def test_too_many_files_end_the_hand_in(session):
    source = """
    number = 0
    while True:
        number += 1
        open(f"{number}.txt", "w").close()
    """
    outcome = run(session, source)
    assert outcome.status == "died"
    assert "files" in outcome.text
    assert session.answer("before") == 5


def test_many_files_in_a_short_cell_are_noticed_too(session):
    outcome = run(session, "for number in range(12): open(f'{number}.bin', 'wb').write(bytes(1_000_000))")
    assert outcome.status == "died"
    assert "files" in outcome.text


@linux
def test_files_that_are_removed_and_kept_open_are_noticed(session):
    source = """
    import os, time
    kept = []
    for number in range(12):
        kept.append(open("hidden.bin", "wb", buffering=0))
        kept[-1].write(bytes(1_500_000))
        os.remove("hidden.bin")
    """
    assert "files" in run(session, source).text


@linux
def test_folders_deeper_than_a_path_can_be_long_are_removed(warm):
    session = warm.session()
    deeper = (
        "for _ in range(40):\n    c.mkdir(b'deeper' * 40, 0o777)\n    c.chdir(b'deeper' * 40)\nc.mkdir(b'locked', 0)"
    )
    assert session.run(f"{RAW}{deeper}").status == "ok"
    folder = session._folder
    session.close()
    assert not folder.exists()


# --- crashes ------------------------------------------------------------------------------------------------------


@linux
@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("import os\nos._exit(3)", "code 3"),
        ("import ctypes\nctypes.string_at(0)", "SIGSEGV"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
        ("import os\nos.abort()", "SIGABRT"),
        ("import threading, os\nthreading.Thread(target=os._exit, args=(4,)).start()\nwhile True: pass", "code 4"),
    ],
)
def test_a_crash_is_told_and_what_was_answered_is_kept(session, source, says):
    outcome = run(session, source)
    assert outcome.status == "died"
    assert says in outcome.text
    assert session.answer("before") == 5


def test_leaving_a_cell_is_no_crash(session):
    for source in ("import sys\nsys.exit(3)", "raise SystemExit", "exit()", "raise KeyboardInterrupt"):
        assert run(session, source).status in ("ok", "error")
        assert session.alive
    assert run(session, "before").shown == "5"


def test_endless_recursion_is_an_error(session):
    outcome = run(session, "def f(): return f()\nf()")
    assert outcome.kind == "RecursionError"
    assert outcome.text.count("\n") < 20


def test_recursion_without_a_limit_hurts_only_itself(session):
    session.limits = LIMITS.model_copy(update={"cell_seconds": 1})
    outcome = run(session, "import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(): return f()\nf()")
    assert outcome.status in ("memory", "died", "time")
    assert session.answer("before") == 5


# --- what it must not see, reach or change ------------------------------------------------------------------------


def test_nothing_of_the_lecturers_environment_is_passed_on(session):
    outcome = run(session, "import os\nprint(dict(os.environ))")
    assert "secret" not in outcome.printed
    assert (
        run(
            session, "import os\nos.path.expanduser('~') == os.environ['HOME'] and '/labkit-' in os.environ['HOME']"
        ).shown
        == "True"
    )


def test_other_files_are_refused_in_words(session, canary):
    for source in (
        f"open({str(canary)!r})",
        f"open({str(canary)!r}, 'w')",
        f"import os\nos.remove({str(canary)!r})",
        f"import os\nos.listdir({str(canary.parent)!r})",
        f"import shutil\nshutil.rmtree({str(canary.parent)!r})",
        f"import os\nos.rename({str(canary)!r}, 'mine.csv')",
        f"import os\nos.chmod({str(canary)!r}, 0)",
        f"import pandas\npandas.read_csv({str(canary)!r})",
        f"from pathlib import Path\nPath('mine.csv').symlink_to({str(canary)!r})",
    ):
        outcome = run(session, source)
        assert outcome.kind == "PermissionError", source
        assert "while a hand-in is graded" in outcome.message


LOOKS = [
    "c.open(path, 0)",
    "c.open(path, 2)",
    "c.unlink(path)",
    "c.rename(path, b'mine')",
    "c.truncate(path, 0)",
    "c.link(path, b'mine')",
    "c.symlink(path, b'mine')",
    "c.mkdir(path + b'.d', 0o777)",
    "c.open(b'/proc/self/environ', 0)",
    "c.open(b'/proc/1/cmdline', 0)",
    "c.open(b'/proc/%d/mem' % os.getppid(), 2)",
    "c.open(b'/etc/passwd', 0)",
    "c.open(b'/dev/mem', 0)",
    "c.open(b'/tmp', 0)",
]


@hidden
def test_the_kernel_hides_other_files(session, canary):
    for call in LOOKS:
        outcome = run(session, f"{RAW}path = {str(canary).encode()!r}\nprint({call})")
        assert outcome.printed == "-1\n", call


@filtered
def test_rights_and_times_of_other_files_stay_what_they_are(session, canary):
    outcome = run(session, f"{RAW}path = {str(canary).encode()!r}\nprint(c.chmod(path, 0), c.utimes(path, None))")
    assert outcome.status == "ok"
    assert run(session, "import shutil\nshutil.copy2('data.csv', 'copy.csv')").status == "ok"


@hidden
def test_other_hand_ins_are_not_seen(warm, session):
    with warm.session(files={"notebook.ipynb": b"{}"}) as other:
        place = str(other._folder / "work" / "notebook.ipynb").encode()
        outcome = run(session, f"{RAW}print(c.open({place!r}, 0), c.open({str(warm.folder).encode()!r}, 0))")
        assert outcome.printed == "-1 -1\n"
        assert other.run("import os\nos.listdir('.')").shown == "['notebook.ipynb']"


def test_there_is_no_network_and_it_says_so(session):
    for source in (
        "import urllib.request\nurllib.request.urlopen('http://example.org')",
        "import pandas\npandas.read_csv('https://example.org/a.csv')",
        "import socket\nsocket.create_connection(('127.0.0.1', 80))",
        "import socket\nsocket.gethostbyname('example.org')",
    ):
        outcome = run(session, source)
        assert outcome.status == "error"
        assert "no network" in outcome.text


def test_what_is_changed_in_one_hand_in_is_not_in_the_next(warm):
    vandal = """
    import builtins, json, pandas, labkit, sys, atexit
    from labkit.assignments import frames
    atexit.register(lambda: open("left.txt", "w"))
    pandas.DataFrame = pandas.read_csv = labkit.open_city = None
    frames.send = frames.receive = json.dumps = None
    sys.modules.clear()
    builtins.len = builtins.isinstance = builtins.type = lambda *args: 0
    """
    with warm.session() as session:
        run(session, vandal)
        session.answer("before")
        session.facts()
    with warm.session() as other:
        assert other.run("import pandas, labkit\nlen(pandas.DataFrame({'a': [1]}))").shown == "1"
        assert other.run("labkit.open_city('leiden').home.code").shown == "'GM0546'"


# --- the line on which answers come back --------------------------------------------------------------------------

LINES = """
import os, struct, json
def piece(head, body=b""):
    text = json.dumps(head).encode()
    return struct.pack(">II", len(text), len(body)) + text + body
def say(data):
    for end in range(3, 40):
        try:
            os.write(end, data)
        except OSError:
            pass
"""


@linux
@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("os.closerange(3, 256)", "code 0"),
        (
            "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nos.closerange(3, 256)\nwhile True: pass",
            "cut the line",
        ),
        ("say(b'x' * 1000)", "wrote into the line"),
        ("say(struct.pack('>II', 2 ** 32 - 1, 2 ** 32 - 1))", "wrote into the line"),
        ("say(struct.pack('>II', 10, 0) + b'[' * 10)", "wrote into the line"),
        ("say(struct.pack('>II', 2, 0) + b'[]')", "wrote into the line"),
        ("say(piece({'id': 999, 'status': 'ok'}))", "wrote into the line"),
        ("say(piece({'id': 3, 'status': 'ok'}, b'x' * 100) * 500)", ""),
        ("say(struct.pack('>II', 10, 1000) + b'half')\nwhile True: pass", "wrote into the line"),
        ("say(b'[' * 3_000_000)", "wrote into the line"),
    ],
)
def test_rubbish_on_the_line_ends_the_hand_in(hasty, source, says):
    outcome = run(hasty, LINES + source)
    if outcome.status == "ok":  # it said so itself; what follows does not fit, and ends it
        assert isinstance(hasty.answer("later"), Unreadable | Missing)
        outcome = run(hasty, "1")
    assert outcome.status in ("died", "time")
    assert says in outcome.text
    assert hasty.answer("before") == 5


@linux
def test_an_outcome_or_an_answer_that_is_made_up_is_only_data(session):
    faked = "from labkit.assignments.answers import encode\nsay(piece({'id': 3, 'status': 'ok', 'shown': 7, 'seconds': 'long', 'printed': None}))"
    outcome = run(session, LINES + faked)
    assert (outcome.status, outcome.shown, outcome.seconds) == ("ok", "", 0.0)
    later = session.answer("before")  # the real outcome arrives now, and fits no question
    assert later == 5
    assert not session.alive


# --- answers that lie ---------------------------------------------------------------------------------------------


def test_objects_that_lie_come_back_as_what_they_hold(session):
    source = """
    class Always:
        def __eq__(self, other): return True
        def __hash__(self): return 0
        def __bool__(self): return True
        def __class__(self): return int
    class Number(int):
        __eq__ = lambda self, other: True
        __int__ = __index__ = __pos__ = lambda self: 42
        __hash__ = int.__hash__
    class Text(str):
        __eq__ = lambda self, other: True
        __str__ = encode = lambda self: "right"
        __hash__ = str.__hash__
    class Items(list):
        __iter__ = lambda self: iter([1, 2, 3])
        __len__ = lambda self: 3
    class Mapping(dict):
        items = lambda self: [("right", 1)]
    class Meta(type):
        def __instancecheck__(self, other): return True
        def mro(self): return [self, object]
    class Typed(metaclass=Meta): pass
    Typed.__name__ = "int"
    always, number, text, items, mapping, typed = Always(), Number(7), Text("wrong"), Items([9]), Mapping(a=2), Typed()
    """
    assert run(session, source).status == "ok"
    assert session.answer("always") == Unreadable("Always")
    assert [type(session.answer(name)) for name in ("number", "text", "items", "mapping")] == [int, str, list, dict]
    assert session.answer("number") == 7
    assert session.answer("text") == "wrong"
    assert session.answer("items") == [9]
    assert session.answer("mapping") == {"a": 2}
    assert session.answer("typed") == Unreadable("int")


def test_functions_that_fail_hang_or_leave_say_so(hasty):
    source = """
    import os
    def share(part, whole=10): return part / whole
    def hang():
        while True: pass
    def leave(): os._exit(0)
    """
    run(hasty, source)
    share, hang, leave = (hasty.answer(name) for name in ("share", "hang", "leave"))
    assert isinstance(share, FunctionProxy)
    assert share(5) == 0.5
    with pytest.raises(ZeroDivisionError):
        share(1, whole=0)
    with pytest.raises(FunctionFailed, match="took longer") as caught:
        hang()
    assert caught.value.kind == "time"
    assert share(1, 2) == 0.5
    with pytest.raises(FunctionFailed, match="code 0"):
        leave()
    with pytest.raises(FunctionFailed):
        share(1, 2)


# --- nothing is left behind ---------------------------------------------------------------------------------------

GRADER = """
import sys
from labkit.assignments.runner import Warm
from labkit.assignments.header import Limits
with Warm(imports=(), limits=Limits(cell_seconds=50)) as warm, warm.session() as session:
    print(warm.folder, session._line._process.pid, flush=True)
    session.run("while True: pass")
"""


@linux
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_grader_that_is_stopped_leaves_nothing_behind(sent):
    grader = subprocess.Popen(
        [sys.executable, "-c", GRADER],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    folder, pid = grader.stdout.readline().split()
    time.sleep(0.1)
    os.killpg(grader.pid, sent)
    grader.wait(20)
    grader.stdout.close()
    for _ in range(200):
        if not Path(folder).exists() and not Path(f"/proc/{pid}").exists():
            break
        time.sleep(0.05)
    assert not Path(folder).exists()
    assert not Path(f"/proc/{pid}").exists()
    shutil.rmtree(folder, ignore_errors=True)
