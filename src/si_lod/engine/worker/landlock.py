"""Linux's Landlock: from now on this process writes no file, reads none but below one folder, and opens no connection.

It needs no privilege and cannot be undone. See ``man 7 landlock``; there is no kept library for it, and it is three
system calls, whose numbers are the same on every architecture.
"""

from __future__ import annotations

import ctypes
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446
_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_READ: Final = 1 << 2 | 1 << 3
"""LANDLOCK_ACCESS_FS_READ_FILE and _READ_DIR."""
_FILES: Final = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
"""What of the file system each version learned to refuse."""
_CONNECTIONS: Final = {4: 1 << 0 | 1 << 1}
"""Binding and connecting TCP sockets."""
_SCOPE: Final = {6: 1 << 0 | 1 << 1}
"""Abstract Unix sockets and signals of processes outside."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("connections", ctypes.c_uint64), ("scope", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def restrict_to(folder: Path) -> None:
    """Leave this process nothing of the file system but reading below ``folder``; raises OSError if it cannot be.

    What is open already stays open. To be called while there is one thread.
    """
    version = _call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    rules = _Ruleset(*(_known(table, version) for table in (_FILES, _CONNECTIONS, _SCOPE)))
    ruleset = _call(_CREATE_RULESET, ctypes.byref(rules), ctypes.sizeof(rules), 0)
    opened = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        beneath = _PathBeneath(_READ, opened)
        _call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(beneath), 0)
        _call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(opened)
        os.close(ruleset)


def _known(table: dict[int, int], version: int) -> int:
    return sum(bits for since, bits in table.items() if since <= version)


def _call(number: int, *arguments: object) -> int:
    result = int(ctypes.CDLL(None, use_errno=True).syscall(number, *arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
