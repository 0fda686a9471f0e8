"""The SPARQL 1.1 Protocol, clause by clause, spoken over a connection to a server that runs.

The release has what no release of the publisher has, two named graphs, so that datasets can be told apart.
"""

from __future__ import annotations

import http.client
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Store, parse, parse_query_results

from si_lod.releases import Releases
from si_lod.seals import seal
from tests.acceptance.live import serving
from tests.serve.site import BASE, facts, publish

FIRST, SECOND, UNKNOWN = f"{BASE}graph/first", f"{BASE}graph/second", f"{BASE}graph/unknown"
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?x { VALUES ?x { 1 } }"
CONSTRUCT = "CONSTRUCT { <a:a> <a:b> 1 } WHERE {}"


Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    @property
    def comments(self) -> set[str]:
        """What the solutions of a query bind to ?c."""
        return {row["c"]["value"] for row in self.json["results"]["bindings"]}


@dataclass(frozen=True)
class Endpoint:
    """One connection for each request, so that nothing of one is left for the next."""

    host: str

    def send(self, method: str, fields: Fields = (), content: bytes | None = None, **headers: str) -> Reply:
        connection = http.client.HTTPConnection(self.host, timeout=30)
        named = {"Accept-Language": "en"} | {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, f"/sparql{'?' if fields else ''}{urlencode(fields)}", content, named)
            response = connection.getresponse()
            known = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, known, response.read())
        finally:
            connection.close()

    def get(self, query: str, *fields: tuple[str, str], **headers: str) -> Reply:
        return self.send("GET", [("query", query), *fields], None, **headers)

    def form(self, query: str, *fields: tuple[str, str], **headers: str) -> Reply:
        content = urlencode([("query", query), *fields]).encode()
        return self.send("POST", (), content, Content_Type=FORM, **headers)

    def direct(self, query: str, *fields: tuple[str, str], **headers: str) -> Reply:
        return self.send("POST", fields, query.encode(), Content_Type=DIRECT, **headers)


WAYS = ("get", "form", "direct")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    folder = tmp_path_factory.mktemp("protocol")
    releases = Releases(folder / "releases")
    publish(releases, "2025.1", facts())
    store = Store(str(releases.root / "2025.1/store"))
    thing = NamedNode(f"{BASE}id/thing")
    store.add(Quad(thing, LABEL, Literal("of the default graph")))
    store.add(Quad(thing, LABEL, Literal("of the first"), NamedNode(FIRST)))
    store.add(Quad(thing, LABEL, Literal("of the second"), NamedNode(SECOND)))
    store.flush()
    del store
    seal(releases.root / "2025.1/store")  # it is to be as it is now
    with serving(sys.executable, "-m", "si_lod", "serve", folder=folder) as address:
        yield Endpoint(address.removeprefix("http://"))


@pytest.mark.parametrize("way", WAYS)
def test_2_1_a_query_is_sent_in_three_ways(endpoint: Endpoint, way: str) -> None:
    reply = getattr(endpoint, way)(ASK)
    assert (reply.status, reply.kind, reply.json["boolean"]) == (200, JSON, True)


def test_2_1_the_three_ways_give_the_same_and_take_all_of_unicode(endpoint: Endpoint) -> None:
    query = 'SELECT ("é %2F + & = 𝄞" AS ?x) {} # ☃'
    replies = [getattr(endpoint, way)(query) for way in WAYS]
    assert {reply.json["results"]["bindings"][0]["x"]["value"] for reply in replies} == {"é %2F + & = 𝄞"}


def test_2_1_1_by_get_the_query_is_percent_encoded_and_there_is_no_content(endpoint: Endpoint) -> None:
    assert (
        endpoint.get("SELECT ?x { VALUES ?x { 'a+b&c=d%' } }").json["results"]["bindings"][0]["x"]["value"]
        == "a+b&c=d%"
    )


def test_2_1_2_a_form_may_hold_all_parameters_and_the_url_some(endpoint: Endpoint) -> None:
    assert endpoint.form(COMMENTS_QUERY, ("default-graph-uri", FIRST)).comments == {"of the first"}
    content = urlencode({"query": COMMENTS_QUERY}).encode()
    reply = endpoint.send("POST", [("default-graph-uri", SECOND)], content, Content_Type=FORM)
    assert reply.comments == {"of the second"}


