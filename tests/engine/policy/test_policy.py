"""Which queries are let through."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from si_lod.engine.evaluation import Form
from si_lod.engine.policy.admission import DEPTH, LENGTH, TOKENS, admit, refuse_deep
from si_lod.errors import InvalidQuery

ELSEWHERE = "http://127.0.0.1:9/"

CALLS = {
    "plain": f"SELECT * {{ SERVICE <{ELSEWHERE}> {{ ?s ?p ?o }} }}",
    "lower case": f"SELECT * {{ service <{ELSEWHERE}> {{ ?s ?p ?o }} }}",
    "silent": f"SELECT * {{ SERVICE SILENT <{ELSEWHERE}> {{ ?s ?p ?o }} }}",
    "variable": "SELECT * { ?x ?p ?o . SERVICE ?x { ?s ?p ?o } }",
    "prefixed": f"PREFIX e: <{ELSEWHERE}> SELECT * {{ SERVICE e:x {{ ?s ?p ?o }} }}",
    "comment between": f"SELECT * {{ SERVICE # <a>\n<{ELSEWHERE}> {{ ?s ?p ?o }} }}",
    "carriage return ends a comment": f"# comment\rSELECT * {{ SERVICE <{ELSEWHERE}> {{ ?s ?p ?o }} }}",
    "in EXISTS": f"ASK {{ FILTER EXISTS {{ SERVICE <{ELSEWHERE}> {{ ?s ?p ?o }} }} }}",
    "in MINUS": f"ASK {{ ?s ?p ?o MINUS {{ SERVICE <{ELSEWHERE}> {{ ?s ?p ?o }} }} }}",
    "in a subquery": f"SELECT * {{ {{ SELECT * {{ SERVICE <{ELSEWHERE}> {{ ?s ?p ?o }} }} }} }}",
    "in LATERAL": f"SELECT * {{ ?s ?p ?o . LATERAL {{ SERVICE <{ELSEWHERE}> {{ ?s ?p ?o }} }} }}",
    "glued to SILENT": f"SELECT * {{ SERVICESILENT<{ELSEWHERE}>{{ ?s ?p ?o }} }}",
    "glued to a name": f"PREFIX ex: <{ELSEWHERE}> SELECT * {{SERVICEex:a{{ ?s ?p ?o }} }}",
    "glued to an empty prefix": f"PREFIX : <{ELSEWHERE}> SELECT * {{ service:a{{ ?s ?p ?o }} }}",
    "glued to a boolean": f"SELECT * {{ ?s ?p trueSERVICE<{ELSEWHERE}>{{ ?s ?p ?o }} }}",
    "glued to both": f"PREFIX : <{ELSEWHERE}> SELECT * {{ ?s ?p trueSERVICE:a{{ ?s ?p ?o }} }}",
    "glued to a number": f"SELECT * {{ ?s ?p 1SERVICE<{ELSEWHERE}>{{ ?s ?p ?o }} }}",
    "in what could be an IRI": f"SELECT * {{ FILTER(1<2)SERVICE#>\n<{ELSEWHERE}>{{ ?s ?p ?o }} }}",
    "behind a string in what could be an IRI": (
        f"SELECT * {{ FILTER(1<2)FILTER('>'!='a')SERVICE<{ELSEWHERE}>{{ ?s ?p ?o }} FILTER(''='')FILTER('a'='a') }}"
    ),
    "behind a comment in what could be an IRI": (
        f"SELECT * {{ FILTER(1<2)#>'''\nSERVICE<{ELSEWHERE}>{{ ?s ?p ?o }} #'''\n }}"
    ),
    "behind a comparison with EXISTS": (
        f"SELECT * {{ FILTER(EXISTS {{}}<'>'||'')SERVICE<{ELSEWHERE}>{{}}FILTER(''='a') }}"
    ),
}


@pytest.mark.parametrize("query", CALLS.values(), ids=CALLS)
def test_no_call_of_another_endpoint_is_let_through(query: str) -> None:
    with pytest.raises(InvalidQuery):
        admit(query)


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { <a:b> <a:c> <<( <a:b> <a:c> <a:d> )>> } WHERE {}",
        "SELECT * { << ?s ?p ?o >> ?q ?r }",
        "ASK { " + "<< " * 2000 + "?s ?p ?o" + " >>" * 2000 + " }",
    ],
    ids=["constructed", "matched", "nested"],
)
def test_a_triple_as_a_term_is_refused(query: str) -> None:
    with pytest.raises(InvalidQuery, match=r"triple terms are not of SPARQL 1\.1"):
        admit(query)


HARMLESS = {
    "strings": "ASK { ?s ?p 'SERVICE <http://a> {' , \"SERVICE\" , '''SERVICE ' ''' , \"\"\"SERVICE \" \"\"\" }",
    "comment": "ASK {} # SERVICE <http://a> {}",
    "variables": "SELECT ?service $SERVICE { ?service ?SERVICE $SERVICE }",
    "names": "PREFIX service: <http://a/> ASK { service:SERVICE a service:service . GRAPH service:g { ?s ?p ?o } }",
    "IRIs": "ASK { ?s <http://a/SERVICE#service> <http://SERVICE/it's> }",
    "blank nodes": "ASK { _:SERVICE ?p ?o }",
    "language tags": "ASK { ?s ?p 'a'@service }",
    "an IRI after an operand in brackets": "SELECT * { VALUES (?a ?b) { (<http://a/#1> <http://a/#it's>) } }",
    "comparisons": "SELECT * { ?s ?p ?o FILTER(?o<1 && ?o>0) FILTER(?o <'a') FILTER(?o< 'a') }",
    "an apostrophe in an IRI": "ASK { ?s ?p <http://a/l'eau> , 'x' }",
}


@pytest.mark.parametrize("query", HARMLESS.values(), ids=HARMLESS)
def test_the_word_elsewhere_is_no_call(query: str) -> None:
    assert admit(query).text == query


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", Form.SELECT),
        ("select?x{}", Form.SELECT),
        ("BASE <http://a/> PREFIX b: <c> ASK {}", Form.ASK),
        ("# SELECT\nCONSTRUCT WHERE {}", Form.CONSTRUCT),
        ("DESCRIBE<http://a/>", Form.DESCRIBE),
    ],
)
def test_the_first_keyword_is_the_form(query: str, form: Form) -> None:
    assert admit(query).form is form


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA {}", "DELETE WHERE {}", "LOAD <http://a>", "CLEAR ALL", "DROP ALL", "CREATE GRAPH <http://a>",
     "ADD <a> TO <b>", "MOVE <a> TO <b>", "COPY <a> TO <b>", "WITH <a> DELETE {} WHERE {}",
     "PREFIX a: <b:> insert data {}"],
)  # fmt: skip
def test_an_update_is_told_that_the_endpoint_only_reads(update: str) -> None:
    with pytest.raises(InvalidQuery, match="only reads"):
        admit(update)


@pytest.mark.parametrize(
    ("query", "line", "column", "words"),
    [
        ("SELECT *\n{ ?s ex:p ?o }", 2, 6, '"ex:" is not declared'),
        ("FETCH *", 1, 1, "expected one of SELECT"),
        ("SELECT *\n\n { ?s ?p 'open }", 3, 10, "left open"),
        ("ASK {}\n{ SERVICE ?x {} }", 2, 3, "SERVICE is not offered"),
    ],
)
def test_a_refusal_names_the_place(query: str, line: int, column: int, words: str) -> None:
    with pytest.raises(InvalidQuery, match=words) as caught:
        admit(query)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize("opening", ["(", "{", "[", "{ FILTER NOT EXISTS {", "(IF(", "^(", "<<("])
def test_deep_nesting_is_refused_closed_or_not(opening: str) -> None:
    with pytest.raises(InvalidQuery, match="too deep"):
        admit("SELECT * " + opening * (DEPTH + 1))


@pytest.mark.parametrize("piece", ["!", "1+", "{}UNION", "FILTER(1)", "1 "])
def test_long_chains_are_refused(piece: str) -> None:
    with pytest.raises(InvalidQuery, match="too long"):
        admit("SELECT * " + piece * TOKENS)


def test_a_long_text_is_refused() -> None:
    with pytest.raises(InvalidQuery, match="too long"):
        admit("ASK {} #" + "x" * LENGTH)


def test_the_graphs_of_the_query_are_known() -> None:
    query = admit("PREFIX g: <http://g/> SELECT * FROM <http://a> FROM NAMED g:b { ?s ?p ?o }")
    assert query.graphs == ("http://a", "http://g/b")


def test_the_graphs_of_the_query_are_relative_to_its_base() -> None:
    query = admit("BASE <http://a/b/> PREFIX g: <g/> SELECT * FROM <c> FROM NAMED g:d { ?s ?p ?o }")
    assert query.graphs == ("http://a/b/c", "http://a/b/g/d")


def test_the_graphs_of_the_query_are_without_the_backslashes_of_their_names() -> None:
    query = admit(r"PREFIX g: <http://g/> SELECT * FROM g:a\-b\/c FROM NAMED g:\~%41 { ?s ?p ?o }")
    assert query.graphs == ("http://g/a-b/c", "http://g/~%41")


PIECES = ["SERVICE", "service", "SILENT", "<http://127.0.0.1:9/>", "ex:a", "SERVICEex:a", ":a", "service:a", "{", "}",
          "(", ")", "<", ">", "'", '"', "'''", "#", "\n", "\r", " ", "\\", "1", "true", "?x", ".", ";", "FILTER(",
          "1<2)", "OPTIONAL", "?s ?p ?o", "@en", "_:b", "BIND(1 AS ?y)", "||", "=", "/", "^"]  # fmt: skip
"""What a hostile query could be glued together from."""


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_is_glued_together_no_admitted_query_calls_another_endpoint(text: str) -> None:
    query = f"PREFIX ex: <http://127.0.0.1:9/> PREFIX : <http://127.0.0.1:9/> SELECT * {{ {text} {{ ?s ?p ?o }} }}"
    try:
        admit(query)
    except InvalidQuery:
        return
    try:
        list(Store().query(query))  # type: ignore[arg-type]
    except (SyntaxError, RuntimeError):
        return  # not a query, or an unbound name
    except OSError as error:
        pytest.fail(f"the query went out: {error}")


@given(st.text(max_size=60))
def test_any_text_is_admitted_or_refused_with_a_reason(text: str) -> None:
    with suppress(InvalidQuery):
        assert admit(text).text == text


def test_the_beginning_of_a_text_shows_that_it_is_too_deep_and_nothing_else() -> None:
    refuse_deep("SELECT * { ?s ?p 'cut")
    refuse_deep("no query <")
    refuse_deep("{" * DEPTH)
    refuse_deep("{" * DEPTH + "}" * DEPTH + "(" * DEPTH)
    refuse_deep("'" + "{" * (DEPTH + 1) + "' {")
    with pytest.raises(InvalidQuery, match="too deep"):
        refuse_deep("{" * (DEPTH + 1) + " 'cut")
