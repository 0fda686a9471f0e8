"""What files of releases say, each read again only when it is another file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Reading(Generic[Said]):
    """What ``read`` makes of files, by their paths; safe for several threads, of which each may read first."""

    read: Callable[[Path], Said]
    _held: dict[Path, tuple[tuple[int, ...], Said]] = field(default_factory=dict)

    def of(self, path: Path) -> Said:
        """Return what the file says, which need not exist; what ``read`` raises goes through and is not kept."""
        state, held = _state(path), self._held.get(path)
        if held is None or held[0] != state:
            self._held.pop(path, None)
            held = self._held[path] = (state, self.read(path))
        return held[1]


def _state(path: Path) -> tuple[int, ...]:
    """Return what is another for another file: nothing if there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns
