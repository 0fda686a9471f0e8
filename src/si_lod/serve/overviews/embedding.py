"""What others may show within their pages: figures in a frame, and how to frame them (oEmbed 1.0)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from flask import Blueprint, Response, request

from si_lod.errors import InvalidRequest, UnknownResource
from si_lod.iris import Space
from si_lod.sentences import told
from si_lod.serve.manners import policy
from si_lod.serve.pages import FRAME_HEIGHT, FRAME_WIDTH, embedded_page, frame, title_of
from si_lod.serve.replies.reply import Reply, page_reply
from si_lod.serve.replies.variants import HTML, chosen, split_suffix
from si_lod.serve.transport.negotiation import Offer
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from si_lod.serve.current import Current

_EMBED: Final = "embed"
_LEAST: Final = 120
"""The narrowest frame that shows anything."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """The routes of frames, over the current release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("embedding", __name__)
        routes.add_url_rule(f"/{_EMBED}/<path:reference>", "framed", self.framed)
        routes.add_url_rule("/oembed", "oembed", self.oembed)
        return routes

    def framed(self, reference: str) -> Response:
        """Return the figures of a thing as a page that any other page may frame."""
        visit = Visit.of(self.current)
        iri = _thing(visit, reference)
        address = visit.href(f"{_EMBED}/{reference}")
        chosen(request.headers.get("Accept", ""), [HTML], [(HTML.offer.media_type, address)])
        reply = page_reply(visit, "embed-")
        response = reply.respond(visit, lambda: embedded_page(visit.view, reference, iri))
        response.headers["Content-Security-Policy"] = policy(framed_by="*")
        return response

    def oembed(self) -> Response:
        """Return how to frame the figures of the page at ``url`` (oEmbed 1.0 §2.3.4.4).

        Only the path of ``url`` counts, since the site may be reached at several hosts.
        """
        if request.args.get("format", "json") != "json":
            raise InvalidRequest(told("format: expected json, the only one there is"))
        visit = Visit.of(self.current)
        reference = _reference(request.args.get("url", ""))
        iri = _thing(visit, reference)
        width, height = _size("maxwidth", FRAME_WIDTH), _size("maxheight", FRAME_HEIGHT)
        reply = Reply(
            media_type=_JSON.media_type,
            tag=f"oembed-{visit.language}-{width}-{height}",
            vary=() if visit.chosen else ("Accept-Language",),
            language=visit.language,
        )
        return reply.respond(visit, lambda: _answer(visit, reference, iri, (width, height)))


_JSON: Final = Offer("application/json")


def _answer(visit: Visit, reference: str, iri: str, size: tuple[int, int]) -> str:
    view, (width, height) = visit.view, size
    title = title_of(view, iri)
    told = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": view.words(visit.manifest.site.title),
        "provider_url": visit.manifest.site.base,
        "html": frame(view, reference, title, str(width), height),
        "width": width,
        "height": height,
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _thing(visit: Visit, reference: str) -> str:
    """Return the IRI of a thing that the release knows; raises UnknownResource."""
    try:
        iri = visit.design.mint(Space.THING, reference)
    except ValueError:
        iri = ""
    if not iri or not visit.knows(iri):
        raise UnknownResource(told("{path}: this release has nothing of this name", path=request.path))
    return iri


def _reference(url: str) -> str:
    """Return the reference of the thing that the page at ``url`` is about; raises InvalidRequest if there is none."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        path = ""
    for space in (Space.DOCUMENT, Space.THING, _EMBED):
        _, found, reference = path.partition(f"/{space}/")
        if found and reference:
            return split_suffix(reference)[0]
    raise InvalidRequest(told('url: expected the address of a page about a thing, found "{found}"', found=url[:200]))


def _size(name: str, most: int) -> int:
    text = request.args.get(name, "") or str(most)
    if not (text.isascii() and text.isdigit() and len(text) < 6):  # noqa: PLR2004  no screen is so large
        raise InvalidRequest(
            told('{name}: expected a whole number of pixels, found "{found}"', name=name, found=text[:40])
        )
    return max(_LEAST, min(int(text), most))
