"""How much a process may use, as the system itself counts it."""

from __future__ import annotations

import math
import sys

#: What may be reserved above the limit of memory, MB. The engine that draws charts reserves 64 GB, and uses little.
_RESERVED = 100_000


def limit(memory: int, file: int, seconds: float) -> list[str]:
    """Set the limits of this process; return "limits" with those that hold.

    Parameters
    ----------
    memory, file : int
        MB, of what is used (Linux) or reserved (elsewhere); MB of the largest file.
    seconds : float
        Of processor time.
    """
    import resource

    wanted = {
        "CORE": 0,
        "NOFILE": 256,
        "FSIZE": file * 1_000_000,
        "CPU": math.ceil(seconds) + 5,
    }
    if sys.platform not in ("linux", "darwin"):  # macOS takes this limit and does not keep it
        wanted["AS"] = memory * 1_000_000
    if sys.platform == "linux":
        wanted |= {"DATA": memory * 1_000_000, "AS": (memory + _RESERVED) * 1_000_000}
    held = []
    for name, number in wanted.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None:
            continue
        _, hard = resource.getrlimit(kind)
        number = number if hard == resource.RLIM_INFINITY else min(number, hard)  # noqa: PLW2901
        try:
            resource.setrlimit(kind, (number, number))
        except (OSError, ValueError):
            continue
        if resource.getrlimit(kind)[0] == number:
            held.append(name.lower())
    return [f"limits {' '.join(held)}"]
