"""How long a student waits: `import labkit`, and opening Leiden for a profile, beside a bare `import geopandas`.

Run it with `uv run python tests/benchmarks/start_up.py`. Each is a fresh process; the medians are set in a ratio.
"""

import statistics
import subprocess
import sys
import time

CASES = {
    "python alone": "pass",
    "import geopandas": "import geopandas",
    "import labkit": "import labkit",
    "open Leiden, print a profile": "import labkit as lk; print(lk.open_city('leiden').profile('Stevenshof'))",
    "open Leiden, profile as DataFrame": "import labkit as lk; lk.open_city('leiden').profile('Stevenshof').table",
}
LIMITS = {"import labkit": 1 / 5, "open Leiden, print a profile": 1.5}
RUNS = 9


def seconds(code):
    """Return the time of one fresh process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-X", "utf8", "-c", code], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    """Measure all cases in turn, so that a busy moment of the machine hits each alike; fail if one is over its limit."""
    times = {name: [] for name in CASES}
    for code in CASES.values():
        seconds(code)  # once to fill the file cache
    for _ in range(RUNS):
        for name, code in CASES.items():
            times[name].append(seconds(code))
    base = statistics.median(times["import geopandas"])
    print(f"{'':36}{'median':>9}{'/ geopandas':>13}{'at most':>9}")
    for name, found in times.items():
        median = statistics.median(found)
        limit = f"{LIMITS[name]:.2f}" if name in LIMITS else ""
        print(f"{name:36}{1000 * median:6.0f} ms{median / base:13.2f}{limit:>9}")
    ratios = {name: statistics.median(times[name]) / base for name in LIMITS}
    over = [f"{name} ({ratio:.2f})" for name, ratio in ratios.items() if ratio > LIMITS[name]]
    if over:
        raise SystemExit(f"Over the limit: {', '.join(over)}.")


if __name__ == "__main__":
    main()
