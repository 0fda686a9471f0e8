"""Graphs on their way into the engine or out of it: a small graph that names them, each with a time.

A graph is named here before its first triple is sent, and before it is taken away until it is gone. So nothing that a
push left halfway is forgotten. Until its time is over a graph is the matter of the push that named it; then that push
is over too, and the next one looks after the graph.

The protocol can add to a graph, and else only write it whole; so a name that is added while another push takes one
out would be lost. Who takes one out adds a name of its own first, reads, and writes only if it finds no other such
name. Who adds a graph reads too, and adds it again until it finds the graph and no such name: then whoever writes later
has read later, and keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import sleep
from typing import TYPE_CHECKING, Final, Self, cast

from pyoxigraph import Literal, NamedNode, Triple

from si_lod.engine.remote.looking.naming import WRITING, YIELDING, transit_of, writer_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from si_lod.engine.remote.holding.graphstore import GraphStore

_STEPS: Final = 30
"""More steps than a push has, each with the time that the engine has for one."""
_WRITING_STEPS: Final = 3
_TRIES: Final = 4
"""How often a graph is added, before one that writes counts as stopped; each time takes longer than it needs."""
_PAUSE: Final = 0.05
"""Seconds between two of those."""
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

    def writers(self) -> frozenset[str]:
        """Return who is taking names out just now."""
        now = datetime.now(UTC)
        return self.named(WRITING) - self.named(WRITING, by=now) - self.named(YIELDING)

    def announce(self, graphs: Iterable[str], way: str) -> datetime:
        """Have the engine name the graphs with all that it names already; return by when they are to have arrived."""
        names, until = frozenset(graphs), self._until(_STEPS)
        for _ in range(_TRIES):
            self._add(sorted(names), way, _moment(until))
            found = Transit.read(self.store, self.base)
            if names <= found.named(way) and not found.writers():
                break
            sleep(_PAUSE)
        return until

    def forget(self, graphs: Iterable[str], *ways: str) -> None:
        """Have the engine not name the graphs as going those ways any more.

        If another push does the like just now they stay named, for the one that looks after them when their time is
        over: it finds nothing left to do.
        """
        me = writer_of(self.base)
        self._add([me], WRITING, _moment(self._until(_WRITING_STEPS)))
        found = Transit.read(self.store, self.base)
        if found.writers() == {me}:
            found.keep_but({(graph, way) for graph in graphs for way in ways})
        else:
            self._add([me], YIELDING, NamedNode(transit_of(self.base)))

    def keep_but(self, gone: Set[tuple[str, str]] = frozenset()) -> None:
        """Have the engine name all of this but those graphs on those ways, and nobody who takes names out."""
        kept = (t for t in self.triples if t.predicate.value not in {WRITING, YIELDING})
        left = [t for t in kept if (cast("NamedNode", t.subject).value, t.predicate.value) not in gone]
        if left:
            self.store.write(transit_of(self.base), left)
        elif self.triples:
            self.store.drop(transit_of(self.base))

    def _add(self, names: Iterable[str], way: str, what: NamedNode | Literal) -> None:
        self.store.add(transit_of(self.base), (Triple(NamedNode(name), NamedNode(way), what) for name in names))

    def _until(self, steps: int) -> datetime:
        return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=steps * self.store.seconds)


def _moment(until: datetime) -> Literal:
    return Literal(until.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=_TIME)


def _is_over(triple: Triple, by: datetime) -> bool:
    """Return whether the time that it states has passed by then; one that cannot be read never has."""
    try:
        return datetime.fromisoformat(cast("Literal", triple.object).value) < by
    except (ValueError, TypeError, AttributeError):
        return False
