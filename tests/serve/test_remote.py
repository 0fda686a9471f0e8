"""The service over a release that an engine on another machine holds: the same answers, or why there is none now."""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from si_lod.engine.remote.answering import RemoteEngine, RemoteEvaluation
from si_lod.engine.remote.looking.lookup import Lookup
from si_lod.engine.remote.speaking.credentials import Credentials
from si_lod.engine.remote.speaking.exchange import Exchange
from si_lod.errors import EngineLost
from si_lod.releases import Releases
from si_lod.serve.app import create_app, create_gateway
from si_lod.serve.sparql.queries import Queries
from si_lod.serve.transport.figures import Figures
from si_lod.settings import Settings
from si_lod.workshop import Workshop
from tests.acceptance.live import serving
from tests.cli.command import si_lod
from tests.engine.conftest import eventually
from tests.engine.remote.machine import Oxigraph, disturbed
from tests.serve.library import publish_twice
from tests.serve.test_server import answered, running
from tests.serve.transport.client import Direct, Got

PAGES = [
    "/",
    "/doc/branch/harbour",
    "/doc/count/v-1",
    "/doc/report/annual-2024",
    "/def/read",
    "/def/shapes",
    "/catalog",
    "/catalog?page=1",
    "/sparql",
    "/search?q=harbour",
    "/places",
    "/release",
    "/release/1/doc/branch/harbour",
    "/release/2",
    "/list/branch",
    "/sitemap.xml",
    "/.well-known/void",
    "/linkset",
    "/robots.txt",
    "/doc/absent",
    "/id/branch/harbour",
    "/id/absent",
    "/doc/branch/harbour.csv",
    "/chart/branch/harbour.svg",
]
DATED = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00 \[\d+\] (INFO|WARNING|ERROR) \S")
QUERY = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"


@pytest.fixture(scope="module")
def shelf(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    return publish_twice(libraries, tmp_path_factory.mktemp("remote"))


@pytest.fixture(scope="module")
def engine(shelf: Releases) -> Iterator[Oxigraph]:
    """An engine into which both releases were pushed by the command."""
    with Oxigraph() as made:
        for version in ("1", "2"):
            push(shelf, made, version)
        yield made


def push(shelf: Releases, engine: Oxigraph, version: str) -> str:
    done = si_lod(shelf.root.parent, "push", "--to", engine.store, "--version", version)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def over(shelf: Releases, engine: Oxigraph) -> FlaskClient:
    return create_app(shelf, Queries.of(Settings(engine=engine.query, query_seconds=10))).test_client()


def told(response: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    headers = sorted(item for item in response.headers.items() if item[0] != "Date")
    return response.status_code, response.data, headers


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "application/ld+json"])
def test_every_page_and_document_is_what_it_is_over_the_release_s_own_store(
    shelf: Releases, engine: Oxigraph, path: str, accept: str
) -> None:
    here = create_app(shelf).test_client()
    headers = {"Accept": accept, "Accept-Language": "nl"}
    assert told(over(shelf, engine).get(path, headers=headers)) == told(here.get(path, headers=headers))


def test_every_thing_has_the_document_that_it_has_over_the_release_s_own_store(
    shelf: Releases, engine: Oxigraph
) -> None:
    here, there = create_app(shelf).test_client(), over(shelf, engine)
    found = here.get("/sparql", query_string={"query": "SELECT DISTINCT ?s { ?s a ?class }", "format": "csv"})
    base = shelf.current().manifest.site.base
    names = [iri.removeprefix(f"{base}id/") for iri in found.text.splitlines() if iri.startswith(f"{base}id/")]
    assert len(names) > 20
    for name in names:
        path = f"/doc/{name}.nt"
        assert told(there.get(path)) == told(here.get(path))


@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv", "html", "svg"])
def test_the_endpoint_answers_as_over_the_release_s_own_store(shelf: Releases, engine: Oxigraph, format_: str) -> None:
    fields = {"query": QUERY, "format": format_}
    here, there = create_app(shelf).test_client(), over(shelf, engine)
    assert told(there.get("/sparql", query_string=fields)) == told(here.get("/sparql", query_string=fields))


