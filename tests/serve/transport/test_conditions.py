"""The conditions of a request: dates of any size, states that a client insists on, and the same from memory."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.serve.transport.dates import date_of
from si_lod.serve.transport.kept import Kept
from tests.serve.transport.client import Direct
from tests.serve.transport.conftest import direct

if TYPE_CHECKING:
    from collections.abc import Hashable
    from pathlib import Path

    from si_lod.releases import Releases

MILL = "/doc/mill/de-hoop"
LONG_AGO, FAR_OFF = "Mon, 01 Jan 2001 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"
NO_DATES = [
    "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
    "Mon, 01 Jan 2024 00:00:00 +99999999999",
    "Mon, 99999999999999999999 Jan 2024 00:00:00 GMT",
    "Mon, 01 Jan 2024 99999999999999999999:00:00 GMT",
    "yesterday",
    "",
]


@pytest.mark.parametrize("text", NO_DATES)
@pytest.mark.parametrize("header", ["If-Modified-Since", "If-Unmodified-Since"])
@pytest.mark.parametrize("path", [MILL, f"{MILL}.ttl", "/", "/static/style.css", "/sparql?query=ASK%7B%7D"])
def test_a_date_that_is_none_is_as_if_it_were_not_there(gateway: Direct, path: str, header: str, text: str) -> None:
    for _ in range(2):  # from the application, then from memory
        assert gateway.get(path, {header: text}).status == 200
        assert gateway.get(path).status == 200


@pytest.mark.parametrize("text", NO_DATES)
def test_a_time_that_is_none_is_the_clients_mistake(gateway: Direct, text: str) -> None:
    got = gateway.get(MILL, {"Accept-Datetime": text, "Accept": "application/json"})
    assert (got.status, json.loads(got.text)["status"]) == (400, 400)


@pytest.mark.parametrize("text", NO_DATES[:-1])
def test_a_part_of_another_state_is_not_sent(gateway: Direct, text: str) -> None:
    got = gateway.get("/static/style.css", {"Range": "bytes=0-3", "If-Range": text})
    assert got.status == 200


@given(st.text() | st.from_regex(r"Mon, [0-9]{1,25} Jan [0-9]{1,25} [0-9]{1,25}:0:0 [+-][0-9]{1,25}", fullmatch=True))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    found = date_of(text)
    assert found is None or found.tzinfo is not None


@pytest.mark.parametrize("path", [MILL, f"{MILL}.ttl", "/"])
def test_who_insists_on_a_state_gets_that_state_or_412(gateway: Direct, path: str) -> None:
    tag = gateway.get(path).headers["etag"]
    for _ in range(2):
        assert gateway.get(path, {"If-Match": tag}).status == 200
        assert gateway.get(path, {"If-Match": "*"}).status == 200
        assert gateway.get(path, {"If-Unmodified-Since": FAR_OFF}).status == 200
        for insisted in ({"If-Match": '"x"'}, {"If-Match": f"W/{tag}"}, {"If-Unmodified-Since": LONG_AGO}):
            got = gateway.get(path, insisted | {"Accept": "application/json, */*;q=0.1"})
            assert (got.status, got.headers["access-control-allow-origin"]) == (412, "*")
        assert gateway.get(path, {"If-Match": tag, "If-Unmodified-Since": LONG_AGO}).status == 200
        assert gateway.get(path, {"If-Match": '"x"', "If-None-Match": tag}).status == 412


CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "If-None-Match": st.sampled_from(["own", "W/own", '"x"', "*", '"x", own', '"', "W/"]),
        "If-Match": st.sampled_from(["own", "W/own", '"x"', "*"]),
        "If-Modified-Since": st.sampled_from([LONG_AGO, FAR_OFF, *NO_DATES]),
        "If-Unmodified-Since": st.sampled_from([LONG_AGO, FAR_OFF, *NO_DATES]),
        "Range": st.sampled_from(["bytes=0-5", "bytes=99999999-", "lines=1-2"]),
        "If-Range": st.sampled_from(["own", '"x"', LONG_AGO, *NO_DATES]),
        "Accept-Datetime": st.sampled_from([LONG_AGO, FAR_OFF, *NO_DATES]),
    },
)


@pytest.fixture(scope="module")
def both(mills: Releases) -> tuple[Direct, Direct]:
    """Two services of the same release, of which one remembers."""
    return direct(mills), direct(mills, memory=0)


@given(CONDITIONS, st.sampled_from([MILL, f"{MILL}.ttl", "/", "/static/style.css", "/list/mill"]), st.booleans())
def test_memory_answers_every_condition_as_the_application_does(
    both: tuple[Direct, Direct],
    conditions: dict[str, str],
    path: str,
    head: bool,  # noqa: FBT001
) -> None:
    own = both[0].get(path).headers["etag"]
    headers = {name: value.replace("own", own) for name, value in conditions.items()}
    kept, fresh = (client.get(path, headers, "HEAD" if head else "GET") for client in both)
    assert kept.headers.pop("x-request-id") != fresh.headers.pop("x-request-id")
    assert (kept.status, kept.headers, kept.content) == (fresh.status, fresh.headers, fresh.content)


def test_memory_that_fails_costs_the_request_nothing_and_is_in_the_log(
    mills: Releases, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def epoch() -> Hashable:
        return (tmp_path / "gone").stat().st_mtime

    client = Direct(replace(direct(mills).gateway, kept=Kept(1024 * 1024, epoch)))
    got = client.get(MILL)
    assert got.status == 200
    assert client.figure("si_lod_requests_total", route="resources.document", status="200") == 1
    assert f"error {got.headers['x-request-id']} in memory" in caplog.text
