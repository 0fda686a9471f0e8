"""The deadline bounds all that is waited for, however many steps an engine takes."""

from __future__ import annotations

import socket
import threading
from time import monotonic

import pytest

from si_lod.engine.evaluation import Form
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.remote.credentials import Credentials
from si_lod.engine.remote.exchange import Exchange
from si_lod.errors import Overdue
from tests.engine.conftest import eventually


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
