"""Queries over a release that a real engine holds: answered as they are here, or not at all."""

from __future__ import annotations

import errno
import gc
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_plus

import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat

from si_lod.engine.evaluation import Asker, QueryRequest
from si_lod.engine.remote.holding.graphstore import GraphStore
from si_lod.engine.remote.holding.label import Label
from si_lod.engine.remote.looking.naming import label_of, release_of, shelf_of
from si_lod.engine.remote.speaking.credentials import Credentials
from si_lod.engine.spool import IN_MEMORY
from si_lod.engine.store.local import LocalEngine
from si_lod.engine.worker.wire import LONG
from si_lod.errors import (
    Busy,
    EngineFailed,
    EngineLost,
    InvalidQuery,
    InvalidRequest,
    InvalidSyntax,
    NoRoom,
    NotAcceptable,
    NotPushed,
    Overdue,
    TooLarge,
)
from si_lod.releases import Releases
from tests.engine.conftest import MEBIBYTE, asking, eventually, rows
from tests.engine.remote.conftest import Opening, graph_in, push
from tests.engine.remote.machine import Oxigraph, disturbed, unframed
from tests.serve.library import BASE

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
HARBOUR = NamedNode(f"{BASE}id/branch/harbour")
ALL = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"


@pytest.fixture
def held(two: Releases, oxigraph: Oxigraph) -> Oxigraph:
    """An engine that holds both releases."""
    push(two, oxigraph.store, "1")
    push(two, oxigraph.store, "2")
    return oxigraph


class Second(NamedTuple):
    """What the engine has of release 2."""

    graphs: GraphStore
    label: Label
    graph: str

    def halve(self) -> None:
        """Have only a part of the release's triples there, and the label not name it."""
        half = [triple for triple in self.graphs.read(self.graph) if triple.subject != HARBOUR]
        assert half
        self.label.remove(self.graph)
        self.graphs.write(self.graph, half)


@pytest.fixture
def second(two: Releases, held: Oxigraph) -> Second:
    graphs = GraphStore(held.store, Credentials(), 60.0)
    return Second(graphs, Label(graphs, release_of(two.open("2").manifest)), graph_in(two, held.store))


def test_what_is_half_gone_is_neither_told_nor_remembered(
    two: Releases, held: Oxigraph, second: Second, opening: Opening
) -> None:
    asked = asking(f"SELECT ?p ?o {{ {HARBOUR} ?p ?o }}")
    engine = opening(held.query, remember=MEBIBYTE)
    here = LocalEngine(two.open("2").store())
    second.halve()
    for ask in (
        lambda: list(engine.match(None, TYPE, None)),
        lambda: engine.select("SELECT ?s { ?s a ?o }"),
        lambda: engine.answer(asked),
    ):
        with pytest.raises(NotPushed):
            ask()
    push(two, held.store)
    assert set(engine.match(None, TYPE, None)) == set(here.match(None, TYPE, None))
    assert rows(engine.answer(asked)) == rows(here.answer(asked))


def test_what_was_read_where_a_release_no_longer_is_is_read_again_where_it_is_now(
    two: Releases, held: Oxigraph, second: Second, opening: Opening
) -> None:
    """The label is read after the answer came, when it may name a graph again, which it had not while it came."""
    pushes: list[str] = []

    def late(answer: bytes) -> Iterator[bytes]:
        if pushes == ["due"]:
            pushes[:] = ["done"]
            push(two, held.store)
        yield answer

    with disturbed(held.port, late) as port:
        engine = opening(f"http://127.0.0.1:{port}/query")
        second.halve()
        pushes.append("due")
        found = set(engine.match(HARBOUR, None, None))
    assert pushes == ["done"]
    assert found == set(LocalEngine(two.open("2").store()).match(HARBOUR, None, None))


def test_a_release_that_was_pushed_anew_is_asked_no_more_than_before(
    two: Releases, held: Oxigraph, second: Second, opening: Opening
) -> None:
    answers: list[int] = []

    def counting(answer: bytes) -> Iterator[bytes]:
        answers.append(len(answer))
        yield answer

    with disturbed(held.port, counting) as port:
        engine = opening(f"http://127.0.0.1:{port}/query")

        def asked() -> int:
            answers.clear()
            assert engine.answer(asking("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")).content
            assert list(engine.timed().match(HARBOUR, None, None))
            return len(answers)

        engine.evaluation.matches.most = 0
        before = asked()
        second.halve()
        push(two, held.store)
        assert asked() > before
        assert asked() == before


