"""Evaluation in processes that may end: whatever becomes of them, the answer is whole or there is none."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, Store

from si_lod.engine.evaluation import Asker, Form, Query, QueryRequest
from si_lod.engine.policy.admission import DEPTH, admit
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.pool.engine import Evaluation
from si_lod.engine.pool.idle import Idle
from si_lod.engine.pool.pool import Bounds, Pool
from si_lod.engine.pool.process import Process
from si_lod.engine.pool.starting import started
from si_lod.engine.remembering import Remembered
from si_lod.engine.spool import IN_MEMORY, Spool, Spooled
from si_lod.engine.store.local import LocalEngine
from si_lod.engine.worker.wire import LONG
from si_lod.errors import (
    Busy,
    Ended,
    InvalidQuery,
    InvalidRequest,
    NoRoom,
    OperatorError,
    Overdue,
    StoreFailed,
    TooLarge,
)
from si_lod.seals import identity_of
from si_lod.sentences import say
from tests.engine.conftest import MEBIBYTE, THINGS, asking, eventually
from tests.engine.hostile.service import is_computing

LIGHT = "SELECT ?x { VALUES ?x { 1 2 3 } }"
ALL = "SELECT * { ?s ?p ?o } ORDER BY ?s"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS_ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c"


@pytest.mark.parametrize("query", [LIGHT, ALL, "CONSTRUCT WHERE { ?s ?p ?o }", "ASK {}"])
def test_an_answer_is_the_same_as_without_a_process(folder: Path, pool: Pool, query: str) -> None:
    local = LocalEngine(Store.read_only(str(folder)))
    here, there = local.answer(asking(query)), pool.answer(folder, asking(query))
    assert there.media_type == here.media_type
    assert sorted(there.content.splitlines()) == sorted(here.content.splitlines())


def test_a_large_answer_stays_in_a_file_and_can_be_read_twice(folder: Path, pool: Pool) -> None:
    body = pool.answer(folder, asking("SELECT * { ?s ?p ?o VALUES ?x { 1 2 3 4 } }")).body
    assert isinstance(body, Spooled)
    assert len(body) > IN_MEMORY
    assert b"".join(body) == b"".join(body)
    assert len(b"".join(body)) == len(body)


def test_a_store_that_cannot_be_read_any_more_is_not_the_querys_fault(tmp_path: Path, pool: Pool) -> None:
    store = Store(str(tmp_path))
    store.bulk_extend(Quad(NamedNode(f"http://a/{n}"), NamedNode("http://a/p"), Literal(n)) for n in range(THINGS))
    store.optimize()
    del store
    local = LocalEngine(Store.read_only(str(tmp_path)))
    pool.answer(tmp_path, asking(LIGHT))
    for path in tmp_path.glob("*.sst"):
        os.truncate(path, 50)
    for answer in (local.answer, partial(pool.answer, tmp_path)):
        with pytest.raises(StoreFailed, match="Corruption"):
            answer(asking("SELECT * { ?s ?p ?o }"))


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
def test_a_graph_that_is_looked_for_in_a_store_that_cannot_be_read_is_not_said_to_be_unknown(
    tmp_path: Path, pool: Pool, clause: str
) -> None:
    store = Store(str(tmp_path))
    graph = NamedNode("http://a/graph")
    store.bulk_extend(Quad(NamedNode(f"http://a/{n}"), graph, Literal(n), graph) for n in range(THINGS))
    store.optimize()
    del store
    local = LocalEngine(Store.read_only(str(tmp_path)))
    pool.answer(tmp_path, asking(LIGHT))
    for path in tmp_path.glob("*.sst"):
        os.truncate(path, 50)
    for name in ("graph", "none"):
        for answer in (local.answer, partial(pool.answer, tmp_path)):
            with pytest.raises(StoreFailed, match="Corruption"):
                answer(asking(f"ASK {clause} <http://a/{name}> {{ ?s ?p ?o }}"))
    assert pool.figures.read()["started"] <= 2  # the process goes on


def test_a_process_that_cannot_open_its_store_says_why(
    tmp_path: Path, pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store(str(tmp_path))
    store.add(Quad(NamedNode("http://a/1"), NamedNode("http://a/p"), Literal(1)))
    store.flush()
    del store
    (tmp_path / "CURRENT").write_bytes(b"")
    with pytest.raises(Busy):
        pool.answer(tmp_path, asking(LIGHT))
    assert "the store cannot be opened: Corruption" in caplog.text
    assert "Traceback" not in caplog.text


def test_an_error_comes_with_its_place_and_can_be_said_in_dutch(folder: Path, pool: Pool) -> None:
    with pytest.raises(InvalidQuery) as caught:
        pool.answer(folder, asking("SELECT *\nWHERE { ?s ?p }"))
    assert (caught.value.line, caught.value.column) == (2, 15)
    assert "SPARQL 1.1" in say(caught.value.args[0], "nl")
    with pytest.raises(InvalidQuery, match="no graph of this name"):
        pool.answer(folder, asking("SELECT * FROM <http://a/none> {}"))
    with pytest.raises(InvalidRequest, match="absolute IRI"):
        pool.answer(folder, QueryRequest(asking(LIGHT).query, QueryResultsFormat.JSON, ("relative",)))
    assert pool.figures.read()["started"] <= 2  # an error costs no process


@pytest.mark.parametrize("query", [ENDLESS, ENDLESS_ROWS], ids=["before the first row", "after the first row"])
def test_what_takes_too_long_has_no_answer(folder: Path, query: str) -> None:
    pool = Pool(Bounds(), lambda _client, _seconds: None)
    pool.answer(folder, asking(LIGHT, client="modest"))  # to start a process may take longer than the query has
    with pytest.raises(Overdue, match=r"longer than 0\.5 s,"):
        pool.answer(folder, asking(query, seconds=0.5))
    assert pool.answer(folder, asking(LIGHT)).content.count(b'"value"') == 3
    pool.crew.close()


def test_who_asked_does_not_wait_until_the_process_has_ended_but_keeps_its_place(folder: Path) -> None:
    pool = Pool(Bounds(places=2), lambda _client, _seconds: None)
    pool.answer(folder, asking(LIGHT, client="modest"))  # to start a process may take longer than the query has
    may_end = threading.Event()
    pool.crew.bury(may_end.wait)  # as long as a process that gets no time to end
    with pytest.raises(Overdue):
        pool.answer(folder, asking(ENDLESS, client="greedy", seconds=0.5))
    with pytest.raises(Busy):
        pool.answer(folder, asking(LIGHT, client="greedy"))
    assert pool.answer(folder, asking(LIGHT, client="modest")).content
    may_end.set()
    assert eventually(lambda: _is_answered(pool, folder, "greedy"))
    pool.crew.close()


def test_a_client_cannot_raise_the_deadline(folder: Path) -> None:
    pool = Pool(Bounds(seconds=3.0), lambda _client, _seconds: None)
    pool.answer(folder, asking(LIGHT))  # so a process is ready
    with pytest.raises(Overdue, match="longer than 3 s,"):
        pool.answer(folder, asking(ENDLESS, seconds=3600.0))
    pool.crew.close()


def test_what_needs_too_much_memory_has_no_answer(folder: Path) -> None:
    pool = Pool(Bounds(seconds=30.0, memory=64 * MEBIBYTE), lambda _client, _seconds: None)
    with pytest.raises(TooLarge, match="more memory"):
        pool.answer(folder, asking(GREEDY))
    assert pool.answer(folder, asking(LIGHT)).content
    pool.crew.close()


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("memory allocation of 64 bytes failed", TooLarge),
        ("terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc", TooLarge),
        ("Traceback (most recent call last):\nMemoryError: \n\nthread panicked: PyObject pointer is null", TooLarge),
        ("pure virtual method called", Ended),
    ],
)
def test_memory_that_was_refused_is_known_by_the_last_words_of_whoever_was_refused_it(
    folder: Path, words: str, problem: type[Exception]
) -> None:
    evaluator = started(folder, 64 * MEBIBYTE)
    os.write(evaluator.process.words, words.encode())
    os.kill(evaluator.process.popen.pid, signal.SIGABRT)
    evaluator.process.popen.wait()
    with pytest.raises(problem):
        evaluator.ask(asking(LIGHT), Deadline(20.0, monotonic() + 20.0), MEBIBYTE)


def test_a_result_that_is_too_large_is_refused_with_the_way_to_page(folder: Path, pool: Pool) -> None:
    whole = pool.answer(folder, asking(ALL)).content
    assert pool.answer(folder, asking(ALL, most=len(whole))).content == whole
    with pytest.raises(TooLarge, match=f"larger than {len(whole) - 1:,} bytes.*ORDER BY, LIMIT and OFFSET"):
        pool.answer(folder, asking(ALL, most=len(whole) - 1))
    with pytest.raises(TooLarge, match="larger than 2,097,152 bytes"):
        pool.answer(folder, asking(ENDLESS_ROWS, most=1 << 40))


def test_what_is_nested_too_deep_ends_its_process_only(folder: Path, pool: Pool) -> None:
    text = "SELECT (" + "(" * 400_000 + "1" + ")" * 400_000 + " AS ?x) {}"
    deep = Query(text, text, Form.SELECT)
    with pytest.raises(InvalidQuery, match="nested too deep"):
        pool.answer(folder, QueryRequest(deep, QueryResultsFormat.JSON))
    assert pool.answer(folder, asking(LIGHT)).content


def test_a_process_that_is_killed_while_it_writes_leaves_no_answer_and_its_end_is_told(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pool = Pool(Bounds(), lambda _client, _seconds: None)
    pool.answer(folder, asking(LIGHT))
    assert eventually(lambda: len(pool.crew.idle()) == 2)
    before = set(pool.crew.idle())
    with ThreadPoolExecutor(1) as other:
        answer = other.submit(pool.answer, folder, asking(ENDLESS_ROWS, most=1 << 40))
        assert eventually(lambda: len(before - set(pool.crew.idle())) == 1)
        os.kill((before - set(pool.crew.idle())).pop(), signal.SIGKILL)
        with pytest.raises(Ended, match="ended from outside") as caught:
            answer.result()
    assert caught.value.retry_after > 0
    assert "SIGKILL" in caplog.text
    assert "SIGKILL" not in str(caught.value)
    assert pool.figures.read()["ended"] == 1
    assert pool.answer(folder, asking(LIGHT)).content
    pool.crew.close()


def test_a_process_that_is_killed_while_it_waits_is_replaced(folder: Path, pool: Pool) -> None:
    for _ in range(3):
        pool.answer(folder, asking(LIGHT))
        for process in pool.crew.idle():
            os.kill(process, signal.SIGKILL)
            assert eventually(lambda: _has_ended(process))  # noqa: B023  it is asked at once
        assert pool.answer(folder, asking(LIGHT)).content.count(b'"value"') == 3


def test_a_full_disk_leaves_no_answer_and_is_in_the_log(
    folder: Path, pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    pool.answer(folder, asking(LIGHT))
    assert eventually(lambda: len(pool.crew.idle()) == 2)
    for process in pool.crew.idle():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (IN_MEMORY, IN_MEMORY))
    with pytest.raises(NoRoom, match="no room to keep the result"):
        pool.answer(folder, asking("SELECT * { ?s ?p ?o VALUES ?x { 1 2 3 4 } }"))
    assert [record.levelname for record in caplog.records if "no room" in record.getMessage()] == ["ERROR"]
    assert (pool.figures.read()["no_room"], pool.figures.read()["too_large"]) == (1, 0)


def test_a_full_device_is_told_by_the_spool() -> None:
    with Path("/dev/full").open("wb", buffering=0) as full:
        spool = Spool(full.fileno(), 1 << 30)
        spool.write(b"x" * IN_MEMORY)
        with pytest.raises(NoRoom, match="No space left on device"):
            spool.write(b"x")


@pytest.mark.parametrize("full", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_too_full_for_another_file_is_told_as_a_full_disk_is(
    folder: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, full: int
) -> None:
    def refuse() -> None:
        raise OSError(full, os.strerror(full))

    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "TemporaryFile", refuse)
        with pytest.raises(NoRoom, match=os.strerror(full)) as caught:
            pool.answer(folder, asking(LIGHT))
    assert caught.value.retry_after > 0
    assert [record.levelname for record in caplog.records if "no room" in record.getMessage()] == ["ERROR"]
    assert pool.figures.read()["no_room"] == 1
    assert pool.answer(folder, asking(LIGHT)).content


def test_only_the_processes_of_a_store_that_was_replaced_go_with_it(folder: Path) -> None:
    idle, evaluator = Idle(), started(folder, 512 * MEBIBYTE)
    try:
        idle.add(evaluator)
        assert idle.of(folder, (0, 0, 0)) == []
        assert len(idle) == 1
        assert idle.of(folder, identity_of(folder)) == [evaluator]
        assert not idle
    finally:
        evaluator.process.end()


def test_a_signal_without_a_name_is_told_by_its_number_and_costs_no_place(
    folder: Path, caplog: pytest.LogCaptureFixture, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    nameless = signal.SIGRTMIN + 1
    ending = folder.parent / "ending"
    ending.write_text(f"#!/bin/sh\nkill -{nameless} $$\n")
    ending.chmod(0o755)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "executable", str(ending))
        for _ in range(pool.crew.most):
            pool.crew._make_ready(folder, None)
    assert f"did not start: signal {nameless}" in caplog.text
    pool.answer(folder, asking(LIGHT))
    assert eventually(lambda: len(pool.crew.idle()) == 2)
    with ThreadPoolExecutor(1) as other:
        before = set(pool.crew.idle())
        answer = other.submit(pool.answer, folder, asking(ENDLESS_ROWS, most=1 << 40))
        assert eventually(lambda: len(before - set(pool.crew.idle())) == 1)
        os.kill((before - set(pool.crew.idle())).pop(), nameless)
        with pytest.raises(Ended, match="ended from outside"):
            answer.result()
    assert f"signal {nameless})" in caplog.text


def test_a_process_that_does_not_start_is_told_of_by_what_ended_it_if_it_says_nothing(
    folder: Path, caplog: pytest.LogCaptureFixture, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Busy):
        pool.answer(folder, asking(LIGHT))
    assert "did not start: exit status 1" in caplog.text


def test_one_client_cannot_have_every_place_and_none_has_more_than_there_are(folder: Path, pool: Pool) -> None:
    with ThreadPoolExecutor(8) as others:
        hopeless = [others.submit(pool.answer, folder, asking(ENDLESS, client="greedy", seconds=2.0)) for _ in range(8)]
        for _ in range(20):
            assert pool.answer(folder, asking(LIGHT, client="modest")).content.count(b'"value"') == 3
            assert len(pool.crew.idle()) <= 3
        errors = {type(each.exception()) for each in hopeless}
    assert errors <= {Overdue, Busy}
    assert Busy in errors


def test_processes_go_with_their_release_though_nobody_asks_anything_more(folder: Path, pool: Pool) -> None:
    pool.answer(folder, asking(LIGHT))
    assert eventually(lambda: len(pool.crew.idle()) == 2)
    before = pool.crew.idle()
    pool.crew.leave(folder)
    assert eventually(lambda: not any(Path(f"/proc/{process}").exists() for process in before))
    assert pool.answer(folder, asking(LIGHT)).content


def test_who_waits_when_everything_is_closed_is_told_to_come_again(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    others = set(_children(os.getpid()))
    pool = Pool(Bounds(), lambda _client, _seconds: None)
    pool.answer(folder, asking(LIGHT))
    assert eventually(lambda: len(pool.crew.idle()) == 2)
    with ThreadPoolExecutor(1) as other:
        answer = other.submit(pool.answer, folder, asking(ENDLESS))
        assert eventually(lambda: any(map(is_computing, _children(os.getpid()))))
        processes = set(_children(os.getpid())) - others
        assert processes
        pool.crew.close()
        with pytest.raises(Busy, match="being stopped") as caught:
            answer.result()
    assert caught.value.retry_after > 0
    assert not caplog.text
    assert not any(map(_is_alive, processes))
    with pytest.raises(Busy, match="being stopped") as later:
        pool.answer(folder, asking(LIGHT))
    assert later.value.retry_after > 0
    pool.crew.close()


def test_a_process_is_kept_when_there_is_no_file_for_its_result(
    folder: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pool.answer(folder, asking(LIGHT))
    assert eventually(lambda: len(pool.crew.idle()) == 2)
    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "tempdir", str(folder / "none"))
        with pytest.raises(Busy, match="no room to keep a result") as caught:
            pool.answer(folder, asking(LIGHT))
    assert caught.value.retry_after > 0
    assert "No such file or directory" in caplog.text
    assert str(folder) not in str(caught.value)
    assert pool.answer(folder, asking(LIGHT)).content
    assert pool.figures.read()["started"] == 2


def test_without_room_for_open_files_everything_fails_clearly_and_nothing_stays_open(folder: Path, pool: Pool) -> None:
    pool.answer(folder, asking(LIGHT))
    assert eventually(lambda: len(pool.crew.idle()) == 2)
    usual = resource.getrlimit(resource.RLIMIT_NOFILE)
    before = _open_files()
    resource.setrlimit(resource.RLIMIT_NOFILE, (_first_free(), usual[1]))
    try:
        for ask in (pool.answer, lambda store, request: pool.admit(store, request.query.text, request.asker)):
            with pytest.raises(Busy, match="no room to keep a result"):
                ask(folder, asking(LIGHT))
        with pytest.raises(OperatorError, match="did not start"):
            Process.start(folder, MEBIBYTE)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, usual)
    assert _open_files() == before
    for _ in range(20):
        pool.answer(folder, asking(LIGHT))
        with pytest.raises(InvalidQuery):
            pool.answer(folder, asking(LIGHT.replace("?x {", "?y { {")))
    assert _open_files() == before


def test_a_store_that_cannot_be_opened_is_told_to_the_operator_and_not_to_the_client(
    tmp_path: Path, pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(Busy, match="no process could be started") as caught:
        pool.answer(tmp_path / "none", asking(LIGHT))
    assert str(tmp_path) not in str(caught.value)
    assert "did not start" in caplog.text


ORPHAN = """
import sys, threading, time
from pathlib import Path
from pyoxigraph import QueryResultsFormat
from si_lod.engine.evaluation import Asker, QueryRequest
from si_lod.engine.policy.admission import admit
from si_lod.engine.pool.idle import Idle
from si_lod.engine.pool.pool import Bounds, Pool
pool = Pool(Bounds(seconds=600.0), lambda client, seconds: None)
def ask(query, client):
    return pool.answer(Path(sys.argv[1]), QueryRequest(admit(query), QueryResultsFormat.JSON, asker=Asker(client)))
