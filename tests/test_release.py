"""What students get of an assignment: all that they need, and nothing that they should not have."""

import doctest
import json
import os
import zipfile

import pytest
from made_up_assignment import CELLS, write_assignment
from typer.testing import CliRunner

from labkit.assignments import companion
from labkit.assignments.assignment import open_assignment
from labkit.assignments.header import read_header
from labkit.assignments.release import archive, districts, guard, secrets, stubs
from labkit.assignments.release.notebooks import released
from labkit.assignments.release.otter import as_doctest
from labkit.assignments.release.release import build, release
from labkit.cli.app import app
from labkit.errors import LabkitError
from labkit.language import speaking


@pytest.fixture(scope="module")
def assignment(tmp_path_factory):
    return open_assignment(write_assignment(tmp_path_factory.mktemp("source")))


def _cell(notebook, name):
    return next(cell for cell in notebook.cells if cell.id == name)


def _run(notebook, answered=()):
    """Run the code cells as a plain kernel would, with some answers filled in; return the ids that raise."""
    raised = set()
    names = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            source = dict(answered).get(cell.id, cell.source)
            try:
                exec(compile(source, cell.id, "exec"), names)
            except Exception:
                raised.add(cell.id)
    return raised


# What is in a released notebook.


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        (
            "en",
            "residents-answer",
            "# residents · 2 points · AI: not allowed\n# leiden.figures gives a table\n# your answer here\nresidents = ...",
        ),
        (
            "nl",
            "residents-answer",
            "# residents · 2 punten · AI: niet toegestaan\n# leiden.figures gives a table\n# hier komt je antwoord\n"
            "residents = ...",
        ),
        (
            "en",
            "share-answer",
            '# share · 3 points · AI: allowed\ndef share(part, whole):\n    """Return the share of a part in the whole, '
            'per cent."""\n    # your answer here\n    ...',
        ),
        ("nl", "why-answer", "*why · 3 punten · AI: toegestaan*\n\n*Schrijf hier je antwoord.*"),
        (
            "en",
            "share-check-2",
            '# share · check 2 of 2 · 2 points\nlk.expect.answered(share)\nassert share(1, 4) == 25, "One in four is 25 '
            'per cent."\nprint("share: this check passes.")',
        ),
        ("nl", "share-check-3", "*share: Na het inleveren wordt meer gecontroleerd.*"),
        ("en", "code-2", "# Room for your own work."),
    ],
)
def test_cells_as_students_get_them(assignment, language, name, expected) -> None:
    found = {cell.id: cell.source for cell in released(assignment, language).cells}

    assert found.get(name) == expected


def test_each_language_has_its_own_text_and_the_same_cells_to_fill_in(assignment) -> None:
    dutch, english = released(assignment, "nl"), released(assignment, "en")

    def graded(notebook):
        return [cell.id for cell in notebook.cells if "nbgrader" in cell.metadata]

    assert graded(dutch) == graded(english)
    assert [cell.metadata.nbgrader.grade_id for cell in dutch.cells if "nbgrader" in cell.metadata] == graded(dutch)
    texts = "\n".join(cell.source for cell in dutch.cells)
    assert "## Uitleg" in texts
    assert "## Explanation" not in texts
    assert 'lk.use_language("nl")' in texts
    assert dutch.metadata.labkit == {"assignment": "cars", "schema_version": 1, "language": "nl"}


def test_a_source_without_a_title_gets_one_with_date_and_points(assignment) -> None:
    first = released(assignment, "nl").cells[0].source

    assert first.startswith("# Auto's in je district\n\nLever in vóór 27 november 2026, 23:59.")
    assert "| why · Uitleg | 3 |" in first


def test_what_is_ours_is_locked_and_what_is_the_students_is_not(assignment) -> None:
    cells = {cell.id: cell.metadata for cell in released(assignment, "en").cells}

    assert cells["share-check-1"]["editable"] is cells["share-check-1"]["deletable"] is False
    assert "editable" not in cells["share-answer"]
    assert cells["share-answer"]["deletable"] is False
    assert cells["code-1"] == cells["code-2"] == {}, "a number is written into the one, own work into the other"


