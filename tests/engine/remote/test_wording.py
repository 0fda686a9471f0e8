"""Look-ups and bindings as text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Variable

from si_lod.engine.policy.admission import admit
from si_lod.engine.remote.looking.wording import bound_text, pattern_text, term_text
from si_lod.serve.documents import incoming
from si_lod.serve.pages import facts
from si_lod.serve.pages.definitions import specimen, usage
from si_lod.serve.pages.thing import incoming as referring
from tests.serve.site import BASE
from tests.serve.site import facts as mills

TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=12)
NASTY = st.lists(st.sampled_from(["\\", "u", "U", '"', "0022", "\n", "'", "}", "x"]), max_size=10).map("".join)
WINDOW = "SELECT ?s ?p ?this WHERE { ?s ?p ?this } OFFSET 3 LIMIT 2"
OWN = [
    usage._CLASSES,
    usage._PROPERTIES,
    specimen._OBSERVATION,
    specimen._THING,
    referring._TRIPLES,
    referring._SUBJECTS,
    referring._WAYS,
    facts.NEIGHBOURS,
    incoming._COUNTS,
]


def solutions(store: Store, text: str, **bindings: NamedNode) -> list[tuple[str, ...]]:
    found = store.query(text, substitutions={Variable(name): term for name, term in bindings.items()})
    assert isinstance(found, QuerySolutions)
    return [tuple(map(str, solution)) for solution in found]


def naively_unescaped(text: str) -> str:
    """Return the text as a parser reads it that takes codepoint escapes first, wherever they stand."""
    return re.sub(r"\\u([0-9A-Fa-f]{4})", lambda found: chr(int(found[1], 16)), text)


@given(TEXTS | NASTY)
@example("\\u0022 } # ")
@example("\\\\u0022")
def test_a_literal_written_into_a_query_is_that_literal_to_every_parser(text: str) -> None:
    literal, store = Literal(text), Store()
    store.add(Quad(NamedNode("http://a/s"), NamedNode("http://a/p"), literal))
    query = pattern_text(None, None, literal)
    assert len(solutions(store, query)) == 1
    if not re.search(r"[\x01-\x1f\x7f]", text):  # which such a parser can read in no string at all
        assert len(solutions(store, naively_unescaped(query))) == 1
    assert admit(query).text == query


def test_an_iri_is_written_as_it_is() -> None:
    assert term_text(NamedNode("http://a/é?b#c")) == "<http://a/é?b#c>"


@pytest.mark.parametrize("query", OWN)
@pytest.mark.parametrize("name", ["def/m", "id/mill/de-kat", "id/place/dyke"])
def test_our_queries_have_the_solutions_of_a_substitution(query: str, name: str) -> None:
    store = Store()
    store.extend(Quad(*triple) for triple in mills())
    this = NamedNode(BASE + name)
    assert sorted(solutions(store, bound_text(query, {"this": this}))) == sorted(solutions(store, query, this=this))


def test_a_window_that_moves_gets_an_order_and_no_other_query_does() -> None:
    this = NamedNode("http://a/x")
    assert "} ORDER BY ?s ?p ?this OFFSET 3 LIMIT 2" in bound_text(WINDOW, {"this": this})
    for query in ("SELECT ?s { ?s ?p ?o } LIMIT 2", "SELECT ?s { ?s ?p ?o } ORDER BY ?o LIMIT 2 OFFSET 1"):
        assert bound_text(query, {}) == query


def test_a_variable_is_bound_in_each_select_that_has_it_and_in_no_other_place() -> None:
    inner = "{ SELECT ?this (COUNT(?s) AS ?n) { ?s ?p ?this } GROUP BY ?this }"
    query = f"SELECT ?this ?n {{\n {inner}\n OPTIONAL {{ ?a ?b ?c }} }}"
    values = "VALUES ?this { <http://a/x> } "
    assert bound_text(query, {"this": NamedNode("http://a/x")}) == (
        f"SELECT ?this ?n {{\n {values}{{ SELECT ?this (COUNT(?s) AS ?n) {{ {values}?s ?p ?this }} GROUP BY ?this }}\n"
        " OPTIONAL { ?a ?b ?c } }"
    )
