"""A store of some size in a folder, and engines over it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Store

from si_lod.engine.evaluation import Asker, QueryRequest, Result
from si_lod.engine.policy.admission import admit
from si_lod.engine.pool.pool import Bounds, Pool

THINGS = 1500
MEBIBYTE = 1024 * 1024


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with ``THINGS`` triples."""
    path = tmp_path_factory.mktemp("store") / "store"
    store = Store(str(path))
    label = NamedNode("http://a/label")
    store.extend(Quad(NamedNode(f"http://a/{number}"), label, Literal(f"thing {number}")) for number in range(THINGS))
    store.flush()
    return path


@pytest.fixture
def pool() -> Iterator[Pool]:
    """A pool in which a query has a minute, 200 MiB of memory and 2 MiB of result."""
    made = Pool(
        Bounds(places=2, seconds=60.0, memory=200 * MEBIBYTE, most=2 * MEBIBYTE), lambda _client, _seconds: None
    )
    yield made
    made.crew.close()


def asking(query: str, *, client: str = "", seconds: float | None = None, most: int | None = None) -> QueryRequest:
    admitted = admit(query)
    return QueryRequest(
        admitted,
        RdfFormat.N_TRIPLES if admitted.form.is_graph else QueryResultsFormat.JSON,
        asker=Asker(client, seconds),
        most=most,
    )


def eventually(holds: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Return whether it holds within that time."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def rows(result: Result) -> int:
    return result.content.count(b'"type":')