@pytest.mark.parametrize(
    "pattern",
    [
        (HARBOUR, None, None),
        (None, None, HARBOUR),
        (None, TYPE, None),
        (HARBOUR, TYPE, None),
        (None, None, Literal("12100", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))),
        (NamedNode("http://a/nothing"), None, None),
    ],
)
def test_a_look_up_finds_what_it_finds_in_the_store_of_the_release(
    two: Releases,
    held: Oxigraph,
    opening: Opening,
    pattern: tuple[NamedNode | None, NamedNode | None, NamedNode | None],
) -> None:
    for version in ("1", "2"):
        here = LocalEngine(two.open(version).store())
        there = opening(held.query, version)
        assert sorted(map(str, there.match(*pattern))) == sorted(map(str, here.match(*pattern)))


@pytest.mark.parametrize(
    ("query", "format_"),
    [
        (ALL, QueryResultsFormat.JSON),
        (ALL, QueryResultsFormat.XML),
        (ALL, QueryResultsFormat.CSV),
        (ALL, QueryResultsFormat.TSV),
        ("ASK { ?s ?p 12100 }", QueryResultsFormat.JSON),
        ("ASK { ?s ?p 'no' }", QueryResultsFormat.XML),
        ("CONSTRUCT WHERE { ?s a ?class }", RdfFormat.N_TRIPLES),
        (f"DESCRIBE <{HARBOUR.value}>", RdfFormat.N_TRIPLES),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", QueryResultsFormat.CSV),
    ],
)
def test_a_query_has_the_answer_that_it_has_in_the_store_of_the_release(
    two: Releases, held: Oxigraph, opening: Opening, query: str, format_: QueryResultsFormat | RdfFormat
) -> None:
    here, there = LocalEngine(two.open("2").store()), opening(held.query)
    request = QueryRequest(there.admit(query, Asker()), format_)
    expected, found = here.answer(request), there.answer(request)
    assert found.media_type == expected.media_type
    if isinstance(format_, RdfFormat):
        assert sorted(found.content.splitlines()) == sorted(expected.content.splitlines())
    else:
        assert found.content == expected.content


def test_no_query_sees_another_graph_of_the_engine(two: Releases, held: Oxigraph, opening: Opening) -> None:
    held.update(
        "INSERT DATA { <http://a/s> <http://a/p> 'secret' . GRAPH <http://a/g> { <http://a/s> <http://a/p> 1 } }"
    )
    engine = opening(held.query)
    others = ("http://a/g", graph_in(two, held.store, "1"), shelf_of(BASE))
    assert not list(engine.match(NamedNode("http://a/s"), None, None))
    for query in ("SELECT ?o { ?s <http://a/p> ?o }", "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"):
        admitted = engine.admit(query, Asker())
        for default, named in (((), ()), (others, ()), ((), others), (others, others)):
            asked = QueryRequest(admitted, QueryResultsFormat.CSV, default, named)
            assert engine.answer(asked).content == b"o\r\n"
    for graph in others:
        with pytest.raises(InvalidQuery, match="the release has no graph of this name"):
            engine.admit(f"ASK FROM <{graph}> {{ ?s ?p ?o }}", Asker())


def test_no_query_reaches_further_from_the_engine(held: Oxigraph, opening: Opening) -> None:
    engine = opening(held.query)
    long = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } " + "?a ?b ?c . " * 2000 + "}"
    for query in (
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/>",
        "(" * 5000,
        long,
    ):
        with pytest.raises(InvalidQuery):
            engine.admit(query, Asker())
    assert engine.evaluation.pool.figures.read()["refused"] == 4
    with pytest.raises(InvalidRequest, match="absolute IRI"):
        engine.answer(QueryRequest(engine.admit("ASK {}", Asker()), QueryResultsFormat.JSON, ("nogiri",)))


def test_what_the_engine_is_sent_is_the_query_that_was_judged_and_no_comment_or_escape(
    held: Oxigraph, opening: Opening
) -> None:
    heard: list[bytes] = []
    query = 'SELECT ("caf\\u00E9 \\\\u0022" AS ?x) { } # what a \\u0022 hides'
    with disturbed(held.port, lambda answer: iter([answer]), heard) as port:
        engine = opening(f"http://127.0.0.1:{port}/query")
        long = query.replace("{ }", "{ } VALUES ?z {" + " 1" * LONG + " }")
        for text in (query, long):
            heard.clear()
            answer = engine.answer(QueryRequest(engine.admit(text, Asker()), QueryResultsFormat.CSV))
            assert answer.content.decode().splitlines()[1] == "café \\u0022"
            sent = unquote_plus(b"".join(heard).decode())
            assert 'SELECT ("café \\\\\\U000000750022" AS ?x)' in sent
            assert "hides" not in sent


