"""Products and quotients, also those that the store alone finds no value for; paths stay what they are."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from si_lod.engine.policy.admission import DEPTH, TOKENS, admit
from si_lod.engine.pool.pool import Pool
from si_lod.engine.store.functions import Functions
from si_lod.engine.store.local import evaluate
from si_lod.engine.store.products import with_products
from si_lod.errors import InvalidQuery, InvalidSyntax
from tests.engine.conftest import asking
from tests.engine.store.numbers import Number, ask, decimals, evaluated, read
from tests.engine.store.test_numbers import computed, integer, is_near

WITHOUT = ["(1 / 3) * 12.5", "1000 / (1 / 3)", "0 / 2.5", "0.000000000000000001 / 10"]


@pytest.mark.parametrize("expression", WITHOUT)
def test_the_store_alone_still_has_no_value_so_its_products_have_to_be_replaced(expression: str) -> None:
    """Where all of these fail, the store has mended it, and ``store.products`` may go."""
    (solution,) = Store().query(f"SELECT ({expression} AS ?x) {{}}")  # type: ignore[misc]
    assert solution["x"] is None
    assert evaluated(expression, [[1]]) != [None]


P = "<urn:si-lod:product>"
REPLACED = [
    ("?a * ?b", f'COALESCE(?a * ?b,{P}("*",?a,?b))'),
    ("100*?a / ?b", f'COALESCE(100*?a / ?b,{P}("*/",100,?a,?b))'),
    ("(?a + 1) / ?b * 2", f'{P}("/*",(?a + 1),?b,2)'),
    ("?a - -2 * -?b", f'?a - {P}("*",-2,-?b)'),
    ("-?a * ?b - 2 * ?c", f'{P}("*",-?a,?b) - COALESCE(2 * ?c,{P}("*",2,?c))'),
    ("- -2 * ?b / - -5", f'{P}("*/",- -2,?b,- -5)'),
    ("COUNT(DISTINCT -?a * 2) -(?b / 2)", f'COUNT(DISTINCT {P}("*",-?a,2)) -(COALESCE(?b / 2,{P}("/",?b,2)))'),
    ("?a<0/2.5||?d>1", f'?a<COALESCE(0/2.5,{P}("/",0,2.5))||?d>1'),
    ("?a # per year\n / ?b", f'COALESCE(?a # per year\n / ?b,{P}("/",?a,?b))'),
    ("STRLEN('<')*?a/2>1", f"{P}(\"*/\",STRLEN('<'),?a,2)>1"),
    ("ex:a\\#b = ?a * 2", f'ex:a\\#b = COALESCE(?a * 2,{P}("*",?a,2))'),
    ("?\u20ac*2", f'COALESCE(?\u20ac*2,{P}("*",?\u20ac,2))'),
    ("SUM(?a * ?b) / SUM(?b)", f'{P}("/",SUM(COALESCE(?a * ?b,{P}("*",?a,?b))),SUM(?b))'),
    ("COUNT(*) * 2", f'{P}("*",COUNT(*),2)'),
    ("COUNT(DISTINCT *)", "COUNT(DISTINCT *)"),
    ("'5'^^<http://a/*>/2", f"{P}(\"/\",'5'^^<http://a/*>,2)"),
    ("'5'^^xsd:decimal\n* 2", f"{P}(\"*\",'5'^^xsd:decimal,2)"),
    ("?\u00e9\u00b7*2", f'COALESCE(?\u00e9\u00b7*2,{P}("*",?\u00e9\u00b7,2))'),
    ("xsd:decimal(?a)*(((?b)))", f'{P}("*",xsd:decimal(?a),(((?b))))'),
    ("!?a * ?b", "!?a * ?b"),
    ('STRLEN("a*b") > 1', 'STRLEN("a*b") > 1'),
    ("EXISTS { ?s (ex:p)/ex:q ?o FILTER(?o/2 > 1) }",
     f'EXISTS {{ ?s (ex:p)/ex:q ?o FILTER(COALESCE(?o/2,{P}("/",?o,2)) > 1) }}'),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "replaced"), REPLACED)
def test_what_is_multiplied_and_divided_in_one_go_is_one_call(expression: str, replaced: str) -> None:
    for query in ("SELECT ({} AS ?x) {{ ?s ex:p* ?a }} # 1*2\n", "SELECT * {{ ?s ex:p/ex:q ?a BIND({} AS ?x) }}"):
        assert with_products(query.format(expression)) == query.format(replaced)


def test_nobody_else_calls_the_function_that_computes_them() -> None:
    with pytest.raises(InvalidQuery, match="is not offered"):
        admit(f'SELECT ({P}("*",1,2) AS ?x) {{}}')


STEPS = st.recursive(
    st.sampled_from(["<http://a/p>", "ex:q", "a", "!ex:p", "^ex:p"]),
    lambda inner: st.one_of(
        st.builds("({}){}".format, inner, st.sampled_from(["", "*", "+", "?"])),
        st.builds("{}/{}".format, inner, inner),
        st.builds("({}|{})".format, inner, inner),
    ),
    max_leaves=6,
)
ENDS = st.sampled_from(["?o", "5", '"x"', "(1 ?x 2.5)", "ex:o", "[ ex:p 2 ]", "_:b", "(ex:a)"])


@given(start=ENDS, path=STEPS, end=ENDS, after=ENDS)
def test_paths_stay_as_they_are(start: str, path: str, end: str, after: str) -> None:
    start = "?s" if start in {"5", '"x"'} else start
    query = (
        f"PREFIX ex: <http://a/> SELECT * {{ {start} {path} {end} , {after} ; ex:p/a {end} . {start} ex:p {after} }}"
    )
    assert with_products(query) == query
    Store().query(admit(query).plain)


NUMBERS = st.one_of(decimals(12, 10**9), st.integers(-(10**6), 10**6).map(integer))
CHAINS = st.lists(st.tuples(st.sampled_from("*/"), NUMBERS, st.booleans()), min_size=1, max_size=4)


@given(first=NUMBERS, chain=CHAINS)
def test_a_chain_is_computed_from_left_to_right(first: Number, chain: list[tuple[str, Number, bool]]) -> None:
    expression = str(first)
    result: Number | None = first
    for sign, number, in_brackets in chain:
        expected = None if result is None else computed(sign, result, number)
        expression += f" {sign} " + (f"({number})" if in_brackets else str(number))
        ((found,),) = ask(f"SELECT ({expression} AS ?x) {{}}")
        result = read(found)
        assert is_near(result, expected), expression


def leaves() -> st.SearchStrategy[str]:
    numbers = st.one_of(NUMBERS, st.sampled_from([0.0, -0.0, 2.5, -7.0]).map(lambda value: Number("double", value)))
    bare = st.sampled_from(
        ["0", "2.5", "3e0", "1", "0.000000000000000001", "'x'", "'<'", '"""a"/2>"""', "<http://a/*2>"]
    )
    return st.one_of(numbers.map(str), bare, st.sampled_from(["?a", "?b", "STRLEN('<')", "ABS(?a)", "COUNT(*)"]))


