"""A real engine on loopback, and releases to put there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from si_lod.engine.pool.pool import Bounds, Pool
from si_lod.engine.remembering import Remembered
from si_lod.engine.remote.answering import RemoteEngine, RemoteEvaluation
from si_lod.engine.remote.holding.graphstore import GraphStore
from si_lod.engine.remote.holding.label import Label
from si_lod.engine.remote.looking.naming import release_of
from si_lod.engine.remote.pushing import Push
from si_lod.engine.remote.speaking.credentials import Credentials
from si_lod.engine.remote.speaking.exchange import Exchange
from si_lod.releases import Releases
from tests.engine.conftest import MEBIBYTE
from tests.engine.remote.machine import Oxigraph
from tests.serve.library import publish_twice

Opening = Callable[..., RemoteEngine]


@pytest.fixture(scope="session")
def two(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """The folder of releases 1 and 2, of which 2 is current."""
    return publish_twice(libraries, tmp_path_factory.mktemp("pushed"))


@pytest.fixture
def oxigraph() -> Iterator[Oxigraph]:
    """An engine that holds nothing."""
    with Oxigraph() as engine:
        yield engine


def push(releases: Releases, store: str, version: str = "2", *, keep: int = 2) -> bool:
    graphs = GraphStore(store, Credentials(), 60.0)
    return Push(releases.open(version), graphs, keep).run().was_sent


def graph_in(releases: Releases, store: str, version: str = "2") -> str:
    """Return the graph that the release is read from there."""
    return Label(GraphStore(store, Credentials(), 60.0), release_of(releases.open(version).manifest)).graph()


def graphs_of(oxigraph: Oxigraph) -> set[str]:
    """Return all graphs that the engine has."""
    query = quote("SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }")
    request = Request(f"{oxigraph.query}?query={query}", headers={"Accept": "text/csv"})
    with urlopen(request, timeout=20) as response:
        return set(response.read().decode().split()[1:])


@pytest.fixture
def opening(two: Releases) -> Iterator[Opening]:
    """Open a release as it is held at that SPARQL endpoint, nothing of it remembered."""
    pools = []

    def engine(endpoint: str, version: str = "2", *, seconds: float = 20.0, remember: int = 0) -> RemoteEngine:
        pool = Pool(Bounds(places=2, seconds=seconds, most=MEBIBYTE), lambda _client, _seconds: None)
        pools.append(pool)
        evaluation = RemoteEvaluation(Exchange(endpoint, Credentials()), pool, Remembered(remember))
        return evaluation.over(two.open(version), f"key of {version}")

    yield engine
    for pool in pools:
        pool.crew.close()
