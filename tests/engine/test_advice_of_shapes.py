"""Whatever shape a query has, what is told never to hold in it has no solution: a hint is silent rather than wrong."""

from __future__ import annotations

from operator import eq, gt, lt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store

from si_lod.engine.advice.patterns import patterns
from si_lod.engine.advice.unlike import uncalculated, unlike
from si_lod.engine.text.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.engine.evaluation import Term
    from si_lod.engine.text.tokens import Token

PREFIXES = "PREFIX ex: <http://a/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
XSD = "http://www.w3.org/2001/XMLSchema#"
TURTLE = """
@prefix ex: <http://a/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:s ex:year "2016"^^xsd:gYear ; ex:name "2016"@nl ; ex:num 2016 ; ex:text "2016" ; ex:to ex:t, ex:num ; a ex:C .
ex:t ex:year "2017"^^xsd:gYear ; ex:num 5 ; ex:any "2016", 2016, "2016"@nl, "2016"^^xsd:gYear, ex:s ; ex:to ex:u .
ex:u ex:list ( 2016 "2016" ex:s "2016"^^xsd:gYear ) ; ex:text "x" ; ex:to ex:s .
"""


STORE = Store()
STORE.load(TURTLE, format=RdfFormat.TURTLE)
LITERALS = ["2016", '"2016"', '"2016"@nl', '"2016"^^xsd:gYear', "5"]
VALUES = dict(zip(LITERALS, (Literal(2016), Literal("2016"), Literal("2016", language="nl"),
                             Literal("2016", datatype=NamedNode(f"{XSD}gYear")), Literal(5)), strict=True))  # fmt: skip
OPERATORS = {"=": eq, "<": lt, ">": gt}
SIGNS = ["{} + 1", "2 * {}", "{} / 2.5", "ABS({})", "xsd:integer({})"]


def known(iri: str) -> set[str]:
    """The kinds of a property's values, as the pages know them."""
    return {kind(quad.object) for quad in STORE.quads_for_pattern(None, NamedNode(iri), None)}


def kind(term: Term) -> str:
    if not isinstance(term, Literal):
        return ""
    return f"@{term.language}" if term.language else term.datatype.value


def holds(one: Term | None, operator: str, other: Literal) -> bool:
    """Whether the comparison holds: texts and years by their text, numbers by their size, all else never."""
    if not isinstance(one, Literal) or kind(one) != kind(other):
        return False
    if kind(one) == f"{XSD}integer":
        return bool(OPERATORS[operator](int(one.value), int(other.value)))
    return bool(OPERATORS[operator](one.value, other.value))


def is_number(term: Term | None, *, texts: bool) -> bool:
    return isinstance(term, Literal) and kind(term) in {f"{XSD}integer", *([f"{XSD}string"] if texts else [])}


def solved(pattern: str, name: str) -> list[Term | None]:
    """The values that the variable has where nothing is asked of it."""
    solutions = STORE.query(f"{PREFIXES}SELECT * {{ {pattern} }}")
    assert isinstance(solutions, QuerySolutions)
    names = [each.value for each in solutions.variables]
    return [solution[name] for solution in solutions] if name in names else []


def read(query: str) -> Sequence[Token]:
    STORE.query(PREFIXES + query)
    return list(tokens(PREFIXES + query))


NAMES = st.sampled_from(["ex:year", "ex:year", "ex:num", "ex:name", "ex:text", "ex:to", "ex:any", "ex:list", "ex:no"])
PATHS = st.recursive(
    NAMES,
    lambda inner: st.one_of(
        st.builds("({}){}".format, inner, st.sampled_from(["", "*", "+", "?"])),
        st.builds("{}{}".format, NAMES, st.sampled_from(["*", "+", "?"])),
        st.builds("{}/{}".format, inner, inner),
        st.builds("{}|{}".format, inner, inner),
        st.builds("^({})".format, inner),
        st.builds("{}^{}".format, st.sampled_from(["", "!"]), NAMES),
        st.builds("!({}|^{})".format, NAMES, NAMES),
    ),
    max_leaves=3,
)
VERBS = st.one_of(NAMES, NAMES, PATHS, st.sampled_from(["?p", "a", "?x"]))
VARIABLES = st.sampled_from(["?x", "?x", "?y", "?b"])
SUBJECTS = st.one_of(VARIABLES, st.sampled_from(["?s", "?s", "ex:s", "[]"]))
OBJECTS = st.one_of(
    VARIABLES, VARIABLES, st.sampled_from(["ex:s", "(ex:s ?x)", "(?x -5)", "[ ex:any ?x ]", "true", *LITERALS])
)
TRIPLES = st.one_of(
    st.builds("{} {} {} .".format, SUBJECTS, VERBS, OBJECTS),
    st.builds("{} {} {} , {} .".format, SUBJECTS, VERBS, OBJECTS, OBJECTS),
    st.builds("{} {} {} ; {} {} .".format, SUBJECTS, VERBS, OBJECTS, VERBS, OBJECTS),
)
GROUPS = st.recursive(
    TRIPLES,
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("{{ {} }} UNION {{ {} }}".format, inner, inner),
        st.builds("{} OPTIONAL {{ {} }}".format, inner, inner),
        st.builds("{{ SELECT ?s {{ {} }} GROUP BY ?s }} {}".format, inner, inner),
        st.builds("{{ SELECT DISTINCT ?s ?x {{ {} }} ORDER BY ?s ?x }}".format, inner),
        st.builds("{} FILTER NOT EXISTS {{ {} }}".format, inner, inner),
        st.builds("{} VALUES ?x {{ {} }}".format, inner, st.sampled_from(LITERALS)),
        st.builds("{} {{ SELECT ({} AS ?x) {{}} }}".format, inner, st.sampled_from(LITERALS)),
    ),
    max_leaves=4,
)
AROUND = st.one_of(
    st.just(("", "")),
    GROUPS.map(lambda group: ("{ SELECT ?s { ", f" }} }} {group}")),
    GROUPS.map(lambda group: (f"{group} OPTIONAL {{ ", " }")),
    GROUPS.map(lambda group: (f"{{ {group} }} UNION {{ ", " }")),
)


