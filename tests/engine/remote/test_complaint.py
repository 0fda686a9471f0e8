"""An engine that answers no query: where it leads is not followed, what it says is bounded, the log says who asked."""

from __future__ import annotations

import logging
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from si_lod.engine.evaluation import Form
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.remote.looking.reading import try_queries
from si_lod.engine.remote.speaking.credentials import Credentials
from si_lod.engine.remote.speaking.exchange import Exchange
from si_lod.engine.remote.speaking.presence import Presence
from si_lod.engine.remote.speaking.pulse import Pulse
from si_lod.errors import EndpointFailed, EngineFailed, InvalidSyntax, Unevaluated

if TYPE_CHECKING:
    from collections.abc import Iterator

WHISPERED = "a secret that nobody else hears"


@dataclass(frozen=True, slots=True)
class Machine:
    """What listens at an address, and the Authorization of each request that came."""

    address: str
    heard: list[str | None] = field(default_factory=list)


@contextmanager
def machine(status: int, headers: dict[str, str], body: bytes = b"", *, endless: bool = False) -> Iterator[Machine]:
    """Give what answers every request so; one that is endless goes on with the body until the client hangs up."""
    heard: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers.get("Authorization"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if not endless:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
                while endless:
                    self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield Machine(f"http://127.0.0.1:{server.server_port}/query", heard)
        finally:
            server.shutdown()
            thread.join(20)


def ask(address: str, credentials: Credentials, seconds: float = 20.0) -> None:
    """Ask something that has to be answered, as a look-up for a page does."""
    exchange = Exchange(address, credentials)
    asked = exchange.ask("ASK {}", Form.ASK, Deadline(seconds, monotonic() + seconds), default=("http://a/graph",))
    try:
        with asked:
            pytest.fail("there is no answer")
    except Unevaluated as refusal:
        raise exchange.presence.refused(refusal) from None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_else_hears_who_we_are_from_an_engine_that_leads_to_them(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with machine(200, {}) as other, machine(status, {"Location": other.address}) as engine:
        with pytest.raises(EngineFailed):
            ask(engine.address, Credentials("reader", WHISPERED))
        assert other.heard == []
        assert len(engine.heard) == 1
        assert f"a redirect to {other.address}, which is not followed; --engine wants its own address" in caplog.text


def test_a_push_to_an_engine_that_leads_elsewhere_says_so_before_anything_is_sent() -> None:
    with machine(200, {}) as other, machine(302, {"Location": other.address}) as engine:
        exchange = Exchange(engine.address, Credentials("writer", WHISPERED))
        with pytest.raises(EndpointFailed, match=f"found: 302 Found, a redirect to {other.address}"):
            try_queries(exchange, "http://a/graph", 20.0)
        assert other.heard == []


def test_a_push_to_an_engine_that_answers_nothing_says_that_and_asks_the_operator_for_no_other_query() -> None:
    with socket.create_server(("127.0.0.1", 0)) as engine:
        exchange = Exchange(f"http://127.0.0.1:{engine.getsockname()[1]}/query", Credentials())
        with pytest.raises(EndpointFailed, match=r"expected an answer to a query within 0\.2 s, found none; see how"):
            try_queries(exchange, "http://a/graph", 0.2)


@pytest.mark.parametrize(
    ("user", "expected"), [("reader", 'for the user "reader" with this password'), ("", "--engine-user names no user")]
)
def test_the_log_says_whom_an_engine_does_not_know_and_never_the_password(
    user: str, expected: str, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        machine(401, {"WWW-Authenticate": 'Basic realm="x"'}, b"who are you?") as engine,
        pytest.raises(EngineFailed) as failure,
    ):
        ask(engine.address, Credentials(user, WHISPERED if user else ""))
    assert f"401 Unauthorized {expected}" in caplog.text.replace("for nobody: ", "")
    assert "who are you?" in caplog.text
    assert WHISPERED not in caplog.text
    assert "who are you?" not in str(failure.value)


@pytest.mark.parametrize("status", [400, 401, 404, 414, 500, 502])
def test_what_is_said_without_an_end_is_read_to_a_bound(status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    with (
        machine(status, {}, b"no, and no again. " * 1000, endless=True) as engine,
        pytest.raises((EngineFailed, InvalidSyntax)) as failure,
    ):
        ask(engine.address, Credentials())
    assert len(str(failure.value)) + len(caplog.text) < 1000


def test_a_mistake_that_the_engine_finds_is_told_in_its_words() -> None:
    with (
        machine(400, {}, "line 1: “}” is missing\nsee §19".encode()) as engine,
        pytest.raises(InvalidSyntax, match="line 1: “}” is missing see §19"),
    ):
        ask(engine.address, Credentials())


def test_a_page_of_a_proxy_is_not_what_an_engine_says() -> None:
    with machine(400, {}, b"<html>Bad Gateway</html>") as engine, pytest.raises(InvalidSyntax, match="400 Bad Request"):
        ask(engine.address, Credentials())


def test_what_an_engine_says_is_on_one_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """An engine repeats the query that it complains of, and anybody may send one."""
    with machine(500, {}, b"no\nERROR all is lost\x1b[2J") as engine, pytest.raises(EngineFailed):
        ask(engine.address, Credentials())
    assert r"500 Internal Server Error: no\nERROR all is lost\x1b[2J; each request" in caplog.text


def test_the_same_trouble_with_other_words_each_time_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    presence = Presence("http://a/query", Pulse(lambda: None))
    for status in ("500", "401", "500"):
        for number in range(20):
            presence.refused(Unevaluated("", reason=f"{status}: in query {number}", kind=status))
            presence.refused(Unevaluated("", reason=f"503: wait {number}", kind="503", retry_after=1))
    assert [record.getMessage().partition(";")[0] for record in caplog.records] == [
        "http://a/query: the engine failed: 500: in query 0",
        "http://a/query: the engine is lost: 503: wait 0",
        "http://a/query: the engine failed: 401: in query 0",
    ]
