"""A service that runs, seen from outside: what it answers, which processes it has, how much memory they use."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from si_lod.releases import Releases
from tests.engine.conftest import eventually
from tests.engine.hostile.corpus import UNHURRIED, Attack
from tests.serve.site import facts, publish

PATIENCE = 60.0
"""Seconds after which a client takes the service for dead; it says nothing of how fast it is."""
MODEST = "127.0.0.2"
"""Where the client asks from who wants little."""


def light(query: bytes) -> Attack:
    """Return what is none: a query that asks for little."""
    return Attack("none", query, frozenset([200]), target=UNHURRIED)


@dataclass
class Service:
    """A service that runs; the address from which a client asks tells it from others."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def ask(self, attack: Attack, client: str = "127.0.0.1") -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, PATIENCE, source_address=(client, 0))
        try:
            headers = {"Content-Type": attack.content_type, "Accept": "application/json"}
            with suppress(BrokenPipeError, ConnectionResetError):  # it is told before it has sent everything
                connection.request(attack.method, attack.target, attack.content or None, headers)
            response = connection.getresponse()
            return response.status, response.headers.get_content_type(), response.read()
        finally:
            connection.close()

    def ask_and_leave(self, attack: Attack) -> None:
        """Send a request, and go before it is answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, PATIENCE)
        connection.request(attack.method, attack.target, attack.content, {"Content-Type": attack.content_type})
        connection.close()

    def processes(self) -> list[int]:
        """Return the service's processes, all generations."""
        found, waiting = [], [self.process.pid]
        while waiting:
            process = waiting.pop()
            found.append(process)
            for task in Path(f"/proc/{process}/task").glob("*/children"):
                with suppress(OSError):  # threads come and go
                    waiting += map(int, task.read_text().split())
        return found

    def evaluating(self) -> list[int]:
        return [process for process in self.processes() if b"si_lod.engine.worker" in command(process)]

    def answers(self) -> bool:
        """Return whether it answers a light query."""
        try:
            return self.ask(light(b"ASK {}"), MODEST)[0] == 200
        except OSError:
            return False

    def memory(self) -> int:
        """Return the resident bytes of the processes that do not evaluate."""
        return sum(_resident(process) for process in set(self.processes()) - set(self.evaluating()))


def command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0


@contextmanager
def running(folder: Path, **settings: int) -> Iterator[Service]:
    """Give a service over a release about mills that runs with these settings."""
    releases = Releases(folder / "releases")
    publish(releases, "1", facts())
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    log = folder / "log"
    named = {f"SI_LOD_{name.upper()}": str(value) for name, value in settings.items()}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "si_lod", "serve", "--releases", str(releases.root), "--port", str(port)],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **named},
        )
    made = Service(process, port, log)
    try:
        assert eventually(made.answers, 60.0), log.read_text()
        yield made
    finally:
        process.terminate()
        process.wait(30)


def is_computing(process: int) -> bool:
    try:
        return any(
            (task / "stat").read_text().rpartition(")")[2].split()[0] == "R"
            for task in Path(f"/proc/{process}/task").iterdir()
        )
    except (FileNotFoundError, ProcessLookupError):
        return False
