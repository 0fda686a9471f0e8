"""A trouble that lasts, in the log: once when it begins, now and then while it goes on, and once when it is over.

Whoever runs the service reads what changed, not a line for each request that met the same trouble.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable

AGAIN: Final = 600.0
"""Seconds after which a trouble that is still there is told again, with how often it was met."""
_REASONS: Final = 8
"""So many reasons of one spell are told apart; more would be a line for each request again."""
_MINUTE: Final = 60
_HOUR: Final = 3600


@dataclass(slots=True)
class Spell:
    """Whether there is trouble just now, and what the log has of it; safe for several threads.

    ``clock`` is of seconds. Each new reason is told, up to a few of them, since it may need another remedy.
    """

    log: logging.Logger
    clock: Callable[[], float] = monotonic
    _begun: float | None = None
    _told: float = 0.0
    _met: float = 0.0
    _times: int = 0
    _reasons: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def met(self, reason: str, meanwhile: str = "", *, kind: str = "") -> None:
        """Say that the trouble was met, because of ``reason``; ``meanwhile`` is what is done about it.

        ``kind`` is what tells reasons apart where a reason has others' words in it, which may be other ones each time.
        """
        kind = kind or reason
        with self._lock:
            now = self.clock()
            begun = self._begun = now if self._begun is None else self._begun
            self._met, self._times = now, self._times + 1
            is_new = kind not in self._reasons and len(self._reasons) < _REASONS
            if not is_new and now < self._told + AGAIN:
                return
            self._told = now
            self._reasons.add(kind)
            times = self._times
        still = f" (for {lasting(now - begun)} now, met {times} times)" if times > 1 else ""
        self.log.error("%s%s%s", reason, meanwhile and f"; {meanwhile}", still)

    def over(self, end: str, *, since: float = inf, quiet: float = 0.0) -> None:
        """Say that there is none any more, which ``end`` tells, if there was any.

        What was begun at ``since``, before the trouble was last met, says nothing of it; nor does anything until it
        was not met for ``quiet`` seconds.
        """
        with self._lock:
            begun, times = self._begun, self._times
            if begun is None or since < self._met or self.clock() < self._met + quiet:
                return
            self._begun, self._times = None, 0
            self._reasons.clear()
            lasted = self.clock() - begun
        self.log.warning("%s, after %s in which that was met %s", end, lasting(lasted), _often(times))


def lasting(seconds: float) -> str:
    """Return how long that is, in the unit that says it best: ``7 s``, ``12 min``, ``3 h 5 min``."""
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    minutes = round(seconds / _MINUTE)
    return f"{minutes} min" if minutes < 2 * _MINUTE else f"{seconds // _HOUR:.0f} h {minutes % _MINUTE} min"


def _often(times: int) -> str:
    return "once" if times == 1 else f"{times} times"