def test_2_1_2_the_media_type_of_a_form_is_required_and_may_have_parameters(endpoint: Endpoint) -> None:
    content = urlencode({"query": ASK}).encode()
    assert endpoint.send("POST", (), content, Content_Type=f"{FORM}; charset=UTF-8").status == 200
    assert endpoint.send("POST", (), content, Content_Type="multipart/form-data; boundary=x").status == 415
    assert endpoint.send("POST", (), content).status == 415


def test_2_1_3_a_direct_post_is_the_query_in_utf_8(endpoint: Endpoint) -> None:
    assert endpoint.send("POST", (), ASK.encode(), Content_Type=f"{DIRECT}; charset=utf-8").status == 200
    assert endpoint.send("POST", (), b'ASK { ?s ?p "\xff" }', Content_Type=DIRECT).status == 400
    assert endpoint.send("POST", (), ASK.encode("utf-16"), Content_Type=f"{DIRECT}; charset=utf-16").status == 415


def test_2_1_3_the_dataset_of_a_direct_post_is_in_the_url(endpoint: Endpoint) -> None:
    assert endpoint.direct(COMMENTS_QUERY, ("default-graph-uri", FIRST)).comments == {"of the first"}


PREFIX = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
COMMENTS_QUERY = f"{PREFIX} SELECT ?c {{ ?s rdfs:comment ?c }}"
IN_GRAPHS = f"{PREFIX} SELECT ?c {{ GRAPH ?g {{ ?s rdfs:comment ?c }} }}"
DATASETS = {
    # (by the protocol, by the query): what is in the default graph, what in the named ones
    ((), ()): ({"of the default graph"}, {"of the first", "of the second"}),
    (("default",), ()): ({"of the first"}, set()),
    (("named",), ()): (set(), {"of the first"}),
    (("default", "named"), ()): ({"of the first"}, {"of the first"}),
    ((), ("FROM",)): ({"of the second"}, set()),
    ((), ("FROM NAMED",)): (set(), {"of the second"}),
    ((), ("FROM", "FROM NAMED")): ({"of the second"}, {"of the second"}),
}

PROTOCOLS: list[tuple[str, ...]] = [(), ("default",), ("named",), ("default", "named")]
QUERIES: list[tuple[str, ...]] = [(), ("FROM",), ("FROM NAMED",), ("FROM", "FROM NAMED")]


def clauses(words: tuple[str, ...]) -> str:
    return " ".join(f"{word} <{SECOND}>" for word in words)


def graphs(names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(f"{name}-graph-uri", FIRST) for name in names]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("protocol", "query"),
    list(product(PROTOCOLS, QUERIES)),
)
def test_2_1_4_the_protocols_dataset_replaces_that_of_the_query(
    endpoint: Endpoint, way: str, protocol: tuple[str, ...], query: tuple[str, ...]
) -> None:
    expected = DATASETS[(protocol, ()) if protocol else ((), query)]
    send = getattr(endpoint, way)
    plain = send(COMMENTS_QUERY.replace("?c {", f"?c {clauses(query)} {{", 1), *graphs(protocol))
    within = send(IN_GRAPHS.replace("?c {", f"?c {clauses(query)} {{", 1), *graphs(protocol))
    assert (plain.comments, within.comments) == expected


@pytest.mark.parametrize("way", WAYS)
def test_2_1_4_several_default_graphs_are_merged(endpoint: Endpoint, way: str) -> None:
    reply = getattr(endpoint, way)(COMMENTS_QUERY, ("default-graph-uri", FIRST), ("default-graph-uri", SECOND))
    assert reply.comments == {"of the first", "of the second"}


def test_2_1_4_an_unknown_graph_is_empty_and_no_iri_an_error(endpoint: Endpoint) -> None:
    assert endpoint.get(COMMENTS_QUERY, ("default-graph-uri", UNKNOWN)).comments == set()
    for graph in ("", "relative", "http://a/ b"):
        assert endpoint.get(COMMENTS_QUERY, ("named-graph-uri", graph)).status == 400


