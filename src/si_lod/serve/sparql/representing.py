"""What represents an answer: which variant a client gets of it, and what tells it from the others."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import request

from si_lod.serve.overviews.charts import SVG
from si_lod.serve.pages import SMALL, fits_address
from si_lod.serve.replies.reply import Reply, page_reply
from si_lod.serve.replies.variants import DOCUMENT, HTML, Variant, chosen
from si_lod.serve.sparql.fields import first
from si_lod.serve.sparql.protocol import PARAMETERS
from si_lod.serve.sparql.results import formats, named_format
from si_lod.serve.transport.negotiation import choose

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Query, QueryRequest
    from si_lod.serve.sparql.fields import Fields
    from si_lod.serve.sparql.protocol import Operation
    from si_lod.serve.visit import Visit


def reply_of(visit: Visit, operation: Operation, variant: Variant) -> Reply:
    """Return what is known of the answer in that variant before it is made."""
    tag, negotiated = _tag(operation), not operation.format
    media_type = variant.offer.media_type
    if variant not in {HTML, SVG}:
        return Reply(media_type, f"{tag}-{media_type.replace('/', '.')}", ("Accept",) if negotiated else ())
    size = SMALL if operation.size == SMALL else ""
    kind = f"svg{size}-" if variant is SVG else ""
    reply = replace(page_reply(visit, f"{tag}-{kind}", negotiated=negotiated), media_type=media_type)
    # What came as content that is too long for an address has none in any language.
    return reply if visit.arguments else replace(reply, links=())


def negotiated(visit: Visit, operation: Operation, query: Query) -> Variant:
    """Return the variant of the answer that the client gets; raises InvalidRequest or NotAcceptable if it gets none."""
    if operation.format:
        return named_format(operation.format, query.form)
    fitting = list(formats(query.form))
    language = [("lang", visit.language)] if visit.chosen else []
    kept = [*((name, value) for name, value in visit.arguments if name != "format"), *language]
    alternates = (
        (variant.offer.media_type, f"?{urlencode([*kept, ('format', variant.suffix)])}") for variant in fitting
    )
    return chosen(request.headers.get("Accept", ""), fitting, alternates)


def wants_page(operation: Operation) -> bool:
    """Return whether the client wants a page rather than what programs read."""
    if operation.format:
        return operation.format == HTML.suffix
    return choose(request.headers.get("Accept", ""), [variant.offer for variant in DOCUMENT]) is HTML.offer


def arguments_of(fields: Fields) -> Fields:
    """Return the fields that mean something in an address; none of what came as content and is too long for one."""
    known = [(name, value) for name, value in fields if name in PARAMETERS]
    beside = [(name, value) for name, value in known if name != "query"]
    is_short = request.method != "POST" or fits_address(first(known, "query"), beside)
    return known if is_short else []


def graphs_of(asked: Operation | QueryRequest) -> Fields:
    """Return the dataset that a request names as the fields that name it (SPARQL 1.1 Protocol §2.1.4)."""
    default = [("default-graph-uri", iri) for iri in asked.default_graphs]
    return [*default, *(("named-graph-uri", iri) for iri in asked.named_graphs)]


def _tag(operation: Operation) -> str:
    """Return a digest of all that the answer depends on besides the release and its format."""
    parts = (operation.query, operation.default_graphs, operation.named_graphs)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:20]