def test_a_lost_engine_is_503_in_every_form_and_comes_back_by_itself(shelf: Releases) -> None:
    with Oxigraph() as first:
        push(shelf, first, "2")
        client = over(shelf, first)
        assert client.get("/health/ready").status_code == 200
        assert client.get("/doc/branch/harbour.ttl").status_code == 200
    for path in ("/", "/doc/report/annual-2024", "/doc/absent", f"/sparql?query={QUERY}", "/list/branch"):
        for accept in ("text/html", "application/json, */*;q=0.1", "text/plain, text/html;q=0.1"):
            response = client.get(path, headers={"Accept": accept, "Accept-Language": "nl"})
            assert (response.status_code, response.headers["Cache-Control"]) == (503, "no-store"), path
            assert response.headers["Retry-After"] == "5"
            assert "niet te bereiken" in response.text
    assert client.get("/health/ready").status_code == 503
    assert client.get("/health/live").status_code == 200
    with Oxigraph(first.port) as second:
        for path in ("/", "/doc/absent", f"/sparql?query={QUERY}"):
            response = client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"})
            assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
            assert "whoever runs it puts it there with si-lod push" in response.text
        assert client.get("/health/ready").json["reasons"] == ["the engine does not hold release 2"]  # type: ignore[index]
        push(shelf, second, "2")
        assert client.get("/doc/absent").status_code == 404
        assert [client.get(path).status_code for path in ("/", "/health/ready", f"/sparql?query={QUERY}")] == [200] * 3


@contextmanager
def hanging(
    engine: Oxigraph, heard: list[bytes] | None = None
) -> Iterator[tuple[int, threading.Event, threading.Event]]:
    """Give a port on which the engine answers, but not between the two events; what it is asked is ``heard``."""
    hangs, ends = threading.Event(), threading.Event()

    def hang(answer: bytes) -> Iterator[bytes]:
        if hangs.is_set():
            ends.wait(60)
        yield answer

    with disturbed(engine.port, hang, heard) as port:
        yield port, hangs, ends


def test_an_engine_that_takes_questions_and_answers_none_is_told_to_a_monitor_in_time_and_to_readers_as_such(
    shelf: Releases, engine: Oxigraph, caplog: pytest.LogCaptureFixture
) -> None:
    with hanging(engine) as (port, hangs, ends):
        endpoint = f"http://127.0.0.1:{port}/query"
        client = create_app(shelf, Queries.of(Settings(engine=endpoint))).test_client()
        assert client.get("/health/ready").status_code == 200
        hangs.set()
        response = client.get("/health/ready")
        assert response.status_code == 503
        assert response.json["reasons"] == ["nothing answered within 2 seconds"]  # type: ignore[index]
        lookup = Lookup(Exchange(endpoint, Credentials()), shelf.current().manifest, seconds=0.5)
        for look, told_so in ((lookup.held, r"gave no answer in 0\.5 s"), (lookup.held, "does not answer just now")):
            with pytest.raises(EngineLost, match=told_so) as caught:
                look()
            assert (caught.value.status, caught.value.retry_after) == (503, 5)
        assert caplog.text.count("gave no answer in 0.5 s") == 1
        ends.set()
        assert eventually(lambda: not lookup.exchange.presence.pulse.is_stopped)
        assert lookup.held()


def impatient(endpoint: str) -> Queries:
    """What a server does with an engine that it takes for hung after a second."""
    queries = Queries.of(Settings(engine=endpoint))
    assert isinstance(queries.evaluation, RemoteEvaluation)
    return replace(queries, evaluation=replace(queries.evaluation, seconds=1.0))


