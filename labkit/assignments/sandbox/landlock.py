"""Landlock: the kernel itself lets this process see its own places only (Linux 5.13 and later, no rights needed).

Source: the kernel's own description, Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat

from labkit.assignments.sandbox.kernel import call, prctl
from labkit.assignments.sandbox.places import Places

_CREATE, _ADD, _RESTRICT = 444, 445, 446

# What can be done with files, in the order of the kernel's bits.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_DIR, _REMOVE_FILE, _MAKE_CHAR, _MAKE_DIR, _MAKE_REG = (
    1 << n for n in range(9)
)
_MAKE_SOCK, _MAKE_FIFO, _MAKE_BLOCK, _MAKE_SYM, _REFER, _TRUNCATE, _IOCTL = (1 << n for n in range(9, 16))
_READ = _READ_FILE | _READ_DIR
_WRITE = _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER | _TRUNCATE
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL


class _Handled(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def version() -> int:
    """Return which version of Landlock the kernel has; 0 if none."""
    try:
        return call(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    except OSError:
        return 0


def restrict(places: Places) -> list[str]:
    """Let this process, for good, see nothing but these places; return "landlock" with its version."""
    known = version()
    if not known:
        return []
    bits = 13 if known < 2 else 14 if known < 3 else 15 if known < 5 else 16
    files = (1 << bits) - 1
    handled = _Handled(files, 3 if known >= 4 else 0, 3 if known >= 6 else 0)
    size = 8 if known < 4 else 16 if known < 6 else 24
    rules = call(_CREATE, ctypes.byref(handled), ctypes.c_size_t(size), ctypes.c_uint32(0))
    try:
        for allowed, kind in ((places.read, _READ), (places.write, _WRITE), (places.devices, _READ_FILE | _WRITE_FILE)):
            for place in allowed:
                _allow(rules, place, kind & files)
        prctl(38, 1)
        call(_RESTRICT, ctypes.c_int(rules), ctypes.c_uint32(0))
    finally:
        os.close(rules)
    return [f"landlock {known}"]


def _allow(rules: int, place: str, kind: int) -> None:
    """Allow something beneath a place; a place that is not there needs no rule."""
    with contextlib.suppress(FileNotFoundError, PermissionError):
        folder = os.open(place, os.O_PATH | os.O_CLOEXEC)
        try:
            if not stat.S_ISDIR(os.fstat(folder).st_mode):
                kind &= _OF_FILES
            call(_ADD, ctypes.c_int(rules), ctypes.c_int(1), ctypes.byref(_Beneath(kind, folder)), ctypes.c_uint32(0))
        finally:
            os.close(folder)
