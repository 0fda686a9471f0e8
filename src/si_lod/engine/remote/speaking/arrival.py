"""What arrives from the engine, read piece by piece: all of it, in time, or an error."""

from __future__ import annotations

import logging
import os
import socket
from contextlib import contextmanager, suppress
from http.client import HTTPException
from threading import Timer
from typing import TYPE_CHECKING, Final, Protocol

from si_lod.errors import Busy, EngineFailed
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse

    from si_lod.engine.pool.deadline import Deadline

_LOG: Final = logging.getLogger(__name__)
_RETRY_AFTER: Final = 5
_CHUNK: Final = 64 * 1024
_CUT_OFF: Final = told("the answer of the engine was cut off, so none of it is used")
_PARTIAL: Final = ("X-SQL-State", "X-SPARQL-MaxRows")
"""What Virtuoso says beside a 200 when its own time is up, or when there are as many rows as it gives."""


IN_MEMORY: Final = 128 * 1024 * 1024
"""The most bytes of an answer that are read into memory: of a look-up, some hundred thousand triples."""


class Arriving(Protocol):
    """What is read as it arrives; ``read`` gives nothing at the end of the whole."""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most ``size`` of them."""
        ...

    def whole(self, most: int = IN_MEMORY) -> bytes:
        """Return all that is still to come; raises EngineFailed if that is more than ``most`` bytes."""
        ...


class Arrival:
    """The content of a response, for whoever reads from a file.

    Raises EngineFailed where it is cut off (RFC 9112 §8), Overdue when the deadline comes before its end.
    """

    def __init__(self, response: HTTPResponse, deadline: Deadline) -> None:
        """Take the response; raises EngineFailed if it does not say where it ends, or that it is only a part."""
        if any(response.headers.get(name) for name in _PARTIAL):
            raise EngineFailed(
                told("the engine ended its answer before the end; raise its own limits of time and rows")
            )
        if response.length is None and not response.headers.get("Transfer-Encoding"):
            raise EngineFailed(
                told("the engine does not say how long its answer is, so it cannot be known to be whole")
            )
        self._response = response
        self._deadline = deadline

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most ``size`` of them and some at least; none at the end of the whole."""
        try:
            content = self._response.read(_CHUNK if size < 0 else min(size, _CHUNK))
        except (HTTPException, OSError, ValueError):
            raise self._trouble() from None
        if not content and self._response.length:
            raise self._trouble()
        return content

    def whole(self, most: int = IN_MEMORY) -> bytes:
        """Return all that is still to come; raises EngineFailed if that is more than ``most`` bytes."""
        return gathered(self, most)

    def _trouble(self) -> Exception:
        if self._deadline.is_over:
            return self._deadline.overdue()
        return EngineFailed(_CUT_OFF, retry_after=_RETRY_AFTER)


def gathered(arriving: Arriving, most: int) -> bytes:
    """Return all that is still to arrive; raises EngineFailed if that is more than ``most`` bytes."""
    content = bytearray()
    while piece := arriving.read():
        content += piece
        if len(content) > most:
            raise EngineFailed(
                told("the answer of the engine has more than {most:,} bytes, so none of it is used", most=most)
            )
    return bytes(content)


@contextmanager
def arriving(response: HTTPResponse, deadline: Deadline) -> Iterator[Arrival]:
    """Give what arrives, and hang up at the deadline, so that an engine which goes on slowly is not waited for.

    Raises Busy if this process has no thread or no file left to do so.
    """
    with response, _line_of(response) as line:
        timer = Timer(deadline.left(), _hang_up, [line])
        timer.daemon = True
        try:
            _start(timer)
            yield Arrival(response, deadline)
        finally:
            timer.cancel()


def _line_of(response: HTTPResponse) -> socket.socket:
    """Return the connection, for who hangs up; raises Busy if this process may have no more files open."""
    try:
        return socket.socket(fileno=os.dup(response.fileno()))
    except OSError as error:
        _LOG.error("no file can be had: %s", error)
        message = told("this service has too many files and connections open just now; try again later")
        raise Busy(message, retry_after=_RETRY_AFTER) from None


def _start(timer: Timer) -> None:
    """Start the timer, without which nobody would hang up; raises Busy if the system has no thread for it."""
    try:
        timer.start()
    except RuntimeError as error:
        _LOG.error("no thread can be had: %s", error)
        message = told("no process could be started to evaluate the query; try again later")
        raise Busy(message, retry_after=_RETRY_AFTER) from None


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