def test_points_of_hidden_checks_are_counted_elsewhere_too(assignment) -> None:
    cells = released(assignment, "en").cells
    points = [cell.metadata.nbgrader.get("points", 0) for cell in cells if "nbgrader" in cell.metadata]

    assert sum(points) == assignment.max_points == 10


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_untouched_copy_passes_no_check_and_the_solution_all(assignment, language, monkeypatch) -> None:
    monkeypatch.setenv("LABKIT_DISTRICT", "WK054608")
    with speaking(language):  # the notebook chooses its language for the whole session
        given = released(assignment, language)
        checks = {cell.id for cell in given.cells if "-check-" in cell.id and cell.cell_type == "code"}
        answers = {f"{one.id}-answer": one.solution for one in assignment.questions}
        untouched, solved = _run(given), _run(given, answers)

    assert len(checks) == 4
    assert untouched >= checks
    assert solved == set()


# Stubs.


@pytest.mark.parametrize(
    ("source", "wanted", "expected"),
    [
        ("# BEGIN SOLUTION\na = 1\nb = 2\n# END SOLUTION", [], "# your answer here\nb = ..."),
        ("# BEGIN SOLUTION\na = 1\nb = a\n# END SOLUTION", ["a"], "# your answer here\na = ..."),
        ("# BEGIN SOLUTION\ndef f(x):\n    return x\n# END SOLUTION", ["f"], "# your answer here\nf = ..."),
        ("t = {}\n# BEGIN SOLUTION\nt['x'] = 1\n# END SOLUTION", ["t"], "t = {}\n# your answer here\nt = ..."),
        (
            "n = 0\nfor x in (1, 2):\n    # BEGIN SOLUTION\n    n += x\n    # END SOLUTION",
            ["n"],
            "n = 0\nfor x in (1, 2):\n    # your answer here\n    n = ...",
        ),
        (
            "for x in (1,):\n    def f():\n        # BEGIN SOLUTION\n        y = 1\n        return y\n        # END SOLUTION",
            ["f"],
            "for x in (1,):\n    def f():\n        # your answer here\n        ...",
        ),
        (
            "a = [\n    # BEGIN SOLUTION\n    1,\n    # END SOLUTION\n]",
            ["a"],
            "a = [\n    # your answer here\n    ...\n]",
        ),
        ("%time\n# BEGIN SOLUTION\na = 1\n# END SOLUTION", ["a"], "%time\n# your answer here\na = ..."),
        ("# BEGIN SOLUTION\nleiden.map('x')\n# END SOLUTION", [], "# your answer here\n..."),
    ],
)
def test_a_stub_asks_for_what_is_checked(source, wanted, expected) -> None:
    assert stubs.code(source, wanted) == expected


def test_a_cell_that_is_no_python_without_its_solution_is_refused(tmp_path) -> None:
    cells = [*CELLS[:5], ("code", "# question: q, 1 point\na = max(\n# BEGIN SOLUTION\n1, 2)\n# END SOLUTION")]
    cells.append(("code", "# check: q\nassert a"))

    with pytest.raises(
        LabkitError, match=r"exercise.ipynb, cell 6, line 3: without its solution, this cell is no Pyth"
    ):
        released(open_assignment(write_assignment(tmp_path, cells=cells)), "en")


@pytest.mark.parametrize(
    "source",
    [
        "assert 1",
        "lk = 3; lk",
        "for x in (1, 2):\n\n    # why\n    assert x\n",
        '@str\ndef f():\n    """A\n\n    b\n    """\nf',
        "text = '''\n>>> 1\n2\n'''\nassert text",
        "x = 'a\tb'\nassert len(x) == 3",
        "if 1:\n    pass\nelse:\n    pass\n3",
        "%magic",
    ],
)
def test_otter_gets_doctests_that_do_what_the_check_does(source) -> None:
    test = doctest.DocTestParser().get_doctest(as_doctest(source), {}, "check", None, None)
    told = []
    ran = doctest.DocTestRunner(verbose=False).run(test, out=told.append)

    assert ran.attempted > 0
    assert bool(ran.failed) == (source == "%magic"), told


# What else is in a release.


def test_assignment_json_says_what_is_public_and_no_more(assignment) -> None:
    text = build(assignment, ("nl", "en"), {"aa" * 16: "WK054608"}).files["assignment.json"].decode()
    found = companion.loads(text)

    assert found.title("nl") == "Auto's in je district"
    assert [one.id for one in found.questions] == ["residents", "share", "table", "why"]
    assert found.questions[3].title("en") == "Explanation"
    assert found.questions[1].has_hidden
    assert found.questions[1].checks[2].public == ""
    assert found.questions[2].answers == ("table", "most")
    assert found.districts == {"aa" * 16: "WK054608"}
    assert "import labkit as lk" in found.setup
    assert not any(word in text for word in ("return 100", "share(7, 28)", "reference", "names a cause"))


