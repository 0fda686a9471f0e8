"""Pushes that cross one another, or were stopped: who reads meanwhile has whole answers, and nothing stays behind."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import count

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from si_lod.engine.remote.answering import RemoteEngine
from si_lod.engine.remote.holding.graphstore import GraphStore
from si_lod.engine.remote.holding.held import Crossed, Held
from si_lod.engine.remote.holding.shelf import Shelf
from si_lod.engine.remote.holding.transit import Transit
from si_lod.engine.remote.looking.naming import COMING, label_of, release_in, release_of, shelf_of, transit_of
from si_lod.engine.remote.pushing import Push
from si_lod.engine.remote.speaking.credentials import Credentials
from si_lod.engine.remote.transfer.sending import Sending
from si_lod.errors import EndpointFailed, EngineLost, NotPushed
from si_lod.releases import Releases
from tests.cli.command import si_lod
from tests.engine.conftest import asking
from tests.engine.remote.conftest import Opening, graphs_of, push
from tests.engine.remote.machine import Oxigraph, disturbed
from tests.serve.library import BASE

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
LOOKED_AT = 8
"""The answer in which a push reads back what it sent."""
Meanwhile = Callable[[int], object]
"""What is done before the answer of that number goes back to the push, the first of which is 1."""


@pytest.fixture
def direct(oxigraph: Oxigraph) -> GraphStore:
    return GraphStore(oxigraph.store, Credentials(), 20.0)


def crossed(push_: Push, port: int, meanwhile: Meanwhile) -> int:
    """Return how many answers the push got, with that done before each."""
    heard: list[bytes] = []

    def wait(answer: bytes) -> Iterator[bytes]:
        heard.append(answer)
        meanwhile(len(heard))
        yield answer

    with disturbed(port, wait) as line:
        replace(push_, store=replace(push_.store, address=f"http://127.0.0.1:{line}/store")).run()
    return len(heard)


def counted(engine: RemoteEngine) -> int:
    """Return how many triples the engine says that its release has."""
    return int(engine.answer(asking(COUNT)).content.decode().split('"value":"')[1].split('"')[0])


@dataclass
class Reading:
    """Who reads a release again and again."""

    opening: Callable[[], RemoteEngine]
    readers: list[RemoteEngine] = field(default_factory=list)
    found: list[int] = field(default_factory=list)

    def after(self, step: int, push_: Callable[[], object]) -> Meanwhile:
        """Return what is done at each step: at that one the push, from then on reading."""

        def meanwhile(number: int) -> None:
            if number == step:
                push_()
            if number >= step:
                # One who has read from the beginning, and one who comes now.
                self.readers[1:] = [self.opening()]
                self.found.extend(map(counted, self.readers))

        return meanwhile


def known(shelf: Shelf) -> set[str]:
    """Return what is in the engine when nothing is on its way."""
    return {shelf_of(BASE), *shelf.graphs(), *(label_of(release_in(graph)) for graph in shelf.graphs())}


@pytest.mark.parametrize("versions", [("2", "2"), ("1", "2")])
def test_a_push_that_another_crosses_at_any_step_leaves_both_whole_and_nothing_else(
    two: Releases, oxigraph: Oxigraph, direct: GraphStore, opening: Opening, versions: tuple[str, str]
) -> None:
    mine, other = (two.open(version) for version in versions)
    pushing = Push(mine, direct, 2)
    steps = 1
    for step in count(1):
        if step > steps:
            break
        reading = Reading(lambda: opening(oxigraph.query, versions[1]))
        other_one = lambda: push(two, oxigraph.store, versions[1])  # noqa: E731
        steps = crossed(pushing, oxigraph.port, reading.after(step, other_one))
        assert len(reading.found) >= steps - step + 1
        assert set(reading.found) == {other.manifest.triples}, step
        assert counted(opening(oxigraph.query, versions[0])) == mine.manifest.triples
        replace(pushing, is_alone=True).run()
        shelf = Shelf.read(direct, BASE)
        assert {held.version for held in shelf.held} == set(versions), step
        assert graphs_of(oxigraph) == known(shelf), step
        oxigraph.update("CLEAR ALL")
    assert steps > 10


def test_pushes_at_the_same_time_that_take_one_another_away_never_show_a_part(
    two: Releases, oxigraph: Oxigraph, direct: GraphStore, opening: Opening
) -> None:
    is_over = threading.Event()
    found: set[tuple[str, int]] = set()

    def go_on(version: str) -> None:
        for _ in range(6):
            with suppress(Crossed):
                Push(two.open(version), direct, 0).run()

    def read(version: str) -> None:
        readers: list[RemoteEngine] = []
        while not is_over.is_set():
            with suppress(NotPushed, EngineLost):
                readers = readers or [opening(oxigraph.query, version)]
                found.add((version, counted(readers[0])))

    pushes = [threading.Thread(target=go_on, args=(version,)) for version in ("1", "2", "2")]
    reads = [threading.Thread(target=read, args=(version,)) for version in ("1", "2")]
    for thread in (*reads, *pushes):
        thread.start()
    for thread in pushes:
        thread.join()
    is_over.set()
    for thread in reads:
        thread.join()
    assert found
    assert found <= {(version, two.open(version).manifest.triples) for version in ("1", "2")}
    Push(two.open("2"), direct, 0, is_alone=True).run()
    shelf = Shelf.read(direct, BASE)
    assert [held.version for held in shelf.held] == ["2"]
    assert graphs_of(oxigraph) - {transit_of(BASE)} == known(shelf)


@pytest.fixture
def left(two: Releases, oxigraph: Oxigraph, direct: GraphStore) -> Held:
    """The graph that a push of release 2 left in the engine when it was stopped; 1 is whole there."""
    push(two, oxigraph.store, "1")
    held = Held.of(two.open("2").manifest)
    Transit(direct, BASE).announce([held.graph], COMING)
    direct.write(held.graph, [Triple(NamedNode("http://a/s"), NamedNode("http://a/p"), Literal("half"))])
    return held


def test_what_a_stopped_push_left_is_another_s_until_its_time_is_over(
    two: Releases, oxigraph: Oxigraph, direct: GraphStore, left: Held
) -> None:
    assert Push(two.open("2"), direct, 2).run().cleared == 0
    assert left.graph in graphs_of(oxigraph)
    past = Literal("2026-01-01T00:00:00Z", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#dateTime"))
    direct.add(transit_of(BASE), [Triple(NamedNode(left.graph), NamedNode(COMING), past)])
    assert Push(two.open("2"), direct, 2).run().cleared == 1
    assert left.graph not in graphs_of(oxigraph)
    assert {held.version for held in Shelf.read(direct, BASE).held} == {"1", "2"}


def test_who_pushes_alone_has_what_was_left_taken_away_at_once(
    two: Releases, oxigraph: Oxigraph, direct: GraphStore, left: Held
) -> None:
    options = ("--to", oxigraph.store, "--releases", str(two.root), "--lang", "en")
    assert "stopped pushes" not in si_lod(two.root.parent, "push", *options).stdout
    assert left.graph in graphs_of(oxigraph)
    done = si_lod(two.root.parent, "push", *options, "--alone")
    assert (done.returncode, "graphs that stopped pushes had left, taken away: 1" in done.stdout) == (0, True)
    assert graphs_of(oxigraph) == known(Shelf.read(direct, BASE))


def test_a_push_whose_graph_was_taken_away_meanwhile_says_so_and_names_nothing(
    two: Releases, oxigraph: Oxigraph, direct: GraphStore
) -> None:
    def alone(number: int) -> None:
        if number == LOOKED_AT:
            Push(two.open("1"), direct, 2, is_alone=True).run()

    with pytest.raises(Crossed, match="another push was made at the same time"):
        crossed(Push(two.open("2"), direct, 2), oxigraph.port, alone)
    shelf = Shelf.read(direct, BASE)
    assert [held.version for held in shelf.held] == ["1"]
    assert graphs_of(oxigraph) - {transit_of(BASE)} == known(shelf)


def test_a_push_that_has_no_time_left_names_nothing_and_leaves_nothing(oxigraph: Oxigraph, direct: GraphStore) -> None:
    sending = Sending(direct, f"{BASE}release/3#0-0", BASE)
    content = b"<http://a/s> <http://a/p> <http://a/o> .\n"

    def late() -> None:
        with sending.put(BytesIO(content), len(content)):
            assert graphs_of(oxigraph) == {sending.graph, transit_of(BASE)}
            # It has 30 steps, of which 10 must be left.
            Transit(replace(direct, seconds=direct.seconds * 9 / 30), BASE).announce([sending.graph], COMING)

    with pytest.raises(EndpointFailed, match=r"not found whole long enough before .* UTC, .* with a larger --seconds"):
        late()
    assert graphs_of(oxigraph) == set()


def test_a_shelf_of_before_each_push_had_its_own_graph_is_told_to_push_again_and_then_put_right(
    two: Releases, oxigraph: Oxigraph, direct: GraphStore, opening: Opening
) -> None:
    manifest = two.open("2").manifest
    old = Held(release_of(manifest), manifest.version, manifest.issued)
    direct.write(old.graph, [Triple(NamedNode("http://a/s"), NamedNode("http://a/p"), Literal("old"))])
    Shelf(BASE, (old,), old.graph).write(direct)
    with pytest.raises(NotPushed, match=f"expected release 2 as a graph <{re.escape(old.graph)}-...>.*si-lod push"):
        opening(oxigraph.query)
    assert push(two, oxigraph.store)
    assert counted(opening(oxigraph.query)) == manifest.triples
    assert graphs_of(oxigraph) - {transit_of(BASE)} == known(Shelf.read(direct, BASE))
    assert old.graph not in graphs_of(oxigraph)
