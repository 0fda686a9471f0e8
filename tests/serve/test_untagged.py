"""Titles that tell no language themselves, of works that are said to be in one: it is told wherever they are named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from pyoxigraph import RdfFormat, parse

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.serve.pages.page import Page
from tests.serve.site import BASE, facts, publish

if TYPE_CHECKING:
    from flask.testing import FlaskClient

TITLE: Final = "Wieken in de wind"
TURTLE: Final = f"""
@prefix m: <{BASE}def/m#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @base <{BASE}id/> .
@prefix language: <http://publications.europa.eu/resource/authority/language/> .
<book/sails> a m:Mill , foaf:Document ; dct:title "{TITLE}" ; skos:altLabel "Wieken" ; dct:language language:NLD .
<book/both> a m:Mill , foaf:Document ; dct:title "Sails / Wieken" ; dct:language language:NLD , language:ENG .
<mill/wind> a m:Mill ; rdfs:label "Wind" ; m:note <book/sails> ; prov:wasDerivedFrom <book/sails> .
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    releases = Releases(tmp_path_factory.mktemp("untagged") / "releases")
    publish(releases, "2025.1", [*facts(), *(quad.triple for quad in parse(TURTLE, format=RdfFormat.TURTLE))])
    return releases


@pytest.fixture
def reader(shelf: Releases) -> FlaskClient:
    return create_app(shelf).test_client()


def page(reader: FlaskClient, address: str, language: str) -> Page:
    return Page(reader.get(address, headers={"Accept": "text/html", "Accept-Language": language}).text)


@pytest.mark.parametrize("address", ["/doc/book/sails", "/doc/mill/wind", "/list/mill?q=Wieken", "/search?q=wieken"])
def test_a_title_says_its_language_to_who_reads_another_wherever_it_stands(reader: FlaskClient, address: str) -> None:
    foreign, own = page(reader, address, "en"), page(reader, address, "nl")
    assert TITLE in foreign.texts("bdi", lang="nl")
    assert TITLE in own.texts("bdi")
    assert TITLE not in own.texts("bdi", lang="nl")


def test_the_title_in_the_heading_is_not_told_again_as_another_name(reader: FlaskClient) -> None:
    for language in ("en", "nl"):
        [names] = page(reader, "/doc/book/sails", language).texts("p", class_="alternatives")
        assert TITLE not in names
        assert "Wieken" in names


def test_a_work_in_several_languages_has_a_title_in_none_of_them(reader: FlaskClient) -> None:
    shown = page(reader, "/doc/book/both", "en")
    assert "Sails / Wieken" in shown.texts("h1")[0]
    assert "Sails / Wieken" not in shown.texts("bdi", lang="nl")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_programs_are_told_the_language_of_a_title_whoever_asks(reader: FlaskClient, language: str) -> None:
    found = json.loads(reader.get(f"/search.json?q=wieken+wind&lang={language}").data)["results"]
    assert [one["label"] for one in found] == [{"@value": TITLE, "@language": "nl"}]
    assert [one["excerptLanguage"] for one in found] == ["nl"]
    cited = json.loads(reader.get(f"/doc/mill/wind.csl.json?lang={language}").data)
    assert [(work["title"], work["language"]) for work in cited] == [("Wind", language), (TITLE, "nl")]


def test_structured_data_tells_the_language_of_a_title(reader: FlaskClient) -> None:
    [script] = page(reader, "/doc/book/sails", "en").all("script")
    book = json.loads(script.text)["@graph"][0]
    assert book["name"] == {"@language": "nl", "@value": TITLE}
    assert book["inLanguage"] == "nl"
