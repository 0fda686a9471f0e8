"""The production server starts, answers and ends; and what a server process has loaded."""

from __future__ import annotations

import json
import os
import shutil
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

from si_lod.comparison import Comparison
from si_lod.errors import Damaged, InvalidSetting, NoRelease, OperatorError
from si_lod.releases import Releases
from si_lod.seals import SEAL
from si_lod.serve.proof import Proof
from si_lod.serve.server import prepare
from si_lod.settings import Settings
from tests.engine.conftest import eventually
from tests.serve.site import facts, publish
from tests.test_comparison import flip

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    releases: Releases,
    *,
    host: str = "127.0.0.1",
    output: int = subprocess.PIPE,
    errors: int = subprocess.STDOUT,
    **settings: object,
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = free_port(host)
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(releases.root), json.dumps({"host": host, "port": port, **settings})],
        stdout=output,
        stderr=errors,
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
        assert eventually(lambda: 'outcome="evaluated"} 2.0' in answered(address, "/metrics")[1])
        process.send_signal(signal.SIGTERM)
        status, _, text = hopeful.result()
        assert (status, "10000" in text) == (200, True)
        status, retry_after, _ = hopeless.result()
        assert (status, int(retry_after) > 0) == (503, True)
        assert process.wait(timeout=20) == 0


def test_it_does_not_start_without_a_release(tmp_path: Path) -> None:
    with pytest.raises(NoRelease, match="publish one"):
        prepare(Settings(releases=tmp_path))


