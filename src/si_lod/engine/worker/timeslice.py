"""For how long at a time a thread computes: on Linux, who wakes with a shorter time goes before who has a longer one.

Priority alone would not do. Who has just begun to compute goes on for a while, whatever its priority, and that ends at
a tick of the kernel, which is as long as a quick query takes. Since Linux 6.12 a thread may have a time of its own, and
what wakes with a shorter one does not wait. So who is not quick gets a long one, and all others keep theirs. Before
6.12 this changes nothing.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from typing import Final

LONG: Final = 5_000_000
"""More nanoseconds than the kernel gives anybody, which are 3 million at most unless it is told otherwise."""
LONGEST: Final = 100_000_000
"""The most that there are. Several with such a time on one processor would each wait as long for its turn."""
USUAL: Final = 0
"""As many as the kernel gives everybody."""

_RESET: Final = 1
_MOST_OF_32_BITS: Final = 2**32
"""A program of 32 bits has other numbers than its machine."""

_CALLS: Final = {"x86_64": (315, 314), "aarch64": (275, 274), "riscv64": (275, 274)}
"""The numbers of the system calls that ask and say it, on each kind of machine; there is no kept library for them."""


class _Attributes(ctypes.Structure):
    """What the system says of a thread (``man 2 sched_getattr``); of the usual policy, ``runtime`` is the time."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("policy", ctypes.c_uint32),
        ("flags", ctypes.c_uint64),
        ("nice", ctypes.c_int32),
        ("priority", ctypes.c_uint32),
        ("runtime", ctypes.c_uint64),
        ("deadline", ctypes.c_uint64),
        ("period", ctypes.c_uint64),
    )


def give(thread: int, nanoseconds: int) -> None:
    """Have that thread compute for so long at a time, at the priority that it has; raises OSError if it cannot be.

    What it starts has the usual time, since several with a long one keep each other and what wakes from computing; but
    the same where it goes before others, which what it starts would lose as well (``SCHED_RESET_ON_FORK``). Whoever may
    not take that back has to say so again with each change of the policy. A thread that has another policy than the
    usual one (``SCHED_OTHER``) has been given that by whoever runs it, and is left as it is.
    """
    machine = os.uname().machine
    if machine not in _CALLS or sys.maxsize < _MOST_OF_32_BITS:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), machine)
    asking, saying = _CALLS[machine]
    found = _Attributes()
    _call(asking, thread, ctypes.byref(found), ctypes.sizeof(found), 0)
    if found.policy == os.SCHED_OTHER:
        found.runtime = nanoseconds
        found.flags |= _RESET if found.nice >= 0 else 0
        _call(saying, thread, ctypes.byref(found), 0)


def _call(number: int, *arguments: object) -> None:
    if ctypes.CDLL(None, use_errno=True).syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
