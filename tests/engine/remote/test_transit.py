"""What is on its way is named as long as it is, whoever else takes names out at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from si_lod.engine.remote.holding import transit as home
from si_lod.engine.remote.holding.clearing import Clearing
from si_lod.engine.remote.holding.graphstore import GraphStore
from si_lod.engine.remote.holding.transit import Transit
from si_lod.engine.remote.looking.naming import COMING, WRITING, transit_of, writer_of
from si_lod.engine.remote.speaking.credentials import Credentials
from si_lod.errors import EndpointFailed
from tests.engine.conftest import eventually
from tests.engine.remote.conftest import graphs_of
from tests.engine.remote.machine import Oxigraph, disturbed
from tests.serve.library import BASE

ONE, OTHER, NEW = (f"{BASE}release/{version}#0-0" for version in (1, 2, 3))
STEPS = [1, 2, 3]
"""Those of who takes a name out: it says so, reads, writes."""


@pytest.fixture
def transit(oxigraph: Oxigraph) -> Transit:
    return Transit(GraphStore(oxigraph.store, Credentials(), 20.0), BASE)


def coming(transit: Transit) -> frozenset[str]:
    """Return the graphs that the engine names as coming."""
    return Transit.read(transit.store, BASE).named(COMING)


def forget(transit: Transit, port: int, step: int, meanwhile: Callable[[], object], *graphs: str) -> None:
    """Have the graphs forgotten, with something done before the answer to that step comes."""
    answers = 0

    def wait(answer: bytes) -> Iterator[bytes]:
        nonlocal answers
        answers += 1
        yield answer if answers != step or meanwhile() is not False else b""

    with disturbed(port, wait) as line:
        store = replace(transit.store, address=f"http://127.0.0.1:{line}/store")
        Transit(store, BASE).forget(graphs, COMING)


@pytest.mark.parametrize("step", STEPS)
def test_a_graph_that_is_announced_while_another_is_forgotten_stays_named(
    oxigraph: Oxigraph, transit: Transit, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    is_forgotten = threading.Event()
    monkeypatch.setattr(home, "sleep", lambda _: is_forgotten.wait(20))
    announcing = threading.Thread(target=transit.announce, args=([NEW], COMING))

    def announce() -> None:
        announcing.start()
        assert eventually(lambda: NEW in coming(transit))

    transit.announce([ONE], COMING)
    forget(transit, oxigraph.port, step, announce, ONE)
    is_forgotten.set()
    announcing.join(20)
    assert coming(transit) == {NEW}
    transit.forget([NEW], COMING)
    assert graphs_of(oxigraph) == set()


@pytest.mark.parametrize("step", STEPS)
def test_of_two_who_forget_at_the_same_time_neither_undoes_what_the_other_did(
    oxigraph: Oxigraph, transit: Transit, step: int
) -> None:
    transit.announce([ONE, OTHER, NEW], COMING)
    forget(transit, oxigraph.port, step, lambda: transit.forget([OTHER], COMING), ONE)
    assert {NEW} <= coming(transit) <= {OTHER, NEW}
    transit.forget([OTHER, NEW], COMING)
    assert graphs_of(oxigraph) == set()


def test_who_was_stopped_while_it_forgot_hinders_nobody_for_good(oxigraph: Oxigraph, transit: Transit) -> None:
    transit.announce([ONE], COMING)
    with pytest.raises(EndpointFailed):
        forget(transit, oxigraph.port, 2, lambda: False, ONE)
    transit.announce([NEW], COMING)
    transit.forget([ONE], COMING)
    assert coming(transit) == {ONE, NEW}
    assert Clearing(transit.store, BASE).sweep(is_alone=True) == 2
    assert graphs_of(oxigraph) == set()


def test_who_was_stopped_long_ago_hinders_nobody_and_is_named_no_more(oxigraph: Oxigraph, transit: Transit) -> None:
    transit.announce([ONE], COMING)
    past = Literal("2026-01-01T00:00:00Z", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#dateTime"))
    transit.store.add(transit_of(BASE), [Triple(NamedNode(writer_of(BASE)), NamedNode(WRITING), past)])
    transit.forget([ONE], COMING)
    assert graphs_of(oxigraph) == set()
