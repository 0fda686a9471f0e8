"""What a FAIR assessor's own parser reads of a data set's page, its linkset and its files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from signposting import find_signposting_http, find_signposting_linkset
from signposting.linkheader import find_signposting_http_link
from werkzeug.serving import make_server

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.harvest.linkset import MOST_ITEMS, shortened
from si_lod.serve.replies.links import Link
from tests.serve.harvest.conftest import BASE

PAGE = f"{BASE}doc/dataset/branches"
DATA_SET = f"{BASE}id/dataset/branches"
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
SYNTAXES = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}


@pytest.fixture(scope="module")
def address(twice: Path) -> Iterator[str]:
    """Where the service really listens."""
    server = make_server("127.0.0.1", 0, create_app(Releases(twice)), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def targets(signposts: Any, address: str) -> set[tuple[str, str]]:
    """Return the targets with their types, by their published addresses."""
    return {(str(one.target).replace(address, BASE), str(one.type or "")) for one in signposts or ()}


def test_the_page_of_a_data_set_has_all_signposts_of_level_1(address: str) -> None:
    found = find_signposting_http(f"{address}doc/dataset/branches.html")
    assert str(found.citeAs.target) == DATA_SET
    assert str(found.license.target) == LICENCE
    assert {"https://schema.org/AboutPage", "https://schema.org/Dataset"} <= {str(one.target) for one in found.types}
    described = targets(found.describedBy, address)
    assert {(f"{PAGE}.{suffix}", media_type) for suffix, media_type in SYNTAXES.items()} <= described
    assert (f"{BASE}croissant/branches.json", "application/ld+json") in described
    items = targets(found.items, address)
    assert (f"{BASE}dump/branches.csv", "text/csv") in items
    assert (f"{BASE}dump/branches.ttl", "text/turtle") in items
    assert targets(found.linksets, address) == {(f"{BASE}linkset/dataset/branches", "application/linkset+json")}


@pytest.mark.parametrize("path", ["doc/dataset/branches", "id/dataset/branches"])
def test_a_client_that_takes_any_type_finds_what_a_browser_does(address: str, path: str) -> None:
    page, any_type = (find_signposting_http(address + one) for one in ("doc/dataset/branches.html", path))
    for name in ("items", "describedBy", "linksets", "authors"):
        assert targets(getattr(page, name), address) == targets(getattr(any_type, name), address), name
    assert str(any_type.citeAs.target) == DATA_SET
    assert str(any_type.license.target) == LICENCE
    assert {str(one.target) for one in page.types} == {str(one.target) for one in any_type.types}
    assert not any_type.describes


@pytest.mark.parametrize("path", ["catalog", "catalog.html"])
def test_the_catalogue_leads_to_its_data_sets(address: str, path: str) -> None:
    found = find_signposting_http(address + path)
    assert str(found.citeAs.target) == f"{BASE}id/catalog"
    assert {"https://schema.org/AboutPage", "https://schema.org/DataCatalog"} == {str(t.target) for t in found.types}
    described = {(f"{BASE}catalog.{suffix}", media_type) for suffix, media_type in SYNTAXES.items()}
    assert targets(found.describedBy, address) == described
    assert targets(found.linksets, address) == {(f"{BASE}linkset/catalog", "application/linkset+json")}
    whole = find_signposting_linkset(f"{address}linkset/catalog").for_context(f"{BASE}catalog")
    assert (PAGE, "text/html") in targets(whole.items, address)
    assert len(whole.items) == 3
    assert targets(whole.describedBy, address) == described


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_the_catalogue_in_each_syntax_leads_back_to_its_page(address: str, suffix: str) -> None:
    found = find_signposting_http(f"{address}catalog.{suffix}")
    assert targets(found.describes, address) == {(f"{BASE}catalog", "text/html")}
    assert targets(found.linksets, address) == {(f"{BASE}linkset/catalog", "application/linkset+json")}


def test_the_linkset_says_what_the_page_does_and_more(address: str) -> None:
    page = find_signposting_http(f"{address}doc/dataset/branches.html")
    whole = find_signposting_linkset(f"{address}linkset/dataset/branches").for_context(PAGE)
    assert str(whole.citeAs.target) == DATA_SET
    assert str(whole.license.target) == LICENCE
    assert targets(page.items, address) < targets(whole.items, address)
    assert (f"{BASE}dump/branches.csv.gz", "application/gzip") in targets(whole.items, address)
    assert targets(whole.describedBy, address) == targets(page.describedBy, address)
    assert {str(one.target) for one in whole.types} == {str(one.target) for one in page.types}
    assert targets(whole.authors, address) == targets(page.authors, address)


def test_each_file_and_each_description_leads_back_to_the_page(address: str) -> None:
    whole = find_signposting_linkset(f"{address}linkset/dataset/branches")
    for item in whole.for_context(PAGE).items:
        from_linkset = whole.for_context(item.target)
        assert str(from_linkset.collection.target) == PAGE
        if "csv" in str(item.type) or ".csv" in str(item.target):
            table = str(item.target).removesuffix(".gz")
            assert targets(from_linkset.describedBy, address) == {(f"{table}-metadata.json", "application/csvm+json")}
        from_header = find_signposting_http(str(item.target).replace(BASE, address))
        assert str(from_header.collection.target).replace(address, BASE) == PAGE
        assert targets(from_header.describedBy, address) == targets(from_linkset.describedBy, address)
        assert str(from_header.license.target) == LICENCE
    for suffix in SYNTAXES:
        header = find_signposting_http(f"{address}doc/dataset/branches.{suffix}")
        assert targets(header.describes, address) == {(PAGE, "text/html")}
        assert targets(whole.for_context(f"{PAGE}.{suffix}").describes, address) == {(PAGE, "text/html")}


def test_a_thing_that_is_no_data_set_has_no_links_of_one(client: FlaskClient) -> None:
    header = client.head("/doc/branch/harbour", headers={"Accept": "text/html"}).headers["Link"]
    found = find_signposting_http_link([header], BASE)
    assert not found.items
    assert not found.linksets
    assert str(found.citeAs.target) == f"{BASE}id/branch/harbour"


def test_more_files_than_a_header_may_name_are_left_to_the_linkset() -> None:
    few = [Link(f"/dump/{number}.csv", "item", "text/csv") for number in range(MOST_ITEMS)]
    other = [Link("/dump/0.csv.gz", "item", "application/gzip"), Link(LICENCE, "license")]
    assert list(shortened(iter([*few, *other]))) == [*few, other[1]]
    assert list(shortened(iter([*few, Link("/dump/more.csv", "item", "text/csv"), *other]))) == [other[1]]


def test_an_unknown_data_set_has_no_linkset(client: FlaskClient) -> None:
    assert client.get("/linkset/dataset/none").status_code == 404
