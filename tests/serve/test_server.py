"""The production server starts, answers and ends; and what a server process has loaded."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from si_lod.errors import NoRelease, OperatorError
from si_lod.serve.server import prepare
from si_lod.settings import Settings
from tests.engine.conftest import eventually
from tests.engine.hostile.service import is_computing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.releases import Releases

SERVE = (
    "import json, sys, pathlib; from si_lod.settings import Settings; from si_lod.serve.server import prepare; "
    "prepare(Settings(releases=pathlib.Path(sys.argv[1]), **json.loads(sys.argv[2])))()"
)


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.bind((host, 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(
    releases: Releases, *, host: str = "127.0.0.1", **settings: object
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = free_port(host)
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(releases.root), json.dumps({"host": host, "port": port, **settings})],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process, f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=20)


def answered(address: str, path: str) -> tuple[int, str]:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address + path, timeout=5) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{address}: no answer in time")


def children(process: int) -> list[int]:
    with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as file:  # noqa: PTH123  not a real file
        return [int(child) for child in file.read().split()]


def children_of_all_threads(process: int) -> list[int]:
    return [
        int(child) for file in Path(f"/proc/{process}/task").glob("*/children") for child in file.read_text().split()
    ]


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def has_ended(process: int) -> bool:
    """Return whether the process is no more, or waits only for somebody to ask how it ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_it_answers_and_sigterm_ends_every_process(mills: Releases) -> None:
    with running(mills) as (process, address):
        status, text = answered(address, "/id/mill/de-hoop")
        assert status == 200
        assert "sails" in text
        assert answered(address, "/doc/mill/nope")[0] == 404
        workers = children(process.pid)
        assert len(workers) >= 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0
        assert not any(alive(worker) for worker in workers)


def test_nothing_goes_on_and_the_port_is_free_when_the_server_was_ended_by_force(mills: Releases) -> None:
    with running(mills) as (process, address):
        assert answered(address, "/sparql?query=ASK%20%7B%7D")[0] == 200
        workers = children(process.pid)
        evaluators = [each for worker in workers for each in children_of_all_threads(worker)]
        assert evaluators
        process.kill()
        process.wait(timeout=15)
        assert eventually(lambda: all(map(has_ended, [*workers, *evaluators])))
        prepare(Settings(releases=mills.root, port=int(address.rpartition(":")[2])))


def query(address: str, text: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(f"{address}/sparql?{urlencode({'query': text})}", timeout=60) as response:
            return response.status, "", response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Retry-After"] or "", error.read().decode()


def test_queries_that_run_when_it_is_stopped_are_answered_whole_or_with_when_to_try_again(mills: Releases) -> None:
    product = "{{ SELECT * {{ ?a ?b ?c }} LIMIT {0} }} {{ SELECT * {{ ?d ?e ?f }} LIMIT {0} }}"
    longer = f"SELECT (COUNT(*) AS ?n) {{ {product.format(100)} }}"
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"
    with running(mills, workers=1, evaluators=3) as (process, address), ThreadPoolExecutor(2) as clients:
        assert answered(address, "/health/ready")[0] == 200
        hopeless, hopeful = clients.submit(query, address, endless), clients.submit(query, address, longer)
        (web,) = [child for child in children(process.pid) if children_of_all_threads(child)]
        assert eventually(lambda: any(map(is_computing, children_of_all_threads(web))))
        process.send_signal(signal.SIGTERM)
        status, _, text = hopeful.result()
        assert (status, "10000" in text) == (200, True)
        status, retry_after, _ = hopeless.result()
        assert (status, int(retry_after) > 0) == (503, True)
        assert process.wait(timeout=20) == 0


def test_it_does_not_start_without_a_release(tmp_path: Path) -> None:
    with pytest.raises(NoRelease, match="publish one"):
        prepare(Settings(releases=tmp_path))


def test_the_server_has_loaded_neither_rdflib_nor_pyshacl_nor_the_publisher() -> None:
    code = "import sys, si_lod.serve.app, si_lod.serve.server; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    for name in ("rdflib", "pyshacl", "si_lod.publish"):
        assert name not in loaded
    assert "pyoxigraph" in loaded


def test_a_port_that_another_server_has_is_refused(mills: Releases) -> None:
    with running(mills) as (_, address):
        answered(address, "/")
        port = int(address.rpartition(":")[2])
        with pytest.raises(OperatorError, match=rf"127\.0\.0\.1:{port}: cannot listen here: Address already in use"):
            prepare(Settings(releases=mills.root, port=port))


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_that_is_not_of_this_machine_is_refused(mills: Releases, host: str) -> None:
    with pytest.raises(OperatorError, match=f"{host}:8000: cannot listen here"):
        prepare(Settings(releases=mills.root, host=host))
