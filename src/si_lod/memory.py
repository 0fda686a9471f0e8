"""How much private memory a process may have, and that one which has it ends alone."""

from __future__ import annotations

import os
import resource
from pathlib import Path
from typing import Final

_MEBIBYTE: Final = 1024 * 1024
_FULL: Final = 0.75
"""The part of its bound beyond which a process that has just failed is ended: what failed gives nothing back."""


def bound_memory(mebibytes: int) -> None:
    """Let this process have so much private memory more than it has now, and end when it wants more.

    Those that it starts may have more than it has: the bound can be raised again.
    """
    most, hard = _held() + mebibytes * _MEBIBYTE, resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def end_if_full() -> None:
    """End this process if it has nearly all the memory that it may have, as it would soon by itself.

    A library that caught its own want of memory may keep all that it had taken, so that nothing works any more.
    """
    most = resource.getrlimit(resource.RLIMIT_DATA)[0]
    try:
        is_full = most != resource.RLIM_INFINITY and _held() > _FULL * most
    except MemoryError:
        is_full = True
    if is_full:
        os.abort()


def _held() -> int:
    """Return the bytes of private memory that this process has asked for (``statm`` in ``man 5 proc``)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * resource.getpagesize()
