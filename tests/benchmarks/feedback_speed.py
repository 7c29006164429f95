"""How long feedback on 300 hand-ins takes, and how large it is.

Run it with `uv run python tests/benchmarks/feedback_speed.py`. For comparison: nbgrader's `generate_feedback` took 0.2
seconds and 128 kB a hand-in, so a minute for 300 of them, on a machine like the one where this takes 3 seconds (most
of that is the disk, which is made to keep each page for certain).
"""

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import made_up_results as made_up

from labkit.assignments.feedback.packing import pack
from labkit.assignments.feedback.writing import feedback_of, write_feedback
from labkit.assignments.marking import write_marks
from labkit.assignments.results_folder import read_results

COUNT, LIMIT_SECONDS, LIMIT_SIZE = 300, 15, 60_000


def main():
    """Write sheets, pages and zip for a class, print what each took, and fail over the limits."""
    with tempfile.TemporaryDirectory() as name:
        folder = made_up.save(Path(name), made_up.class_of(COUNT))
        moments = [time.perf_counter()]
        results = read_results(folder)
        moments.append(time.perf_counter())
        write_marks(folder, results)
        moments.append(time.perf_counter())
        pages = feedback_of(folder, results, distribution=True, companion=made_up.COMPANION)
        written = list(write_feedback(pages, folder / "feedback"))
        moments.append(time.perf_counter())
        pack(pages, "brightspace", folder / "feedback.zip")
        moments.append(time.perf_counter())
        sizes = [one.stat().st_size for one in written]
    for what, before, after in zip(("read", "sheets", "pages", "zip"), moments, moments[1:], strict=False):
        print(f"{what:>8} {after - before:6.2f} s")
    print(f"{len(written)} pages, {sum(sizes) / len(sizes) / 1000:.1f} kB each, {max(sizes) / 1000:.1f} kB at most")
    return 0 if moments[-1] - moments[0] < LIMIT_SECONDS and max(sizes) < LIMIT_SIZE else 1


if __name__ == "__main__":
    sys.exit(main())
