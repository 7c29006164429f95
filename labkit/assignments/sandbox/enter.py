"""Go into the sandbox: each layer that this system has, in the order in which they can still be set."""

from __future__ import annotations

import sys
from collections.abc import Callable

from labkit.assignments.sandbox import audit, landlock, privileges, quotas, seccomp
from labkit.assignments.sandbox.places import Places


def enter(places: Places, memory: int, file: int, seconds: float) -> list[str]:
    """Limit this process for good.

    Parameters
    ----------
    places : Places
        What may be read, and the one folder that may be written.
    memory, file : int
        MB.
    seconds : float
        Of processor time.

    Returns
    -------
    list of str
        The layers in force, such as "landlock 7" or "seccomp".
    """
    in_force = _try(lambda: quotas.limit(memory, file, seconds))
    if sys.platform == "linux":
        in_force += _try(privileges.drop)
        in_force += _try(lambda: landlock.restrict(places))
        in_force += _try(seccomp.install)
    audit.watch(places)
    return [*in_force, "audit"]


def _try(layer: Callable[[], list[str]]) -> list[str]:
    """Return what a layer has in force; nothing if this system does not know it."""
    try:
        return layer()
    except (OSError, AttributeError, ValueError, ImportError):
        return []
