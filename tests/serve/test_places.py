"""What lies where: things by place, with the parts of a place, as a page, a drawing and CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import RdfFormat, parse

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.serve.pages.page import Page
from tests.serve.site import BASE, SITE, facts, publish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from pyoxigraph import Triple

HTML: Final = {"Accept": "text/html", "Accept-Language": "en"}
SVG: Final = "{http://www.w3.org/2000/svg}"
TURTLE: Final = f"""
@base <{BASE}id/> . @prefix m: <{BASE}def/m#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
m:at rdfs:subPropertyOf schema:location . m:grindsFor rdfs:subPropertyOf schema:areaServed .
<place/land> rdfs:label "Land" .
<place/north> rdfs:label "North & <b>West</b>" ; schema:containedInPlace <place/land> .
<place/south> rdfs:label "South" ; schema:containedInPlace <place/land> .
<place/empty> rdfs:label "Empty" ; schema:containedInPlace <place/land> .
<place/town> rdfs:label "Town"@en , "Stad"@nl ; schema:containedInPlace <place/north> .
<place/ward> rdfs:label "Ward" ; schema:containedInPlace <place/town> .
<place/lost> rdfs:label "Lost" .
<mill/a> a m:Mill ; rdfs:label "A" ; m:at <place/ward> ; m:grindsFor <place/north> .
<mill/b> a m:Mill ; rdfs:label "B" ; m:grindsFor <place/north> , <place/south> .
<mill/c> a m:Mill ; rdfs:label "C" ; m:at <place/lost> .
<barn/d> a m:Barn ; rdfs:label "D" ; m:at <place/town> .
"""


def placed() -> Iterator[Triple]:
    yield from facts()
    yield from (quad.triple for quad in parse(TURTLE, format=RdfFormat.TURTLE))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    releases = Releases(tmp_path_factory.mktemp("places") / "releases")
    tiles = {f"{BASE}id/place/{name}": place for name, place in {"north": (1, 1), "south": (2, 3)}.items()}
    publish(releases, "2025.1", placed(), site=replace(SITE, tiles=tiles))
    publish(releases, "2025.2", placed())
    return releases


@pytest.fixture
def traveller(shelf: Releases) -> FlaskClient:
    return create_app(shelf).test_client()


def rows(traveller: FlaskClient, release: str) -> dict[str, str]:
    text = traveller.get(f"/release/{release}/places.csv", headers={"Accept-Language": "en"}).text
    return {row[1]: row[2] for row in csv.reader(io.StringIO(text))}


@pytest.mark.parametrize(("language", "words"), [("en", "mills by place"), ("nl", "molens per plaats")])
def test_the_home_page_says_what_is_told_by_place(traveller: FlaskClient, language: str, words: str) -> None:
    home = Page(traveller.get("/", headers={"Accept": "text/html", "Accept-Language": language}).text)
    assert home.texts("a", href="/places") == [words]


def test_who_sees_part_of_the_drawing_on_a_small_screen_is_told_so_beside_it(traveller: FlaskClient) -> None:
    drawn, undrawn = (
        Page(traveller.get(path, headers={"Accept": "text/html", "Accept-Language": "en"}).text)
        for path in ("/release/2025.1/places", "/release/2025.2/places")
    )
    assert drawn.texts("p", class_="details sideways") == [
        "The drawing is wider than the screen: slide it sideways for the rest."
    ]
    assert not undrawn.all("p", class_="details sideways")


def test_a_thing_counts_once_in_each_place_that_it_is_in_or_works_for_parts_included(traveller: FlaskClient) -> None:
    assert rows(traveller, "2025.1") == {
        "name": "mills",
        "North & <b>West</b>": "2",
        "South": "1",
        "Place not known": "3",
    }


def test_without_a_drawing_the_places_just_below_the_whole_are_told(traveller: FlaskClient) -> None:
    told = {"name": "mills", "Empty": "0", "North & <b>West</b>": "2", "South": "1", "Place not known": "3"}
    assert rows(traveller, "2025.2") == told
    page = Page(traveller.get("/places", headers=HTML).text)
    assert page.all("svg") == []
    assert traveller.get("/places.svg").status_code == 404


def test_the_page_says_of_how_many_the_place_is_not_known_and_so_does_that_of_each_place(
    traveller: FlaskClient,
) -> None:
    page = Page(traveller.get("/release/2025.1/places", headers=HTML).text)
    assert page.texts("p", class_="lead")[0].startswith("Place not known: 3 of the 5 mills. So there are at least")
    [unplaced] = page.texts("section", aria_labelledby="unplaced")
    assert "C ( Lost )" in unplaced.replace("(", "( ").replace(")", " )")
    assert "A" not in unplaced.split()
    south, lost = (
        Page(traveller.get(f"/release/2025.1/doc/place/{name}", headers=HTML).text) for name in ("south", "lost")
    )
    assert south.texts("p", class_="told")[0].startswith("At least. Place not known: 3 of the 5 mills.")
    assert not lost.texts("p", class_="told"), "nobody counts there"
    [north] = [text for text in page.texts("section", class_="area") if text.startswith("North")]
    assert "A ( Ward )" in north.replace("(", "( ").replace(")", " )")
    assert "D" not in north.split(), "a barn has no list"
    assert not page.all("b")


def test_the_drawing_has_a_tile_for_each_place_where_the_site_lays_it(traveller: FlaskClient) -> None:
    response = traveller.get("/release/2025.1/places.svg", headers={"Accept-Language": "en"})
    assert (response.mimetype, response.headers["Content-Language"]) == ("image/svg+xml", "en")
    assert traveller.get("/release/2025.1/places.ttl").status_code == 404
    root = ET.fromstring(response.data)  # noqa: S314  our own answer
    tiles = {link.get("href"): [text.text for text in link.iter(f"{SVG}text")] for link in root.iter(f"{SVG}a")}
    assert tiles == {
        "/release/2025.1/doc/place/north": ["North & <b>West</b>", "2 mills"],
        "/release/2025.1/doc/place/south": ["South", "1 mill"],
        "/release/2025.1/places#unplaced": ["Place not known", "3 mills"],
    }
    north, south, unplaced = root.iter(f"{SVG}rect")
    assert int(south.get("x", "")) > int(north.get("x", ""))
    assert int(unplaced.get("y", "")) > int(south.get("y", "")) > int(north.get("y", ""))
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None


def test_the_drawing_in_the_page_is_the_same_and_its_figures_stand_beside_it(traveller: FlaskClient) -> None:
    page = Page(traveller.get("/release/2025.1/places", headers=HTML).text)
    assert len(page.all("rect")) == 3
    assert page.texts("td", class_="numeric") == ["2", "1", "3"]
    assert len({element.attributes["id"] for element in page.elements if "id" in element.attributes}) == len(
        [element for element in page.elements if "id" in element.attributes]
    )


def test_the_home_page_leads_there_only_if_there_are_places(traveller: FlaskClient, client: FlaskClient) -> None:
    assert Page(traveller.get("/", headers=HTML).text).all("a", href="/places")
    assert not Page(client.get("/", headers=HTML).text).all("a", href="/places")
    assert client.get("/places").status_code == 404


def test_each_language_and_format_has_its_own_tag(traveller: FlaskClient) -> None:
    asked = [(suffix, tag) for suffix in ("html", "svg", "csv") for tag in ("nl", "en")]
    answers = [traveller.get(f"/release/2025.1/places.{suffix}?lang={tag}") for suffix, tag in asked]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.headers["ETag"] for answer in answers}) == len(asked)
