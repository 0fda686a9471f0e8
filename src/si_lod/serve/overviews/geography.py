"""The route of all places together: a page, a drawing with an address of its own, and CSV."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from flask import Blueprint

from si_lod.serve.pages import places, places_csv, places_image, places_page
from si_lod.serve.replies.asked import Asked, Findings
from si_lod.serve.replies.variants import Variant
from si_lod.serve.transport.negotiation import Offer
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from flask import Response

    from si_lod.serve.current import Current
    from si_lod.serve.view import View

_SVG: Final = Variant(Offer("image/svg+xml"), "svg")
_CSV: Final = Variant(Offer("text/csv"), "csv")


@dataclass(frozen=True, slots=True)
class Atlas:
    """The route of all places, over the current release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the route."""
        routes = Blueprint("atlas", __name__)
        routes.add_url_rule("/places", "places", self.places)
        routes.add_url_rule("/places.<suffix>", "places-as", self.places)
        return routes

    def places(self, suffix: str | None = None) -> Response:
        """Return what lies where, negotiated or in the format of the suffix."""
        visit = Visit.of(self.current)
        return Asked(visit, "places", (), (_SVG, _CSV), partial(_found, visit.view)).respond(suffix)


def _found(view: View) -> Findings:
    found = places(view)
    makers = {_SVG: lambda: places_image(view, found), _CSV: lambda: places_csv(view, found)}
    return Findings((), makers, partial(places_page, view, found))
