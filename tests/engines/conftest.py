"""The same releases in each engine: the sample site's, and two of another site."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from si_lod.engine.remote.speaking.credentials import Credentials
from si_lod.publish.road import publish
from si_lod.publish.source.files import Source
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.sparql.queries import Queries
from si_lod.settings import Settings
from tests.cli.command import si_lod
from tests.engine.remote.machine import Oxigraph
from tests.engines.virtuoso import Virtuoso
from tests.serve.library import publish_twice

Engine = Oxigraph | Virtuoso
Starting = Callable[[], Engine]
ENGINES: dict[str, Callable[[Path], Engine]] = {"oxigraph": lambda _folder: Oxigraph(), "virtuoso": Virtuoso}
WARNED = {Oxigraph: {""}, Virtuoso: {"", "changed-since"}}
"""Which example queries of the sample may be told as answered otherwise when it is pushed."""


def credentials(engine: Engine) -> Credentials:
    return engine.credentials if isinstance(engine, Virtuoso) else Credentials()


def push(releases: Releases, engine: Engine, *options: str) -> tuple[int, str, str]:
    """Push as an operator does; return the status and what was said."""
    known = credentials(engine)
    asked = ("--to", engine.store, "--engine", engine.query, "--engine-user", known.user)
    done = si_lod(releases.root.parent, "push", *asked, *options, SI_LOD_ENGINE_PASSWORD=known.password)
    return done.returncode, done.stdout, done.stderr


@contextmanager
def over(releases: Releases, engine: Engine) -> Iterator[FlaskClient]:
    """Give a client of the service over what the engine holds."""
    queries = Queries.of(Settings(engine=engine.query, query_seconds=30))
    try:
        yield create_app(releases, queries).test_client()
    finally:
        queries.evaluation.pool.crew.close()


@pytest.fixture(scope="session")
def sampled(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """The folder of the one release of the sample site."""
    releases = Releases(tmp_path_factory.mktemp("sampled") / "releases")
    publish(Source.read(sample), releases)
    return releases


@pytest.fixture(scope="session")
def two(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """The folder of releases 1 and 2, of which 2 is current."""
    return publish_twice(libraries, tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="session")
def roundabout(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """The folder of a release that has a number which can be written in several ways."""
    folder = tmp_path_factory.mktemp("roundabout")
    shutil.copytree(libraries, folder / "site")
    with (folder / "site/data/dataset.ttl").open("a", encoding="utf-8") as file:
        file.write("\n<https://data.example.org/reading/id/dataset/visits> <http://schema.org/price> 4.5e3 .\n")
    releases = Releases(folder / "releases")
    publish(Source.read(folder / "site"), releases)
    return releases


@pytest.fixture(params=ENGINES)
def starting(request: pytest.FixtureRequest, tmp_path: Path) -> Starting:
    """Make an engine that holds nothing."""
    return lambda: ENGINES[request.param](tmp_path)


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for the tests of a module."""
    with ENGINES[request.param](tmp_path_factory.mktemp(request.param)) as made:
        yield made


@pytest.fixture(scope="module")
def held(sampled: Releases, engine: Engine) -> Engine:
    """The engine, with the sample's release in it, which it holds to the letter."""
    status, said, wrong = push(sampled, engine, "--lang", "en")
    assert (status, "read back and found the same" in said, "with the same values" in wrong) == (0, True, False)
    assert wrong.strip().rpartition(": ")[2] in WARNED[type(engine)]
    return engine
