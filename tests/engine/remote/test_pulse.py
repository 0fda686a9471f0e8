"""An engine that takes questions and answers none is waited for once, and found again by probes."""

from __future__ import annotations

import socket
import threading
from time import monotonic

import pytest

from si_lod.engine.evaluation import Form
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.remote.speaking.credentials import Credentials
from si_lod.engine.remote.speaking.exchange import Exchange
from si_lod.engine.remote.speaking.pulse import Pulse
from si_lod.errors import Busy, EngineFailed, EngineLost, LodError, Overdue
from tests.engine.conftest import eventually

Outcome = Exception | None


class Probes:
    """Answers to probes, one after the other, each when the test lets it go on."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.go_on = threading.Semaphore(0)

    def __call__(self) -> None:
        assert self.go_on.acquire(timeout=20)
        if outcome := self.outcomes.pop(0):
            raise outcome


def test_an_engine_that_answered_others_meanwhile_is_slow_and_not_hung() -> None:
    pulse = Pulse(Probes())
    asked = monotonic()
    pulse.heard()
    assert not pulse.missed(asked)
    assert not pulse.is_stopped


def assert_hung_until_the_third(probes: Probes, pulse: Pulse) -> None:
    """Let the probes be made one after the other; the engine counts as hung until the third one is."""
    for left in (2, 1):
        probes.go_on.release()
        assert eventually(lambda left=left: len(probes.outcomes) == left)  # type: ignore[misc]
        assert pulse.is_stopped
    probes.go_on.release()
    assert eventually(lambda: not pulse.is_stopped)


def test_a_hung_engine_is_probed_until_it_answers() -> None:
    probes = Probes(Overdue("late"), Overdue("late"), None)
    pulse = Pulse(probes, pause=0.0)
    pulse.heard()
    pulse.missed(monotonic())
    assert_hung_until_the_third(probes, pulse)
    assert not probes.outcomes


@pytest.mark.parametrize("error", [EngineLost("gone"), EngineFailed("wrong")])
def test_an_engine_that_refuses_is_not_hung_any_more_since_nobody_waits_for_it(error: LodError) -> None:
    probes = Probes(error)
    pulse = Pulse(probes, pause=0.0)
    pulse.missed(monotonic())
    assert pulse.is_stopped
    probes.go_on.release()
    assert eventually(lambda: not pulse.is_stopped)


def test_however_many_find_it_hung_one_probes_it() -> None:
    probes = Probes(None)
    pulse = Pulse(probes, pause=0.0)
    assert [pulse.missed(monotonic()) for _ in range(8)] == [True] * 8
    assert sum(thread.name == "pulse" for thread in threading.enumerate()) == 1
    probes.go_on.release()
    assert eventually(lambda: not pulse.is_stopped)


@pytest.mark.parametrize("error", [MemoryError(), OSError(24, "Too many open files"), Busy("no thread", retry_after=5)])
def test_a_probe_that_cannot_be_made_says_nothing_of_the_engine_and_is_made_again(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    probes = Probes(error, error, None)
    pulse, asked = Pulse(probes, pause=0.0), monotonic()
    pulse.missed(asked)
    assert_hung_until_the_third(probes, pulse)
    assert eventually(lambda: len(caplog.messages) == 2)
    assert caplog.messages[0].startswith(f"the engine cannot be probed: {error!r}; it is probed again")
    assert caplog.messages[1].startswith("the engine is probed again, after ")


def test_an_engine_that_is_gone_has_not_answered() -> None:
    probes = Probes(EngineLost("gone"), None)
    pulse, asked = Pulse(probes, pause=0.0), monotonic()
    pulse.missed(asked)
    probes.go_on.release()
    assert eventually(lambda: not pulse.is_stopped)
    assert pulse.missed(asked)
    probes.go_on.release()
    assert eventually(lambda: not pulse.is_stopped)
    assert not pulse.missed(asked)


def test_an_engine_that_answers_and_hangs_again_while_a_watch_rests_keeps_that_one_watch() -> None:
    probes = Probes(Overdue("late"), None)
    pulse = Pulse(probes, pause=0.0)
    pulse.missed(monotonic())
    for _ in range(8):
        pulse.heard()
        assert pulse.missed(monotonic())
    assert sum(thread.name == "pulse" for thread in threading.enumerate()) == 1
    probes.go_on.release(2)
    assert eventually(lambda: not pulse.is_stopped)
    assert not probes.outcomes


def read_whole(connection: socket.socket) -> None:
    """Read a question to its end, which may come in pieces: what is not read breaks the connection."""
    heard = b""
    while b"ASK+%7B%7D" not in heard:
        piece = connection.recv(65536)
        assert piece
        heard += piece


def test_what_is_asked_of_a_hung_engine_is_refused_at_once_and_asked_again_when_it_is_back() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: %d\r\n\r\n%s"
    content = b'{"head":{},"boolean":true}'
    with socket.create_server(("127.0.0.1", 0)) as listener:
        exchange = Exchange(f"http://127.0.0.1:{listener.getsockname()[1]}/query", Credentials())

        def ask() -> bytes:
            deadline = Deadline(20.0, monotonic() + 20.0)
            with exchange.ask("ASK {}", Form.ASK, deadline, default=("http://a/graph",)) as arrival:
                return arrival.whole()

        assert exchange.presence.silent(0.1, monotonic()).retry_after == 5
        with pytest.raises(EngineLost, match="does not answer just now"):
            ask()
        probe, _ = listener.accept()
        with probe:
            read_whole(probe)
            assert exchange.presence.pulse.is_stopped
            probe.sendall(answer % (len(content), content))
            assert eventually(lambda: not exchange.presence.pulse.is_stopped)
        asking: list[bytes] = []
        thread = threading.Thread(target=lambda: asking.append(ask()))
        thread.start()
        question, _ = listener.accept()
        with question:
            read_whole(question)
            question.sendall(answer % (len(content), content))
            thread.join(20)
    assert asking == [content]


def test_an_engine_that_says_itself_that_its_time_is_over_is_slow_and_not_hung() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        exchange = Exchange(f"http://127.0.0.1:{listener.getsockname()[1]}/query", Credentials())

        def answer() -> None:
            with listener.accept()[0] as connection:
                read_whole(connection)
                connection.sendall(b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n")

        thread, asked = threading.Thread(target=answer), monotonic()
        thread.start()
        question = exchange.ask("ASK {}", Form.ASK, Deadline(20.0, asked + 20.0), default=("http://a/graph",))
        with pytest.raises(Overdue), question:
            pytest.fail("there is no answer")
        thread.join(20)
        exchange.presence.silent(20.0, asked)
        assert not exchange.presence.pulse.is_stopped
