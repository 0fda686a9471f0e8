"""The deadline bounds all that is waited for, however many steps an engine takes."""

from __future__ import annotations

import resource
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPResponse
from pathlib import Path
from time import monotonic
from urllib.error import URLError

import pytest

from si_lod.engine.evaluation import Form
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.remote.speaking.arrival import arriving
from si_lod.engine.remote.speaking.credentials import Credentials
from si_lod.engine.remote.speaking.exchange import Exchange
from si_lod.engine.remote.speaking.line import Line
from si_lod.errors import Busy, EngineFailed, Overdue
from tests.engine.conftest import eventually
from tests.engine.remote.machine import Oxigraph
from tests.serve.transport.tls import certificate


def trickling(listener: socket.socket, keys: ssl.SSLContext | None, hung_up: threading.Event) -> None:
    """Answer by a header that does not end, until whoever asked is gone."""
    connection, _ = listener.accept()
    with suppress(OSError), keys.wrap_socket(connection, server_side=True) if keys else connection as line:
        line.sendall(b"HTTP/1.1 200 OK\r\nX-Patience: ")
        while not hung_up.wait(0.02):
            line.sendall(b"x")
    hung_up.set()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_engine_whose_headers_trickle_is_hung_up_on_at_the_deadline(
    scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = None
    if scheme == "https":
        certified, private = certificate(tmp_path)
        keys = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        keys.load_cert_chain(certified, private)
        monkeypatch.setenv("SSL_CERT_FILE", str(certified))
    hung_up = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=trickling, args=(listener, keys, hung_up))
        server.start()
        exchange = Exchange(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/query", Credentials())
        asked = exchange.ask("ASK {}", Form.ASK, Deadline(0.5, monotonic() + 0.5), default=("http://a/graph",))
        try:
            with pytest.raises(Overdue, match=r"longer than 0\.5 s"), asked:
                pytest.fail("there is no answer")
            assert eventually(lambda: not any(thread.name == "within" for thread in threading.enumerate()))
            assert hung_up.wait(20)
        finally:
            hung_up.set()
            server.join()


def test_a_connection_that_comes_too_late_is_ended_at_once() -> None:
    line = Line()
    line.hang_up()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        with pytest.raises(URLError, match="hung up"):
            line.opener().open(f"http://127.0.0.1:{listener.getsockname()[1]}/", timeout=20)
        engine, _ = listener.accept()
        with engine:
            engine.settimeout(20)
            assert engine.recv(1) == b""


def test_no_more_of_an_answer_is_read_into_memory_than_it_may_take(oxigraph: Oxigraph) -> None:
    oxigraph.update("INSERT DATA { GRAPH <http://a/graph> { <http://a/s> <http://a/p> 'x' } }")
    exchange, text = Exchange(oxigraph.query, Credentials()), "SELECT * { ?s ?p ?o }"

    def asked(most: int) -> int:
        deadline = Deadline(20.0, monotonic() + 20.0)
        with exchange.ask(text, Form.SELECT, deadline, default=("http://a/graph",)) as arrival:
            return len(arrival.whole(most))

    size = asked(10_000)
    assert asked(size) == size
    with pytest.raises(EngineFailed, match=f"has more than {size - 1} bytes"):
        asked(size - 1)


@contextmanager
def answered() -> Iterator[tuple[HTTPResponse, socket.socket]]:
    """Give a response with its content still to come, and the engine's end of the connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        engine, _ = listener.accept()
        with engine:
            engine.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
            response = HTTPResponse(client)
            response.begin()
            client.close()
            engine.settimeout(20)
            yield response, engine


def test_an_answer_for_which_no_thread_can_be_had_is_closed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with answered() as (response, engine):
        monkeypatch.setattr(threading.Timer, "start", refuse)
        with pytest.raises(Busy), arriving(response, Deadline(5.0, monotonic() + 5.0)):
            pytest.fail("nothing can be read")
        assert response.isclosed()
        assert engine.recv(1) == b""


def test_an_answer_for_which_no_more_files_can_be_open_is_closed_at_once() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with answered() as (response, engine):
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
        try:
            with (
                pytest.raises(Busy, match="too many files") as busy,
                arriving(response, Deadline(5.0, monotonic() + 5.0)),
            ):
                pytest.fail("nothing can be read")
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert busy.value.retry_after == 5
        assert response.isclosed()
        assert engine.recv(1) == b""