FORMATS = [
    (SELECT, JSON, QueryResultsFormat.JSON),
    (SELECT, XML, QueryResultsFormat.XML),
    (SELECT, "text/tab-separated-values", QueryResultsFormat.TSV),
    (ASK, JSON, QueryResultsFormat.JSON),
    (ASK, XML, QueryResultsFormat.XML),
    (CONSTRUCT, "text/turtle", RdfFormat.TURTLE),
    (CONSTRUCT, "application/ld+json", RdfFormat.JSON_LD),
    (CONSTRUCT, "application/n-triples", RdfFormat.N_TRIPLES),
    (CONSTRUCT, "application/rdf+xml", RdfFormat.RDF_XML),
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("query", "accept", "format_"), FORMATS, ids=[f"{q.split()[0]}-{a}" for q, a, _ in FORMATS])
def test_2_1_5_the_accept_header_chooses_the_format(
    endpoint: Endpoint, way: str, query: str, accept: str, format_: QueryResultsFormat | RdfFormat
) -> None:
    reply = getattr(endpoint, way)(query, Accept=f"{accept}, */*;q=0.1")
    assert (reply.status, reply.kind) == (200, accept)
    assert "accept" in reply.headers["vary"].lower()
    if isinstance(format_, RdfFormat):
        assert len(list(parse(reply.content, format=format_))) == 1
    else:
        parse_query_results(reply.content, format=format_)


