"""Watching a site's folder: when something in it was saved."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from si_lod.publish.source.files import inputs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SECONDS: Final = 0.5


def saves(root: Path) -> Iterator[None]:
    """Yield once at the start and then each time that a file of the site is another than it was, without end.

    Looking at the times of a few dozen files twice a second costs nothing, and works on every file system.
    """
    seen = None
    while True:
        now = _state(root)
        if now != seen:
            seen = now
            yield
        else:
            time.sleep(_SECONDS)


def _state(root: Path) -> dict[Path, tuple[int, int]]:
    state = {}
    for path in inputs(root):
        try:
            status = path.stat()
        except OSError:
            continue  # An editor that saves by renaming takes the file away for a moment.
        state[path] = (status.st_mtime_ns, status.st_size)
    return state
