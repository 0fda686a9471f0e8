"""An engine that takes questions and answers none: it is waited for once, and then by nobody until it answers again.

Who waits holds a thread, and soon there would be none for all that needs no engine.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from math import inf
from threading import Lock, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from si_lod.errors import EngineFailed, EngineLost, InvalidSyntax, Overdue, Unevaluated
from si_lod.foreign import in_one_line
from si_lod.spell import Spell

if TYPE_CHECKING:
    from collections.abc import Callable

_LOG: Final = logging.getLogger(__name__)
PAUSE: Final = 1.0
"""Seconds between two probes; that one waits for its answer comes on top."""
_ANSWERED: Final = (EngineFailed, InvalidSyntax, Unevaluated)
"""What is raised of an answer that is of no use: the engine said something, so it is not hung."""
_AGAIN: Final = "it is probed again, and nobody waits for it meanwhile"


@dataclass(slots=True)
class Pulse:
    """Whether the engine answers anything just now; safe for several threads.

    ``probe`` asks it next to nothing, and raises Overdue if that has no answer.
    """

    probe: Callable[[], object]
    pause: float = PAUSE
    is_stopped: bool = False
    """Whether it has answered nothing since something was asked that it had long enough for."""
    _heard: float = -inf
    _is_watched: bool = False
    _trouble: Spell = field(default_factory=lambda: Spell(_LOG))
    _lock: Lock = field(default_factory=Lock)

    def heard(self) -> None:
        """Take note that the engine answered just now, whatever it was."""
        with self._lock:
            self._heard, self.is_stopped = monotonic(), False

    def missed(self, since: float) -> bool:
        """Return whether the engine is hung, if what was asked at that moment has no answer in the time that it had.

        One that answered others meanwhile is only slow. Else it is probed, in a thread, until it answers or is known to
        be lost.
        """
        with self._lock:
            if not self.is_stopped and self._heard < since:
                self.is_stopped = self._is_watched = self._is_watched or self._has_watch()
            return self.is_stopped

    def _has_watch(self) -> bool:
        try:
            Thread(target=self._watch, name="pulse", daemon=True).start()
        except (RuntimeError, MemoryError) as error:
            _LOG.error("no thread can be had: %s", error)
            return False
        return True

    def _watch(self) -> None:
        while self._goes_on():
            if not self._is_settled():
                sleep(self.pause)

    def _goes_on(self) -> bool:
        """Return whether the engine is still hung; if it is not, the next that finds it so needs another watch."""
        with self._lock:
            self._is_watched = goes_on = self.is_stopped
            return goes_on

    def _is_settled(self) -> bool:
        """Return whether a probe finds that the engine is hung no more.

        What hinders the probe itself, such as memory or files that this process lacks, says nothing of the engine.
        """
        try:
            self.probe()
        except Overdue:
            return False
        except EngineLost:
            # One that is gone lets nobody wait: each finds that out at once.
            self.is_stopped = False
        except _ANSWERED:
            self.heard()
        except Exception as error:  # noqa: BLE001  without a watch the engine would count as hung for good
            reason = f"the engine cannot be probed: {in_one_line(repr(error))}"
            self._trouble.met(reason, _AGAIN, kind=type(error).__name__)
            return False
        else:
            self.heard()
        self._trouble.over("the engine is probed again")
        return True
