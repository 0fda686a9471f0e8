"""The folder in which the workers of one service count together; what a service that was killed left is cleared.

A service locks its folder as long as it or any of its workers lives, however it ends. So a folder that nobody has
locked is nobody's, whichever services, containers and users share the place where it is.
"""

from __future__ import annotations

import fcntl
import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import TYPE_CHECKING, Final

from si_lod.folders import sweep

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX: Final = "si-lod-figures-"
_OURS: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


@contextmanager
def counting_folder() -> Iterator[str]:
    """Give a new folder, which is removed afterwards, as are those that were left; raises OSError if none can be."""
    clear_abandoned()
    folder, lock = _locked()
    try:
        yield folder
    finally:
        sweep(Path(folder))
        os.close(lock)


def clear_abandoned() -> None:
    """Remove the folders of this user that nobody has locked; whatever cannot be removed stays."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            _clear(folder)


def _clear(folder: Path) -> None:
    lock = os.open(folder, _OURS)
    try:
        status = os.fstat(lock)
        if status.st_uid == os.geteuid() and stat.S_ISDIR(status.st_mode):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            sweep(folder)
    finally:
        os.close(lock)


def _locked() -> tuple[str, int]:
    """Return a new folder and the open file that locks it; one that another service took for left is made again."""
    while True:
        folder = mkdtemp(prefix=_PREFIX)
        with suppress(FileNotFoundError):
            lock = os.open(folder, _OURS)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if os.path.isdir(folder):  # noqa: PTH112  a name as the system gives it
                return folder, lock
            os.close(lock)
