"""Queries for an engine that would understand more than SPARQL 1.1."""

from __future__ import annotations

from pathlib import Path

import pytest

from si_lod.engine.policy.standard import refuse_extensions
from si_lod.errors import InvalidSyntax

ROOT = Path(__file__).parents[2]
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("query", "token"),
    [
        ('SELECT (<bif:http_get>("http://a/") AS ?x) {}', "<bif:http_get>"),
        ('SELECT (<bif:http_get> ("http://a/") AS ?x) {}', "<bif:http_get>"),
        ("PREFIX b: <bif:> SELECT (b:x(1) AS ?x) {}", "b:x"),
        ("BASE <bif:a> SELECT (<x>(1) AS ?x) {}", "<x>"),
        ("SELECT * { ?s ?p ?o FILTER <http://a/f>(?o) }", "<http://a/f>"),
        ("SELECT * { ?s ?p ?o } ORDER BY <http://a/f>(?o)", "<http://a/f>"),
        ("SELECT * { ?s ?p ?o } GROUP BY <http://a/f>(DISTINCT ?o)", "<http://a/f>"),
        ("SELECT * { ?s ?p ?o FILTER EXISTS { ?s ?p ?x FILTER(!<http://a/f>()) } }", "<http://a/f>"),
        ('SELECT * { ?o <bif:contains> "x" }', "<bif:contains>"),
        ("PREFIX sql: <sql:> SELECT * { ?o sql:any ?x }", "sql:any"),
        ("SELECT * { ?s ?p ?o OPTION (TRANSITIVE) }", "OPTION"),
        ("SELECT * { ?s ?p ?o } OPTION (QUIETCAST)", "OPTION"),
        ("SELECT ?s WHERE { ?s ?p ?o ", ""),
    ],
)
def test_what_an_engine_adds_is_refused_at_its_place(query: str, token: str) -> None:
    with pytest.raises(InvalidSyntax) as caught:
        refuse_extensions(query, {})
    assert caught.value.token == token
    assert query[(caught.value.column or 0) - 1 :].startswith(token)


@pytest.mark.parametrize(
    "query",
    [
        f'SELECT (<{XSD}integer>("1") AS ?x) {{}}',
        f'PREFIX x: <{XSD}> ASK {{ FILTER(x:boolean ("true")) }}',
        "SELECT * { ?s <http://a/p> (1 2 <http://a/q>) }",
        "SELECT * { (1) <http://a/p> (<http://a/q> ()) }",
        "SELECT * { VALUES (?a ?b) { (<http://a/p> 1) } }",
        "SELECT * { ?s (<http://a/p>|(^<http://a/q>)+)* ?o }",
        "SELECT (COUNT(DISTINCT *) AS ?n) (GROUP_CONCAT(?s; SEPARATOR=',') AS ?t) { ?s ?p ?o }",
        *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "data/queries").glob("*.rq"))),
    ],
)
def test_what_is_of_the_standard_is_let_through(query: str) -> None:
    refuse_extensions(query, {})
