"""Finished representations in memory."""

from __future__ import annotations

import os
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from si_lod.releases import Releases
from si_lod.serve.transport.answer import Answer
from si_lod.serve.transport.kept import Kept
from si_lod.serve.transport.negotiation import Offer
from si_lod.serve.transport.note import Note
from si_lod.serve.transport.space import Target
from tests.serve.site import facts, publish
from tests.serve.transport.conftest import direct

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serve.transport.client import Direct

MILL = "/doc/mill/de-hoop"
HIT = {"outcome": "hit"}


def hits(client: Direct) -> float:
    return client.figure("si_lod_memory_total", **HIT)


def made(client: Direct) -> float:
    return client.figure("si_lod_representations_made_total")


@pytest.mark.parametrize(
    "path", [MILL, f"{MILL}.ttl", f"{MILL}.html?lang=en", "/", "/list/mill", "/def/m", "/doc/place/dyke?page=2"]
)
@pytest.mark.parametrize("accept", ["text/html", "*/*", "application/rdf+xml, */*;q=0.1"])
def test_what_was_made_once_is_answered_from_memory_the_same(gateway: Direct, path: str, accept: str) -> None:
    asked = {"Accept": accept, "Accept-Encoding": "gzip"}
    first = gateway.get(path, asked)
    before = made(gateway)
    again = gateway.get(path, asked)
    assert (hits(gateway), made(gateway)) == (1, before)
    assert first.headers.pop("x-request-id") != again.headers.pop("x-request-id")
    assert (again.status, again.headers, again.content) == (200, first.headers, first.content)


def test_who_has_it_gets_304_from_memory_before_any_work(gateway: Direct) -> None:
    first = gateway.get(MILL)
    work = made(gateway)
    for held in (first.headers["etag"], f"W/{first.headers['etag']}", f'"x", {first.headers["etag"]}', "*"):
        again = gateway.get(MILL, {"If-None-Match": held})
        assert (again.status, again.content) == (304, b"")
        for name in ("etag", "vary", "link", "content-location", "cache-control"):
            assert again.headers[name] == first.headers[name]
        assert "content-type" not in again.headers
    assert gateway.figure("si_lod_not_modified_total", by="memory") == 4
    assert made(gateway) == work


def test_who_has_it_gets_304_without_a_representation_being_made_when_memory_has_none(mills: Releases) -> None:
    tag = direct(mills).get(MILL, {"Accept": "text/html"}).headers["etag"]
    fresh = direct(mills)
    assert fresh.get(MILL, {"Accept": "text/html", "If-None-Match": tag}).status == 304
    assert fresh.figure("si_lod_not_modified_total", by="application") == 1
    assert made(fresh) == 0


def test_a_tag_of_another_representation_gets_this_one(gateway: Direct) -> None:
    tags = {
        gateway.get(MILL, {"Accept": accept, "Accept-Encoding": coding}).headers["etag"]
        for accept in ("text/turtle", "text/html")
        for coding in ("", "gzip", "br")
    }
    assert len(tags) == 6
    for accept in ("text/turtle", "text/html"):
        own = gateway.get(MILL, {"Accept": accept}).headers["etag"]
        others = ", ".join(tags - {own})
        assert gateway.get(MILL, {"Accept": accept, "If-None-Match": others}).status == 200


def test_head_is_answered_from_memory_with_the_same_headers(gateway: Direct) -> None:
    get = gateway.get(MILL)
    head = gateway.get(MILL, method="HEAD")
    assert hits(gateway) == 1
    assert get.headers.pop("x-request-id") != head.headers.pop("x-request-id")
    assert (head.status, head.headers, head.content) == (200, get.headers, b"")


def test_odd_headers_that_lead_to_the_same_choice_find_what_is_kept(gateway: Direct) -> None:
    gateway.get(MILL, {"Accept": "text/turtle"})
    size = gateway.gateway.kept.size
    for number in range(50):
        odd = {"Accept": f"x/y{number}, text/turtle;q=0.{number:02}1", "Accept-Language": f"x-{number}"}
        assert gateway.get(MILL, odd).headers["content-type"] == "text/turtle; charset=utf-8"
    assert hits(gateway) == 50
    assert gateway.gateway.kept.size == size


def test_each_language_has_its_own_page_and_the_data_are_kept_once(gateway: Direct) -> None:
    pages = {gateway.get(MILL, {"Accept": "text/html", "Accept-Language": tag}).text for tag in ("nl", "en", "nl")}
    assert len(pages) == 2
    assert hits(gateway) == 1
    gateway.get(MILL, {"Accept-Language": "nl"})
    gateway.get(MILL, {"Accept-Language": "en"})
    assert hits(gateway) == 2


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/doc/mill/nope", {}),
        ("/id/mill/de-hoop", {}),
        (MILL, {"Accept": "image/png"}),
        ("/health/ready", {}),
        ("/metrics", {}),
        ("/release", {}),
        ("/sparql?query=ASK%7B%7D", {}),
        (MILL, {"Accept-Datetime": "Tue, 01 Jan 2030 00:00:00 GMT"}),
    ],
)
def test_what_does_not_last_is_asked_for_anew(gateway: Direct, path: str, headers: dict[str, str]) -> None:
    gateway.get(path, headers)
    gateway.get(path, headers)
    assert hits(gateway) == 0


