"""The routes of the shelf: which releases there are, and what each is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from flask import Blueprint, redirect, request

from si_lod.changes.comparison import FOLDER, SUMMARY, Comparison
from si_lod.errors import UnknownResource
from si_lod.iris import Space
from si_lod.reading import Reading
from si_lod.rehearsals import Rehearsals
from si_lod.sentences import told
from si_lod.serve.nodes import data_sets
from si_lod.serve.pages import release_page, release_references, releases_page
from si_lod.serve.releases.shelf import Listed, as_json
from si_lod.serve.replies.representations import Representations, rdf_makers
from si_lod.serve.replies.variants import CITATIONS, Variant
from si_lod.serve.transport.negotiation import Offer
from si_lod.serve.travel import SHELF, address_of
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.wrappers import Response as AnyResponse

    from si_lod.release import Manifest
    from si_lod.serve.current import Current
    from si_lod.serve.replies.representations import Maker

_JSON: Final = Variant(Offer("application/json"), "json")


@dataclass(frozen=True, slots=True)
class History:
    """The routes over all releases."""

    current: Current
    _compared: Reading[Comparison | None] = field(default_factory=lambda: Reading(_comparison))

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("history", __name__)
        for suffix in ("", ".<suffix>"):
            routes.add_url_rule(f"{SHELF}{suffix}", f"shelf{'-as' if suffix else ''}", self.shelf)
        routes.add_url_rule(f"{SHELF}/<name>", "release", self.release)
        for space in (Space.THING, Space.DOCUMENT):
            routes.add_url_rule(f"/{space}{SHELF}/<version>", f"{space}-release", self.thing)
        return routes

    def shelf(self, suffix: str | None = None) -> AnyResponse:
        """Return the list of releases."""
        visit = Visit.of(self.current)
        listed = [self._listed(manifest) for manifest in reversed(self.current.manifests())]
        tables = {"releases": [each.table() for each in listed]}
        makers: dict[Variant, Maker] = {
            **rdf_makers(visit, lambda: chain.from_iterable(each.triples(data_sets(visit.engine)) for each in listed)),
            _JSON: lambda: as_json(tables),
        }
        is_rehearsed = Rehearsals(self.current.releases.root).find(None) is not None
        page = partial(releases_page, visit.view, listed, is_rehearsed=is_rehearsed)
        tag = _tag(f"{as_json(tables)}{is_rehearsed}")
        return Representations(visit, SHELF[1:], makers, page, tag).respond(suffix)

    def release(self, name: str) -> AnyResponse:
        """Return what one release is, negotiated or in the format of its suffix."""
        visit = Visit.of(self.current)
        by_version = {manifest.version: manifest for manifest in self.current.manifests()}
        # A version has dots itself, and so has the suffix of CSL-JSON.
        version = max((one for one in by_version if f"{name}.".startswith(f"{one}.")), key=len, default="")
        asked = name[len(version) + 1 :] if name != version else None
        if not version:
            raise _no_release()
        listed = self._listed(by_version[version])
        makers: dict[Variant, Maker] = {
            **rdf_makers(visit, lambda: listed.triples(data_sets(visit.engine))),
            _JSON: lambda: as_json(listed.table()),
            **{
                variant: partial(release_references, visit.view, version, listed.manifest.issued, variant.suffix)
                for variant in CITATIONS
            },
        }
        page = partial(release_page, visit.view, listed)
        return Representations(visit, address_of(version)[1:], makers, page, _tag(as_json(listed.table()))).respond(
            asked
        )

    def thing(self, version: str) -> AnyResponse:
        """Return 303 from the IRI of a release to what is said of it."""
        visit = Visit.of(self.current)
        if not self.current.releases.holds(version):
            raise _no_release()
        return redirect(f"{visit.home}{address_of(version)}", 303)

    def _listed(self, manifest: Manifest) -> Listed:
        served = Visit.of(self.current).manifest.version
        summary = self.current.releases.root / manifest.version / FOLDER / SUMMARY
        return Listed(manifest, self._compared.of(summary), manifest.version == served)


def _comparison(summary: Path) -> Comparison | None:
    return Comparison.read(summary.parent.parent)


def _no_release() -> UnknownResource:
    return UnknownResource(
        told("{path}: there is no release of this name; {shelf} lists them", path=request.path, shelf=SHELF)
    )


def _tag(text: str) -> str:
    """Return a digest of what can change while the same release is served."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]
