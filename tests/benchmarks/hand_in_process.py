"""What the process of one hand-in costs, warm and cold. To run: uv run python tests/benchmarks/hand_in_process.py.

The hand-in imports pandas, geopandas and labkit, opens the city, prints a profile, and its table is asked for. The goal:
under 0.25 s of processor time when it is forked from a warm process. Next to it, the same cells in a plain new Python.
"""

import os
import resource
import subprocess
import sys
import time

from labkit.assignments.runner import Warm

CELLS = [
    "import pandas as pd\nimport geopandas as gpd\nimport labkit as lk",
    'city = lk.open_city("leiden")\nprint(city.profile("Stevenshof"))',
    'table = city.profile("Stevenshof").table',
]


def hand_in(warm: Warm) -> tuple[float, float, int]:
    """Run the cells; return seconds, seconds of processor time, MB."""
    began = time.perf_counter()
    with warm.session() as session:
        for cell in CELLS:
            assert session.run(cell).status == "ok"
        assert len(session.answer("table")) > 100
    took = time.perf_counter() - began
    return took, session.used.cpu, session.used.memory // 2**20


def main() -> None:
    """Measure, and print a line for each."""
    began = time.perf_counter()
    with Warm(city="leiden") as warm:
        warm.session().close()
        print(f"the warm process: {time.perf_counter() - began:.2f} s, once")
        for took, cpu, memory in sorted(hand_in(warm) for _ in range(7))[3:4]:
            print(f"forked: {took:.3f} s, {cpu:.3f} s of processor time, {memory} MB, most of it shared (middle of 7)")
    with Warm(fork=False) as warm:
        took = sorted(hand_in(warm)[0] for _ in range(3))[1]
        print(f"spawned: {took:.3f} s (middle of 3)")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    settings = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", "\n".join(CELLS)], stdout=subprocess.DEVNULL, check=True, env=settings)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"plain Python: {time.perf_counter() - began:.3f} s, {cpu:.3f} s of processor time")


if __name__ == "__main__":
    main()