def test_a_header_that_comes_twice_is_answered_as_one_list(gateway: Direct) -> None:
    both = [("Accept", "image/png"), ("Accept", "text/turtle")]
    for _ in range(2):
        assert gateway.get(MILL, both).headers["content-type"] == "text/turtle; charset=utf-8"


def test_another_release_drops_everything(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", facts())
    client = direct(releases)
    first = client.get(MILL)
    publish(releases, "2", facts())
    second = client.get(MILL)
    assert second.headers["etag"] != first.headers["etag"]
    client.get(MILL)
    releases.switch("1")
    back = client.get(MILL, {"If-None-Match": second.headers["etag"]})
    assert (back.status, back.headers["etag"]) == (200, first.headers["etag"])


def test_the_same_release_served_anew_has_a_new_date(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", facts())
    client = direct(releases)
    client.get(MILL)
    os.utime(releases.root / "current", (0, 4_000_000_000), follow_symlinks=False)
    client.get(MILL)
    assert hits(client) == 0


def test_addresses_with_a_query_do_not_push_out_the_others(mills: Releases) -> None:
    client = direct(mills, memory=1)
    client.get(MILL)
    for number in range(150):
        client.get(f"{MILL}?x={number}")
        assert client.gateway.kept.size <= 1024 * 1024
    client.get(MILL)
    assert hits(client) == 1
    client.get(f"{MILL}?x=149")
    assert hits(client) == 2
    client.get(f"{MILL}?x=0")
    assert hits(client) == 2


def answer_of(content: int, headers: int, length: int) -> Answer:
    """Return an answer that takes its own memory: so many bytes of content, so many headers of some length."""
    lines = [(f"x-{number}".encode(), b"v" * length) for number in range(headers)]
    known = [(b"etag", b'"a"'), (b"content-type", b"text/html"), (b"vary", b"accept, accept-encoding")]
    return Answer(200, [*known, *lines], b"c" * content, note=Note(lasting=True, offers=(Offer("text/html"),)))


@pytest.mark.parametrize(
    ("content", "headers", "length"), [(8000, 15, 40), (10, 0, 0), (100, 60, 10), (8000, 1, 90_000)]
)
@pytest.mark.parametrize("longest", [0, 1900, 30_000])
def test_what_is_kept_takes_no_more_memory_than_it_may(content: int, headers: int, length: int, longest: int) -> None:
    most = 2 * 1024 * 1024
    kept = Kept(most, lambda: 1)
    tracemalloc.start()
    try:
        for number in range(3000):
            for path, query in ((f"/doc/{number}", ""), ("/", f"x={number}".ljust(longest, "a"))):
                target = Target(path.encode(), query.encode(), "")
                kept.keep(target, {}, answer_of(content, headers, length), 1)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most / 4 < kept.size <= most
    assert taken <= most


def test_nothing_is_kept_of_an_address_that_nobody_links_to(gateway: Direct) -> None:
    for _ in range(3):
        assert gateway.get(f"{MILL}.ttl?x={'a' * 3000}").status == 200
    assert (hits(gateway), gateway.gateway.kept.size) == (0, 0)


def test_without_memory_all_is_made_anew(mills: Releases) -> None:
    client = direct(mills, memory=0)
    assert {client.get(MILL).content for _ in range(3)} == {client.get(MILL).content}
    assert hits(client) == 0


RANGES = st.sampled_from(
    ["text/turtle", "text/html", "application/*", "text/*", "*/*", "application/ld+json", "image/png"]
)
ACCEPT = st.lists(st.tuples(RANGES, st.sampled_from(["", ";q=0", ";q=0.5", ";q=0.51"])), max_size=4)
LANGUAGE = st.sampled_from(["", "nl", "en", "en;q=0.4, nl;q=0.3", "de", "nl;q=0, *"])
CODING = st.sampled_from(["", "gzip", "br", "gzip, br", "gzip;q=0.5, br;q=0.1", "*", "identity", "br;q=0, *"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.tuples(ACCEPT, LANGUAGE, CODING), min_size=1, max_size=6))
def test_memory_never_changes_an_answer(
    mills: Releases, gateway: Direct, asked: list[tuple[list[tuple[str, str]], str, str]]
) -> None:
    """Whatever was asked before, the answer is the one that the application alone gives."""
    alone = direct(mills, memory=0)
    for ranges, language, coding in asked:
        headers = {"Accept": ", ".join(map("".join, ranges)), "Accept-Language": language, "Accept-Encoding": coding}
        kept, fresh = gateway.get(MILL, headers), alone.get(MILL, headers)
        assert kept.headers.pop("x-request-id") != fresh.headers.pop("x-request-id")
        assert (kept.status, kept.headers, kept.content) == (fresh.status, fresh.headers, fresh.content)
