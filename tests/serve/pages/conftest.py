"""A release about orchards, and pages of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from si_lod.engine.store.local import LocalEngine
from si_lod.iris import IriDesign, Space
from si_lod.release import Manifest
from si_lod.serve import pages
from si_lod.serve.documents.description import describe
from si_lod.serve.documents.terms import define
from si_lod.serve.nodes import TYPE
from si_lod.serve.pages.vocabulary import SH
from si_lod.serve.view import View
from si_lod.sites import Site
from tests.serve.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.engine.evaluation import Solution, Term

HERE = Path(__file__).parent
BASE = "https://orchards.example/"
SITE = Site(
    base=BASE,
    ontology=f"{BASE}def/o",
    languages=("nl", "en"),
    title={"nl": "Boomgaarden", "en": "Orchards"},
    description={"nl": "Bomen, geteld.", "en": "Trees, counted."},
    prefixes={"o": f"{BASE}def/o#", "qb": "http://purl.org/linked-data/cube#"},
    lists=(f"{BASE}def/o#Orchard",),
    unmarked=(f"{BASE}id/code/exact", f"{BASE}id/code/standing"),
    headlines=("trees", "keepers"),
)
MANIFEST = Manifest("2025.1", "2025-03-01", SITE, 1234567, {}, {}, "0" * 64, "0" * 64, {})


@dataclass(frozen=True, slots=True)
class CountingEngine(LocalEngine):
    """An engine that remembers which queries it answered."""

    queries: list[str] = field(default_factory=list)

    def select(self, query: str, /, **bindings: Term) -> list[Solution]:
        self.queries.append(query)
        return LocalEngine.select(self, query, **bindings)


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone who asks for pages."""

    app: Flask
    view: View

    def thing(self, reference: str, others: Sequence[tuple[str, str]] = ()) -> Page:
        """Return the page; ``others`` are suffixes and media types that it can be had as besides Turtle."""
        iri = IriDesign(BASE).mint(Space.THING, reference)
        description = describe(self.view.engine, self.view.manifest, iri)
        address = f"{self.view.root}/doc/{reference}"
        alternates = [("text/turtle", f"{address}.ttl"), *((kind, f"{address}.{suffix}") for suffix, kind in others)]
        with self.app.app_context():
            return Page(pages.thing_page(self.view, description, alternates))

    def definitions(self, iri: str = SITE.ontology) -> Page:
        with self.app.app_context():
            return Page(pages.definition_page(self.view, define(self.view.engine, iri), ()))


@pytest.fixture(scope="session")
def orchards() -> Store:
    store = Store()
    store.load(path=str(HERE / "orchards.ttl"), format=RdfFormat.TURTLE)
    for path in (HERE / "queries").glob("*.rq"):
        query = NamedNode(f"{BASE}id/query/{path.stem}")
        store.add(Quad(query, TYPE, NamedNode(f"{SH}SPARQLExecutable")))
        store.add(Quad(query, NamedNode(f"{SH}select"), Literal(path.read_text(encoding="utf-8"))))
    return store


@pytest.fixture(scope="session")
def app() -> Flask:
    app = Flask("si_lod.serve")
    pages.init_app(app)
    return app


@pytest.fixture
def english(app: Flask, orchards: Store) -> Reader:
    return Reader(app, View(MANIFEST, CountingEngine(orchards), "en"))


@pytest.fixture
def dutch(app: Flask, orchards: Store) -> Reader:
    return Reader(app, View(MANIFEST, CountingEngine(orchards), "nl"))