def test_2_1_5_csv_is_text_in_utf_8_with_lines_of_crlf(endpoint: Endpoint) -> None:
    reply = endpoint.get('SELECT ("é, \\"x\\"" AS ?a) {}', Accept="text/csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.content == 'a\r\n"é, ""x"""\r\n'.encode()


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "text/turtle"), (ASK, "text/csv"), (CONSTRUCT, JSON)])
def test_2_1_5_what_cannot_be_said_in_a_format_is_not_acceptable(endpoint: Endpoint, query: str, accept: str) -> None:
    reply = endpoint.get(query, Accept=accept)
    assert reply.status == 406
    assert b"format=" in reply.content


def test_2_1_6_a_whole_answer_says_its_length(endpoint: Endpoint) -> None:
    for query in (SELECT, ASK, CONSTRUCT):
        reply = endpoint.get(query)
        assert reply.status == 200
        assert int(reply.headers["content-length"]) == len(reply.content)


BROKEN = [
    ("no query", [], 400),
    ("an empty query", [("query", "")], 400),
    ("two queries", [("query", ASK), ("query", ASK)], 400),
    ("no SPARQL", [("query", "SELECT * WHERE {")], 400),
    ("an update as query", [("query", "INSERT DATA { <a:a> <a:b> 1 }")], 400),
    ("an undeclared prefix", [("query", "ASK { ?s nothing:declared ?o }")], 400),
    ("another endpoint", [("query", "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")], 400),
]


@pytest.mark.parametrize(("fields", "status"), [broken[1:] for broken in BROKEN], ids=[name for name, *_ in BROKEN])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_2_1_7_a_request_that_is_none_is_400_and_says_why(
    endpoint: Endpoint, fields: list[tuple[str, str]], status: int, method: str
) -> None:
    if method == "GET":
        reply = endpoint.send(method, fields, Accept="application/json")
    else:
        reply = endpoint.send(method, (), urlencode(fields).encode(), Content_Type=FORM, Accept="application/json")
    assert (reply.status, reply.kind) == (status, "application/problem+json")
    assert reply.json["detail"]
    assert reply.headers["access-control-allow-origin"] == "*"


def test_2_1_7_an_error_in_the_query_names_its_place_and_a_near_form(endpoint: Endpoint) -> None:
    query = "SELECT *\n{ ?s ?p ?o FILTER ?o > 1 }"
    english = endpoint.get(query, Accept="application/json", Accept_Language="en")
    assert english.json["detail"] == ("line 2, column 19: what follows FILTER stands in brackets; write FILTER(?o > 1)")
    known = {name: english.json[name] for name in ("line", "column", "token", "suggestion")}
    assert known == {"line": 2, "column": 19, "token": "?o", "suggestion": "FILTER(?o > 1)"}
    assert english.json["expected"] == ["an IRI", "a function", '"("', "EXISTS", "NOT"]
    dutch = endpoint.get(query, Accept="application/json", Accept_Language="nl")
    assert dutch.json["detail"] == (
        "regel 2, kolom 19: wat op FILTER volgt staat tussen haakjes; schrijf FILTER(?o > 1)"
    )
    assert dutch.json["expected"][:2] == ["een IRI", "een functie"]


@pytest.mark.parametrize(("language", "said"), [("en", "what follows FILTER"), ("nl", "wat op FILTER volgt")])
def test_2_1_7_a_browser_sees_the_place_marked(endpoint: Endpoint, language: str, said: str) -> None:
    reply = endpoint.get("ASK { ?s ?p ?o FILTER ?o > 1 }", Accept="text/html", Accept_Language=language)
    assert (reply.status, reply.kind) == (400, "text/html")
    assert "<mark>?o</mark> &gt; 1" in reply.content.decode()
    assert said in reply.content.decode()


@pytest.mark.parametrize("update", ["CLEAR ALL", "INSERT DATA { <a:a> <a:b> 1 }", ""])
def test_2_2_no_update_is_carried_out(endpoint: Endpoint, update: str) -> None:
    before = endpoint.get("SELECT (COUNT(*) AS ?c) { ?s ?p ?o }").comments
    direct = endpoint.send("POST", (), update.encode(), Content_Type="application/sparql-update")
    form = endpoint.send("POST", (), urlencode({"update": update}).encode(), Content_Type=FORM)
    mixed = endpoint.send("POST", (), urlencode({"query": ASK, "update": update}).encode(), Content_Type=FORM)
    url = endpoint.send("GET", [("update", update)])
    assert {reply.status for reply in (direct, form, mixed, url)} == {403}
    assert all(b"only reads" in reply.content for reply in (direct, form, mixed, url))
    assert endpoint.get("SELECT (COUNT(*) AS ?c) { ?s ?p ?o }").comments == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_2_other_methods_are_not_allowed(endpoint: Endpoint, method: str) -> None:
    reply = endpoint.send(method, [("default", "")], b"<a:a> <a:b> 1 .", Content_Type="text/turtle")
    assert reply.status == 405
    assert {"GET", "HEAD", "OPTIONS", "POST"} <= set(reply.headers["allow"].split(", "))


@pytest.mark.parametrize("query", [SELECT, ASK, CONSTRUCT, "SELECT * WHERE {"])
def test_http_head_has_the_headers_of_get(endpoint: Endpoint, query: str) -> None:
    get, head = (endpoint.send(method, [("query", query)]) for method in ("GET", "HEAD"))
    unlike = {"date", "x-request-id"}
    assert head.status == get.status
    assert {k: v for k, v in head.headers.items() if k not in unlike} == {
        k: v for k, v in get.headers.items() if k not in unlike
    }
    assert head.content == b""


def test_http_a_page_of_another_origin_may_ask(endpoint: Endpoint) -> None:
    reply = endpoint.send(
        "OPTIONS", Origin="https://elsewhere.example", Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="content-type",
    )  # fmt: skip
    assert reply.status in {200, 204}
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "content-type" in reply.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in reply.headers


def test_http_an_answer_that_the_client_has_is_not_sent_again(endpoint: Endpoint) -> None:
    first = endpoint.get(SELECT)
    again = endpoint.get(SELECT, If_None_Match=first.headers["etag"])
    assert (again.status, again.content) == (304, b"")
    assert again.headers["vary"] == first.headers["vary"]
    assert endpoint.get(SELECT, Accept=XML, If_None_Match=first.headers["etag"]).status == 200


def test_4_what_a_query_names_is_never_fetched(endpoint: Endpoint) -> None:
    address = quote("http://127.0.0.1:1/data.ttl", safe=":/")
    for query in (f"ASK FROM <{address}> {{ ?s ?p ?o }}", "ASK FROM <file:///etc/hostname> { ?s ?p ?o }"):
        assert endpoint.get(query).status == 400
    assert endpoint.get(f"ASK {{ GRAPH <{address}> {{ ?s ?p ?o }} }}").json["boolean"] is False
    assert endpoint.get(f"DESCRIBE <{address}>", Accept="application/n-triples").content == b""
