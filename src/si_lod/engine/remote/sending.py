"""A graph that is sent and found to be whole, or taken away again; what stays is told."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from si_lod.engine.remote.naming import nothing_of
from si_lod.engine.remote.transcript import triples
from si_lod.errors import EndpointFailed, LodError
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.remote.graphstore import GraphStore

_SECONDS: Final = 60.0
"""Time to take away what was sent, where the engine may just have been too slow."""


@dataclass(frozen=True, slots=True)
class Sending:
    """The way of one graph, which nobody reads yet, into the store; ``base`` is that of the site."""

    store: GraphStore
    graph: str
    base: str

    @contextmanager
    def put(self, file: BinaryIO, size: int) -> Iterator[None]:
        """Send the ``size`` bytes of N-Triples in the file, and hold this while they are looked at.

        What raises meanwhile has them taken away, and its notes say what stays.
        """
        first = file.readline()
        # A store that refuses is heard out before there is much to send: in the middle of it, it would only hang up.
        self.store.put(self.graph, BytesIO(first), len(first))
        try:
            file.seek(0)
            self.store.put(self.graph, file, size)
            self._tell_apart()
            yield
        except LodError as error:
            error.add_note(self._taken_away())
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

    def _taken_away(self) -> str:
        """Return what stays of the graph once it was asked to be taken away."""
        try:
            replace(self.store, seconds=min(self.store.seconds, _SECONDS)).drop(self.graph)
        except EndpointFailed:
            return told(
                "some of it may be there still, as the graph <{graph}>; no server reads it, "
                "and to push again puts another in its place",
                graph=self.graph,
            )
        return told("what was sent of it was taken away again")
