"""How much private memory a process may have, how little it keeps, and that one which has too much ends alone."""

from __future__ import annotations

import ctypes
import os
import resource
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MOST_HEAPS: Final = -8
_MEBIBYTE: Final = 1024 * 1024
_ROOM: Final = 4
"""A process that has just failed is ended if less than one part of so many is left: what failed gives nothing back."""


@dataclass(frozen=True, slots=True)
class Memory:
    """So many ``mebibytes`` of private memory that a process may work in; 0 for any amount."""

    mebibytes: int = 0

    def bound(self, kept: int = 0) -> None:
        """Let this process have that much more than it has now, and so many mebibytes that it keeps on purpose.

        It ends when it wants more. Those that it starts may have more than it has: the bound can be raised again. The
        stacks of threads count as a whole, so those that stay are best started before.
        """
        if self.mebibytes:
            most, hard = _held() + (self.mebibytes + kept) * _MEBIBYTE, resource.getrlimit(resource.RLIMIT_DATA)[1]
            resource.setrlimit(
                resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
            )

    def end_if_full(self) -> None:
        """End this process if it has nearly all the memory that it may have, as it would soon by itself.

        A library that caught its own want of memory may keep all that it had taken, so that nothing works any more.
        What is kept on purpose fills nothing: it has its own part of the bound.
        """
        most = resource.getrlimit(resource.RLIMIT_DATA)[0]
        try:
            is_full = most != resource.RLIM_INFINITY and (most - _held()) * _ROOM < self.mebibytes * _MEBIBYTE
        except MemoryError:
            is_full = True
        if is_full:
            os.abort()


def share_heaps(most: int) -> None:
    """Have all threads of this process that begin from now on take memory from at most so many heaps.

    What one thread gives back serves the others of its heap only, so a process of many threads keeps what each of them
    has ever needed. Another C library than GNU's is left as it is (``M_ARENA_MAX`` in ``man 3 mallopt``).
    """
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_MOST_HEAPS, most)


def _held() -> int:
    """Return the bytes of private memory that this process has asked for (``statm`` in ``man 5 proc``)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * resource.getpagesize()
