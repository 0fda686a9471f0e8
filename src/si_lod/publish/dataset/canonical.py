"""The canonical form of a dataset: N-Quads, one a line, sorted, so equal text is equal data (RDF 1.1 N-Quads §4)."""

from __future__ import annotations

import gzip
import hashlib
import heapq
from contextlib import ExitStack
from itertools import islice
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from pyoxigraph import RdfFormat, serialize

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Store

_LINES_IN_MEMORY: Final = 200_000


def write_dataset(store: Store, path: Path) -> str:
    """Write the store's quads to ``path``, sorted and gzipped, and return the SHA-256 of what is in the gzip file.

    The lines are the store's own, so the literals have the lexical forms that queries see. Memory is bounded:
    runs of lines are sorted by themselves, put aside on disk and merged. The gzip header carries no time and no
    name, since the same data must give the same bytes.
    """
    digest = hashlib.sha256()
    with path.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as file:
        for line in sorted_lines(store):
            digest.update(line)
            file.write(line)
    return digest.hexdigest()


def sorted_lines(store: Store) -> Iterator[bytes]:
    """Yield the store's quads as lines of N-Quads, sorted by their bytes; memory is bounded."""
    lines = _lines(store)
    with ExitStack() as stack:
        runs: list[BinaryIO] = []
        while run := sorted(islice(lines, _LINES_IN_MEMORY)):
            file = cast("BinaryIO", stack.enter_context(TemporaryFile()))
            file.writelines(run)
            file.seek(0)
            runs.append(file)
        yield from heapq.merge(*runs)


def _lines(store: Store) -> Iterator[bytes]:
    quads = iter(store)
    while chunk := list(islice(quads, 1000)):
        # Only "\n" ends a line here: N-Quads escapes every other line break, and bytes know no Unicode ones.
        yield from cast("bytes", serialize(chunk, format=RdfFormat.N_QUADS)).splitlines(keepends=True)
