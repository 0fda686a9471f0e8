"""The deadline bounds all that is waited for, however many steps an engine takes."""

from __future__ import annotations

import socket
import threading
from http.client import HTTPResponse
from time import monotonic

import pytest

from si_lod.engine.evaluation import Form
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.remote.arrival import arriving
from si_lod.engine.remote.credentials import Credentials
from si_lod.engine.remote.exchange import Exchange
from si_lod.errors import Busy, EngineFailed, Overdue
from tests.engine.conftest import eventually
from tests.engine.remote.machine import Oxigraph


def test_an_engine_whose_headers_trickle_is_not_waited_for_beyond_the_deadline() -> None:
    stop, ended = threading.Event(), threading.Event()

    def trickle(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Patience: ")
            for _ in range(200):
                if stop.wait(0.05):
                    break
                connection.sendall(b"x")
        ended.set()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=trickle, args=(listener,))
        server.start()
        exchange = Exchange(f"http://127.0.0.1:{listener.getsockname()[1]}/query", Credentials())
        asked = exchange.ask("ASK {}", Form.ASK, Deadline(0.3, monotonic() + 0.3), default=("http://a/graph",))
        with pytest.raises(Overdue, match=r"longer than 0\.3 s"), asked:
            pytest.fail("there is no answer")
        assert not ended.is_set()
        stop.set()
        server.join()
    assert eventually(lambda: not any(thread.name == "within" for thread in threading.enumerate()))


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


def test_an_answer_for_which_no_thread_can_be_had_is_closed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        engine, _ = listener.accept()
        with engine:
            engine.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
            response = HTTPResponse(client)
            response.begin()
            client.close()
            monkeypatch.setattr(threading.Timer, "start", refuse)
            with pytest.raises(Busy), arriving(response, Deadline(5.0, monotonic() + 5.0)):
                pytest.fail("nothing can be read")
            engine.settimeout(20)
            assert response.isclosed()
            assert engine.recv(1) == b""
