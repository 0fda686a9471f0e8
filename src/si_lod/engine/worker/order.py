"""What an evaluating process is told of its place among others, and moves itself by: nobody else may, maybe."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Self

from si_lod.engine.worker.timeslice import LONG, USUAL, give

_LAST: Final = 19
"""The priority of a query that is not quick."""


@dataclass(frozen=True, slots=True)
class Order:
    """To compute on these ``processors``, and from now on behind all else or not.

    Who is to be behind and has no processors computes when nothing else does (``SCHED_IDLE`` in ``man 7 sched``).
    """

    processors: frozenset[int]
    is_behind: bool

    def line(self) -> bytes:
        """Return the order as a line, few enough bytes for a pipe to take them whole (``man 7 pipe``)."""
        mask = sum(1 << processor for processor in self.processors)
        return f"{'behind' if self.is_behind else 'forward'} {mask:x}\n".encode()

    @classmethod
    def of(cls, line: bytes) -> Self:
        """Return the order that the line is, the inverse of ``line``."""
        place, mask = line.split()
        bits = f"{int(mask, 16):b}"[::-1]
        processors = frozenset(number for number, bit in enumerate(bits) if bit == "1")
        return cls(processors, is_behind=place == b"behind")

    def obey(self, *threads: int) -> None:
        """Have these threads of this process compute so; what the system does not permit is left as it is."""
        if self.is_behind:
            with suppress(OSError):
                os.setpriority(os.PRIO_PGRP, 0, _LAST)
        for thread in threads:
            with suppress(OSError):
                if self.processors:
                    os.sched_setaffinity(thread, self.processors)
                    give(thread, LONG if self.is_behind else USUAL)
                elif self.is_behind:
                    os.sched_setscheduler(thread, os.SCHED_IDLE | os.SCHED_RESET_ON_FORK, os.sched_param(0))
