"""A graph that is sent and found to be whole, or taken away again; what stays is told."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO, Final

from si_lod.engine.remote.holding.held import Crossed
from si_lod.engine.remote.holding.transit import Transit
from si_lod.engine.remote.looking.naming import COMING, nothing_of
from si_lod.engine.remote.looking.transcript import triples
from si_lod.errors import EndpointFailed
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.remote.holding.graphstore import GraphStore

_SECONDS: Final = 60.0
"""Time to take away what was sent, where the engine may just have been too slow."""
_LEFT: Final = 10
"""How many steps of the engine are left when what was sent has been looked at: on the shelf, and others off it."""


@dataclass(frozen=True, slots=True)
class Sending:
    """The way of one graph, which there never was before, into the store; ``base`` is that of the site."""

    store: GraphStore
    graph: str
    base: str

    @contextmanager
    def put(self, file: BinaryIO, size: int) -> Iterator[None]:
        """Send the ``size`` bytes of N-Triples in the file, and hold this while they are looked at.

        The graph is in transit from before it is there. What raises meanwhile has it taken away, and its notes say what
        stays.
        """
        # A store that refuses is heard out before there is much to send: in the middle of it, it would only hang up.
        until = Transit(self.store, self.base).announce([self.graph], COMING)
        try:
            self._tell_apart()
            file.seek(0)
            self.store.put(self.graph, file, size)
            yield
            self._expect(until)
        except BaseException as error:
            error.add_note(self._taken_away(until))
            raise

    def _tell_apart(self) -> None:
        """Raise EndpointFailed if the store gives content for a graph that there is not: it heeds no names."""
        try:
            with self.store.get(nothing_of(self.base)) as arrival:
                found = arrival is not None and any(triples(arrival))
        except SyntaxError:
            found = True
        if found:
            message = told(
                "{address}: expected a graph store (SPARQL 1.1 Graph Store HTTP Protocol), found the same content for "
                "every graph; give --to the address that the engine has for it, such as http://localhost:7878/store",
                address=self.store.address,
            )
            raise EndpointFailed(message)

    def _expect(self, until: datetime) -> None:
        """Raise EndpointFailed if another push takes the graph away, or may do so before it is named as whole."""
        transit = Transit.read(self.store, self.base)
        if self.graph not in transit.named(COMING):
            raise Crossed.at(self.store.address)
        done = datetime.now(UTC) + timedelta(seconds=_LEFT * self.store.seconds)
        if self.graph in transit.named(COMING, by=done):
            message = told(
                "{address}: what was sent was not found whole long enough before {until}, when another push may take "
                "it away; push again, with a larger --seconds",
                address=self.store.address,
                until=f"{until:%Y-%m-%d %H:%M} UTC",
            )
            raise EndpointFailed(message)

    def _taken_away(self, until: datetime) -> str:
        """Return what stays of the graph once it was asked to be taken away."""
        store = replace(self.store, seconds=min(self.store.seconds, _SECONDS))
        try:
            store.drop(self.graph)
            Transit(store, self.base).forget([self.graph], COMING)
        except EndpointFailed:
            return told(
                "some of it may be there still, as the graph <{graph}>; no server reads it, and the first push after "
                "{until} takes it away, or any one with --alone",
                graph=self.graph,
                until=f"{until:%Y-%m-%d %H:%M} UTC",
            )
        return told("what was sent of it was taken away again")
