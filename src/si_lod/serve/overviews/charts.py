"""Charts at addresses of their own: of a thing or of the answer to a query, as SVG, as CSV, or on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Blueprint, request

from si_lod.errors import InvalidRequest, UnknownResource
from si_lod.sentences import told
from si_lod.serve.documents.gone import new_reference
from si_lod.serve.pages import SMALL, Drawable, chart_page, chart_values, plan_of, style_source, svg
from si_lod.serve.replies.leading import lead
from si_lod.serve.replies.links import Link
from si_lod.serve.replies.reply import Reply
from si_lod.serve.replies.variants import HTML, Variant, chosen
from si_lod.serve.transport.negotiation import Offer
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from si_lod.serve.current import Current

SVG: Final = Variant(Offer("image/svg+xml"), "svg")
CSV: Final = Variant(Offer("text/csv"), "csv")
VARIANTS: Final = (SVG, CSV, HTML)
"""What a chart can be sent as, the one to prefer first."""

_POLICY: Final = "default-src 'none'; style-src {style}; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Charts:
    """The route of charts, over the current release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the route."""
        routes = Blueprint("charts", __name__)
        routes.add_url_rule("/chart/<path:reference>", "chart", self.chart)
        return routes

    def chart(self, reference: str) -> AnyResponse:
        """Return the chart of a thing, negotiated or as its suffix says; ``size`` draws it for a narrow screen.

        What is renamed leads on.
        """
        visit = Visit.of(self.current)
        stem, fixed = _split(reference)
        iri = visit.known(stem)
        if renamed := new_reference(visit, iri):
            return lead(visit.href(f"chart/{renamed}{reference.removeprefix(stem)}"), 308)
        return Sending(visit, stem, iri, _size()).respond(fixed)


@dataclass(frozen=True, slots=True)
class Sending:
    """The chart of ``iri`` on its way to a client; ``path`` is its address without a suffix."""

    visit: Visit
    reference: str
    iri: str
    size: str

    def respond(self, fixed: Variant | None) -> Response:
        """Return the variant ``fixed`` by its address or else negotiated; raises NothingFits or UnknownResource."""
        variant = fixed or chosen(request.headers.get("Accept", ""), VARIANTS, self.alternates())
        varies = (("Accept", fixed is None), ("Accept-Language", not self.visit.chosen))
        language = self.visit.language
        size = f"&size={self.size}" if self.size and variant is SVG else ""
        reply = Reply(
            media_type=variant.offer.media_type,
            tag="-".join(filter(None, ("chart", variant.suffix, language, self.size))),
            vary=tuple(name for name, does in varies if does),
            location=f"{self._address(variant)}?lang={language}{size}",
            language=language,
            links=(
                *(Link(address, "alternate", media_type) for media_type, address in self.alternates()),
                Link(self.iri, "describes"),
            ),
        )
        response = reply.respond(self.visit, lambda: self._content(variant))
        if variant is SVG:
            response.headers["Content-Security-Policy"] = drawing_policy()
        return response

    def alternates(self) -> list[tuple[str, str]]:
        """Return the media type and the address of every variant."""
        return [(variant.offer.media_type, self._address(variant)) for variant in VARIANTS]

    def _content(self, variant: Variant) -> str:
        view = self.visit.view
        drawable = Drawable.of(view, self.iri)
        chart = drawable.chart()
        if chart is None:
            raise UnknownResource(told("{path}: there are no values here to hold side by side", path=request.path))
        if variant is SVG:
            return svg(view, chart, plan_of(self.size))
        if variant is CSV:
            return chart_values(chart)
        return chart_page(view, self.reference, drawable, chart, self.alternates())

    def _address(self, variant: Variant) -> str:
        return self.visit.href(f"chart/{self.reference}.{variant.suffix}")


def drawing_policy() -> str:
    """Return the Content-Security-Policy of a drawing: it may have its own style, and nothing else."""
    return _POLICY.format(style=style_source())


def _split(path: str) -> tuple[str, Variant | None]:
    stem, _, suffix = path.rpartition(".")
    return next(((stem, one) for one in VARIANTS if stem and one.suffix == suffix), (path, None))


def _size() -> str:
    size = request.args.get("size", "")
    if size not in {"", SMALL}:
        raise InvalidRequest(told('size: expected {small} or nothing, found "{found}"', small=SMALL, found=size[:40]))
    return size
