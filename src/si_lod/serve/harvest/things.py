"""When each thing of a release last changed, by the lists that the release has of what is in its data sets."""

from __future__ import annotations

from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, Final

from si_lod.release import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER: Final = THINGS


@dataclass(frozen=True, slots=True)
class Things:
    """The lists of the release in ``folder``; one line for each thing, sorted by what N-Triples about it begin with."""

    folder: Path

    def path(self, name: str) -> Path:
        """Return where the list of the data set of that name is, or would be."""
        return self.folder / FOLDER / f"{name}.txt"

    def of(self, name: str, begin: int = 0) -> Iterator[tuple[str, str]]:
        """Yield each thing of the data set of that name, with its day; the day is empty where the release has none.

        Those before the line that begins at byte ``begin`` are passed over.
        """
        path = self.path(name)
        if not path.is_file():
            return
        with path.open("rb") as file:
            file.seek(begin)
            for line in file:
                thing, day = _read(line)
                yield thing.decode(), day

    def day(self, iri: str) -> str:
        """Return the day on which what is said of ``iri`` last changed; empty if no list has one."""
        paths = sorted((self.folder / FOLDER).glob("*.txt"))
        return next(filter(None, (_found(path, iri.encode()) for path in paths)), "")


def placed(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each thing of a list with the byte at which its line begins."""
    begin = 0
    with path.open("rb") as file:
        for line in file:
            yield begin, _read(line)[0].decode()
            begin += len(line)


def _found(path: Path, iri: bytes) -> str:
    """Return the day of ``iri`` in one list, of which only some lines are read."""
    if not path.stat().st_size:
        return ""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        low, high = 0, len(content)
        while low < high:
            begin = content.rfind(b"\n", 0, (low + high) // 2) + 1
            end = content.find(b"\n", begin) + 1
            thing, day = _read(content[begin:end])
            if thing == iri:
                return day
            low, high = (end, high) if thing + b">" < iri + b">" else (low, begin)
    return ""


def _read(line: bytes) -> tuple[bytes, str]:
    thing, day = [*line.rstrip(b"\n").split(b" "), b""][:2]
    return thing, day.decode()
