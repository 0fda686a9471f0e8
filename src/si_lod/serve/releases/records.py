"""The routes of what a release keeps of its making: why it was let through, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from flask import Blueprint, request
from pyoxigraph import RdfFormat, parse

from si_lod.changes.comparison import DUMP, FOLDER, PATCH, RDF, TEXT, Comparison
from si_lod.changes.merging import differences, read_lines
from si_lod.changes.patch import EXTENSION, MEDIA_TYPE, patch
from si_lod.changes.provenance import Revision
from si_lod.changes.telling import beginning
from si_lod.sentences import in_language, say
from si_lod.serve.pages import changes_page, first_changes_page, report_page
from si_lod.serve.replies.leading import lead
from si_lod.serve.replies.representations import Representations, rdf_makers, stored_makers
from si_lod.serve.replies.stored import spooled_file, spooled_lines
from si_lod.serve.replies.variants import HTML, Variant
from si_lod.serve.transport.negotiation import Offer
from si_lod.serve.travel import address_of
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Triple
    from werkzeug.wrappers import Response as AnyResponse

    from si_lod.serve.current import Current
    from si_lod.serve.replies.representations import Maker

    Page = Callable[[Sequence[tuple[str, str]]], str]

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
        makers: dict[Variant, Maker] = {
            **rdf_makers(visit, lambda: _judged(folder)),
            _TEXT: lambda: spooled_file(_in_language(folder, "report.txt", visit)),
        }

        def page(alternates: Sequence[tuple[str, str]]) -> str:
            return report_page(visit.view, _judged(folder), Comparison.read(folder), alternates)

        return Representations(visit, "report", makers, page, worded=(HTML, _TEXT)).respond(suffix)

    def changes(self, suffix: str | None = None) -> AnyResponse:
        """Return what the release changed since the one before it; in a first release everything is new."""
        visit = Visit.of(self.current)
        if not visit.named:
            return _to_release(visit)
        comparison = Comparison.read(visit.serving.release.path)
        makers, page = _first(visit) if comparison is None else _compared(visit, comparison)
        return Representations(visit, "changes", makers, page, worded=(HTML, _TEXT)).respond(suffix)


def _compared(visit: Visit, comparison: Comparison) -> tuple[dict[Variant, Maker], Page]:
    folder = visit.serving.release.path / FOLDER

    def triples() -> Iterator[Triple]:
        return _read(folder / RDF, RdfFormat.N_TRIPLES)

    makers: dict[Variant, Maker] = {
        **stored_makers(visit, triples),
        _PATCH: lambda: spooled_file(folder / PATCH),
        _TEXT: lambda: spooled_file(_in_language(folder, TEXT, visit)),
    }
    return makers, lambda alternates: changes_page(visit.view, comparison, triples(), alternates)


def _first(visit: Visit) -> tuple[dict[Variant, Maker], Page]:
    release = visit.serving.release
    revision = Revision(release.manifest.site.base, "", release.manifest.version)
    makers: dict[Variant, Maker] = {
        **rdf_makers(visit, lambda: revision.triples(())),
        _PATCH: lambda: spooled_lines(patch(differences((), read_lines(release.path / DUMP)), revision.document)),
        _TEXT: lambda: f"{say(beginning(release.manifest.triples), visit.language)}\n",
    }
    return makers, partial(first_changes_page, visit.view)


def _in_language(folder: Path, name: str, visit: Visit) -> Path:
    """Return the file in the reader's language, or in English where there is none."""
    path = folder / in_language(name, visit.language)
    return path if path.is_file() else folder / name


def _judged(folder: Path) -> Iterator[Triple]:
    """Yield the report, the verdict, and how both differ from the release before, as far as the release has them."""
    for name in _REPORTS:
        if (folder / name).is_file():
            yield from _read(folder / name, RdfFormat.TURTLE)


def _read(path: Path, syntax: RdfFormat) -> Iterator[Triple]:
    return (quad.triple for quad in parse(path=str(path), format=syntax))


def _to_release(visit: Visit) -> AnyResponse:
    """Return the way to the same of the release that is served now, which is another one tomorrow."""
    return lead(f"{visit.home}{address_of(visit.manifest.version)}{request.path}", 302)
