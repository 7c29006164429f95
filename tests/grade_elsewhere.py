"""Grade a released notebook with nbgrader and with otter-grader, each in its own way; run as a program.

    python tests/grade_elsewhere.py nbgrader|otter RELEASED_FOLDER NOTEBOOK SCRATCH NAME=HAND_IN ...

It is a program of its own because pytest makes errors of the warnings that both give. It shows JSON.
"""

import json
import os
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

Scores = dict[str, Any]


def nbgrader(released: Path, notebook: str, scratch: Path, handed_in: dict[str, Path]) -> Scores:
    """Import the release as it stands, and autograde; return the points of each student, and what a person marks."""
    from nbgrader.api import Gradebook
    from nbgrader.apps import NbGraderAPI
    from nbgrader.utils import compute_checksum
    from traitlets.config import Config

    for student, file in handed_in.items():
        folder = scratch / "submitted" / student / "week"
        shutil.copytree(released, folder)
        shutil.copy(file, folder / notebook)
    shutil.copytree(released, scratch / "source" / "week")
    config = Config()
    config.CourseDirectory.root = str(scratch)
    # The release has its own stubs; nbgrader would put its own in their place.
    config.ClearSolutions.enabled = False
    api = NbGraderAPI(config=config)
    generated = api.generate_assignment("week")
    if not generated["success"]:
        return {"error": generated["log"] + generated["error"]}
    scores: Scores = {"checksums": _checksums(released / notebook, compute_checksum)}
    made = json.loads((scratch / "release" / "week" / notebook).read_text(encoding="utf-8"))
    scores["kept"] = [cell["source"] for cell in made["cells"]] == [
        cell["source"] for cell in json.loads((released / notebook).read_text(encoding="utf-8"))["cells"]
    ]
    for student in handed_in:
        graded = api.autograde("week", student)
        if not graded["success"]:
            return {"error": graded["log"] + graded["error"]}
        with Gradebook(f"sqlite:///{scratch}/gradebook.db") as book:
            found = book.find_submission_notebook(Path(notebook).stem, "week", student)
            scores[student] = {
                "score": found.score,
                "max_score": found.max_score,
                "waiting": sorted(one.name for one in found.grades if one.needs_manual_grade),
                "points": {one.name: one.score for one in found.grades},
            }
    return scores


def _checksums(notebook: Path, compute_checksum: Any) -> bool:
    """Return whether nbgrader computes the checksums that the release has, after validating it with its reader."""
    from nbgrader.nbgraderformat import read

    with notebook.open(encoding="utf-8") as file:
        cells = read(file, as_version=4).cells
    graded = [cell for cell in cells if "nbgrader" in cell.metadata]
    return len(graded) > 3 and all(cell.metadata.nbgrader.checksum == compute_checksum(cell) for cell in graded)


def otter(released: Path, notebook: str, scratch: Path, handed_in: dict[str, Path]) -> Scores:
    """Grade as `otter run` does, with the tests that stand in the notebook; return the points of each student."""
    import nbformat
    from otter.api import grade_submission
    from otter.nbmeta_config import NBMetadataConfig

    tests = NBMetadataConfig.from_notebook(nbformat.read(released / notebook, as_version=4)).tests
    packed = scratch / "autograder.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("otter_config.json", json.dumps({"lang": "python", "assignment_name": _name(released)}))
        for question, test in tests.items():
            archive.writestr(f"tests/{question}.py", f"OK_FORMAT = True\n\ntest = {test!r}\n")
        for file in released.rglob("*"):
            if file.is_file() and file.suffix != ".ipynb":
                archive.write(file, f"files/{file.relative_to(released).as_posix()}")
    scores: Scores = {}
    for student, file in handed_in.items():
        copied = scratch / f"{student}.ipynb"
        shutil.copy(file, copied)
        found = grade_submission(str(copied), ag_path=str(packed), quiet=True)
        scores[student] = {
            "score": found.total,
            "max_score": found.possible,
            "points": {name: found.get_score(name) for name in tests},
        }
    return scores


def _name(released: Path) -> str:
    return str(json.loads((released / "assignment.json").read_text(encoding="utf-8"))["assignment"])


if __name__ == "__main__":
    grader, folder, name, place, *given = sys.argv[1:]
    os.chdir(place)
    work = {"nbgrader": nbgrader, "otter": otter}[grader]
    result = work(
        Path(folder), name, Path(place), {one.partition("=")[0]: Path(one.partition("=")[2]) for one in given}
    )
    print("\n" + json.dumps(result))
