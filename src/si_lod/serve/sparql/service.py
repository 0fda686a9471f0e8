"""What the SPARQL endpoint says of itself to a request without a query (SPARQL 1.1 Service Description §2)."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from flask import Response, request
from pyoxigraph import NamedNode

from si_lod.errors import InvalidRequest
from si_lod.sentences import told
from si_lod.serve.documents.description import describe
from si_lod.serve.nodes import TYPE
from si_lod.serve.pages import query_page
from si_lod.serve.replies.reply import Reply, page_reply
from si_lod.serve.replies.syntaxes import written
from si_lod.serve.replies.variants import DOCUMENT, HTML, chosen
from si_lod.serve.transport.negotiation import choose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import RdfFormat, Triple

    from si_lod.serve.visit import Visit

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_SERVICE: Final = NamedNode(f"{_SD}Service")
_DATASET: Final = NamedNode(f"{_SD}defaultDataset")
_GRAPH: Final = NamedNode(f"{_SD}defaultGraph")
_EXECUTABLE: Final = NamedNode("http://www.w3.org/ns/shacl#SPARQLExecutable")


def introduction(visit: Visit) -> Response:
    """Return the query page to a browser, and else what the release says of its endpoint, in a syntax of RDF.

    Raises InvalidRequest to a POST, and to a client that wants no page when the release describes no endpoint: the
    protocol asks for a query then.
    """
    accept = request.headers.get("Accept", "")
    services = [t.subject for t in visit.engine.match(None, TYPE, _SERVICE) if isinstance(t.subject, NamedNode)]
    offered = DOCUMENT if services else (HTML,)
    no_page = choose(accept, [variant.offer for variant in DOCUMENT]) is not HTML.offer
    if request.method == "POST" or (no_page and not services):
        raise InvalidRequest(told("query: expected one, found none"))
    variant = chosen(accept, offered, [(each.offer.media_type, visit.href("sparql")) for each in offered])
    if variant.syntax is None:
        return page_reply(visit, "").respond(visit, lambda: query_page(visit.view, "", None))
    return _description(visit, min(services, key=str).value, variant.syntax)


def _beside(visit: Visit, service: NamedNode) -> Iterator[Triple]:
    """Return what a client reads with the description: the dataset, its graph with its count, and example queries."""
    datasets = list(_objects(visit, [service], _DATASET))
    graphs = list(_objects(visit, datasets, _GRAPH))
    examples = (triple.subject for triple in visit.engine.match(None, TYPE, _EXECUTABLE))
    nodes = (*datasets, *graphs, *sorted(examples, key=str))
    for said in visit.engine.match_each((node, None, None) for node in nodes if isinstance(node, NamedNode)):
        yield from sorted(said, key=str)


def _objects(visit: Visit, subjects: Iterable[NamedNode], predicate: NamedNode) -> Iterator[NamedNode]:
    found = chain.from_iterable(visit.engine.match_each((subject, predicate, None) for subject in subjects))
    return (triple.object for triple in found if isinstance(triple.object, NamedNode))


def _description(visit: Visit, service: str, syntax: RdfFormat) -> Response:
    def make() -> bytes:
        described = describe(visit.engine, visit.manifest, service).triples()
        return written(
            dict.fromkeys(chain(described, _beside(visit, NamedNode(service)))), syntax, visit.manifest.site.prefixes
        )

    return Reply(syntax.media_type, tag=syntax.file_extension, vary=("Accept",)).respond(visit, make)
