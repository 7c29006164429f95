"""Start a student's process of its own: where it cannot be forked from a warm one, and in a container."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from labkit.assignments import frames
from labkit.assignments.answers import decode
from labkit.assignments.child.serving import streams
from labkit.assignments.sandbox.privileges import end_with_parent


def main() -> None:
    """Serve one hand-in over standard input and output."""
    if sys.platform == "linux":
        end_with_parent()
    incoming, outgoing = streams(os.dup(0), os.dup(1))
    start, body = frames.receive(incoming)
    from labkit.assignments.child.starting import begin, load, prepare

    if body:  # in a container the files come along: nothing of this machine is visible in it
        for name in ("work", "home", "tmp"):
            (Path(start["folder"]) / name).mkdir(parents=True, exist_ok=True)
        for name, data in decode(body).items():
            place = Path(start["work"]) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    load(start["imports"], start["city"])
    prepare(start["home"], start["city"])
    begin(start, incoming, outgoing)
    os._exit(0)


if __name__ == "__main__":
    main()
