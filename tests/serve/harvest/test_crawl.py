"""A harvester that follows every address of the catalogue, and one that comes again after a change."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Triple

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.serve.harvest.conftest import BASE, DCAT, DCT, told
from tests.serve.harvest.test_catalog import graph, plain, written

ACCEPTS = ("*/*", "text/html", "text/turtle")


def test_every_address_of_the_site_in_the_catalogue_answers_head_as_it_does_get(client: FlaskClient) -> None:
    triples = graph(client, "/catalog.ttl")
    addresses = sorted({a for t in triples for a in _addresses(t)})
    assert len(addresses) > 100
    for address in addresses:
        path = "/" + address.removeprefix(BASE).partition("#")[0]
        for accept in ACCEPTS:
            get = client.get(path, headers={"Accept": accept}, buffered=True)
            head = client.head(path, headers={"Accept": accept}, buffered=True)
            assert get.status_code == head.status_code, address
            assert told(get.headers) == told(head.headers), address
            assert get.status_code in ({303} if path.startswith("/id/") else {200, 406}), (address, accept)
            if get.status_code == 303:
                assert client.get(get.headers["Location"], headers={"Accept": accept}).status_code == 200
        if get.status_code == 406:
            assert client.get(path, headers={"Accept": "*/*"}).status_code == 200


def _addresses(triple: Triple) -> list[str]:
    terms = (triple.subject, triple.object)
    return [term.value for term in terms if isinstance(term, NamedNode) and term.value.startswith(BASE)]


def test_each_download_has_the_size_that_the_catalogue_tells(client: FlaskClient) -> None:
    triples = graph(client, "/catalog.ttl")
    sizes = {
        t.subject: t.object.value
        for t in triples
        if t.predicate.value == f"{DCAT}byteSize" and isinstance(t.object, Literal)
    }
    files = {
        t.subject: t.object.value
        for t in triples
        if t.predicate.value == f"{DCAT}downloadURL" and isinstance(t.object, NamedNode)
    }
    assert sizes.keys() == files.keys()
    assert len(sizes) > 30
    for node, address in files.items():
        path = "/" + address.removeprefix(BASE)
        assert client.head(path).headers["Content-Length"] == sizes[node]
        assert str(len(client.get(path, buffered=True).data)) == sizes[node]


def test_one_changed_fact_changes_the_data_set_and_the_files_concerned_and_nothing_else(twice: Path) -> None:
    client = create_app(Releases(twice)).test_client()
    names = sorted(path.name for path in (twice / "2/dump").iterdir())
    assert names == sorted(path.name for path in (twice / "1/dump").iterdir())
    etags = {
        name: [client.head(f"{root}/dump/{name}").headers["ETag"] for root in ("/release/1", "/release/2")]
        for name in names
    }
    changed = {name for name, (before, after) in etags.items() if before != after}
    assert {name.partition(".")[0] for name in changed} == {"branches", "visits", "SHA256SUMS"}
    assert "visits.csv" not in changed, "the table of the counts is as it was"
    assert "branches.csv-metadata.json" not in changed
    assert {"branches.csv", "branches.csv.gz", "branches.ttl", "visits.nt"} <= changed
    for name in set(names) - changed:
        held = {"If-None-Match": etags[name][0]}
        assert client.get(f"/dump/{name}", headers=held, buffered=True).status_code == 304, "who has it, keeps it"
    dates = [_modified(graph(client, f"/release/{version}/catalog.ttl")) for version in ("1", "2")]
    moved = {node for node in dates[1] if dates[0].get(node) != dates[1][node]}
    assert f"{BASE}id/dataset/branches" in moved
    assert f"{BASE}id/dataset/words" not in moved
    assert f"{BASE}id/distribution/visits-csv" not in moved
    assert f"{BASE}id/catalog" in moved


def _modified(triples: set[Triple]) -> dict[str, str]:
    return {
        t.subject.value: t.object.value
        for t in triples
        if t.predicate.value == f"{DCT}modified" and isinstance(t.subject, NamedNode) and isinstance(t.object, Literal)
    }


def test_while_releases_are_switched_each_catalogue_is_wholly_of_one_of_them(twice: Path) -> None:
    releases = Releases(twice)
    client = create_app(releases).test_client()
    try:
        for version in ("1", "2", "1", "2"):
            releases.switch(version)
            assert plain(graph(client, "/catalog.ttl")) == written(twice, version)
    finally:
        releases.switch("2")
