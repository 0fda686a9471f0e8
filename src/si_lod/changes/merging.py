"""Two sorted dumps side by side, thing by thing."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from si_lod.errors import NoRelease
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Thing = tuple[bytes, tuple[bytes, ...]]
"""A subject as N-Quads writes it, and the lines about it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing of which two dumps say different things: every line about it in each, none where it is not there.

    ``derived`` are those of the lines that no file of the site states, as far as that is known.
    """

    old: tuple[bytes, ...]
    new: tuple[bytes, ...]
    derived: frozenset[bytes] = frozenset()

    @property
    def subject(self) -> bytes:
        """The thing, as N-Quads writes it."""
        return subject_of((self.old or self.new)[0])

    def removed(self) -> list[bytes]:
        """Return the lines that only the old dump has, sorted."""
        return sorted(set(self.old) - set(self.new))

    def added(self) -> list[bytes]:
        """Return the lines that only the new dump has, sorted."""
        return sorted(set(self.new) - set(self.old))


def read_lines(dump: Path) -> Iterator[bytes]:
    """Yield the lines of a gzipped dump in its order; raises NoRelease if it cannot be read to its end."""
    try:
        with gzip.open(dump, "rb") as file:
            yield from file
    except (OSError, EOFError, zlib.error) as error:
        message = told("{path}: expected a whole dump of a release: {error}", path=dump, error=error)
        raise NoRelease(message) from None


def differences(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Difference]:
    """Yield the things of which ``old`` and ``new`` say different things, in the order of their IRIs.

    Both are lines of N-Quads in the order of their bytes, so the lines about one subject stand together, and
    subjects come in the same order in both (an IRI ends in ``>``, which stands in none).
    """
    for before, after in _side_by_side(_things(old), _things(new)):
        if before != after:
            yield Difference(before, after)


def _things(lines: Iterable[bytes]) -> Iterator[Thing]:
    for subject, about in groupby(lines, key=subject_of):
        yield subject, tuple(about)


def subject_of(line: bytes) -> bytes:
    """Return the subject of a line as N-Quads writes it; it has no space in it."""
    return line.partition(b" ")[0]


def _side_by_side(old: Iterator[Thing], new: Iterator[Thing]) -> Iterator[tuple[tuple[bytes, ...], tuple[bytes, ...]]]:
    before, after = next(old, None), next(new, None)
    while before is not None or after is not None:
        if after is None or (before is not None and before[0] < after[0]):
            yield (before[1] if before else ()), ()
            before = next(old, None)
        elif before is None or after[0] < before[0]:
            yield (), after[1]
            after = next(new, None)
        else:
            yield before[1], after[1]
            before, after = next(old, None), next(new, None)
