"""A thing that says very much: its page shows some of each property and leads to all, and data files have all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.documents.description import describe
from si_lod.serve.nodes import TYPE
from si_lod.serve.outgoing import FEW, SHOWN, Outgoing
from si_lod.serve.pages import thing_page
from si_lod.serve.pages.vocabulary import DERIVED_FROM, HAS_TARGET
from si_lod.serve.view import View
from tests.serve.pages.conftest import BASE, MANIFEST
from tests.serve.pages.page import Page
from tests.serve.reckoner import Reckoner
from tests.serve.site import BASE as MILLS
from tests.serve.site import SITE, publish
from tests.serve.site import facts as mill_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from flask import Flask

MANY: Final = 12_000
FLEET: Final = NamedNode(f"{BASE}id/fleet/large")
HOLDS: Final = NamedNode(f"{BASE}def/o#holds")
LABEL: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
WORD: Final = NamedNode(f"{BASE}def/o#word")


def fleet(count: int, path: NamedNode = HOLDS) -> Iterator[Quad]:
    """Yield ``count`` things with names, which one fleet leads to."""
    yield Quad(FLEET, LABEL, Literal("Large fleet"))
    yield Quad(FLEET, WORD, Literal("only one"))
    for number in range(count):
        ship = NamedNode(f"{BASE}id/ship/{number:06}")
        yield Quad(FLEET, path, ship)
        yield Quad(ship, LABEL, Literal(f"Ship {number}"))


def engine_of(orchards: Iterable[Quad], count: int, path: NamedNode = HOLDS) -> Reckoner:
    store = Store()
    store.extend([*orchards, *fleet(count, path)])
    return Reckoner(store)


def page_of(engine: Reckoner, app: Flask) -> Page:
    description = describe(engine, MANIFEST, FLEET.value, is_whole=False)
    with app.app_context():
        return Page(thing_page(View(MANIFEST, engine, "en"), description, ()))


def cost(engine: Reckoner, app: Flask) -> int:
    """Return how many triples and solutions the page takes."""
    engine.handed.clear()
    page_of(engine, app)
    return sum(engine.handed)


def test_the_page_takes_no_more_when_the_thing_says_much_more(orchards: Store, app: Flask) -> None:
    assert cost(engine_of(orchards, MANY), app) == cost(engine_of(orchards, 2 * FEW), app)


@pytest.mark.parametrize("path", [HOLDS, NamedNode(DERIVED_FROM), NamedNode(HAS_TARGET)])
def test_the_page_shows_some_of_very_many_values_and_leads_to_all(orchards: Store, app: Flask, path: NamedNode) -> None:
    page = page_of(engine_of(orchards, MANY, path), app)
    shown = [text for text in page.texts("a") if text.startswith("Ship ")]
    assert len(shown) == SHOWN
    [rest] = [link for link in page.all("a") if link.text.strip() == "All 12,000 with a query"]
    assert rest.attributes["href"].startswith("/sparql?query=")
    assert "only one" in page.html


def test_the_page_of_a_thing_that_says_no_more_than_is_shown_has_all_of_it(orchards: Store, app: Flask) -> None:
    page = page_of(engine_of(orchards, FEW - 10), app)
    assert sum(text.startswith("Ship ") for text in page.texts("a")) == FEW - 10
    assert "with a query" not in page.html


def test_what_a_page_has_of_very_much_is_the_thing_s_own_and_every_property_of_it(orchards: Store) -> None:
    engine = engine_of(orchards, MANY)
    every, some = Outgoing.whole(engine, FLEET), Outgoing.of(engine, FLEET)
    assert set(some.own) < set(every.own)
    assert some.beyond == {HOLDS.value: MANY}
    assert {triple.predicate for triple in some.own} == {triple.predicate for triple in every.own}


def test_the_data_of_a_thing_have_all_that_its_page_has_no_room_for(tmp_path: Path) -> None:
    path, fleet_of_mills = NamedNode(f"{MILLS}def/m#holds"), NamedNode(f"{MILLS}id/fleet/large")
    held = [Triple(fleet_of_mills, path, NamedNode(f"{MILLS}id/mill/n{number}")) for number in range(2 * FEW)]
    releases = Releases(tmp_path / "releases")
    fleet_class = NamedNode(f"{MILLS}def/m#Fleet")
    publish(releases, "1", [*mill_facts(), *held, Triple(fleet_of_mills, TYPE, fleet_class)], site=SITE)
    client = create_app(releases).test_client()
    told = set(parse(client.get("/doc/fleet/large.nt").data, format=RdfFormat.N_TRIPLES))
    assert {quad.object for quad in told if quad.predicate == path} == {triple.object for triple in held}
    assert client.get("/doc/fleet/large.html").text.count("/doc/mill/n") == SHOWN
    assert client.get("/embed/fleet/large").status_code == 404
