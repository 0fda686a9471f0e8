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

_SET_ATTRIBUTES: Final = {"x86_64": 314, "aarch64": 274, "riscv64": 274}
"""The number of the system call on each kind of machine; there is no kept library for it."""


class _Attributes(ctypes.Structure):
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

    What it starts has the usual time. Whoever may not take that back has to say so again with each change of the policy
    (``SCHED_RESET_ON_FORK``). A thread that has another policy than the usual one (``SCHED_OTHER``) has been given that
    by whoever runs it, and is left as it is.
    """
    if os.sched_getscheduler(thread) & ~os.SCHED_RESET_ON_FORK != os.SCHED_OTHER:
        return
    machine = os.uname().machine
    if machine not in _SET_ATTRIBUTES or sys.maxsize < _MOST_OF_32_BITS:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), machine)
    nice = os.getpriority(os.PRIO_PROCESS, thread)
    asked = _Attributes(ctypes.sizeof(_Attributes), os.SCHED_OTHER, _RESET, nice, 0, nanoseconds, 0, 0)
    if ctypes.CDLL(None, use_errno=True).syscall(_SET_ATTRIBUTES[machine], thread, ctypes.byref(asked), 0) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
