"""One thing that is done in a thread of its own, so that whoever needs it waits no longer than they can."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")


@dataclass(slots=True)
class Lookout(Generic[Found]):
    """What ``look`` finds; while one look goes on, however long it takes, all wait for that one. Safe for threads."""

    look: Callable[[], Found]
    _looking: Future[Found] | None = None
    _lock: Lock = field(default_factory=Lock)

    def within(self, seconds: float) -> Found:
        """Return what is found, or raise what looking raises; raises TimeoutError if that takes longer."""
        with self._lock:
            if self._looking is None or self._looking.done():
                self._looking = Future()
                Thread(target=self._fulfil, args=(self._looking,), daemon=True).start()
            looking = self._looking
        return looking.result(seconds)

    def _fulfil(self, looking: Future[Found]) -> None:
        try:
            looking.set_result(self.look())
        except BaseException as error:  # noqa: BLE001  it is raised where it is waited for
            looking.set_exception(error)
