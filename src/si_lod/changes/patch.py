"""Changes as an RDF Patch, which brings a copy of the old release up to the new one.

The format is that of Apache Jena (https://jena.apache.org/documentation/rdf-patch/): a line ``D`` for each quad to
delete and ``A`` for each to add, the quad as N-Quads writes it, within one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.changes.merging import Difference

MEDIA_TYPE: Final = "application/rdf-patch"
EXTENSION: Final = "rdfp"


def patch(found: Iterable[Difference], iri: str) -> Iterator[bytes]:
    """Yield the lines of the patch whose identifier is ``iri``; no quad is both deleted and added."""
    yield f"H id <{iri}> .\n".encode()
    yield b"TX .\n"
    for difference in found:
        yield from (b"D " + line for line in difference.removed())
        yield from (b"A " + line for line in difference.added())
    yield b"TC .\n"
