"""The engine's shelf: a small graph that lists the releases' graphs that are whole, and the current one of them.

It is what pushes count by, and whoever else reads the engine. No server needs it: two pushes that write it at the same
moment may lose an entry of one another, which is put there again later.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self, cast

from pyoxigraph import NamedNode, Triple

from si_lod.engine.remote.holding.held import Crossed, held_in
from si_lod.engine.remote.looking.naming import release_in, shelf_of
from si_lod.versions import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from si_lod.engine.remote.holding.graphstore import GraphStore
    from si_lod.engine.remote.holding.held import Held

_CURRENT: Final = NamedNode("http://www.w3.org/ns/dcat#hasCurrentVersion")
_TRIES: Final = 4


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the engine holds of the site with that ``base``; ``current`` is the graph of the release pushed last."""

    base: str
    held: tuple[Held, ...] = ()
    current: str = ""

    @classmethod
    def read(cls, store: GraphStore, base: str) -> Self:
        """Return the shelf as it is in the engine; raises EndpointFailed if it cannot be read."""
        triples, shelf = store.read(shelf_of(base)), NamedNode(shelf_of(base))
        current = [cast("NamedNode", t.object).value for t in triples if (t.subject, t.predicate) == (shelf, _CURRENT)]
        return cls(base, held_in(triples), next(iter(current), ""))

    @classmethod
    def change(cls, store: GraphStore, base: str, how: Callable[[Self, bool], Self]) -> Self:
        """Have the engine's shelf be what ``how`` makes of it, and return that; raises Crossed if others go on writing.

        What another push wrote meanwhile is not undone: ``how`` is then asked once more, and told that it is.
        """
        for attempt in range(_TRIES):
            before = cls.read(store, base)
            after = how(before, attempt > 0)
            with suppress(Crossed):
                if after != before:
                    after.write(store)
                return after
        raise Crossed.at(store.address)

    def write(self, store: GraphStore) -> None:
        """Make it what the engine says; raises Crossed if another push did the same meanwhile."""
        store.write(shelf_of(self.base), self._triples())
        if Shelf.read(store, self.base).names() != self.names():
            raise Crossed.at(store.address)

    def names(self) -> frozenset[tuple[str, str]]:
        """Return the graphs and the current one, whatever an engine makes of dates."""
        return frozenset([*((each.graph, "whole") for each in self.held), (self.current, "current")])

    def graphs(self) -> frozenset[str]:
        """Return all graphs that are whole."""
        return frozenset(each.graph for each in self.held)

    def without(self, graphs: frozenset[str]) -> Self:
        """Return the shelf without those graphs."""
        held = tuple(each for each in self.held if each.graph not in graphs)
        return replace(self, held=held, current="" if self.current in graphs else self.current)

    def with_current(self, release: Held) -> Self:
        """Return the shelf with that release as the current one."""
        return replace(self.having(release), current=release.graph)

    def having(self, *releases: Held) -> Self:
        """Return the shelf with those releases."""
        more = (each for each in releases if each.graph not in self.graphs())
        return replace(self, held=(*self.held, *more))

    def surplus(self, keep: int) -> frozenset[str]:
        """Return the graphs of all releases but the current and the ``keep`` others that were issued last."""
        others = (each for each in self.held if release_in(each.graph) != release_in(self.current))
        ordered = sorted(others, key=lambda each: (each.issued, in_order(each.version)), reverse=True)
        kept = list(dict.fromkeys(release_in(each.graph) for each in ordered))[:keep]
        return frozenset(each.graph for each in ordered if release_in(each.graph) not in kept)

    def of(self, release: str) -> frozenset[str]:
        """Return the graphs of that release: one, but for what pushes leave that cross one another."""
        return frozenset(each.graph for each in self.held if release_in(each.graph) == release)

    def _triples(self) -> Iterator[Triple]:
        shelf = NamedNode(shelf_of(self.base))
        if self.current:
            yield Triple(shelf, _CURRENT, NamedNode(self.current))
        for each in self.held:
            yield from each.triples(shelf)
