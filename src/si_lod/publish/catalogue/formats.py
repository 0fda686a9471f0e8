"""The formats that dumps come in, with the names that value lists have for them.

Media types are IANA's, file types are the EU's authority table (its IRIs begin with ``http``). Both are described in
the catalogue itself, since a harvester has no other place to look them up. A media type has an ``rdfs:label``, which
portals show in place of the IRI; a file type must not have one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, RdfFormat

from si_lod.publish.catalogue.terms import DCT, RDFS, SKOS, said, typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

_FILE_TYPES: Final = "http://publications.europa.eu/resource/authority/file-type"
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files: its code in the EU's table of file types, its name, its media type and extension."""

    code: str
    name: str
    media_type: str
    extension: str
    syntax: RdfFormat | None = None

    @property
    def file_type(self) -> NamedNode:
        """The IRI of the file type."""
        return NamedNode(f"{_FILE_TYPES}/{self.code}")

    @property
    def media(self) -> NamedNode:
        """The IRI of the media type."""
        return NamedNode(_MEDIA_TYPES + self.media_type)

    def triples(self) -> Iterator[Triple]:
        """Yield what file type and media type are."""
        yield from typed(self.file_type, f"{DCT}MediaTypeOrExtent", f"{SKOS}Concept")
        yield from said(self.file_type, f"{SKOS}prefLabel", Literal(self.name, language="en"))
        yield from said(self.file_type, f"{SKOS}inScheme", NamedNode(_FILE_TYPES))
        yield from described_media(self.media_type)


def described_media(media_type: str) -> list[Triple]:
    """Return what a media type is."""
    node = NamedNode(_MEDIA_TYPES + media_type)
    return [*typed(node, f"{DCT}MediaType"), *said(node, f"{RDFS}label", Literal(media_type))]


def _of(code: str, name: str, syntax: RdfFormat) -> Format:
    return Format(code, name, syntax.media_type, syntax.file_extension, syntax)


N_TRIPLES: Final = _of("RDF_N_TRIPLES", "N-Triples", RdfFormat.N_TRIPLES)
RDF_FORMATS: Final = (
    _of("RDF_TURTLE", "Turtle", RdfFormat.TURTLE),
    N_TRIPLES,
    _of("RDF_N_QUADS", "N-Quads", RdfFormat.N_QUADS),
    _of("RDF_XML", "RDF/XML", RdfFormat.RDF_XML),
    _of("JSON_LD", "JSON-LD", RdfFormat.JSON_LD),
)
TRIG: Final = _of("RDF_TRIG", "TriG", RdfFormat.TRIG)
SPARQL_RESULTS: Final = Format("SPARQLQRES", "SPARQL results", "application/sparql-results+json", "srj")
CSV: Final = Format("CSV", "CSV", "text/csv", "csv")
GZIP: Final = "application/gzip"
SCHEME: Final = NamedNode(_FILE_TYPES)
