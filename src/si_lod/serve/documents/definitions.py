"""Documents of definitions, which live at their own IRIs: an ontology, and whatever else the release describes there.

A term's IRI is its document's with a fragment, which no client sends, so a term is found in its document.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, request
from pyoxigraph import NamedNode

from si_lod.errors import UnknownResource
from si_lod.index.file import Index
from si_lod.index.presence import VERSION_IRI, has_version
from si_lod.sentences import told
from si_lod.serve.documents.document import Document
from si_lod.serve.documents.terms import define
from si_lod.serve.nodes import document_iri
from si_lod.serve.pages import IMAGE, definition_page, overview_image
from si_lod.serve.replies.leading import lead
from si_lod.serve.replies.links import Link
from si_lod.serve.replies.reply import Reply
from si_lod.serve.replies.variants import split_suffix
from si_lod.serve.transport.addresses import ROUTED
from si_lod.serve.travel import SHELF, address_of
from si_lod.serve.visit import Visit
from si_lod.versions import is_version

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from si_lod.engine.evaluation import Engine
    from si_lod.serve.current import Current
    from si_lod.serve.documents.description import Description


@dataclass(frozen=True, slots=True)
class Definitions:
    """The route of every path that no other route has, over the current release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the route."""
        routes = Blueprint("definitions", __name__)
        routes.add_url_rule("/<path:path>", "document", self.document)
        return routes

    def document(self, path: str) -> AnyResponse:
        """Return the document at the IRI of this path, negotiated or in the syntax of its suffix, or its overview.

        A version that is no longer the present one is in the newest release that has it: the answer leads there.
        """
        visit = Visit.of(self.current)
        base = visit.manifest.site.base
        for stem, fixed in dict.fromkeys([(path, None), split_suffix(path)]):
            if iri := _described(visit, base + stem):
                document = Document(visit, iri, stem, 1, definition_page)
                return document.respond(fixed, partial(_defined, visit.engine, iri))
        drawn = path.removesuffix(f".{IMAGE}")
        if drawn != path and (iri := _described(visit, base + drawn)):
            return _image(visit, iri, drawn)
        right = path.rstrip("/")
        if right != path and visit.knows(base + right):
            return lead(visit.href(right), 308)
        older = None if visit.named else self._release_with(visit, split_suffix(drawn)[0])
        if older is None:
            raise _nothing(f"/{request.path.lstrip('/')}")
        return lead(f"{visit.home}{address_of(older)}/{quote(path)}", 302)

    def _release_with(self, visit: Visit, path: str) -> str | None:
        """Return the newest release that has this version of a document that the present release has too, or None.

        Other releases are opened only for what could be a version, and only if their index does not tell it.
        """
        document, _, version = path.rpartition("/")
        base = visit.manifest.site.base
        if not is_version(version) or _described(visit, base + document) is None:
            return None
        versions = (manifest.version for manifest in reversed(self.current.manifests()))
        return next((version for version in versions if self._has(version, base + path)), None)

    def _has(self, version: str, iri: str) -> bool:
        """Return whether the release has this version of a document."""
        index = Index.of(self.current.releases.root / version)
        told = has_version(index, iri) if index else None
        return self.current.states(version, None, NamedNode(VERSION_IRI), NamedNode(iri)) if told is None else told


def _defined(engine: Engine, iri: str, _is_whole: bool) -> Description:  # noqa: FBT001  what a document is described by
    """Return the document, which its page shows whole too."""
    return define(engine, iri)


def _nothing(path: str) -> UnknownResource:
    """Return that there is nothing at a path, which may name a release, or be below what has a route."""
    head = path.lstrip("/").partition("/")[0]
    if f"/{head}" == SHELF:
        return UnknownResource(
            told("{path}: there is no release of this name; {shelf} lists them", path=path, shelf=SHELF)
        )
    if head in ROUTED:
        return UnknownResource(told("{path}: there is nothing at this address", path=path))
    return UnknownResource(told("{path}: this release has nothing of this name", path=path))


def _image(visit: Visit, iri: str, path: str) -> Response:
    """Return the overview of the ontology ``iri`` as a drawing in the reader's language."""
    reply = Reply(
        media_type="image/svg+xml",
        tag=f"{IMAGE}-{visit.language}",
        vary=() if visit.chosen else ("Accept-Language",),
        location=f"{visit.href(f'{path}.{IMAGE}')}?lang={visit.language}",
        language=visit.language,
        links=(Link(document_iri(visit.manifest, iri), "describes"),),
    )
    return reply.respond(visit, lambda: overview_image(visit.view, define(visit.engine, iri)))


def _described(visit: Visit, iri: str) -> str | None:
    """Return the IRI of the document that ``iri`` names, itself or as its present version; None if there is none."""
    if visit.knows(iri):
        return iri
    try:
        versions = visit.engine.match(None, NamedNode(VERSION_IRI), NamedNode(iri))
    except ValueError:
        return None
    return next((triple.subject.value for triple in versions if isinstance(triple.subject, NamedNode)), None)