def test_a_mistake_is_told_with_its_place_as_it_is_here(held: Oxigraph, opening: Opening) -> None:
    engine = opening(held.query)
    for query, token in (("SELECT ?s WHERE { ?s ?p ?o ", ""), ("SELECT (<http://a/f>(1) AS ?x) {}", "<http://a/f>")):
        with pytest.raises(InvalidSyntax) as caught:
            engine.answer(QueryRequest(engine.admit(query, Asker()), QueryResultsFormat.JSON))
        assert (caught.value.line, caught.value.token) == (1, token)


def test_an_answer_that_the_format_cannot_say_is_refused(held: Oxigraph, opening: Opening) -> None:
    engine = opening(held.query)
    query = engine.admit("CONSTRUCT { ?s <http://a/1> 1 } WHERE { ?s a ?class }", Asker())
    with pytest.raises(NotAcceptable):
        engine.answer(QueryRequest(query, RdfFormat.RDF_XML))


def test_a_query_is_ended_at_its_deadline_and_others_go_on(held: Oxigraph, opening: Opening) -> None:
    engine = opening(held.query)
    with pytest.raises(Overdue, match=r"longer than 0\.3 s"):
        engine.answer(asking(ENDLESS, seconds=0.3))
    assert engine.answer(asking("ASK {}")).content


def test_a_query_is_ended_at_its_deadline_also_while_it_is_asked_whether_the_release_is_there(
    held: Oxigraph, opening: Opening
) -> None:
    is_over, answers = threading.Event(), list[bytes]()

    def slow(answer: bytes) -> Iterator[bytes]:
        answers.append(answer)
        if any(b"HARBOUR" in before for before in answers[:-1]):
            is_over.wait(20)
        yield answer

    with disturbed(held.port, slow) as port:
        engine = opening(f"http://127.0.0.1:{port}/query")
        with pytest.raises(Overdue, match=r"longer than 0\.5 s"):
            engine.answer(asking("SELECT ('HARBOUR' AS ?x) {}", seconds=0.5))
        assert b"HARBOUR" in answers[-2], "the query was answered, and the release looked for"
        is_over.set()


def test_an_answer_that_trickles_is_ended_at_the_deadline(held: Oxigraph, opening: Opening) -> None:
    def trickle(answer: bytes) -> Iterator[bytes]:
        if b"HARBOUR" not in answer:
            yield answer
            return
        for place in range(len(answer)):
            yield answer[place : place + 1]
            eventually(lambda: False, 0.05)

    with disturbed(held.port, trickle) as port:
        engine = opening(f"http://127.0.0.1:{port}/query")
        with pytest.raises(Overdue, match=r"longer than 0\.5 s"):
            engine.answer(asking("SELECT ('HARBOUR' AS ?x) {}", seconds=0.5))


def test_a_result_larger_than_may_be_is_none(held: Oxigraph, opening: Opening) -> None:
    engine = opening(held.query)
    with pytest.raises(TooLarge):
        engine.answer(asking("SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 20000"))
    with pytest.raises(TooLarge):
        engine.answer(asking(ALL, most=1000))
    answer = engine.answer(asking("SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 2000"))
    assert 256 * 1024 < len(answer.body) == len(answer.content) <= MEBIBYTE


@pytest.mark.parametrize("full", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_too_full_for_another_file_is_told_as_that_and_is_in_the_log(
    held: Oxigraph, opening: Opening, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, full: int
) -> None:
    engine = opening(held.query)
    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "TemporaryFile", _refusing(full))
        with pytest.raises(NoRoom, match=os.strerror(full)) as caught:
            engine.answer(asking("ASK {}"))
    assert caught.value.retry_after > 0
    assert [record.levelname for record in caplog.records if "no room" in record.getMessage()] == ["ERROR"]
    assert engine.evaluation.pool.figures.read()["no_room"] == 1
    assert engine.answer(asking("ASK {}")).content


def test_where_there_can_be_no_file_for_an_answer_that_is_told_and_is_in_the_log(
    held: Oxigraph, opening: Opening, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    engine = opening(held.query)
    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "TemporaryFile", _refusing(errno.EMFILE))
        with pytest.raises(Busy, match="no room to keep a result") as caught:
            engine.answer(asking("ASK {}"))
    assert (caught.value.status, caught.value.retry_after > 0) == (503, True)
    assert os.strerror(errno.EMFILE) in caplog.text
    assert os.strerror(errno.EMFILE) not in str(caught.value)
    assert engine.answer(asking("ASK {}")).content


def test_a_disk_that_becomes_full_leaves_no_answer_and_is_in_the_log(
    held: Oxigraph, opening: Opening, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    engine = opening(held.query)
    large = "SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 2000"
    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "TemporaryFile", lambda: Path("/dev/full").open("wb", buffering=0))  # noqa: SIM115
        assert engine.answer(asking("ASK {}")).content
        with pytest.raises(NoRoom, match="No space left on device"):
            engine.answer(asking(large))
    assert [record.levelname for record in caplog.records if "no room" in record.getMessage()] == ["ERROR"]
    assert engine.evaluation.pool.figures.read()["no_room"] == 1
    assert len(engine.answer(asking(large)).content) > IN_MEMORY


