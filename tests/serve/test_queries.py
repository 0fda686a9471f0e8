"""Clients' queries as the production server answers them: bounded, remembered, and counted."""

from __future__ import annotations

import hashlib
import resource
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from si_lod.errors import InvalidSetting
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.server import prepare
from si_lod.serve.sparql.queries import Queries
from si_lod.serve.transport.asking import CAME
from si_lod.serve.transport.figures import Figures
from si_lod.settings import Settings
from tests.engine.conftest import asking, eventually
from tests.serve.site import BASE, facts, publish

LIGHT = f"SELECT ?mill {{ ?mill a <{BASE}def/m#Mill> }}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
ROWS = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 40000"
ENGLISH = {"Accept-Language": "en"}

Making = Callable[..., tuple[FlaskClient, Queries]]


@pytest.fixture
def making(mills: Releases) -> Iterator[Making]:
    """Make a client of a service with these settings."""
    made = []

    def make(releases: Releases = mills, **settings: object) -> tuple[FlaskClient, Queries]:
        queries = Queries.of(Settings(**{"query_seconds": 5, **settings}))  # type: ignore[arg-type]
        made.append(queries)
        return create_app(releases, queries).test_client(), queries

    yield make
    for queries in made:
        queries.evaluation.pool.crew.close()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_same_query_is_evaluated_once_whoever_asks_it_and_however(making: Making, method: str) -> None:
    client, queries = making()
    first = client.get("/sparql", query_string={"query": LIGHT})
    fields = {"query": LIGHT}
    again = client.get("/sparql", query_string=fields) if method == "GET" else client.post("/sparql", data=fields)
    assert (again.status_code, again.data) == (200, first.data)
    assert again.headers["ETag"] == first.headers["ETag"]
    figures = queries.evaluation.pool.figures.read()
    assert (figures["evaluated"], figures["remembered"]) == (1, 1)


def test_who_has_the_result_gets_304_without_evaluation(making: Making) -> None:
    tag = making()[0].get("/sparql", query_string={"query": LIGHT}).headers["ETag"]
    client, queries = making()
    response = client.get("/sparql", query_string={"query": LIGHT}, headers={"If-None-Match": tag})
    assert response.status_code == 304
    assert queries.evaluation.pool.figures.read()["evaluated"] == 0


def test_a_client_may_lower_the_deadline(making: Making) -> None:
    client, _ = making()
    assert client.get("/sparql", query_string={"query": "ASK {}"}).status_code == 200  # so a process is ready
    response = client.get(
        "/sparql", query_string={"query": ENDLESS, "timeout": "0.2"}, headers={**ENGLISH, "Accept": "application/json"}
    )
    assert (response.status_code, response.content_type) == (504, "application/problem+json")
    assert response.json is not None
    assert "longer than 0.2 s," in response.json["detail"]
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_the_time_that_a_query_waited_for_a_thread_counts(making: Making) -> None:
    client, queries = making()
    waited = {CAME: monotonic() - 1.0}
    response = client.get("/sparql", query_string={"query": LIGHT, "timeout": "0.9"}, environ_overrides=waited)
    assert response.status_code == 504
    assert queries.evaluation.pool.figures.read()["evaluated"] == 0
    assert client.get("/sparql", query_string={"query": LIGHT}, environ_overrides=waited).status_code == 200


@pytest.mark.parametrize("timeout", ["0", "-1", "x", "1e9", "00000001", "inf", "0.000001", "0.09"])
def test_a_deadline_that_is_none_is_refused(making: Making, timeout: str) -> None:
    assert making()[0].get("/sparql", query_string={"query": LIGHT, "timeout": timeout}).status_code == 400


