"""Whether two sets of lines are the same, and where not, without having either in memory or in order.

Each line is put in one of a number of buckets by its digest; a bucket is the sum of its lines' digests, so the order
of the lines does not matter. Buckets that differ are read a second time: those lines are few.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BUCKETS: Final = 4096
_MODULUS: Final = 1 << 256


def _digest(line: bytes) -> int:
    return int.from_bytes(hashlib.sha256(line).digest(), "big")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How many lines there are, and the sum of the SHA-256 of those in each bucket."""

    count: int
    buckets: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> Fingerprint:
        """Return the fingerprint of the lines, each read once."""
        count, buckets = 0, [0] * _BUCKETS
        for line in lines:
            digest = _digest(line)
            place = digest % _BUCKETS
            buckets[place] = (buckets[place] + digest) % _MODULUS
            count += 1
        return cls(count, tuple(buckets))

    def differing(self, other: Fingerprint) -> frozenset[int]:
        """Return the buckets in which the two are not the same."""
        pairs = enumerate(zip(self.buckets, other.buckets, strict=True))
        return frozenset(place for place, (mine, theirs) in pairs if mine != theirs)


def lines_in(lines: Iterable[bytes], buckets: frozenset[int]) -> Iterator[bytes]:
    """Yield those of the lines that are in one of the buckets."""
    return (line for line in lines if _digest(line) % _BUCKETS in buckets)
