"""Whatever an assignment is made of, nothing that is secret in it comes out, and nobody scores without an answer."""

import base64
import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_assignment import notebook

from labkit.assignments.assignment import open_assignment
from labkit.assignments.release import guard
from labkit.assignments.release.release import build
from labkit.language import speaking

#: A word that stands in every secret line of the sources below, and nowhere else.
SECRET = "hushhush"

HEADER = """---
assignment: made
languages: [nl, en]
---"""

#: Answer cells: {q} is the id of the question; its answer is called answer_{q}.
ANSWERS = [
    "# BEGIN SOLUTION\nhushhush_{q} = 2\nanswer_{q} = hushhush_{q} * 2\n# END SOLUTION",
    "given_{q} = 3\n# BEGIN SOLUTION\nanswer_{q} = given_{q}  # hushhush\n# END SOLUTION\nanswer_{q}",
    'def answer_{q}(part):\n    """What it is."""\n    # BEGIN SOLUTION\n    hushhush = part\n    return hushhush\n    # END SOLUTION',
    "# BEGIN SOLUTION\ndef answer_{q}(part):\n    return part or 'hushhush'\n# END SOLUTION",
    "def answer_{q}():\n    # BEGIN SOLUTION\n    return 'hushhush'\n    # END SOLUTION\n\n\ndef other_{q}():\n    # BEGIN SOLUTION\n"
    "    return answer_{q}() + 'hushhush'\n    # END SOLUTION",
    "answer_{q} = []\nfor one in (1, 2):\n    # BEGIN SOLUTION\n    answer_{q}.append(one or 'hushhush')\n    # END SOLUTION",
    "answer_{q} = 0\nfor one in (1, 2):\n    ### BEGIN SOLUTION\n    # PROMPT: add them\n    answer_{q} += len('hushhush')\n"
    "    ### END SOLUTION",
    "answer_{q} = {{}}\n#BEGIN SOLUTION\nanswer_{q}['hushhush'] = 1\n\n#END SOLUTION",
    "# begin solution\nhushhush = 1\n# end solution\n# BEGIN SOLUTION\nanswer_{q} = 'hushhush'\n# END SOLUTION",
    "# BEGIN HIDDEN TESTS\nhushhush = 1\n# END HIDDEN TESTS\n# BEGIN SOLUTION\nanswer_{q} = 'hushhush'\n# END SOLUTION\n"
    "# === BEGIN MARK SCHEME ===\n# hushhush\n# === END MARK SCHEME ===",
]

#: What checks look at: each of them holds for a stub too, if nothing is done about it.
CHECKS = [
    "assert answer_{q} is not None",
    "assert True or answer_{q}\n# BEGIN HIDDEN TESTS\nassert reference.answer_{q} != 'hushhush'\n# END HIDDEN TESTS",
    "assert callable(answer_{q}) or answer_{q} is not None\n'a value that is shown'",
    '''text = """
    lines
>>> 1
"""
assert text and str(answer_{q})''',
    "try:\n    answer_{q} + 1\nexcept Exception:\n    pass",
]
HIDDEN_CHECKS = [
    "assert answer_{q} != 'hushhush'",
    "# hushhush\nassert answer_{q}\n# BEGIN HIDDEN TESTS\n# END HIDDEN TESTS",
]

TEXTS = [
    "<!-- BEGIN SOLUTION -->\nIt is hushhush.\n<!-- END SOLUTION -->",
    "Begin so:\n<!-- BEGIN SOLUTION -->\nPROMPT: I think that\nhushhush\n<!-- END SOLUTION -->\n=== BEGIN MARK SCHEME ===\n"
    "- 1 point: hushhush\n=== END MARK SCHEME ===",
    "=== BEGIN MARK SCHEME ===\nhushhush\n=== END MARK SCHEME ===",
]

OTHERS = [
    ("markdown", "## A heading"),
    ("markdown", "<!-- language: nl -->\nTekst.\n<!-- BEGIN SOLUTION -->\nhushhush\n<!-- END SOLUTION -->"),
    ("markdown", "<!-- BEGIN SOLUTION -->\n# hushhush\n<!-- END SOLUTION -->"),
    ("code", "import math\n# BEGIN SOLUTION\nhushhush = math.pi\n# END SOLUTION"),
    ("code", "# BEGIN HIDDEN TESTS\nhushhush = 1\n# END HIDDEN TESTS"),
    ("raw", "=== BEGIN MARK SCHEME ===\nhushhush\n=== END MARK SCHEME ==="),
    ("code", "# Room for your own work."),
]


