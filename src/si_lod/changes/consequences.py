"""What follows: the lines of a dump that no table and no document of the site states, because queries or steps made it.

An edit of one value has consequences: a label that is made of it, a total, a count of statements. A release keeps which
of its lines are of that kind, so that what people changed can be told apart from what changed along with it.
"""

from __future__ import annotations

import gzip
from itertools import groupby
from typing import TYPE_CHECKING, Final, Self

from si_lod.changes.merging import differences, read_lines, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE: Final = "derived.nq.gz"


def write_consequences(stated: Path, dump: Path, target: Path) -> None:
    """Write to ``target`` the lines of ``dump`` that are not in the dump ``stated``; the same lines, the same bytes."""
    found = differences(read_lines(stated), read_lines(dump))
    with target.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as file:
        for difference in found:
            file.writelines(difference.added())


class Consequences:
    """The lines that follow in one release, to be asked for by subject in the order of the dump."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._groups = groupby(lines, key=subject_of)
        self._held: tuple[bytes, frozenset[bytes]] | None = None
        self._advance()

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Return those of the release in ``folder``; none of one that does not tell."""
        path = folder / FILE
        return cls(read_lines(path) if path.is_file() else iter(()))

    def about(self, subject: bytes) -> frozenset[bytes]:
        """Return the lines about ``subject``, which no earlier call has asked for or passed."""
        while self._held is not None and self._held[0] < subject:
            self._advance()
        return self._held[1] if self._held is not None and self._held[0] == subject else frozenset()

    def _advance(self) -> None:
        found = next(self._groups, None)
        self._held = None if found is None else (found[0], frozenset(found[1]))
