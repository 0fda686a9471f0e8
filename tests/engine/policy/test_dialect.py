"""The same text is a query or none, whatever evaluates it."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from si_lod.engine.policy.admission import admit
from si_lod.errors import InvalidQuery, InvalidSyntax
from tests.conftest import ROOT

XSD = "http://www.w3.org/2001/XMLSchema#"

EXTENSIONS = [
    "SELECT * { ?s ?p ?o LATERAL { ?s ?q ?r } }",
    "SELECT (TRIPLE(<a:b>, <c:d>, 1) AS ?t) {}",
    "SELECT * { ?s ?p ?o FILTER(isTRIPLE(?o)) }",
    "SELECT (LANGDIR(?o) AS ?d) { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o FILTER(hasLANG(?o)) }",
    "SELECT (STRLANGDIR('a', 'en', 'ltr') AS ?d) {}",
    "SELECT (ADJUST(NOW(), NOW()) AS ?d) {}",
    'SELECT * { BIND("a"@en--ltr AS ?x) }',
    "SELECT * { ?s ?p ?o {| <a:b> 1 |} }",
    f"SELECT (<{XSD}dayTimeDuration>('P1D') AS ?d) {{}}",
]


@pytest.mark.parametrize("query", EXTENSIONS)
def test_what_only_the_library_would_take_is_refused(query: str) -> None:
    Store().query(query)
    with pytest.raises(InvalidQuery) as caught:
        admit(query)
    assert caught.value.column


@pytest.mark.parametrize(
    ("call", "found"),
    [("xsd:integer(1, 2)", 2), ("xsd:date()", 0), (f"<{XSD}string>(COALESCE(1, 2), (3), 4)", 3)],
)
def test_a_cast_has_one_value(call: str, found: int) -> None:
    with pytest.raises(InvalidSyntax, match=f"takes one value: expected 1, found {found}") as caught:
        admit(f"PREFIX xsd: <{XSD}> SELECT ({call} AS ?x) {{}}")
    assert (caught.value.line, caught.value.column) == (1, 57)
    admit(f"PREFIX xsd: <{XSD}> SELECT (xsd:integer(IF(?a, (1 + 2), xsd:string(3))) AS ?x) {{}}")


@pytest.mark.parametrize(
    ("query", "column"),
    [
        ("SELECT * { ?s <foo> ?o }", 15),
        ("SELECT * { ?s ?p <> }", 18),
        ("SELECT * FROM <x> {}", 15),
        ("BASE <foo> SELECT * {}", 6),
        ("PREFIX a: <foo#> BASE <http://e/> SELECT * {}", 11),
        ("SELECT * { ?s <//host/a> <?x:y> }", 15),
    ],
)
def test_an_iri_without_a_scheme_is_refused_where_no_base_stands_before(query: str, column: int) -> None:
    with pytest.raises(InvalidSyntax, match="a whole IRI is needed") as caught:
        admit(query)
    assert (caught.value.line, caught.value.column) == (1, column)


@pytest.mark.parametrize(
    "query",
    [
        "BASE <http://e/> SELECT * { ?s <foo> <> }",
        "BASE <http://e/> BASE <d/> PREFIX a: <foo#> SELECT * { ?s a:b <//host/a> }",
        "SELECT * { ?s <urn:a> <mailto:a@example.org> }",
        f"BASE <http://e/> PREFIX xsd: <{XSD}> SELECT (xsd:integer('1') AS ?n) {{}}",
        "BASE <http://e/xsd> PREFIX a: <#> SELECT * { ?s a:b (1 2) }",
        *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "data/queries").glob("*.rq"))),
    ],
)
def test_what_is_of_the_standard_is_let_through(query: str) -> None:
    Store().query(query)
    assert admit(query).text == query
