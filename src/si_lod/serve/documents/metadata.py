"""What a document says of itself: its release and licence, the rows that it was made of, and its other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from si_lod.serve.nodes import LICENSE, TYPE, data_sets, document_iri
from si_lod.serve.travel import address_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.engine.evaluation import Engine
    from si_lod.index.origins import Origin
    from si_lod.release import Manifest
    from si_lod.serve.documents.incoming import Incoming

_DCT: Final = "http://purl.org/dc/terms/"
_FOAF: Final = "http://xmlns.com/foaf/0.1/"
_HYDRA: Final = "http://www.w3.org/ns/hydra/core#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"


def release_of(engine: Engine, manifest: Manifest, iri: str, modified: str = "") -> Iterator[Triple]:
    """Yield where the document about ``iri`` comes from: its release, and the data sets with their licences.

    ``modified`` is the day on which what is said of it last changed, which may be that of an earlier release.
    """
    document = NamedNode(document_iri(manifest, iri))
    yield Triple(document, TYPE, NamedNode(f"{_FOAF}Document"))
    yield Triple(document, NamedNode(f"{_FOAF}primaryTopic"), NamedNode(iri))
    yield Triple(document, NamedNode("http://www.w3.org/ns/dcat#version"), Literal(manifest.version))
    if modified:
        day = Literal(modified, datatype=NamedNode(f"{_XSD}date"))
        yield Triple(document, NamedNode(f"{_DCT}modified"), day)
    sets = data_sets(engine)
    for data_set, licensed in zip(sets, engine.match_each((one, LICENSE, None) for one in sets), strict=True):
        yield Triple(document, NamedNode("http://rdfs.org/ns/void#inDataset"), data_set)
        for license_ in licensed:
            yield Triple(document, LICENSE, license_.object)


def rows_of(manifest: Manifest, iri: str, origins: Iterable[Origin]) -> Iterator[Triple]:
    """Yield the rows of the release's tables that the document's statements were made of (RFC 7111 §2.1)."""
    document = NamedNode(document_iri(manifest, iri))
    folder = f"{manifest.site.base}{address_of(manifest.version)[1:]}/files"
    for origin in origins:
        file, in_workbook, _ = origin.file.partition("#")
        row = "" if in_workbook else f"#row={origin.row}"
        yield Triple(document, NamedNode(f"{_DCT}source"), NamedNode(f"{folder}/{quote(file)}{row}"))


def paging(manifest: Manifest, incoming: Incoming, page: int) -> Iterator[Triple]:
    """Yield the way to the other pages, if there are any (Hydra Core Vocabulary §4.5)."""
    if incoming.pages == 1:
        return
    document = document_iri(manifest, incoming.thing.value)
    view = NamedNode(page_iri(document, page))
    total = Literal(str(incoming.total), datatype=NamedNode(f"{_XSD}integer"))
    yield Triple(NamedNode(document), NamedNode(f"{_HYDRA}totalItems"), total)
    yield Triple(NamedNode(document), NamedNode(f"{_HYDRA}view"), view)
    yield Triple(view, TYPE, NamedNode(f"{_HYDRA}PartialCollectionView"))
    for name, other in (("first", 1), ("previous", page - 1), ("next", page + 1), ("last", incoming.pages)):
        if 1 <= other <= incoming.pages:
            yield Triple(view, NamedNode(_HYDRA + name), NamedNode(page_iri(document, other)))


def page_iri(document: str, page: int) -> str:
    """Return the IRI of a page of a document; every page has one that no other has, the first one too."""
    return f"{document}?page={page}"
