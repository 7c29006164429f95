"""Give up, for good, what this process may do more than others, and any way to get it back."""

from __future__ import annotations

import contextlib
import ctypes

from labkit.assignments.sandbox.kernel import MACHINE, call, prctl

_NO_NEW_PRIVILEGES, _DROP_FROM_BOUNDS, _ON_DEATH_OF_PARENT = 38, 24, 1
_SIGKILL = 9
_CAPSET = {"x86_64": 126, "aarch64": 91}
_VERSION = 0x20080522


def drop() -> list[str]:
    """Take no new privileges, give up all capabilities, and end when the process that started this one ends."""
    prctl(_NO_NEW_PRIVILEGES, 1)
    for number in range(64):
        with contextlib.suppress(OSError):
            prctl(_DROP_FROM_BOUNDS, number)
    if MACHINE:
        head = (ctypes.c_uint32 * 2)(_VERSION, 0)
        with contextlib.suppress(OSError):
            call(_CAPSET[MACHINE], head, (ctypes.c_uint32 * 6)())
    return ["no new privileges"]


def end_with_parent() -> None:
    """Have the kernel end this process when its parent ends."""
    with contextlib.suppress(OSError):
        prctl(_ON_DEATH_OF_PARENT, _SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of processes whose own parent has ended, so that none of them is left behind."""
    with contextlib.suppress(OSError):
        prctl(36, 1)
