"""The routes of what crawlers look for first: which pages there are, and which they need not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from flask import Blueprint, request

from si_lod.errors import UnknownResource
from si_lod.sentences import told
from si_lod.serve.harvest.places import catalog_of, published_base
from si_lod.serve.harvest.settled import settled
from si_lod.serve.harvest.sitemap import Sitemap
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from flask import Response

    from si_lod.serve.current import Current

_XML: Final = "application/xml"


@dataclass(frozen=True, slots=True)
class Crawling:
    """The routes of the sitemap and of ``robots.txt``, in each release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("crawling", __name__)
        routes.add_url_rule("/sitemap.xml", "sitemap", self.sitemap)
        routes.add_url_rule("/sitemap/<name>.xml", "sitemap-part", self.sitemap_part)
        routes.add_url_rule("/robots.txt", "robots", self.robots)
        return routes

    def sitemap(self) -> Response:
        """Return every page, or the files that list them."""
        visit = Visit.of(self.current)
        return settled(visit, _XML, lambda: _sitemap(visit).whole().encode())

    def sitemap_part(self, name: str) -> Response:
        """Return one of the files that the sitemap names."""
        visit = Visit.of(self.current)
        return settled(visit, _XML, lambda: _part(visit, name).encode())

    def robots(self) -> Response:
        """Return what a crawler need not read, which are answers to questions, and where the sitemap is (RFC 9309)."""
        visit = Visit.of(self.current)
        return settled(visit, "text/plain", lambda: _rules(visit.manifest.site.base).encode())


def _part(visit: Visit, name: str) -> str:
    part = _sitemap(visit).part(name)
    if part is None:
        raise UnknownResource(told("{path}: there is nothing at this address", path=request.path))
    return part


def _rules(base: str) -> str:
    root = urlsplit(base).path
    lines = ["User-agent: *", f"Disallow: {root}search?", f"Disallow: {root}sparql?", "", f"Sitemap: {base}sitemap.xml"]
    return "\n".join([*lines, ""])


def _sitemap(visit: Visit) -> Sitemap:
    return Sitemap(catalog_of(visit), visit.serving.release.path, visit.design, published_base(visit))
