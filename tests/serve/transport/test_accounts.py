"""What the operator is told: figures of all workers, a line for each request, and whether the service is ready."""

from __future__ import annotations

import io
import json
import re
import time
from dataclasses import replace
from logging import StreamHandler
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from si_lod.errors import NoRelease
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.transport.accounts import Accounts
from si_lod.serve.transport.asking import Asking
from si_lod.serve.transport.log import RequestLog
from tests.serve.site import facts, publish
from tests.serve.test_server import answered, running
from tests.serve.transport.client import Direct
from tests.serve.transport.conftest import cold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.serve.transport.client import Got

MILL = "/doc/mill/de-hoop"


def samples(text: str) -> dict[tuple[str, str], float]:
    """Return the values by the sample's name and its labels' values."""
    families = text_string_to_metric_families(text)
    return {(s.name, " ".join(s.labels.values())): s.value for family in families for s in family.samples}


def test_requests_are_counted_by_route_and_status(gateway: Direct) -> None:
    for path in (MILL, MILL, "/doc/mill/nope", "/id/mill/de-hoop"):
        gateway.get(path)
    got = gateway.get("/metrics")
    assert got.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert got.headers["cache-control"] == "no-store"
    counted = samples(got.text)
    assert counted["si_lod_requests_total", "resources.document 200"] == 2
    assert counted["si_lod_requests_total", "resources.document 404"] == 1
    assert counted["si_lod_requests_total", "resources.thing 303"] == 1
    assert counted["si_lod_memory_total", "hit"] == 1
    assert counted["si_lod_representations_made_total", ""] == 1
    assert counted["si_lod_request_seconds_count", "resources.document"] == 3


@pytest.fixture(scope="module")
def together(mills: Releases) -> Iterator[str]:
    """The address of a service of several web workers, with a budget for each client."""
    with running(mills, workers=3, error_budget="5/hour") as (_, address):
        yield address


def test_the_figures_are_those_of_all_workers_together(together: str) -> None:
    for _ in range(40):
        assert answered(together, f"{MILL}.ttl")[0] == 200
    # A request is counted after its answer is sent, so the last one may come a moment later.
    for _ in range(50):
        counted = samples(answered(together, "/metrics")[1])
        if counted["si_lod_requests_total", "resources.document 200"] == 40:
            break
        time.sleep(0.05)
    assert counted["si_lod_requests_total", "resources.document 200"] == 40


def test_a_client_has_one_budget_with_all_workers_together_and_is_told_what_is_left_of_it(together: str) -> None:
    answered(together, "/health/ready")
    told = []
    for _ in range(14):
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{together}/sparql?query=nonsense", timeout=20)
        told.append((refused.value.code, refused.value.headers["RateLimit"].split(";")[1]))
        refused.value.close()
    assert told == [*((400, f"r={left}") for left in (4, 3, 2, 1, 0)), *[(429, "r=0")] * 9]


@pytest.fixture
def logged(mills: Releases) -> tuple[Direct, io.StringIO]:
    stream = io.StringIO()
    gateway = cold(mills).gateway
    return Direct(
        replace(gateway, accounts=Accounts(gateway.accounts.figures, RequestLog(StreamHandler(stream))))
    ), stream


def test_each_request_is_a_line_of_json_with_the_identifier_that_the_client_got(
    logged: tuple[Direct, io.StringIO],
) -> None:
    client, stream = logged
    assert client.get("/health/ready").status == 200
    stream.truncate(stream.seek(0))
    answers = [client.get(path) for path in (MILL, MILL, "/doc/a%2Fb?x=%22", "/%00")]
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["id"] for line in lines] == [got.headers["x-request-id"] for got in answers]
    assert [line["status"] for line in lines] == [200, 200, 400, 400]
    assert (lines[0]["release"], lines[0]["route"], lines[0]["path"]) == ("2025.1", "resources.document", MILL)
    assert [line["kept"] for line in lines[1:3]] == [True, False]
    assert {line["whole"] for line in lines} == {True}
    assert (lines[2]["path"], lines[2]["query"]) == ("/doc/a%2Fb", "x=%22")
    assert all(line["seconds"] >= 0 and line["client"] == "127.0.0.1" for line in lines)


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("kind", "content", "shown"),
    [
        (FORM, b"query=ASK+%7B%7D", "query=ASK+%7B%7D"),
        ("application/sparql-query", 'ASK { ?s ?p "é\n\x1b" }'.encode(), 'ASK { ?s ?p "é\n\x1b" }'),
        ("application/sparql-query", b"\xff is no UTF-8", "\ufffd is no UTF-8"),
        (FORM, b"query=" + "\U0001f682".encode() * 10_000, "query=" + "\U0001f682" * 994),
        ("text/plain", b"what?", "what?"),
    ],
)
def test_of_a_query_that_is_sent_as_content_the_line_has_its_length_and_its_beginning(
    logged: tuple[Direct, io.StringIO], kind: str, content: bytes, shown: str
) -> None:
    client, stream = logged
    client.get("/sparql", {"Content-Type": kind}, "POST", content)
    (text,) = stream.getvalue().splitlines()
    line = json.loads(text)
    assert (line["sent"], line["content"]) == (len(content), shown)


