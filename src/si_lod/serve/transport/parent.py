"""The process that started this one, whose end ends it too: a worker of nobody would keep the port for ever."""

from __future__ import annotations

import os
import select
import time
from dataclasses import dataclass
from threading import Thread
from typing import Final

_INTERVAL: Final = 1.0
"""Seconds between two looks where the system does not tell of the end of a process."""


@dataclass(frozen=True, slots=True)
class Parent:
    """The process ``number``, which started this one.

    The kernel's own signal for it (``PR_SET_PDEATHSIG``) would come as soon as the thread that started this process
    ends, which the parent may do at any time; so the process itself is watched.
    """

    number: int

    def accompany(self) -> None:
        """End this process at once when the parent has ended, however that did; return meanwhile."""
        Thread(target=self._outlast, name="parent", daemon=True).start()

    def _outlast(self) -> None:
        try:
            handle = os.pidfd_open(self.number)
        except OSError:
            # It has ended already, or the kernel or its guards do not offer this.
            handle = -1
        if handle >= 0 and self._is_there():
            _wait(handle)
        while self._is_there():
            time.sleep(_INTERVAL)
        os._exit(1)

    def _is_there(self) -> bool:
        return os.getppid() == self.number


def _wait(handle: int) -> None:
    """Return when the process of the handle has ended (``man 2 pidfd_open``)."""
    ending = select.poll()
    ending.register(handle, select.POLLIN)
    ending.poll()
