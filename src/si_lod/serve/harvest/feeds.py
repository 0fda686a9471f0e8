"""The routes of the feeds: the view of each, and its pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from flask import Blueprint, redirect, request
from pyoxigraph import RdfFormat, serialize

from si_lod.errors import UnknownResource
from si_lod.sentences import told
from si_lod.serve.harvest.feed import FOLDER, PREFIXES, Feed
from si_lod.serve.harvest.places import published_base
from si_lod.serve.harvest.settled import known_digest
from si_lod.serve.replies.links import Link
from si_lod.serve.replies.reply import Reply
from si_lod.serve.replies.representations import PREFIXES as USUAL
from si_lod.serve.replies.variants import Variant, chosen
from si_lod.serve.transport.negotiation import Offer
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flask import Response
    from pyoxigraph import Quad
    from werkzeug.wrappers import Response as AnyResponse

    from si_lod.serve.current import Current

_FORMATS: Final = (RdfFormat.TRIG, RdfFormat.JSON_LD, RdfFormat.N_QUADS)
VARIANTS: Final = tuple(Variant(Offer(one.media_type), one.file_extension, one) for one in _FORMATS)
_CLOSED: Final = "public, max-age=31536000, immutable"
_GROWING: Final = "public, max-age=60"
"""A new release comes at most now and then; who polls is told of one soon enough."""


@dataclass(frozen=True, slots=True)
class Feeds:
    """The routes of the feeds of each release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("feeds", __name__)
        routes.add_url_rule(f"/{FOLDER}", "feeds", self.first)
        for suffix in ("", ".<suffix>"):
            kind = "-as" if suffix else ""
            routes.add_url_rule(f"/{FOLDER}/<name>{suffix}", f"feed{kind}", self.view)
            routes.add_url_rule(f"/{FOLDER}/<name>/<int:number>{suffix}", f"feed-page{kind}", self.page)
        return routes

    def first(self) -> AnyResponse:
        """Return the way to the feed of the catalogue, which every release has that has any."""
        return redirect(Visit.of(self.current).href(f"{FOLDER}/catalog"), 303)

    def view(self, name: str, suffix: str | None = None) -> Response:
        """Return the view of a feed."""
        visit = Visit.of(self.current)
        return _sent(visit, f"{FOLDER}/{name}", _feed(visit, name).root, suffix)

    def page(self, name: str, number: int, suffix: str | None = None) -> Response:
        """Return a page of a feed, which never changes."""
        visit = Visit.of(self.current)
        feed = _feed(visit, name)
        if not 1 <= number <= feed.pages:
            raise UnknownResource(
                told("page: expected a number from 1 to {pages}, found {number}", pages=feed.pages, number=number)
            )
        since = visit.since(feed.path(number))
        return _sent(visit, f"{FOLDER}/{name}/{number}", lambda: feed.page(number), suffix, since=since)


def _feed(visit: Visit, name: str) -> Feed:
    feed = Feed.of(visit.serving.release.path, name, published_base(visit))
    if feed is None:
        raise UnknownResource(told("{path}: this release has no feed of this name", path=request.path))
    return feed


def _sent(
    visit: Visit, path: str, find: Callable[[], Iterator[Quad]], suffix: str | None, *, since: float | None = None
) -> Response:
    """Return the quads; who has those that are the same ``since`` a moment need not ask again."""
    quads = cache(lambda: list(find()))
    alternates = [(one.offer.media_type, visit.href(f"{path}.{one.suffix}")) for one in VARIANTS]
    variant = _variant(suffix, alternates)
    reply = Reply(
        media_type=variant.offer.media_type,
        tag=variant.suffix,
        vary=() if suffix else ("Accept",),
        location=visit.href(f"{path}.{variant.suffix}"),
        links=tuple(Link(address, "alternate", media_type) for media_type, address in alternates),
        digest=known_digest(visit, path, lambda: map(str, quads())),
        since=since,
    )
    response = reply.respond(visit, lambda: _written(quads(), variant.syntax))
    response.headers["Cache-Control"] = _CLOSED if visit.named or since else _GROWING
    return response


def _variant(suffix: str | None, alternates: list[tuple[str, str]]) -> Variant:
    if suffix is None:
        return chosen(request.headers.get("Accept", ""), VARIANTS, alternates)
    for variant in VARIANTS:
        if variant.suffix == suffix:
            return variant
    there = ", ".join(variant.suffix for variant in VARIANTS)
    raise UnknownResource(told("{path}: expected one of the formats {there}", path=request.path, there=there))


def _written(quads: Iterable[Quad], syntax: RdfFormat | None) -> bytes:
    """Return the quads; the site's own prefixes may change between releases, and a page may not, so it has none."""
    return serialize(quads, format=syntax, prefixes=USUAL | PREFIXES) or b""
