"""An engine that does not answer a query: it is the query's own fault where it answers others, else the engine's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from si_lod.engine.remote.answering import RemoteEngine
from si_lod.engine.remote.looking import blame
from si_lod.errors import Busy, EngineFailed, EngineLost, InvalidSyntax, LodError, Overdue, Unevaluated
from si_lod.releases import Releases
from tests.engine.conftest import asking
from tests.engine.remote.conftest import Opening, push
from tests.engine.remote.machine import Oxigraph, disturbed

ODD = "SELECT ('ODD' AS ?x) {}"
SAID = b"22012 Error SR084: Division by 0\nin SELECT ('ODD'"


@pytest.fixture(scope="module")
def held(two: Releases) -> Iterator[Oxigraph]:
    """An engine that holds release 2."""
    with Oxigraph() as engine:
        push(two, engine.store, "2")
        yield engine


@contextmanager
def refusing(held: Oxigraph, head: str, marks: list[bytes]) -> Iterator[str]:
    """Give the address of an engine that refuses so what has one of the marks in its answer."""

    def refuse(answer: bytes) -> Iterator[bytes]:
        refusal = f"HTTP/1.1 {head}\r\nContent-Length: {len(SAID)}\r\nConnection: close\r\n\r\n".encode() + SAID
        yield refusal if any(mark in answer for mark in marks) else answer

    with disturbed(held.port, refuse) as port:
        yield f"http://127.0.0.1:{port}/query"


def counted(engine: RemoteEngine) -> dict[str, int]:
    figures = engine.evaluation.pool.figures.read()
    return {kind: figures[kind] for kind in ("lost", "unevaluated", "busy", "overdue") if figures[kind]}


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("500 Oops", "22012 Error SR084: Division by 0"),
        ("502 Bad Gateway", "502 Bad Gateway"),
        ("403 Forbidden\r\nX: y", "403 Forbidden"),
        ("414 Too Long", "414 Too Long"),
    ],
)
def test_a_query_that_is_refused_while_others_are_answered_has_itself_to_blame(
    held: Oxigraph, opening: Opening, head: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    with refusing(held, head, [b"ODD"]) as address:
        engine = opening(address)
        with pytest.raises(Unevaluated) as caught:
            engine.answer(asking(ODD))
        assert engine.answer(asking("ASK {}")).content
    expected = f"the engine behind this service did not evaluate this query, and answers others: {told}"
    assert (caught.value.status, caught.value.retry_after, str(caught.value)) == (500, 0, expected)
    assert (counted(engine), caplog.text) == ({"unevaluated": 1}, "")


def test_a_query_that_is_refused_while_no_other_is_answered_has_the_engine_to_blame(
    held: Oxigraph, opening: Opening, caplog: pytest.LogCaptureFixture
) -> None:
    marks: list[bytes] = []
    with refusing(held, "500 Oops", marks) as address:
        engine = opening(address)
        marks.append(b"")
        for number in range(3):
            with pytest.raises(EngineFailed) as caught:
                engine.answer(asking(f"SELECT ({number} AS ?x) {{}}"))
    assert (caught.value.status, caught.value.retry_after) == (502, 5)
    assert counted(engine) == {"lost": 3}
    escaped = SAID.decode().replace("\n", "\\n")
    assert [record.getMessage().partition(": ")[2] for record in caplog.records] == [
        f"the engine failed: 500 Oops: {escaped}; each request that needs it asks it again"
    ]


def test_an_engine_that_has_no_time_for_one_query_is_not_lost(
    held: Oxigraph, opening: Opening, caplog: pytest.LogCaptureFixture
) -> None:
    marks = [b"ODD"]
    with refusing(held, "503 Busy\r\nRetry-After: 7", marks) as address:
        engine = opening(address)
        with pytest.raises(Busy, match="try again in 7 seconds") as busy:
            engine.answer(asking(ODD))
        assert (busy.value.retry_after, counted(engine), caplog.text) == (7, {"busy": 1}, "")
        marks.append(b"")
        with pytest.raises(EngineLost) as lost:
            engine.answer(asking(ODD))
    assert (lost.value.retry_after, counted(engine)) == (7, {"busy": 1, "lost": 1})
    assert "the engine is lost: 503 Busy" in caplog.text


@pytest.mark.parametrize("head", ["500 Oops", "400 Bad Request"])
def test_a_mistake_is_one_whatever_the_engine_says_of_it(held: Oxigraph, opening: Opening, head: str) -> None:
    with refusing(held, head, [b"HTTP/1.1 400"]) as address:
        engine = opening(address)
        with pytest.raises(InvalidSyntax) as caught:
            engine.answer(asking("SELECT ('ODD' AS ?x) { ?s ?p ?o "))
    assert (caught.value.line, caught.value.expected)[:1] == (1,)


@pytest.mark.parametrize(("mark", "blamed"), [(b"ODD", Overdue), (b"", EngineLost)])
def test_a_query_that_takes_too_long_is_told_so_only_while_the_engine_answers_another(
    held: Oxigraph, opening: Opening, mark: bytes, blamed: type[LodError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blame, "_SOON", 0.3)
    hangs, ends = threading.Event(), threading.Event()

    def hang(answer: bytes) -> Iterator[bytes]:
        if hangs.is_set() and mark in answer:
            ends.wait(60)
        yield answer

    with disturbed(held.port, hang) as port:
        engine = opening(f"http://127.0.0.1:{port}/query")
        hangs.set()
        with pytest.raises(blamed) as caught:
            engine.answer(asking(ODD, seconds=0.3))
        ends.set()
    assert ("ask for less" in str(caught.value)) is (blamed is Overdue)
    assert counted(engine) == {"overdue" if blamed is Overdue else "lost": 1}
