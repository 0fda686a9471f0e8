"""Where an evaluating process computes among the service's others: on which processors, and behind whom.

Whoever is quick has one of several processors for themselves. Priority alone would not do: Linux (6.6 and later) has
who wakes wait for the next tick behind whom it precedes, which is as long as a quick query. On the other processors a
long time slice for whoever is not quick mends that, where the kernel knows such (``timeslice``).
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.engine.worker.order import Order
from si_lod.engine.worker.timeslice import LONGEST, USUAL, give

if TYPE_CHECKING:
    from collections.abc import Iterator

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

    def starting(self, *, modest: bool) -> None:
        """Let others go first when they wake: to start a process takes longer than a quick query.

        Who is ``modest`` goes behind others besides, but not so far that it would not be ready soon.
        """
        with suppress(OSError):
            give(self.pid, LONGEST)
        if modest:
            self._be_modest()

    def forward(self) -> None:
        """Have it compute like everything else, on every processor."""
        self._tell(Order(frozenset(_everywhere()), is_behind=False))

    def behind(self) -> None:
        """Have it compute on what all else leaves, and never on one of several processors; nothing takes that back."""
        self._tell(Order(frozenset(_aside()), is_behind=True))

    def ending(self) -> None:
        """Step forward a little where that is permitted: memory that is given back takes time, and others need it."""
        thread = self.evaluating or self.pid
        with suppress(OSError):
            if os.sched_getscheduler(thread) & ~os.SCHED_RESET_ON_FORK == os.SCHED_IDLE:
                os.sched_setscheduler(thread, os.SCHED_OTHER | os.SCHED_RESET_ON_FORK, os.sched_param(0))
        with suppress(OSError):
            give(thread, USUAL)
        self._be_modest()

    def _be_modest(self) -> None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PGRP, self.pid, _MODEST)

    def _tell(self, order: Order) -> None:
        with suppress(OSError):  # it has ended, which whoever waits for its answer learns
            os.write(self.orders, order.line())


@contextmanager
def aside() -> Iterator[None]:
    """Leave one processor to others, as does each process that this thread starts meanwhile, from its beginning."""
    everywhere, processors = _everywhere(), _aside()
    if not processors:
        yield
        return
    with suppress(OSError):
        os.sched_setaffinity(0, processors)
    try:
        yield
    finally:
        with suppress(OSError):
            os.sched_setaffinity(0, everywhere)


def _everywhere() -> set[int]:
    """Return the processors of this process as its first thread has them.

    A thread that has been ``aside`` has its own by order from then on, whatever becomes of the others'.
    """
    return os.sched_getaffinity(os.getpid())


def _aside() -> set[int]:
    """Return the processors but the one that is for whoever is quick; none if there is only that."""
    return set(sorted(_everywhere())[1:])
