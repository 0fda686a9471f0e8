"""The evaluating processes of one server process: a bounded number, with one more ready for whoever comes next."""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final

from si_lod.engine.evaluator import Evaluator
from si_lod.errors import OperatorError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from si_lod.engine.figures import Figures

_LOG: Final = logging.getLogger(__name__)


def _keeper() -> ThreadPoolExecutor:
    # One thread for all starts: a process ends with the thread that started it.
    return ThreadPoolExecutor(1, "evaluators")


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
    _left: deque[Path] = field(default_factory=deque)
    _told: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)
    _keeper: ThreadPoolExecutor = field(default_factory=_keeper)

    @contextmanager
    def member(self, store: Path) -> Iterator[Evaluator]:
        """Hold a process for that store that is ready, a new one if need be; raises OperatorError if none starts."""
        evaluator = self._taken(store)
        try:
            yield evaluator
        finally:
            if evaluator.is_spent:
                evaluator.process.end()
            with self._lock:
                self._busy -= 1
                if not evaluator.is_spent:
                    self._idle.append(evaluator)
                self._let_go()

    def prepare(self, store: Path) -> None:
        """Have a process ready for that store soon, if there is room for one more."""
        self._keeper.submit(self._make_ready, store)

    def leave(self, store: Path) -> None:
        """End the processes of that store when they have answered; may be called while anything is being done."""
        self._left.append(store)

    def idle(self) -> list[int]:
        """Return the identifiers of the processes that have nothing to do just now."""
        with self._lock:
            return [evaluator.process.popen.pid for evaluator in self._idle]

    def close(self) -> None:
        """End every process that has nothing to do; the others end when they have answered."""
        self._keeper.shutdown()
        with self._lock:
            self._left.extend({evaluator.store for evaluator in self._idle})
            self._let_go()

    def _taken(self, store: Path) -> Evaluator:
        with self._lock:
            self._busy += 1
            evaluator = self._picked(store)
        try:
            found = evaluator or self._keeper.submit(self._fetched, store).result()
        except BaseException:
            with self._lock:
                self._busy -= 1
            raise
        self.prepare(store)
        return found

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
        for evaluator in [e for e in self._idle if e.store in left or e.process.has_ended]:
            self._idle.remove(evaluator)
            evaluator.process.end()

    def _fetched(self, store: Path) -> Evaluator:
        """Return a process for that store; called by the keeper, which may have one ready meanwhile."""
        with self._lock:
            evaluator = self._picked(store)
            if evaluator is None and len(self._idle) + self._busy > self.most:
                self._idle.pop(0).process.end()
        return evaluator or self._start(store)

    def _make_ready(self, store: Path) -> None:
        with self._lock:
            is_ready = any(evaluator.store == store for evaluator in self._idle)
            is_full = len(self._idle) + self._busy >= self.most
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
        evaluator = Evaluator.start(store, self.memory)
        self.figures.count("started")
        for name in set(evaluator.missing) - self._told:
            self._told.add(name)
            _LOG.warning("evaluating processes keep %s: the system does not let them give it up", name)
        return evaluator
