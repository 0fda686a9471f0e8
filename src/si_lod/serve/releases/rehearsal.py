"""The route of the rehearsal: what portals would make of the site, as its operator last asked.

A server visits nobody, itself neither: it shows what was kept, and says of which release that was.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, redirect, request

from si_lod.errors import UnknownResource
from si_lod.rehearsals import Rehearsals
from si_lod.sentences import LANGUAGES, say, told
from si_lod.serve.pages import rehearsal_page
from si_lod.serve.releases.shelf import as_json
from si_lod.serve.replies.representations import Representations
from si_lod.serve.replies.variants import HTML, Variant
from si_lod.serve.transport.negotiation import Offer
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from si_lod.rehearsals import Rehearsed
    from si_lod.serve.current import Current
    from si_lod.serve.replies.representations import Maker

_PATH: Final = "rehearsal"
_JSON: Final = Variant(Offer("application/json"), "json")
_TEXT: Final = Variant(Offer("text/plain"), "txt")


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The route, at the root only: it tells of what is served now."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint(_PATH, __name__)
        for suffix in ("", ".<suffix>"):
            routes.add_url_rule(f"/{_PATH}{suffix}", f"rehearsal{'-as' if suffix else ''}", self.rehearsal)
        return routes

    def rehearsal(self, suffix: str | None = None) -> AnyResponse:
        """Return the rehearsal of the release that is served, else the last one with that remark.

        Raises UnknownResource, which says how to make one, if there is none.
        """
        visit = Visit.of(self.current)
        if visit.named:
            response = redirect(f"{visit.home}{request.path}", 302)
            response.headers["Cache-Control"] = "no-cache"
            return response
        found = Rehearsals(self.current.releases.root).find(visit.manifest.version)
        if found is None:
            raise _none(visit)
        makers: dict[Variant, Maker] = {_TEXT: lambda: _text(visit, found), _JSON: lambda: _document(visit, found)}
        page = partial(rehearsal_page, visit.view, found, _told(visit, found)["portals"])
        moment = datetime.fromisoformat(found.when).timestamp()
        since = None if visit.switched is None else max(visit.switched, moment)
        worded = (HTML, *makers)
        return Representations(visit, _PATH, makers, page, _tag(found), worded, since).respond(suffix)


def _none(visit: Visit) -> UnknownResource:
    return UnknownResource(
        told(
            "{path}: this site was not rehearsed yet; whoever runs it does so with: si-lod rehearse {base} --save",
            path=request.path,
            base=visit.manifest.site.base,
        )
    )


def _told(visit: Visit, found: Rehearsed) -> Any:
    return found.told.get(visit.language) or found.told[LANGUAGES[0]]


def _text(visit: Visit, found: Rehearsed) -> str:
    version = visit.manifest.version
    about = told("release {version}, rehearsed {when}", version=found.release, when=found.when)
    stale = told("release {version} is served now and was not rehearsed", version=version)
    lines = [about] if found.release == version else [about, stale]
    return "\n".join([*(say(line, visit.language) for line in lines), "", _told(visit, found)["text"]])


def _document(visit: Visit, found: Rehearsed) -> str:
    is_current = found.release == visit.manifest.version
    about = {"release": found.release, "rehearsed": found.when, "current": is_current}
    return as_json(about | _told(visit, found)["document"])


def _tag(found: Rehearsed) -> str:
    """Return a digest of what can change while the same release is served."""
    return hashlib.sha256(json.dumps(asdict(found)).encode()).hexdigest()[:20]
