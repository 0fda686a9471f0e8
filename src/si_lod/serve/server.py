"""The production server: granian's worker processes, each with an application of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from granian import Granian
from granian.constants import Interfaces

from si_lod.errors import OperatorError
from si_lod.releases import Releases
from si_lod.serve.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from si_lod.settings import Settings

_THREADS: Final = 8
"""Requests that one worker answers at once; the store computes without Python's lock."""
_SECONDS_TO_END: Final = 5
"""How long a worker may go on with its last requests when the server is stopped."""


def serve(settings: Settings) -> None:
    """Serve the current release until SIGTERM or SIGINT, which end every worker; raises NoRelease before the first.

    Workers open the store after they are started, since an open store does not survive a fork.
    """
    Releases(settings.releases).current()
    server = Granian(
        "si_lod.serve",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=_SECONDS_TO_END,
        websockets=False,
    )
    try:
        server.serve(target_loader=partial(_load, settings.releases), wrap_loader=False)
    except OSError as error:
        raise OperatorError(f"{settings.host}:{settings.port}: cannot listen here: {error.strerror}") from None


def _load(releases: Path) -> Flask:
    """Return a worker's application; called by the server in each worker process."""
    return create_app(Releases(releases))
