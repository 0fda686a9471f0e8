r"""What is evaluated and forwarded is one query to every parser, whichever way it reads codepoint escapes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, QuerySolutions, Store
from rdflib import Graph
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import expandUnicodeEscapes, parseQuery

from si_lod.engine.diagnosis import explaining
from si_lod.engine.policy.admission import admit
from si_lod.engine.policy.dialect import refuse_wrong_escapes
from si_lod.engine.policy.standard import refuse_extensions
from si_lod.engine.text.plain import comments, plain_text, plain_token
from si_lod.engine.text.tokens import Kind, Token, tokens
from si_lod.errors import InvalidQuery, InvalidSyntax

CALL = "SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }"
SHORT_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def by_the_clause(text: str) -> str:
    """Return the text as §19.2 has it decoded: each escape once, whatever stands around it."""
    return re.sub(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))", lambda found: chr(int(found[1] or found[2], 16)), text)


def by_parity(text: str) -> str:
    """Return the text as parsers in Java decode it: none behind an escaped backslash, any number of u, no U."""
    pattern = r"(?<!\\)((?:\\\\)*)\\u+([0-9A-Fa-f]{4})"
    return re.sub(pattern, lambda found: found[1] + chr(int(found[2], 16)), text)


EARLY: list[Callable[[str], str]] = [by_the_clause, by_parity, expandUnicodeEscapes]


def value(token: Token) -> str:
    """Return what a string or an IRI says, and the text of all else."""
    if token.kind not in {Kind.STRING, Kind.LONG_STRING, Kind.IRI}:
        return token.text
    pattern = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
    return pattern.sub(
        lambda found: SHORT_ESCAPES[found[3]] if found[3] else chr(int(found[1] or found[2], 16)), token.text
    )


def judged_tokens(text: str) -> list[Token] | None:
    """Return the tokens of the text if it is let through, None if not."""
    try:
        read = list(tokens(text))
        refuse_wrong_escapes(text, read)
    except InvalidQuery:
        return None
    return read


def values(text: str) -> list[tuple[Kind, str]]:
    return [(token.kind, value(token)) for token in tokens(text)]


ESCAPES = st.sampled_from(
    ["\\u0041", "\\u0022", "\\u0027", "\\u005C", "\\u000A", "\\U0000000D", "\\u003E", "\\u0020", "\\U0001F600",
     "\\u0075", "\\U00000055", "\\uu0022", "\\u12", "\\uD83D", "\\U00110000", "\\n", '\\"', "\\'", "\\\\", "\\d"]
)  # fmt: skip
PLAIN = st.sampled_from(["u0041", "U0000000A", "0041", "u", "a", "é", " ", "#", "SERVICE", "}", ".", "'", '"', ">"])
INSIDE = st.lists(ESCAPES | PLAIN, max_size=6).map("".join)
PIECES = st.one_of(
    INSIDE.map('"{}"'.format),
    INSIDE.map("'{}'".format),
    INSIDE.map('"""{}"""'.format),
    INSIDE.map("'''{}'''".format),
    INSIDE.map("<http://a/{}>".format),
    INSIDE.map("#{}\n".format),
    INSIDE.map("#{}\r".format),
    st.sampled_from(["?s", "ex:a", "ex:a\\~b", "12", "{", "}", "SERVICE", "@en", "^^", ".", "<", "\n", " ", " "]),
    ESCAPES,
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)


@given(TEXTS)
@example('"\\\\u0041"')
@example('"\\\\\\u0075002241"')
@example("'\\\\uu0027'")
@example('"\\U0001F600" # \\u00e9')
@example('"""a\\u000Ab"""<http://a/\\u0062>?s')
def test_every_parser_reads_in_what_is_forwarded_what_was_judged(text: str) -> None:
    read = judged_tokens(text)
    assume(read is not None)
    assert read is not None
    plain = plain_text(text, read)
    judged = values(text)
    assert not list(comments(plain, list(tokens(plain))))
    assert [(token.kind, token.text) for token in tokens(plain)] == [
        (token.kind, plain_token(token).text) for token in read
    ]
    assert values(plain) == judged
    for early in EARLY:
        assert values(early(plain)) == judged


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=12))
@example("\\u0041")
@example("\\U0000000041")
@example('"\\\n\r')
def test_a_text_has_the_same_value_however_it_is_escaped(said: str) -> None:
    """Written with an escape for each character that may have one."""
    short = {character: f"\\{letter}" for letter, character in SHORT_ESCAPES.items()}
    written = "".join(short.get(character) or f"\\U{ord(character):08X}" for character in said)
    query = admit(f'SELECT ("{written}" AS ?x) {{}} # a comment')
    found = Store().query(query.plain)
    assert isinstance(found, QuerySolutions)
    assert next(found)["x"] == Literal(said)


@pytest.mark.parametrize("said", ["\\u0041", "\\uzz", "\\U0000000A", "a\\b\"c'd\ne", "\\\\u0022", "u0041", "é😀", "\\"])
def test_an_engine_that_decodes_before_it_parses_has_the_same_value(said: str) -> None:
    query = admit(f"SELECT ({Literal(said)} AS ?x) {{}} # \\u00e9")
    assert [str(row[0]) for row in Graph().query(query.plain)] == [said]  # type: ignore[index]


TWO_READINGS = [
    (f"SELECT * {{ ?s ?p 45 #\\u000A {CALL}\n}}", "\\u000A", ""),
    (f"SELECT * {{ ?s ?p 45 # \\U0000000d {CALL}\n}}", "\\U0000000d", ""),
    (f'SELECT * {{ ?s ?p "\\u0022 . {CALL} #"\n}}', "\\u0022", '\\"'),
    (f"SELECT * {{ ?s ?p '\\u0027 . {CALL} #'\n}}", "\\u0027", "\\'"),
    (f'SELECT * {{ ?s ?p "\\u005C" . {CALL} #"\n}}', "\\u005C", "\\\\"),
    (f'SELECT * {{ ?s ?p """\\u0022"" . {CALL} #"""\n}}', "\\u0022", '\\"'),
    ('SELECT * { ?s ?p "a\\u000Ab" }', "\\u000A", "\\n"),
    ("SELECT * { ?s ?p <http://a/\\u003Eb> }", "\\u003E", "%3E"),
    ("SELECT * { ?s ?p <http://a/\\u0020b> }", "\\u0020", "%20"),
    (f'SELECT * {{ ?s ?p "\\uu0022 . {CALL} #"\n}}', "\\u", ""),
    ('SELECT * { ?s ?p "\\uD83D\\uDE00" }', "\\uD83D", ""),
    ("\\u0053ELECT * {}", "\\u0053", "S"),
    ("SELECT * { ?s <http://a/b> ?caf\\u00E9 }", "\\u00E9", "é"),
    ("SELECT * {\\u007D", "\\u007D", ""),
]


