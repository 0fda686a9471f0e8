"""What belongs to a site: a release publishes its files, so none may get in that nobody meant to publish."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from si_lod.errors import Problem
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from si_lod.publish.csvw import TableGroup
    from si_lod.publish.source.files import Source

_PLACES: Final = (
    "data/*.ttl",
    "data/catalog/*.ttl",
    "data/derived/*.rq",
    "data/queries/*.rq",
    "data/site.toml",
    "ontology/*.ttl",
    "shapes/*.ttl",
)
"""Where what is read by its place stands."""
_TEXTS: Final = frozenset({"README.md", "LICENSE.md", "CHANGELOG.md", "CONTRIBUTING.md"})
"""Names of files that are written to be read by anyone."""


def strays(source: Source, tables: TableGroup) -> Iterator[Problem]:
    """Yield a problem for each file in the site's rooms that nothing is made of: no table, document, query or text.

    It would be published as it is, and nobody has looked at what is in it.
    """
    metadata = tables.path.resolve()
    made = {table.path.resolve() for table in tables.tables} | {metadata, *_named_in(metadata)}
    for path in source.inputs():
        name = PurePosixPath(source.name(path))
        if path.resolve() in made or name.name in _TEXTS or any(_stands_at(name, place) for place in _PLACES):
            continue
        message = told(
            "expected a file that the site is made of, found one that nothing describes, and a release publishes every "
            "file; describe it in {metadata} if it is a table, else take it out of this folder",
            metadata=source.name(tables.path),
        )
        yield Problem(str(name), 0, "", message)


def _stands_at(name: PurePosixPath, place: str) -> bool:
    return len(name.parts) == place.count("/") + 1 and name.match(place)


def _named_in(metadata: Path) -> Iterator[Path]:
    """Yield the JSON documents that the metadata refer to in the place of an object (Metadata §5.1.5)."""
    with suppress(OSError, ValueError, RecursionError):
        waiting = [json.loads(metadata.read_text(encoding="utf-8-sig"))]
        while waiting:
            found = waiting.pop()
            if isinstance(found, str) and found.endswith(".json"):
                yield (metadata.parent / unquote(found)).resolve()
            elif isinstance(found, dict | list):
                waiting += found.values() if isinstance(found, dict) else found