def test_a_damaged_release_is_not_served_from_the_start_and_the_last_good_one_is(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", facts(), issued="2025-01-01")
    publish(releases, "2", facts(), issued="2025-02-01")
    file = next((tmp_path / "2/store").glob("*.sst"))
    file.write_bytes(b"")
    prepared = prepare(Settings(releases=tmp_path))
    assert prepared.version == "1"
    assert [f'the file "{file.name}" of the store' in str(fault) for fault in prepared.faults] == [True]
    with running(releases) as (_, address):
        assert '"release": "1"' in answered(address, "/health/ready")[1]
    (tmp_path / "1/store/CURRENT").unlink()
    with pytest.raises(NoRelease, match=rf'2/store: the file "{file.name}" of the store is not as') as caught:
        prepare(Settings(releases=tmp_path))
    assert '1/store: the file "CURRENT"' in caught.value.__notes__[0]


def test_a_release_whose_store_has_no_digests_is_opened_before_anybody_is_answered(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", facts())
    (tmp_path / "1/store" / SEAL).unlink()
    assert prepare(Settings(releases=tmp_path)).version == "1"
    (tmp_path / "1/store/CURRENT").write_bytes(b"")
    with pytest.raises(NoRelease, match="the store cannot be opened"):
        prepare(Settings(releases=tmp_path))


def test_what_was_seen_to_be_good_is_not_read_again_but_another_store_in_its_place_is(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", facts())
    release, told = Proof.of(releases).release, Comparison(trusted=60.0)
    told.believe(release.path / "store", release.identity)
    name = flip(tmp_path / "1/store")
    release.verify(told.opening)
    with pytest.raises(Damaged, match=name):
        release.verify(Comparison().opening)
    shutil.rmtree(tmp_path / "1")
    publish(releases, "1", facts())
    next((tmp_path / "1/store").glob("*.sst")).write_bytes(b"")
    with pytest.raises(Damaged, match=r"\.sst"):
        releases.current().verify(told.opening)


def data_limit(process: int) -> int:
    """Return how many bytes of private memory the process may have."""
    (line,) = (line for line in Path(f"/proc/{process}/limits").read_text().splitlines() if "data size" in line)
    return int(line.split()[3])


def test_a_worker_that_ends_is_replaced_and_told_and_damage_is_found_while_the_release_is_served(
    tmp_path: Path,
) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", facts(), issued="2025-01-01")
    publish(releases, "2", facts(), issued="2025-02-01")
    with running(releases, workers=1, worker_memory=256, query_memory=1024, compare_seconds=1) as (process, address):
        assert answered(address, "/sparql?query=ASK%20%7B%7D")[0] == 200
        (web,) = [child for child in children(process.pid) if children_of_all_threads(child)]
        kept = 64 + 64
        assert (256 + kept) << 20 < data_limit(web) < (512 + kept) << 20
        # What it starts may have more than it has itself, as that which has answered.
        assert any(data_limit(evaluator) > 1024 << 20 for evaluator in children_of_all_threads(web))
        os.kill(web, signal.SIGABRT)
        assert eventually(lambda: has_ended(web) and answered(address, "/health/ready")[0] == 200)
        name = flip(tmp_path / "2/store")
        assert eventually(lambda: '"cannot-open": "2"' in answered(address, "/health/ready")[1])
        process.terminate()
        said = process.communicate(timeout=20)[0]
    assert "exit from worker-1: SIGABRT, as of one that needs more memory than SI_LOD_WORKER_MEMORY" in said
    assert said.count(f'ERROR {tmp_path}/2/store: the file "{name}" of the store is not as it was written') == 1


@pytest.mark.parametrize(("power", "status"), [(20, 0), (26, -signal.SIGABRT), (27, 1)])
def test_a_process_gets_no_more_memory_than_it_is_bound_to_and_ends_when_it_fails_with_most_of_that(
    power: int, status: int
) -> None:
    code = (
        "from si_lod.memory import Memory; memory = Memory(80); memory.bound(); "
        f"kept = b'.' * (1 << {power}); memory.end_if_full()"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, "MemoryError" in ended.stderr) == (status, power == 27)


def test_a_process_that_is_full_of_what_it_keeps_on_purpose_lives_on() -> None:
    code = (
        "from si_lod.memory import Memory; memory = Memory(80); memory.bound(kept=1024); "
        "kept = b'.' * (1 << 30); memory.end_if_full()"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_worker_of_little_memory_has_all_of_its_threads_and_answers_however_many_come(mills: Releases) -> None:
    with running(mills, workers=1, worker_memory=256, evaluators=48, memory=0, result_cache=0) as (process, address):
        assert answered(address, "/health/ready")[0] == 200
        (web,) = [child for child in children(process.pid) if children_of_all_threads(child)]
        assert len(list(Path(f"/proc/{web}/task").iterdir())) > 4 * 48
        with ThreadPoolExecutor(64) as clients:
            # Nothing is evaluated for these: to judge a query takes a thread, and no process.
            paths = [f"/sparql?query=SELECT%20{number}" for number in range(128)]
            assert set(clients.map(lambda path: answered(address, path)[0], paths)) <= {400, 503}
        for path in ("/health/live", "/health/ready", "/", "/sparql?query=ASK%20%7B%7D"):
            assert answered(address, path)[0] == 200
        assert not has_ended(web)


def test_less_memory_than_a_worker_can_begin_with_is_refused(mills: Releases) -> None:
    for little in (1, 255):
        with pytest.raises(InvalidSetting, match=f"SI_LOD_WORKER_MEMORY: expected 0, or 256 or more, found {little}"):
            prepare(Settings(releases=mills.root, port=free_port(), worker_memory=little))
    for enough in (0, 256):
        prepare(Settings(releases=mills.root, port=free_port(), worker_memory=enough))


def test_a_log_that_nobody_reads_stops_no_answer_and_no_end_and_what_is_lost_is_told(mills: Releases) -> None:
    reader, writer = os.pipe()
    long, asked = "x" * 30_000, 320
    with running(mills, output=writer, access_log=1) as (process, address):
        os.close(writer)
        for _ in range(asked):
            assert answered(address, f"/doc/mill/de-hoop?{long}")[0] == 200
        process.terminate()
        assert process.wait(timeout=20) == 0
    with open(reader, encoding="utf-8") as pipe:  # noqa: PTH123  not a path
        lines = pipe.read().splitlines()
    assert len(lines) < asked


def test_the_log_is_read_late_and_says_how_many_lines_it_lacks(mills: Releases) -> None:
    reader, writer = os.pipe()
    with running(mills, output=writer, errors=subprocess.DEVNULL, access_log=1, workers=1) as (process, address):
        os.close(writer)
        for _ in range(300):
            assert answered(address, f"/doc/mill/de-hoop?{'x' * 30_000}")[0] == 200
        with open(reader, encoding="utf-8") as pipe, ThreadPoolExecutor(1) as reading:  # noqa: PTH123  not a path
            text = reading.submit(pipe.read)
            process.terminate()
            lines = [json.loads(line) for line in text.result().splitlines() if line.startswith("{")]
    lost = [line["lost"] for line in lines if "lost" in line]
    told = [line for line in lines if line.get("query")]
    assert len(lost) == 1
    assert lost[0] + len(told) == 300


def test_a_client_that_hangs_up_is_no_error_of_the_service(mills: Releases) -> None:
    product = "SELECT * { { SELECT * { ?a ?b ?c } LIMIT 150 } { SELECT * { ?d ?e ?f } LIMIT 150 } }"
    path = f"/sparql?{urlencode({'query': product})}"
    with running(mills, access_log=1, workers=1) as (process, address):
        whole = answered(address, path)[1]
        host, port = address.removeprefix("http://").split(":")
        for _ in range(3):
            with socket.create_connection((host, int(port))) as client:
                client.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
                assert client.recv(100)
        counted = 'route="sparql.sparql",status="200"} 4.0'
        assert eventually(lambda: counted in answered(address, "/metrics")[1])
        process.terminate()
        said = process.communicate(timeout=20)[0]
    assert len(whole) > 2_000_000
    assert not [word for word in ("Traceback", " ERROR ", "transport") if word in said]
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    # Of those that hung up, one may have gone when all was on its way to it.
    assert [line["whole"] for line in lines if line["path"] == "/sparql"][:1] == [True]


def test_what_workers_count_in_has_all_of_its_room_from_the_start(mills: Releases) -> None:
    def counted_in(process: int) -> set[Path]:
        maps = [Path(f"/proc/{child}/maps").read_text().splitlines() for child in children(process)]
        return {Path(line.split()[-1]) for lines in maps for line in lines if line.endswith(".db")}

    with running(mills) as (process, address):
        assert answered(address, "/metrics")[0] == 200
        # How long that took is counted after it was answered.
        kinds = {"counter", "histogram"}
        assert eventually(lambda: {path.name.partition("_")[0] for path in counted_in(process.pid)} == kinds)
        assert all(path.stat().st_blocks * 512 >= path.stat().st_size for path in counted_in(process.pid))


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
