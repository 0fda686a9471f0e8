"""The production server: granian's worker processes, each with an application of its own.

Why granian tells ASGI what WSGI needs is told in ``transport``.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from granian import Granian
from granian.constants import HTTPModes, Interfaces

from si_lod.comparison import Comparison
from si_lod.engine.remote.speaking.credentials import endpoint_of
from si_lod.engine.sharing.budgets import Budgets
from si_lod.errors import OperatorError
from si_lod.misreadings import reason_of
from si_lod.releases import Releases
from si_lod.sentences import told
from si_lod.serve.losses import Losses
from si_lod.serve.proof import Proof
from si_lod.serve.transport.deployment import checked_prefix
from si_lod.serve.transport.journal import journal
from si_lod.serve.transport.ledger import ledger
from si_lod.serve.watch import Watch
from si_lod.serve.worker import load, verify_memory
from si_lod.settings import share_figures
from si_lod.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from si_lod.errors import NoRelease
    from si_lod.settings import Settings

_SECONDS_TO_END: Final = 9
"""How long a worker may go on with its last requests; whoever stops containers often waits for ten seconds."""
_LOADED: Final = ("si_lod.serve.app", "si_lod.serve.transport.figures")
"""What workers have in common is loaded once, before they are started; but the library that counts learns when it is
loaded that several count together, so not before that is known."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A service that can begin: what it will serve, and why that is not the current release if it is another one."""

    settings: Settings
    address: str
    version: str
    proof: Proof | None = None

    @property
    def faults(self) -> tuple[NoRelease, ...]:
        """What is wrong with each release that should be served rather."""
        return self.proof.faults if self.proof else ()

    def __call__(self) -> None:
        """Serve until SIGTERM or SIGINT, which end every worker."""
        with ledger(self.settings.workers) as folder:
            share_figures(folder)
            Budgets.begin(self.settings, folder)
            for name in _LOADED:
                import_module(name)
            loader = partial(load, self.settings, folder, os.getpid())
            self._watch(Path(folder))
            _serving(self)(target_loader=loader, wrap_loader=False)

    def _watch(self, folder: Path) -> None:
        """Have the stores that workers open compared again from time to time, this one among them."""
        if self.proof:
            comparison, release = Comparison(Verdicts(folder)), self.proof.release
            comparison.believe(release.path / "store", release.identity)
            Watch(comparison, self.settings.compare_seconds).begin()


def prepare(settings: Settings) -> Prepared:
    """Return what serves the current release, or the last good one before it.

    Raises NoRelease if there is nothing to serve, InvalidSetting for a prefix that is none or too little memory,
    OperatorError if the address cannot be listened on. Workers open the store after they are started, since an open
    store does not survive a fork; but that it can be opened, and is as it was written, is seen now. Of a release that
    an engine on another machine holds nothing is: that one may come later.
    """
    releases = Releases(settings.releases)
    Budgets.verify(settings)
    checked_prefix(settings.prefix)
    verify_memory(settings)
    address = _free_address(settings)
    if settings.engine:
        endpoint_of(settings.engine)
        return Prepared(settings, address, releases.current().manifest.version)
    proof = Proof.of(releases)
    return Prepared(settings, address, proof.release.manifest.version, proof)


def _serving(prepared: Prepared) -> Callable[..., None]:
    """Return what runs the server; from then on, what this process says goes to its journal."""
    settings = prepared.settings
    server = Granian(
        "si_lod.serve",
        address=prepared.address,
        port=settings.port,
        interface=Interfaces.ASGINL,
        # What a proxy speaks to the servers behind it; the other version only adds ways to use up memory.
        http=HTTPModes.http1,
        workers=settings.workers,
        respawn_failed_workers=True,
        workers_kill_timeout=_SECONDS_TO_END,
        websockets=False,
        log_dictconfig=journal(),
    )
    Losses(lambda number: _status(server.wrks, number)).listen()
    run: Callable[..., None] = server.serve
    return run


def _status(workers: Iterable[Any], number: int) -> int | None:
    """Return the exit status of the worker of that number, None while it is there."""
    return next((worker.inner.exitcode for worker in workers if worker.idx + 1 == number), None)


def _free_address(settings: Settings) -> str:
    """Return the IP address of the host; raises OperatorError if nobody can listen there, or somebody does.

    The server's own sockets share their port with any others that do, so a second server would go unnoticed and
    get half of the requests: a socket that shares nothing is tried first.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            settings.host.strip("[]"), settings.port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise OperatorError(
            told("{where}: cannot listen here: {reason}", where=where, reason=reason_of(error))
        ) from None
    return str(address[0])