ask("ASK {}", "modest")
threading.Thread(target=ask, args=(sys.argv[2], "greedy"), daemon=True).start()
time.sleep(0.5)
ask("ASK {}", "modest")
print("ready", flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_no_process_outlives_its_server_however_that_ends(folder: Path, end: signal.Signals) -> None:
    server = subprocess.Popen([sys.executable, "-c", ORPHAN, folder, ENDLESS], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    with server.stdout as said:
        assert said.readline() == "ready\n"
        assert eventually(lambda: len(list(_children(server.pid))) >= 2)
        processes = list(_children(server.pid))
        server.send_signal(end)
        server.wait()
    assert eventually(lambda: not any(map(_is_alive, processes)))


def test_a_process_ends_by_itself_when_nobody_ends_it_in_time(folder: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", ORPHAN.replace("600.0", "3.0"), folder, ENDLESS], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    with server.stdout as said:
        assert said.readline() == "ready\n"
        server.send_signal(signal.SIGSTOP)
        computing = [process for process in _children(server.pid) if is_computing(process)]
        assert computing
        assert eventually(lambda: not any(map(is_computing, computing)))
        server.kill()
        server.wait()


def test_many_threads_get_each_their_own_answer(folder: Path) -> None:
    pool = Pool(Bounds(places=3), lambda _client, _seconds: None)
    barrier = threading.Barrier(6)

    def ask(number: int) -> bool:
        barrier.wait()
        return all(
            f'"{number}"'.encode()
            in pool.answer(folder, asking(f"SELECT ({number} AS ?x) {{}}", client=str(number))).content
            for _ in range(20)
        )

    with ThreadPoolExecutor(6) as others:
        assert all(others.map(ask, range(6)))
    pool.crew.close()


def _children(process: int) -> Iterator[int]:
    for task in Path(f"/proc/{process}/task").iterdir():
        yield from map(int, (task / "children").read_text().split())


def _is_answered(pool: Pool, folder: Path, client: str) -> bool:
    try:
        return bool(pool.answer(folder, asking(LIGHT, client=client)).content)
    except Busy:
        return False


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _first_free() -> int:
    """Return the number that the next file that is opened gets."""
    file = os.open(os.devnull, os.O_RDONLY)
    os.close(file)
    return file


def _is_alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def _has_ended(process: int) -> bool:
    """Return whether every thread of our own child has ended, and leave its status to be asked for."""
    return os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def test_the_store_is_not_empty(folder: Path) -> None:
    assert len(Store.read_only(str(folder))) == THINGS


def test_a_long_query_is_judged_and_its_mistake_explained_where_it_is_evaluated(folder: Path, pool: Pool) -> None:
    engine = Evaluation(pool, Remembered(0)).engine(Store.read_only(str(folder)), folder, "release")
    values = "SELECT ?x { VALUES ?x { " + " ".join(map(str, range(5000))) + " } }"
    query = engine.admit(values, Asker("client"))
    assert (query.text, query.form, query.repeatable) == (values, Form.SELECT, True)
    assert engine.answer(QueryRequest(query, QueryResultsFormat.CSV)).content.count(b"\r\n") == 5001
    local = LocalEngine(Store.read_only(str(folder)))
    for wrong in (values.replace("VALUES ?x {", "VALUES ?x ", 1), values.replace("?x", "?x, ?y", 1), values + " ex:a"):
        with pytest.raises(InvalidQuery) as here:
            local.answer(QueryRequest(local.admit(wrong, Asker()), QueryResultsFormat.JSON))
        with pytest.raises(InvalidQuery) as there:
            engine.answer(QueryRequest(engine.admit(wrong, Asker()), QueryResultsFormat.JSON))
        assert type(there.value) is type(here.value)
        assert (there.value.args, vars(there.value)) == (here.value.args, vars(here.value))
        assert say(there.value.args[0], "nl") == say(here.value.args[0], "nl") != str(here.value)


def test_judging_a_query_has_a_deadline(folder: Path, pool: Pool) -> None:
    pool.answer(folder, asking(LIGHT))
    with pytest.raises(Overdue, match=r"longer than 0\.1 s,"):
        pool.admit(folder, "SELECT " + "?x, " * 40_000 + " {}", Asker("client", 0.1))
    assert pool.answer(folder, asking(LIGHT)).content


def test_a_query_that_is_refused_is_counted_as_that(folder: Path, pool: Pool) -> None:
    engine = Evaluation(pool, Remembered(0)).engine(Store.read_only(str(folder)), folder, "release")
    long = "SELECT * { ?s ?p " + "1, " * LONG + " }"
    for text in ("SELECT * { SERVICE <http://a/> {} }", "((" * DEPTH, "SELECT ?s { ?s ?p ?o ", "UPDATE", long):
        with pytest.raises(InvalidQuery):
            engine.answer(QueryRequest(engine.admit(text, Asker()), QueryResultsFormat.CSV))
    with pytest.raises(InvalidRequest):
        engine.answer(QueryRequest(engine.admit("ASK {}", Asker()), QueryResultsFormat.JSON, ("no iri",)))
    assert pool.figures.read()["refused"] == 6


def test_what_the_machine_or_a_library_says_is_told_in_the_readers_language(folder: Path, pool: Pool) -> None:
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(NoRoom) as caught:
        Spool(full.fileno(), 1 << 30).write(b"x" * (IN_MEMORY + 1))
    assert say(caught.value.args[0], "nl").endswith(": de schijf is vol")
    with pytest.raises(InvalidRequest) as wrong:
        pool.answer(folder, QueryRequest(admit("ASK {}"), QueryResultsFormat.JSON, ("nogiri",)))
    assert say(wrong.value.args[0], "nl") == (
        'verwachtte de absolute IRI van een graaf, zoals http://example.org/graph, vond "nogiri"'
    )
