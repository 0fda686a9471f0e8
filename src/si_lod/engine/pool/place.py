"""Where an evaluating process computes among the service's others: on which processors, and behind whom.

Whoever is quick has one of several processors for themselves. Priority alone would not do: Linux (6.6 and later) has
who wakes wait for the next tick behind whom it precedes, which is as long as a quick query.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from si_lod.engine.worker.order import Order

_MODEST: Final = 10
"""The priority of what computes for a bounded time that nobody quick waits for: about a tenth of a quick one's share.
"""


@dataclass(slots=True)
class Place:
    """The place of the process ``pid``, which leads a process group and has the other end of ``orders``.

    Once it has given up its privileges nobody but itself may move it, maybe: so it is told to. ``evaluating`` is the
    thread that evaluates, once it is known.
    """

    pid: int
    orders: int
    evaluating: int = 0

    def aside(self, *, modest: bool) -> None:
        """Leave one processor to others: to start a process takes longer than a quick query.

        Who is ``modest`` goes behind others besides, but not so far that it would not be ready soon.
        """
        if processors := _aside():
            with suppress(OSError):
                os.sched_setaffinity(self.pid, processors)
        if modest:
            self._be_modest()

    def forward(self) -> None:
        """Have it compute like everything else, on every processor."""
        self._tell(Order(frozenset(os.sched_getaffinity(0)), is_behind=False))

    def behind(self) -> None:
        """Have it compute on what all else leaves, and never on one of several processors; nothing takes that back."""
        self._tell(Order(frozenset(_aside()), is_behind=True))

    def ending(self) -> None:
        """Step forward a little where that is permitted: memory that is given back takes time, and others need it."""
        with suppress(OSError):
            os.sched_setscheduler(self.evaluating or self.pid, os.SCHED_OTHER, os.sched_param(0))
        self._be_modest()

    def _be_modest(self) -> None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PGRP, self.pid, _MODEST)

    def _tell(self, order: Order) -> None:
        with suppress(OSError):  # it has ended, which whoever waits for its answer learns
            os.write(self.orders, order.line())


def _aside() -> set[int]:
    """Return the processors but the one that is for whoever is quick; none if there is only that."""
    return set(sorted(os.sched_getaffinity(0))[1:])
