"""Calls of the Linux kernel that Python has no name for."""

from __future__ import annotations

import ctypes
import os
import platform
from functools import cache
from typing import Any

#: The two processors whose numbers of calls are known here.
MACHINE = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}.get(
    platform.machine().lower()
)


@cache
def _library() -> Any:
    """Return the C library, which only some systems give in this way."""
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    return library


def call(number: int, *args: Any) -> int:
    """Make a call; raise OSError if the kernel refuses it."""
    result: int = _library().syscall(ctypes.c_long(number), *args)
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result


def prctl(option: int, *args: int) -> int:
    """Ask or tell the kernel something about this process; raise OSError if it refuses."""
    numbers = [ctypes.c_ulong(one) for one in (*args, 0, 0, 0, 0)[:4]]
    result: int = _library().prctl(option, *numbers)
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result
