"""Releases that come and go in each engine, while readers read and when the engine is away."""

from __future__ import annotations

import threading
from contextlib import suppress
from io import BytesIO

from si_lod.engine.remote.holding.graphstore import GraphStore
from si_lod.engine.remote.holding.held import Crossed
from si_lod.engine.remote.holding.label import Label
from si_lod.engine.remote.holding.shelf import Shelf
from si_lod.engine.remote.holding.transit import Transit
from si_lod.engine.remote.looking.naming import release_of
from si_lod.engine.remote.pushing import Push
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.engine.conftest import eventually
from tests.engines.conftest import Engine, Starting, credentials, over, push
from tests.engines.virtuoso import Virtuoso
from tests.serve.library import BASE


def shelf(engine: Engine) -> Shelf:
    return Shelf.read(store(engine), BASE)


def store(engine: Engine) -> GraphStore:
    return GraphStore(engine.store, credentials(engine), 60.0)


def test_literals_in_another_form_are_refused_until_they_are_taken_by_value(
    roundabout: Releases, starting: Starting
) -> None:
    with starting() as engine:
        status, said, wrong = push(roundabout, engine, "--lang", "en")
        if not isinstance(engine, Virtuoso):
            assert (status, wrong) == (0, "")
            return
        assert (status, said) == (3, "")
        assert "all triples are there, but literals are written otherwise than they were sent" in wrong
        assert "(1 xsd:double), such as" in wrong
        assert '"4500.0"^^<http://www.w3.org/2001/XMLSchema#double>' in wrong
        assert shelf(engine).held == ()
        assert Transit.read(store(engine), BASE).triples == ()
        for news in ("sent to", "are in"):
            status, said, wrong = push(roundabout, engine, "--by-value", "--lang", "en")
            assert (status, f"triples {news}" in said) == (0, True)
            assert "warning: the engine writes literals otherwise" in wrong


def test_a_push_and_what_it_takes_away_are_not_noticed_by_readers(two: Releases, starting: Starting) -> None:
    paths = [
        "/doc/branch/harbour.ttl",
        "/list/branch.csv",
        "/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D",
        "/doc/absent",
    ]
    seen: list[tuple[str, int]] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            for path in paths:
                # each time as if nothing were remembered
                with over(two, engine) as client:
                    seen.append((path, client.get(path).status_code))

    with starting() as engine:
        push(two, engine, "--version", "2")
        reading = threading.Thread(target=read)
        reading.start()
        try:
            for _ in range(5):
                assert push(two, engine, "--version", "1", "--keep", "1")[0] == 0
                assert push(two, engine, "--version", "2", "--keep", "0")[0] == 0
        finally:
            is_over.set()
            reading.join()
    assert len(seen) >= 3 * len(paths), "they read meanwhile"
    assert {(path, status) for path, status in seen if status != (404 if path == "/doc/absent" else 200)} == set()


def test_two_pushes_at_once_are_noticed_by_no_answer(two: Releases, starting: Starting) -> None:
    path, is_over = "/release/2/doc/branch/harbour.ttl", threading.Event()
    expected = create_app(two).test_client().get(path).data
    assert b"@prefix" in expected
    seen: list[tuple[int, bool]] = []

    def read() -> None:
        while not is_over.is_set():
            # each time as if nothing were remembered
            with over(two, engine) as client:
                response = client.get(path)
                seen.append((response.status_code, response.data == expected))

    def go_on(versions: str) -> None:
        for version in versions:
            with suppress(Crossed):
                Push(two.open(version), store(engine), 0).run()

    with starting() as engine:
        reading = threading.Thread(target=read)
        pushes = [threading.Thread(target=go_on, args=(versions,)) for versions in ("2122", "2212")]
        for thread in (reading, *pushes):
            thread.start()
        for thread in pushes:
            thread.join()
        Push(two.open("2"), store(engine), 0, is_alone=True).run()
        is_over.set()
        reading.join()
        with over(two, engine) as client:
            assert client.get(path).data == expected
        assert [held.version for held in shelf(engine).held] == ["2"]
    # Where a release is taken away for another, it is not there, and no part of it is.
    assert (200, True) in seen
    assert {status for status, is_whole in seen if not is_whole} <= {503}


def test_a_graph_that_lost_a_triple_is_found_out_and_sent_again(two: Releases, starting: Starting) -> None:
    with starting() as engine:
        push(two, engine)
        graph = Label(store(engine), release_of(two.current().manifest)).graph()
        with store(engine).get(graph) as arrival:
            assert arrival is not None
            lines = arrival.whole().splitlines(keepends=True)
        content = b"".join(lines[1:])
        store(engine).put(graph, BytesIO(content), len(content))
        status, said, _ = push(two, engine, "--lang", "en")
        assert (status, "sent to" in said) == (0, True)


def test_an_engine_that_is_away_is_503_and_is_found_again(two: Releases, starting: Starting) -> None:
    engine = starting()
    with engine:
        push(two, engine)
    with over(two, engine) as client:
        for path in ("/", "/doc/branch/harbour.ttl", "/doc/absent", "/sparql?query=ASK%7B%7D", "/health/ready"):
            assert client.get(path).status_code == 503, path
        with engine:
            if not isinstance(engine, Virtuoso):
                push(two, engine)  # it holds everything in memory
            assert eventually(lambda: client.get("/doc/branch/harbour.ttl").status_code == 200)
            assert [client.get(path).status_code for path in ("/", "/doc/absent", "/health/ready")] == [200, 404, 200]
