"""Who has a representation already is told so before anything is done: at every route that has a validator."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import pytest

from si_lod.rehearsals import Rehearsals
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.serve.library import publish_twice
from tests.serve.site import publish
from tests.serve.test_places import placed
from tests.serve.test_rehearsal import rehearsed
from tests.serve.transport.conftest import direct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

    from flask.testing import FlaskClient

    from tests.serve.transport.client import Direct

HTML: Final = {"Accept": "text/html", "Accept-Language": "en"}
ANY: Final = {"Accept": "*/*", "Accept-Language": "en"}
ROUTES: Final = {
    "assets.asset": ["/static/style.css"],
    "atlas.places": ["/places"],
    "atlas.places-as": ["/places.csv", "/places.html"],
    "catalogs.catalog": ["/catalog"],
    "catalogs.catalog-as": ["/catalog.ttl", "/catalog.html"],
    "charts.chart": ["/chart/branch/harbour", "/chart/branch/harbour.svg", "/chart/branch/harbour.csv"],
    "completion.terms": ["/sparql/terms.json"],
    "crawling.robots": ["/robots.txt"],
    "crawling.sitemap": ["/sitemap.xml"],
    "crawling.sitemap-part": ["/sitemap/_pages-1.xml", "/sitemap/visits-1.xml"],
    "definitions.document": ["/def/read", "/def/read.ttl", "/def/read.svg"],
    "descriptions.catalog_linkset": ["/linkset/catalog"],
    "descriptions.croissant": ["/croissant/visits.json"],
    "descriptions.csvm": ["/.well-known/csvm"],
    "descriptions.linkset": ["/linkset/dataset/visits"],
    "descriptions.openapi": ["/openapi.json"],
    "descriptions.package": ["/dump/datapackage.json"],
    "descriptions.void_in": ["/void.ttl", "/void.rdf"],
    "dumps.dump": ["/dump/visits.csv", "/dump/visits.nt.gz", "/dump/SHA256SUMS"],
    "embedding.framed": ["/embed/branch/harbour"],
    "embedding.oembed": ["/oembed?url=/doc/branch/harbour"],
    "feeds.feed": ["/feed/catalog"],
    "feeds.feed-as": ["/feed/catalog.trig"],
    "feeds.feed-page": ["/feed/catalog/1"],
    "feeds.feed-page-as": ["/feed/catalog/1.jsonld"],
    "files.file": ["/release/2/files/data/visits.csv", "/release/2/files/data/visits.csv?row=2"],
    "history.release": ["/release/1", "/release/1.ttl", "/release/1.bib"],
    "history.shelf": ["/release"],
    "history.shelf-as": ["/release.ttl", "/release.json"],
    "home.home": ["/"],
    "lists.list": ["/list/branch", "/list/branch.csv", "/list/branch?q=harbour"],
    "records.changes": ["/release/1/changes", "/release/2/changes"],
    "records.changes-as": ["/release/2/changes.ttl", "/release/2/changes.txt"],
    "records.report": ["/release/2/report"],
    "records.report-as": ["/release/2/report.ttl", "/release/2/report.txt"],
    "rehearsal.rehearsal": ["/rehearsal"],
    "rehearsal.rehearsal-as": ["/rehearsal.json", "/rehearsal.txt"],
    "resources.document": ["/doc/count/v-1", "/doc/count/v-1.ttl", "/doc/count/v-1.bib", "/release/1/doc/count/v-1"],
    "search.description": ["/opensearch.xml"],
    "search.search": ["/search?q=harbour"],
    "search.search-as": ["/search.json?q=harbour"],
    "sparql.sparql": [
        "/sparql",
        "/sparql?query=SELECT*%7B%3Fs%20%3Fp%20%3Fo%7D",
        "/sparql?query=ASK%7B%7D&format=json",
    ],
    "timemaps.timemap": ["/timemap/doc/count/v-1"],
}
WITHOUT: Final = {
    "assets.favicon",
    "descriptions.void",
    "feeds.feeds",
    "health.live",
    "health.metrics",
    "health.ready",
    "history.doc-release",
    "history.id-release",
    "resources.thing",
}
"""Redirects, and what a monitor asks: there is no representation to have."""
WORK: Final = {
    "Index.rows": "the index is read",
    "LocalEngine.answer": "a query is evaluated",
    "LocalEngine.select": "a query is evaluated",
    "Template.render": "a page is rendered",
    "Template.root_render_func": "a page is rendered",
    "coded": "content is put into a coding",
    "parse": "RDF is read",
    "record": "a table is read",
    "serialize": "RDF is written",
    "written": "RDF is written",
}


@pytest.fixture(scope="module")
def shelves(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Releases]:
    """The folders of releases: one that has all but places, and one that has those."""
    places = Releases(tmp_path_factory.mktemp("places") / "releases")
    publish(places, "1", placed())
    twice = publish_twice(libraries, tmp_path_factory.mktemp("routes"))
    Rehearsals(twice.root).keep(rehearsed("2"))
    return {"": twice, "atlas": places}


@contextmanager
def watched() -> Iterator[Counter[str]]:
    """Give the work that this thread does, counted by the functions that do it."""
    done: Counter[str] = Counter()

    def watch(frame: FrameType, event: str, called: Any) -> None:
        name = frame.f_code.co_qualname if event == "call" else getattr(called, "__qualname__", "")
        if event in {"call", "c_call"} and name in WORK:
            done[f"{name}: {WORK[name]}"] += 1

    sys.setprofile(watch)
    try:
        yield done
    finally:
        sys.setprofile(None)


def test_every_route_is_looked_at(shelves: dict[str, Releases]) -> None:
    rules = create_app(shelves[""]).url_map.iter_rules()
    assert {rule.endpoint for rule in rules} == {*ROUTES, *WITHOUT}
    adapter = create_app(shelves[""]).url_map.bind("localhost")
    for endpoint, paths in ROUTES.items():
        for path in paths:
            below = path.removeprefix("/release/1").removeprefix("/release/2").partition("?")[0]
            assert endpoint in {adapter.match(one)[0] for one in (path.partition("?")[0], below or path)}


@pytest.mark.parametrize(
    ("endpoint", "path", "headers"),
    [
        (endpoint, path, headers)
        for endpoint, paths in ROUTES.items()
        for path in paths
        for headers in (HTML, ANY)
        # A feed has no page.
        if headers is ANY or not endpoint.startswith("feeds.")
    ],
    ids=str,
)
def test_a_tag_that_matches_is_answered_without_any_work(
    shelves: dict[str, Releases], endpoint: str, path: str, headers: dict[str, str]
) -> None:
    releases = shelves.get(endpoint.partition(".")[0], shelves[""])
    visitor: FlaskClient = create_app(releases).test_client()
    with watched() as needed:
        first = visitor.get(path, headers=headers, buffered=True)
    with watched() as done:
        again = visitor.get(path, headers=headers | {"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert done == {}
    assert endpoint in {"dumps.dump", "files.file", "descriptions.csvm", "crawling.robots"} or needed

    gateway: Direct = direct(releases, memory=0)
    tag = gateway.get(path, headers).headers["etag"]
    names = ("si_lod_representations_made_total", "si_lod_queries_total")
    before = [gateway.figure(name) for name in names]
    for method in ("GET", "HEAD"):
        assert gateway.get(path, headers | {"If-None-Match": f'"x", {tag}'}, method).status == 304
    assert [gateway.figure(name) for name in names] == before
    assert gateway.figure("si_lod_not_modified_total", by="application") == 2