def test_while_an_engine_hangs_all_that_needs_none_is_served_and_readers_wait_for_it_once(
    shelf: Releases, engine: Oxigraph
) -> None:
    heard: list[bytes] = []
    with hanging(engine, heard) as (port, hangs, ends):
        endpoint = f"http://127.0.0.1:{port}/query"
        settings = Settings(releases=shelf.root, engine=endpoint)
        client = Direct(create_gateway(settings, Figures(), impatient(endpoint)))
        assert client.get("/doc/branch/harbour").status == 200
        heard.clear()
        hangs.set()

        async def scene() -> list[Got]:
            visits = [asyncio.ensure_future(client.ask(f"/doc/count/v-{number}")) for number in range(40)]
            await asyncio.sleep(0)
            for path in ("/doc/branch/harbour", "/static/style.css", "/favicon.ico", "/health/live", "/metrics"):
                assert (await client.ask(path)).status in {200, 302}, path
            assert not any(visit.done() for visit in visits), "they wait for the engine, and the others did not"
            return await asyncio.gather(*visits)

        assert {(got.status, got.headers["retry-after"]) for got in asyncio.run(scene())} == {(503, "5")}
        # Those that had a thread waited, each for one look-up; the page that tells them so asked nothing more.
        assert 0 < asked(heard) <= 16
        heard.clear()
        for path in ("/", "/doc/report/annual-2024", "/list/branch", f"/sparql?query={quote(QUERY)}"):
            got = client.get(path, {"Accept": "text/html", "Accept-Language": "nl"})
            assert (got.status, got.headers["retry-after"]) == (503, "5")
            assert "antwoordt op dit moment niet" in got.text
        ready = client.get("/health/ready")
        assert (ready.status, "does not answer just now" in ready.text) == (503, True)
        assert asked(heard) == 0
        hangs.clear()
        ends.set()
        assert eventually(lambda: client.get("/doc/count/v-1").status == 200)


def asked(heard: list[bytes]) -> int:
    """Return how many queries of pages and clients an engine was sent; a probe is none."""
    return b"".join(heard).count(b"SELECT")


def test_all_that_one_request_looks_up_has_one_time(shelf: Releases, engine: Oxigraph) -> None:
    evaluation = impatient(engine.query).evaluation
    release = shelf.current()
    open_ = evaluation.over(release, "key")
    hurried = open_.timed()
    assert isinstance(hurried, RemoteEngine)
    patience = hurried.lookup.patience
    assert list(hurried.match(None, None, None, most=1))
    patience.spent = patience.seconds
    with pytest.raises(EngineLost, match=r"longer than 20 s for what is asked for here") as caught:
        hurried.match(None, None, None, most=2)
    assert caught.value.retry_after == 5
    # What is remembered takes no time, and another request has its own.
    assert list(hurried.match(None, None, None, most=1))
    assert list(open_.timed().match(None, None, None, most=2))
    evaluation.pool.crew.close()


def test_a_query_that_only_the_engine_cannot_evaluate_is_told_as_such_and_pays_for_it(
    shelf: Releases, engine: Oxigraph, caplog: pytest.LogCaptureFixture
) -> None:
    said = b"Error SR084: Division by 0 <b>\nERROR all is lost"

    def refuse(answer: bytes) -> Iterator[bytes]:
        yield b"HTTP/1.1 500 No\r\nContent-Length: %d\r\n\r\n%b" % (len(said), said) if b"ODD" in answer else answer

    with disturbed(engine.port, refuse) as port:
        queries = Queries.of(Settings(engine=f"http://127.0.0.1:{port}/query", error_budget="5/hour"))
        client = create_app(shelf, queries).test_client()
        for accept, reason in (("text/html", "by 0 &lt;b&gt;"), ("text/csv", "by 0 <b>\n")):
            headers = {"Accept": accept, "Accept-Language": "nl"}
            refused = client.get("/sparql", query_string={"query": "SELECT ('ODD' AS ?x) {}"}, headers=headers)
            assert (refused.status_code, refused.headers.get("Retry-After")) == (500, None)
            assert f"niet uitgevoerd, en beantwoordt andere wel: Error SR084: Division {reason}" in refused.text
            assert "all is lost" not in refused.text
        assert refused.headers["RateLimit"].startswith('"errors";r=3;')
        assert client.get("/sparql", query_string={"query": QUERY}).status_code == 200
    figures = queries.evaluation.pool.figures.read()
    assert (figures["unevaluated"], figures["lost"], caplog.text) == (2, 0, "")


def test_a_release_that_was_not_pushed_is_not_switched_to(shelf: Releases) -> None:
    with Oxigraph() as engine:
        push(shelf, engine, "1")
        # A process that never held another one takes the last one that is there.
        fresh = over(shelf, engine).get("/health/ready").json
        assert (fresh["release"], fresh["cannot-open"]) == ("1", "2")  # type: ignore[index]
        client = over(shelf, engine)
        shelf.switch("1")
        try:
            assert client.get("/health/ready").json["release"] == "1"  # type: ignore[index]
            shelf.switch("2")
            ready = client.get("/health/ready").json
            assert (ready["release"], ready["cannot-open"]) == ("1", "2")  # type: ignore[index]
        finally:
            shelf.switch("2")


