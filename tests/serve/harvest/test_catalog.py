"""The catalogue as harvesters get it: in every syntax, page by page, and the same for as long as it says the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from babel import Locale
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.harvest.catalog import Catalog
from si_lod.serve.harvest.portion import portion
from si_lod.serve.pages.releases.catalogue import size_in_words
from tests.serve import site as mills
from tests.serve.harvest.conftest import BASE, DCAT, DCT, MANY
from tests.serve.pages.page import Page

HYDRA = "http://www.w3.org/ns/hydra/core#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SYNTAXES = {
    "ttl": RdfFormat.TURTLE,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
}

Graph = set[Triple]


def graph(client: FlaskClient, path: str, syntax: RdfFormat = RdfFormat.TURTLE) -> Graph:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return {quad.triple for quad in parse(response.data, format=syntax)}


def plain(triples: Graph) -> Graph:
    """Return the triples without those about the pages themselves."""
    pages = {t.subject for t in triples if t.predicate.value.startswith(HYDRA)}
    return {triple for triple in triples if triple.subject not in pages}


def instances(triples: Graph, class_: str) -> set[str]:
    kind = NamedNode(class_)
    return {t.subject.value for t in triples if t.object == kind and isinstance(t.subject, NamedNode)}


def followed(triples: Graph, relation: str) -> list[str]:
    found = (t.object for t in triples if t.predicate.value == HYDRA + relation)
    return [term.value for term in found if isinstance(term, NamedNode | Literal)]


def written(folder: Path, version: str) -> Graph:
    path = folder / version / "catalog.nt"
    return {quad.triple for quad in parse(path=str(path), format=RdfFormat.N_TRIPLES)}


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_the_catalogue_is_the_releases_in_every_syntax(client: FlaskClient, twice: Path, suffix: str) -> None:
    assert plain(graph(client, f"/catalog.{suffix}", SYNTAXES[suffix])) == written(twice, "2")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/turtle"),
        ("", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json;profile=x, text/html;q=0.1", "application/ld+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
    ],
)
def test_the_catalogue_is_negotiated(client: FlaskClient, accept: str, media_type: str) -> None:
    response = client.get("/catalog", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert "Accept" in response.headers["Vary"].split(", ")
    suffixed = client.get(response.headers["Content-Location"], headers={"Accept": "image/png"})
    assert suffixed.headers["Content-Location"] == response.headers["Content-Location"]
    assert suffixed.data == response.data or media_type == "text/html", "a page keeps the language in its links"
    assert "Accept" not in suffixed.headers["Vary"].split(", ")


def test_what_the_catalogue_cannot_be_sent_as_is_refused_with_what_it_can(client: FlaskClient) -> None:
    response = client.get("/catalog", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "/catalog.ttl" in response.text
    assert client.get("/catalog.png").status_code == 404


@pytest.mark.parametrize("path", ["/catalog?page=0", "/catalog?page=2", "/catalog.ttl?page=999999"])
def test_there_is_no_page_past_the_last(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_page_that_is_no_number_is_an_error(client: FlaskClient) -> None:
    assert client.get("/catalog?page=two").status_code == 400


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_whoever_follows_next_gets_every_data_set_once_and_then_ends(many: Path, suffix: str) -> None:
    client = create_app(Releases(many)).test_client()
    address, seen, pages, everything = f"{mills.BASE}catalog.{suffix}", list[str](), list[Graph](), set[Triple]()
    while address:
        assert address.startswith(f"{mills.BASE}catalog.{suffix}"), "absolute, and in the same syntax"
        page = graph(client, "/" + address.removeprefix(mills.BASE), SYNTAXES[suffix])
        assert set(followed(page, "totalItems")) == {str(MANY)}
        assert followed(page, "last") == [f"{mills.BASE}catalog.{suffix}?page=3&release=1"]
        seen += instances(page, f"{DCAT}Dataset")
        pages.append(page)
        everything |= plain(page)
        (address,) = followed(page, "next") or [""]
        assert len(pages) <= 3
    assert len(seen) == len(set(seen)) == MANY
    assert everything == written(many, "1")


@pytest.fixture
def changing(many: Path, tmp_path: Path) -> Releases:
    """Two releases, of which the second has another first data set, so that every page begins with another one."""
    releases = Releases(tmp_path / "releases")
    mills.publish(releases, "1", mills.facts())
    mills.publish(releases, "2", mills.facts(), issued="2025-03-02")
    text = (many / "1/catalog.nt").read_text(encoding="utf-8")
    for version, name in (("1", "n0"), ("2", "z0")):
        (releases.root / version / "catalog.nt").write_text(
            "".join(sorted(text.replace("/n0>", f"/{name}>").splitlines(keepends=True))), encoding="utf-8"
        )
    releases.switch("1")
    return releases


@pytest.mark.parametrize("suffix", SYNTAXES)
@pytest.mark.parametrize("relation", ["next", "last"])
def test_a_release_switched_to_between_two_pages_is_read_by_nobody_who_began_before(
    changing: Releases, suffix: str, relation: str
) -> None:
    client = create_app(changing).test_client()
    first = client.get(f"/catalog.{suffix}")
    pages = [{quad.triple for quad in parse(first.data, format=SYNTAXES[suffix])}]
    changing.switch("2")
    while addresses := followed(pages[-1], relation):
        if addresses == followed(pages[-1], "view"):
            break
        (address,) = addresses
        pages.append(graph(client, "/" + address.removeprefix(mills.BASE), SYNTAXES[suffix]))
    if relation == "next":
        assert set[Triple]().union(*map(plain, pages)) == written(changing.root, "1")
    assert f"{mills.BASE}id/dataset/z0" not in instances(set[Triple]().union(*pages), f"{DCAT}Dataset")
    (link,) = [one for one in first.headers["Link"].split(", ") if 'rel="next"' in one]
    assert link.startswith(f"</catalog.{suffix}?page=2&release=1>")
    assert f"{mills.BASE}id/dataset/z0" in instances(graph(client, "/catalog.ttl?page=3"), f"{DCAT}Dataset")


def test_pages_of_two_releases_have_two_validators(changing: Releases) -> None:
    client = create_app(changing).test_client()
    tags = {client.get(f"/catalog.ttl?page=2&release={version}").headers["ETag"] for version in ("1", "2")}
    assert len(tags) == 2
    assert client.get("/catalog.ttl?page=2").headers["ETag"] in tags


def test_a_catalogue_of_one_page_names_no_release(client: FlaskClient) -> None:
    assert b"release=" not in client.get("/catalog.ttl").data
    assert "release=" not in client.get("/catalog.ttl").headers["Link"]


def test_a_release_that_is_not_there_has_no_pages(many: Path) -> None:
    client = create_app(Releases(many)).test_client()
    for name in ("9", "../1", "x" * 300):
        assert client.get("/catalog.ttl", query_string={"page": "2", "release": name}).status_code == 404
    assert client.get("/catalog.ttl?release=1&release=1").status_code == 400


def test_a_page_stands_alone_and_no_data_set_is_a_stub_on_it(many: Path) -> None:
    client = create_app(Releases(many)).test_client()
    for number in (1, 2, 3):
        page = plain(graph(client, f"/catalog.ttl?page={number}"))
        data_sets = instances(page, f"{DCAT}Dataset")
        assert 0 < len(data_sets) <= 100
        titled = {
            t.subject.value for t in page if t.predicate.value == f"{DCT}title" and isinstance(t.subject, NamedNode)
        }
        assert data_sets <= titled
        for name in ("dataset", "servesDataset"):
            assert {str(t.object)[1:-1] for t in page if t.predicate.value == DCAT + name} == data_sets
        for class_ in (f"{DCAT}Catalog", f"{DCAT}DataService", "http://xmlns.com/foaf/0.1/Agent"):
            assert len(instances(page, class_)) == 1, "what all data sets share is on each page"
        records = instances(page, f"{DCAT}CatalogRecord")
        assert len(records) == len(data_sets)
        assert {str(t.object)[1:-1] for t in page if t.predicate.value == f"{DCAT}record"} == records


@given(most=st.integers(1, MANY + 5))
def test_however_long_a_page_is_all_pages_together_are_the_catalogue(many: Path, most: int) -> None:
    catalog = Catalog.of(many / "1")
    assert catalog is not None
    first = portion(catalog, 1, most=most)
    rest = [portion(catalog, number, most=most) for number in range(2, first.pages + 1)]
    data_sets = [
        t.subject for one in (first, *rest) for t in one.triples if t.predicate == TYPE and "Dataset>" in str(t.object)
    ]
    assert len(data_sets) == len(set(data_sets)) == MANY
    assert {triple for one in (first, *rest) for triple in one.triples} == written(many, "1")


def test_addresses_are_the_sites_on_whatever_host_it_is_asked(client: FlaskClient) -> None:
    evil = client.get("/catalog.ttl", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert b"evil" not in evil.data
    assert "evil" not in str(evil.headers)
    assert evil.data == client.get("/catalog.ttl").data


def test_below_a_release_the_catalogue_is_that_releases_and_its_pages_stay_there(
    client: FlaskClient, twice: Path
) -> None:
    response = client.get("/release/1/catalog.ttl")
    found = {quad.triple for quad in parse(response.data, format=RdfFormat.TURTLE)}
    assert plain(found) == written(twice, "1")
    assert followed(found, "first") == [f"{BASE}release/1/catalog.ttl?page=1"]
    assert "immutable" in response.headers["Cache-Control"]


def test_a_release_without_a_catalogue_says_so(mills: Releases) -> None:
    client = create_app(mills).test_client()
    for path in (
        "/catalog",
        "/catalog.ttl",
        "/void.ttl",
        "/sitemap.xml",
        "/dump/datapackage.json",
        "/croissant/x.json",
    ):
        response = client.get(path, headers={"Accept-Language": "en"})
        assert response.status_code == 404
        assert "was published without a catalogue" in response.text
    assert "/catalog" not in client.get("/", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize("path", ["/catalog.ttl", "/catalog.rdf", "/catalog.jsonld", "/catalog.nt", "/catalog.html"])
def test_who_has_the_catalogue_already_is_told_so(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    etag = response.headers["ETag"]
    assert not etag.startswith("W/")
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == etag
    assert response.headers["Last-Modified"]


def test_another_process_says_the_same_in_the_same_bytes(twice: Path) -> None:
    code = (
        "import sys, hashlib; from pathlib import Path; from si_lod.releases import Releases; "
        "from si_lod.serve.app import create_app; client = create_app(Releases(Path(sys.argv[1]))).test_client(); "
        "print([hashlib.sha256(client.get(path).data).hexdigest() for path in sys.argv[2:]])"
    )
    paths = [*(f"/catalog.{suffix}" for suffix in (*SYNTAXES, "html")), "/void.ttl", "/linkset/dataset/visits"]
    shown = [
        subprocess.run(
            [sys.executable, "-c", code, str(twice), *paths],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    ]
    assert shown[0] == shown[1]


@pytest.mark.parametrize(("language", "words"), [("nl", "Laatst gewijzigd:"), ("en", "Last changed:")])
def test_people_see_every_data_set_with_its_files_and_their_sizes(
    client: FlaskClient, twice: Path, language: str, words: str
) -> None:
    page = Page(client.get("/catalog", headers={"Accept": "text/html", "Accept-Language": language}).text)
    assert words in page.html
    assert not page.misplaced
    files = {link.attributes["href"] for link in page.all("a") if link.attributes.get("href", "").startswith("/dump/")}
    told = {f"/dump/{path.name}" for path in (twice / "2/dump").iterdir()}
    assert files == {*told, "/dump/datapackage.json"}
    assert {"/feed/catalog", "/feed/observations"} <= {link.attributes.get("href") for link in page.all("a")}
    assert [heading.text for heading in page.all("h2")][:1] == [
        "Bibliotheekbezoek" if language == "nl" else "Library visits"
    ]


def test_from_any_page_people_get_to_the_catalogue(client: FlaskClient) -> None:
    for path in ("/", "/doc/branch/harbour"):
        page = Page(client.get(path, headers={"Accept": "text/html"}).text)
        assert "/catalog" in {link.attributes.get("href") for link in page.all("a")}


@pytest.mark.parametrize(
    ("size", "dutch", "english"),
    [
        (0, "0 B", "0 B"),
        (999, "999 B", "999 B"),
        (1000, "1 kB", "1 kB"),
        (1234, "1,2 kB", "1.2 kB"),
        (123_456, "123 kB", "123 kB"),
        (2_600_000, "2,6 MB", "2.6 MB"),
        (10**18, "1.000.000 TB", "1,000,000 TB"),
    ],
)
def test_sizes_are_written_as_readers_do(size: int, dutch: str, english: str) -> None:
    for tag, words in (("nl", dutch), ("en_GB", english)):
        assert size_in_words(size, Locale.parse(tag)) == words.replace(" ", "\N{NO-BREAK SPACE}")
