"""Derived triples are what the site's CONSTRUCT queries say, each seeing those before it."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from si_lod.errors import InvalidFiles
from si_lod.publish.dataset.derivation import derive
from si_lod.publish.dataset.queries import Inquiry
from si_lod.publish.road import publish
from si_lod.publish.source.files import Source
from si_lod.releases import Releases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.publish.conftest import Copy

FACTS = b"@prefix ex: <https://data.example.org/> . ex:a ex:next ex:b . ex:b ex:next ex:c ."


@pytest.fixture
def inquiry(tmp_path: Path) -> Iterator[Inquiry]:
    store = Store(str(tmp_path / "store"))
    store.load(FACTS, format=RdfFormat.TURTLE)
    with closing(Inquiry(store, tmp_path / "asked", seconds=2)) as inquiry:
        yield inquiry
    assert not (tmp_path / "asked").exists()


@pytest.fixture
def store(inquiry: Inquiry) -> Store:
    return inquiry.store


def test_a_query_sees_what_an_earlier_one_derived_but_not_what_it_derives_itself(
    site: Copy, inquiry: Inquiry, store: Store
) -> None:
    head = "PREFIX ex: <https://data.example.org/>\n"
    site.write("data/derived/10-superclasses.rq", f"{head}CONSTRUCT {{ ?b ex:before ?a }} WHERE {{ ?a ex:next ?b }}")
    site.write("data/derived/20.rq", f"{head}CONSTRUCT {{ ?a ex:next ?c }} WHERE {{ ?b ex:before ?a . ?b ex:next ?c }}")
    assert derive(site.source(), inquiry) == []
    assert len(store) == 5


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", "expected a CONSTRUCT query, since it is to derive triples, found SELECT"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is not offered"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p }", r"30\.rq:1:32: a triple is subject, predicate and object"),
    ],
)
def test_a_query_that_cannot_be_used_is_named(
    site: Copy, inquiry: Inquiry, store: Store, query: str, message: str
) -> None:
    site.write("data/derived/30.rq", query)
    before = len(store)
    (problem,) = derive(site.source(), inquiry)
    assert re.search(message, str(problem))
    assert len(store) == before


def test_queries_that_cannot_be_used_are_told_together_and_those_after_run(
    site: Copy, inquiry: Inquiry, store: Store
) -> None:
    site.write("data/derived/10-superclasses.rq", "SELECT * WHERE { ?s ?p ?o }")
    site.write("data/derived/20.rq", "CONSTRUCT { ?s ?p ?o } WHERE {")
    site.write("data/derived/30.rq", "CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }")
    assert [problem.file for problem in derive(site.source(), inquiry)] == [
        "data/derived/10-superclasses.rq",
        "data/derived/20.rq",
    ]
    assert len(store) == 4


ENDLESS = (
    "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STRLEN(CONCAT(STR(?c), STR(?l), STR(?i), STR(?f))) > 100000)"
)


def test_a_query_that_takes_too_long_is_told_at_its_line_and_those_after_run(
    site: Copy, inquiry: Inquiry, store: Store
) -> None:
    inquiry.add(Quad(NamedNode(f"a:{n}"), NamedNode("a:b"), Literal(n)) for n in range(1000))
    before = len(store)
    site.write("data/derived/10-superclasses.rq", f"# slow\nCONSTRUCT {{ ?a ?b ?l }} WHERE {{ {ENDLESS} }}")
    site.write("data/derived/30.rq", "CONSTRUCT { ?s <a:new> ?o } WHERE { ?s <a:b> ?o }")
    (problem,) = derive(site.source(), inquiry)
    assert (problem.file, problem.line) == ("data/derived/10-superclasses.rq", 2)
    assert problem.message.startswith("takes longer than 2 seconds")
    assert len(store) == before + 1000


def test_an_example_query_that_takes_too_long_refuses_the_release(site: Copy, tmp_path: Path) -> None:
    titles = "# title@nl: Traag\n# title@en: Slow\n"
    site.write("data/queries/slow.rq", f"{titles}SELECT ?a WHERE {{ {ENDLESS} . ?m ?n ?o . ?p ?q ?r }}")
    releases = Releases(tmp_path / "releases")
    with pytest.raises(InvalidFiles, match=r"data/queries/slow\.rq:3: takes longer than 1 seconds"):
        publish(Source.read(site.root, seconds=1), releases)
    assert releases.versions() == []
