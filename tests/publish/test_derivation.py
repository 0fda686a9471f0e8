"""Derived triples are what the site's CONSTRUCT queries say, each seeing those before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, Store

from si_lod.publish.derivation import derive

if TYPE_CHECKING:
    from tests.publish.conftest import Copy

FACTS = b"@prefix ex: <https://data.example.org/> . ex:a ex:next ex:b . ex:b ex:next ex:c ."


@pytest.fixture
def store() -> Store:
    store = Store()
    store.load(FACTS, format=RdfFormat.TURTLE)
    return store


def test_a_query_sees_what_an_earlier_one_derived_but_not_what_it_derives_itself(site: Copy, store: Store) -> None:
    head = "PREFIX ex: <https://data.example.org/>\n"
    site.write("data/derived/10-superclasses.rq", f"{head}CONSTRUCT {{ ?b ex:before ?a }} WHERE {{ ?a ex:next ?b }}")
    site.write("data/derived/20.rq", f"{head}CONSTRUCT {{ ?a ex:next ?c }} WHERE {{ ?b ex:before ?a . ?b ex:next ?c }}")
    assert derive(site.source(), store) == []
    assert len(store) == 5


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", "expected a CONSTRUCT query, since it is to derive triples, found SELECT"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is not offered"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p }", r"30\.rq:1:38: a triple is subject, predicate and object"),
    ],
)
def test_a_query_that_cannot_be_used_is_named(site: Copy, store: Store, query: str, message: str) -> None:
    site.write("data/derived/30.rq", query)
    before = len(store)
    (problem,) = derive(site.source(), store)
    assert re.search(message, str(problem))
    assert len(store) == before


def test_queries_that_cannot_be_used_are_told_together_and_those_after_run(site: Copy, store: Store) -> None:
    site.write("data/derived/10-superclasses.rq", "SELECT * WHERE { ?s ?p ?o }")
    site.write("data/derived/20.rq", "CONSTRUCT { ?s ?p ?o } WHERE {")
    site.write("data/derived/30.rq", "CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }")
    assert [problem.file for problem in derive(site.source(), store)] == [
        "data/derived/10-superclasses.rq",
        "data/derived/20.rq",
    ]
    assert len(store) == 4
