"""One worker process: grades what comes through its pipe, until that closes."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback

from labkit.assignments import patience
from labkit.assignments.grading import Grader
from labkit.assignments.paper import Paper
from labkit.assignments.results import Result
from labkit.assignments.visible import visible, visible_result
from labkit.assignments.workers import send
from labkit.errors import LabkitError
from labkit.language import use

#: What a worker may use above what a hand-in may, MB; how often the time of a hand-in it may take, and seconds besides.
OURS, RUNS, SPARE = 1000, 3, 900


def one_piece(grader: Grader, work: Paper | str) -> tuple[Result | None, str]:
    """Prove the solution for a district, or grade a hand-in; return its result, and what went wrong."""
    try:
        if isinstance(work, str):
            grader.prove(work)
            return None, ""
        return visible_result(grader.grade(work)), ""
    except LabkitError as error:
        return None, visible(str(error))
    except Exception as error:
        # A fault of ours in one hand-in should not stop the others.
        if os.environ.get("LABKIT_DEBUG"):
            traceback.print_exc()
        return None, visible(" ".join(f"{type(error).__name__}: {error}".split()))[:300]


def main() -> None:
    """Work until there is no more work."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(number))
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints, prints beside the pipe
    try:
        order, language = pickle.load(sys.stdin.buffer)
        use(language)
        with Grader(order, keep_city=True) as grader:
            limits = grader.assignment.header.limits
            patience.enforce(limits.seconds, limits.memory + OURS)
            while True:
                work = pickle.load(sys.stdin.buffer)
                with patience.within(limits.seconds * RUNS + SPARE):
                    done = one_piece(grader, work)
                send(out, done)
    except (EOFError, OSError):
        pass  # who asked is gone, or has had enough
    os._exit(0)  # all is put away; taking the libraries down one by one would only cost time


if __name__ == "__main__":
    main()