def test_while_an_engine_hangs_at_a_switch_what_was_served_is_served_on_and_then_what_was_switched_to(
    shelf: Releases, engine: Oxigraph, caplog: pytest.LogCaptureFixture
) -> None:
    with hanging(engine) as (port, hangs, ends):
        settings = Settings(releases=shelf.root, engine=f"http://127.0.0.1:{port}/query")
        shelf.switch("1")
        client = Direct(create_gateway(settings, Figures()))
        before = client.get("/doc/count/v-1.ttl")
        assert "12000" in before.text
        try:
            hangs.set()
            shelf.switch("2")
            # The first has the engine asked; it, and whoever comes while that goes on, gets what is there.
            for _ in range(4):
                assert client.get("/doc/count/v-1.ttl").content == before.content
            assert "gave no answer" not in caplog.text, "the engine was waited for"
        finally:
            ends.set()
            hangs.clear()
            shelf.switch("2")
        assert eventually(lambda: "12100" in client.get("/doc/count/v-1.ttl").text)


def test_a_service_whose_engine_answers_nothing_from_the_beginning_listens_and_says_that_it_is_not_ready(
    shelf: Releases,
) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as silent:
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}/query"
        with running(shelf, engine=endpoint) as (_, address):
            assert answered(address, "/health/live")[0] == 200
            status, text = answered(address, "/")
            assert (status, "still being opened" in text) == (503, True)
            assert answered(address, "/health/ready")[0] == 503


def test_the_command_serves_from_the_engine_and_says_what_it_pushed(shelf: Releases, tmp_path: Path) -> None:
    with Oxigraph() as engine:
        triples = shelf.current().manifest.triples
        assert push(shelf, engine, "2").startswith(f"2: {triples} triples sent to {engine.store}, read back")
        with Workshop.open(shelf):  # nothing is written among the releases, so it need not wait for who does
            assert push(shelf, engine, "2").startswith(f"2: its {triples} triples are in {engine.store} already")
        command = [sys.executable, "-m", "si_lod", "serve", "--releases", str(shelf.root), "--engine", engine.query]
        with serving(*command, "--workers", "1", folder=tmp_path) as address:
            with urllib.request.urlopen(f"{address}/doc/branch/harbour.ttl", timeout=20) as response:
                assert response.status == 200
            engine.__exit__(None, None, None)
            assert eventually(lambda: _status(f"{address}/doc/report/annual-2024.ttl") == 503)
            assert [_status(f"{address}/doc/count/v-{number}.ttl") for number in (1, 2, 3)] == [503] * 3
            with Oxigraph(engine.port) as again:
                push(shelf, again, "2")
                assert eventually(lambda: _status(f"{address}/doc/report/annual-2024.ttl") == 200)
    lines = (tmp_path / "serve.log").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not DATED.match(line)] == [f"serving 2 on {address}/"]
    assert len([line for line in lines if "the engine is lost: [Errno 111]" in line]) == 1
    assert len([line for line in lines if "the engine is back, after " in line]) == 1


def _status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=20) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_wrong_address_of_an_engine_is_wrong_usage(shelf: Releases) -> None:
    for command in (["serve", "--engine", "db.example"], ["push", "--to", "db.example"]):
        done = si_lod(shelf.root.parent, *command)
        assert done.returncode == 2
        assert "expected an address such as http://localhost:7878/query" in done.stderr


def test_a_server_over_its_own_store_loads_nothing_that_speaks_to_another_machine() -> None:
    code = (
        "import sys; from si_lod.serve.sparql.queries import Queries; from si_lod.settings import Settings; "
        "Queries.of(Settings()); print(sorted({'rdflib', 'SPARQLWrapper'} & set(sys.modules))); "
        "Queries.of(Settings(engine='http://127.0.0.1:9/')); print('SPARQLWrapper' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert shown.stdout.split("\n")[:2] == ["[]", "True"]
