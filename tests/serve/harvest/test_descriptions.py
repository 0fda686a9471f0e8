"""VoID, sitemap, robots, Croissant, data package: each true, and each in the form that its readers know."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from si_lod.iris import IriDesign
from si_lod.publish.road import publish
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.harvest.catalog import Catalog
from si_lod.serve.harvest.sitemap import Sitemap
from tests.publish.conftest import Copy
from tests.publish.test_catalogue import divide
from tests.serve.harvest.conftest import BASE, DCT, told
from tests.serve.harvest.test_catalog import SYNTAXES, TYPE, graph

VOID = "http://rdfs.org/ns/void#"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XSD_DATE = NamedNode("http://www.w3.org/2001/XMLSchema#date")
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


def values(client: FlaskClient, subject: str, predicate: str) -> set[str]:
    found = graph(client, "/void.ttl")
    terms = (t.object for t in found if t.subject == NamedNode(subject) and t.predicate.value == predicate)
    return {term.value for term in terms if isinstance(term, NamedNode | Literal)}


def table(client: FlaskClient, path: str) -> Any:
    response = client.get(path, buffered=True)
    assert response.status_code == 200, response.text
    return json.loads(response.data)


def test_crawlers_find_the_void_description_at_its_well_known_address(client: FlaskClient) -> None:
    response = client.get("/.well-known/void")
    assert (response.status_code, response.headers["Location"]) == (302, "/void.ttl")
    assert values(client, f"{BASE}void.ttl", "http://xmlns.com/foaf/0.1/primaryTopic") == {f"{BASE}id/dataset/visits"}


def test_void_has_the_dumps_the_endpoint_and_counts_that_are_true(client: FlaskClient, twice: Path) -> None:
    for name in ("visits", "branches", "words"):
        data_set, dump = f"{BASE}id/dataset/{name}", twice / f"2/dump/{name}.nt"
        triples = sum(1 for _ in parse(path=str(dump), format=RdfFormat.N_TRIPLES))
        assert values(client, data_set, f"{VOID}triples") == {str(triples)}
        assert values(client, data_set, f"{VOID}sparqlEndpoint") == {f"{BASE}sparql"}
        dumps = values(client, data_set, f"{VOID}dataDump")
        assert dumps
        for address in dumps:
            assert client.head("/" + address.removeprefix(BASE)).status_code == 200
    parted = values(client, f"{BASE}id/dataset/visits", f"{VOID}propertyPartition")
    assert len(parted) > 5
    assert all(values(client, node, f"{VOID}triples") for node in parted)


def test_void_is_the_same_graph_in_every_syntax(client: FlaskClient) -> None:
    graphs = [graph(client, f"/void.{suffix}", syntax) for suffix, syntax in SYNTAXES.items()]
    assert graphs[0]
    assert all(one == graphs[0] for one in graphs)
    assert client.get("/void.png").status_code == 404


def test_the_metadata_of_a_table_are_where_the_well_known_file_says(client: FlaskClient) -> None:
    templates = client.get("/.well-known/csvm").text.splitlines()
    path = templates[0].replace("{+url}", "/dump/branches.csv")
    assert table(client, path)["url"] == "branches.csv"


def urls(content: bytes) -> dict[str, str]:
    root = ET.fromstring(content)  # noqa: S314  our own
    return {str(one.findtext(f"{SITEMAP}loc")): str(one.findtext(f"{SITEMAP}lastmod")) for one in root}


def test_every_page_that_the_sitemap_names_is_there(client: FlaskClient) -> None:
    found = urls(client.get("/sitemap.xml").data)
    assert {BASE, f"{BASE}catalog", f"{BASE}doc/dataset/branches", f"{BASE}doc/branch/harbour"} <= found.keys()
    for address in found:
        response = client.get("/" + address.removeprefix(BASE), headers={"Accept": "text/html"})
        assert response.status_code == 200, address
        assert f'<link rel="canonical" href="{address}">' in response.text


def test_every_thing_with_a_page_is_in_the_sitemap(client: FlaskClient, twice: Path) -> None:
    found = urls(client.get("/sitemap.xml").data)
    dump = parse(path=str(twice / "2/dump/visits.nt"), format=RdfFormat.N_TRIPLES)
    design = IriDesign(BASE)
    things = {
        design.parse(q.subject.value) for q in dump if isinstance(q.subject, NamedNode) and q.predicate == TYPE
    } - {None}
    assert len(things) > 10
    for parsed in things:
        assert parsed is not None
        space, reference = parsed
        assert f"{BASE}{'doc' if space == 'id' else space}/{reference}" in found


def test_a_page_changed_when_what_is_said_of_its_thing_did(client: FlaskClient) -> None:
    found = urls(client.get("/sitemap.xml").data)
    changed = {address for address, day in found.items() if day == "2026-03-01"}
    pages = {BASE, f"{BASE}catalog", *(f"{BASE}doc/dataset/{name}" for name in ("branches", "visits"))}
    assert changed == {*pages, f"{BASE}doc/branch/harbour"}
    assert set(found.values()) == {"2026-02-01", "2026-03-01"}


def test_a_document_says_of_itself_the_day_that_the_sitemap_does(client: FlaskClient) -> None:
    told = 0
    for address, day in urls(client.get("/sitemap.xml").data).items():
        if address.startswith(f"{BASE}doc/"):
            document = NamedNode(address)
            triples = [
                q.triple
                for q in parse(client.get(f"/{address.removeprefix(BASE)}.nt").data, format=RdfFormat.N_TRIPLES)
            ]
            days = {t.predicate.value: t.object.value for t in triples if t.subject == document and is_day(t)}
            assert days == {"http://purl.org/dc/terms/modified": day}, address
            told += 1
    assert told > 10


def is_day(triple: Triple) -> bool:
    return isinstance(triple.object, Literal) and triple.object.datatype == XSD_DATE


def test_more_pages_than_a_file_may_list_are_in_several_that_an_index_names(twice: Path) -> None:
    catalog = Catalog.of(twice / "2")
    assert catalog is not None
    whole = Sitemap(catalog, twice / "2", IriDesign(BASE), BASE)
    parted = Sitemap(catalog, twice / "2", IriDesign(BASE), BASE, most=6)
    index = urls(parted.whole().encode())
    assert len(index) > 3
    together: dict[str, str] = {}
    for address, day in index.items():
        part = parted.part(address.removeprefix(f"{BASE}sitemap/").removesuffix(".xml"))
        assert part is not None
        pages = urls(part.encode())
        assert 0 < len(pages) <= 6
        assert max(pages.values()) <= day
        together |= pages
    assert together == urls(whole.whole().encode())
    for name in ("none-1", "words-0", "words-999", "words--1", "words-x", "words"):
        assert parted.part(name) is None


def test_search_engines_are_told_what_a_packed_file_is(client: FlaskClient) -> None:
    page = client.get("/doc/dataset/branches", headers={"Accept": "text/html"}).text
    files = re.findall(r'"contentUrl": "[^"]*/([^"/]*)"[^{}]*"encodingFormat": "([^"]*)"', page)
    assert dict(files)["branches.csv"] == "text/csv"
    assert {format_ for name, format_ in files if name.endswith(".gz")} == {"application/gzip"}


def test_a_data_set_called_pages_loses_none_of_its_pages(site: Copy) -> None:
    divide(site)
    site.replace("data/dataset.ttl", "<dataset/words>", "<dataset/pages>")
    release = publish(site.source(), Releases(site.root.parent / "releases")).release
    catalog = Catalog.of(release.path)
    assert catalog is not None
    parted = Sitemap(catalog, release.path, IriDesign(BASE), BASE, most=6)
    parts = [address.removeprefix(f"{BASE}sitemap/").removesuffix(".xml") for address in urls(parted.whole().encode())]
    assert len(parts) == len(set(parts))
    pages = {page for name in parts for page in urls((parted.part(name) or "").encode())}
    assert pages == urls(Sitemap(catalog, release.path, IriDesign(BASE), BASE).whole().encode()).keys()


def test_robots_name_the_sitemap_and_let_everything_be_read_that_is_harvested(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert f"Sitemap: {BASE}sitemap.xml" in lines
    barred = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    assert barred == ["/reading/search?", "/reading/sparql?"]


@pytest.mark.parametrize("name", ["visits", "branches"])
def test_croissant_has_every_file_and_every_column(client: FlaskClient, twice: Path, name: str) -> None:
    told = table(client, f"/croissant/{name}.json")
    assert (told["@type"], told["conformsTo"]) == ("sc:Dataset", "http://mlcommons.org/croissant/1.0")
    assert (told["license"], told["url"]) == (LICENCE, f"{BASE}doc/dataset/{name}")
    for file in told["distribution"]:
        path = twice / "2/dump" / file["name"]
        assert file["contentUrl"] == f"{BASE}dump/{path.name}"
        assert file["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert file["contentSize"] == f"{path.stat().st_size} B"
    files = {file["@id"] for file in told["distribution"]}
    records = {one["name"]: one for one in told["recordSet"]}
    assert "branches" in records
    for one in records.values():
        header = next(csv.reader(io.StringIO((twice / f"2/dump/{one['name']}.csv").read_text(encoding="utf-8"))))
        assert [field["source"]["extract"]["column"] for field in one["field"]] == header
        assert {field["source"]["fileObject"]["@id"] for field in one["field"]} <= files
    assert len({field["@id"] for one in records.values() for field in one["field"]}) >= 3


def test_croissant_of_no_data_set_is_not_there(client: FlaskClient) -> None:
    assert client.get("/croissant/none.json").status_code == 404


def test_the_data_package_has_every_table_as_it_is(client: FlaskClient, twice: Path) -> None:
    told = table(client, "/dump/datapackage.json")
    assert re.fullmatch(r"[a-z0-9._-]+", told["name"])
    assert told["licenses"] == [{"path": LICENCE}]
    folder = twice / "2/dump"
    assert [one["path"] for one in told["resources"]] == sorted(path.name for path in folder.glob("*.csv"))
    for resource in told["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        rows = list(csv.reader(io.StringIO(content.decode(resource["encoding"]))))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == rows[0]
        for row in rows[1:]:
            for field, cell in zip(fields, row, strict=True):
                assert _fits(cell, field), (resource["path"], field, cell)


def _fits(cell: str, field: dict[str, Any]) -> bool:
    constraints = field.get("constraints", {})
    if cell == "":
        return not constraints.get("required")
    patterns = {"integer": r"[+-]?\d+", "number": r"[+-]?\d+(\.\d+)?", "year": r"\d{4}", "date": r"\d{4}-\d\d-\d\d"}
    is_kind = re.fullmatch(patterns.get(field["type"], r"(?s).*"), cell)
    return bool(is_kind and re.search(constraints.get("pattern", ""), cell))


def test_titles_licence_dates_and_addresses_are_the_same_wherever_they_are_told(
    client: FlaskClient, twice: Path
) -> None:
    catalog = Catalog.of(twice / "2")
    assert catalog is not None
    for node in catalog.data_sets:
        name = node.value.rpartition("/")[2]
        title, modified, issued = (catalog.text(node, DCT + part, ("en",)) for part in ("title", "modified", "issued"))
        croissant = table(client, f"/croissant/{name}.json")
        assert (croissant["name"], croissant["dateModified"], croissant["datePublished"]) == (title, modified, issued)
        page = client.get(f"/doc/dataset/{name}?lang=en", headers={"Accept": "text/html"}).text
        (block,) = re.findall(r'(?s)<script type="application/ld\+json">(.*?)</script>', page)
        (told,) = [one for one in json.loads(block)["@graph"] if "Dataset" in one.get("@type", ())]
        assert (told["name"], told["dateModified"], told["datePublished"]) == (title, modified, issued)
        downloads = told["distribution"]
        addresses = {one["contentUrl"] for one in downloads if "contentUrl" in one}
        files = {one["contentUrl"] for one in croissant["distribution"]}
        own = {
            one.value
            for distribution in catalog.nodes(node, "http://www.w3.org/ns/dcat#distribution")
            for one in catalog.nodes(distribution, "http://www.w3.org/ns/dcat#downloadURL")
        }
        assert addresses == own
        assert {address for address in own if not address.endswith(".gz")} <= files


PATHS = (
    *("/void.ttl", "/sitemap.xml", "/robots.txt", "/.well-known/csvm", "/croissant/visits.json"),
    *("/dump/datapackage.json", "/linkset/dataset/visits", "/catalog.jsonld", "/release/1/catalog.ttl"),
)


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_the_content_and_a_validator_is_honoured(client: FlaskClient, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert (get.status_code, head.status_code, head.data) == (200, 200, b"")
    assert told(get.headers) == told(head.headers)
    assert get.headers["Access-Control-Allow-Origin"] == "*"
    assert get.headers["Content-Length"] == str(len(get.data))
    held = client.get(path, headers={"If-None-Match": get.headers["ETag"]})
    assert (held.status_code, held.data) == (304, b"")


def test_hostile_text_harms_no_description(hostile: Path) -> None:
    client = create_app(Releases(hostile)).test_client()
    for suffix, syntax in SYNTAXES.items():
        assert graph(client, f"/catalog.{suffix}", syntax)
        assert graph(client, f"/void.{suffix}", syntax)
    for path in (
        "/croissant/visits.json",
        "/croissant/branches.json",
        "/dump/datapackage.json",
        "/linkset/dataset/visits",
    ):
        assert table(client, path)
    assert urls(client.get("/sitemap.xml").data)
    page = client.get("/catalog?lang=en", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<b>&amp;</b>" not in page.text
    for path in ("/catalog", "/doc/dataset/visits", "/doc/dataset/branches", "/dump/branches.csv"):
        for name, value in client.head(path, headers={"Accept": "text/html"}).headers.items():
            assert value.isprintable(), name
            assert value.isascii(), name
