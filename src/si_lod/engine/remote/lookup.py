"""Queries of our own to the engine about one release's graph: their solutions, and whether the graph is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final, TypeVar, cast

from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryResultsFormat, Triple, parse_query_results

from si_lod.engine.evaluation import Form
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.remote.naming import HAS_PART, MARK, graph_of, shelf_of
from si_lod.engine.remote.patience import Patience
from si_lod.engine.remote.transcript import unreadable
from si_lod.engine.remote.wording import pattern_text
from si_lod.errors import EngineLost, InvalidSyntax, Overdue, Unevaluated
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from si_lod.engine.evaluation import Pattern, Solution, Term
    from si_lod.engine.remote.exchange import Exchange
    from si_lod.release import Manifest

SECONDS: Final = 10.0
"""How long a look-up for a page may take."""
_PAUSES: Final = (0.05, 0.2, 0.5)
"""Seconds until the shelf is read again: longer than an engine takes to write a handful of triples."""
_TRIES: Final = 3
_RETRY_AFTER: Final = 5
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lookup:
    """The release that ``manifest`` describes, as the engine holds it; safe for several threads.

    Everything here raises EngineLost or EngineFailed where there is no whole answer.
    """

    exchange: Exchange
    manifest: Manifest
    seconds: float = SECONDS
    patience: Patience = field(default_factory=Patience, compare=False)
    """That of whom it is asked for, over all look-ups."""

    @property
    def graph(self) -> str:
        """The IRI of the release's graph."""
        return graph_of(self.manifest)

    def triples(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: Term | None, most: int | None = None
    ) -> tuple[Triple, ...]:
        """Return the triples that fit the pattern, at most ``most`` of them."""
        pattern = (subject, predicate, obj)
        return tuple(triple_of(pattern, found) for found in self.solutions(pattern_text(*pattern, most)))

    def solutions(self, text: str) -> list[Solution]:
        """Return every solution of a SELECT query."""
        return self._asked(text, (self.graph,), ())

    def settled(self, mark: str, ask: Callable[[], T]) -> T:
        """Return what ``ask`` finds in the release while it was there as a whole, with the same mark all the time.

        ``mark`` is one that it had before. Raises NotPushed if it is not there, EngineLost if it never stays.
        """
        for _ in range(_TRIES):
            found, now = ask(), self.mark()
            if now == mark:
                return found
            mark = now
        message = told("the release is being put into the engine behind this service; try again later")
        raise EngineLost(message, retry_after=_RETRY_AFTER)

    def mark(self, *, pauses: Sequence[float] = _PAUSES) -> str:
        """Return the mark of the release, another whenever it was pushed anew; raises NotPushed unless it is held.

        Not every engine replaces a graph in one step, so a shelf that does not name the release is read again, after
        so many seconds each time.
        """
        presence, version, begun = self.exchange.presence, self.manifest.version, monotonic()
        for pause in (*pauses, 0.0):
            if found := self._held():
                presence.holds(version, self.graph, begun)
                mark = found[0]["mark"]
                return mark.value if isinstance(mark, Literal) else ""
            sleep(pause)
        raise presence.lacks(version, self.graph)

    def _held(self) -> list[Solution]:
        shelf = shelf_of(self.manifest.site.base)
        said = f"<{shelf}> <{HAS_PART}> <{self.graph}> OPTIONAL {{ <{self.graph}> <{MARK}> ?mark }}"
        text = f"SELECT ?mark WHERE {{ GRAPH <{shelf}> {{ {said} }} GRAPH <{self.graph}> {{ ?s ?p ?o }} }} LIMIT 1"
        return self._asked(text, (), (shelf, self.graph))

    def _asked(self, text: str, default: tuple[str, ...], named: tuple[str, ...]) -> list[Solution]:
        """Return the solutions; whoever reads a page asked no query that could be too long or wrong."""
        presence, begun = self.exchange.presence, monotonic()
        with self.patience.waiting(self.seconds) as seconds:
            if not seconds:
                raise presence.late(self.patience.seconds)
            deadline = Deadline(seconds, begun + seconds)
            try:
                with self.exchange.ask(text, Form.SELECT, deadline, default=default, named=named) as arrival:
                    return _read(arrival.whole())
            except InvalidSyntax as error:
                raise presence.failed(str(error), kind=type(error).__name__) from None
            except Unevaluated as error:
                raise presence.refused(error) from None
            except Overdue:
                is_spent = seconds < self.seconds
                late = presence.late(self.patience.seconds) if is_spent else presence.silent(seconds, begun)
                raise late from None


def triple_of(pattern: Pattern, found: Solution) -> Triple:
    """Return the triple that fits the pattern, of which the solution has what the pattern leaves open."""
    subject, predicate, obj = pattern
    return Triple(
        cast("NamedNode", subject or found["s"]),
        cast("NamedNode", predicate or found["p"]),
        cast("NamedNode", obj or found["o"]),
    )


def _read(content: bytes) -> list[Solution]:
    try:
        found = parse_query_results(content, format=QueryResultsFormat.JSON)
        if isinstance(found, QueryBoolean):
            raise unreadable()
        names = [variable.value for variable in found.variables]
        return [dict(zip(names, solution, strict=True)) for solution in found]
    except (SyntaxError, ValueError):
        raise unreadable() from None