def test_assignment_json_is_found_up_to_two_folders_above(tmp_path) -> None:
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    (tmp_path / "a" / companion.NAME).write_text('{"assignment": "week1"}')

    assert companion.read_companion(deep).assignment == "week1"
    (deep / "d").mkdir()
    with pytest.raises(LabkitError, match=r"There is no assignment.json in .* keep it in the same folder"):
        companion.read_companion(deep / "d")


@pytest.mark.parametrize("text", ["", "[]", '{"assignment": 1}', '{"assignment": "a", "solution": "x"}', "[" * 9999])
def test_a_broken_assignment_json_is_told(text) -> None:
    with pytest.raises(LabkitError, match=r"assignment.json cannot be read: .*Unpack the assignment again"):
        companion.loads(text)


@pytest.mark.parametrize("form", [".ipynb", ".py", ".md"])
def test_the_same_source_gives_the_same_zip(tmp_path, form) -> None:
    first = release(write_assignment(tmp_path / "one", form), tmp_path / "out1")
    os.utime(tmp_path / "one" / "data" / "notes.csv", (0, 0))
    again = release(write_assignment(tmp_path / "elsewhere" / "two", form), tmp_path / "out2")

    assert first.archive.read_bytes() == again.archive.read_bytes()
    with zipfile.ZipFile(first.archive) as opened:
        names = opened.namelist()
        assert {one.date_time for one in opened.infolist()} == {archive.MOMENT}
    assert names == sorted(names)
    assert names[1] == "cars/data/notes.csv"
    files = {f"cars/{one.relative_to(first.folder).as_posix()}" for one in first.folder.rglob("*.*")}
    assert files == set(names)


def _with_data(folder, entry):
    header = CELLS[0][1].replace("data: [data]", f"data: [{entry}]")
    return write_assignment(folder, cells=[("raw", header), *CELLS[1:]])


@pytest.mark.parametrize(
    ("entry", "cause"),
    [
        ("../secret.csv", "it leaves the folder"),
        ("data/../../secret.csv", "it leaves the folder"),
        ("/etc/hosts", "it leaves the folder"),
        ("'C:\\secret.csv'", "it leaves the folder"),
        ("linked", "it is a link"),
        ("linked/secret.csv", "it is a link"),
        ("holder", "secret.csv is a link"),
        ("dta", r"it does not exist. Did you mean data\?"),
        (".", "the assignment itself lies in it"),
    ],
)
def test_data_from_elsewhere_is_refused(tmp_path, entry, cause) -> None:
    source = _with_data(tmp_path / "course" / "week", entry)
    (tmp_path / "secret.csv").write_text("1")
    (source.parent / "linked").symlink_to(tmp_path)
    if entry == "holder":
        (source.parent / "holder").mkdir()
        (source.parent / "holder" / "secret.csv").symlink_to(tmp_path / "secret.csv")

    with pytest.raises(LabkitError, match=cause):
        build(open_assignment(source), ("en",))


# The guard.


def _tampered(tmp_path, assignment, name, change):
    files = dict(build(assignment, ("en",)).files)
    files[name] = change(files.get(name, b""))
    packed = tmp_path / "tampered.zip"
    packed.write_bytes(archive.pack(files, assignment.id))
    return packed


def _edited(edit):
    def change(data):
        notebook = json.loads(data)
        edit(notebook)
        return json.dumps(notebook).encode()

    return change


def _attach(notebook):
    import base64

    notebook["cells"][0]["attachments"] = {
        "a.txt": {"text/plain": base64.b64encode(b"  return 100 * part / whole").decode()}
    }


def _nested(data):
    import io

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr("inner.py", "assert most == reference.most")
    return packed.getvalue()


