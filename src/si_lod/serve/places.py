"""Pages that are about no single thing: the home page, and a list of all things of one kind. They are HTML only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, request

from si_lod.errors import UnknownResource
from si_lod.sentences import told
from si_lod.serve.pages import home_page, kind_of, list_page
from si_lod.serve.reply import page_reply
from si_lod.serve.variants import HTML, chosen
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

    from si_lod.serve.current import Current


@dataclass(frozen=True, slots=True)
class Places:
    """The routes of pages without RDF, over the current release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("places", __name__)
        routes.add_url_rule("/", "home", self.home)
        routes.add_url_rule("/list/<kind>", "list", self.list)
        return routes

    def home(self) -> Response:
        """Return the home page."""
        visit = Visit.of(self.current)
        return _page(visit, lambda: home_page(visit.view))

    def list(self, kind: str) -> Response:
        """Return the list of all things of a kind, which is the local name of a class in lower case."""
        visit = Visit.of(self.current)
        lists = {kind_of(class_iri): class_iri for class_iri in visit.manifest.site.lists}
        if kind not in lists:
            raise UnknownResource(told("{path}: there is no list of this name", path=request.path))
        return _page(visit, lambda: list_page(visit.view, lists[kind]))


def _page(visit: Visit, make: Callable[[], str]) -> Response:
    """Return a page to who accepts HTML at all; raises NothingFits for others."""
    chosen(request.headers.get("Accept", ""), [HTML], [(HTML.offer.media_type, visit.href(request.path.lstrip("/")))])
    return page_reply(visit, "").respond(visit, make)
