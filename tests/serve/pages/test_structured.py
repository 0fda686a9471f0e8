"""What search engines and networks read in the head of a page."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store
from rdflib import Graph

from si_lod.engine.store.local import LocalEngine
from si_lod.serve import pages
from si_lod.serve.pages.structured.about import as_number
from si_lod.serve.view import View
from tests.serve.pages.conftest import BASE, MANIFEST, Reader
from tests.serve.pages.page import Page

DCAT = "http://www.w3.org/ns/dcat#"
CATALOGUE = f"""
@prefix dcat: <{DCAT}> . @prefix dct: <http://purl.org/dc/terms/> . @prefix id: <{BASE}id/> .
@prefix eu: <http://publications.europa.eu/resource/authority/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix qb: <http://purl.org/linked-data/cube#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix schema: <https://schema.org/> .
@prefix def: <{BASE}def/o#> .
id:catalog a dcat:Catalog ; dct:title "Catalogus"@nl ; dcat:dataset id:dataset\\/count .
id:dataset\\/count a dcat:Dataset ; dct:title "Tellingen"@nl , "Counts"@en ; dct:description "Wat geteld is."@nl ;
  dct:publisher id:person\\/pomona ; dcat:keyword "boom"@nl , "tree"@en ; dcat:version "3" ;
  dct:issued "2025-03-01"^^xsd:date ; dct:language <http://publications.europa.eu/resource/authority/language/NLD> ;
  dct:spatial <http://publications.europa.eu/resource/authority/country/NLD> , id:orchard\\/eden ;
  dct:temporal id:when ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
  dcat:distribution id:distribution\\/csv .
id:when dcat:startDate "2010-01-01"^^xsd:date .
id:distribution\\/csv a dcat:Distribution ; dct:title "Tabel"@nl ; dcat:downloadURL <{BASE}dump/count.csv> ;
  dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> .
