"""seccomp: the kernel refuses the calls that a notebook has no business with (Linux on x86-64 and 64-bit Arm).

No network, no other processes, no signals to others, no way to undo a limit. Changing the rights or times of files
is answered with "done" and not done: copying a file goes on, and nobody's files change.

Source: the kernel's own description, Documentation/userspace-api/seccomp_filter.rst; numbers of calls: its uapi headers.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable

from labkit.assignments.sandbox.calls import DONE, REFUSED, UNKNOWN
from labkit.assignments.sandbox.kernel import MACHINE, call, prctl

_ALLOW, _ERROR, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_X32 = 0x40000000
_THREAD = 0x10000

# Calls that are allowed with some arguments only.
_CLONE = {"x86_64": 56, "aarch64": 220}
_KILL_CALL = {"x86_64": 62, "aarch64": 129}
_TGKILL = {"x86_64": 234, "aarch64": 131}
_SOCKETPAIR = {"x86_64": 53, "aarch64": 199}
_PRLIMIT = {"x86_64": 302, "aarch64": 261}
_PRCTL = {"x86_64": 157, "aarch64": 167}
_MMAP = {"x86_64": 9, "aarch64": 222}
_FCNTL = {"x86_64": 72, "aarch64": 25}
_FALLOCATE = {"x86_64": 285, "aarch64": 47}
_IOCTL = {"x86_64": 16, "aarch64": 29}

Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def install() -> list[str]:
    """Refuse these calls from now on, in all threads; return "seccomp"."""
    if MACHINE is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        return []
    lines = program(MACHINE, os.getpid())
    packed = b"".join(struct.pack("=HBBI", *line) for line in lines)
    kept = ctypes.create_string_buffer(packed, len(packed))
    whole = _Program(len(lines), ctypes.cast(kept, ctypes.c_void_p))
    prctl(38, 1)
    call(_SECCOMP[MACHINE], ctypes.c_uint(1), ctypes.c_uint(1), ctypes.byref(whole))
    return ["seccomp"] if prctl(21) == 2 else []


def program(machine: str, pid: int) -> list[Instruction]:
    """Return the filter for a processor and the process that it is for."""
    lines: list[Instruction] = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, _ARCHITECTURE[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
    ]
    if machine == "x86_64":
        lines += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _KILL)]
    for numbers, code in ((REFUSED, errno.EPERM), (DONE, 0), (UNKNOWN, errno.ENOSYS)):
        for number in sorted(numbers[machine]):
            lines += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERROR | code)]
    lines += _only_if(_CLONE[machine], 0, [(_ANY_BIT, 0, 1, _THREAD)])
    lines += _only_if(_KILL_CALL[machine], 0, [(_EQUAL, 0, 1, pid)])
    lines += _only_if(_TGKILL[machine], 0, [(_EQUAL, 0, 1, pid)])
    lines += _only_if(_SOCKETPAIR[machine], 0, [(_EQUAL, 0, 1, 1)])  # within the process: an event loop needs one
    lines += _only_if(  # asking for a limit, not setting one: no address of a new one, in either half
        _PRLIMIT[machine], 2, [(_EQUAL, 0, 3, 0), (_LOAD, 0, 0, 16 + 8 * 2 + 4), (_EQUAL, 0, 1, 0)]
    )
    for option in (1, 4, 8, 28, 35, 0x59616D61):  # end with the parent, dump, keep rights, bits, memory, tracer
        lines += _never_with(_PRCTL[machine], 0, option)
    lines += _only_if(_FALLOCATE[machine], 1, [(_EQUAL, 0, 1, 0)])  # other ways make files larger than they say
    for option in (8, 10, 15):  # signals to others when something can be read
        lines += _never_with(_FCNTL[machine], 1, option)
    for option in (0x8901, 0x8902, 0x5412, 0x541C):  # the same; typing into a terminal
        lines += _never_with(_IOCTL[machine], 1, option)
    lines += _only_if(  # memory that is shared (1) and of no file (0x20) is counted nowhere
        _MMAP[machine], 3, [(_ANY_BIT, 0, 1, 1), (_ANY_BIT, 1, 0, 0x20)]
    )
    return [*lines, (_RETURN, 0, 0, _ALLOW)]


def _only_if(number: int, argument: int, test: Iterable[Instruction]) -> list[Instruction]:
    """Allow a call if the low half of one argument passes a test whose next line is "allow"; else refuse it."""
    body = [
        (_LOAD, 0, 0, 16 + 8 * argument),
        *test,
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
    ]
    return [(_EQUAL, 0, len(body), number), *body]


def _never_with(number: int, argument: int, value: int) -> list[Instruction]:
    """Refuse a call if the low half of one argument is this; then go on with the number of the call."""
    body = [
        (_LOAD, 0, 0, 16 + 8 * argument),
        (_EQUAL, 0, 1, value),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
        (_LOAD, 0, 0, 0),
    ]
    return [(_EQUAL, 0, len(body), number), *body]
