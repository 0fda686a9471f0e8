"""A thread that does one thing after the other: it starts processes, which end with it, or waits until they have."""

from __future__ import annotations

import logging
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

_LOG: Final = logging.getLogger(__name__)
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
        """Return what the task returns, or raise what it raises; raises Busy if it cannot be begun.

        Raises TimeoutError after so many ``seconds``: the task is not begun any more then, or if it had been, ``late``
        takes what it returns.
        """
        outcome: Future[T] = Future()
        if not self.begin(lambda: _settle(outcome, task)):
            raise stopped() if self._is_closed else _no_thread()
        return _awaited(outcome, seconds, late)

    def begin(self, task: Callable[[], object]) -> bool:
        """Have the task done soon; return whether it will be: this is not closed, and the system has a thread for it.

        What the task raises is logged.
        """
        with self._lock:
            if self._is_closed or not self._has_thread():
                return False
            self._tasks.put(task)
            return True

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

    def _has_thread(self) -> bool:
        if self._thread is None:
            thread = Thread(target=self._work, name="keeper", daemon=True)
            self._thread = thread if _starts(thread) else None
        return self._thread is not None

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                task()
            except Exception:  # noqa: BLE001  the thread goes on for the others, and so do the processes it started
                _LOG.exception("a task of a keeper failed")
            del task  # what it refers to is not held until the next one comes


def within(seconds: float, task: Callable[[], T], late: Callable[[T], object]) -> T:
    """Return what the task returns in a thread of its own; raises and does what ``Keeper.do`` does."""
    outcome: Future[T] = Future()
    if not _starts(Thread(target=_settle, args=(outcome, task), name="within", daemon=True)):
        raise _no_thread()
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


def _starts(thread: Thread) -> bool:
    try:
        thread.start()
    except RuntimeError as error:
        _LOG.error("no thread can be had: %s", error)
        return False
    return True


def stopped() -> Busy:
    """Return what is said to whoever waits when the service ends."""
    return Busy(told("this service is being stopped; try again"), retry_after=_RETRY_AFTER)


def _no_thread() -> Busy:
    return Busy(told("no process could be started to evaluate the query; try again later"), retry_after=_RETRY_AFTER)