NOTEBOOK = "exercise.ipynb"


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        (NOTEBOOK, _edited(lambda nb: nb["cells"][3].update(source="if not whole:")), "a line of a solution"),
        (
            NOTEBOOK,
            _edited(lambda nb: nb["metadata"].update(a=["x\n>>>   assert share(7, 28) == 25.0"])),
            "hidden check",
        ),
        (
            NOTEBOOK,
            _edited(lambda nb: nb["cells"][1]["metadata"].update(b={"return 100 * part / whole": 1})),
            "solution",
        ),
        (NOTEBOOK, _edited(lambda nb: nb["cells"][2].update(outputs=[{"output_type": "stream"}])), "cell 3: an output"),
        (NOTEBOOK, _edited(lambda nb: nb["cells"][2].update(execution_count=3)), "cell 3: the number of a run"),
        (NOTEBOOK, _edited(lambda nb: nb["cells"][0].update(source="#END SOLUTION")), 'a marker, "#END SOLUTION"'),
        (NOTEBOOK, _edited(lambda nb: nb["cells"][0].update(source="### BEGIN HIDDEN TESTS #x")), "a marker"),
        (NOTEBOOK, _edited(lambda nb: nb["cells"][2].update(source="open('/home/anna/x.csv')")), "/home/anna/x.csv"),
        (NOTEBOOK, _edited(lambda nb: nb["metadata"].update(x="C:\\Users\\anna\\x")), "a path of one computer"),
        (NOTEBOOK, _edited(_attach), "a.txt: a line of a solution"),
        ("assignment.json", lambda data: data.replace(b"questions", b"s1234567", 1), 'should not be there, "s1234567"'),
        (
            "assignment.json",
            lambda data: data.replace(b'"cars"', b'"2 points: says which figure would show it."'),
            "scheme",
        ),
        (
            "data/notes.csv",
            lambda _: b'x\n"1 point: names a cause that the figures can show."',
            "a line of a mark scheme",
        ),
        ("data/notes.csv", lambda _: "return 100 * part / whole".encode("utf-16"), "a line of a solution"),
        ("data/more.xlsx", _nested, "inner.py: a line of a hidden check"),
        ("data/figures.bin", lambda _: b"\x00\xff\x01abs(table['x'])assert most == reference.most\xfe", "hidden check"),
    ],
)
def test_the_guard_finds_what_should_not_be_there(tmp_path, assignment, name, change, told) -> None:
    packed = _tampered(tmp_path, assignment, name, change)

    with pytest.raises(LabkitError, match=r"(?s)The release was refused, and nothing was written") as caught:
        guard.examine(packed, assignment, {"s1234567"})
    assert told in str(caught.value)
    assert f"- {name}" in str(caught.value)


def test_the_guard_lets_an_honest_release_pass(tmp_path, assignment) -> None:
    packed = _tampered(
        tmp_path, assignment, "data/notes.csv", lambda data: data + b"help\nif\nimport pandas as pd\nreturn"
    )

    guard.examine(packed, assignment, {"s1234567"})


def test_the_name_of_an_author_is_kept_out(tmp_path) -> None:
    source = write_assignment(tmp_path)
    notebook = json.loads(source.read_text())
    notebook["metadata"]["authors"] = [{"name": "Anna Maria Bakker"}]
    source.write_text(json.dumps(notebook))
    assignment = open_assignment(source)

    assert b"Bakker" not in build(assignment, ("en",)).packed
    packed = _tampered(tmp_path, assignment, "data/notes.csv", lambda _: b"made by Anna Maria Bakker")
    with pytest.raises(LabkitError, match="Anna Maria Bakker"):
        guard.examine(packed, assignment)


# Writing.


def test_a_refused_release_leaves_what_was_there(tmp_path) -> None:
    source = write_assignment(tmp_path / "source")
    before = release(source, tmp_path / "out")
    was = {file: file.read_bytes() for file in (tmp_path / "out").rglob("*") if file.is_file()}
    (tmp_path / "source" / "data" / "help.py").write_text("def f(part, whole):\n    return 100 * part / whole\n")

    with pytest.raises(LabkitError, match=r"data/help.py: a line of a solution, .*exercise.ipynb, cell 9, line 7"):
        release(source, tmp_path / "out")
    assert {file: file.read_bytes() for file in (tmp_path / "out").rglob("*") if file.is_file()} == was
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["cars", "cars.zip"]
    assert before.changed


