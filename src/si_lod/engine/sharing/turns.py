"""Whose turn it is: a bounded number at a time, fair between clients, and nobody waits long."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition
from time import monotonic
from typing import TYPE_CHECKING, Final

from si_lod.errors import Busy
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_RETRY_AFTER: Final = 5
_STEP: Final = 0.1
"""Seconds after which is looked again: a client may cease to be slow, and nobody says so."""


@dataclass(eq=False, slots=True)
class _Waiting:
    client: str


@dataclass(slots=True)
class Turns:
    """``places`` at a time; of several that wait, one whose client is not slow goes first, then who has the fewest.

    One client, and all slow ones together, have at most all places but one and half of the ``queue``, so another one
    finds room whatever they do. Whoever waits longer than ``patience`` seconds, or finds the queue full, is told when
    to come back.
    """

    places: int
    queue: int
    patience: float
    is_slow: Callable[[str], bool] = lambda _client: False
    _running: Counter[str] = field(default_factory=Counter)
    _waiting: list[_Waiting] = field(default_factory=list)
    _changed: Condition = field(default_factory=Condition)

    @contextmanager
    def turn(self, client: str) -> Iterator[None]:
        """Hold a place; raises Busy if there is none in time."""
        self._take(client)
        try:
            yield
        finally:
            with self._changed:
                self._running[client] -= 1
                self._running += Counter()  # what is zero is forgotten
                self._changed.notify_all()

    def _take(self, client: str) -> None:
        me = _Waiting(client)
        until = monotonic() + self.patience
        with self._changed:
            if self._next([*self._waiting, me]) is not me:
                self._queue(me)
                try:
                    self._await(me, until)
                finally:
                    self._waiting.remove(me)
                    self._changed.notify_all()
            self._running[client] += 1

    def _queue(self, me: _Waiting) -> None:
        share = max(1, self.queue // 2)
        own = sum(other.client == me.client for other in self._waiting)
        slow = sum(map(self.is_slow, (other.client for other in self._waiting))) if self.is_slow(me.client) else 0
        if len(self._waiting) >= self.queue or max(own, slow) >= share:
            raise self._busy()
        self._waiting.append(me)

    def _await(self, me: _Waiting, until: float) -> None:
        while self._next(self._waiting) is not me:
            left = until - monotonic()
            if left <= 0:
                raise self._busy()
            self._changed.wait(min(left, _STEP))

    def _next(self, waiting: list[_Waiting]) -> _Waiting | None:
        if self._running.total() >= self.places:
            return None
        most = max(1, self.places - 1)
        slow = {client for client in {*self._running, *(other.client for other in waiting)} if self.is_slow(client)}
        held = sum(self._running[client] for client in slow)
        fitting = [
            other
            for other in waiting
            if self._running[other.client] < most and (other.client not in slow or held < most)
        ]
        return min(fitting, key=lambda other: (other.client in slow, self._running[other.client]), default=None)

    def _busy(self) -> Busy:
        message = told(
            "too many queries are being answered just now; try again in {seconds} seconds", seconds=_RETRY_AFTER
        )
        return Busy(message, retry_after=_RETRY_AFTER)
