"""What a monitor asks: whether the process lives, whether it can answer, and what it has counted."""

from __future__ import annotations

import json
from concurrent.futures import TimeoutError as LooksTooLong
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response

from si_lod.errors import Damaged, NoRelease, NotPushed, StoreFailed, Unanswered
from si_lod.lookout import Lookout
from si_lod.serve.transport.figures import MEDIA_TYPE

if TYPE_CHECKING:
    from si_lod.serve.current import Current
    from si_lod.serve.opened import Serving
    from si_lod.serve.transport.figures import Figures

_IN_TIME: Final = 2.0
"""Seconds within which the store answers a look-up, or the service is not ready; who monitors waits no longer."""
_ANYTHING: Final = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"


@dataclass(frozen=True, slots=True)
class Health:
    """The routes of monitors; nothing of them is kept by anybody."""

    current: Current
    figures: Figures
    _lookout: Lookout[tuple[Serving, bool]] = field(init=False)

    def __post_init__(self) -> None:
        """Look from here."""
        object.__setattr__(self, "_lookout", Lookout(self._look))

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("health", __name__)
        for path, view in (("/health/live", self.live), ("/health/ready", self.ready), ("/metrics", self.metrics)):
            routes.add_url_rule(path, view.__name__, view)
        return routes

    def live(self) -> Response:
        """Return that this process answers."""
        return _told({"status": "live"})

    def ready(self) -> Response:
        """Return 200 if a release is open and answers in time, else 503 with the reason."""
        begun = perf_counter()
        try:
            serving, found = self._lookout.within(_IN_TIME)
        except (LooksTooLong, NoRelease, StoreFailed, Unanswered) as error:
            return _told({"status": "not ready", "reasons": _reasons(error)}, 503)
        seconds = perf_counter() - begun
        version = serving.release.manifest.version
        wanted, reasons = self.current.releases.current_version(), []
        if not found:
            reasons.append(f"release {version} holds nothing")
        known = {"release": version, "seconds": round(seconds, 6)}
        # Readers are served well by the release before, so this is told and takes no server away from them.
        if wanted not in {version, None}:
            known |= {"cannot-open": wanted}
            known |= {"because": because} if (because := _damage(self.current.refused())) else {}
        if reasons:
            return _told({"status": "not ready", "reasons": reasons, **known}, 503)
        return _told({"status": "ready", **known})

    def _look(self) -> tuple[Serving, bool]:
        serving = self.current.serving()
        return serving, bool(serving.engine.select(_ANYTHING))

    def metrics(self) -> Response:
        """Return the figures of all workers."""
        response = Response(self.figures.text(), content_type=MEDIA_TYPE)
        response.headers["Cache-Control"] = "no-store"
        return response


def _reasons(error: Exception) -> list[str]:
    """Return why nothing can be looked up."""
    if isinstance(error, Unanswered):
        return [str(error)]
    if isinstance(error, NotPushed):
        return [f"the engine does not hold release {error.version}"]
    if isinstance(error, NoRelease):
        return list(filter(None, ["there is no release that can be opened", _damage(error)]))
    is_late = isinstance(error, LooksTooLong)
    return [f"nothing answered within {_IN_TIME:g} seconds" if is_late else "what the release holds cannot be read"]


def _damage(error: Exception | None) -> str:
    """Return what is wrong with a store, in words that name no folder, if that is why."""
    return str(error.reason) if isinstance(error, Damaged) else ""


def _told(table: dict[str, object], status: int = 200) -> Response:
    response = Response(json.dumps(table), status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
