"""What whole requests get: the vectors of negotiation, validators as properties, and the headers of every route."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from si_lod.serve.app import create_app
from tests.serve.library import BASE, publish_twice
from tests.serve.test_negotiation import LANGUAGES, VECTORS
from tests.serve.transport.conftest import direct

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.releases import Releases
    from si_lod.serve.transport.negotiation import Offer
    from tests.serve.transport.client import Direct

MILL = "/doc/mill/de-hoop"
TYPES = ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml", "text/html"]


@pytest.mark.parametrize(("accept", "expected"), VECTORS.items())
def test_a_request_gets_the_type_that_its_accept_header_wants_or_406(
    gateway: Direct, accept: str, expected: Offer | None
) -> None:
    for _ in range(2):  # from the application, then from memory
        got = gateway.get(MILL, {"Accept": accept} if accept else {})
        if expected is None:
            assert got.status == 406
            assert all(media_type in got.text for media_type in TYPES)
        else:
            assert (got.status, got.headers["content-type"].partition(";")[0]) == (200, expected.media_type)


@pytest.mark.parametrize(("header", "expected"), LANGUAGES.items())
def test_a_page_is_in_the_language_that_the_header_wants(gateway: Direct, header: str, expected: str) -> None:
    for _ in range(2):
        got = gateway.get(MILL, {"Accept": "text/html", "Accept-Language": header})
        assert (got.headers["content-language"], f'<html lang="{expected}"' in got.text) == (expected, True)


CHOICES = st.tuples(
    st.sampled_from(TYPES),
    st.sampled_from(["nl", "en"]),
    st.sampled_from(["", "gzip", "br"]),
    st.sampled_from([MILL, "/"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)
@given(st.lists(CHOICES, min_size=2, max_size=4))
def test_tags_are_equal_exactly_where_the_bytes_are(gateway: Direct, choices: list[tuple[str, str, str, str]]) -> None:
    tags: dict[tuple[str, str], bytes] = {}
    for accept, language, coding, path in choices:
        headers = {"Accept": accept, "Accept-Language": language, "Accept-Encoding": coding}
        got = gateway.get(path, headers)
        if got.status == 200:
            assert tags.setdefault((path, got.headers["etag"]), got.content) == got.content
    contents = [(path, content) for (path, _), content in tags.items()]
    assert len(set(contents)) == len(contents)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from(["own", "weak", "other", "of another type", "*"]), min_size=1, max_size=4),
    st.booleans(),
    st.sampled_from([MILL, f"{MILL}.ttl", "/", "/sparql?query=ASK%7B%7D"]),
)
def test_304_comes_exactly_when_a_tag_matches(gateway: Direct, held: list[str], kept: bool, path: str) -> None:  # noqa: FBT001
    first = gateway.get(path, {"Accept": "text/html"})
    own = first.headers["etag"]
    another = gateway.get(MILL, {"Accept": "application/rdf+xml"}).headers["etag"]
    names = {
        "own": own,
        "weak": own if own.startswith("W/") else f"W/{own}",
        "other": '"x"',
        "of another type": another,
        "*": "*",
    }
    if "*" in held:
        held = ["*"]
    client = gateway if kept else direct(gateway.gateway.kept.epoch.__self__.releases)  # type: ignore[attr-defined]
    got = client.get(path, {"Accept": "text/html", "If-None-Match": ", ".join(names[name] for name in held)})
    matches = bool({"own", "weak", "*"} & set(held))
    assert (got.status, got.headers["etag"]) == (304 if matches else 200, own)
    assert got.headers["vary"] == first.headers["vary"]


@dataclass(frozen=True)
class Row:
    """The headers that a route answers with; an empty text is no header, ``...`` any value."""

    status: int
    vary: str = ""
    caching: str = "public, no-cache"
    location: str = ""
    language: str = ""
    tag: str = '"'
    links: tuple[str, ...] = ()


UNDATED = {
    ("/release", "turtle"),
    ("/release", "html"),
    ("/release/1", "html"),
    ("/release/1/doc/count/v-1", "html"),
}
"""What tells of other releases than the one that answers, which can come and go at any time."""
YEAR = "public, max-age=31536000, immutable"
PLAIN = "no-cache"
WAYS = ("original timegate", "timemap")
ABOUT = ("alternate", "canonical", "cite-as", "license", "type")
HTML = {"Accept": "text/html", "Accept-Language": "en"}
TURTLE = {"Accept": "text/turtle", "Accept-Language": "en"}
COUNT = "/doc/count/v-1"
PAGE = "Accept, Accept-Language, Accept-Encoding"
ROUTES = {
    ("/", "html"): Row(200, PAGE, language="en", links=("alternate", "service-desc")),
    ("/", "turtle"): Row(406, "Accept, Accept-Language", PLAIN, language="en", tag=""),
    ("/list/branch", "html"): Row(200, PAGE, location="/list/branch.html?lang=en", language="en", links=("alternate",)),
    ("/id/count/v-1", "html"): Row(303, "", PLAIN, COUNT, tag=""),
    ("/id/count/v-1", "turtle"): Row(303, "", PLAIN, COUNT, tag=""),
    ("/id/report/annual-2024", "html"): Row(308, "", PLAIN, "/id/report/first-2024", tag=""),
    (COUNT, "html"): Row(
        200,
        f"{PAGE}, Accept-Datetime",
        location=f"{COUNT}.html?lang=en",
        language="en",
        links=(*ABOUT, "alternate describedby", *WAYS),
    ),
    (COUNT, "turtle"): Row(
        200,
        "Accept, Accept-Encoding, Accept-Datetime",
        location=f"{COUNT}.ttl",
        links=(*ABOUT, "alternate describedby", *WAYS),
    ),
    (f"{COUNT}.ttl", "html"): Row(
        200, "Accept-Encoding, Accept-Datetime", location=f"{COUNT}.ttl", links=(*ABOUT, *WAYS)
    ),
    (f"{COUNT}.html?lang=en", "turtle"): Row(
        200,
        "Accept-Encoding, Accept-Datetime",
        location=f"{COUNT}.html?lang=en",
        language="en",
        links=(*ABOUT, "alternate describedby", *WAYS),
    ),
    (f"/release/1{COUNT}", "turtle"): Row(
        200,
        "Accept, Accept-Encoding",
        YEAR,
        f"/release/1{COUNT}.ttl",
        links=(*ABOUT, "alternate describedby", *WAYS),
    ),
    (f"/release/1{COUNT}", "html"): Row(
        200,
        PAGE,
        location=f"/release/1{COUNT}.html?lang=en",
        language="en",
        links=(*ABOUT, "alternate describedby", *WAYS),
    ),
    ("/release/1/id/count/v-1", "turtle"): Row(303, "", PLAIN, f"/release/1{COUNT}", tag=""),
    ("/def/read", "turtle"): Row(
        200, "Accept, Accept-Encoding", location="/def/read.ttl", links=(*ABOUT, "alternate describedby")
    ),
    ("/def/read", "html"): Row(
        200, PAGE, location="/def/read.html?lang=en", language="en", links=(*ABOUT, "alternate describedby")
    ),
    ("/release", "turtle"): Row(200, "Accept, Accept-Encoding", location="/release.ttl", links=("alternate",)),
    ("/release", "html"): Row(200, PAGE, location="/release.html?lang=en", language="en", links=("alternate",)),
    ("/release/1", "html"): Row(200, PAGE, location="/release/1.html?lang=en", language="en", links=("alternate",)),
    ("/release/1/report", "turtle"): Row(
        200, "Accept, Accept-Encoding", YEAR, "/release/1/report.ttl", links=("alternate",)
    ),
    ("/report", "turtle"): Row(302, "", PLAIN, "/release/2/report", tag=""),
    ("/sparql", "turtle"): Row(200, "Accept, Accept-Encoding"),
    ("/sparql", "html"): Row(200, PAGE, language="en", links=("alternate",)),
    ("/sparql?query=ASK%7B%7D", "html"): Row(200, PAGE, language="en", tag='W/"', links=("alternate",)),
    ("/sparql?query=ASK%7B%7D&format=json", "html"): Row(200, "Accept-Encoding", tag='W/"'),
    ("/sparql?query=ASK%7B%7D", "turtle"): Row(406, "Accept, Accept-Language", PLAIN, language="en", tag=""),
    ("/static/style.css", "html"): Row(200, "Accept-Encoding"),
    ("/doc/count/v-3", "html"): Row(
        410, "Accept, Accept-Language", PLAIN, "", "en", tag="", links=("successor-version",)
    ),
    ("/doc/count/v-3", "turtle"): Row(
        410, "Accept, Accept-Language", PLAIN, language="en", tag="", links=("successor-version",)
    ),
    ("/doc/nope", "html"): Row(404, "Accept, Accept-Language", PLAIN, language="en", tag=""),
    ("/doc/count%2Fv-1", "html"): Row(400, "Accept, Accept-Language", PLAIN, language="en", tag=""),
    ("/doc/count/v%2D1", "turtle"): Row(308, "", PLAIN, COUNT, tag=""),
    ("/health/live", "html"): Row(200, "", "no-store", tag=""),
    ("/health/ready", "html"): Row(200, "", "no-store", tag=""),
    ("/metrics", "turtle"): Row(200, "", "no-store", tag=""),
}


@pytest.fixture(scope="module")
def twice(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    return publish_twice(libraries, tmp_path_factory.mktemp("routes"))


@pytest.fixture(scope="module")
def library(twice: Releases) -> Direct:
    return direct(twice)


@pytest.mark.parametrize(("path", "accept"), ROUTES, ids=map(" ".join, ROUTES))
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_route_tells_caches_and_machines_what_they_need(
    library: Direct, path: str, accept: str, method: str
) -> None:
    row = ROUTES[path, accept]
    got = library.get(path, HTML if accept == "html" else TURTLE, method)
    headers = got.headers
    assert got.status == row.status
    assert headers.get("vary", "") == row.vary
    assert headers["cache-control"] == row.caching
    assert headers.get("location" if row.status in {302, 303, 308} else "content-location", "") == row.location
    assert headers.get("content-language", "") == row.language
    assert headers.get("etag", "").startswith(row.tag)
    assert bool(headers.get("etag")) == bool(row.tag)
    is_dated = bool(row.tag) and not path.startswith("/static") and (path, accept) not in UNDATED
    assert bool(headers.get("last-modified")) == is_dated
    assert set(re.findall('rel="([^"]*)"', headers.get("link", ""))) == set(row.links)
    assert BASE not in headers.get("location", "") + headers.get("content-location", "")
    assert headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in headers
    for name in ("x-request-id", "content-security-policy", "referrer-policy"):
        assert headers[name]


SUFFIXED = {
    "catalogs.catalog-as": ("/catalog", "ttl"),
    "charts.chart": ("/chart/branch/harbour", "svg"),
    "definitions.document": ("/def/read", "ttl"),
    "descriptions.void_in": ("/void", "ttl"),
    "feeds.feed-as": ("/feed/catalog", "trig"),
    "feeds.feed-page-as": ("/feed/catalog/1", "trig"),
    "history.release": ("/release/1", "ttl"),
    "history.shelf-as": ("/release", "ttl"),
    "lists.list": ("/list/branch", "csv"),
    "records.changes-as": ("/release/2/changes", "ttl"),
    "records.report-as": ("/release/2/report", "ttl"),
    "resources.document": (COUNT, "ttl"),
    "search.search-as": ("/search", "json"),
}

ELSEWHERE = {"atlas.places-as", "rehearsal.rehearsal-as"}
"""Routes at which this release has nothing in any format."""


@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "*/*"])
def test_at_a_suffix_that_there_is_not_there_is_nothing(library: Direct, twice: Releases, accept: str) -> None:
    rules = create_app(twice).url_map.iter_rules()
    assert {rule.endpoint for rule in rules if rule.rule.endswith(".<suffix>")} <= {*SUFFIXED, *ELSEWHERE}
    for path, right in SUFFIXED.values():
        assert library.get(f"{path}.{right}", {"Accept": accept}).status == 200, path
        for suffix in ("unknown", "ttl.gz", "TTL", "%20ttl"):
            assert library.get(f"{path}.{suffix}", {"Accept": accept}).status == 404, path


@pytest.mark.parametrize(("path", "accept"), [key for key, row in ROUTES.items() if row.tag])
def test_every_route_with_a_tag_answers_304_with_the_same_headers(library: Direct, path: str, accept: str) -> None:
    asked = HTML if accept == "html" else TURTLE
    first = library.get(path, asked)
    again = library.get(path, asked | {"If-None-Match": first.headers["etag"]})
    assert (again.status, again.content) == (304, b"")
    for name in ("etag", "vary", "link", "cache-control", "content-location"):
        assert again.headers.get(name) == first.headers.get(name)
