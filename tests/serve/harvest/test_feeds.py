"""Feeds as they are served: views that lead to pages, pages that stay."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from si_lod.publish.road import publish
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.publish.conftest import Copy
from tests.publish.test_catalogue import raise_version
from tests.serve.harvest.conftest import BASE
from tests.serve.harvest.test_catalog import graph

TREE = "https://w3id.org/tree#"
LDES = "https://w3id.org/ldes#"
FORMATS = {"trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD, "nq": RdfFormat.N_QUADS}


def quads(client: FlaskClient, path: str, syntax: RdfFormat = RdfFormat.TRIG) -> set[Quad]:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return set(parse(response.data, format=syntax))


def values(found: set[Quad], predicate: str) -> set[str]:
    terms = (quad.object for quad in found if quad.predicate.value == predicate)
    return {term.value for term in terms if isinstance(term, NamedNode | Literal)}


@pytest.mark.parametrize("name", ["catalog", "observations"])
def test_a_view_says_what_the_members_are_and_leads_to_every_page(client: FlaskClient, twice: Path, name: str) -> None:
    found = quads(client, f"/feed/{name}")
    assert values(found, f"{TREE}view") == {f"{BASE}feed/{name}"}
    assert values(found, f"{LDES}timestampPath") == {"https://www.w3.org/ns/activitystreams#published"}
    assert values(found, f"{LDES}versionOfPath") == {"https://www.w3.org/ns/activitystreams#object"}
    assert values(found, f"{TREE}shape") == {f"{BASE}feed/{name}#shape"}
    pages = len(list((twice / f"2/feed/{name}").iterdir()))
    assert values(found, f"{TREE}node") == {f"{BASE}feed/{name}/{number}" for number in range(1, pages + 1)}
    moments = {"catalog": {"2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"}, "observations": {"2026-02-01T00:00:00Z"}}
    assert values(found, f"{TREE}value") == moments[name]
    kinds = values(found, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert {f"{TREE}GreaterThanOrEqualToRelation", f"{TREE}LessThanOrEqualToRelation"} < kinds


@pytest.mark.parametrize("name", ["catalog", "observations"])
def test_a_page_has_the_members_that_the_release_keeps_in_every_format(
    client: FlaskClient, twice: Path, name: str
) -> None:
    kept = set(parse(path=str(twice / f"2/feed/{name}/1.nq"), format=RdfFormat.N_QUADS))
    for suffix, syntax in FORMATS.items():
        found = quads(client, f"/feed/{name}/1.{suffix}", syntax)
        assert kept < found
        added = found - kept
        assert {q.predicate.value for q in added} == {
            f"{TREE}member",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        }
        graphs = {str(q.graph_name)[1:-1] for q in kept if not isinstance(q.graph_name, DefaultGraph)}
        assert values(added, f"{TREE}member") == graphs


def test_a_page_is_kept_for_ever_and_the_view_is_not(client: FlaskClient) -> None:
    page, last, view = (client.get(f"/feed/catalog{page}") for page in ("/1", "/2", ""))
    assert page.headers["Cache-Control"] == last.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert view.headers["Cache-Control"] == "public, max-age=60"
    for response in (page, last, view):
        assert not response.headers["ETag"].startswith("W/")
        held = client.get(response.request.path, headers={"If-None-Match": response.headers["ETag"]})
        assert held.status_code == 304
        assert held.headers["Cache-Control"] == response.headers["Cache-Control"]


def test_a_page_that_may_be_kept_for_ever_stays_the_same_when_the_prefixes_of_the_site_change(
    libraries: Path, tmp_path: Path
) -> None:
    copy, releases = Copy(tmp_path / "site"), Releases(tmp_path / "releases")
    shutil.copytree(libraries, copy.root)
    publish(copy.source(), releases)
    client = create_app(releases).test_client()
    paths = [f"/feed/observations/1.{suffix}" for suffix in FORMATS]
    before = [client.get(path) for path in paths]
    raise_version(copy, "2", "2026-03-01")
    copy.replace("data/site.toml", 'branch = "id/branch/"', 'count = "id/count/"')
    publish(copy.source(), releases)
    for path, first in zip(paths, before, strict=True):
        later = client.get(path)
        assert later.data == first.data
        assert later.headers["ETag"] == first.headers["ETag"]


def test_who_reads_a_feed_while_releases_are_switched_reads_one_release(twice: Path, tmp_path: Path) -> None:
    releases = Releases(tmp_path / "releases")
    releases.root.mkdir()
    for version in ("1", "2"):
        (releases.root / version).symlink_to(twice / version)
    releases.switch("1")
    client = create_app(releases).test_client()
    pages = values(quads(client, "/feed/catalog"), f"{TREE}node")
    before = {page: quads(client, "/" + page.removeprefix(BASE)) for page in pages}
    releases.switch("2")
    assert {page: quads(client, "/" + page.removeprefix(BASE)) for page in pages} == before
    assert values(quads(client, "/feed/catalog"), f"{TREE}node") > pages


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feed/observations/0", 404),
        ("/feed/observations/99", 404),
        ("/feed/observations/x", 404),
        ("/feed/none", 404),
        ("/feed/catalog.ttl", 404),
        ("/feed", 303),
    ],
)
def test_there_is_nothing_else(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_a_feed_is_not_sent_as_what_it_cannot_be(client: FlaskClient) -> None:
    response = client.get("/feed/catalog", headers={"Accept": "text/turtle"})
    assert response.status_code == 406
    assert "/feed/catalog.trig" in response.text


def test_the_catalogue_tells_of_the_feeds(client: FlaskClient) -> None:
    triples = graph(client, "/catalog.ttl")
    kinds = {t.subject for t in triples if t.object == NamedNode(f"{LDES}EventStream")}
    addresses = {
        t.object.value
        for t in triples
        if t.subject in kinds and "accessURL" in str(t.predicate) and isinstance(t.object, NamedNode)
    }
    assert addresses == {f"{BASE}feed/catalog", f"{BASE}feed/observations"}
    titled = {t.subject for t in triples if t.subject in kinds and t.predicate.value.endswith("/title")}
    assert titled == kinds


def test_a_view_is_made_of_what_the_release_knows_of_its_pages_and_reads_none(twice: Path, tmp_path: Path) -> None:
    shutil.copytree(twice, tmp_path / "releases", symlinks=True)
    before = create_app(Releases(twice)).test_client().get("/feed/catalog.nq").data
    folder = tmp_path / "releases/2/feed"
    pages = sorted((folder / "catalog").iterdir())
    assert len(pages) == 2
    for page in pages:
        page.unlink()
        page.write_text("no quads", encoding="utf-8")
    assert create_app(Releases(tmp_path / "releases")).test_client().get("/feed/catalog.nq").data == before


def test_a_release_that_knows_nothing_of_its_pages_has_the_same_view(twice: Path, tmp_path: Path) -> None:
    shutil.copytree(twice, tmp_path / "releases", symlinks=True)
    before = create_app(Releases(twice)).test_client().get("/feed/catalog.nq").data
    (tmp_path / "releases/2/feed/catalog.moments").unlink()
    assert create_app(Releases(tmp_path / "releases")).test_client().get("/feed/catalog.nq").data == before
