"""Where an evaluating process computes among the service's others: on which processors, and behind whom.

Whoever is quick has one of several processors for themselves. Priority alone would not do: Linux (6.6 and later) has
who wakes wait for the next tick behind whom it precedes, which is as long as a quick query.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

_LAST: Final = 19
"""The priority of a query that is not quick."""
_ENDING: Final = 10
"""The priority of a process that gives its memory back: about a tenth of a quick one's share."""


@dataclass(slots=True)
class Place:
    """The place of the process ``pid``, which leads a process group. What the system does not permit is left as it is.

    ``evaluating`` is the thread that evaluates, once it is known. ``/proc`` is not asked for the others: whoever waits
    for the end of a process takes apart what was asked there, which keeps a processor busy.
    """

    pid: int
    evaluating: int = 0

    def aside(self) -> None:
        """Leave one processor to others meanwhile: to start a process takes longer than a quick query."""
        self._keep_to(_aside())

    def forward(self) -> None:
        """Compute like everything else, on every processor."""
        self._keep_to(os.sched_getaffinity(0))

    def behind(self) -> None:
        """Compute on what all else leaves, and never on one of several processors.

        Of one processor only what nobody wants is computed on (``SCHED_IDLE`` in ``man 7 sched``). An unprivileged
        server cannot undo it.
        """
        self._be_nice(_LAST)
        if _aside():
            self._keep_to(_aside())
        else:
            self._schedule(os.SCHED_IDLE)

    def ending(self) -> None:
        """Step forward a little where that is permitted: memory that is given back takes time, and others need it."""
        self._schedule(os.SCHED_OTHER)
        self._be_nice(_ENDING)

    def _be_nice(self, niceness: int) -> None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PGRP, self.pid, niceness)

    def _keep_to(self, processors: set[int]) -> None:
        if processors:
            for thread in self._threads():
                with suppress(OSError):
                    os.sched_setaffinity(thread, processors)

    def _schedule(self, policy: int) -> None:
        for thread in self._threads():
            with suppress(OSError):
                os.sched_setscheduler(thread, policy, os.sched_param(0))

    def _threads(self) -> set[int]:
        return {self.pid, self.evaluating or self.pid}


def _aside() -> set[int]:
    """Return the processors but the one that is for whoever is quick; none if there is only that."""
    return set(sorted(os.sched_getaffinity(0))[1:])
