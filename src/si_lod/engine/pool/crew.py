"""The evaluating processes of one server process: a bounded number, with one more ready for whoever comes next."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from si_lod.engine.pool.idle import Idle
from si_lod.engine.pool.keeper import Keeper
from si_lod.engine.pool.starting import Starting
from si_lod.errors import OperatorError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from si_lod.engine.figures import Figures
    from si_lod.engine.pool.deadline import Deadline
    from si_lod.engine.pool.evaluator import Evaluator
    from si_lod.seals import Identity


@dataclass(slots=True)
class Crew:
    """At most ``most`` processes, each with one store open; at most ``most - 1`` may be taken at once.

    Safe for several threads. Nothing is started before it is asked for, so a crew may be made before a fork.
    """

    most: int
    memory: int
    figures: Figures
    _idle: Idle = field(default_factory=Idle)
    _busy: int = 0
    is_closed: bool = False
    _lock: Lock = field(default_factory=Lock)
    _keeper: Keeper = field(default_factory=Keeper)
    _patient: Keeper = field(default_factory=Keeper)  # starts what is behind: nobody quick is to wait for that
    _undertaker: Keeper = field(default_factory=Keeper)
    _starting: Starting = field(init=False)

    def __post_init__(self) -> None:
        self._starting = Starting(self.memory, self.figures, lambda: not self.is_closed)

    @contextmanager
    def member(self, store: Path, deadline: Deadline, *, slow: bool = False) -> Iterator[Evaluator]:
        """Hold a process for that store, a new one if need be; who is ``slow`` gets one that is behind all else.

        Raises OperatorError if none starts, Busy if none is ready before the deadline, or this is closed.
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

    def prepare(self, store: Path, besides: Evaluator | None = None) -> None:
        """Have a process ready for that store soon, one ``besides`` that which is held, if there is room for it."""
        self._keeper.begin(partial(self._make_ready, store, besides))

    def leave(self, store: Path, identity: Identity | None = None) -> None:
        """End the processes of that store that have nothing to do; may be called while anything is being done.

        With ``identity`` those of another store that has come into its place stay.
        """
        self._keeper.mention(partial(self._let_go, store, identity))

    def idle(self) -> list[int]:
        """Return the identifiers of the processes that have nothing to do just now."""
        with self._lock:
            return self._idle.pids()

    def close(self) -> None:
        """End every process, and start no other: whoever waits for an answer, or asks later, raises Busy."""
        self.is_closed = True  # so what is being started is not waited for
        self._keeper.close()  # and what computes ends with the thread that started it
        self._patient.close()
        with self._lock:
            self._end(self._idle.all())
        self._undertaker.close()

    def _taken(self, store: Path, deadline: Deadline, *, slow: bool) -> Evaluator:
        with self._lock:
            self._busy += 1
            self._end(self._idle.useless())
            evaluator = self._idle.take(store, slow=slow)
        keeper = self._patient if slow else self._keeper
        try:
            # A new one that is late is for whoever comes next.
            found = evaluator or keeper.do(partial(self._fetched, store, slow=slow), deadline.left(), self._rest)
        except BaseException as error:
            with self._lock:
                self._busy -= 1
            if isinstance(error, TimeoutError):
                raise deadline.unready() from None
            raise
        self.prepare(store, found)
        return found

    def _rest(self, evaluator: Evaluator) -> None:
        """Let the process wait for who comes next, or end it if nobody will."""
        with self._lock:
            if not self.is_closed:
                self._idle.add(evaluator)
                return
        evaluator.process.end()

    def _let_go(self, store: Path, identity: Identity | None) -> None:
        """End the idle processes of that store."""
        with self._lock:
            self._end(self._idle.of(store, identity))

    def _end(self, left: list[Evaluator]) -> None:
        for evaluator in left:
            self.bury(evaluator.process.end)

    def _fetched(self, store: Path, *, slow: bool) -> Evaluator:
        """Return a process for that store; called by a keeper, which may have one ready meanwhile."""
        with self._lock:
            evaluator = self._idle.take(store, slow=slow)
            if evaluator is None and self._idle and len(self._idle) + self._busy > self.most:
                self._end([self._idle.least(store)])
        return evaluator or self._starting.start(store, behind=slow)

    def _make_ready(self, store: Path, besides: Evaluator | None) -> None:
        with self._lock:
            if self._idle.is_ready(store, besides):
                return
            if len(self._idle) + self._busy >= self.most:
                if not self._idle:
                    return
                self._end([self._idle.least(store)])  # it is of those who are slow, or of another release
            self._busy += 1  # with being started, so that what is started beside it finds no room for one too many
        try:
            with suppress(OperatorError):  # the log tells it
                self._rest(self._starting.start(store, behind=False))
        finally:
            with self._lock:
                self._busy -= 1
