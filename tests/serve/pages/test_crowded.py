"""A thing that very much leads to: its page costs what it shows, in every format, and no link is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from si_lod.index.file import Index
from si_lod.index.links import FEW, Links
from si_lod.index.writing import new_index, write_index
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.documents.description import describe
from si_lod.serve.documents.incoming import PAGE_LENGTH, SORTED, Incoming
from si_lod.serve.pages import thing_page
from si_lod.serve.pages.vocabulary import DERIVED_FROM, HAS_TARGET
from si_lod.serve.view import View
from tests.serve.pages.conftest import BASE, MANIFEST, SITE
from tests.serve.pages.page import Page
from tests.serve.reckoner import Reckoner
from tests.serve.site import facts as mill_facts
from tests.serve.site import publish

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from flask import Flask


CROWD: Final = 50_000
HUB: Final = NamedNode(f"{BASE}id/place/crowded")
PLACE: Final = NamedNode(f"{BASE}def/o#place")
NEAR: Final = NamedNode(f"{BASE}def/o#near")
TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
OBSERVATION: Final = NamedNode("http://purl.org/linked-data/cube#Observation")


def crowd(count: int) -> Iterator[Quad]:
    """Yield ``count`` observations of one place, and a tenth as many things near to it."""
    yield Quad(HUB, LABEL, Literal("Crowded"))
    for number in range(count):
        one = NamedNode(f"{BASE}id/count/{number:06}")
        yield Quad(one, TYPE, OBSERVATION)
        yield Quad(one, PLACE, HUB)
        yield Quad(one, LABEL, Literal(f"count {number}", language="en"))
    for number in range(count // 10):
        near = NamedNode(f"{BASE}id/plot/{number:06}")
        yield Quad(near, NEAR, HUB)


@dataclass(frozen=True, slots=True)
class Site:
    engine: Reckoner
    links: Links

    def incoming(self) -> Incoming:
        return Incoming.of(self.engine, self.links, HUB.value)


def indexed(orchards: Iterable[Quad], folder: Path, count: int) -> Site:
    store = Store()
    store.bulk_extend(orchards)
    store.bulk_extend(crowd(count))
    with new_index(folder):
        pass
    write_index(folder, store, SITE)
    index = Index.of(folder)
    assert index is not None
    return Site(Reckoner(store), Links(index))


@pytest.fixture(scope="module")
def crowded(orchards: Store, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return indexed(orchards, tmp_path_factory.mktemp("crowded"), CROWD)


@pytest.fixture(scope="module")
def calm(orchards: Store, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same, with just so many that it is read in the same way."""
    return indexed(orchards, tmp_path_factory.mktemp("calm"), SORTED)


def cost(site: Site, app: Flask | None = None, page: int = 1) -> int:
    """Return how many triples and solutions a document takes; the page of the thing, if there is an app to make it."""
    site.engine.handed.clear()
    description = describe(site.engine, MANIFEST, HUB.value, page=page, incoming=site.incoming())
    if app:
        with app.app_context():
            thing_page(View(MANIFEST, site.engine, "en"), description, ())
    return sum(site.engine.handed)


def test_the_index_counts_what_leads_to_a_thing_of_many_and_leaves_the_few_alone(crowded: Site) -> None:
    assert crowded.links.counts(HUB.value) == {NEAR.value: CROWD // 10, PLACE.value: CROWD}
    assert crowded.links.counts(f"{BASE}id/orchard/hesperides") == {}
    assert crowded.links.counts(OBSERVATION.value)[TYPE.value] > FEW


def test_a_page_of_the_description_takes_no_more_when_much_more_leads_to_the_thing(crowded: Site, calm: Site) -> None:
    assert cost(crowded) == cost(calm)
    # Those at the end have names, which are told too.
    assert cost(crowded, page=crowded.incoming().pages - 1) < cost(crowded) + 2 * PAGE_LENGTH


def test_the_html_takes_no_more_when_much_more_leads_to_the_thing(crowded: Site, calm: Site, app: Flask) -> None:
    assert cost(crowded, app) == cost(calm, app)


def test_the_pages_together_have_every_link_once(crowded: Site) -> None:
    incoming = crowded.incoming()
    pages = [incoming.page(number) for number in range(1, incoming.pages + 1)]
    assert {len(page) for page in pages[:-1]} == {PAGE_LENGTH}
    subjects = [triple.subject for page in pages for triple in page]
    assert len(subjects) == len(set(subjects)) == CROWD + CROWD // 10
    assert incoming.page(3) == pages[2]


def test_the_html_shows_some_of_each_and_says_how_many_there_are(crowded: Site, app: Flask) -> None:
    description = describe(crowded.engine, MANIFEST, HUB.value, incoming=crowded.incoming())
    with app.app_context():
        page = Page(thing_page(View(MANIFEST, crowded.engine, "en"), description, ()))
    assert "Only the first observations are shown." in page.html
    assert sorted(page.texts("span", class_="count")) == ["5,000", "50,000"]
    assert any("All 50,000 with a query" in link for link in page.texts("a"))


def test_the_boxes_of_what_contradicts_say_who_reports_what(orchards: Store, tmp_path: Path, app: Flask) -> None:
    note, elsewhere = NamedNode(f"{BASE}id/note/crowd"), NamedNode(f"{BASE}id/count/a")
    noted = [
        Quad(note, LABEL, Literal("how crowded")),
        *(Quad(note, NamedNode(HAS_TARGET), one) for one in (HUB, elsewhere)),
        Quad(elsewhere, NamedNode(DERIVED_FROM), NamedNode(f"{BASE}id/book/census")),
    ]
    site = indexed([*orchards, *noted], tmp_path, SORTED)
    description = describe(site.engine, MANIFEST, HUB.value, incoming=site.incoming())
    with app.app_context():
        page = Page(thing_page(View(MANIFEST, site.engine, "en"), description, ()))
    [box] = page.all("section", class_="note")
    assert "how crowded" in box.text
    assert "reported by Almanac Press" in " ".join(box.text.split())


def test_what_is_counted_without_an_index_is_the_same(crowded: Site) -> None:
    without = Incoming.of(crowded.engine, None, HUB.value)
    assert without.counts == crowded.incoming().counts
    assert without.page(2) == crowded.incoming().page(2)


def test_a_document_in_pages_leads_from_one_to_the_next_in_its_triples_and_in_its_headers(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "releases")
    publish(releases, "2025.1", mill_facts())
    client = create_app(releases).test_client()
    second = client.get("/doc/place/dyke.nt?page=2")
    links = second.headers["Link"]
    for relation, address in {
        "first": "/doc/place/dyke.nt",
        "prev": "/doc/place/dyke.nt",
        "next": "/doc/place/dyke.nt?page=3",
        "last": "/doc/place/dyke.nt?page=3",
    }.items():
        assert f'<{address}>; rel="{relation}"; type="application/n-triples"' in links
    hydra = "http://www.w3.org/ns/hydra/core#"
    said = {
        (t.predicate.value.removeprefix(hydra), t.object.value)
        for t in parse(second.data, format=RdfFormat.N_TRIPLES)
        if t.predicate.value.startswith(hydra)
    }
    document = "https://mills.example/doc/place/dyke"
    assert said == {
        ("totalItems", "450"),
        ("view", f"{document}?page=2"),
        ("first", f"{document}?page=1"),
        ("previous", f"{document}?page=1"),
        ("next", f"{document}?page=3"),
        ("last", f"{document}?page=3"),
    }
    assert client.get("/doc/place/dyke.nt?page=4").status_code == 404