def test_an_older_release_is_replaced_whole_and_an_equal_one_not_touched(tmp_path) -> None:
    source = write_assignment(tmp_path / "source")
    first = release(source, tmp_path / "out")
    stamps = {file: file.stat().st_mtime_ns for file in first.folder.rglob("*")}

    assert not release(source, tmp_path / "out").changed
    assert {file: file.stat().st_mtime_ns for file in first.folder.rglob("*")} == stamps
    (first.folder / "old.csv").write_text("of an older release")
    again = release(source, tmp_path / "out", language="nl")
    assert again.changed
    assert sorted(file.name for file in again.folder.iterdir()) == ["assignment.json", "data", "exercise.ipynb"]


@pytest.mark.parametrize("what", ["notes.txt", ".git/HEAD", "assignment.json"])
def test_a_folder_with_something_else_is_left_alone(tmp_path, what) -> None:
    source = write_assignment(tmp_path / "source")
    if what.startswith(".git"):
        release(source, tmp_path / "out")
    kept = tmp_path / "out" / "cars" / what
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text('{"assignment": "other"}')

    with pytest.raises(LabkitError, match="holds something else than an earlier release of cars"):
        release(source, tmp_path / "out")
    assert kept.read_text() == '{"assignment": "other"}'


def test_a_release_never_replaces_its_own_source(tmp_path) -> None:
    source = write_assignment(tmp_path / "course" / "cars")

    with pytest.raises(LabkitError, match="The assignment itself lies in"):
        release(source.parent, tmp_path / "course")
    assert source.exists()


# The copy with solutions, the roster, the command.


def test_the_solutions_go_elsewhere_and_are_clean(tmp_path) -> None:
    source = write_assignment(tmp_path / "source")
    done = release(source, tmp_path / "out", "en", solutions=tmp_path / "after")
    text = (done.solutions / "exercise_solutions.ipynb").read_text()

    assert done.solutions == tmp_path / "after" / "cars"
    assert "return 100 * part / whole" in text
    assert "parking is free" in text
    assert not any(word in text for word in ("SOLUTION", "PROMPT", "share(7, 28)", "names a cause", "# question:"))
    release(source, tmp_path / "out", "en", solutions=tmp_path / "after", with_hidden=True)
    full = (done.solutions / "exercise_solutions.ipynb").read_text()
    assert "share(7, 28)" in full
    assert "**Mark scheme**" in full
    assert not any(word in full for word in ("BEGIN", "HIDDEN TESTS", "===", "# check:"))


@pytest.mark.parametrize("place", ["out", "out/cars", "out/after"])
def test_solutions_never_go_where_students_get_things(tmp_path, place) -> None:
    source = write_assignment(tmp_path / "source")

    with pytest.raises(LabkitError, match="students would get the solutions"):
        release(source, tmp_path / "out", solutions=tmp_path / place)
    assert not (tmp_path / "out").exists()


def test_districts_are_dealt_in_balance_and_kept(tmp_path) -> None:
    source = write_assignment(tmp_path / "source")
    roster = tmp_path / "roster.csv"
    lines = ["student,name,group,district", *(f"s12345{number:02},,," for number in range(25))]
    roster.write_text(
        "\n".join([*lines, "s1234590,,pair one,", "s1234591,,pair one,", "s1234592,Bo Vos,,Merenwijkdistrict"])
    )

    done = release(source, tmp_path / "out", roster=roster)
    dealt = companion.read_companion(done.folder).districts
    header = read_header(CELLS[0][1], "exercise")

    assert done.districts == 29, "25 students, a pair under three names, and one with a district of their own"
    counts = [list(dealt.values()).count(code) for code in set(dealt.values())]
    assert len(counts) == 10
    assert districts.salted(header, "s1234592") in dealt
    assert dealt[districts.salted(header, "s1234592")] == "WK054608"
    assert dealt[districts.salted(header, "s1234590")] == dealt[districts.salted(header, "pair one")]
    packed = done.archive.read_bytes()
    assert not any(word in packed for word in (b"s12345", b"pair one", b"Bo Vos"))

    roster.write_text(roster.read_text() + "\ns1234599,,,")
    after = companion.read_companion(release(source, tmp_path / "out", roster=roster).folder).districts
    assert dealt.items() < after.items()


