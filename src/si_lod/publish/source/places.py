"""Where each triple of the Turtle documents stands, so that what is wrong with it can be shown there."""

from __future__ import annotations

from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final, cast

from pyoxigraph import RdfFormat, parse

from si_lod.publish.csvw import Cell, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from si_lod.publish.source.files import Source

_DOCUMENTS: Final = ("ontology/*.ttl", "data/*.ttl", "shapes/*.ttl")


class Lines:
    """A file that gives no more than one line at a time, and knows which: ``number``, counted from 1.

    A parser that asks for more only when it needs more has then just read what it yields.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._ended = True
        self.number = 0

    def read(self, size: int = -1) -> bytes:
        """Return the rest of the line, at most ``size`` bytes of it; nothing at the end of the file."""
        chunk = self._file.readline(size)
        self.number += self._ended and bool(chunk)
        self._ended = chunk.endswith(b"\n")
        return chunk


def placed(source: Source) -> Iterator[Statement]:
    """Yield the triples of the site's Turtle documents, each with the line where it ends.

    After a text in three quotes that is the next line, since the parser looks ahead there. A document that cannot be
    read, which is told where the dataset is made of it, ends where it goes wrong.
    """
    for path in source.files(*_DOCUMENTS):
        with suppress(SyntaxError, ValueError, OSError), path.open("rb") as file:
            lines = Lines(file)
            for quad in parse(cast("IO[bytes]", lines), format=RdfFormat.TURTLE):
                yield Statement(quad.triple, Cell(source.name(path), lines.number, ""))