def:state rdfs:subPropertyOf schema:variableMeasured ; qb:codeList id:scheme\\/state .
id:code\\/standing skos:inScheme id:scheme\\/state . id:code\\/felled skos:inScheme id:scheme\\/state .
"""


def told(page: Page) -> list[Any]:
    (script,) = page.all("script")
    assert script.attributes == {"type": "application/ld+json"}
    told = json.loads(script.text)
    assert told["@context"] == "https://schema.org/"
    graph: list[Any] = told["@graph"]
    return graph


@pytest.fixture(scope="module")
def catalogued(app: Flask, orchards: Store) -> Reader:
    store = Store()
    store.extend(orchards)
    store.load(CATALOGUE, format=RdfFormat.TURTLE)
    return Reader(app, View(MANIFEST, LocalEngine(store), "nl"))


def test_a_thing_is_what_its_superclasses_are_in_schema_org(english: Reader) -> None:
    orchard, trail = told(english.thing("orchard/hesperides"))
    assert orchard["@id"] == f"{BASE}id/orchard/hesperides"
    assert orchard["@type"] == "Place"
    assert orchard["name"] == "Garden of the Hesperides"
    assert orchard["alternateName"] == "Golden Garden"
    assert orchard["mainEntityOfPage"] == f"{BASE}doc/orchard/hesperides"
    assert "https://orchard.example.com/golden" in orchard["url"]
    steps = [(step["position"], step["item"]) for step in trail["itemListElement"]]
    assert steps == [(1, BASE), (2, f"{BASE}list/orchard"), (3, f"{BASE}doc/orchard/hesperides")]


def test_a_text_in_another_language_than_the_pages_says_so(dutch: Reader) -> None:
    orchard = told(dutch.thing("orchard/hesperides"))[0]
    assert orchard["name"] == "Tuin van de Hesperiden"
    assert orchard["alternateName"] == {"@language": "en", "@value": "Golden Garden"}


def test_what_schema_org_has_no_word_for_has_a_trail_only(english: Reader) -> None:
    assert [node["@type"] for node in told(english.thing("lonely"))] == ["BreadcrumbList"]


def test_an_observation_has_its_value_and_unit(english: Reader) -> None:
    observation = told(english.thing("count/a"))[0]
    assert observation["@type"] == "Observation"
    assert (observation["value"], observation["unitText"]) == (1250000.5, "euro")


def test_a_publication_has_its_publisher_and_address(english: Reader) -> None:
    book = told(english.thing("book/census"))[0]
    assert book["@type"] == "CreativeWork"
    assert book["publisher"] == {"@type": "Organization", "name": "Almanac Press"}
    assert (book["datePublished"], book["inLanguage"]) == ("2024-06", "nl")
    assert book["url"] == "https://almanac.example/census"


def test_a_data_set_says_what_search_engines_ask_of_one(catalogued: Reader) -> None:
    data_set = told(catalogued.thing("dataset/count"))[0]
    assert data_set["@type"] == "Dataset"
    assert (data_set["name"], data_set["description"]) == ("Tellingen", "Wat geteld is.")
    assert data_set["license"] == "https://licence.example/free"
    assert (data_set["version"], data_set["datePublished"]) == ("3", "2025-03-01")
    assert (data_set["keywords"], data_set["inLanguage"]) == ("boom", "nl")
    assert data_set["publisher"]["name"] == "Pomona"
    assert data_set["isAccessibleForFree"] is True
    eden = {"@language": "ar", "@value": "بستان عدن"}
    assert [place["name"] for place in data_set["spatialCoverage"]] == ["Nederland", eden]
    assert data_set["temporalCoverage"] == "2010-01-01/.."
    assert data_set["variableMeasured"] == ["geveld", "staand"]
    assert data_set["includedInDataCatalog"]["@id"] == f"{BASE}id/catalog"
    assert data_set["distribution"] == [
        {
            "@id": f"{BASE}id/distribution/csv",
            "@type": "DataDownload",
            "name": "Tabel",
            "contentUrl": f"{BASE}dump/count.csv",
            "encodingFormat": "text/csv",
        }
    ]


def test_the_home_page_has_the_catalogue(catalogued: Reader) -> None:
    with catalogued.app.app_context():
        site, catalogue = told(Page(pages.home_page(catalogued.view)))
    assert (site["@type"], site["name"], site["inLanguage"]) == ("WebSite", "Boomgaarden", ["nl", "en"])
    assert (catalogue["@type"], catalogue["name"]) == ("DataCatalog", "Catalogus")
    assert catalogue["dataset"] == {"@id": f"{BASE}id/dataset/count", "@type": "Dataset", "name": "Tellingen"}


HOSTILE = "</script><script>alert(1)</script><!-- & \u2028\u2029 ' \""


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's JSON-LD parser
def test_no_text_ends_the_script_and_the_graph_keeps_it(app: Flask, orchards: Store) -> None:
    store = Store()
    store.extend(orchards)
    iri = NamedNode(f"{BASE}id/orchard/bare")
    store.add(Quad(iri, NamedNode("http://purl.org/dc/terms/title"), Literal(HOSTILE, language="en")))
    page = Reader(app, View(MANIFEST, LocalEngine(store), "en")).thing("orchard/bare")
    (script,) = page.all("script")
    assert not set("<>&\u2028\u2029") & set(script.text)
    assert told(page)[0]["name"] == HOSTILE
    offline = script.text.replace('"@context": "https://schema.org/"', '"@context": {"@vocab": "https://schema.org/"}')
    graph = Graph().parse(data=offline, format="json-ld")
    assert HOSTILE in {str(value) for value in graph.objects()}


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_is_kept_exactly_or_as_text(number: Decimal) -> None:
    told = as_number(number)
    again = json.loads(json.dumps(told), parse_float=Decimal, parse_int=Decimal)
    assert Decimal(again) == number


def test_the_head_of_a_page_tells_where_it_is_in_every_language_and_format(dutch: Reader) -> None:
    page = dutch.thing("orchard/hesperides")
    alternates = {
        link.attributes["hreflang"]: link.attributes["href"] for link in page.all("link", rel="alternate")[:3]
    }
    assert alternates == {"nl": "/?lang=nl", "en": "/?lang=en", "x-default": "/"}
    assert [link.attributes["href"] for link in page.all("link", rel="describedby")] == ["/doc/orchard/hesperides.ttl"]
    assert [link.attributes["href"] for link in page.all("link", rel="canonical")] == [f"{BASE}doc/orchard/hesperides"]
    assert [link.attributes["href"] for link in page.all("link", rel="cite-as")] == [f"{BASE}id/orchard/hesperides"]
    assert [link.attributes["href"] for link in page.all("link", rel="license")] == ["https://licence.example/free"]


def test_networks_that_show_a_page_get_its_title_and_summary_in_its_language(dutch: Reader) -> None:
    page = dutch.thing("orchard/hesperides")
    graph = {meta.attributes["property"]: meta.attributes["content"] for meta in page.all("meta", property="og:title")}
    assert graph == {"og:title": "Tuin van de Hesperiden"}
    for name, content in {
        "og:description": "Famous for <b>golden</b> apples.",
        "og:url": f"{BASE}doc/orchard/hesperides",
        "og:site_name": "Boomgaarden",
        "og:type": "website",
        "og:locale": "nl_NL",
        "og:locale:alternate": "en_GB",
    }.items():
        assert [meta.attributes["content"] for meta in page.all("meta", property=name)] == [content]
