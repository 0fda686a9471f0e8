"""Evaluation in this process."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from io import BytesIO

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Store

from si_lod.engine.evaluation import Form, Query, QueryRequest
from si_lod.engine.policy.admission import DEPTH, TOKENS, admit
from si_lod.engine.store.local import LocalEngine, evaluate
from si_lod.engine.store.stack import STACK, run_with_deep_stack
from si_lod.errors import InvalidQuery, InvalidRequest, NotAcceptable

THING, LABEL = NamedNode("http://a/thing"), NamedNode("http://a/label")
GRAPH = "http://a/graph"


@pytest.fixture
def engine() -> LocalEngine:
    store = Store()
    store.add(Quad(THING, LABEL, Literal("public")))
    store.add(Quad(THING, LABEL, Literal("of a graph"), NamedNode(GRAPH)))
    return LocalEngine(store)


def names(engine: LocalEngine, query: str, *, default: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> set[str]:
    request = QueryRequest(admit(query), QueryResultsFormat.JSON, default, named)
    rows = json.loads(engine.answer(request).content)["results"]["bindings"]
    return {row["name"]["value"] for row in rows}


def test_a_pattern_sees_the_default_graph(engine: LocalEngine) -> None:
    assert [triple.object for triple in engine.match(THING, None, None)] == [Literal("public")]


def test_a_binding_is_a_term_and_never_text(engine: LocalEngine) -> None:
    query = "SELECT ?this ?name { ?this <http://a/label> ?name }"
    assert engine.select(query, this=THING) == [{"this": THING, "name": Literal("public")}]
    assert engine.select(query, this=NamedNode("http://a/other")) == []


def test_what_is_not_bound_is_none(engine: LocalEngine) -> None:
    assert engine.select("SELECT ?this ?x { ?this ?p ?o OPTIONAL { ?this <http://a/none> ?x } }") == [
        {"this": THING, "x": None}
    ]


PLAIN = "SELECT ?name { ?s ?p ?name }"
IN_GRAPH = "SELECT ?name { GRAPH ?g { ?s ?p ?name } }"


@pytest.mark.parametrize(
    ("default", "named", "seen", "seen_in_graphs"),
    [
        ((), (), {"public"}, {"of a graph"}),
        ((GRAPH,), (), {"of a graph"}, set()),
        ((), (GRAPH,), set(), {"of a graph"}),
        ((GRAPH,), (GRAPH,), {"of a graph"}, {"of a graph"}),
        (("http://a/unknown",), (), set(), set()),
    ],
)
def test_the_protocols_dataset_is_the_whole_dataset(
    engine: LocalEngine,
    default: tuple[str, ...],
    named: tuple[str, ...],
    seen: set[str],
    seen_in_graphs: set[str],
) -> None:
    assert names(engine, PLAIN, default=default, named=named) == seen
    assert names(engine, IN_GRAPH, default=default, named=named) == seen_in_graphs


def test_from_names_graphs_of_the_release_only(engine: LocalEngine) -> None:
    assert names(engine, "SELECT ?name FROM <http://a/graph> { ?s ?p ?name }") == {"of a graph"}
    assert names(engine, r"PREFIX h: <http://> SELECT ?name FROM h:a\/graph { ?s ?p ?name }") == {"of a graph"}
    with pytest.raises(InvalidQuery, match="no graph of this name"):
        names(engine, "SELECT ?name FROM <http://a/unknown> { ?s ?p ?name }")
    assert names(engine, "SELECT ?name FROM <http://a/unknown> { ?s ?p ?name }", default=(GRAPH,)) == {"of a graph"}


@pytest.mark.parametrize("graph", ["", "relative", "http://a/ b"])
def test_a_graph_that_is_no_iri_is_refused(engine: LocalEngine, graph: str) -> None:
    with pytest.raises(InvalidRequest, match="absolute IRI"):
        names(engine, PLAIN, default=(graph,))


@pytest.mark.parametrize(
    ("query", "place", "words"),
    [
        ("SELECT * WHERE { ?s ?p ?o\n ?x ?y }", (2, 8), 'near "}"'),
        ("SELECT * WHERE { ?s ?p", (1, 23), "near its end"),
        ("SELECT *\nWHERE { ?s ?p ?o\n HAVING(?x) }", (3, 2), 'near "HAVING(?x)"'),
        ("SELECT ?x UNION { ?s ?p ?o }", (1, 11), 'near "UNION"'),
        ("SELECT * { ?s ?p ?o } LIMIT ?x", (1, 29), 'near "?x"'),
        ("SELECT (<http://a/f>(1) AS ?x) {}", (1, 9), "http://a/f"),
        ("SELECT ?x { ?s ?p ?o BIND(1 AS ?s) }", None, ""),
    ],
)
def test_what_the_store_refuses_is_told_shortly_with_its_place(
    engine: LocalEngine, query: str, place: tuple[int, int] | None, words: str
) -> None:
    with pytest.raises(InvalidQuery) as caught:
        evaluate(engine.store, QueryRequest(admit(query), QueryResultsFormat.JSON), BytesIO())
    assert words in str(caught.value)
    assert len(str(caught.value)) < 200
    if place:
        assert (caught.value.line, caught.value.column) == place


@pytest.mark.parametrize("text", ["\\u0001", "\\uFFFE"])
def test_what_xml_cannot_express_is_refused_rather_than_sent(engine: LocalEngine, text: str) -> None:
    with pytest.raises(NotAcceptable, match="cannot be written as XML"):
        engine.answer(QueryRequest(admit(f'SELECT ("{text}" AS ?x) {{}}'), QueryResultsFormat.XML))


def test_a_graph_is_answered_in_rdf(engine: LocalEngine) -> None:
    answer = engine.answer(QueryRequest(admit("CONSTRUCT WHERE { ?s ?p ?o }"), RdfFormat.N_TRIPLES))
    assert answer.content == b'<http://a/thing> <http://a/label> "public" .\n'


def test_an_error_in_the_deep_thread_reaches_who_waits() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        run_with_deep_stack(lambda: int("x"))


def test_the_deep_stack_is_for_that_thread_alone() -> None:
    usual = threading.stack_size()
    assert run_with_deep_stack(threading.current_thread) is not threading.current_thread()
    assert threading.stack_size() == usual != STACK


EXTREMES = {
    "brackets": "SELECT (" + "(" * (DEPTH - 2) + "1" + ")" * (DEPTH - 2) + " AS ?x) {}",
    "groups": "SELECT * " + "{" * DEPTH + "}" * DEPTH,
    "not exists": "SELECT * {" + "FILTER NOT EXISTS {" * (DEPTH - 1) + "}" * DEPTH,
    "functions": "SELECT (" + "STR(" * (DEPTH - 2) + "1" + ")" * (DEPTH - 2) + " AS ?x) {}",
    "negations": "SELECT (" + "!" * (TOKENS - 20) + "true AS ?x) {}",
    "disjunctions": "SELECT (" + "true||" * (TOKENS // 2 - 20) + "true AS ?x) {}",
    "filters": "SELECT * {" + "FILTER(true)" * (TOKENS // 4 - 20) + "}",
}


@pytest.mark.parametrize("query", EXTREMES.values(), ids=EXTREMES)
def test_the_largest_queries_that_are_let_through_leave_the_process_alive(query: str) -> None:
    admit(query)
    code = (
        "import sys\nfrom pyoxigraph import QueryResultsFormat, Store\n"
        "from si_lod.engine.evaluation import QueryRequest\nfrom si_lod.engine.store.local import LocalEngine\n"
        "from si_lod.engine.policy.admission import admit\n"
        "LocalEngine(Store()).answer(QueryRequest(admit(sys.stdin.read()), QueryResultsFormat.JSON))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=query, text=True, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_result_that_its_format_cannot_hold_is_an_error_of_the_query(engine: LocalEngine) -> None:
    # No client's query makes such a term; what does is refused before.
    text = "CONSTRUCT { <a:b> <a:c> ?t } WHERE { BIND(TRIPLE(<a:b>, <a:c>, <a:d>) AS ?t) }"
    query = Query(text, text, Form.CONSTRUCT)
    with pytest.raises(InvalidQuery, match="the query cannot be evaluated"):
        evaluate(engine.store, QueryRequest(query, RdfFormat.JSON_LD), BytesIO())