def _refusing(number: int) -> Callable[[], object]:
    def refuse() -> object:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize("lost", [5, 6, 40, 4000])
@pytest.mark.parametrize("query", [ALL, "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_an_answer_that_is_cut_off_is_none(held: Oxigraph, opening: Opening, query: str, lost: int) -> None:
    def cut(answer: bytes) -> Iterator[bytes]:
        yield answer[:-lost] if len(answer) > 10_000 else answer

    with disturbed(held.port, cut) as port:
        engine = opening(f"http://127.0.0.1:{port}/query")
        with pytest.raises(EngineFailed):
            engine.answer(asking(query))
        with pytest.raises(EngineFailed):
            list(engine.match(None, None, None))


def test_an_answer_that_does_not_say_where_it_ends_is_none(held: Oxigraph, opening: Opening) -> None:
    with disturbed(held.port, unframed) as port, pytest.raises(EngineFailed, match="does not say how long"):
        opening(f"http://127.0.0.1:{port}/query")


def test_an_answer_that_is_a_part_by_its_own_account_is_none(held: Oxigraph, opening: Opening) -> None:
    def partial(answer: bytes) -> Iterator[bytes]:
        yield answer.replace(b"\r\n", b"\r\nX-SQL-State: S1TAT\r\n", 1) if len(answer) > 10_000 else answer

    with disturbed(held.port, partial) as port:
        engine = opening(f"http://127.0.0.1:{port}/query")
        with pytest.raises(EngineFailed, match="before the end"):
            engine.answer(asking(ALL))


@pytest.mark.parametrize("content", [b"<html>hello</html>", b"", b'{"head":{},"boolean":true}', b"{}"])
def test_an_answer_to_something_else_is_none(held: Oxigraph, opening: Opening, content: bytes) -> None:
    is_open: list[bool] = []

    def other(answer: bytes) -> Iterator[bytes]:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nConnection: close\r\n"
        whole = head + b"Content-Length: %d\r\n\r\n" % len(content) + content
        yield whole if is_open else answer

    with disturbed(held.port, other) as port:
        engine = opening(f"http://127.0.0.1:{port}/query")
        is_open.append(True)
        with pytest.raises(EngineFailed):
            list(engine.match(HARBOUR, None, None))


def test_an_engine_that_is_lost_is_told_and_found_again(two: Releases, opening: Opening) -> None:
    with Oxigraph() as first:
        push(two, first.store)
        engine = opening(first.query, remember=MEBIBYTE)
        kept = asking("SELECT * { ?s a ?class }")
        known, answer = list(engine.match(HARBOUR, None, None)), engine.answer(kept).content
    for ask in (
        lambda: engine.match(None, None, HARBOUR),
        lambda: engine.select("SELECT ?s { ?s ?p ?o }"),
        lambda: engine.answer(asking(ALL)),
    ):
        with pytest.raises(EngineLost) as caught:
            ask()
        assert caught.value.retry_after
    assert (list(engine.match(HARBOUR, None, None)), engine.answer(kept).content) == (known, answer)
    with Oxigraph(first.port) as second:
        for once_more in (
            lambda: engine.match(None, None, HARBOUR),
            lambda: engine.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
            lambda: engine.answer(asking("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")),
            lambda: opening(second.query),
        ):
            with pytest.raises(NotPushed, match="si-lod push"):
                once_more()
        push(two, second.store)
        assert list(engine.match(None, None, HARBOUR))
        assert engine.answer(asking(ALL)).content


def test_the_processes_that_judge_long_queries_go_with_the_release(held: Oxigraph, opening: Opening) -> None:
    engine = opening(held.query)
    crew = engine.evaluation.pool.crew
    engine.admit(f"ASK {{ VALUES ?x {{ {'1 ' * LONG} }} }}", Asker())
    assert eventually(lambda: len(crew.idle()) == 2)
    del engine
    gc.collect()
    assert eventually(lambda: not crew.idle())


def test_a_graph_that_no_label_names_is_not_read(two: Releases, held: Oxigraph, opening: Opening) -> None:
    engine = opening(held.query)
    for version in ("1", "2"):
        held.update(f"CLEAR GRAPH <{label_of(release_of(two.open(version).manifest))}>")
    with pytest.raises(NotPushed):
        list(engine.match(NamedNode("http://a/nothing"), None, None))
    with pytest.raises(NotPushed):
        opening(held.query, "1")