@pytest.mark.parametrize(("query", "token", "suggestion"), TWO_READINGS, ids=[each[0] for each in TWO_READINGS])
def test_what_has_two_readings_is_refused_at_its_place_with_a_form_that_has_one(
    query: str, token: str, suggestion: str
) -> None:
    with pytest.raises(InvalidSyntax) as caught, explaining(query):
        admit(query)
    assert (caught.value.line, caught.value.column) == (1, query.index(token) + 1)
    assert (caught.value.token, caught.value.suggestion) == (token, suggestion)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s <\\u0062if:contains> 'x' }",
        "SELECT (<b\\u0069f:http_get>('http://a/') AS ?x) {}",
        "PREFIX s: <\\U00000073ql:> SELECT * { ?s s:any 'x' }",
    ],
)
def test_an_escape_hides_no_function_of_an_engine(query: str) -> None:
    with pytest.raises(InvalidSyntax, match="is not offered"):
        refuse_extensions(query, {})


def test_an_escape_hides_no_graph_and_no_relative_iri() -> None:
    assert admit("SELECT * FROM <http://a/\\u0062> {}").graphs == ("http://a/b",)
    with pytest.raises(InvalidSyntax, match="a whole IRI is needed"):
        admit("SELECT * { ?s ?p <\\u0061> }")


def test_what_is_forwarded_keeps_lines_and_columns() -> None:
    text = (
        '# what is asked\nSELECT * { # all\n ?s <http://a/\\u0062> "\\u00e9"@en ; <http://a/c> ?o # the end \\u00e9\n}'
    )
    query = admit(text)
    assert query.text == text
    assert query.plain == ('\nSELECT * { \n ?s <http://a/b>      "é"@en      ; <http://a/c> ?o \n}')
    translateQuery(parseQuery(query.plain))
