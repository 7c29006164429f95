"""Start a student's process of its own: where it cannot be forked from a warm one, and in a container."""

from __future__ import annotations

import os

from labkit.assignments import frames
from labkit.assignments.child.serving import streams


def main() -> None:
    """Serve one hand-in over standard input and output."""
    incoming, outgoing = streams(os.dup(0), os.dup(1))
    start, _ = frames.receive(incoming)
    from labkit.assignments.child.starting import begin, load

    load(start["imports"])
    begin(start, incoming, outgoing)
    os._exit(0)


if __name__ == "__main__":
    main()
