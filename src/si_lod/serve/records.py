"""The routes of what a release keeps of its making: why it was let through, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Blueprint, redirect, request
from pyoxigraph import RdfFormat, parse

from si_lod.changes.comparison import FOLDER, PATCH, RDF, TEXT, Comparison
from si_lod.changes.patch import EXTENSION, MEDIA_TYPE
from si_lod.errors import UnknownResource
from si_lod.serve.negotiation import Offer
from si_lod.serve.pages import changes_page, report_page
from si_lod.serve.representations import Representations, rdf_makers
from si_lod.serve.travel import address_of
from si_lod.serve.variants import Variant
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Triple
    from werkzeug.wrappers import Response as AnyResponse

    from si_lod.serve.current import Current

_TEXT: Final = Variant(Offer("text/plain"), "txt")
_PATCH: Final = Variant(Offer(MEDIA_TYPE), EXTENSION)
_REPORTS: Final = ("report.ttl", "verdict.ttl", f"{FOLDER}/quality.ttl")


@dataclass(frozen=True, slots=True)
class Records:
    """The routes below the address of a release; without a version they lead to those of the current one."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("records", __name__)
        for name, view in (("report", self.report), ("changes", self.changes)):
            routes.add_url_rule(f"/{name}", name, view)
            routes.add_url_rule(f"/{name}.<suffix>", f"{name}-as", view)
        return routes

    def report(self, suffix: str | None = None) -> AnyResponse:
        """Return why the release was let through: the validation report, and the counts that it comes to."""
        visit = Visit.of(self.current)
        if not visit.named:
            return _to_release(visit)
        folder = visit.serving.release.path
        makers: dict[Variant, Callable[[], bytes | str]] = {
            **rdf_makers(visit, lambda: _judged(folder)),
            _TEXT: (folder / "report.txt").read_bytes,
        }

        def page(alternates: Sequence[tuple[str, str]]) -> str:
            return report_page(visit.view, _judged(folder), Comparison.read(folder), alternates)

        return Representations(visit, "report", makers, page).respond(suffix)

    def changes(self, suffix: str | None = None) -> AnyResponse:
        """Return what the release changed since the one before it."""
        visit = Visit.of(self.current)
        if not visit.named:
            return _to_release(visit)
        folder = visit.serving.release.path
        comparison = Comparison.read(folder)
        if comparison is None:
            raise UnknownResource(f"{request.path}: this is the first release, so nothing has changed in it")
        makers: dict[Variant, Callable[[], bytes | str]] = {
            **rdf_makers(visit, lambda: _read(folder / FOLDER / RDF, RdfFormat.N_TRIPLES)),
            _PATCH: (folder / FOLDER / PATCH).read_bytes,
            _TEXT: (folder / FOLDER / TEXT).read_bytes,
        }

        def page(alternates: Sequence[tuple[str, str]]) -> str:
            triples = _read(folder / FOLDER / RDF, RdfFormat.N_TRIPLES)
            return changes_page(visit.view, comparison, triples, alternates)

        return Representations(visit, "changes", makers, page).respond(suffix)


def _judged(folder: Path) -> Iterator[Triple]:
    """Yield the report, the verdict, and how both differ from the release before, as far as the release has them."""
    for name in _REPORTS:
        if (folder / name).is_file():
            yield from _read(folder / name, RdfFormat.TURTLE)


def _read(path: Path, syntax: RdfFormat) -> Iterator[Triple]:
    return (quad.triple for quad in parse(path=str(path), format=syntax))


def _to_release(visit: Visit) -> AnyResponse:
    """Return the way to the same of the release that is served now, which is another one tomorrow."""
    response = redirect(f"{visit.home}{address_of(visit.manifest.version)}{request.path}", 302)
    response.headers["Cache-Control"] = "no-cache"
    return response