@given(group=GROUPS, around=AROUND, operator=st.sampled_from("=<>"), literal=st.sampled_from(LITERALS))
def test_a_comparison_that_is_told_never_to_hold_holds_of_no_solution(
    group: str, around: tuple[str, str], operator: str, literal: str
) -> None:
    condition = f"?x {operator} {literal}"
    said = unlike(read(f"SELECT * {{ {around[0]}{group} FILTER({condition}){around[1]} }}"), known)
    if any(str(one).startswith(f"{condition} never holds") for one in said):
        assert not [one for one in solved(group, "x") if holds(one, operator, VALUES[literal])]


@given(group=GROUPS, around=AROUND, form=st.sampled_from(SIGNS))
def test_a_calculation_that_is_told_to_have_no_value_has_no_number_in_any_solution(
    group: str, around: tuple[str, str], form: str
) -> None:
    calculation = form.format("?x")
    said = uncalculated(read(f"SELECT * {{ {around[0]}{group} FILTER({calculation} > 1){around[1]} }}"), known)
    if any(str(one).startswith(f"{calculation} has no value") for one in said):
        assert not [one for one in solved(group, "x") if is_number(one, texts=calculation.startswith("xsd:"))]


@given(subject=SUBJECTS, path=VERBS, literal=st.sampled_from(LITERALS), around=AROUND)
def test_a_value_that_is_told_never_to_be_there_is_found_by_no_path(
    subject: str, path: str, literal: str, around: tuple[str, str]
) -> None:
    pattern = f"{subject} {path} {literal}"
    said = unlike(read(f"SELECT * {{ {around[0]}{pattern}{around[1]} }}"), known)
    last = path.rpartition("/")[2]
    if any(str(one).startswith(f"{last} {literal} never holds") for one in said) and literal not in "".join(around):
        assert VALUES[literal] not in solved(f"{subject} {path} ?value", "value")


@pytest.mark.parametrize(
    "group",
    [
        "{ ?s ?p ?x } UNION { ?s ex:year ?x }",
        "?s ex:to|ex:to/ex:year ?x",
        "?s (ex:to/ex:any|ex:to)/^ex:to|ex:any/ex:year ?x",
        "{ ?s (ex:any|ex:to) ?x } UNION { ?s ex:year ?x }",
        "{ ?s ex:any* ?x } UNION { ?s ex:year ?x }",
        "{ ?x ^ex:any ?s } UNION { ?s ex:year ?x }",
        "{ ?x ex:to? ?s } UNION { ?s ex:year ?x }",
        "{ ?s ex:list (ex:s ?x) } UNION { ?s ex:year ?x }",
        "{ SELECT ?s { ?s ex:year ?x } } ?s ex:to/ex:to* ?x",
        "{ ?s a ?x } UNION { ?s ex:year ?x }",
    ],
)
def test_of_what_something_else_may_give_nothing_is_told(group: str) -> None:
    assert list(unlike(read(f'SELECT * {{ {group} FILTER(?x = "2016") }}'), known)) == []
    assert list(uncalculated(read(f"SELECT * {{ {group} FILTER(?x + 1 = 2) }}"), known)) == []


@pytest.mark.parametrize(
    "group",
    [
        "{ ?s ex:to ?p . ?q ex:no* ?x . ?s ex:year ?x }",
        "{ ?s ex:year ?x . ?s ex:list (?x -5) }",
        "{ ?s ex:year ?x . ?s ex:to/ex:to ?t }",
    ],
)
def test_no_path_and_no_list_is_a_calculation(group: str) -> None:
    assert list(uncalculated(read(f"SELECT * {{ {group} }}"), known)) == []


@pytest.mark.parametrize(
    "group",
    [
        "?s ex:year ?x . ?x ex:to ?o",
        "{ ?s ex:year ?x } UNION { ?s ex:to/ex:year ?x }",
        "{ SELECT ?x { ?s ex:to|ex:any ?t . ?t ex:year ?x } GROUP BY ?x ORDER BY DESC(?x) }",
        "?s (ex:to|ex:any)*/ex:year ?x GRAPH ?g { ?x ex:to ?o }",
    ],
)
def test_a_variable_that_elsewhere_is_no_literal_is_still_told_of(group: str) -> None:
    (said,) = unlike(read(f'SELECT * {{ {group} FILTER(?x = "2016") }}'), known)
    assert str(said).startswith('?x = "2016" never holds: the values of ex:year')


def test_what_is_denied_is_another_than_what_is_compared() -> None:
    assert list(unlike(read("SELECT * { ?s ex:text ?x FILTER(!?x = false) }"), known)) == []
    assert STORE.query(f"{PREFIXES}ASK {{ ?s ex:text ?x FILTER(!?x = false) }}")


@pytest.mark.parametrize("condition", ['?x = "\\uD800"', '?x IN ("\\uD800")', '"\\uD800" = ?x', 'REGEX(?x, "\\uD800")'])
def test_of_a_text_with_half_a_character_nothing_is_told(condition: str) -> None:
    some = list(tokens(f"{PREFIXES}SELECT * {{ ?s ex:num ?x FILTER({condition}) }}"))
    assert [*unlike(some, known), *uncalculated(some, known), *patterns(some)] == []
