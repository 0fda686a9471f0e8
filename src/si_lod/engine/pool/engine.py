"""The engine of the production server: clients' queries in processes that may end, our own ones in this process."""

from __future__ import annotations

import weakref
from contextlib import nullcontext
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING, Self

from si_lod.comparison import Comparison
from si_lod.engine.diagnosis import explaining
from si_lod.engine.policy.admission import refuse_deep
from si_lod.engine.pool.doubt import Doubt
from si_lod.engine.store.local import LocalEngine
from si_lod.engine.worker.wire import LONG
from si_lod.errors import Busy, StoreFailed
from si_lod.memory import Memory
from si_lod.seals import identity_of
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import NamedNode, Store, Triple

    from si_lod.engine.evaluation import Asker, Pattern, Query, QueryRequest, Result, Solution, Term
    from si_lod.engine.pool.pool import Pool
    from si_lod.engine.remembering import Remembered
    from si_lod.release import Release
    from si_lod.seals import Identity


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How clients' queries are evaluated: in which processes, and which answers are remembered.

    ``comparison`` says which stores are as they were written, ``memory`` how much of it this process works in.
    """

    pool: Pool
    remembered: Remembered
    comparison: Comparison = field(default_factory=Comparison)
    memory: Memory = field(default_factory=Memory)

    def over(self, release: Release, key: str, *, is_awaited: bool = True) -> PooledEngine:
        """Return the engine over the release; ``key`` is of its content. Raises NoRelease without a store to open.

        For one that ``is_awaited`` a process is started, so that the first query need not wait for it.
        """
        engine = self.engine(release.store(self.comparison.opening), (release.path / "store").resolve(), key)
        if is_awaited:
            self.pool.crew.prepare(engine.folder)
        return engine

    def engine(self, store: Store, folder: Path, key: str) -> PooledEngine:
        """Return the engine over the release whose ``store`` is kept in ``folder``; ``key`` is of its content.

        Its processes go when it is no longer used. What is remembered is of this opening of the store alone: by the
        next one something may have been found to be wrong with it, and mended.
        """
        engine = PooledEngine(LocalEngine(store), self, folder, f"{key} {token_hex(8)}", identity_of(folder))
        weakref.finalize(engine, self.pool.crew.leave, folder, engine.identity)
        return engine


@dataclass(frozen=True, slots=True, weakref_slot=True)
class PooledEngine:
    """An ``evaluation.Engine`` over one release; safe to use from several threads at once."""

    local: LocalEngine
    evaluation: Evaluation
    folder: Path
    key: str
    identity: Identity | None
    doubt: Doubt = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Know what is known of the store."""
        doubt = Doubt(self.evaluation.comparison, self.folder, self.identity, self.evaluation.memory)
        object.__setattr__(self, "doubt", doubt)

    @property
    def damage(self) -> str:
        """What is known to be wrong with the store, empty if nothing is."""
        return self.doubt.damage

    def timed(self) -> Self:
        """Return itself: nobody waits for this one."""
        return self

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: Term | None, *, most: int | None = None
    ) -> Iterator[Triple]:
        """Yield the triples of the default graph that fit the pattern, at most ``most`` of them; raises StoreFailed."""
        try:
            yield from self.local.match(subject, predicate, obj, most=most)
        except (StoreFailed, MemoryError):
            self.doubt.met()
            raise

    def match_each(self, patterns: Iterable[Pattern], *, most: int | None = None) -> Iterator[Iterator[Triple]]:
        """Return what ``match`` returns for each of the patterns, looked up when it is come to."""
        return (self.match(*pattern, most=most) for pattern in patterns)

    def select(self, query: str, /, **bindings: Term) -> list[Solution]:
        """Return every solution of one of our own SELECT queries; each binding must be in its projection.

        Raises StoreFailed.
        """
        try:
            return self.local.select(query, **bindings)
        except (StoreFailed, MemoryError):
            self.doubt.met()
            raise

    def admit(self, text: str, asker: Asker) -> Query:
        """Return the client's query as one that may be evaluated; raises InvalidQuery with an explanation if not.

        A long one would keep this process busy, so it is judged where it is evaluated, once; but no process is needed
        to see that it begins with nothing but brackets.
        """
        with self.doubt.evaluating(), self.evaluation.pool.figures.judging():
            if len(text) <= LONG:
                return self.local.admit(text, asker)
            refuse_deep(text[:LONG])
            admitted = self.evaluation.remembered.admitted
            query = admitted.get(text) or self.evaluation.pool.admit(self.folder, text, asker)
            admitted.put(query)
            return query

    def answer(self, request: QueryRequest) -> Result:
        """Return the whole result of a client's query, evaluated if it is not remembered.

        A process opens the folder by its name, so an answer counts only if the release was there until it came. What a
        damaged store comes to is no fault of the query: raises StoreFailed then, whatever it looks like.
        """
        pool, remembered = self.evaluation.pool, self.evaluation.remembered
        answer = remembered.get(self.key, request)
        if answer is not None:
            pool.figures.count("remembered")
            return answer
        text = request.query.text
        explained = nullcontext() if len(text) > LONG else explaining(text, request.asker.prefixes)
        with self.doubt.evaluating(), pool.figures.judging(), explained:
            answer = pool.answer(self.folder, request)
        if identity_of(self.folder) not in {None, self.identity}:
            raise Busy(told("the release was replaced while the query was evaluated; try again"), retry_after=1)
        remembered.put(self.key, request, answer)
        return answer
