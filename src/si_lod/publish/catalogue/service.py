"""What the SPARQL endpoint is, as data of the release (SPARQL 1.1 Service Description, VoID)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from si_lod.sites import Site

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_INTEGER: Final = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABEL: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_WORDS: Final = {"nl": "SPARQL-endpoint", "en": "SPARQL endpoint"}
_FORMATS: Final = (
    QueryResultsFormat.JSON,
    QueryResultsFormat.XML,
    QueryResultsFormat.CSV,
    QueryResultsFormat.TSV,
    RdfFormat.TURTLE,
    RdfFormat.JSON_LD,
    RdfFormat.N_TRIPLES,
    RdfFormat.RDF_XML,
)


def add_service(site: Site, store: Store) -> None:
    """Add the description of the endpoint to ``store``, with the count of its triples, those added here included."""
    # The catalogue may have said some of it already, of the same service.
    added = [quad for quad in _described(site) if quad not in store]
    graph = NamedNode(f"{site.base}id/data-service/sparql.graph")
    total = Literal(str(len(store) + len(added) + 1), datatype=_INTEGER)
    store.extend([*added, Quad(graph, NamedNode(f"{_VOID}triples"), total)])


def _described(site: Site) -> Iterator[Quad]:
    service, dataset, graph = (
        NamedNode(f"{site.base}id/data-service/sparql{part}") for part in ("", ".dataset", ".graph")
    )
    yield Quad(service, _TYPE, NamedNode(f"{_SD}Service"))
    yield Quad(service, NamedNode(f"{_SD}endpoint"), NamedNode(f"{site.base}sparql"))
    yield Quad(service, NamedNode(f"{_SD}supportedLanguage"), NamedNode(f"{_SD}SPARQL11Query"))
    for result_format in _FORMATS:
        yield Quad(service, NamedNode(f"{_SD}resultFormat"), NamedNode(result_format.iri))
    yield Quad(service, NamedNode(f"{_SD}defaultDataset"), dataset)
    yield Quad(dataset, _TYPE, NamedNode(f"{_SD}Dataset"))
    yield Quad(dataset, NamedNode(f"{_SD}defaultGraph"), graph)
    yield Quad(graph, _TYPE, NamedNode(f"{_SD}Graph"))
    for language, words in _WORDS.items():
        if language in site.languages:
            for node in (service, dataset, graph):
                yield Quad(node, _LABEL, Literal(words, language=language))
