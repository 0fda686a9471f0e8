"""One thing that is done in a thread of its own, so that whoever needs it waits no longer than they can."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")


@dataclass(slots=True)
class Lookout(Generic[Found]):
    """What ``look`` finds; while one look goes on, however long it takes, all wait for that one. Safe for threads."""

    look: Callable[[], Found]
    _looking: Future[Found] | None = None
    _begun: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    @property
    def age(self) -> float | None:
        """The seconds for which the look has gone on, None if nobody looks just now."""
        looking, begun = self._looking, self._begun
        return None if looking is None or looking.done() else monotonic() - begun

    def within(self, seconds: float | None) -> Found:
        """Return what is found, or raise what looking raises; raises TimeoutError if that takes longer from its start.

        With None for the seconds it may take as long as it does. Raises RuntimeError if the system has no thread.
        """
        with self._lock:
            if self._looking is None or self._looking.done():
                begun, looking = monotonic(), Future[Found]()
                Thread(target=self._fulfil, args=(looking,), daemon=True).start()
                self._begun, self._looking = begun, looking
            looking, begun = self._looking, self._begun
        return looking.result(None if seconds is None else max(0.0, begun + seconds - monotonic()))

    def _fulfil(self, looking: Future[Found]) -> None:
        try:
            looking.set_result(self.look())
        except BaseException as error:  # noqa: BLE001  it is raised where it is waited for
            looking.set_exception(error)
