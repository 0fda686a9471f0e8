"""What a query asks that can never be is told, and nothing that can be: held against the engine itself."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from si_lod.engine.advice.computing import uncomputed
from si_lod.engine.advice.groups import out_of_reach, unlisted
from si_lod.engine.advice.patterns import patterns
from si_lod.engine.advice.unlike import uncalculated, unlike
from si_lod.engine.text.tokens import tokens

PREFIXES = "PREFIX ex: <http://a/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
XSD = "http://www.w3.org/2001/XMLSchema#"
SUBJECT, PROPERTY = NamedNode("http://a/s"), NamedNode("http://a/p")
VALUES: dict[str, Literal | NamedNode] = {
    f"{XSD}gYear": Literal("2016", datatype=NamedNode(f"{XSD}gYear")),
    f"{XSD}gYearMonth": Literal("2016-01", datatype=NamedNode(f"{XSD}gYearMonth")),
    f"{XSD}date": Literal("2016-01-01", datatype=NamedNode(f"{XSD}date")),
    f"{XSD}dateTime": Literal("2016-01-01T00:00:00", datatype=NamedNode(f"{XSD}dateTime")),
    f"{XSD}integer": Literal("2016", datatype=NamedNode(f"{XSD}integer")),
    f"{XSD}int": Literal("2016", datatype=NamedNode(f"{XSD}int")),
    f"{XSD}decimal": Literal("2016.5", datatype=NamedNode(f"{XSD}decimal")),
    f"{XSD}double": Literal("2016.5", datatype=NamedNode(f"{XSD}double")),
    f"{XSD}boolean": Literal("true", datatype=NamedNode(f"{XSD}boolean")),
    f"{XSD}string": Literal("2016"),
    "@nl": Literal("2016", language="nl"),
    "@en": Literal("2016", language="en"),
    "": NamedNode("http://a/2016"),
}
LITERALS = [
    "2016", "-2016", "2016.5", "2016.5e0", "true", '"2016"', "'2016-01-01'", '"2016"@nl', '"2016"^^xsd:gYear',
    '"2016-01-01"^^xsd:date', '"2016"^^<http://www.w3.org/2001/XMLSchema#integer>', '"""2016"""@en',
]  # fmt: skip


def told(query: str, *kinds: str) -> list[str]:
    """What is told of a query where all properties have values of these kinds."""
    return [str(one) for one in unlike(list(tokens(PREFIXES + query)), lambda _: kinds)]


def found(query: str, kind: str) -> int:
    store = Store()
    store.add(Quad(SUBJECT, PROPERTY, VALUES[kind]))
    solutions = store.query(PREFIXES + query)
    assert isinstance(solutions, QuerySolutions)
    return sum(1 for _ in solutions)


def suggested(message: str) -> str:
    return message.partition("; write ")[2]


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("form", ["?v = {}", "{} = ?v", "?v >= {}", "{} >= ?v", "?v IN ({}, {})", "STR(?v) = {}"])
def test_what_is_told_never_to_hold_never_does_and_what_is_suggested_is_not_told(kind: str, form: str) -> None:
    for literal in LITERALS:
        condition = form.format(literal, literal)
        query = f"SELECT * {{ ?s ex:p ?v FILTER({condition}) }}"
        said = told(query, kind)
        assert not (said and found(query, kind)), query
        if said and (right := suggested(said[0])):
            mended = query.replace(condition, right)
            assert told(mended, kind) == [], mended
            assert found(mended, kind) in {0, 1}


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("form", ["?v = {}", "{} <= ?v", "{} >= ?v"])
def test_what_never_holds_is_told(kind: str, form: str) -> None:
    """Two values that are neither equal nor told apart by size are of kinds that are not alike."""
    for literal in LITERALS:
        can = any(found(f"SELECT * {{ ?s ex:p ?v FILTER({literal} {op} ?v) }}", kind) for op in ("<", ">", "="))
        is_told = bool(told(f"SELECT * {{ ?s ex:p ?v FILTER({form.format(literal)}) }}", kind))
        assert is_told is not can, (kind, literal)


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_in_a_pattern_that_is_told_never_to_be_there_is_not(kind: str) -> None:
    for literal in LITERALS:
        query = f"SELECT * {{ ?s ex:p {literal} }}"
        said = told(query, kind)
        assert not (said and found(query, kind)), query
        if said and (right := suggested(said[0])):
            assert told(query.replace(f"ex:p {literal}", right), kind) == []


@pytest.mark.parametrize(
    ("condition", "kinds", "right"),
    [
        ("?v > 2016", ["gYear"], '?v > "2016"^^xsd:gYear'),
        ("2016 < ?v", ["gYear"], '?v > "2016"^^xsd:gYear'),
        ("?v = '2016'", ["gYear"], "?v = '2016'^^xsd:gYear"),
        ("?v IN (2016, 2017)", ["gYear"], '?v IN ("2016"^^xsd:gYear, "2017"^^xsd:gYear)'),
        ("?v > 2016", ["gYear", "date"], "YEAR(?v) > 2016"),
        ('?v < "2016-01-31"', ["date"], '?v < "2016-01-31"^^xsd:date'),
        ('?v = "45"', ["decimal"], "?v = 45"),
        ('?v = "45"', ["integer"], "?v = 45"),
        ('?v = "45"', ["integer", "decimal"], "?v = 45"),
        ("?v = 45", ["string"], '?v = "45"'),
        ("STR(?v) = 45", ["gYear"], 'STR(?v) = "45"'),
        ('YEAR(?v) = "2016"', ["gYear"], "YEAR(?v) = 2016"),
        ('?v = "Noord"', ["@nl", "@en"], 'STR(?v) = "Noord"'),
        ('LCASE(?v) = "noord"', ["@nl"], 'LCASE(STR(?v)) = "noord"'),
        ('?v = "Noord"', [""], ""),
        ('?v > "soon"', ["gYear"], ""),
    ],
)
def test_it_is_said_what_to_write(condition: str, kinds: list[str], right: str) -> None:
    kinds = [kind if kind.startswith("@") or not kind else f"{XSD}{kind}" for kind in kinds]
    (said,) = told(f"SELECT * {{ ?s ex:p ?v FILTER({condition}) }}", *kinds)
    assert suggested(said) == right


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ex:p ?v FILTER(?v + 1 = 2016) }",
        "SELECT * { ?s ex:p ?v FILTER(1 + ?v = 2016) }",
        "SELECT * { ?s ex:p ?v FILTER(?v != 2016) }",
        "SELECT * { ?s ex:p ?v FILTER(?v NOT IN (2016)) }",
        "SELECT * { ?s ex:p ?v FILTER(?v IN (?w, 2016)) }",
        "SELECT * { ?s ex:p ?v BIND(1 AS ?v) FILTER(?v = 2016) }",
        "SELECT * { VALUES ?v { 2016 } ?s ex:p ?v FILTER(?v = 2016) }",
        "SELECT * { VALUES (?s ?v) { (ex:a 2016) } }",
        "SELECT * { VALUES ?v { ex:a 2016 } }",
        "SELECT * { ?s ?p ?v FILTER(?v = 2016) }",
        "SELECT * { ?s ex:p|ex:q ?v FILTER(?v = 2016) }",
        "SELECT * { ?s ^ex:p ?v FILTER(?v = 2016) }",
        "SELECT * { ex:p ?q ?v FILTER(?v = 2016) }",
        "SELECT * { ?s ex:p* ?v FILTER(?v = 2016) }",
        "CONSTRUCT { ?s ex:p 2016 } WHERE { ?s ex:q ?v }",
        "DESCRIBE ex:p ?v WHERE { ?s ?p ?v FILTER(?v = 2016) }",
        "SELECT * { ?s ex:p ?v FILTER(?v = ?w) }",
    ],
)
def test_of_values_that_may_be_others_nothing_is_told(query: str) -> None:
    assert told(query, f"{XSD}gYear") == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ex:o ?o ; ex:p ?w, ?v FILTER(?v = 2016) }",
        "SELECT * { ?s ex:o/ex:p ?v . FILTER(?v = 2016) }",
        "SELECT * { ?s ex:p ?v OPTIONAL { ?v ex:o ?o } FILTER(?v = 2016) }",
        "SELECT * { ?s ex:o [ ex:p ?v ] FILTER(?v = 2016) }",
        "SELECT * { ?s ex:p 2016, ?v }",
        "SELECT * { ?s ex:o ?v ; ex:p 2016 . }",
        "SELECT * { ?s ex:p ?v { ?s ex:q ?w FILTER(2016 = ?v) } }",
        "CONSTRUCT { ?s ex:q 2016 } WHERE { ?s ex:p ?v FILTER(?v = 2016) }",
    ],
)
def test_a_property_is_found_wherever_it_gives_a_value(query: str) -> None:
    assert len(told(query, f"{XSD}gYear")) == 1


def test_of_properties_of_which_nothing_is_known_nothing_is_told() -> None:
    assert told("SELECT * { ?s ex:p ?v FILTER(?v = 2016) }") == []


def test_a_prefix_that_the_query_does_not_declare_is_told_with_what_needs_it() -> None:
    query = "SELECT * { ?s <http://a/p> ?v FILTER(?v = 2016) }"
    (said,) = (str(one) for one in unlike(list(tokens(query)), lambda _: {f"{XSD}gYear"}))
    assert said.endswith(f'; write ?v = "2016"^^xsd:gYear, and before the query PREFIX xsd: <{XSD}>')


CALCULATED = [
    "?v + 1", "2 - ?v", "?v * ?v", "ABS(?v)", "CEIL(?v)", "xsd:integer(?v)", "xsd:double(?v)", "SUM(?v)",
    "AVG(DISTINCT ?v)",
]  # fmt: skip


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("calculation", CALCULATED)
def test_what_is_told_to_be_no_number_cannot_be_calculated_with_and_what_can_is_not_told(
    kind: str, calculation: str
) -> None:
    query = f"SELECT ({calculation} AS ?x) {{ ?s ex:p ?v }}"
    read = list(tokens(PREFIXES + query))
    said = list(dict.fromkeys(str(one) for one in uncalculated(read, lambda _: {kind})))
    if found_in(query, kind) is not None:
        assert said == []
    elif kind not in {f"{XSD}date", f"{XSD}dateTime", f"{XSD}boolean", f"{XSD}string"}:
        assert len(said) == 1
    if said and (right := re.search(r"; (.*) is a number", said[0])):
        assert found_in(f"SELECT ({right[1]} AS ?x) {{ ?s ex:p ?v }}", kind) is not None


def found_in(query: str, kind: str) -> object:
    store = Store()
    store.add(Quad(SUBJECT, PROPERTY, VALUES[kind]))
    solutions = store.query(PREFIXES + query)
    assert isinstance(solutions, QuerySolutions)
    return next(solutions)["x"]


def test_years_are_calculated_with_by_what_takes_them_out() -> None:
    read = list(tokens(f"{PREFIXES} SELECT (2026 - ?v AS ?age) {{ ?s ex:p ?v }}"))
    assert [str(one) for one in uncalculated(read, lambda _: {f"{XSD}gYear"})] == [
        "2026 - ?v has no value: the values of ex:p are xsd:gYear; YEAR(?v) is a number"
    ]


@pytest.mark.parametrize(
    ("call", "text", "flags", "said"),
    [
        ('REGEX(?l, "(Robo")', "(Robo", "", "is no regular expression, so it fits nothing"),
        ('REGEX(?l, "(?=Robo)")', "(?=Robo)", "", "nothing can look ahead or behind"),
        ('REGEX(STR(?l), "(a)\\\\1", "i")', "(a)\\1", "i", "nothing can refer back to a group"),
        ('REGEX(?l, "a", "q z")', "a", "q z", 'the flags "q z"'),
        ('REPLACE(?l, "[", "x", "i")', "[", "i", "is no regular expression"),
    ],
)
def test_a_pattern_that_the_engine_cannot_take_is_told_with_the_reason(
    call: str, text: str, flags: str, said: str
) -> None:
    (one,) = patterns(list(tokens(f"SELECT * {{ ?s ?p ?l FILTER({call} = true) }}")))
    assert (one.text, one.flags) == (text, flags)
    assert said in one.mistake()
    result = Store().query(f"SELECT ({call.replace('?l', repr('a'))} AS ?x) {{}}")
    assert isinstance(result, QuerySolutions)
    assert next(result)["x"] is None


@pytest.mark.parametrize(
    "call", ["REGEX(?l, ?p)", 'REGEX(?l, CONCAT("a", ?p))', 'REGEX(?l, "a", ?f)', 'REPLACE(?l, ?p, "a")']
)
def test_a_pattern_that_the_query_makes_is_not_known_beforehand(call: str) -> None:
    assert list(patterns(list(tokens(f"SELECT ({call} AS ?x) {{ ?s ?p ?l, ?f }}")))) == []


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("(SUM(?v) AS ?x)", "64 bits"),
        ("(9223372036854775807 + 1 AS ?x)", "64 bits"),
        ("(SUM(COUNT(?v)) AS ?x)", "an aggregate is in another one"),
        ("(SUM(1 + COUNT(?v)) AS ?x)", "an aggregate is in another one"),
    ],
)
def test_why_a_computed_cell_is_empty(clause: str, said: str) -> None:
    read = list(tokens(f"SELECT {clause} {{ VALUES ?v {{ 9223372036854775807 1 }} }}"))
    (message,) = uncomputed(read, ["x"])
    assert re.match(rf"\?x has no value where .*{said}", message)
    assert list(uncomputed(read, ["y"])) == []


def test_a_cell_that_nothing_computes_may_be_empty() -> None:
    read = list(tokens("SELECT (MAX(?v) AS ?x) (COUNT(*) + SUM(?v) AS ?n) ?y { OPTIONAL { ?s ?p ?y, ?v } }"))
    assert list(uncomputed(read, ["x", "y"])) == []


COUNTED = "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            f"{COUNTED} HAVING(?n > 0)",
            "HAVING(?n > 0) never holds: ?n has its value only behind HAVING; write HAVING(COUNT(?o) > 0)",
        ),
        (f"{COUNTED} HAVING (1 <= ?n && ?n<9) ORDER BY ?n", "write HAVING (1 <= COUNT(?o) && COUNT(?o)<9)"),
        (f"SELECT * {{ {{ {COUNTED} HAVING(?n>1) }} ?s ?q ?r }}", "write HAVING(COUNT(?o)>1)"),
        ("SELECT ((SUM(?v) / COUNT(?v)) AS ?mean) { ?s ?p ?v } GROUP BY ?s HAVING(?mean > 2) LIMIT 3",
         "write HAVING((SUM(?v) / COUNT(?v)) > 2)"),
    ],
)  # fmt: skip
def test_a_name_that_select_gives_has_no_value_in_having(query: str, said: str) -> None:
    (message,) = out_of_reach(list(tokens(query)))
    assert str(message).endswith(said)
    right = str(message).rpartition("; write ")[2]
    store = Store()
    store.add(Quad(NamedNode("http://a/a"), NamedNode("http://a/p"), Literal(5)))
    store.add(Quad(NamedNode("http://a/a"), NamedNode("http://a/p"), Literal(6)))
    wrong = str(message).partition(" never holds")[0]
    assert [len(list(store.query(each))) for each in (query, query.replace(wrong, right))] == [0, 1 + ("?q" in query)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "query",
    [
        COUNTED,
        f"{COUNTED} HAVING(COUNT(?o) > 0)",
        f"{COUNTED} HAVING(SUM(?n) > 0)",
        f"{COUNTED} HAVING(?s != <http://a/a>) ORDER BY ?n",
        "SELECT ?g (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY (STR(?p) AS ?g) HAVING(?g > 'a')",
        "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o FILTER(?n > 0) } GROUP BY ?s",
    ],
)
def test_of_what_having_may_ask_nothing_is_told(query: str) -> None:
    assert list(out_of_reach(list(tokens(query)))) == []


@pytest.mark.parametrize(
    ("call", "right"),
    [
        ("GROUP_CONCAT(?v)", "GROUP_CONCAT(STR(?v))"),
        ("group_concat(DISTINCT ?v; SEPARATOR=', ')", "group_concat(DISTINCT STR(?v); SEPARATOR=', ')"),
    ],
)
def test_what_is_no_text_is_listed_by_its_text(call: str, right: str) -> None:
    query = f"SELECT ({call} AS ?all) (COUNT(*) AS ?n) {{ VALUES ?v {{ <http://a/b> 2 }} }}"
    (message,) = unlisted(list(tokens(query)), ["all"])
    assert str(message).endswith(f"; write {right}")
    for each, is_empty in ((query, True), (query.replace(call, right), False)):
        (solution,) = Store().query(each)  # type: ignore[misc]
        assert (solution["all"] is None) is is_empty
    assert list(unlisted(list(tokens(query)), ["n"])) == []
    assert list(unlisted(list(tokens(query.replace(call, right))), ["all"])) == []