def test_a_full_disk_is_503_and_not_charged_to_the_client(making: Making) -> None:
    client, queries = making(evaluators=2, error_budget="1/hour")
    light, large = ({"query": text, "format": "json"} for text in (LIGHT, ROWS))
    assert client.get("/sparql", query_string=light).status_code == 200
    crew = queries.evaluation.pool.crew
    assert eventually(lambda: len(crew.idle()) == 2)
    for process in crew.idle():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (1, 1))
    refused = client.get("/sparql", query_string=large, headers=ENGLISH)
    assert (refused.status_code, "no room" in refused.text, int(refused.headers["Retry-After"]) > 0) == (
        503,
        True,
        True,
    )
    assert client.get("/sparql", query_string=light).status_code == 200


def test_a_result_that_is_too_large_is_told_with_the_way_to_page(making: Making) -> None:
    client, _ = making(result_size=1)
    response = client.get("/sparql", query_string={"query": ROWS}, headers=ENGLISH)
    assert response.status_code == 507
    assert "LIMIT and OFFSET" in response.text
    assert "LIMIT en OFFSET" in client.get("/sparql", query_string={"query": ROWS}).text


@pytest.mark.parametrize("shown", ["html", "svg"])
def test_a_result_that_is_too_large_to_be_shown_is_told_where_it_can_be_had_whole(making: Making, shown: str) -> None:
    client, _ = making()
    page = client.get("/sparql", query_string={"query": ROWS, "format": shown}, headers=ENGLISH)
    assert page.status_code == 507
    assert "larger than the 4,194,304 bytes that are shown here; ask for it as CSV" in page.text
    assert client.get("/sparql", query_string={"query": ROWS, "format": "csv"}).status_code == 200


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ("timeout=5&timeout=6", 400),
        ("timeout=5&timeout=5", 200),
        ("format=csv&format=json", 200),
        ("format=csv&format=csv", 200),
        ("format=svg&size=small&size=large", 400),
    ],
)
def test_what_is_said_twice_and_differently_is_refused(making: Making, fields: str, status: int) -> None:
    client, _ = making()
    response = client.get(f"/sparql?{urlencode({'query': LIGHT})}&{fields}", headers=ENGLISH)
    assert response.status_code == status
    assert (": expected one, found several: " in response.text) is (status == 400)


def test_what_the_address_says_goes_before_what_a_form_says(making: Making) -> None:
    client, _ = making()
    response = client.post("/sparql?format=csv", data={"query": LIGHT, "format": "json"})
    assert (response.status_code, response.mimetype) == (200, "text/csv")


def test_a_browser_gets_the_problem_on_the_page_with_its_query(making: Making) -> None:
    client, _ = making()
    assert client.get("/sparql", query_string={"query": "ASK {}"}).status_code == 200  # so a process is ready
    response = client.get("/sparql", query_string={"query": ENDLESS, "timeout": "0.2"}, headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype) == (504, "text/html")
    assert "COUNT(*)" in response.text


def test_a_large_result_comes_whole_with_its_length(making: Making) -> None:
    client, _ = making()
    response = client.get("/sparql", query_string={"query": ROWS}, headers={"Accept": "text/csv"})
    assert response.data.count(b"\r\n") == 40_001
    assert int(response.headers["Content-Length"]) == len(response.data)
    head = client.head("/sparql", query_string={"query": ROWS}, headers={"Accept": "text/csv"})
    assert head.headers["Content-Length"] == response.headers["Content-Length"]
    again = client.get("/sparql", query_string={"query": ROWS}, headers={"Accept": "text/csv"})
    assert hashlib.sha256(again.data).digest() == hashlib.sha256(response.data).digest()


