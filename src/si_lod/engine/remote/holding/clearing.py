"""Graphs taken out of the engine, so that nobody ever reads half of one, and no push leaves anything for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from si_lod.engine.remote.holding.label import Label
from si_lod.engine.remote.holding.shelf import Shelf
from si_lod.engine.remote.holding.transit import Transit
from si_lod.engine.remote.looking.naming import COMING, GOING, WRITING, release_in

if TYPE_CHECKING:
    from si_lod.engine.remote.holding.graphstore import GraphStore
    from si_lod.engine.remote.holding.held import Held


@dataclass(frozen=True, slots=True)
class Clearing:
    """Takes graphs of the site with that ``base`` out of the engine; raises EndpointFailed where it refuses."""

    store: GraphStore
    base: str

    def standing(self, release: str) -> Held | None:
        """Return what is held of the release and is not being taken away, None if nothing is."""
        held = Label(self.store, release).held()
        going = Transit.read(self.store, self.base).named(GOING)
        return held if held and held.graph not in going else None

    def take_away(self, graphs: frozenset[str]) -> None:
        """Have the graphs no more: told as going, then named nowhere any more, then gone."""
        if not graphs:
            return
        transit = Transit(self.store, self.base)
        transit.announce(sorted(graphs), GOING)
        for graph in sorted(graphs):
            Label(self.store, release_in(graph)).remove(graph)
        Shelf.change(self.store, self.base, lambda shelf, _: shelf.without(graphs))
        for graph in sorted(graphs):
            self.store.drop(graph)
        transit.forget(graphs, COMING, GOING)

    def sweep(self, *, is_alone: bool) -> int:
        """Look after the graphs on their way whose time is over; after all of them, if no other push ``is_alone``.

        Those that have arrived are on the shelf then. The others were left by pushes that were stopped, and are taken
        away. Returns how many those were.
        """
        transit = Transit.read(self.store, self.base)
        if is_alone and transit.named(WRITING):
            transit.keep_but()
        by = None if is_alone else datetime.now(UTC)
        coming, going = (transit.named(way, by=by) for way in (COMING, GOING))
        labels = (Label(self.store, release).held() for release in sorted({release_in(graph) for graph in coming}))
        arrived = {each.graph: each for each in labels if each and each.graph in coming - transit.named(GOING)}
        if arrived:
            Shelf.change(self.store, self.base, lambda shelf, _: shelf.having(*arrived.values()))
        left = (coming | going) - arrived.keys()
        self.take_away(left)
        if coming:
            transit.forget(coming, COMING)
        return len(left)
