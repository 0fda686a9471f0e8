"""The page that is about no single thing: the home page. It is HTML only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import Blueprint, request

from si_lod.serve.harvest.linkset import service_description
from si_lod.serve.pages import home_page
from si_lod.serve.replies.reply import page_reply
from si_lod.serve.replies.variants import HTML, chosen
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

    from si_lod.serve.current import Current


@dataclass(frozen=True, slots=True)
class Home:
    """The route of the home page, over the current release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the route."""
        routes = Blueprint("home", __name__)
        routes.add_url_rule("/", "home", self.home)
        return routes

    def home(self) -> Response:
        """Return the home page."""
        visit = Visit.of(self.current)
        return _page(visit, lambda: home_page(visit.view))


def _page(visit: Visit, make: Callable[[], str]) -> Response:
    """Return a page, with the way to what programs can ask; raises NothingFits for who accepts no HTML."""
    chosen(request.headers.get("Accept", ""), [HTML], [(HTML.offer.media_type, visit.href(request.path.lstrip("/")))])
    reply = page_reply(visit, "")
    return replace(reply, links=(*reply.links, service_description(visit.root))).respond(visit, make)