def test_errors_use_up_a_budget_and_what_is_left_is_in_the_headers(making: Making) -> None:
    client, queries = making(error_budget="2/hour", time_budget="100/hour")
    assert client.get("/sparql", query_string={"query": "nonsense"}).headers["RateLimit"].split(", ")[1] == (
        '"errors";r=1;t=3600'
    )
    right = client.get("/sparql", query_string={"query": LIGHT})
    assert right.headers["RateLimit-Policy"] == '"time";q=100;w=3600, "errors";q=2;w=3600'
    client.get("/sparql", query_string={"query": "nonsense"})
    refused = client.get("/sparql", query_string={"query": LIGHT})
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert queries.evaluation.pool.figures.read()["over_budget"] == 1
    other = client.get("/sparql", query_string={"query": LIGHT}, environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert other.status_code == 200


def test_evaluation_uses_up_a_budget_and_what_is_remembered_does_not(making: Making) -> None:
    client, _ = making(time_budget="1/hour")
    assert client.get("/sparql", query_string={"query": LIGHT}).status_code == 200
    client.get("/sparql", query_string={"query": ENDLESS, "timeout": "4"})
    assert client.get("/sparql", query_string={"query": LIGHT}).status_code == 429


def test_without_settings_nothing_is_said_of_budgets(making: Making) -> None:
    assert "RateLimit" not in making()[0].get("/sparql", query_string={"query": LIGHT}).headers


def test_another_release_has_processes_of_its_own_and_those_of_the_one_before_go(
    making: Making, tmp_path: Path
) -> None:
    releases = Releases(tmp_path / "releases")
    publish(releases, "1", facts())
    client, queries = making(releases)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = client.get("/sparql", query_string={"query": count})
    pool = queries.evaluation.pool
    assert eventually(lambda: len(pool.crew.idle()) > 0)
    old = pool.crew.idle()
    publish(releases, "2", list(facts())[:100])
    after = client.get("/sparql", query_string={"query": count})
    assert b'"100"' in after.data
    assert after.headers["ETag"] != before.headers["ETag"]
    assert client.get("/release/1/sparql", query_string={"query": count}).data == before.data
    client.get("/sparql", query_string={"query": "ASK {}"})
    assert eventually(lambda: not any(Path(f"/proc/{process}").exists() for process in old))


def test_what_becomes_of_queries_is_counted_for_monitoring(mills: Releases) -> None:
    figures = Figures()
    queries = Queries.of(Settings(), figures.count_query)
    client = create_app(mills, queries).test_client()
    for _ in range(3):
        client.get("/sparql", query_string={"query": LIGHT})
    client.get("/sparql", query_string={"query": ENDLESS, "timeout": "1"})
    shown = figures.text().decode()
    assert 'si_lod_queries_total{outcome="evaluated"} 2.0' in shown
    assert 'si_lod_queries_total{outcome="remembered"} 2.0' in shown
    assert 'si_lod_queries_total{outcome="overdue"} 1.0' in shown
    queries.evaluation.pool.crew.close()


def test_a_service_with_a_budget_that_is_none_does_not_start(mills: Releases) -> None:
    with pytest.raises(InvalidSetting, match="SI_LOD_TIME_BUDGET"):
        prepare(Settings(releases=mills.root, time_budget="much"))


def test_a_client_who_waits_for_two_slow_queries_has_its_quick_ones_answered_meanwhile(mills: Releases) -> None:
    queries = Queries.of(Settings(query_seconds=120))
    folder = (mills.current().path / "store").resolve()
    pool = queries.evaluation.pool
    with ThreadPoolExecutor(2) as others:
        slow = [others.submit(pool.answer, folder, asking(ENDLESS, client="one")) for _ in range(2)]
        assert eventually(lambda: pool.figures.read()["evaluated"] == len(slow))
        for number in range(12):
            assert pool.answer(folder, asking(f"ASK {{ FILTER({number} = {number}) }}", client="one")).content
        assert not any(one.done() for one in slow)
        pool.crew.close()  # which ends what is still evaluated
        assert all(one.exception() for one in slow)


@pytest.mark.parametrize(
    ("workers", "evaluators", "places"), [(2, 8, 4), (2, 4, 2), (2, 9, 4), (4, 4, 2), (1, 6, 6), (1, 1, 2)]
)
def test_the_evaluators_are_divided_among_the_web_workers(workers: int, evaluators: int, places: int) -> None:
    queries = Queries.of(Settings(workers=workers, evaluators=evaluators))
    assert queries.evaluation.pool.bounds.places == places
