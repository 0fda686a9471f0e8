"""Mistakes that people make in queries, each with the whole of what it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, RdfFormat, Store

from si_lod.engine.diagnosis import explained, explaining
from si_lod.engine.diagnosis.grammatical.advice import never_bound
from si_lod.engine.evaluation import QueryRequest
from si_lod.engine.policy.admission import admit
from si_lod.engine.store.local import LocalEngine
from si_lod.engine.text.tokens import Kind, tokens
from si_lod.errors import InvalidQuery, InvalidSyntax
from si_lod.sentences import say
from tests.conftest import ROOT

MOST = 300
"""The most characters of a message."""
ENGINE = LocalEngine(Store())
DECLARED = "PREFIX ex: <http://e/>\n"
SITE = {"tree": "http://trees.example/def#"}


def refusal(query: str) -> InvalidQuery | None:
    """What a visitor is told, or None if the query is answered."""
    try:
        with explaining(query, SITE):
            admitted = admit(query)
            form = RdfFormat.N_TRIPLES if admitted.form.is_graph else QueryResultsFormat.JSON
            ENGINE.answer(QueryRequest(admitted, form))
    except InvalidQuery as problem:
        return problem
    return None


def mistakes() -> Iterator[tuple[str, str, str]]:
    """Each query of the file, behind a declaration, with the place and the whole message it is told there.

    The third is the query to which the suggestions lead, each put in place of what stands there, if they do.
    """
    for block in (Path(__file__).parent / "mistakes.txt").read_text(encoding="utf-8").split("\n\n"):
        query, _, told = block.strip("\n").rpartition("\n→ ")
        message, _, right = told.partition("\n= ")
        yield DECLARED + query, message, right.replace("\\n", "\n")


FILE = list(mistakes())
MISTAKES = [(query, message) for query, message, _ in FILE]


@pytest.mark.parametrize(("query", "message"), MISTAKES, ids=[message for _, message in MISTAKES])
def test_a_mistake_is_told_with_its_place_and_a_right_form(query: str, message: str) -> None:
    found = refusal(query)
    assert found is not None
    assert f"{found.line}:{found.column} {found}" == message


@pytest.mark.parametrize(("query", "message"), MISTAKES, ids=[message for _, message in MISTAKES])
def test_a_mistake_is_told_in_dutch_too(query: str, message: str) -> None:
    found = refusal(query)
    assert found is not None
    assert say(found.placed, "nl").startswith(f"regel {found.line}, kolom {found.column}: ")
    assert say(found.args[0], "nl") not in message


def test_the_mistakes_are_many() -> None:
    assert len(MISTAKES) == len({query for query, _ in MISTAKES}) == 343


# The query with what is suggested put in place of what was wrong; each is answered.
REPAIRS = [
    ("SELECT ?a, ?b WHERE { ?a ex:p ?b }", "SELECT ?a, ?b"),
    ("SELECT COUNT(?s) WHERE { ?s ex:p ?o }", "COUNT(?s)"),
    ("SELECT (COUNT(?s)) WHERE { ?s ex:p ?o }", "(COUNT(?s))"),
    ("SELECT ?s COUNT(?o) AS ?n WHERE { ?s ex:p ?o } GROUP BY ?s", "COUNT(?o) AS ?n"),
    ("SELECT * WHERE { ?s ex:p ?o FILTER(?o = (1,2)) }", "?o = (1,2)"),
    ("SELECT * WHERE { ?s ex:p ?o FILTER(?o == 1) }", "=="),
    ("SELECT * WHERE { ?s ex:p ?o FILTER(?o > 1 AND ?o < 3) }", "AND"),
    ("SELECT * WHERE { ?s ex:p ?o FILTER(?o LIKE 'x%') }", "?o LIKE 'x%'"),
    ("SELECT * WHERE { ?s ex:p ?o FILTER ?o > 1 }", "FILTER ?o > 1"),
    ("SELECT * WHERE { ?s ex:p ?o ?s ex:q ?r }", "?s ex:q ?r"),
    ("SELECT * WHERE { ?s ex:p ?o\n ex:q ?r }", "ex:q ?r"),
    ("SELECT * WHERE { ?s ex:p ?o } LIMIT 10 ORDER BY ?s", "LIMIT 10 ORDER BY ?s"),
    ("SELECT * WHERE { ?s ex:p ?o } LIMIT 10, 20", "LIMIT 10, 20"),
    ("SELECT * WHERE { ?s ex:p ?o . OPTINAL { ?s ex:q ?r } }", "OPTINAL"),
    ("SELECT * WHERE { ?s ex:p ?o FILTER(CONTAIN(?o, 'x')) }", "CONTAIN"),
    ('SELECT * WHERE { ?s ex:p "x }', '"x'),
    ("SELECT * WHERE { ?s ex:p <http://a b> }", "<http://a b>"),
    ("SELECT * WHERE { ?s ex:p “x” }", "“x”"),
    ('SELECT * WHERE { ?s ex:p "say \\u0022x" }', "\\u0022"),
    ("SELECT * { ?s ex:p <http://a/\\u0020b> }", "\\u0020"),
    ("SELECT * WHERE { ?s ex:caf\\u00E9 ?o }", "\\u00E9"),
    ("SELECT * WHERE { ?s ex:p ?o FILTER(?o IN 1,2) }", "IN 1,2"),
    ("SELECT * WHERE { ?s ex:p ?o FILTER(NOT ?o IN (1)) }", "NOT ?o IN (1)"),
    ("SELECT ?s WHERE { ?s ex:p ?o } ORDER BY DESC ?o", "DESC ?o"),
    ("SELECT ?s WHERE { ?s ex:p ?o } ORDER BY ?o DESC", "?o DESC"),
    ("PREFIX foo: http://foo/ SELECT * WHERE { ?s ex:p ?o }", "PREFIX foo: http://foo/"),
    ("PREFIX foo <http://foo/> SELECT * WHERE { ?s ex:p ?o }", "PREFIX foo <http://foo/>"),
    ("SELECT ?s ?o (COUNT(*) AS ?n) WHERE { ?s ex:p ?o } GROUP BY ?s", "GROUP BY ?s"),
    ("SELECT * WHERE { ?s ex:p ?o } GROUP BY ?s", "SELECT *"),
    ("SELECT ?s AS ?x { ?s ?p ?o }", "?s AS ?x"),
    ("SELECT * { ?s ex:p ?o FILTER(?o BETWEEN 1 AND 3) }", "?o BETWEEN 1 AND 3"),
    ("SELECT * { ?s ex:p ?o FILTER(?o IS NOT NULL) }", "?o IS NOT NULL"),
    ("SELECT * { ?s ex:p ?o . MINUS ?s ex:q ?o }", "?s ex:q ?o"),
    ("SELECT * { ?s http://a/b ?o }", "http://a/b"),
    ("SELECT * { VALUES ?x (1 2) }", "(1 2)"),
    ("SELECT * { ?s ex:p 'x'@ en }", "'x'@ en"),
    ("SELECT ?s { ?s ex:p ?o } GROUP BY ?s HAVING COUNT(?s) > 1 ORDER BY ?s", "HAVING COUNT(?s) > 1"),
    ("SELECT * { ?s ex:p ?o FILTER(?o > 1,5) }", "1,5"),
    ("DESCRIBE WHERE { ?s ex:p ?o }", "WHERE"),
    ("SELECT * { ?s ex:p ?o FILTER(?o &gt; 1) }", "&gt;"),
    ("SELECT * { ?s ex:p ?o FILTER(?o > 1 &amp;&amp; ?o < 3) }", "&amp;&amp;"),
    ("SELECT * { ?s ex:p ?o } -- all", "--"),
    (r'SELECT * { ?s ex:p ?o FILTER REGEX(?o, "\d+") }', r"\d"),
    ("SELECT * { ?s ex:p ?o FILTER(?o<1&&?o>0) }", "<1&&?o>"),
    ("SELECT (CASE WHEN ?o > 1 THEN 1 ELSE 2 END AS ?x) { ?s ex:p ?o }", "CASE WHEN ?o > 1 THEN 1 ELSE 2 END"),
]


@pytest.mark.parametrize(("query", "wrong"), REPAIRS, ids=[query for query, _ in REPAIRS])
def test_the_suggestion_in_place_of_the_mistake_is_a_query(query: str, wrong: str) -> None:
    found = refusal(DECLARED + query)
    assert isinstance(found, InvalidSyntax)
    assert found.suggestion
    assert query.count(wrong) == 1
    assert refusal(DECLARED + query.replace(wrong, found.suggestion)) is None


def offset(query: str, line: int, column: int) -> int:
    return sum(len(each) + 1 for each in query.split("\n")[: line - 1]) + column - 1


def standing(query: str, found: InvalidSyntax) -> tuple[int, int]:
    """Where what is told to stand there begins and ends, whatever spaces and comments are in it."""
    begin = offset(query, found.line or 1, found.column or 1)
    between = r"(?:\s|#[^\n]*\n)+".join(re.escape(each) for each in found.token.split())
    match = re.compile(between).match(query, begin)
    assert match is not None, (query, found.token)
    return match.span()


def mended(query: str) -> str | None:
    """The query with each suggestion in place of what stands there, a declaration before it; None if that ends."""
    for _ in range(MOST_SUGGESTIONS):
        found = refusal(query)
        if found is None:
            return query
        if not isinstance(found, InvalidSyntax) or not found.suggestion:
            return None
        if is_declaration(found):
            query = f"{found.suggestion}\n{query}"
        else:
            begin, end = standing(query, found)
            query = query[:begin] + found.suggestion + query[end:]
    return None


def is_declaration(found: InvalidSyntax) -> bool:
    return found.suggestion.startswith("PREFIX ") and str(found).endswith("before the query")


MOST_SUGGESTIONS = 8
RIGHT = [(query, right) for query, _, right in FILE if right]


@pytest.mark.parametrize(("query", "right"), RIGHT, ids=[query for query, _ in RIGHT])
def test_what_is_suggested_leads_to_the_query_that_was_meant(query: str, right: str) -> None:
    found = mended(query)
    assert found is not None
    assert found.removesuffix(right).endswith("\n")
    assert all(line.startswith("PREFIX ") for line in found.removesuffix(right).splitlines())


def words(query: str) -> list[str]:
    return [token.text.upper() for token in tokens(query)]


def rewritten(query: str, between: str, *, lower: bool) -> str:
    """The query with something else where spaces are, and its words in lower case if asked for."""
    said, end = "", 0
    for token in tokens(query):
        begin = offset(query, token.line, token.column)
        said += between if end and query[end:begin] else query[end:begin]
        said += token.text.lower() if lower and token.kind is Kind.WORD else token.text
        end = begin + len(token.text)
    return said + query[end:]


def is_read(query: str) -> bool:
    with suppress(InvalidQuery):
        return bool(words(query))
    return False


READ = [(query, right) for query, right in RIGHT if is_read(query)]


@pytest.mark.parametrize("between", ["\n", "  \t", " # AND } LIMIT 'x\n"], ids=["lines", "spaces", "comments"])
@pytest.mark.parametrize("lower", [False, True], ids=["as it is", "lower case"])
def test_what_was_meant_is_found_whatever_lines_spaces_comments_and_cases_a_query_has(
    between: str, *, lower: bool
) -> None:
    for query, right in READ:
        text = query.removeprefix(DECLARED)
        declared = DECLARED + "# " + text.replace("\n", " ") + "\n"
        found = mended(declared + rewritten(text, between, lower=lower))
        assert found is not None, text
        assert words(found)[-len(words(right)) :] == words(right), text


SAYING = '{ ?note ex:says "SELECT } WHERE # AND SORT BY LIMIT -1 is a Tree" . ?'
IN_PATTERN = [each for each in READ if re.match(r"(SELECT|ASK)[^{]*\{ \?", each[0].removeprefix(DECLARED))]


@pytest.mark.parametrize(("query", "right"), IN_PATTERN, ids=[query for query, _ in IN_PATTERN])
def test_what_was_meant_is_found_beside_a_text_that_has_the_same_words(query: str, right: str) -> None:
    found = mended(query.replace("{ ?", SAYING, 1))
    assert found is not None
    assert words(found)[-len(words(right)) - 4 :] == words(right.replace("{ ?", SAYING, 1))


BESIDE = {
    DECLARED + query
    for query in [
        "SELECT ?a, ?b WHERE { ?a ex:p ?b }",
        "SELECT * WHERE { FILTER(?x > 1 }",
        "SELECT * WHERE { FILTER((?x > 1) }",
    ]
}
"""Queries whose suggestion does not go where the place is, beside those that REPAIRS has by hand."""
SUGGESTED = [
    query for query, _, right in FILE if not right and query not in BESIDE | {DECLARED + q for q, _ in REPAIRS}
]
KEPT = {Kind.VARIABLE, Kind.NAME}


def names(text: str) -> set[str]:
    found = set()
    with suppress(InvalidQuery):
        found = {token.text.lstrip("?$").rpartition(":")[2] for token in tokens(text) if token.kind in KEPT}
    return found


@pytest.mark.parametrize("query", SUGGESTED)
def test_a_suggestion_is_a_query_or_moves_the_fault_behind_it_and_drops_no_name(query: str) -> None:
    found = refusal(query)
    assert found is not None
    if not isinstance(found, InvalidSyntax) or not found.suggestion or is_declaration(found):
        return
    begin, end = standing(query, found)
    after = refusal(query[:begin] + found.suggestion + query[end:])
    assert all(name in found.suggestion for name in names(query[begin:end]))
    if isinstance(after, InvalidSyntax) and after.expected:
        assert offset(query, after.line or 1, after.column or 1) >= begin


def test_the_members_say_what_stands_there_and_what_could() -> None:
    found = refusal("SELECT ?a, ?b { ?a ?p ?b }")
    assert isinstance(found, InvalidSyntax)
    assert [found.token] == [","]
    assert found.expected == ("a variable", '"{"', '"("', "FROM", "WHERE")
    assert found.suggestion == "SELECT ?a ?b"


def test_the_first_of_several_mistakes_is_told() -> None:
    found = refusal("SELECT ?a, ?b { ?a unknown:p ?b FILTER(?b == “1”")
    assert found is not None
    assert (found.line, found.column) == (1, 10)


@pytest.mark.parametrize("refused", ["INSERT DATA {}", "ASK { SERVICE <http://a> {} }", "SELECT (" + "(" * 5000])
def test_what_is_refused_for_another_reason_keeps_it(refused: str) -> None:
    found = refusal(refused)
    assert found is not None
    assert not isinstance(found, InvalidSyntax)


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT ?n (COUNT(*) AS ?c) { ?s ?p ?o } GROUP BY ?n", [8]),
        ("SELECT ?n (COUNT(*) AS ?c) { ?s ?p ?o } GROUP BY (STR(?o) AS ?n)", []),
        ("SELECT ?n { ?s ?p ?o } ORDER BY ?n", [8]),
        ("SELECT ?n { ?s ?p ?o } VALUES ?n { 1 }", []),
        ("SELECT ?n { ?s ?p ?o } GROUP BY ?n HAVING(?n > 1)", [8]),
    ],
)
def test_what_only_groups_or_orders_by_a_variable_gives_it_no_value(query: str, columns: list[int]) -> None:
    assert [finding.token.column for finding in never_bound(query)] == columns


@pytest.mark.parametrize("prefix", ["rdfs", "r"])
def test_a_name_of_a_standard_has_the_prefix_that_the_query_has_for_it(prefix: str) -> None:
    found = refusal(f"PREFIX {prefix}: <http://www.w3.org/2000/01/rdf-schema#> SELECT * {{ ?s label ?l }}")
    assert isinstance(found, InvalidSyntax)
    assert found.suggestion == f"{prefix}:label"


def test_no_name_is_suggested_where_two_prefixes_could_be_meant() -> None:
    found = refusal("PREFIX a: <http://a/> PREFIX b: <http://b/> SELECT * { ?s a Tree ; height ?h }")
    assert isinstance(found, InvalidSyntax)
    assert found.suggestion == ""
    assert str(found) == '"Tree" has no prefix before it, as names have: prefix:Tree'


def test_a_sketch_is_told_and_is_no_suggestion() -> None:
    found = refusal("SELECT * { ?s ?p ?o UNION ?s ?q ?o }")
    assert isinstance(found, InvalidSyntax)
    assert found.suggestion == ""
    assert str(found).endswith("write { … } UNION { … }")


@pytest.mark.parametrize("many", [10, 1000])
def test_a_long_suggestion_is_left_out_of_the_message(many: int) -> None:
    found = refusal("SELECT (CASE " + "WHEN ?a THEN 1 " * many + "END AS ?x) { ?s ?p ?a }")
    assert isinstance(found, InvalidSyntax)
    assert len(str(found)) <= MOST
    assert bool(found.suggestion) is (many == 10)


EXAMPLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data/queries").glob("*.rq"))]
PIECES = [
    *[",", ".", ";", "(", ")", "{", "}", "[", "]", "=", "==", "AND", "FILTER", "SELECT", "LIMIT", "AS", "a"],
    *["'x", "“", "@en", "<a", "?x", "word", "count", "1", "UNION", "NOT", "IN", "BY", "VALUES", "/", "^^"],
]


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A query of the sample with a token left out, put twice, or with something else in its place."""
    text = draw(st.sampled_from(EXAMPLES))
    token = draw(st.sampled_from(list(tokens(text))))
    place = sum(len(line) + 1 for line in text.split("\n")[: token.line - 1]) + token.column - 1
    instead = draw(st.sampled_from(["", token.text * 2, *PIECES]))
    return text[:place] + f" {instead} " + text[place + len(token.text) :]


