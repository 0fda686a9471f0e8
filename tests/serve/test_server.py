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
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from si_lod.errors import NoRelease, OperatorError
from si_lod.serve.server import prepare
from si_lod.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
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
