"""A release whose store is damaged while it is served."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from si_lod.comparison import Comparison
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.sparql.queries import Queries
from si_lod.settings import Settings
from si_lod.verdicts import Verdicts
from tests.serve.site import facts, publish
from tests.test_comparison import flip, untold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

PROGRAM = {"Accept": "application/json", "Accept-Language": "en"}
COUNT = f"/sparql?{urlencode({'query': 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }'})}"


@pytest.fixture
def watch(tmp_path: Path) -> Comparison:
    """What the process that starts the others finds out."""
    (tmp_path / "shared").mkdir()
    return Comparison(Verdicts(tmp_path / "shared"))


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    """A folder with two releases that hold the same."""
    made = Releases(tmp_path / "releases")
    publish(made, "1", facts(), issued="2025-01-01")
    publish(made, "2", facts(), issued="2025-02-01")
    return made


@contextmanager
def worker(releases: Releases, watch: Comparison, **settings: str) -> Iterator[FlaskClient]:
    """Give a client of one more process of the service, which was told that all releases are whole."""
    for release in releases.whole():
        watch.believe(release.path / "store", release.identity)
    told = Comparison(Verdicts(watch.verdicts.folder), trusted=60.0)
    queries = Queries.of(Settings(releases=releases.root, **settings), comparison=told)  # type: ignore[arg-type]
    try:
        yield create_app(releases, queries).test_client()
    finally:
        queries.evaluation.pool.crew.close()


def spoil(releases: Releases, version: str) -> set[str]:
    store = releases.root / version / "store"
    return {flip(store, number) for number in range(len(list(store.glob("*.sst"))))}


def ready(client: FlaskClient) -> tuple[int, dict[str, object]]:
    response = client.get("/health/ready")
    assert isinstance(response.json, dict)
    return response.status_code, response.json


def count(client: FlaskClient) -> TestResponse:
    return client.get(COUNT, headers=PROGRAM)


def test_the_release_before_is_served_by_every_process_as_soon_as_one_has_found_the_damage(
    releases: Releases, watch: Comparison, caplog: pytest.LogCaptureFixture
) -> None:
    with worker(releases, watch) as one, worker(releases, watch) as other:
        for client in (one, other):
            assert client.get("/doc/mill/de-hoop.ttl").status_code == 200
            assert ready(client)[1]["release"] == "2"
        names = spoil(releases, "2")
        watch.review(untold)
        for client in (one, other):
            assert client.get("/doc/mill/de-hoop.ttl").status_code == 200
            status, said = ready(client)
            assert (status, said["release"], said["cannot-open"]) == (200, "1", "2")
            assert any(f'the file "{name}" of the store' in str(said["because"]) for name in names)
            assert str(releases.root) not in str(said)
            assert count(client).status_code == 200
            assert client.get("/release/2/doc/mill/de-hoop").status_code == 503
    told = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert len([line for line in told if line.startswith(str(releases.root / "2/store"))]) == 1


def test_a_query_that_meets_the_damage_is_503_costs_its_client_no_error_and_the_next_is_answered(
    releases: Releases, watch: Comparison, caplog: pytest.LogCaptureFixture
) -> None:
    with worker(releases, watch, error_budget="1/minute") as client:
        assert ready(client)[1]["release"] == "2"
        spoil(releases, "2")
        met = count(client)
        assert (met.status_code, met.headers["Retry-After"]) == (503, "5")
        assert "cannot be read just now" in met.text
        assert str(releases.root) not in met.text
        assert met.json is not None
        assert f"error {met.json['id']} at GET /sparql: the store of the release is damaged" in caplog.text
        assert "r=1;" in met.headers["RateLimit"]
        answered = count(client)
        assert answered.status_code == 200
        assert ready(client)[1]["release"] == "1"


@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_a_page_that_meets_the_damage_is_503_and_the_next_is_of_the_release_before(
    releases: Releases, watch: Comparison, accept: str
) -> None:
    with worker(releases, watch) as client:
        assert ready(client)[1]["release"] == "2"
        spoil(releases, "2")
        statuses = [client.get("/doc/mill/de-hoop", headers={"Accept": accept}).status_code for _ in range(2)]
        assert statuses == [503, 200]


def test_without_another_release_nothing_is_served_until_it_is_made_anew(tmp_path: Path, watch: Comparison) -> None:
    releases = Releases(tmp_path / "only")
    publish(releases, "1", facts())
    with worker(releases, watch) as client:
        before = count(client)
        names = spoil(releases, "1")
        watch.review(untold)
        assert client.get("/doc/mill/de-hoop").status_code == 503
        status, said = ready(client)
        assert (status, said["status"]) == (503, "not ready")
        assert any(name in str(said["reasons"]) for name in names)
        shutil.rmtree(releases.root / "1")
        publish(releases, "1", facts())
        assert count(client).data == before.data
        assert ready(client)[0] == 200


def test_an_older_release_that_is_damaged_while_it_is_open_is_read_no_more_and_takes_no_page_along(
    releases: Releases, watch: Comparison
) -> None:
    with worker(releases, watch) as client:
        old = "/release/1/doc/mill/de-hoop"
        assert client.get(old).status_code == 200
        spoil(releases, "1")
        watch.review(untold)
        assert [client.get(path).status_code for path in (old, "/timemap/doc/mill/none")] == [503, 404]
        assert ready(client)[1]["release"] == "2"
        assert client.get("/doc/mill/de-hoop").status_code == 200


def test_when_what_is_served_instead_is_damaged_too_the_one_before_that_is_served(
    releases: Releases, watch: Comparison
) -> None:
    publish(releases, "3", facts(), issued="2025-03-01")
    with worker(releases, watch) as client:
        for version, instead in (("3", "2"), ("2", "1")):
            spoil(releases, version)
            watch.review(untold)
            assert ready(client)[1]["release"] == instead
