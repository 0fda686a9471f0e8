"""The end of a web worker that is asked to end: what it began is answered, whole or with why not, within a bound."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from threading import Timer
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable
    from types import FrameType

_ASKED: Final = (signal.SIGTERM, signal.SIGINT)


def hold() -> None:
    """Keep it for later that this process is asked to end, until its ``Ending`` listens; else nobody would hear it.

    To be called in the main thread, before any other is started.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, _ASKED)


@dataclass(slots=True)
class Ending:
    """``give_up`` is called ``seconds`` after this process was first asked to end.

    The server takes no more connections from the moment when it is asked, and ends when the last request is answered.
    Whatever is still computed when it gives up must be answered with why there is no result, before the server is ended
    by force.
    """

    seconds: float
    give_up: Callable[[], None]
    _is_asked: bool = False

    def listen(self, loop: AbstractEventLoop) -> None:
        """Hear when the process is asked to end, from when ``loop`` runs on; the loop hears it as well.

        To be called in the main thread. The loop's own handlers, which the server sets meanwhile, hear of signals by
        another way, and a handler that is set after them takes nothing from them.
        """
        loop.call_soon(self._listen)

    def _listen(self) -> None:
        for number in _ASKED:
            signal.signal(number, self._begin)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ASKED)

    def _begin(self, _number: int, _frame: FrameType | None) -> None:
        if not self._is_asked:
            self._is_asked = True
            timer = Timer(self.seconds, self.give_up)
            timer.daemon = True
            timer.start()
