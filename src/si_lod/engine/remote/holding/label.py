"""A release's label in the engine: a small graph that names the one graph that the release is read from.

A graph is named by the push that made it, when it is whole, once and never again; a graph that is named is never
written to, and one is taken away only when the label does not name it any more. So as long as the label names a graph,
everything in it is there. Each release has a label of its own, so no push has a hand in what others say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.engine.remote.holding.held import Held, held_in
from si_lod.engine.remote.looking.naming import label_of

if TYPE_CHECKING:
    from si_lod.engine.remote.holding.graphstore import GraphStore


@dataclass(frozen=True, slots=True)
class Label:
    """That of the ``release`` with that IRI in the engine; raises EndpointFailed where it cannot be read or written."""

    store: GraphStore
    release: str

    def held(self) -> Held | None:
        """Return what it names, None if the release is not there."""
        return next(iter(held_in(self.store.read(label_of(self.release)))), None)

    def graph(self) -> str:
        """Return the graph that it names, nothing if the release is not there."""
        held = self.held()
        return held.graph if held else ""

    def write(self, held: Held) -> None:
        """Have it name that graph, and no other."""
        self.store.write(label_of(self.release), held.triples(NamedNode(self.release)))

    def remove(self, graph: str) -> None:
        """Have it not name that graph any more."""
        if self.graph() == graph:
            self.store.drop(label_of(self.release))
