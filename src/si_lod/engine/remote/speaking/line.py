"""The connection on which an engine is asked one thing: another thread can hang up, however the engine goes on."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, build_opener

from si_lod.engine.remote.speaking.here import Here

if TYPE_CHECKING:
    from http.client import HTTPResponse
    from urllib.request import Request


@dataclass(slots=True)
class Line:
    """One that is not there yet, and is hung up for good by ``hang_up``."""

    _socket: socket.socket | None = None
    _is_hung_up: bool = False
    _lock: Lock = field(default_factory=Lock)

    def opener(self) -> OpenerDirector:
        """Return what opens a request on this line, and goes nowhere else."""
        return build_opener(Here, _Plainly(self), _Securely(self))

    def take(self, connected: socket.socket) -> None:
        """Be that connection; raises OSError if it was hung up already."""
        with self._lock:
            if self._is_hung_up:
                connected.close()
                raise ConnectionAbortedError("hung up")
            # One of its own: that of the connection gets another owner where TLS begins, or is closed by it.
            self._socket = socket.socket(fileno=os.dup(connected.fileno()))

    def hang_up(self) -> None:
        """End whatever is waited for on it, now or later."""
        with self._lock, suppress(OSError):
            self._is_hung_up = True
            if self._socket is not None:
                self._socket.shutdown(socket.SHUT_RDWR)

    def let_go(self) -> None:
        """Leave the connection to whoever has it."""
        with self._lock:
            if self._socket is not None:
                self._socket.close()
                self._socket = None


class _Plain(HTTPConnection):
    line: Line

    def connect(self) -> None:
        super().connect()
        self.line.take(self.sock)


class _Secure(HTTPSConnection, _Plain):
    """Its TLS begins on a connection that the line has taken, so that this can be hung up too."""


C = TypeVar("C", bound=_Plain)


class _Plainly(HTTPHandler):
    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_on(self._line, _Plain), req)


class _Securely(HTTPSHandler):
    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_on(self._line, _Secure), req)


def _on(line: Line, kind: type[C]) -> Any:
    """Return what makes a connection of that kind, which the line takes when it is there."""

    def made(host: str, **options: Any) -> C:
        connection = kind(host, **options)
        connection.line = line
        return connection

    return made
