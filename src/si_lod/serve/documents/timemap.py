"""TimeMaps: which mementos of a document there are (RFC 7089 §5), as link-format (RFC 6690)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import Blueprint, request
from werkzeug.http import http_date

from si_lod.errors import UnknownResource
from si_lod.iris import Space
from si_lod.sentences import told
from si_lod.serve.documents.memento import LINK_FORMAT, memento_link
from si_lod.serve.documents.mementos import Mementos, issued
from si_lod.serve.pages.releases.mementos import timemap_page
from si_lod.serve.replies.reply import Reply, page_reply
from si_lod.serve.replies.variants import HTML, Variant, chosen
from si_lod.serve.transport.negotiation import Offer
from si_lod.serve.travel import address_of
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response

    from si_lod.release import Manifest
    from si_lod.serve.current import Current

_VARIANT = Variant(Offer(LINK_FORMAT, ("text/plain",)), "")


@dataclass(frozen=True, slots=True)
class TimeMaps:
    """The route of TimeMaps; there is one for each document, and one for each of its variants."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the route."""
        routes = Blueprint("timemaps", __name__)
        routes.add_url_rule(f"/timemap/{Space.DOCUMENT}/<path:reference>", "timemap", self.timemap)
        return routes

    def timemap(self, reference: str) -> Response:
        """Return the mementos of the document, the first first, to programs as link-format and to browsers as a page.

        The addresses are canonical: a list of URIs is read far from where it was asked for.
        """
        visit = Visit.of(self.current)
        known = Mementos.of(self.current, reference) if not visit.named else None
        alternates = [(LINK_FORMAT, visit.href(request.path.lstrip("/")))]
        variant = chosen(request.headers.get("Accept", ""), [_VARIANT, HTML], alternates)
        tag = f"timemap-{known.digest if known else ''}"
        if variant is HTML:
            reply = replace(page_reply(visit, f"{tag}-"), lasting=False)
        else:
            reply = Reply(LINK_FORMAT, tag=tag, vary=("Accept",), lasting=False)
        return reply.respond(visit, lambda: _made(visit, variant, f"{Space.DOCUMENT}/{reference}", known))


def _made(visit: Visit, variant: Variant, path: str, known: Mementos | None) -> str:
    """Return the TimeMap of the document at ``path``; raises UnknownResource if no release has it."""
    found = known.all() if known else []
    if not found:
        raise UnknownResource(told("{path}: no release has a document of this name", path=request.path))
    return timemap_page(visit.view, path, found, ()) if variant is HTML else _links(visit, path, found)


def _links(visit: Visit, path: str, found: Sequence[Manifest]) -> str:
    base = visit.manifest.site.base
    first, last = found[0], found[-1]
    span = f'from="{http_date(issued(first))}"; until="{http_date(issued(last))}"'
    lines = [
        f'<{base}{path}>; rel="original timegate"',
        f'<{base}timemap/{path}>; rel="self"; type="{LINK_FORMAT}"; {span}',
        *(memento_link(f"{base}{address_of(m.version)[1:]}/{path}", m, first, last) for m in found),
    ]
    return ",\n".join(lines) + "\n"