def test_errors_of_lint_refuse_a_release(tmp_path) -> None:
    source = write_assignment(tmp_path / "source", cells=[*CELLS, ("code", "# check: shre, 1 point\nassert share")])

    with pytest.raises(LabkitError, match=r"(?s)Put this right first:\n- .*shre"):
        release(source, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("never", "told"),
    [("(1,)", ""), ("()", "check q.1 passes on an answer that nobody gave")],
)
def test_a_release_can_be_tried_first(tmp_path, never, told) -> None:
    answer = f"rows = []\nfor one in {never}:\n    # BEGIN SOLUTION\n    rows = [one]\n    # END SOLUTION"
    cells = [
        ("raw", "---\nassignment: small\ndata: [data]\n---"),
        ("code", f"# question: q\n{answer}"),
        ("code", "# check: q, 1 point\nassert isinstance(rows, list)"),
    ]
    source = write_assignment(tmp_path / "source", cells=cells)

    if told:
        assert release(source, tmp_path / "elsewhere").proved == 0
        with pytest.raises(LabkitError, match=told):
            release(source, tmp_path / "out", run=True)
        assert not (tmp_path / "out").exists()
    else:
        assert release(source, tmp_path / "out", run=True).proved == 1


def test_two_functions_are_asked_for_where_labkit_is_not_imported(tmp_path) -> None:
    bodies = [f"def {name}(x):\n    # BEGIN SOLUTION\n    return x\n    # END SOLUTION" for name in ("f", "g")]
    cells = [
        ("raw", "---\nassignment: small\n---"),
        ("code", "# question: q\n" + "\n\n\n".join(bodies)),
        ("code", "# check: q, 1 point\nassert callable(f)\nassert callable(g)"),
    ]
    assignment = open_assignment(write_assignment(tmp_path, cells=cells))
    given = released(assignment, "en")

    assert _run(given) == {"q-check-1"}
    half = given.cells[-2].source.replace("...", "return x", 1)
    assert _run(given, {"q-answer": half}) == {"q-check-1"}
    assert _run(given, {"q-answer": assignment.questions[0].solution}) == set()


def test_a_check_without_a_name_of_the_solution_is_told(tmp_path) -> None:
    cells = [
        ("raw", "---\nassignment: small\n---"),
        ("code", "# question: q\nrows = []\n# BEGIN SOLUTION\nprint(1)\n# END SOLUTION"),
        ("code", "# check: q, 1 point\nassert rows == []"),
    ]
    built = build(open_assignment(write_assignment(tmp_path, cells=cells)), ("en",))

    assert built.notes == (
        "Check q.1 may pass on an answer that nobody gave: let it look at a name that the solution gives.",
    )


def test_the_command_says_what_it_wrote(tmp_path) -> None:
    source = write_assignment(tmp_path / "source")
    asked = ["assignment", "release", str(source), "--out", str(tmp_path / "out")]

    shown = CliRunner().invoke(app, asked)
    assert shown.exit_code == 0, shown.output
    assert "exercise_nl.ipynb" in shown.output
    assert "nbgitpuller" in shown.output
    found = json.loads(CliRunner().invoke(app, [*asked, "--language", "nl", "--json"]).stdout)
    assert found["notebooks"] == ["exercise.ipynb"]
    assert found["sizes"]["data/notes.csv"] == 43
    wrong = CliRunner().invoke(app, [*asked, "--language", "fr"])
    assert "cars is not written in fr: its settings name nl, en." in str(wrong.exception)


def test_a_language_that_nobody_wrote_is_not_released(tmp_path) -> None:
    cells = [("raw", "---\nassignment: small\nlanguages: [nl]\n---"), ("markdown", "# Tekst")]
    cells += [("code", "# question: q\n# BEGIN SOLUTION\na = 1\n# END SOLUTION"), ("code", "# check: q\nassert a == 1")]

    with pytest.raises(LabkitError, match="small is not written in en: its settings name nl"):
        release(write_assignment(tmp_path, cells=cells), tmp_path / "out", language="en")


@pytest.mark.parametrize(
    ("text", "source", "found"),
    [
        ("see https://example.org/media/map.png or /media/map.png", False, ""),
        ("read('/media/map.png')", True, "/media/map.png"),
        ("/Users/anna/x", False, "/Users/anna/x"),
        ("in /data/course/week1.csv", False, "/data/course"),
        ("in /data/courses/week1.csv or a/data/course", True, ""),
    ],
)
def test_paths_of_one_computer_are_told_from_others(text, source, found) -> None:
    assert secrets.path_in(text, ["/data/course"], source=source) == found
