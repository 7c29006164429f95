"""Grade a class, and the same class with nbgrader. To run: uv run --group grading python tests/benchmarks/grading.py.

Every hand-in imports pandas, geopandas and labkit, opens the city, and answers a figure, a function and a table about the
student's own district, as in a week of the course. The goals: 30 hand-ins at least 15 times as fast as
`nbgrader autograde`, measured in the same run, and 300 hand-ins in under 60 s on two cores. Both are the whole command,
with the start of Python; ours also runs the solution for each of the ten districts and proves it by its own checks.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import nbformat
from made_up_assignment import CELLS, write_assignment

FEW, MANY = 30, 300
SETUP = "import geopandas as gpd\nimport pandas as pd\n\n"


def main() -> None:
    """Make the class, grade it, and say how long it took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cells = [(kind, SETUP + text if text.startswith("import labkit") else text) for kind, text in CELLS]
        source = write_assignment(folder / "source", cells=cells)
        run("release", source, "--out", folder / "release")
        release = folder / "release" / "cars"
        for count in (FEW, MANY):
            hand_in(source, release / "exercise_en.ipynb", folder / f"handins{count}", count)
            took = ours(source, folder / f"handins{count}", folder / f"graded{count}")
            print(f"labkit: {count} hand-ins in {took:.1f} s, {took / count:.3f} s each", flush=True)
            if count == FEW:
                few = took
        peer = nbgrader(release, folder / f"handins{FEW}", folder / "nbgrader")
        if peer:
            print(f"nbgrader autograde: {FEW} hand-ins in {peer:.1f} s; labkit is {peer / few:.1f} times as fast")


def run(*words: object) -> None:
    """Run a command of labkit; findings are no fault."""
    done = subprocess.run(
        [sys.executable, "-m", "labkit", "assignment", *map(str, words)], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout + done.stderr)


def hand_in(source: Path, released: Path, folder: Path, count: int) -> None:
    """Write hand-ins with the solutions in them, each of another student."""
    from labkit.assignments.assignment import open_assignment

    folder.mkdir()
    assignment = open_assignment(source)
    for number in range(count):
        notebook = nbformat.read(released, as_version=4)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if name.endswith("-answer"):
                cell.source = assignment.question(name.removesuffix("-answer")).solution
            cell.source = cell.source.replace("my_district()", f'my_district("s{number}")')
        nbformat.write(notebook, folder / f"s{number}.ipynb")


def ours(source: Path, handins: Path, out: Path) -> float:
    """Grade with labkit; return how long it took, seconds."""
    began = time.perf_counter()
    run("grade", source, handins, "--out", out)
    took = time.perf_counter() - began
    with (out / "grades.csv").open(encoding="utf-8") as file:
        wrong = [row for row in csv.DictReader(file) if row["points"] not in ("", row["max_points"])]
    if wrong:
        raise SystemExit(f"not all points: {wrong[0]}")
    return took


def nbgrader(release: Path, handins: Path, folder: Path) -> float | None:
    """Grade with nbgrader; return how long `nbgrader autograde` took, or None if it is not installed."""
    try:
        import nbgrader as peer
    except ImportError:
        print("nbgrader is not installed: uv sync --group grading")
        return None
    shutil.copytree(release, folder / "source" / "cars")
    for other in (folder / "source" / "cars").glob("*_nl.ipynb"):
        other.unlink()
    for file in handins.iterdir():
        place = folder / "submitted" / file.stem / "cars"
        shutil.copytree(folder / "source" / "cars", place)
        shutil.copy(file, place / "exercise_en.ipynb")
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.ClearSolutions.enabled = False\n")
    tool = [sys.executable, "-m", "nbgrader"]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "LABKIT_LANGUAGE": "en"}
    subprocess.run([*tool, "generate_assignment", "cars"], cwd=folder, capture_output=True, check=True, env=environment)
    began = time.perf_counter()
    done = subprocess.run(
        [*tool, "autograde", "cars"], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )
    took = time.perf_counter() - began
    graded = len(list(folder.glob("autograded/*/cars/*.ipynb")))
    if graded < len(list(handins.iterdir())):
        raise SystemExit(f"nbgrader {peer.__version__} graded {graded}: {done.stderr[-500:]}")
    print(json.dumps({"nbgrader": peer.__version__, "graded": graded}))
    return took


if __name__ == "__main__":
    main()
