"""The evaluating processes of one server process: a bounded number, with one more ready for whoever comes next."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Final

from si_lod.engine.pool.evaluator import Evaluator
from si_lod.engine.pool.keeper import Keeper
from si_lod.errors import OperatorError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from si_lod.engine.figures import Figures
    from si_lod.engine.pool.deadline import Deadline

_LOG: Final = logging.getLogger(__name__)


@dataclass(slots=True)
class Crew:
    """At most ``most`` processes, each with one store open; at most ``most - 1`` may be taken at once.

    Safe for several threads. Nothing is started before it is asked for, so a crew may be made before a fork.
    """

    most: int
    memory: int
    figures: Figures
    _idle: list[Evaluator] = field(default_factory=list)
    _busy: int = 0
    _is_closed: bool = False
    _told: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)
    _keeper: Keeper = field(default_factory=Keeper)
    _undertaker: Keeper = field(default_factory=Keeper)

    @contextmanager
    def member(self, store: Path, deadline: Deadline, *, slow: bool = False) -> Iterator[Evaluator]:
        """Hold a process for that store that is ready, a new one if need be.

        One that is behind all else is held by whoever is ``slow`` only, and first. Raises OperatorError if none starts,
        Overdue if none does before the deadline, Busy if this is closed.
        """
        evaluator = self._taken(store, deadline, slow=slow)
        try:
            yield evaluator
        finally:
            if evaluator.is_spent:
                evaluator.process.end()
            with self._lock:
                self._busy -= 1
            if not evaluator.is_spent:
                self._rest(evaluator)

    def bury(self, end: Callable[[], object]) -> None:
        """Have ``end`` called by a thread that has nothing else to do than to wait until processes have ended."""
        if not self._undertaker.begin(end):
            end()

    def prepare(self, store: Path) -> None:
        """Have a process ready for that store soon, if there is room for one more."""
        self._keeper.begin(partial(self._make_ready, store))

    def leave(self, store: Path) -> None:
        """End the processes of that store that have nothing to do; may be called while anything is being done."""
        self._keeper.mention(partial(self._let_go, store))

    def idle(self) -> list[int]:
        """Return the identifiers of the processes that have nothing to do just now."""
        with self._lock:
            return [evaluator.process.popen.pid for evaluator in self._idle]

    def close(self) -> None:
        """End every process, and start no other: whoever waits for an answer, or asks later, raises Busy."""
        self._keeper.close()  # and what computes ends with the thread that started it
        with self._lock:
            self._is_closed = True
        for store in {evaluator.store for evaluator in self._idle}:
            self._let_go(store)
        self._undertaker.close()

    def _taken(self, store: Path, deadline: Deadline, *, slow: bool) -> Evaluator:
        with self._lock:
            self._busy += 1
            evaluator = (self._picked(store, behind=True) if slow else None) or self._picked(store)
        try:
            # A new one that is late is for whoever comes next.
            found = evaluator or self._keeper.do(partial(self._fetched, store), deadline.left(), self._rest)
        except BaseException as error:
            with self._lock:
                self._busy -= 1
            if isinstance(error, TimeoutError):
                raise deadline.overdue() from None
            raise
        self.prepare(store)
        return found

    def _rest(self, evaluator: Evaluator) -> None:
        """Let the process wait for who comes next, or end it if nobody will."""
        with self._lock:
            if not self._is_closed:
                self._idle.append(evaluator)
                return
        evaluator.process.end()

    def _picked(self, store: Path, *, behind: bool = False) -> Evaluator | None:
        """Return an idle process for that store, no longer among the idle ones."""
        for evaluator in self._idle[::-1]:
            if not evaluator.process.is_of_use:
                self._idle.remove(evaluator)
                self.bury(evaluator.process.end)
            elif (evaluator.store, evaluator.is_behind) == (store, behind):
                self._idle.remove(evaluator)
                return evaluator
        return None

    def _let_go(self, store: Path) -> None:
        """End the idle processes of that store."""
        with self._lock:
            left = [evaluator for evaluator in self._idle if evaluator.store == store]
            self._idle = [evaluator for evaluator in self._idle if evaluator.store != store]
        for evaluator in left:
            self.bury(evaluator.process.end)

    def _fetched(self, store: Path) -> Evaluator:
        """Return a process for that store; called by the keeper, which may have one ready meanwhile."""
        with self._lock:
            evaluator = self._picked(store)
            if evaluator is None and len(self._idle) + self._busy > self.most:
                self.bury(self._idle.pop(0).process.end)
        return evaluator or self._start(store)

    def _make_ready(self, store: Path) -> None:
        with self._lock:
            is_ready = any(evaluator.store == store and not evaluator.is_behind for evaluator in self._idle)
            is_full = len(self._idle) + self._busy >= self.most
        if is_ready or is_full:
            return
        try:
            self._rest(self._start(store))
        except OperatorError as error:
            _LOG.error("%s", error)

    def _start(self, store: Path) -> Evaluator:
        evaluator = Evaluator.start(store, self.memory)
        self.figures.count("started")
        for name in set(evaluator.missing) - self._told:
            self._told.add(name)
            _LOG.warning("evaluating processes keep %s: the system does not let them give it up", name)
        return evaluator