@st.composite
def questions(draw):
    """The cells of one question, with places for its id."""
    if draw(st.booleans()):
        cells = [("markdown", "<!-- question: {q}, 2 points -->\n" + draw(st.sampled_from(TEXTS)))]
    else:
        cells = [("code", "# question: {q}, ai: allowed\n" + draw(st.sampled_from(ANSWERS)))]
        shown = draw(st.lists(st.sampled_from(CHECKS), min_size=1, max_size=2))
        cells += [("code", "# check: {q}, 1 point\n" + one) for one in shown]
        hidden = draw(st.lists(st.sampled_from(HIDDEN_CHECKS), max_size=2))
        cells += [("code", "# check: {q}, 1 point, hidden\n" + one) for one in hidden]
    return [*cells, *draw(st.lists(st.sampled_from(OTHERS), max_size=2))]


@st.composite
def sources(draw):
    """A whole notebook, as JSON: cells, and what an editor leaves in them."""
    cells = [("raw", HEADER), *draw(st.lists(st.sampled_from(OTHERS), max_size=2))]
    for number, question in enumerate(draw(st.lists(questions(), min_size=1, max_size=3))):
        cells += [(kind, source.format(q=f"q{number}") if "{q}" in source else source) for kind, source in question]
    made = notebook(cells)
    made.metadata["authors"] = [{"name": "Hush Hushhush"}]
    made.metadata["widgets"] = {"state": "hushhush"}
    for cell in made.cells:
        cell.metadata["editor"] = "hushhush"
        if cell.cell_type == "code" and draw(st.booleans()):
            cell.execution_count = 7
            cell.outputs = [{"output_type": "stream", "name": "stdout", "text": "hushhush"}]
        if cell.cell_type == "markdown":
            cell.attachments = {"a.png": {"image/png": base64.b64encode(b"hushhush").decode()}}
    return json.dumps(made)


def _opened(folder, source):
    (folder / "made.ipynb").write_text(source, encoding="utf-8")
    return open_assignment(folder / "made.ipynb")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("made")


@settings(max_examples=60)
@given(source=sources())
def test_nothing_secret_comes_out_and_each_build_is_the_same(folder, source) -> None:
    assignment = _opened(folder, source)
    built = build(assignment, ("nl", "en"))

    for name in zipfile.ZipFile(io.BytesIO(built.packed)).namelist():
        data = zipfile.ZipFile(io.BytesIO(built.packed)).read(name)
        assert SECRET.encode() not in data.lower(), name
        assert base64.b64encode(b"hushhush") not in data, name
        assert b"END SOLUTION" not in data.upper()
    (folder / "made.zip").write_bytes(built.packed)
    guard.examine(folder / "made.zip", assignment)
    assert build(_opened(folder, source), ("nl", "en")).packed == built.packed


@settings(max_examples=40)
@given(source=sources())
def test_an_untouched_copy_scores_nothing(folder, source) -> None:
    built = build(_opened(folder, source), ("en",))
    names = {}
    with speaking("en"):
        for cell in json.loads(built.files["made.ipynb"])["cells"]:
            if cell["cell_type"] != "code":
                continue
            failed = False
            try:
                exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
            except Exception:
                failed = True
            assert failed or "-check-" not in cell["id"], "".join(cell["source"])


@settings(max_examples=40)
@given(source=sources(), data=st.data())
def test_any_secret_line_that_is_put_back_is_found(folder, source, data) -> None:
    """The guard does not trust the steps: whatever they would leave in, it sees."""
    assignment = _opened(folder, source)
    files = dict(build(assignment, ("en",)).files)
    secret = sorted(
        {
            line
            for cell in assignment.notebook.cells[1:]
            for line in cell.source.split("\n")
            if SECRET in line and len(line) >= 16
        }
    )
    if not secret:
        return
    line = data.draw(st.sampled_from(secret))
    made = json.loads(files["made.ipynb"])
    made["cells"][data.draw(st.integers(0, len(made["cells"]) - 1))]["source"] += f"\n  # {line.strip()}"
    from labkit.assignments.release import archive

    (folder / "made.zip").write_bytes(archive.pack({**files, "made.ipynb": json.dumps(made).encode()}, "made"))
    with pytest.raises(guard.LabkitError, match="It would give away"):
        guard.examine(folder / "made.zip", assignment)
