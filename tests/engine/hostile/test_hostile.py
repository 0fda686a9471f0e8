"""Whatever one client sends, the service tells what is wrong with it and goes on answering the others."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.engine.conftest import MEBIBYTE, eventually
from tests.engine.hostile.corpus import Attack, attacks
from tests.engine.hostile.service import MODEST, Service, command, is_computing, light, running

EVALUATORS = 8
PATIENT = 20


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service in which a query has half a minute, 128 MiB of memory and 4 MiB of result."""
    folder = tmp_path_factory.mktemp("hostile")
    with running(folder, query_seconds=30, query_memory=128, result_size=4, evaluators=EVALUATORS) as service:
        yield service


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
            answers.append(service.ask(light(query), MODEST))
            evaluating.append(len(service.evaluating()))
            time.sleep(0.05)
        return answers

    def insist(attack: Attack) -> tuple[int, str, bytes]:
        """Ask again as long as processes of one's own queries before, which were ended, are not gone."""
        for _ in range(PATIENT):
            outcome = service.ask(attack)
            if outcome[0] != 503:
                break
            time.sleep(1)
        return outcome

    corpus = attacks()
    before = service.memory()
    with ThreadPoolExecutor(4) as clients:
        modest = clients.submit(ask)
        outcomes = list(clients.map(insist, corpus))
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
    assert siege.most_evaluating <= EVALUATORS + workers * spare


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
    assert eventually(service.answers, 60.0)


def test_processes_that_are_killed_at_any_moment_are_replaced(service: Service) -> None:
    statuses = set()
    for number in range(30):
        for process in service.evaluating()[number % 2 :: 2]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        query = f"SELECT ({number} AS ?n) {{ ?s ?p ?o }}".encode()
        status, _, content = service.ask(light(query), MODEST)
        statuses.add(status)
        assert status == 503 or f'"{number}"'.encode() in content
    assert statuses <= {200, 503}
    assert eventually(service.answers)


def test_what_a_client_asked_who_has_gone_ends_at_its_deadline(service: Service) -> None:
    query = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    service.ask_and_leave(Attack("none", query, frozenset()))
    assert eventually(lambda: any(map(is_computing, service.evaluating())))
    assert eventually(lambda: not any(map(is_computing, service.evaluating())))
    assert service.answers()


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
    return [process for process in processes if command(process)]
