"""The stores that are open, compared again from time to time, by one thread of the whole service."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread, get_native_id
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from si_lod.comparison import Comparison

_LOG: Final = logging.getLogger(__name__)
_MODEST: Final = 19
"""The priority of what is not urgent."""
_REST: Final = 9
"""How many times as long as it reads it rests, so that it takes a tenth of a processor and of a disk at most."""


@dataclass(slots=True)
class Rest:
    """Sleeps, each time that it is called, for some times as long as was worked since the last time."""

    _worked: float = field(default_factory=monotonic)

    def __call__(self) -> None:
        """Sleep."""
        sleep(_REST * (monotonic() - self._worked))
        self._worked = monotonic()


@dataclass(frozen=True, slots=True)
class Watch:
    """Has all stores on which there is a verdict compared again, ``seconds`` after the last time; 0 for never.

    To be begun in the process that starts the web workers, which has nothing else to do.
    """

    comparison: Comparison
    seconds: int

    def begin(self) -> None:
        """Watch from now on, in a thread of its own."""
        if self.seconds:
            Thread(target=self._go_on, name="watch", daemon=True).start()

    def _go_on(self) -> None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, get_native_id(), _MODEST)  # of this thread alone (``man 2 setpriority``)
        while True:
            sleep(self.seconds)
            try:
                self.comparison.review(Rest())
            except Exception:  # noqa: BLE001  whatever it is, the next time may be better
                _LOG.exception("the stores could not be compared with their digests")
