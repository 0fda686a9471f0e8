"""Content that may be too much for memory: it is in a file, from which the answer is sent."""

from __future__ import annotations

import os
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from pyoxigraph import RdfFormat, serialize

from si_lod.engine.spool import Spooled
from si_lod.engine.store.xml import CheckedXml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pyoxigraph import Triple


def spooled_file(path: Path) -> Spooled:
    """Return the content of the file at ``path``."""
    return _whole(path.open("rb"))


def spooled_lines(lines: Iterable[bytes]) -> Spooled:
    """Return the lines one after another, in a file without a name."""
    file = _nameless()
    file.writelines(lines)
    return _whole(file)


def spooled_triples(triples: Iterable[Triple], syntax: RdfFormat, prefixes: Mapping[str, str]) -> Spooled:
    """Return the triples in ``syntax``, in a file without a name."""
    file = _nameless()
    if syntax is RdfFormat.RDF_XML:
        checked = CheckedXml(file)
        serialize(triples, cast("BinaryIO", checked), format=syntax, prefixes=dict(prefixes))
        checked.end()
    else:
        serialize(triples, file, format=syntax, prefixes=dict(prefixes))
    return _whole(file)


def _nameless() -> BinaryIO:
    return cast("BinaryIO", TemporaryFile())


def _whole(file: BinaryIO) -> Spooled:
    file.flush()
    return Spooled(file, os.fstat(file.fileno()).st_size)
