"""Whether a release describes a thing or has a version of an ontology, so that it need not be opened to see that."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, NamedNode

from si_lod.index.names import is_named
from si_lod.index.roles import TYPE
from si_lod.iris import IriDesign, Space

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from pyoxigraph import Store

    from si_lod.index.file import Index
    from si_lod.sites import Site

VERSION_IRI: Final = "http://www.w3.org/2002/07/owl#versionIRI"


def describes(index: Index, iris: Sequence[str]) -> bool | None:
    """Return whether the release has a type of one of the things, or None if the index is too old to know that."""
    if not _knows(index):
        return any(is_named(index, iri) for iri in iris) or None
    return any(index.rows("SELECT 1 FROM typed WHERE mark = ?", (_mark(iri),)) for iri in iris)


def has_version(index: Index, iri: str) -> bool | None:
    """Return whether ``iri`` is a version of an ontology in the release (OWL 2 §3.1), or None likewise."""
    return bool(index.rows("SELECT 1 FROM versions WHERE iri = ?", (iri,))) if _knows(index) else None


def write_presence(store: Store, site: Site, database: sqlite3.Connection) -> None:
    """Write which of the site's things have a type, and which versions its ontologies have."""
    marks = ((_mark(iri),) for iri in _things(store, IriDesign(site.base)))
    database.executemany("INSERT OR IGNORE INTO typed VALUES (?)", marks)
    stated = store.quads_for_pattern(None, NamedNode(VERSION_IRI), None, DefaultGraph())
    versions = sorted({quad.object.value for quad in stated if isinstance(quad.object, NamedNode)})
    database.executemany("INSERT INTO versions VALUES (?)", ((iri,) for iri in versions))


def _things(store: Store, design: IriDesign) -> Iterator[str]:
    for quad in store.quads_for_pattern(None, NamedNode(TYPE), None, DefaultGraph()):
        found = design.parse(quad.subject.value) if isinstance(quad.subject, NamedNode) else None
        if found and found[0] is Space.THING:
            yield quad.subject.value  # type: ignore[union-attr]


def _knows(index: Index) -> bool:
    return bool(index.rows("SELECT 1 FROM sqlite_master WHERE name = 'typed'"))


def _mark(iri: str) -> int:
    """Return a number for the IRI, of as many bits as SQLite takes; nobody finds a second IRI that has it."""
    return int.from_bytes(blake2b(iri.encode(), digest_size=8).digest(), signed=True)
