"""A result while it is made: in memory as long as it is small, then in a file without a name, never above a bound."""

from __future__ import annotations

import os
import weakref
from dataclasses import dataclass
from io import RawIOBase
from typing import TYPE_CHECKING, BinaryIO, Final

from si_lod.errors import NoRoom, TooLarge
from si_lod.misreadings import reason_of
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Buffer

IN_MEMORY: Final = 256 * 1024
"""The most bytes of a result that stay in memory."""
_CHUNK: Final = 256 * 1024
_RETRY_AFTER: Final = 60
"""Seconds in which an operator, or the end of other results, may have made room."""


class Spool(RawIOBase):
    """What a result is written to: ``kept`` are its bytes while they are few, ``file`` has them all if they are not.

    Raises TooLarge beyond ``most`` bytes, NoRoom where the file's disk is full.
    """

    def __init__(self, file: int, most: int) -> None:
        super().__init__()
        self.kept = bytearray()
        self.size = 0
        self._file = file
        self._most = most

    @property
    def is_small(self) -> bool:
        """Whether all that was written is in ``kept``."""
        return self.size == len(self.kept)

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def write(self, chunk: Buffer) -> int:
        """Take all of ``chunk``."""
        data = memoryview(chunk).cast("B")
        if self.size + len(data) > self._most:
            raise too_large(self._most)
        if self.is_small and self.size + len(data) > IN_MEMORY:
            self._put(memoryview(bytes(self.kept)))
            self.kept.clear()
        if self.is_small and self.size + len(data) <= IN_MEMORY:
            self.kept += data
        else:
            self._put(data)
        self.size += len(data)
        return len(data)

    def _put(self, data: memoryview) -> None:
        try:
            while data:
                data = data[os.write(self._file, data) :]
        except OSError as error:
            raise no_room(error) from None


def no_room(error: OSError) -> NoRoom:
    """Return what is said where the disk has no room for a result."""
    message = told("there is no room to keep the result until it is whole: {reason}", reason=reason_of(error))
    return NoRoom(message, retry_after=_RETRY_AFTER)


def too_large(most: int) -> TooLarge:
    """Return what is wrong with a result of more than ``most`` bytes, and how to have it nevertheless."""
    return TooLarge(
        told(
            "the result is larger than {most:,} bytes, so none of it is sent; "
            "ask for a part at a time with ORDER BY, LIMIT and OFFSET, or download the whole release",
            most=most,
        )
    )


def out_of_memory() -> TooLarge:
    """Return what is wrong with a query that needs more memory than one is given."""
    return TooLarge(
        told("the query needs more memory than a query is given; ask for less at a time, or sort and group less")
    )


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Spooled:
    """A whole result of ``size`` bytes in a file, which is closed when nobody has the result any more.

    It can be read several times, by several threads at once.
    """

    file: BinaryIO
    size: int

    def __post_init__(self) -> None:
        """See to it that the file is closed."""
        weakref.finalize(self, self.file.close)

    def __len__(self) -> int:
        """Return the number of bytes."""
        return self.size

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes in pieces of a bounded size."""
        for start in range(0, self.size, _CHUNK):
            yield os.pread(self.file.fileno(), min(_CHUNK, self.size - start), start)