@settings(deadline=None, max_examples=150)
@given(spoilt())
def test_whatever_is_spoilt_in_a_query_is_told_shortly_with_its_place(query: str) -> None:
    found = refusal(query)
    if found is not None:
        lines = query.split("\n")
        assert found.line is not None
        assert found.column is not None
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1
        assert len(str(found)) <= MOST
        assert len(say(found.placed, "nl")) <= MOST + 60


@settings(deadline=None, max_examples=150)
@given(spoilt())
def test_whatever_is_spoilt_what_is_told_to_stand_there_stands_there_and_no_name_is_lost(query: str) -> None:
    found = refusal(query)
    if isinstance(found, InvalidSyntax) and found.token:
        begin, end = standing(query, found)
        if found.suggestion and not is_declaration(found) and not is_elsewhere(found):
            assert all(name in found.suggestion for name in names(query[begin:end])), found


def is_elsewhere(found: InvalidSyntax) -> bool:
    """Whether the suggestion is for another place than where the fault is told: a clause as a whole."""
    return found.suggestion.startswith(("GROUP BY", "SELECT ", "DESCRIBE "))


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_explained_or_answered(text: str) -> None:
    found = refusal(f"SELECT {text} {{}}")
    assert found is None or len(str(found)) <= MOST


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { { ?s ?p ?x } UNION { BIND(1 AS ?x) } }",
        "SELECT ?x { { BIND(1 AS ?x) } ?s ?p ?x }",
        "SELECT ?x { { SELECT (1 AS ?y) { ?s ?p ?x } } BIND(2 AS ?x) }",
        "SELECT ?x { FILTER NOT EXISTS { ?s ?p ?x } BIND(2 AS ?x) }",
        "SELECT ?x { ?s ?p ?o MINUS { ?s ?p ?x } BIND(2 AS ?x) }",
        "CONSTRUCT { ?s ?p ?x } WHERE { ?s ?p ?o BIND(1 AS ?x) }",
    ],
)
def test_a_name_of_another_group_is_no_reason_for_a_refusal(query: str) -> None:
    Store().query(query)
    problem = InvalidSyntax("the engine's own reason")
    assert explained(problem, query, {}) is problem
