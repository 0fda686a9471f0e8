"""Queries of our own to the engine about one release's graph: their solutions, and whether the graph is there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final, TypeVar

from pyoxigraph import NamedNode

from si_lod.engine.evaluation import Form
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.remote.looking.naming import HAS_PART, label_of, release_of
from si_lod.engine.remote.looking.patience import Patience
from si_lod.engine.remote.looking.solutions import solutions_in, triple_of
from si_lod.engine.remote.looking.wording import pattern_text
from si_lod.errors import EngineLost, InvalidSyntax, Overdue, Unevaluated
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pyoxigraph import Triple

    from si_lod.engine.evaluation import Pattern, Solution
    from si_lod.engine.remote.speaking.exchange import Exchange
    from si_lod.release import Manifest

SECONDS: Final = 10.0
"""How long a look-up for a page may take."""
_PAUSES: Final = (0.05, 0.2, 0.5)
"""Seconds until the shelf is read again: longer than an engine takes to write a handful of triples."""
_TRIES: Final = 3
_RETRY_AFTER: Final = 5
T = TypeVar("T")


@dataclass(slots=True)
class Seen:
    """The ``graph`` of a release that was whole when it was last looked for, empty before: each push has another."""

    graph: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """The release that ``manifest`` describes, as the engine holds it; safe for several threads.

    Everything here raises EngineLost or EngineFailed where there is no whole answer, Overdue at the ``deadline``.
    """

    exchange: Exchange
    manifest: Manifest
    seconds: float = SECONDS
    patience: Patience = field(default_factory=Patience, compare=False)
    """That of whom it is asked for, over all look-ups."""
    deadline: Deadline | None = None
    """That of the query that it is asked for, if there is one."""
    seen: Seen = field(default_factory=Seen, compare=False)

    def until(self, deadline: Deadline) -> Lookup:
        """Return the one for a query that has that deadline."""
        return replace(self, deadline=deadline)

    def triples(self, graph: str, pattern: Pattern, most: int | None = None) -> tuple[Triple, ...]:
        """Return the triples of the graph that fit the pattern, at most ``most`` of them."""
        return tuple(triple_of(pattern, found) for found in self.solutions(graph, pattern_text(*pattern, most)))

    def solutions(self, graph: str, text: str) -> list[Solution]:
        """Return every solution of a SELECT query over the graph."""
        return self._asked(text, (graph,), ())

    def settled(self, ask: Callable[[str], T]) -> T:
        """Return what ``ask`` finds in the graph of the release, which was there as a whole until it was found.

        Raises NotPushed if there is none, EngineLost if none stays.
        """
        graph = self.seen.graph or self.held()
        for _ in range(_TRIES):
            found, now = ask(graph), self.held()
            if now == graph:
                return found
            graph = now
        message = told("the release is being put into the engine behind this service; try again later")
        raise EngineLost(message, retry_after=_RETRY_AFTER)

    def held(self, *, pauses: Sequence[float] = _PAUSES) -> str:
        """Return the graph of the release that is whole now; raises NotPushed if none is.

        As long as the label names a graph, all of it is there (``label``). Not every engine replaces a label in one
        step, so one that names nothing is read again, after so many seconds each time.
        """
        presence, version, begun = self.exchange.presence, self.manifest.version, monotonic()
        for pause in (*pauses, 0.0):
            if graph := self._standing():
                presence.holds(version, release_of(self.manifest), begun)
                self.seen.graph = graph
                return graph
            sleep(min(pause, self.deadline.left()) if self.deadline else pause)
        raise presence.lacks(version, release_of(self.manifest))

    def _standing(self) -> str:
        """Return the graph that was whole before, if it still is, else another one of the release, if there is one."""
        seen = self.seen.graph
        return seen if seen and self._stands(seen) else next(filter(self._stands, self._named()), "")

    def _named(self) -> Iterator[str]:
        release = release_of(self.manifest)
        label = label_of(release)
        text = f"SELECT ?graph WHERE {{ GRAPH <{label}> {{ <{release}> <{HAS_PART}> ?graph }} }}"
        return (each["graph"].value for each in self._asked(text, (), (label,)) if isinstance(each["graph"], NamedNode))

    def _stands(self, graph: str) -> bool:
        """Return whether the label names the graph and there is something in it."""
        release = release_of(self.manifest)
        label = label_of(release)
        there = f"GRAPH <{label}> {{ <{release}> <{HAS_PART}> <{graph}> }} GRAPH <{graph}> {{ ?s ?p ?o }}"
        return bool(self._asked(f"SELECT ?s WHERE {{ {there} }} LIMIT 1", (), (label, graph)))

    def _asked(self, text: str, default: tuple[str, ...], named: tuple[str, ...]) -> list[Solution]:
        """Return the solutions; whoever reads a page asked no query that could be too long or wrong."""
        presence, begun = self.exchange.presence, monotonic()
        with self.patience.waiting(self._most()) as seconds:
            if not seconds:
                raise presence.late(self.patience.seconds)
            deadline = Deadline(seconds, begun + seconds)
            its_own = self.deadline if self.deadline and self.deadline.left() <= seconds else None
            try:
                with self.exchange.ask(text, Form.SELECT, deadline, default=default, named=named) as arrival:
                    return solutions_in(arrival.whole())
            except InvalidSyntax as error:
                raise presence.failed(str(error), kind=type(error).__name__) from None
            except Unevaluated as error:
                raise presence.refused(error) from None
            except Overdue:
                if its_own:
                    raise its_own.overdue() from None
                is_spent = seconds < self.seconds
                late = presence.late(self.patience.seconds) if is_spent else presence.silent(seconds, begun)
                raise late from None

    def _most(self) -> float:
        return min(self.seconds, self.deadline.left()) if self.deadline else self.seconds
