"""Graphs on their way into the engine or out of it: a small graph that names them, each with a time.

A graph is named here before its first triple is sent, and before it is taken away until it is gone. So nothing that a
push left halfway is forgotten. Until its time is over a graph is the matter of the push that named it; then that push
is over too, and the next one looks after the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Self, cast

from pyoxigraph import Literal, NamedNode, Triple

from si_lod.engine.remote.looking.naming import transit_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.engine.remote.holding.graphstore import GraphStore

_STEPS: Final = 30
"""More steps than a push has, each with the time that the engine has for one."""
_TIME: Final = NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")


@dataclass(frozen=True, slots=True)
class Transit:
    """What is on its way in the engine at ``store``, for the site with that ``base``."""

    store: GraphStore
    base: str
    triples: tuple[Triple, ...] = ()

    @classmethod
    def read(cls, store: GraphStore, base: str) -> Self:
        """Return it as the engine has it; raises EndpointFailed if it cannot be read."""
        return cls(store, base, tuple(store.read(transit_of(base))))

    def named(self, way: str, *, by: datetime | None = None) -> frozenset[str]:
        """Return the graphs that go that ``way``; only those whose time is over ``by`` then, if that is given."""
        named = (triple for triple in self.triples if triple.predicate.value == way)
        return frozenset(
            cast("NamedNode", triple.subject).value for triple in named if by is None or _is_over(triple, by)
        )

    def announce(self, graphs: Iterable[str], way: str) -> datetime:
        """Have the engine name the graphs with all that it names already; return by when they are to have arrived."""
        until = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=_STEPS * self.store.seconds)
        moment = Literal(until.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=_TIME)
        self.store.add(transit_of(self.base), (Triple(NamedNode(graph), NamedNode(way), moment) for graph in graphs))
        return until

    def forget(self, graphs: Iterable[str], *ways: str) -> None:
        """Have the engine not name the graphs as going those ways any more."""
        gone = {(graph, way) for graph in graphs for way in ways}
        found = self.store.read(transit_of(self.base))
        left = [t for t in found if (cast("NamedNode", t.subject).value, t.predicate.value) not in gone]
        if left:
            self.store.write(transit_of(self.base), left)
        elif found:
            self.store.drop(transit_of(self.base))


def _is_over(triple: Triple, by: datetime) -> bool:
    """Return whether the time that it states has passed by then; one that cannot be read never has."""
    try:
        return datetime.fromisoformat(cast("Literal", triple.object).value) < by
    except (ValueError, TypeError, AttributeError):
        return False
