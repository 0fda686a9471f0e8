"""Whatever one client sends, the service tells what is wrong with it and goes on answering the others."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from si_lod.releases import Releases
from tests.engine.conftest import MEBIBYTE, eventually
from tests.engine.hostile.corpus import Attack, attacks
from tests.serve.site import facts, publish

DEADLINE = 2
PATIENCE = 60.0
"""Seconds after which a client takes the service for dead; it says nothing of how fast it is."""
MODEST = "127.0.0.2"
"""Where the client asks from who wants little."""
BOUNDS = {
    "SI_LOD_QUERY_SECONDS": str(DEADLINE),
    "SI_LOD_QUERY_MEMORY": "128",
    "SI_LOD_RESULT_SIZE": "4",
    "SI_LOD_EVALUATORS": "8",
}


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
        return [process for process in self.processes() if b"si_lod.engine.worker" in _command(process)]

    def memory(self) -> int:
        """Return the resident bytes of the processes that do not evaluate."""
        return sum(_resident(process) for process in set(self.processes()) - set(self.evaluating()))


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("hostile")
    releases = Releases(folder / "releases")
    publish(releases, "1", facts())
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "si_lod", "serve", "--releases", str(releases.root), "--port", str(port)],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **BOUNDS},
        )
    made = Service(process, port, log)
    try:
        assert eventually(lambda: _answers(made), 60.0), log.read_text()
        yield made
    finally:
        process.terminate()
        process.wait(30)


def _answers(service: Service) -> bool:
    try:
        return service.ask(Attack("none", b"ASK {}", frozenset([200])), MODEST)[0] == 200
    except OSError:
        return False


@dataclass(frozen=True)
class Siege:
    """What attackers got, what another client got meanwhile, and what the service was like before and after."""

    outcomes: dict[str, tuple[int, str, bytes]]
    modest: list[tuple[int, str, bytes]]
    most_evaluating: int
    before: int
    after: int


@pytest.fixture(scope="module")
def siege(service: Service) -> Siege:
    """All attacks, three at a time by one client, while another one asks for little: each time something else."""
    is_over = threading.Event()
    evaluating = []

    def ask() -> list[tuple[int, str, bytes]]:
        answers: list[tuple[int, str, bytes]] = []
        while not is_over.is_set():
            query = f"SELECT ({len(answers)} AS ?n) {{ ?s ?p ?o }} LIMIT 1".encode()
            answers.append(service.ask(Attack("none", query, frozenset([200])), MODEST))
            evaluating.append(len(service.evaluating()))
            time.sleep(0.05)
        return answers

    corpus = attacks()
    before = service.memory()
    with ThreadPoolExecutor(4) as clients:
        modest = clients.submit(ask)
        outcomes = list(clients.map(service.ask, corpus))
        is_over.set()
    after = service.memory()
    named = dict(zip([attack.name for attack in corpus], outcomes, strict=True))
    return Siege(named, modest.result(), max(evaluating), before, after)


def test_there_are_at_least_sixty_and_no_two_alike() -> None:
    assert len({attack.name for attack in attacks()}) == len(attacks()) >= 60


@pytest.mark.parametrize("attack", attacks(), ids=lambda attack: attack.name)
def test_an_attack_is_told_what_is_wrong_with_it(attack: Attack, siege: Siege, service: Service) -> None:
    status, media_type, content = siege.outcomes[attack.name]
    assert status in attack.statuses, content[:300]
    if status != 200:
        assert media_type == attack.media_type
    if media_type == "application/problem+json":
        problem = json.loads(content)
        assert problem["status"] == status
        assert len(problem["detail"]) < 400
    assert service.process.poll() is None


def test_another_client_is_answered_meanwhile(siege: Siege) -> None:
    assert len(siege.modest) > 20
    for number, (status, _, content) in enumerate(siege.modest):
        assert status == 200, content
        assert json.loads(content)["results"]["bindings"][0]["n"]["value"] == str(number)


def test_no_more_queries_are_evaluated_at_once_than_the_settings_say(siege: Siege) -> None:
    workers, spare = 2, 1
    assert siege.most_evaluating <= int(BOUNDS["SI_LOD_EVALUATORS"]) + workers * spare


def test_the_memory_of_the_server_returns_to_where_it_was(siege: Siege) -> None:
    assert siege.after - siege.before < 96 * MEBIBYTE


def test_a_process_of_the_service_that_is_killed_takes_no_other_with_it_and_leaves_none_behind(
    service: Service,
) -> None:
    evaluating = service.evaluating()
    web = {parent for process in evaluating if (parent := _parent(process))}
    for process in web:
        os.kill(process, signal.SIGKILL)
    assert eventually(lambda: not set(evaluating) & set(_alive(evaluating)))
    assert eventually(lambda: _answers(service), 60.0)


def test_processes_that_are_killed_at_any_moment_are_replaced(service: Service) -> None:
    statuses = set()
    for number in range(30):
        for process in service.evaluating()[number % 2 :: 2]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        query = f"SELECT ({number} AS ?n) {{ ?s ?p ?o }}".encode()
        status, _, content = service.ask(Attack("none", query, frozenset([200])), MODEST)
        statuses.add(status)
        assert status == 503 or f'"{number}"'.encode() in content
    assert statuses <= {200, 503}
    assert eventually(lambda: _answers(service))


def test_nothing_of_the_service_is_left_when_it_ends(service: Service) -> None:
    processes = service.processes()
    service.process.terminate()
    assert service.process.wait(30) == 0
    assert eventually(lambda: not _alive(processes))
    assert b"Traceback" not in service.log.read_bytes()


def _parent(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _alive(processes: list[int]) -> list[int]:
    return [process for process in processes if _command(process)]
