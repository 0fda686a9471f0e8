"""The production server: granian's worker processes, each with an application of its own."""

from __future__ import annotations

import os
import socket
from functools import partial
from typing import TYPE_CHECKING, Final

from granian import Granian
from granian.constants import Interfaces

from si_lod.errors import OperatorError
from si_lod.misreadings import reason_of
from si_lod.releases import Releases
from si_lod.sentences import told
from si_lod.serve.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask

    from si_lod.settings import Settings

_THREADS: Final = min(8, 2 * (os.cpu_count() or 1) + 1)
"""Requests that one worker answers at once; the store computes without Python's lock."""
_SECONDS_TO_END: Final = 5
"""How long a worker may go on with its last requests when the server is stopped."""


def prepare(settings: Settings) -> Callable[[], None]:
    """Return what serves the current release until SIGTERM or SIGINT, which end every worker.

    Raises NoRelease if there is nothing to serve, OperatorError if the address cannot be listened on. Workers open
    the store after they are started, since an open store does not survive a fork.
    """
    Releases(settings.releases).current()
    server = Granian(
        "si_lod.serve",
        address=_free_address(settings),
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=_SECONDS_TO_END,
        websockets=False,
    )
    return partial(server.serve, target_loader=partial(_load, settings.releases), wrap_loader=False)


def _free_address(settings: Settings) -> str:
    """Return the IP address of the host; raises OperatorError if nobody can listen there, or somebody does.

    The server's own sockets share their port with any others that do, so a second server would go unnoticed and
    get half of the requests: a socket that shares nothing is tried first.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise OperatorError(
            told("{where}: cannot listen here: {reason}", where=where, reason=reason_of(error))
        ) from None
    return str(address[0])


def _load(releases: Path) -> Flask:
    """Return a worker's application; called by the server in each worker process."""
    return create_app(Releases(releases))
