"""How often the service asks an engine on another machine: for a page some dozens of times, however much is on it.

Each kind of page of the sample site is read by the first reader of a new process, for whom nothing is remembered. Asked
one by one for each name of each thing, the data set's page would be some 5,800 questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, RdfFormat
from werkzeug.test import TestResponse

from si_lod.engine.remote.holding.graphstore import GraphStore
from si_lod.engine.remote.holding.held import Held
from si_lod.engine.remote.holding.label import Label
from si_lod.engine.remote.looking.naming import release_of
from si_lod.engine.remote.pushing import Push
from si_lod.engine.remote.speaking.credentials import Credentials
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.sparql.queries import Queries
from si_lod.settings import Settings
from tests.engine.remote.machine import Oxigraph, disturbed
from tests.serve.site import publish
from tests.serve.test_long_lists import MANY, mills
from tests.sharing import sample_releases

HTML, TURTLE, CSV = "text/html", "text/turtle", "text/csv"
MOST = {
    # What is the same for all pages of a process is among them; each answer is followed by a look at the label.
    (HTML, "/"): 130,
    (HTML, "/doc/fieldlab/robohouse"): 90,
    (HTML, "/doc/programme/smart-industry"): 95,
    (HTML, "/doc/dataset/monitor"): 115,
    (HTML, "/def/shapes"): 65,
    (HTML, "/list/publication"): 25,
    (HTML, "/search?q=robot"): 20,
    (HTML, "/places"): 30,
    (HTML, "/release/{version}/report"): 35,
    (HTML, "/release/{version}/files/data/observations.csv?row=28"): 20,
    (HTML, "/chart/indicator/fieldlabs-counted"): 40,
    (CSV, "/list/fieldlab"): 20,
    (CSV, "/list/publication"): 20,
    (TURTLE, "/doc/fieldlab/robohouse"): 25,
    (TURTLE, "/doc/dataset/monitor"): 40,
    (TURTLE, "/def/shapes"): 40,
    ("application/x-bibtex", "/doc/dataset/monitor"): 45,
    ("application/json", "/search?q=robot"): 20,
    ("application/json", "/sparql/terms.json"): 20,
}


@pytest.fixture(scope="module")
def sampled(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    return sample_releases(tmp_path_factory, sample)


@pytest.fixture(scope="module")
def engine(sampled: Releases) -> Iterator[Oxigraph]:
    """An engine that holds the release of the sample."""
    with Oxigraph() as made:
        Push(sampled.current(), GraphStore(made.store, Credentials(), 60.0), 1).run()
        yield made


@pytest.fixture(scope="module")
def here(sampled: Releases) -> FlaskClient:
    """The service over the release's own store."""
    return create_app(sampled).test_client()


@pytest.mark.parametrize(("accept", "path"), MOST)
def test_a_page_asks_the_engine_some_dozens_of_times_however_much_is_on_it_and_is_the_same(
    sampled: Releases, engine: Oxigraph, here: FlaskClient, accept: str, path: str
) -> None:
    address = path.format(version=sampled.current().manifest.version)
    there, asked = read(sampled, engine, address, accept)
    assert (there.status_code, there.mimetype) == (200, accept)
    assert 0 < asked <= MOST[accept, path]
    assert there.data == here.get(address, headers={"Accept": accept}).data


def test_a_list_of_thousands_as_csv_is_asked_for_in_large_parts(engine: Oxigraph, tmp_path: Path) -> None:
    releases = Releases(tmp_path / "releases")
    publish(releases, "1", (quad.triple for quad in mills(MANY)))
    put(releases, engine)
    there, asked = read(releases, engine, "/list/mill", CSV)
    here = create_app(releases).test_client().get("/list/mill", headers={"Accept": CSV})
    assert there.data == here.data
    assert len(there.text.splitlines()) == MANY + 1
    assert 0 < asked < MANY // 25


def read(releases: Releases, engine: Oxigraph, address: str, accept: str) -> tuple[TestResponse, int]:
    """Return what the first reader of a process gets, and how many questions the engine answered for it."""
    answers: list[int] = []

    def counted(answer: bytes) -> Iterator[bytes]:
        answers.append(len(answer))
        yield answer

    with disturbed(engine.port, counted) as port:
        queries = Queries.of(Settings(engine=f"http://127.0.0.1:{port}/query"))
        response = create_app(releases, queries).test_client().get(address, headers={"Accept": accept})
        queries.evaluation.pool.crew.close()
    return response, len(answers)


def put(releases: Releases, engine: Oxigraph) -> None:
    """Have a release in the engine whose folder has no file of it to be pushed."""
    release, graphs = releases.current(), GraphStore(engine.store, Credentials(), 60.0)
    content = release.store().dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    assert content
    held = Held.of(release.manifest)
    graphs.put(held.graph, BytesIO(content), len(content))
    Label(graphs, release_of(release.manifest)).write(held)
