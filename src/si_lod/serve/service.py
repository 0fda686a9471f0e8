"""What the SPARQL endpoint says of itself to a request without a query (SPARQL 1.1 Service Description §2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Response, request
from pyoxigraph import NamedNode

from si_lod.errors import InvalidRequest
from si_lod.sentences import told
from si_lod.serve.description import TYPE, describe
from si_lod.serve.negotiation import choose
from si_lod.serve.pages import query_page
from si_lod.serve.reply import Reply, page_reply
from si_lod.serve.representation import written
from si_lod.serve.variants import DOCUMENT, HTML, chosen

if TYPE_CHECKING:
    from pyoxigraph import RdfFormat

    from si_lod.serve.visit import Visit

_SERVICE: Final = NamedNode("http://www.w3.org/ns/sparql-service-description#Service")


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
        return page_reply(visit, "").respond(visit, lambda: query_page(visit.view, "", None, None))
    return _description(visit, min(services, key=str).value, variant.syntax)


def _description(visit: Visit, service: str, syntax: RdfFormat) -> Response:
    def make() -> bytes:
        description = describe(visit.engine, visit.manifest, service)
        return written(description.triples(), syntax, visit.manifest.site.prefixes)

    return Reply(syntax.media_type, tag=syntax.file_extension, vary=("Accept",)).respond(visit, make)
