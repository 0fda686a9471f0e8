"""The query page: what stands beside an answer, and the programs that ask the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Store

from si_lod.engine.store.local import LocalEngine
from si_lod.errors import Busy, InvalidQuery
from si_lod.serve import pages
from si_lod.serve.once import Once
from si_lod.serve.pages.queries.examples import examples
from tests.serve.pages.conftest import BASE, Reader
from tests.serve.pages.page import Page

EMPTY = pages.ResultTable(("x",), ())
ONE = pages.ResultTable(("x",), ((Literal("1"),),))
O = f"PREFIX o: <{BASE}def/o#>"  # noqa: E741  the prefix of the orchards


def asked(
    reader: Reader,
    query: str,
    result: pages.ResultTable | bool = ONE,  # noqa: FBT001
    *graphs: tuple[str, str],
) -> Page:
    with reader.app.app_context():
        return Page(pages.query_page(reader.view, query, result, graphs))


def test_an_answer_can_be_taken_along_in_each_format_that_fits(english: Reader) -> None:
    page = asked(english, "SELECT * { ?s ?p ?x }")
    assert [link for link in page.texts("a") if link in {"CSV", "TSV", "JSON", "XML", "Turtle"}] == [
        "CSV", "TSV", "JSON", "XML",
    ]  # fmt: skip
    assert not page.all("a", href="/sparql?query=ASK&format=csv")
    page = asked(english, "ASK { ?s ?p ?x }", result=True)
    assert [link for link in page.texts("a") if link in {"CSV", "TSV", "JSON", "XML", "Turtle"}] == ["JSON", "XML"]


def test_a_question_is_shared_with_its_newest_answer_or_with_this_one(english: Reader) -> None:
    page = asked(english, "ASK {}", result=True)
    assert page.texts("a", href="/sparql?query=ASK+%7B%7D") == ["this question, answered by the newest release"]
    assert page.texts("a", href="/release/2025.1/sparql?query=ASK+%7B%7D") == [
        "this answer, by release 2025.1 for good"
    ]


def test_programs_ask_the_endpoint_at_its_public_address(english: Reader) -> None:
    page = asked(english, "SELECT ?x { ?s ?p ?x }")
    assert page.texts("summary") == ["curl", "Python", "R", "JavaScript", "Spreadsheet"]
    assert all(f"{BASE}sparql" in program for program in page.texts("code")[-5:])


def test_a_double_of_very_many_digits_takes_a_few(english: Reader) -> None:
    huge = Literal("1" + "0" * 300, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#double"))
    assert asked(english, "SELECT (1e300 AS ?x) {}", pages.ResultTable(("x",), ((huge,),))).texts("td") == ["1.0E300"]


def test_the_remarks_in_programs_are_in_the_readers_language(dutch: Reader) -> None:
    python = asked(dutch, "SELECT ?x { ?s ?p ?x }").texts("code")[-4]
    assert "# anders uit de tekst geraden" in python
    long = asked(dutch, f"SELECT ?x {{ ?s ?p ?x }} # {'x' * 8000}").texts("code")
    assert sum("een doorverwijzing zou verliezen" in program for program in long) == 2


def test_who_has_no_scripts_is_told_which_address_programs_name(english: Reader) -> None:
    """No answer holds the host that was asked: it is kept for whoever asks next, on whatever host."""
    (said,) = asked(english, "SELECT ?x { ?s ?p ?x }").texts("noscript")
    assert said.startswith("They name the public address of these data.")


def test_a_spreadsheet_is_offered_tables_only(english: Reader) -> None:
    assert "Spreadsheet" not in asked(english, "ASK {}", result=True).texts("summary")


def test_a_query_that_is_none_has_no_programs(english: Reader) -> None:
    with english.app.app_context():
        page = Page(pages.refused_page(english.view, "SELECT", InvalidQuery("it ends too early")))
    assert not page.texts("summary")
    assert page.texts("h2")[:2] == ["This query cannot be answered", "Examples"]
    assert "it ends too early" in page.html


def test_who_is_told_that_there_is_no_room_for_a_query_keeps_it_and_nothing_is_looked_for(english: Reader) -> None:
    nothing = replace(english.view, engine=LocalEngine(Store()), once=Once())
    with english.app.app_context():
        page = Page(pages.refused_page(nothing, "ASK { '<€>' }", Busy("too many ask", retry_after=2)))
    assert page.all("textarea")[0].text.strip() == "ASK { '<€>' }"
    assert page.texts("h2") == ["This query was not answered"]
    assert "too many ask" in page.texts("section", class_="problem")[0]
    assert page.texts("a", href="/sparql") == ["Query", "Begin with another query", "SPARQL"]


ADVICE = [
    ("SELECT ?tre { ?tree ?p ?o }", "nothing gives ?tre a value; is ?tree meant?"),
    ("SELECT ?zzz { ?s ?p ?o }", "nothing gives ?zzz a value, so its column is empty"),
    (f"{O} SELECT ?s {{ ?s a o:Orchrd }}", "this release says nothing of o:Orchrd; is o:Orchard meant?"),
    (f"SELECT ?s {{ ?s a <{BASE}id/orchard/nowhere> }}", f"this release says nothing of <{BASE}id/orchard/nowhere>"),
]


@pytest.mark.parametrize(("query", "said"), ADVICE)
def test_what_is_odd_in_a_query_is_told_beside_its_answer(english: Reader, query: str, said: str) -> None:
    assert said in asked(english, query, EMPTY).texts("li")


NOTHING = pages.ResultTable(("n",), ((Literal("0", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),),))
HOLE = pages.ResultTable(("x",), ((None,),))
DCT = "PREFIX dct: <http://purl.org/dc/terms/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
NEVER = "?d > 2024 never holds: the values of dct:created are xsd:date; write YEAR(?d) > 2024"
LACKING = [
    (f"{DCT} SELECT ?d {{ ?s dct:created ?d FILTER(?d > 2024) }}", EMPTY, NEVER),
    (f"{DCT} SELECT (COUNT(*) AS ?n) {{ ?s dct:created ?d FILTER(?d > 2024) }}", NOTHING, NEVER),
    (f"{DCT} ASK {{ ?s dct:created ?d FILTER(?d > 2024) }}", False, NEVER),
    (f"{DCT} SELECT ?x {{ ?s dct:created ?d BIND(?d > 2024 AS ?x) }}", HOLE, NEVER),
    ('SELECT ?s { ?s ?p ?o FILTER(REGEX(?o, "(?=a)")) }', EMPTY, '"(?=a)" is no regular expression here: nothing can'),
    (
        f"{DCT} SELECT (xsd:integer(?d) AS ?x) {{ ?s dct:created ?d }}",
        HOLE,
        "xsd:integer(?d) has no value: the values of dct:created are xsd:date; YEAR(?d) is a number",
    ),
    (
        "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s HAVING(?n > 0)",
        EMPTY,
        "HAVING(?n > 0) never holds: ?n",
    ),
    (
        "SELECT (GROUP_CONCAT(?s) AS ?x) { ?s ?p ?o }",
        HOLE,
        "?x has no value where GROUP_CONCAT is given what is no",
    ),
    ("SELECT (SUM(?o) AS ?x) { ?s ?p ?o }", HOLE, "?x has no value where something that it is computed from has none"),
    ("SELECT ?s { GRAPH ?g { ?s ?p ?o } }", EMPTY, "GRAPH ?g finds nothing: this release has everything in the"),
    ("SELECT (COUNT(*) AS ?n) { graph <http://a/g> { ?s ?p ?o } }", NOTHING, "graph <http://a/g> finds nothing"),
    ("ASK { GRAPH ?g { ?s ?p ?o } }", False, "GRAPH ?g finds nothing"),
    ("SELECT ?s { ?s ?p ?o } LIMIT 0", EMPTY, "LIMIT 0 leaves no row"),
    ("SELECT ?s { ?s ?p ?o } LIMIT 5 OFFSET 5000", EMPTY, "OFFSET 5000 leaves out so many rows, which may be all"),
]


@pytest.mark.parametrize(("query", "result", "said"), LACKING)
def test_why_a_result_lacks_something_is_told_where_it_does(
    english: Reader,
    query: str,
    result: pages.ResultTable | bool,  # noqa: FBT001
    said: str,
) -> None:
    told = asked(english, query, result).texts("li")
    assert any(one.startswith(said) for one in told)
    is_asking = isinstance(result, bool)
    assert 'class="advice"' not in asked(english, query, True if is_asking else ONE).html


def test_of_a_pattern_that_fits_nothing_and_a_property_without_values_nothing_is_told(english: Reader) -> None:
    for query in (
        'SELECT ?s { ?s ?p ?o FILTER(REGEX(?o, "^zzz[0-9]+$", "i")) }',
        "SELECT ?s { ?s <http://elsewhere.example/p> ?o FILTER(?o = 1) }",
        "SELECT ?s { ?s <no-iri> 1 }",
    ):
        assert 'class="advice"' not in asked(english, query, EMPTY).html


def test_a_graph_that_the_release_has_not_is_told_where_nothing_was_found(english: Reader) -> None:
    graph, query = ("default-graph-uri", "http://a/g"), "SELECT ?s { ?s ?p ?o }"
    told = asked(english, query, EMPTY, graph)
    assert any(one.startswith("the release has no graph <http://a/g>: everything is in") for one in told.texts("li"))
    assert "No rows." in told.html
    assert "nothing in this release" not in told.html
    assert 'class="advice"' not in asked(english, query, ONE, graph).html


def test_without_a_reason_it_is_said_that_nothing_fits(english: Reader) -> None:
    for query in ("SELECT ?s { ?s ?p ?o }", "SELECT ?s { ?s ?p ?o } LIMIT 5 OFFSET 0"):
        assert "No rows: nothing in this release fits the query." in asked(english, query, EMPTY).html


def test_a_sum_of_no_values_is_0_so_it_is_not_told_to_have_no_value(english: Reader) -> None:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    query = f'SELECT (SUM(?l) AS ?n) {{ ?s {label} ?l FILTER(?l > "zzz"@en) }}'
    assert 'class="advice"' not in asked(english, query, NOTHING).html
    told = asked(english, query, HOLE).texts("li")
    assert any(one.startswith(f"SUM(?l) has no value: the values of {label} are") for one in told)


def test_advice_is_in_the_readers_language(dutch: Reader) -> None:
    assert "niets geeft ?tre een waarde; is ?tree bedoeld?" in asked(dutch, ADVICE[0][0], EMPTY).texts("li")


@pytest.mark.parametrize(
    "query",
    [
        f"{O} SELECT ?s ?n (COUNT(?t) AS ?c) {{ ?s a o:Orchard . VALUES ?n {{ 1 }} OPTIONAL {{ ?s ?p ?t }} }}",
        "SELECT ?x { { SELECT ?x { ?x ?p ?o } } }",
        "SELECT ?x { ?s ?p ?o BIND(1 AS ?x) }",
        "SELECT ?x {} VALUES ?x { 1 }",
        "SELECT * { ?s <http://elsewhere.example/p> ?o }",
    ],
)
def test_a_sound_query_gets_no_advice(english: Reader, query: str) -> None:
    assert 'class="advice"' not in asked(english, query).html


KEEPERS = pages.ResultTable(("keeper", "keeperName", "orchards"), ((None, None, Literal("1")),))
HEADINGS = ["keeper", "keeperName", "Aantal boomgaarden ?orchards"]


def test_an_answer_to_an_example_has_the_names_that_the_site_gives_its_columns(dutch: Reader, english: Reader) -> None:
    query = next(one for one in english.view.known(examples) if one.name == "keepers").asked(english.view)
    assert asked(dutch, query, KEEPERS).texts("th") == HEADINGS
    assert asked(dutch, f"# mine\n{query}   # too", KEEPERS).texts("th") == HEADINGS
    assert asked(dutch, f"{query} LIMIT 3", KEEPERS).texts("th") == ["keeper", "keeperName", "orchards"]


def test_the_parts_of_triples_are_named_in_the_readers_language(dutch: Reader) -> None:
    triples = pages.ResultTable(("subject", "predicate", "object"), ((Literal("1"),) * 3,))
    page = asked(dutch, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", triples)
    assert page.texts("th") == ["Onderwerp", "Predicaat", "Object"]
