"""The engine of a server whose releases are held on another machine."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from si_lod.engine.diagnosis import explaining
from si_lod.engine.policy.admission import admit, refuse_deep
from si_lod.engine.policy.standard import refuse_extensions
from si_lod.engine.remembering import RememberedMatches
from si_lod.engine.remote.looking.blame import blaming
from si_lod.engine.remote.looking.lookup import SECONDS, Lookup
from si_lod.engine.remote.looking.matching import LOOKED_UP, Matching
from si_lod.engine.remote.looking.naming import nothing_of
from si_lod.engine.remote.looking.patience import TOGETHER, Patience
from si_lod.engine.remote.looking.transcript import transcribed
from si_lod.engine.remote.looking.wording import bound_text
from si_lod.engine.store.dataset import graphs_named, unknown_graph
from si_lod.engine.worker.wire import LONG
from si_lod.seals import identity_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import NamedNode, Triple

    from si_lod.engine.evaluation import Asker, Pattern, Query, QueryRequest, Result, Solution, Term
    from si_lod.engine.pool.deadline import Deadline
    from si_lod.engine.pool.pool import Pool
    from si_lod.engine.remembering import Remembered
    from si_lod.engine.remote.speaking.exchange import Exchange
    from si_lod.release import Release


@dataclass(frozen=True, slots=True)
class RemoteEvaluation:
    """How queries are evaluated by an engine on another machine; ``pool`` gives turns, deadlines and bounds."""

    exchange: Exchange
    pool: Pool
    remembered: Remembered
    matches: RememberedMatches = field(default_factory=lambda: RememberedMatches(LOOKED_UP))
    seconds: float = SECONDS
    """How long a single look-up may take."""

    def over(self, release: Release, key: str, *, is_awaited: bool = True) -> RemoteEngine:
        """Return the engine over the release; raises NotPushed if it is not held, Unanswered if nobody says.

        One that ``is_awaited`` may be on its way there just now, so it is looked for a little longer.
        """
        lookup = Lookup(self.exchange, release.manifest, self.seconds)
        lookup.held() if is_awaited else lookup.held(pauses=())
        engine = RemoteEngine(self, release, lookup, key)
        weakref.finalize(engine, self.pool.crew.leave, engine.folder, identity_of(engine.folder))
        return engine


@dataclass(frozen=True, slots=True, weakref_slot=True)
class RemoteEngine:
    """An ``evaluation.Engine`` over the graph of one release; safe to use from several threads at once.

    Whatever is looked up raises Unanswered if it has no whole answer, and NotPushed if the engine has lost the
    release: what is not found there was looked for in a release that is there. What is remembered needs no engine.
    """

    damage: ClassVar[str] = ""
    """What the other machine reads is its own to compare."""

    evaluation: RemoteEvaluation
    release: Release
    lookup: Lookup
    key: str

    @property
    def folder(self) -> Path:
        """The release's own store, which is opened for nothing but to judge long queries."""
        return (self.release.path / "store").resolve()

    def timed(self) -> RemoteEngine:
        """Return the engine for one request, whose look-ups have one time together; raising EngineLost beyond that."""
        return replace(self, lookup=replace(self.lookup, patience=Patience(TOGETHER)))

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: Term | None, *, most: int | None = None
    ) -> Iterator[Triple]:
        """Return the triples of the release that fit the pattern; no more than ``most`` of them are asked for."""
        return next(self.match_each([(subject, predicate, obj)], most=most))

    def match_each(self, patterns: Iterable[Pattern], *, most: int | None = None) -> Iterator[Iterator[Triple]]:
        """Return what ``match`` returns for each of the patterns; those that are not remembered are asked together."""
        return Matching(self.lookup, self.evaluation.matches, self.key).each(patterns, most)

    def select(self, query: str, /, **bindings: Term) -> list[Solution]:
        """Return every solution of one of our own SELECT queries; each binding must be in its projection."""
        return self.lookup.settled(lambda graph: self.lookup.solutions(graph, bound_text(query, bindings)))

    def admit(self, text: str, asker: Asker) -> Query:
        """Return the client's query as one that may be evaluated; raises InvalidQuery with an explanation if not.

        A long one would keep this process busy, so it is judged in another, which has the release's own store open.
        """
        pool = self.evaluation.pool
        with pool.figures.judging():
            if len(text) > LONG:
                refuse_deep(text[:LONG])
                query = pool.admit(self.folder, text, asker, standard=True)
            else:
                with explaining(text, asker.prefixes):
                    query = admit(text)
                refuse_extensions(text, asker.prefixes)
            for graph in query.graphs:
                raise unknown_graph(graph)
        return query

    def answer(self, request: QueryRequest) -> Result:
        """Return the whole result of a client's query, evaluated if it is not remembered."""
        pool, remembered = self.evaluation.pool, self.evaluation.remembered
        answer = remembered.get(self.key, request)
        if answer is not None:
            pool.figures.count("remembered")
            return answer
        with pool.turn(request.asker) as deadline, pool.charged(request.asker.client), pool.figures.judging():
            pool.figures.count("evaluated")
            lookup = self.lookup.until(deadline)
            answer = lookup.settled(lambda graph: self._evaluated(request, self._over(graph, request), deadline))
            answer = pool.stock.take(request.asker.client, answer)
        remembered.put(self.key, request, answer)
        return answer

    def _evaluated(self, request: QueryRequest, graph: str, deadline: Deadline) -> Result:
        bounds = self.evaluation.pool.bounds
        query = request.query
        # A named graph is always given: to some engines none means all that they have.
        dataset = {"default": (graph,), "named": (nothing_of(self.release.manifest.site.base),)}
        arriving = self.evaluation.exchange.ask(query.plain, query.form, deadline, **dataset)
        with blaming(self.lookup, request), arriving as arrival:
            return transcribed(request, arrival, min(request.most or bounds.most, bounds.most))

    def _over(self, graph: str, request: QueryRequest) -> str:
        """Return the release's graph, or one without content to who asks for others: the engine may have more."""
        asks_for_others = graphs_named((*request.default_graphs, *request.named_graphs))
        return nothing_of(self.release.manifest.site.base) if asks_for_others else graph
