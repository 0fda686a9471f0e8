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

from si_lod.errors import LodError, Overdue

if TYPE_CHECKING:
    from collections.abc import Callable

_LOG: Final = logging.getLogger(__name__)
PAUSE: Final = 1.0
"""Seconds between two probes; that one waits for its answer comes on top."""


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
    _lock: Lock = field(default_factory=Lock)

    def heard(self) -> None:
        """Take note that the engine answered just now, whatever it was."""
        self._heard, self.is_stopped = monotonic(), False

    def missed(self, since: float) -> bool:
        """Return whether the engine is hung, if what was asked at that moment has no answer in the time that it had.

        One that answered others meanwhile is only slow. Else it is probed, in a thread, until it answers or is known to
        be lost.
        """
        with self._lock:
            if self.is_stopped or self._heard >= since:
                return self.is_stopped
            self.is_stopped = True
        try:
            Thread(target=self._watch, name="pulse", daemon=True).start()
        except RuntimeError as error:
            _LOG.error("no thread can be had: %s", error)
            self.is_stopped = False
        return self.is_stopped

    def _watch(self) -> None:
        while self.is_stopped:
            try:
                self.probe()
            except Overdue:
                sleep(self.pause)
            except LodError:
                # One that refuses, fails or is gone lets nobody wait: each finds that out at once.
                self.heard()
            else:
                self.heard()
