"""The evaluating processes of one server process: bounded in number, with one more ready, none older than its release.

::

    QueryRequest ──▶ Turns: whose turn? ──▶ Evaluator of that release, idle or new ──▶ Answer, or why there is none
                                              started by the keeper, a thread that lives as long as the process
"""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

from si_lod.engine.deadline import Deadline
from si_lod.engine.evaluator import Evaluator
from si_lod.engine.figures import KIND_OF, Figures
from si_lod.engine.turns import Turns
from si_lod.errors import Busy, OperatorError, Unanswered
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from si_lod.engine.evaluation import Answer, QueryRequest

_LOG: Final = logging.getLogger(__name__)
_PATIENCE: Final = 2.0
"""Seconds that a query waits for its turn; whoever waits holds a thread of the server."""
_RETRY_AFTER: Final = 5


@dataclass(frozen=True, slots=True)
class Bounds:
    """What queries may use: processes at once, seconds and bytes of memory for each, bytes of each result."""

    places: int = 2
    seconds: float = 30.0
    memory: int = 1024 * 1024 * 1024
    most: int = 1024 * 1024 * 1024


@dataclass(slots=True)
class Pool:
    """Evaluates queries over the stores of releases, each in a process that may end; safe for several threads.

    There are never more processes than ``bounds.places`` and one. Nothing is started before it is asked for, so a
    pool may be made before a fork.
    """

    bounds: Bounds
    charge: Callable[[str, float], None]
    """Told of each client how many seconds a query of theirs was evaluated."""
    figures: Figures = field(default_factory=Figures)
    _turns: Turns = field(init=False)
    _keeper: ThreadPoolExecutor = field(init=False)
    _idle: list[Evaluator] = field(default_factory=list)
    _busy: int = 0
    _left: deque[Path] = field(default_factory=deque)
    _told: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._turns = Turns(self.bounds.places, 2 * self.bounds.places, _PATIENCE)
        # One thread for all starts: a process ends with the thread that started it.
        self._keeper = ThreadPoolExecutor(1, "evaluators")

    def answer(self, store: Path, request: QueryRequest) -> Answer:
        """Return the whole answer; raises InvalidQuery and the like for the query, Unanswered for the bounds."""
        deadline = Deadline.within(min(request.seconds or self.bounds.seconds, self.bounds.seconds))
        try:
            with self._turns.turn(request.client):
                return self._evaluate(store, request, deadline)
        except Unanswered as error:
            self.figures.count(KIND_OF[type(error)])
            raise

    def prepare(self, store: Path) -> None:
        """Have a process ready for that store soon, if there is room for one more."""
        self._keeper.submit(self._make_ready, store)

    def leave(self, store: Path) -> None:
        """End the processes of that store when they have answered; may be called while anything is being done."""
        self._left.append(store)

    def processes(self) -> list[int]:
        """Return the identifiers of the processes that have nothing to do just now."""
        with self._lock:
            return [evaluator.process.pid for evaluator in self._idle]

    def close(self) -> None:
        """End every process that has nothing to do; the others end when they have answered."""
        self._keeper.shutdown()
        with self._lock:
            self._left.extend({evaluator.store for evaluator in self._idle})
            self._let_go()

    def _evaluate(self, store: Path, request: QueryRequest, deadline: Deadline) -> Answer:
        most = min(request.most or self.bounds.most, self.bounds.most)
        evaluator = self._taken(store)
        self.figures.count("evaluated")
        begun = monotonic()
        try:
            return evaluator.ask(request, deadline, most)
        finally:
            self.charge(request.client, monotonic() - begun)
            self._give_back(evaluator)

    def _taken(self, store: Path) -> Evaluator:
        """Return a process for that store that is ready, a new one if there is none; raises Busy if none starts."""
        with self._lock:
            self._busy += 1
            evaluator = self._picked(store)
        try:
            found = evaluator or self._keeper.submit(self._fetched, store).result()
        except BaseException as error:
            with self._lock:
                self._busy -= 1
            if isinstance(error, OperatorError):
                _LOG.error("%s", error)
                message = told("no process could be started to evaluate the query; try again later")
                raise Busy(message, retry_after=_RETRY_AFTER) from None
            raise
        self.prepare(store)
        return found

    def _give_back(self, evaluator: Evaluator) -> None:
        if evaluator.is_spent:
            evaluator.end()
        with self._lock:
            self._busy -= 1
            if not evaluator.is_spent:
                self._idle.append(evaluator)
            self._let_go()

    def _picked(self, store: Path) -> Evaluator | None:
        """Return an idle process for that store, no longer among the idle ones."""
        self._let_go()
        for evaluator in reversed(self._idle):
            if evaluator.store == store:
                self._idle.remove(evaluator)
                return evaluator
        return None

    def _let_go(self) -> None:
        """End idle processes whose release is left, or that have ended already."""
        left = set()
        while self._left:
            left.add(self._left.popleft())
        for evaluator in [e for e in self._idle if e.store in left or e.process.poll() is not None]:
            self._idle.remove(evaluator)
            evaluator.end()

    def _fetched(self, store: Path) -> Evaluator:
        """Return a process for that store; called by the keeper, which may have one ready meanwhile."""
        with self._lock:
            evaluator = self._picked(store)
            if evaluator is None and len(self._idle) + self._busy > self.bounds.places + 1:
                self._idle.pop(0).end()
        return evaluator or self._start(store)

    def _make_ready(self, store: Path) -> None:
        with self._lock:
            is_ready = any(evaluator.store == store for evaluator in self._idle)
            is_full = len(self._idle) + self._busy > self.bounds.places
        if is_ready or is_full:
            return
        try:
            evaluator = self._start(store)
        except OperatorError as error:
            _LOG.error("%s", error)
            return
        with self._lock:
            self._idle.append(evaluator)

    def _start(self, store: Path) -> Evaluator:
        evaluator = Evaluator.start(store, self.bounds.memory)
        self.figures.count("started")
        for name in set(evaluator.missing) - self._told:
            self._told.add(name)
            _LOG.warning("evaluating processes keep %s: the system does not let them give it up", name)
        return evaluator
