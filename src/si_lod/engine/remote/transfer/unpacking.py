"""A release as a file of N-Triples, which is what its manifest says that it is."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from si_lod.errors import NoRelease
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.release import Release

_BLOCK: Final = 1024 * 1024


@contextmanager
def unpacked(release: Release) -> Iterator[tuple[BinaryIO, int]]:
    """Give the release as N-Triples in a file without a name, with its size; raises NoRelease for another digest."""
    path = release.path / "dataset.nq.gz"
    digest = hashlib.sha256()
    with TemporaryFile() as file:
        with suppress(EOFError, gzip.BadGzipFile, zlib.error), gzip.open(path) as content:
            while block := content.read(_BLOCK):
                digest.update(block)
                file.write(block)
        if digest.hexdigest() != release.manifest.dataset:
            message = told(
                "{path}: this is not what the release's manifest says that it is; publish the release again",
                path=path,
            )
            raise NoRelease(message)
        size = file.tell()
        file.seek(0)
        yield cast("BinaryIO", file), size