def test_a_line_has_no_content_of_a_request_that_had_none_and_none_that_was_not_read(
    logged: tuple[Direct, io.StringIO],
) -> None:
    client, stream = logged
    client.get("/sparql?query=ASK%20%7B%7D")
    client.get("/sparql", {"Content-Type": FORM, "Content-Length": "99999999"}, "POST", b"query=ASK+%7B%7D")
    client.get(MILL, {"Content-Type": FORM}, "POST", b"query=ASK+%7B%7D")
    assert [{"sent", "content"} & {*json.loads(line)} for line in stream.getvalue().splitlines()] == [set()] * 3


@pytest.mark.parametrize(
    ("hops", "forwarded", "client"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "6.6.6.6, 192.0.2.1", "192.0.2.1"),
        (2, "6.6.6.6, 192.0.2.1, 10.0.0.1", "192.0.2.1"),
        (2, "192.0.2.1", "127.0.0.1"),
    ],
)
def test_the_client_is_who_the_trusted_proxies_say(mills: Releases, hops: int, forwarded: str, client: str) -> None:
    stream = io.StringIO()
    gateway = cold(mills, proxy_hops=hops).gateway
    logged = replace(gateway, accounts=Accounts(gateway.accounts.figures, RequestLog(StreamHandler(stream), hops)))
    Direct(logged).get("/health/live", {"X-Forwarded-For": forwarded} if forwarded else {})
    assert json.loads(stream.getvalue())["client"] == client


def test_no_identifier_comes_twice(gateway: Direct) -> None:
    found = [gateway.get(MILL).headers["x-request-id"] for _ in range(20)]
    assert len(set(found)) == 20
    assert all(re.fullmatch("[0-9a-f]{16}", identifier) for identifier in found)


def asked(releases: Releases, path: str) -> Got:
    return cold(releases).get(path)


def test_an_error_of_the_service_has_the_identifier_of_the_request(
    mills: Releases, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(mills)

    def broken() -> str:
        raise RuntimeError("the secret of the house")

    app.add_url_rule("/broken", "broken", broken)
    client = Direct(replace(cold(mills).gateway, asking=Asking(app)))
    got = client.get("/broken", {"Accept": "application/json"})
    assert (got.status, got.headers["cache-control"]) == (500, "no-store")
    assert json.loads(got.text)["id"] == got.headers["x-request-id"]
    assert "secret" not in got.text
    assert f"error {got.headers['x-request-id']} at GET /broken" in caplog.text


def test_who_has_a_release_is_ready_and_says_which(mills: Releases) -> None:
    got = asked(mills, "/health/ready")
    assert (got.status, got.headers["cache-control"]) == (200, "no-store")
    told = json.loads(got.text)
    assert (told["status"], told["release"]) == ("ready", "2025.1")


def test_who_has_none_lives_and_is_not_ready_and_says_why(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    assert json.loads(asked(releases, "/health/live").text) == {"status": "live"}
    got = asked(releases, "/health/ready")
    assert got.status == 503
    assert json.loads(got.text)["reasons"] == ["there is no release that can be opened"]


def test_an_empty_release_is_not_ready(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", [])
    got = asked(releases, "/health/ready")
    assert (got.status, json.loads(got.text)["reasons"]) == (503, ["release 1 holds nothing"])


def test_a_release_that_cannot_be_opened_is_told_while_the_one_before_is_served(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", facts())
    client = cold(releases)
    assert client.get(MILL).status == 200
    publish(releases, "2", facts())
    for file in (releases.root / "2/store").iterdir():
        file.unlink()
    with pytest.raises(NoRelease):
        releases.current().store()
    got = client.get("/health/ready")
    told = json.loads(got.text)
    assert (got.status, told["release"], told["cannot-open"]) == (200, "1", "2")
    assert client.get(MILL).status == 200
