"""A thread that does one thing after the other: it starts processes, which end with it, or waits until they have."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Final, TypeVar

from si_lod.errors import Busy
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_RETRY_AFTER: Final = 5


@dataclass(slots=True)
class Keeper:
    """Does one thing after the other; safe for several threads. Its thread begins with the first thing that is asked.

    So it may be made before a fork.
    """

    _tasks: SimpleQueue[Callable[[], object] | None] = field(default_factory=SimpleQueue)
    _thread: Thread | None = None
    _is_closed: bool = False
    _lock: Lock = field(default_factory=Lock)

    def do(self, task: Callable[[], T], seconds: float, late: Callable[[T], object]) -> T:
        """Return what the task returns, or raise what it raises; raises Busy when this is closed.

        Raises TimeoutError after so many ``seconds``: the task is not begun any more then, or if it had been, ``late``
        takes what it returns.
        """
        outcome: Future[T] = Future()
        if not self.begin(lambda: _settle(outcome, task)):
            raise Busy(told("this service is being stopped; try again"), retry_after=_RETRY_AFTER)
        return _awaited(outcome, seconds, late)

    def begin(self, task: Callable[[], object]) -> bool:
        """Have the task done soon; return whether it will be, since this is not closed. The task raises nothing."""
        with self._lock:
            if not self._is_closed:
                if self._thread is None:
                    self._thread = Thread(target=self._work, name="keeper", daemon=True)
                    self._thread.start()
                self._tasks.put(task)
            return not self._is_closed

    def mention(self, task: Callable[[], object]) -> None:
        """Have the task done if anything is done ever again; may be called while garbage is collected."""
        self._tasks.put(task)

    def close(self) -> None:
        """Return when everything that was asked before is done and the thread has ended, with what it started."""
        with self._lock:
            self._is_closed = True
            self._tasks.put(None)
            thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
            del task  # what it refers to is not held until the next one comes


def within(seconds: float, task: Callable[[], T], late: Callable[[T], object]) -> T:
    """Return what the task returns in a thread of its own; raises and does what ``Keeper.do`` does when it is late."""
    outcome: Future[T] = Future()
    Thread(target=_settle, args=(outcome, task), name="within", daemon=True).start()
    return _awaited(outcome, seconds, late)


def _awaited(outcome: Future[T], seconds: float, late: Callable[[T], object]) -> T:
    try:
        return outcome.result(seconds)
    except TimeoutError:
        if not outcome.cancel():
            outcome.add_done_callback(lambda ended: ended.exception() or late(ended.result()))
        raise


def _settle(outcome: Future[T], task: Callable[[], T]) -> None:
    if not outcome.set_running_or_notify_cancel():
        return
    try:
        outcome.set_result(task())
    except BaseException as error:  # noqa: BLE001  it belongs to whoever waits
        outcome.set_exception(error)
