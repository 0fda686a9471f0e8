"""Which clients had a query that took long just now: whoever had none goes first, in the queue and in computing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUICK: Final = 0.25
"""Seconds in which a query is quick. So long it computes like everything else; after that, all else goes before it."""
START: Final = 1.0
"""Seconds of computing, about, that it takes to start a process in the place of one that a query ended."""


@dataclass(eq=False, slots=True)
class _Running:
    client: str
    begun: float


@dataclass(slots=True)
class Standing:
    """Remembers a query that was not quick while it runs, and for as long afterwards as it took.

    One that ended its process is held to have taken as long as it takes to start another. So who asks one such query
    now and then is hardly held back, and who asks nothing else always is. ``clock`` is of seconds. Safe for several
    threads.
    """

    clock: Callable[[], float] = monotonic
    _running: list[_Running] = field(default_factory=list)
    _until: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def evaluating(self, client: str) -> Iterator[None]:
        """Hold this while a query of the client is evaluated."""
        mine = _Running(client, self.clock())
        with self._lock:
            self._running.append(mine)
        try:
            yield
        finally:
            with self._lock:
                self._running.remove(mine)
                self._remember(mine, self.clock())

    def is_slow(self, client: str) -> bool:
        """Return whether the client has a query that is not quick, or had one just now."""
        now = self.clock()
        with self._lock:
            runs = any(one.client == client and now - one.begun > QUICK for one in self._running)
            return runs or self._until.get(client, now) > now

    def has_ended_process(self, client: str) -> None:
        """Hold it against the client that another process must be started."""
        with self._lock:
            now = self.clock()
            self._until[client] = max(now + START, self._until.get(client, now))

    def _remember(self, ended: _Running, now: float) -> None:
        self._until = {client: until for client, until in self._until.items() if until > now}
        took = now - ended.begun
        if took > QUICK:
            self._until[ended.client] = max(now + took, self._until.get(ended.client, now))
