"""What a cache is told: validators keyed on the release."""

from __future__ import annotations

import ast
import os
import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from werkzeug.http import http_date
from werkzeug.test import EnvironBuilder

from si_lod.engine.store.local import LocalEngine
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.current import Current
from si_lod.serve.documents.description import describe
from si_lod.serve.documents.document import Document
from si_lod.serve.nodes import LICENSE, TYPE
from si_lod.serve.opened import LIBRARIES, Serving
from si_lod.serve.pages import thing_page
from si_lod.serve.transport.answer import ask
from si_lod.serve.visit import Visit
from tests.serve.site import BASE, SITE, publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

    from si_lod.engine.evaluation import Term

MILL = "/doc/mill/de-hoop"
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
HTML = {"Accept": "text/html", "Accept-Language": "en"}
KEPT = ("ETag", "Vary", "Link", "Content-Location", "Cache-Control")


@pytest.mark.parametrize(
    "path", ["/search?q=hoop", "/search.json?q=hoop&type=m:Mill", "/list/mill?q=hoop", "/list/mill.csv?q=zzzz"]
)
def test_who_has_an_answer_to_a_question_is_told_its_links_too(client: FlaskClient, path: str) -> None:
    first = client.get(path, headers=HTML)
    again = client.get(path, headers=HTML | {"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert {name: again.headers[name] for name in KEPT} == {name: first.headers[name] for name in KEPT}
    assert 'rel="alternate"' in again.headers["Link"]


@pytest.mark.parametrize("accept", ["text/turtle", "text/html", "application/ld+json"])
@pytest.mark.parametrize("pattern", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_it_gets_304_with_the_same_headers(client: FlaskClient, accept: str, pattern: str) -> None:
    first = client.get(MILL, headers={"Accept": accept})
    headers = {"Accept": accept, "If-None-Match": pattern.format(first.headers["ETag"])}
    again = client.get(MILL, headers=headers)
    assert (again.status_code, again.data) == (304, b"")
    assert {name: again.headers[name] for name in KEPT} == {name: first.headers[name] for name in KEPT}


def test_each_variant_and_language_has_its_own_strong_tag(client: FlaskClient) -> None:
    asked = [("text/turtle", "nl"), ("application/ld+json", "nl"), ("text/html", "nl"), ("text/html", "en")]
    tags = {client.get(MILL, headers={"Accept": a, "Accept-Language": tag}).headers["ETag"] for a, tag in asked}
    assert len(tags) == len(asked)
    assert not any(tag.startswith("W/") for tag in tags)


def test_a_tag_beats_a_date(client: FlaskClient) -> None:
    changed = client.get(MILL).headers["Last-Modified"]
    assert client.get(MILL, headers={"If-Modified-Since": changed}).status_code == 304
    assert client.get(MILL, headers={"If-Modified-Since": changed, "If-None-Match": '"x"'}).status_code == 200


def test_a_date_of_before_the_switch_gets_the_release_that_is_served_now(mills: Releases, client: FlaskClient) -> None:
    os.utime(mills.root / "current", follow_symlinks=False)
    changed = client.get(MILL).last_modified
    assert changed is not None
    assert abs(changed.timestamp() - time.time()) < 60
    before = http_date(changed - timedelta(seconds=1))
    assert client.get(MILL, headers={"If-Modified-Since": before}).status_code == 200
    assert client.get(MILL, headers={"If-Modified-Since": http_date(changed)}).status_code == 304


@pytest.mark.parametrize("headers", [{"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}])
def test_a_request_in_error_is_an_error_whatever_the_client_has(client: FlaskClient, headers: dict[str, str]) -> None:
    broken = client.get("/sparql", query_string={"query": "SELECT ?x WHERE { ?x ?y }"}, headers=headers)
    assert broken.status_code == 400
    assert client.get(f"{MILL}.ttl?page=999", headers=headers).status_code == 404
    assert client.get(MILL, headers=headers).status_code == 304


def test_the_unknown_is_404_to_who_claims_to_have_it(client: FlaskClient) -> None:
    assert client.get("/doc/nope", headers={"If-None-Match": "*"}).status_code == 404


def test_a_result_is_kept_by_its_meaning_unless_it_depends_on_chance(client: FlaskClient) -> None:
    kept = client.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o } LIMIT 1"})
    assert kept.headers["ETag"].startswith("W/")
    again = client.get(
        "/sparql",
        query_string={"query": "SELECT * { ?s ?p ?o } LIMIT 1"},
        headers={"If-None-Match": kept.headers["ETag"]},
    )
    assert again.status_code == 304
    chance = client.get("/sparql", query_string={"query": "SELECT (NOW() AS ?now) {}"})
    assert "ETag" not in chance.headers
    assert chance.headers["Cache-Control"] == "no-store"


def test_who_has_it_is_told_so_before_anything_is_looked_for(tmp_path: Path) -> None:
    """Two releases whose tags are the same, of which one has nothing left: to look would be to find no such page."""
    mills = [
        Triple(NamedNode(f"{BASE}id/mill/m{number}"), predicate, term)
        for number in range(70)
        for predicate, term in ((TYPE, NamedNode(f"{BASE}def/m#Mill")), (LABEL, Literal(f"Mill {number}")))
    ]
    full, empty = Releases(tmp_path / "full"), Releases(tmp_path / "empty")
    publish(full, "1", mills)
    publish(empty, "1", ())
    manifest = full.current().manifest
    replace(manifest, index=empty.current().manifest.index).write(tmp_path / "empty/1/manifest.json")
    for path in ("/list/mill?page=2", "/list/mill.html?page=2", "/search?q=mill&page=2", "/search.json?q=mill&page=2"):
        first = create_app(full).test_client().get(path, headers=HTML)
        client = create_app(empty).test_client()
        again = client.get(path, headers=HTML | {"If-None-Match": first.headers["ETag"]})
        assert (first.status_code, again.status_code) == (200, 304)
        assert client.get(path, headers=HTML).status_code == 404
        for name in ("ETag", "Vary", "Cache-Control", "Content-Location"):
            assert again.headers[name] == first.headers[name]


def test_a_list_may_have_a_name_in_any_script(tmp_path: Path) -> None:
    releases, kind = Releases(tmp_path), f"{BASE}def/m#Żółw"
    thing = NamedNode(f"{BASE}id/mill/new")
    named = [Triple(thing, TYPE, NamedNode(kind)), Triple(thing, LABEL, Literal("new"))]
    publish(releases, "1", named, site=replace(SITE, lists=(kind,)))
    got = ask(
        create_app(releases), EnvironBuilder(path=f"/list/{quote('żółw')}", headers=[*HTML.items()]).get_environ()
    )
    assert (got.status, got.header(b"etag").isascii()) == (200, True)


@dataclass(frozen=True, slots=True)
class Listening(LocalEngine):
    """An engine that remembers of which properties it was asked."""

    heard: list[NamedNode | None] = field(default_factory=list)

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: Term | None, *, most: int | None = None
    ) -> Iterator[Triple]:
        self.heard.append(predicate)
        return LocalEngine.match(self, subject, predicate, obj, most=most)


def test_the_licence_that_every_document_tells_of_is_looked_up_once(mills: Releases) -> None:
    release, iri = mills.current(), f"{BASE}id/mill/de-hoop"
    store = release.store()
    engine = Listening(store)
    description = describe(LocalEngine(store), release.manifest, iri)
    with create_app(mills).test_request_context(MILL):
        visit = replace(Visit.of(Current(mills)), serving=Serving(release, engine, "key"), engine=engine)
        answers = [
            Document(visit, iri, f"doc/{reference}", 1, thing_page).respond(None, lambda _: description)
            for reference in ("mill/de-hoop", "mill/de-hoop", "mill/de-valk")
        ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert engine.heard.count(LICENSE) == 1


def test_a_tag_changes_with_every_library_that_can_change_a_byte(root: Path) -> None:
    modules = {
        name.partition(".")[0]
        for path in (root / "src/si_lod/serve").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported(node)
    }
    distributions = packages_distributions()
    found = {distributions[name][0].lower().replace("_", "-") for name in modules if name in distributions} - {"si-lod"}
    # What holds answers, counts them or sends them makes none of their bytes; Flask writes its pages with Jinja.
    assert found - {"cachetools", "granian", "prometheus-client", "markupsafe"} | {"jinja2"} == set(LIBRARIES)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
