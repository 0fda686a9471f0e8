"""Where the lines of a log go out: by a thread of their own, so that nobody waits for whoever reads them.

A pipe that nobody reads is soon full, and who writes to it then waits for ever. Lines that come meanwhile are kept as
far as there is room, the others are lost, and how many is told in their place.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from logging.handlers import QueueHandler, QueueListener
from queue import Full, Queue
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

ROOM: Final = 4 * 1024 * 1024
"""Characters of lines that wait to be read, at most."""
_PATIENCE: Final = 2.0
"""Seconds that the end of a process waits for its last lines to be read."""


class Outlet(QueueHandler):
    """Lines on an open file; ``lost`` makes one that tells how many were lost. Never waits for who reads them.

    Its thread begins with the first line. After a fork the other process needs an outlet of its own.
    """

    def __init__(
        self, descriptor: int, lost: Callable[[int], str] = "{} lines were lost: nobody read them".format
    ) -> None:
        self._lines = _Waiting(ROOM)
        super().__init__(self._lines)
        self._writer = _Writer(descriptor, self._lose)
        self._tell = lost
        self._lost = 0
        self._process = os.getpid()
        self._listener: QueueListener | None = None
        self._is_closed = False

    def enqueue(self, record: logging.LogRecord) -> None:
        """Have the line written soon, or count it as lost; called by one thread at a time."""
        if self._is_closed:
            return
        if self._listener is None:
            self._listener = QueueListener(self.queue, self._writer)
            self._listener.start()
        self._admit_loss()
        if self._lost or not self._has_put(record):
            self._lost += 1

    @property
    def is_behind(self) -> bool:
        """Whether lines wait to be written."""
        return bool(self._lines.unfinished_tasks)

    def close(self) -> None:
        """Return when all lines are written, or not read in a little while; none is taken after that."""
        if self._listener is not None and not self._is_closed and self._process == os.getpid():
            end = monotonic() + _PATIENCE
            self._await(end)
            self.acquire()
            try:
                self._admit_loss()
                self._is_closed = True
            finally:
                self.release()
            with suppress(Full):
                self._lines.put_nowait(None)
            self._await(end)
        super().close()

    def _await(self, end: float) -> None:
        """Return when all lines are written, at ``end`` at the latest."""
        with self._lines.all_tasks_done:
            self._lines.all_tasks_done.wait_for(lambda: not self.is_behind, max(0.0, end - monotonic()))

    def _admit_loss(self) -> None:
        if self._lost:
            about = {"levelname": "WARNING", "levelno": logging.WARNING, "msg": self._tell(self._lost)}
            if self._has_put(self.prepare(logging.makeLogRecord(about))):
                self._lost = 0

    def _has_put(self, record: logging.LogRecord) -> bool:
        try:
            self.queue.put_nowait(record)
        except Full:
            return False
        return True

    def _lose(self) -> None:
        """Count a line as lost that could not be written."""
        self.acquire()
        try:
            self._lost += 1
        finally:
            self.release()


class _Waiting(Queue[logging.LogRecord | None]):
    """The lines that wait, bounded by their characters and not by their number: an address may be a long one."""

    def _init(self, maxsize: int) -> None:
        super()._init(maxsize)
        self._held = 0

    def _qsize(self) -> int:
        return self._held

    def _put(self, item: logging.LogRecord | None) -> None:
        self._held += _size(item)
        super()._put(item)

    def _get(self) -> logging.LogRecord | None:
        item = super()._get()
        self._held -= _size(item)
        return item


def _size(item: logging.LogRecord | None) -> int:
    return 1 + len(item.msg if item else "")


class _Writer(logging.Handler):
    """Writes lines by their file's number: what is kept by Python's own files is waited for at the end of a process."""

    def __init__(self, descriptor: int, fail: Callable[[], None]) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._fail = fail

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line; if that fails there is nobody to be told."""
        left = f"{record.msg}\n".encode(errors="backslashreplace")
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
        except OSError:
            self._fail()
