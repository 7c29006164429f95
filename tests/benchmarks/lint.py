"""Lint 100 notebooks: the whole command, with the start of Python. To run: python tests/benchmarks/lint.py.

The goal is well under 2 s on two cores, whether they are fine or full of faults (then lines are looked up too).
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COUNT = 100
#: As large as a notebook should get: 25 code cells, half of them with a check.
PAIRS = 12


def made(number: int, fault: bool) -> str:
    """Return a notebook of 26 cells of code and as many of text."""
    cells = [cell("raw", [f"assignment: week{number}", "title: Noise", "city: leiden", "course: lab", "year: 2026"])]
    cells.append(cell("code", ["import labkit as lk", 'leiden = lk.open_city("leiden")']))
    for each in range(PAIRS):
        cells.append(
            cell("markdown", [f"## Question {each}", *(["Some words about the city and its areas."] * 8), "help"])
        )
        wrong = ["# BEGIN SOLUTON", 'path = "/home/me/figures.csv"'] if fault else []
        lines = [f"residents{each} = {value} * {number}" for value in range(8)]
        begin = f"# question: q{each}, 2 points, ai: allowed"
        cells.append(cell("code", [begin, *wrong, "# BEGIN SOLUTION", *lines, "# END SOLUTION"]))
        check = f"lk.expect.number(residents{each}, between=(0, {number + 1}))"
        hidden = ["# BEGIN HIDDEN TESTS", f"assert residents{each} == reference.residents{each}", "# END HIDDEN TESTS"]
        cells.append(cell("markdown", ["Try it:"]))
        cells.append(cell("code", [f"# check: q{each}", check, *hidden]))
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}, indent=1)


def cell(kind: str, lines: list[str]) -> dict:
    """Return one cell."""
    more = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": [f"{line}\n" for line in lines[:-1]] + lines[-1:], **more}


def main() -> None:
    """Write them, lint them, and say how long it took."""
    for fault in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            for number in range(COUNT):
                (Path(folder) / f"week{number}.ipynb").write_text(made(number, fault), encoding="utf-8")
            begun = time.perf_counter()
            run = subprocess.run(
                [sys.executable, "-m", "labkit", "assignment", "lint", folder],
                capture_output=True,
                text=True,
                check=False,
            )
            took = time.perf_counter() - begun
        found = len(run.stdout.splitlines())
        print(f"{COUNT} notebooks, {found} findings, exit code {run.returncode}: {took:.2f} s")


if __name__ == "__main__":
    main()
