"""The structured data of a data set's page (schema.org): what is required or recommended, and what is true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from si_lod.rehearse.finding import Effect
from si_lod.rehearse.terms import DCAT, DCT, SKOS
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.graph import Graph, Node

Described = dict[str, Any]
"""A node of JSON-LD."""
_SHORTEST: Final = 50
_QUOTED: Final = 40
_LONGEST: Final = 5000
_RECOMMENDED: Final = (
    "url",
    "identifier",
    "creator",
    "license",
    "keywords",
    "isAccessibleForFree",
    "spatialCoverage",
    "temporalCoverage",
    "version",
    "includedInDataCatalog",
    "distribution",
)


def required(node: Described) -> Iterator[tuple[Effect, str]]:
    """Yield what is missing without which the data set is not taken, or its download."""
    if not texts(node.get("name")):
        yield Effect.DROPS, told("schema:name is missing, which is required")
    described = texts(node.get("description"))
    if not described:
        yield Effect.DROPS, told("schema:description is missing, which is required")
    for text in described:
        if not _SHORTEST <= len(text) <= _LONGEST:
            said = told("schema:description: expected 50 to 5,000 characters, found {number:,}", number=len(text))
            yield Effect.DROPS, said
    for download in _nodes(node.get("distribution")):
        if not texts(download.get("contentUrl")):
            yield Effect.LOSES, told("a DataDownload has no schema:contentUrl, which is required there")


def recommended(node: Described) -> Iterator[tuple[Effect, str]]:
    """Yield which recommended properties are missing."""
    missing = [name for name in _RECOMMENDED if not node.get(name)]
    if missing:
        yield Effect.NOTE, told("recommended, not there: {names}", names=", ".join(missing))


def untrue(graph: Graph, dataset: Node, node: Described) -> Iterator[tuple[Effect, str]]:
    """Yield where the page says something else than the catalogue."""
    yield from _words(graph, dataset, node)
    known = _licences(graph, dataset)
    for licence in texts(node.get("license")):
        if _bare(licence) not in known:
            yield Effect.LOSES, told("schema:license {licence} is not the licence in the catalogue", licence=licence)
    for term, predicate in (("dateModified", f"{DCT}modified"), ("datePublished", f"{DCT}issued")):
        days = {day[:10] for day in graph.texts(dataset, predicate)}
        for day in texts(node.get(term)):
            if day[:10] not in days:
                yield Effect.LOSES, told("schema:{term} {day} is not the date in the catalogue", term=term, day=day)
    yield from _downloads(graph, dataset, node)


def _words(graph: Graph, dataset: Node, node: Described) -> Iterator[tuple[Effect, str]]:
    titles, descriptions = (graph.texts(dataset, f"{DCT}{name}") for name in ("title", "description"))
    for name in texts(node.get("name")):
        if name not in titles:
            yield Effect.LOSES, told('schema:name "{name}" is no title in the catalogue', name=name)
    for text in texts(node.get("description")):
        if text not in descriptions:
            said = told('schema:description "{text}…" is none in the catalogue', text=text[:_QUOTED])
            yield Effect.LOSES, said


def _downloads(graph: Graph, dataset: Node, node: Described) -> Iterator[tuple[Effect, str]]:
    known = {iri for part in graph.distributions(dataset) for iri in graph.texts(part, f"{DCAT}downloadURL")}
    for download in _nodes(node.get("distribution")):
        for address in texts(download.get("contentUrl")):
            if address not in known:
                yield Effect.NOTE, told("schema:contentUrl {address} is no download in the catalogue", address=address)


def _licences(graph: Graph, dataset: Node) -> set[str]:
    """Return the licences of a data set and its distributions, and what they match, without the scheme."""
    nodes = (dataset, *graph.distributions(dataset))
    found = [term for node in nodes for term in graph.values(node, f"{DCT}license")]
    return {_bare(iri) for term in found for iri in (term.value, *graph.texts(term, f"{SKOS}exactMatch"))}


def texts(value: Any) -> list[str]:
    """Return the texts or IRIs that a value of JSON-LD is: one, several, with a language, or a node's."""
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    if isinstance(value, dict):
        return texts(value.get("@value") or value.get("@id") or value.get("url"))
    return [str(value)] if value not in (None, "") else []


def _nodes(value: Any) -> list[Described]:
    return [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, dict)]


def _bare(iri: str) -> str:
    return iri.partition("://")[2].rstrip("/")
