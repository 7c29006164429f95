"""A program that saves records without end: adds a token of its own to one, and logs what it was told."""

import json
import os
import random
import signal
import sys
from pathlib import Path

from labkit.register.errors import BusyError, ConflictError
from labkit.register.folder import Folder


def main():
    """Save until told to stop."""
    stop = []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(True))
    folder, number = Folder(Path(sys.argv[1])), sys.argv[3]
    rng = random.Random(int(number))
    count = 0
    with Path(sys.argv[2]).open("w", encoding="utf-8") as log:

        def tell(what, **more):
            log.write(json.dumps({"what": what, **more}) + "\n")
            log.flush()
            os.fsync(log.fileno())

        while not stop:
            id = f"q-{rng.randrange(12)}"
            token = f"https://example.org/{number}/{count}"
            count += 1
            try:
                entry = folder.read(id)
                folder.save(entry.record.with_(sources=[*entry.record.sources, token]), entry)
            except ConflictError:
                tell("conflict", id=id)
            except BusyError:
                tell("busy", id=id)
            else:
                tell("saved", id=id, token=token)


if __name__ == "__main__":
    main()
