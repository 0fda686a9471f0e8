"""A client of the gateway in this process, which sends paths as they are written, and one of a server by its socket."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from si_lod.serve.transport.gateway import Gateway

Headers = Mapping[str, str] | Iterable[tuple[str, str]]


@dataclass
class Got:
    """An answer; header names are in lower case."""

    status: int
    headers: dict[str, str]
    content: bytes = b""

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass
class Direct:
    """Requests straight into a gateway."""

    gateway: Gateway
    got: list[Got] = field(default_factory=list)

    def get(self, target: str, headers: Headers = (), method: str = "GET", content: bytes = b"") -> Got:
        return asyncio.run(self.ask(target, headers, method, content))

    def figure(self, name: str, **labels: str) -> float:
        """Return what has been counted so far."""
        value = self.gateway.accounts.figures.registry.get_sample_value(name, labels)
        return value or 0.0

    async def ask(self, target: str, headers: Headers = (), method: str = "GET", content: bytes = b"") -> Got:
        path, _, query = target.partition("?")
        pairs = headers.items() if isinstance(headers, Mapping) else headers
        scope = {
            "type": "http",
            "method": method,
            "raw_path": path.encode(),
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in pairs],
            "http_version": "1.1",
            "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.1", 50000),
            "scheme": "http",
        }
        sent: list[Mapping[str, Any]] = []
        asked = iter([{"type": "http.request", "body": content, "more_body": False}])

        async def receive() -> Mapping[str, Any]:
            message = next(asked, None)
            if message is None:
                await asyncio.Event().wait()
            assert message is not None
            return message

        async def send(message: Mapping[str, Any]) -> None:
            sent.append(message)

        await self.gateway(scope, receive, send)
        start, *bodies = sent
        names = [name.decode() for name, _ in start["headers"]]
        assert len(names) == len(set(names)), f"a header twice: {names}"
        found = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
        return Got(start["status"], found, b"".join(body["body"] for body in bodies))


def spoken(address: tuple[str, int], request: bytes, *more: bytes) -> Got:
    """Return what a server answers to the bytes of a request that asks to close the connection."""
    with socket.create_connection(address, timeout=20) as connection:
        for part in (request, *more):
            try:
                connection.sendall(part)
            except OSError:
                break  # it has heard enough, and what it says of that is to be read
        held = b""
        try:
            while chunk := connection.recv(65536):
                held += chunk
        except ConnectionResetError:
            pass  # it closes with part of the request unread
    head, _, content = held.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    return Got(int(status.split(" ")[1]), {name.lower(): value for name, value in pairs}, content)
