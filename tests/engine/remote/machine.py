"""Another machine, as far as loopback can be one: a real engine, and a line to it that can be disturbed."""

from __future__ import annotations

import re
import socket
import socketserver
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.acceptance.live import free_port
from tests.engine.conftest import eventually


class Oxigraph:
    """``oxigraph serve`` with its data in memory, started and ended by its own process id."""

    def __init__(self, port: int | None = None) -> None:
        self.port = port or free_port()
        self.query = f"http://127.0.0.1:{self.port}/query"
        self.store = f"http://127.0.0.1:{self.port}/store"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        command = Path(sys.executable).with_name("oxigraph")
        self._process = subprocess.Popen(
            [command, "serve", "--bind", f"127.0.0.1:{self.port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert eventually(self._answers)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)

    def update(self, text: str) -> None:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/update", text.encode(), {"Content-Type": "application/sparql-update"}
        )
        urllib.request.urlopen(request, timeout=20).close()

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.query}?query=ASK%7B%7D", timeout=5).close()
        except OSError:
            return False
        return True


Disturb = Callable[[bytes], Iterator[bytes]]
"""What becomes of what the engine sends at once; what is not yielded is lost, and a return ends the connection."""


@contextmanager
def disturbed(port: int, disturb: Disturb, heard: list[bytes] | None = None) -> Iterator[int]:
    """Give the port of a line to the engine at ``port``; each whole answer goes through ``disturb``.

    What is sent to the engine is ``heard``, in pieces as it comes.
    """

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)) as engine:
                sending = threading.Thread(target=_pass_on, args=(self.request, engine, heard), daemon=True)
                sending.start()
                answer = b"".join(iter(lambda: engine.recv(65536), b""))
                for piece in disturb(answer):
                    self.request.sendall(piece)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join(20)


def _pass_on(source: socket.socket, target: socket.socket, heard: list[bytes] | None) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            if heard is not None:
                heard.append(piece)
            target.sendall(piece)


def unframed(answer: bytes) -> Iterator[bytes]:
    """Yield the answer without anything that says where it ends (RFC 9112 §6.3, the last case)."""
    head, _, body = answer.partition(b"\r\n\r\n")
    head = re.sub(rb"(?i)\r\n(transfer-encoding|content-length):[^\r]*", b"", head)
    yield head + b"\r\n\r\n" + re.sub(rb"(?m)^[0-9A-Fa-f]+\r\n", b"", body)
