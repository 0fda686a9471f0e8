"""The files in which workers count together, with room that is theirs.

The library that counts writes to them as to memory, and the kernel ends a process that does so where the disk has no
room left (``SIGBUS``). So they are kept off the disk where that can be, and have their room before anything is counted.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import disk_usage, rmtree
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING, Final

from si_lod.errors import OperatorError
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_MEMORY: Final = "/dev/shm"  # noqa: S108  a folder of one's own is made there
_PREFIX: Final = "si-lod-figures-"
_KINDS: Final = ("counter", "histogram")
"""How the names of a process's files begin."""
_SIZE: Final = 1024 * 1024
"""Bytes of a file, as the library makes it."""
_FRESH: Final = 60.0
"""Seconds in which a folder that is made is locked, too."""


@contextmanager
def ledger(workers: int) -> Iterator[str]:
    """Give a folder with room for the files of so many workers; raises OperatorError if there is none.

    What a service left behind that was ended by force is swept away: nobody holds its lock any more.
    """
    where = place(workers)
    for left in Path(where).glob(f"{_PREFIX}*"):
        _sweep(left)
    with TemporaryDirectory(prefix=_PREFIX, dir=where, ignore_cleanup_errors=True) as folder:
        # Workers inherit it, so it is held for as long as any process counts here.
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            os.close(held)


def _sweep(left: Path) -> None:
    with suppress(OSError):
        held = os.open(left, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if os.fstat(held).st_ctime < time.time() - _FRESH:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                rmtree(left, ignore_errors=True)
        finally:
            os.close(held)


def place(workers: int) -> str:
    """Return a folder with room for the files of so many workers, and of one more that takes the place of another.

    Raises OperatorError if there is none.
    """
    needed = (workers + 1) * len(_KINDS) * _SIZE
    folders = (_IN_MEMORY, gettempdir())
    for folder in folders:
        if os.access(folder, os.W_OK | os.X_OK) and disk_usage(folder).free >= needed:
            return folder
    message = told(
        "{folder}: expected {size} MB of room for what the service counts; make room there, or name another in TMPDIR",
        folder=folders[-1],
        size=needed // _SIZE,
    )
    raise OperatorError(message)


def reserve(folder: str) -> int:
    """Give this process's files in the folder all of their room, and return how many processes had theirs by then.

    Raises OSError if there is none.
    """
    for kind in _KINDS:
        with (Path(folder) / f"{kind}_{os.getpid()}.db").open("ab") as file:
            os.posix_fallocate(file.fileno(), 0, _SIZE)
    return len(list(Path(folder).glob(f"{_KINDS[0]}_*.db")))
