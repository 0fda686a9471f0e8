"""Folders that are there as a whole or not at all: what makes them last, and what makes them go."""

from __future__ import annotations

import errno
import os
import shutil
import time
from traceback import clear_frames
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_TRIES: Final = 20
_SECONDS: Final = 0.1


def sync(path: Path) -> None:
    """Make what is at ``path`` survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_file(path: Path) -> bool:
    """Return whether a file is at ``path``; there is none of a name that is longer than any can be."""
    try:
        return path.is_file()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise


def sweep(folder: Path) -> None:
    """Remove the folder, if it is there; what cannot be removed is left to whoever sweeps next.

    The threads of a store that was just closed may still write to it, so one try is not always enough.
    """
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_SECONDS)


def let_go(error: BaseException) -> None:
    """Close the stores that the error's frames still hold; they would write to folders that are to be removed."""
    held: BaseException | None = error
    while held is not None:
        clear_frames(held.__traceback__)
        held = held.__context__
