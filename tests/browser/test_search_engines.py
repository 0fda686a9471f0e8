"""What a search engine reads of the data set agrees with what its catalogue says in DCAT."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Store

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.browser.places import PAGES
from tests.serve.pages.page import Page

BASE = "https://w3id.org/smart-industry/"
DCT = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DATA_SET = f"{BASE}id/dataset/monitor"


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    return Store.read_only(str(folder / "releases/2026.2/store"))


def page(folder: Path, path: str, language: str) -> Page:
    client = create_app(Releases(folder / "releases")).test_client()
    return Page(client.get(path, query_string={"lang": language}, headers={"Accept": "text/html"}).text)


def nodes(page: Page) -> list[Any]:
    (script,) = page.all("script", type="application/ld+json")
    found: list[Any] = json.loads(script.text)["@graph"]
    return found


def said(store: Store, iri: str, property_: str, language: str | None = None) -> set[str]:
    terms = (quad.object for quad in store.quads_for_pattern(NamedNode(iri), NamedNode(property_), None))
    return {
        term.value
        for term in terms
        if isinstance(term, NamedNode) or (isinstance(term, Literal) and (not language or term.language == language))
    }


def many(value: Any) -> set[Any]:
    return set(value) if isinstance(value, list) else {value}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_title_licence_dates_and_addresses_are_those_of_dcat(folder: Path, store: Store, language: str) -> None:
    (told,) = (node for node in nodes(page(folder, "/doc/dataset/monitor", language)) if node["@type"] == "Dataset")
    assert {told["name"]} == said(store, DATA_SET, f"{DCT}title", language)
    assert {told["description"]} == said(store, DATA_SET, f"{DCT}description", language)
    assert 50 <= len(told["description"]) <= 5000
    assert many(told["keywords"]) == said(store, DATA_SET, f"{DCAT}keyword", language)
    for name, property_ in {
        "version": f"{DCAT}version",
        "datePublished": f"{DCT}issued",
        "dateModified": f"{DCT}modified",
        "identifier": f"{DCT}identifier",
    }.items():
        assert many(told[name]) == said(store, DATA_SET, property_)
    (licence,) = said(store, DATA_SET, f"{DCT}license")
    own = {address.replace("http:", "https:") for address in said(store, licence, f"{SKOS}exactMatch")}
    assert many(told["license"]) == own
    downloads = {one["@id"]: one["contentUrl"] for one in told["distribution"]}
    assert len(downloads) > 5
    for iri, address in downloads.items():
        assert {address} == said(store, iri, f"{DCAT}downloadURL")
    assert told["isAccessibleForFree"] is True
    assert {told["includedInDataCatalog"]["@id"]} == {f"{BASE}id/catalog"}
    assert told["creator"]["name"]
    assert told["publisher"]["name"]
    assert len(told["variableMeasured"]) > 50


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("home", "DataCatalog"),
        ("fieldlab", "Organization"),
        ("hub", "Organization"),
        ("programme", "Organization"),
        ("organisation", "Organization"),
        ("place", "Place"),
        ("publication", "CreativeWork"),
        ("observation", "Observation"),
        ("finding", "Claim"),
        ("discrepancy", "Comment"),
        ("code", "DefinedTerm"),
        ("code list", "DefinedTermSet"),
        ("ontology", "DefinedTermSet"),
        ("service", "WebAPI"),
        ("list", "CollectionPage"),
    ],
)
def test_each_kind_of_page_is_about_what_schema_org_calls_it(folder: Path, name: str, kind: str) -> None:
    told = nodes(page(folder, PAGES[name], "en"))
    (node,) = (one for one in told if one["@type"] == kind)
    assert node["name"]
    assert name == "home" or told[-1]["@type"] == "BreadcrumbList"


def test_a_lab_says_where_it_is(folder: Path) -> None:
    lab = nodes(page(folder, PAGES["fieldlab"], "nl"))[0]
    assert lab["location"] == {"@id": f"{BASE}id/place/delft", "@type": "Place", "name": "Delft"}
    assert lab["areaServed"]["name"] == "Zuid-Holland"
    assert lab["url"] == "https://robohouse.nl"