BLANKS = st.sampled_from(["", " ", "\n", " # ' <\n", '#"\n'])
EXPRESSIONS = st.recursive(
    leaves(),
    lambda inner: st.one_of(
        st.builds("({})".format, inner),
        st.builds("{}{}{}{}{}".format, inner, BLANKS, st.sampled_from(["*", "/", "*", "/", "+", "-"]), BLANKS, inner),
        st.builds("{} * -{}".format, inner, inner),
        st.builds("-{} * {}".format, inner, inner),
        st.builds("(-{})".format, inner),
        st.builds("IF({}<{},{},{})".format, inner, inner, inner, inner),
        st.builds("IF({}<0/2.5||?d>1,{},0)".format, inner, inner),
    ),
    max_leaves=6,
)


@given(expression=EXPRESSIONS, a=NUMBERS, b=NUMBERS)
def test_where_the_store_alone_has_a_value_it_stays_the_same(expression: str, a: Number, b: Number) -> None:
    """It is the same term: also 0 and -0 are told apart, of which the second is of doubles and floats alone."""
    query = f"SELECT ({expression} AS ?x) {{ VALUES (?a ?b ?d) {{ ({a} {b} 2) }} }} GROUP BY ?a ?b ?d"
    try:
        (alone,) = Store().query(query)  # type: ignore[misc]
    except SyntaxError:
        return
    (ours,) = Functions().asked(Store(), query)  # type: ignore[misc]
    assert alone["x"] is None or ours["x"] == alone["x"]


@given(expression=EXPRESSIONS)
def test_no_product_is_overlooked_before_the_tokens_are_read(expression: str) -> None:
    query, seen = f"SELECT ({expression} AS ?x) {{ ?s ex:p*/ex:q ?a }}", " ORDER BY (1*2)"
    with suppress(InvalidSyntax):
        assert with_products(query) + with_products(seen) == with_products(query + seen)


def test_a_long_path_is_read_through_once() -> None:
    """Each of its steps was the first of a chain to its end, so this took half a minute and longer."""
    query = f"SELECT * {{ ?s {'/'.join(['(<http://a/p>)'] * 20_000)} ?o FILTER(?o * 2 > 1) }}"
    assert with_products(query).count(str(P)) == 1


def test_groups_and_conditions_may_be_of_products() -> None:
    store = Store()
    for number in range(1, 5):
        store.add(Quad(NamedNode(f"http://a/{number % 2}"), NamedNode("http://a/p"), Literal(number)))
    content = BytesIO()
    query = (
        "SELECT ?g (SUM(?v) / COUNT(*) * 0.1 AS ?mean) (AVG(?v / 3) * 2.5 AS ?third) { ?s <http://a/p> ?v } "
        "GROUP BY (STRLEN(STR(?s)) * ?v / ?v AS ?g) HAVING(SUM(?v) / (1 / 3) > 2.5 * 0.4) ORDER BY (SUM(?v) / 2)"
    )
    evaluate(store, asking(query), content)
    assert b'"0.25"' in content.getvalue()
    assert b'"2.083333333333333332"' in content.getvalue()


@pytest.mark.parametrize(
    "expression",
    [
        "(" * (DEPTH - 2) + "1 * 2" + ") * 0.5" * (DEPTH - 2),
        "1" + " / 1" * (TOKENS // 20),
    ],
)
def test_long_and_deep_products_are_computed_like_others(pool: Pool, folder: Path, expression: str) -> None:
    assert b'"value":' in pool.answer(folder, asking(f"SELECT ({expression} AS ?x) {{}}")).content
