"""Requests that would hurt a service that let them: what each is, and what may be said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

MUCH = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o"
"""A cross product of the whole with itself, four times."""
ELSEWHERE = "<http://127.0.0.1:9/>"
QUERY, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
REFUSED = frozenset([400])
UNHURRIED, HURRIED = "/sparql", "/sparql?timeout=2"
"""What takes all the time that it gets is given little, so that the test ends; other clients have more."""
TOO_MUCH = frozenset([400, 504, 507])
"""Refused at once, or ended: by time, by memory, by size."""
ANYHOW = TOO_MUCH | {200}
"""The store may be clever enough to answer it."""


@dataclass(frozen=True)
class Attack:
    """One request and the statuses that are right."""

    name: str
    content: bytes = field(repr=False)
    statuses: frozenset[int]
    content_type: str = QUERY
    target: str = HURRIED
    method: str = "POST"
    media_type: str = "application/problem+json"


def _nested(opening: str, number: int, closing: str = "", *, before: str = "SELECT * ", inner: str = "") -> str:
    return before + opening * number + inner + closing * number


DEEP = {
    "5,000 parentheses": _nested("(", 5000, ")", before="SELECT (", inner="1") + " AS ?x) {}",
    "900,000 parentheses": _nested("(", 450_000, ")", before="SELECT (", inner="1") + " AS ?x) {}",
    "a million parentheses": _nested("(", 1_000_000, ")", before="SELECT (", inner="1") + " AS ?x) {}",
    "5,000 parentheses left open": _nested("(", 5000, before="SELECT ("),
    "5,000 groups": _nested("{", 5000, "}"),
    "100,000 groups left open": _nested("{", 100_000),
    "5,000 nested OPTIONALs": _nested("{ ?s ?p ?o OPTIONAL ", 5000, "}", inner="{}"),
    "5,000 nested NOT EXISTS": _nested("{ FILTER NOT EXISTS ", 5000, "}", inner="{}"),
    "5,000 nested MINUS": _nested("{ ?s ?p ?o MINUS ", 5000, "}", inner="{}"),
    "2,000 nested subqueries": _nested("{ SELECT * ", 2000, "}", inner="{}"),
    "2,000 nested functions": _nested("STR(", 2000, ")", before="SELECT (", inner="1") + " AS ?x) {}",
    "2,000 nested IFs": _nested("IF(true,", 2000, ",1)", before="SELECT (", inner="1") + " AS ?x) {}",
    "5,000 nested paths": _nested("^(", 5000, ")", before="SELECT * { ?s ", inner="<a:b>") + " ?o }",
    "5,000 nested negated paths": _nested("!(", 5000, ")", before="SELECT * { ?s ", inner="<a:b>") + " ?o }",
    "5,000 nested lists": _nested("( 1 ", 5000, ")", before="SELECT * { ?s ?p ") + " }",
    "5,000 nested blank nodes": _nested("[ ?p ", 5000, "]", before="SELECT * { ", inner="1 ") + " }",
    "5,000 nested lists in CONSTRUCT": _nested("( 1 ", 5000, ")", before="CONSTRUCT { ?s ?p ")
    + " } WHERE { ?s ?p ?o }",
    "5,000 nested triple terms": _nested("<< ", 5000, " >>", before="ASK { ", inner="?s ?p ?o") + " ?p ?o }",
    "5,000 nested GRAPHs": _nested("{ GRAPH ?g ", 5000, "}", inner="{}"),
    "5,000 nested SERVICEs": _nested(f"{{ SERVICE {ELSEWHERE} ", 5000, "}", inner="{}"),
}

LONG = {
    "100,000 exclamation marks": "SELECT (" + "!" * 100_000 + "true AS ?x) {}",
    "90,000 exclamation marks": "SELECT (" + "!" * 90_000 + "true AS ?x) {}",
    "45,000 summands": "SELECT (" + "1+" * 45_000 + "1 AS ?x) {}",
    "90,000 minus signs": "SELECT (1" + " - -1" * 45_000 + " AS ?x) {}",
    "20,000 FILTERs": "SELECT * { " + "FILTER(true)" * 20_000 + "}",
    "20,000 UNIONs": "SELECT * { {} " + "UNION {}" * 20_000 + "}",
    "10,000 OPTIONALs": "SELECT * { ?s ?p ?o " + "OPTIONAL { ?s ?p ?o }" * 10_000 + "}",
    "20,000 steps of a path": "SELECT * { ?s " + "<a:b>/" * 20_000 + "<a:b> ?o }",
    "20,000 alternatives of a path": "SELECT * { ?s " + "<a:b>|" * 20_000 + "<a:b> ?o }",
    "1,000 patterns in a star": "SELECT * { " + "".join(f"?s ?p{n} ?o{n} . " for n in range(1000)) + "}",
    "1,000 patterns in a chain": "SELECT * { " + "".join(f"?n{n} ?p{n} ?n{n + 1} . " for n in range(1000)) + "}",
    "1,000 patterns apart": "SELECT * { " + "".join(f"?s{n} ?p{n} ?o{n} . " for n in range(1000)) + "}",
    "90,000 VALUES": "SELECT * { VALUES ?x { " + "1 " * 90_000 + "} VALUES ?y { 1 } ?x ?y ?z }",
    "VALUES times VALUES": "SELECT (COUNT(*) AS ?n) { "
    + "".join(f"VALUES ?v{n} {{ {'1 ' * 1000} }} " for n in range(8))
    + "}",
    "40,000 members of IN": "SELECT * { ?s ?p ?o FILTER(?o IN (" + "1," * 40_000 + "1)) }",
    "10,000 BINDs": "SELECT * { " + "".join(f"BIND({n} AS ?x{n}) " for n in range(10_000)) + "}",
    "an IRI of 900,000 characters": "SELECT * { <http://a/" + "a" * 900_000 + "> ?p ?o }",
    "a comment of 900,000 characters": f"SELECT (COUNT(*) AS ?n) {{ {MUCH} }} #" + "x" * 900_000,
}

GREEDY = {
    "count a cross product": f"SELECT (COUNT(*) AS ?n) {{ {MUCH} }}",
    "rows of a cross product": f"SELECT * {{ {MUCH} }}",
    "sort a cross product": f"SELECT * {{ {MUCH} }} ORDER BY ?c ?f",
    "distinct of a cross product": f"SELECT DISTINCT * {{ {MUCH} }}",
    "group a cross product": f"SELECT ?a ?d ?g ?j (COUNT(*) AS ?n) {{ {MUCH} }} GROUP BY ?a ?d ?g ?j",
    "join a cross product": f"SELECT (GROUP_CONCAT(STR(?c)) AS ?all) {{ {MUCH} }}",
    "distinct count of a cross product": f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {MUCH} }}",
    "ask for what is nowhere": f"ASK {{ {MUCH} FILTER(STRLEN(CONCAT(STR(?a), STR(?f), STR(?i), STR(?o))) > 100000) }}",
    "construct a cross product": f"CONSTRUCT {{ ?a ?b ?f }} WHERE {{ {MUCH} }}",
    "describe a cross product": f"DESCRIBE ?a ?d WHERE {{ {MUCH} }} ORDER BY ?c",
    "subtract a cross product": f"SELECT (COUNT(*) AS ?n) {{ {MUCH} MINUS {{ ?a ?b ?c . ?x ?y ?z FILTER(false) }} }}",
    "test a cross product": f"SELECT (COUNT(*) AS ?n) {{ {MUCH} FILTER NOT EXISTS {{ ?a ?d ?g . ?c ?f ?i }} }}",
    "skip a trillion rows": f"SELECT * {{ {MUCH} }} OFFSET 1000000000000",
    "a cross product in a subquery": f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT ?a ?d ?g ?j {{ {MUCH} }} }} }}",
    "a cross product of unions": "SELECT (COUNT(*) AS ?n) { "
    + "".join(f"{{ ?a{n} ?b{n} ?c{n} }} UNION {{ ?c{n} ?b{n} ?a{n} }} " for n in range(6))
    + "}",
    "optional cross product": f"SELECT (COUNT(*) AS ?n) {{ ?x ?y ?z OPTIONAL {{ {MUCH} }} }}",
    "every path": "SELECT (COUNT(*) AS ?n) { ?a (<a:b>|!<a:b>)* ?b . ?c (<a:b>|!<a:b>)* ?d . ?e (<a:b>|!<a:b>)* ?f }",
    "paths of paths": "SELECT (COUNT(*) AS ?n) { ?a (((!<a:b>)*)*)* ?b . ?c (((!<a:b>)+)+)+ ?d . ?e ?f ?g . ?h ?i ?j }",
    "paths there and back": "SELECT (COUNT(*) AS ?n) "
    "{ ?a ((!<a:b>)|^(!<a:b>))* ?b . ?c ((!<a:b>)|^(!<a:b>))* ?d . ?e ?f ?g }",
    "double a string 40 times": "SELECT (STRLEN(?x40) AS ?n) { BIND('xxxxxxxxxx' AS ?x0) "
    + "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(40))
    + "}",
    "replace letters by words 30 times": "SELECT (STRLEN(?x30) AS ?n) { BIND('xxxxxxxxxx' AS ?x0) "
    + "".join(f"BIND(REPLACE(?x{n}, 'x', 'xxxx') AS ?x{n + 1}) " for n in range(30))
    + "}",
    "encode what is encoded": "SELECT (STRLEN(?x40) AS ?n) { BIND('%%%%%%%%%%' AS ?x0) "
    + "".join(f"BIND(ENCODE_FOR_URI(CONCAT(?x{n}, ?x{n})) AS ?x{n + 1}) " for n in range(40))
    + "}",
    "digest what is doubled": "SELECT (SHA512(?x40) AS ?n) { BIND('xxxxxxxxxx' AS ?x0) "
    + "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(40))
    + "}",
    "doubled strings as rows": "SELECT ?x16 { BIND('xxxxxxxxxx' AS ?x0) "
    + "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(16))
    + "?a ?b ?c }",
}

HARD = {
    "nested quantifiers": f"SELECT (COUNT(*) AS ?n) {{ {MUCH} FILTER REGEX(STR(?c), '^(([a-z])+.)+[A-Z]([a-z])+$') }}",
    "an exponential expression": "SELECT * { BIND('" + "a" * 5000 + "!' AS ?x) FILTER REGEX(?x, '^(a+)+$') }",
    "alternatives that overlap": "SELECT * { BIND('" + "a" * 5000 + "!' AS ?x) FILTER REGEX(?x, '^(a|a|aa)+$') }",
    "an expression of a million states": "SELECT * { ?s ?p ?o FILTER REGEX(STR(?o), '((a{1000}){1000}){1000}') }",
    "an expression from the data": f"SELECT (COUNT(*) AS ?n) {{ {MUCH} FILTER REGEX(STR(?c), STR(?f)) }}",
    "an exponential replacement": "SELECT (REPLACE('" + "a" * 5000 + "!', '(a*)*b', 'x') AS ?x) {}",
    "huge numbers": "SELECT (1e308 * 1e308 AS ?x) (" + "9" * 100_000 + " * 2 AS ?y) {}",
}

OUT = {
    "SERVICE": f"SELECT * {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "SERVICE in a subquery": f"SELECT * {{ {{ SELECT * {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }} }} }}",
    "SERVICE in EXISTS": f"ASK {{ FILTER EXISTS {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }} }}",
    "SERVICE behind a comment": f"SELECT * {{ SERVICE # ''' \n{ELSEWHERE} {{ ?s ?p ?o }} }}",
    "sErViCe": f"SELECT * {{ sErViCe SiLeNt {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "SERVICE in escapes": f"SELECT * {{ \\u0053ERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "SERVICE behind an escaped line end": f"SELECT * {{ ?s ?p 45 #\\u000A SERVICE {ELSEWHERE} {{ ?a ?b ?c }}\n}}",
    "SERVICE behind an escaped quote": f'SELECT * {{ ?s ?p "\\u0022 . SERVICE {ELSEWHERE} {{ ?a ?b ?c }} #"\n}}',
    "SERVICE by variable": "SELECT * { VALUES ?x { <http://127.0.0.1:9/> } SERVICE ?x { ?s ?p ?o } }",
    "FROM a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "FROM elsewhere": "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    "LOAD": f"LOAD {ELSEWHERE}",
    "CLEAR": "CLEAR ALL",
    "INSERT": "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
}


def _form(name: str, format_: str) -> bytes:
    return f"query={quote(GREEDY[name])}&format={format_}".encode()


BROKEN = [
    Attack("broken UTF-8", b'ASK { ?s ?p "\xff\xfe" }', REFUSED),
    Attack("an overlong encoding", b'ASK { ?s ?p "\xc0\xaf" }', REFUSED),
    Attack("a surrogate", b'ASK { ?s ?p "\xed\xa0\x80" }', REFUSED),
    Attack("broken UTF-8 in the address", b"", REFUSED, target="/sparql?query=ASK%20%7B%FF%7D", method="GET"),
    Attack("a zero byte", b"ASK {} \x00", REFUSED),
    Attack("50 MB", b"#" * 50_000_000, frozenset([413])),
    Attack("50 MB of form", b"query=" + b"%20" * 16_000_000, frozenset([413]), FORM),
    Attack("a million fields", b"a=b&" * 900_000, REFUSED, FORM),
    Attack("a thousand queries", b"query=ASK%7B%7D&" * 999, REFUSED, FORM),
    Attack("a deadline that is none", b"", REFUSED, target="/sparql?query=ASK%7B%7D&timeout=-1", method="GET"),
    Attack("another media type", b"ASK {}", frozenset([415]), "application/octet-stream"),
    Attack(
        "a file as graph",
        f"query={quote('ASK { GRAPH ?g { ?s ?p ?o } }')}&named-graph-uri=file:///etc/passwd".encode(),
        frozenset([200]),
        FORM,
    ),
    Attack("as a page", _form("rows of a cross product", "html"), TOO_MUCH, FORM, media_type="text/html"),
    Attack("as XML", _form("rows of a cross product", "xml"), TOO_MUCH, FORM),
]


def attacks() -> list[Attack]:
    """Return all of them."""
    families = ((DEEP, REFUSED), (LONG, ANYHOW), (GREEDY, TOO_MUCH), (HARD, ANYHOW), (OUT, REFUSED))
    texts = [
        Attack(name, query.encode(), statuses, target=UNHURRIED if statuses is REFUSED else HURRIED)
        for family, statuses in families
        for name, query in family.items()
    ]
    return [*texts, *BROKEN]
