"""Things and the documents about them: 303 from one to the other (RFC 9110 §15.4.4), and what a document says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request

from si_lod.index.origins import origins
from si_lod.iris import Space
from si_lod.serve.documents import memento
from si_lod.serve.documents.description import describe
from si_lod.serve.documents.document import Document
from si_lod.serve.documents.fate import fate
from si_lod.serve.documents.gone import new_reference
from si_lod.serve.documents.incoming import Incoming
from si_lod.serve.harvest.signposting import accepted_files, changed_on, further_links
from si_lod.serve.pages import thing_page
from si_lod.serve.replies.asked import page_number
from si_lod.serve.replies.leading import lead
from si_lod.serve.replies.variants import NothingFits, split_suffix
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from si_lod.serve.current import Current
    from si_lod.serve.documents.description import Description


@dataclass(frozen=True, slots=True)
class Resources:
    """The routes of things and documents, over the current release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("resources", __name__)
        routes.add_url_rule(f"/{Space.THING}/<path:reference>", "thing", self.thing)
        routes.add_url_rule(f"/{Space.DOCUMENT}/<path:reference>", "document", self.document)
        return routes

    def thing(self, reference: str) -> AnyResponse:
        """Return 303 to the document about a known thing; the target depends on nothing but the path."""
        visit = Visit.of(self.current)
        thing, known = _known(visit, reference)
        if known == reference and (renamed := new_reference(visit, thing)):
            return lead(visit.href(f"{Space.THING}/{renamed}"), 308)
        if known != reference:
            return lead(visit.href(f"{Space.THING}/{known}"), 308)
        return redirect(visit.href(f"{Space.DOCUMENT}/{known}"), 303)

    def document(self, reference: str) -> AnyResponse:
        """Return the document about a thing, negotiated or in the syntax of its suffix."""
        visit = Visit.of(self.current)
        earlier = memento.negotiated(self.current, visit, reference)
        if earlier is not None:
            return earlier
        stem, fixed = (reference, None) if visit.thing(reference) else split_suffix(reference)
        thing, known = _known(visit, stem)
        if known != stem:
            return lead(visit.href(f"{Space.DOCUMENT}/{known}"), 308)
        if renamed := new_reference(visit, thing):
            return lead(visit.href(f"{Space.DOCUMENT}/{renamed}{reference.removeprefix(stem)}"), 308)
        page, incoming = page_number(), cache(partial(Incoming.of, visit.engine, visit.links, thing))
        further = further_links(visit, thing)
        visit = visit.at([("page", str(page))] if page > 1 else ())
        became = fate(self.current, visit, thing)
        since, pages = became.key if became else "", lambda: incoming().pages
        document = Document(visit, thing, f"{Space.DOCUMENT}/{stem}", page, thing_page, pages, further, since)
        try:
            response = document.respond(
                fixed, lambda is_whole: replace(_description(visit, incoming(), page, is_whole=is_whole), fate=became)
            )
        except NothingFits:
            accepted = accepted_files(visit, thing, request.headers.get("Accept", ""))
            raise NothingFits(document.alternates(), accepted) from None
        return memento.marked(response, visit, reference)


def _description(visit: Visit, incoming: Incoming, page: int, *, is_whole: bool) -> Description:
    iri, index = incoming.thing.value, visit.index
    rows = origins(index, iri) if index else ()
    changed = changed_on(visit, iri)
    return describe(
        visit.engine,
        visit.manifest,
        iri,
        page=page,
        incoming=incoming,
        origins=rows,
        modified=changed,
        is_whole=is_whole,
    )


def _known(visit: Visit, reference: str) -> tuple[str, str]:
    """Return the thing of a reference and its right spelling; raises UnknownResource if the release has no such thing.

    A slash at the end is a wrong spelling.
    """
    right = reference.rstrip("/")
    return visit.known(right), right
