"""The SPARQL 1.1 Protocol."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import QueryBoolean, QueryResultsFormat, parse_query_results
from rdflib import Graph

from si_lod.serve.transport.content import MOST
from tests.serve.site import BASE

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

SELECT = f"SELECT ?mill {{ ?mill a <{BASE}def/m#Mill> }} ORDER BY ?mill"
ASK = "ASK { ?s ?p ?o }"
DESCRIBE = f"DESCRIBE <{BASE}id/mill/de-hoop>"
CONSTRUCT = f"CONSTRUCT WHERE {{ <{BASE}id/mill/de-hoop> ?p ?o }}"
JSON, XML, CSV, TSV = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)

FORMATS = [
    (SELECT, "*/*", JSON),
    (SELECT, JSON, JSON),
    (SELECT, XML, XML),
    (SELECT, "application/json", "application/json"),
    (SELECT, "application/xml", "application/xml"),
    (SELECT, CSV, CSV),
    (SELECT, TSV, TSV),
    (SELECT, f"{JSON};q=0, */*", XML),
    (SELECT, "text/html", "text/html"),
    (SELECT, "text/turtle", None),
    (ASK, "*/*", JSON),
    (ASK, XML, XML),
    (ASK, CSV, None),
    (ASK, "text/html", "text/html"),
    (DESCRIBE, "*/*", "text/turtle"),
    (DESCRIBE, JSON, None),
    (DESCRIBE, "text/html", "text/html"),
    (CONSTRUCT, "application/ld+json", "application/ld+json"),
    (CONSTRUCT, "application/json", "application/json"),
    (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
    (CONSTRUCT, "application/n-triples", "application/n-triples"),
    (CONSTRUCT, CSV, None),
]


@pytest.mark.parametrize(("query", "accept", "expected"), FORMATS)
def test_the_form_of_the_query_decides_what_there_is(
    client: FlaskClient, query: str, accept: str, expected: str | None
) -> None:
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    if expected is None:
        assert response.status_code == 406
    else:
        assert (response.status_code, response.mimetype) == (200, expected)
    assert response.headers["Vary"].startswith("Accept")


@pytest.mark.parametrize(
    ("suffix", "media_type"), [("json", JSON), ("xml", XML), ("csv", CSV), ("tsv", TSV), ("html", "text/html")]
)
def test_people_can_name_the_format(client: FlaskClient, suffix: str, media_type: str) -> None:
    response = client.get("/sparql", query_string={"query": SELECT, "format": suffix}, headers={"Accept": "a/b"})
    assert response.mimetype == media_type
    assert "Accept," not in response.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("turtle", "text/turtle"),
        ("n3", "text/turtle"),
        ("json-ld", "application/ld+json"),
        ("rdf", "application/rdf+xml"),
        ("rdf+xml", "application/rdf+xml"),
        ("xml", "application/xml"),
        ("json", "application/json"),
    ],
)
def test_what_client_libraries_call_the_formats_is_understood(client: FlaskClient, name: str, media_type: str) -> None:
    response = client.get("/sparql", query_string={"query": CONSTRUCT, "format": name, "output": name})
    assert (response.status_code, response.mimetype) == (200, media_type)


@pytest.mark.parametrize("accept", ["application/problem+json", "text/turtle, application/problem+json;q=0.5"])
def test_who_accepts_problem_details_only_gets_no_result_but_every_problem_in_them(
    client: FlaskClient, accept: str
) -> None:
    for query, status in ((SELECT, 406), (ASK, 406), ("ASK { SERVICE <a:b> {} }", 400), ("", 400)):
        response = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
        assert (response.status_code, response.mimetype) == (status, "application/problem+json")
        assert response.json is not None
        assert response.json["status"] == status
        assert (JSON in str(response.json.get("alternates"))) == (status == 406)


TEXTS = [
    ("SELECT *\n{ ?s ?p ?o FILTER ?o > 1 }", "2 | { ?s ?p ?o FILTER ?o > 1 }\n  |                   ^^"),
    ("SELECT *\n\t{ ?s ?p ?o FILTER ?o > 1 }\r\n", "2 | \t{ ?s ?p ?o FILTER ?o > 1 }\n  | \t                  ^^"),
    ("ASK { ?s ?p '字', 'é' FILTER ?o > 1 }", "1 | ASK { ?s ?p '字', 'é' FILTER ?o > 1 }\n  |" + " " * 30 + "^^"),
    ("SELECT *\n{ ?s ?p ?o", "2 | { ?s ?p ?o\n  |           ^"),
    (f"ASK {{ {'?s ?p ?o . ' * 90} FILTER ?o }}", "?p ?o .  FILTER ?o }\n  | " + " " * 61 + "^^"),
    ("ASK { ?s ?p 1 \x1b[31m }", "ASK { ?s ?p 1 \ufffd"),
]


@pytest.mark.parametrize(("query", "shown"), TEXTS)
def test_a_terminal_is_shown_where_the_query_went_wrong(client: FlaskClient, query: str, shown: str) -> None:
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": "*/*"})
    assert (response.status_code, response.mimetype) == (400, "text/plain")
    assert shown in response.text
    assert "\x1b" not in response.text


@pytest.mark.parametrize(("name", "status"), [("ttl", 406), ("nope", 400)])
def test_a_format_that_does_not_fit_is_an_error(client: FlaskClient, name: str, status: int) -> None:
    assert client.get("/sparql", query_string={"query": SELECT, "format": name}).status_code == status


def test_get_form_and_direct_post_give_the_same(client: FlaskClient) -> None:
    query = f'SELECT ("é%2F+ &" AS ?x) {{ <{BASE}id/mill/de-hoop> a ?type }}'
    answers = {
        client.get("/sparql", query_string={"query": query}).data,
        client.post("/sparql", data={"query": query}).data,
        client.post("/sparql", data=query.encode(), content_type="application/sparql-query;charset=UTF-8").data,
    }
    assert len(answers) == 1
    assert "é%2F+ &" in answers.pop().decode()


def test_results_read_back_in_every_format(client: FlaskClient) -> None:
    for format_ in (QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.TSV):
        data = client.get("/sparql", query_string={"query": SELECT}, headers={"Accept": format_.media_type}).data
        result = parse_query_results(data, format=format_)
        assert not isinstance(result, QueryBoolean)
        assert [str(solution["mill"]) for solution in result] == [
            f"<{BASE}id/mill/de-hoop>",
            f"<{BASE}id/mill/de-hoop.v2>",
        ]


def test_a_carriage_return_survives_xml(client: FlaskClient) -> None:
    rdf = client.get("/sparql", query_string={"query": DESCRIBE}, headers={"Accept": "application/rdf+xml"}).data
    assert any("\r\n" in str(value) for value in Graph().parse(data=rdf, format="xml").objects())


BAD = [
    ({}, 400),
    ({"query": ""}, 400),
    ({"query": [ASK, ASK]}, 400),
    ({"query": "SELECT * WHERE {"}, 400),
    ({"query": "SELECT * { ?s ex:p ?o }"}, 400),
    ({"query": "SELECT (<http://nope.example/>(1) AS ?x) {}"}, 400),
    ({"query": "INSERT DATA { <a:a> <a:b> <a:c> }"}, 400),
    ({"query": "CLEAR ALL"}, 400),
    ({"update": "CLEAR ALL"}, 403),
    ({"query": ASK, "update": "CLEAR ALL"}, 403),
    ({"query": ASK, "default-graph-uri": ""}, 400),
    ({"query": ASK, "named-graph-uri": "not an IRI"}, 400),
    ({"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}, 400),
    ({"query": "SELECT (" + "(" * 5000}, 400),
]


@pytest.mark.parametrize(("fields", "status"), BAD)
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("accept", ["*/*", "text/html", "application/json"])
def test_a_wrong_request_says_what_is_wrong(
    client: FlaskClient, fields: dict[str, str], status: int, method: str, accept: str
) -> None:
    if method == "GET":
        response = client.get("/sparql", query_string=fields, headers={"Accept": accept})
    else:
        response = client.post(
            "/sparql", data=fields or b"", headers={"Accept": accept}, content_type="application/x-www-form-urlencoded"
        )
    if fields == {} and method == "GET" and accept == "text/html":
        status = 200
    assert response.status_code == status
    assert response.data


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}", "", 415),
        (b"ASK {}", "application/sparql-query; charset=latin-1", 415),
        (b"CLEAR ALL", "application/sparql-update", 403),
        (b'ASK { ?s ?p "\xff" }', "application/sparql-query", 400),
        (b"query=%FF", "application/x-www-form-urlencoded", 400),
        (b"#" * 5_000_000, "application/sparql-query", 413),
    ],
)
def test_content_that_is_no_query_is_refused(
    client: FlaskClient, content: bytes, content_type: str, status: int
) -> None:
    assert client.post("/sparql", data=content, content_type=content_type).status_code == status


def test_content_that_is_too_large_is_told_how_large_it_may_be(client: FlaskClient) -> None:
    response = client.post("/sparql", data=b"#" * 5_000_000, content_type="application/sparql-query")
    assert "4.194.304 bytes" in response.text


def test_content_of_just_the_size_that_may_be_is_read(client: FlaskClient) -> None:
    response = client.post("/sparql", data=b"#" * MOST, content_type="application/sparql-query")
    assert response.status_code == 400
    assert "4.194.304" in response.text, "it is the query that is too long, not the content"


def test_what_is_wrong_with_a_form_is_said_in_the_language_of_the_reader(client: FlaskClient) -> None:
    response = client.post("/sparql?lang=nl", data=b"&x" * 1001, content_type="application/x-www-form-urlencoded")
    assert "het formulier: verwachtte hoogstens 1000 velden" in response.text


def test_a_long_query_is_answered(client: FlaskClient) -> None:
    query = "SELECT ?x { VALUES ?x { " + " ".join(f'"value {number}"' for number in range(9000)) + " } }"
    assert len(query) > 100_000
    response = client.post("/sparql", data=query, content_type="application/sparql-query")
    assert len(json.loads(response.data)["results"]["bindings"]) == 9000


def test_an_error_names_line_and_column(client: FlaskClient) -> None:
    response = client.get(
        "/sparql", query_string={"query": "SELECT *\nWHERE { ?s ?p }"}, headers={"Accept": "application/json"}
    )
    assert response.json is not None
    assert (response.json["line"], response.json["column"]) == (2, 9)
    assert len(response.json["detail"]) < 200


def test_a_browser_gets_its_query_back_with_the_problem(client: FlaskClient) -> None:
    query = "SELECT * { ?s unknown:p </script><b> }"
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype) == (400, "text/html")
    assert "</script><b>" not in response.text
    assert "unknown:p" in response.text


def test_the_whole_is_in_the_default_graph_and_named_graphs_alone_leave_it_empty(client: FlaskClient) -> None:
    def ask(**dataset: str) -> object:
        parameters = {name.replace("_", "-"): value for name, value in dataset.items()}
        response = client.get("/sparql", query_string={"query": ASK, **parameters})
        return json.loads(response.data)["boolean"]

    graph = f"{BASE}graph"
    assert ask()
    assert not ask(named_graph_uri=graph)
    assert not ask(default_graph_uri=graph)
    assert not ask(default_graph_uri=graph, named_graph_uri=graph)


def test_the_protocols_dataset_overrides_the_querys(client: FlaskClient) -> None:
    query = f"ASK FROM <{BASE}nope> {{ ?s ?p ?o }}"
    assert client.get("/sparql", query_string={"query": query}).status_code == 400
    named = client.get("/sparql", query_string={"query": query, "named-graph-uri": f"{BASE}g"})
    assert json.loads(named.data)["boolean"] is False


def test_head_of_a_query_says_what_get_says(client: FlaskClient) -> None:
    get = client.get("/sparql", query_string={"query": SELECT})
    head = client.head("/sparql", query_string={"query": SELECT})
    assert (head.status_code, head.headers, head.data) == (get.status_code, get.headers, b"")


def test_a_byte_order_mark_before_the_query_is_passed_over(client: FlaskClient) -> None:
    direct = client.post("/sparql", data=b"\xef\xbb\xbf" + ASK.encode(), content_type="application/sparql-query")
    assert (direct.status_code, direct.data) == (
        200,
        client.get("/sparql", query_string={"query": f"\ufeff{ASK}"}).data,
    )


def test_a_preflight_for_a_direct_post_is_answered(client: FlaskClient) -> None:
    headers = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    response = client.options("/sparql", headers=headers)
    assert response.status_code == 200
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_the_endpoint_takes_no_graph_store_requests(client: FlaskClient, method: str) -> None:
    response = client.open("/sparql?default", method=method, data=b"<a:a> <a:b> <a:c> .")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def sent(client: FlaskClient, method: str, fields: dict[str, str]) -> TestResponse:
    english = {"Accept-Language": "en"}
    if method == "GET":
        return client.get("/sparql", query_string=fields, headers=english)
    return client.post("/sparql", data=fields, headers=english)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_form_says_in_which_language_as_an_address_does(client: FlaskClient, method: str) -> None:
    fields = {"query": ASK, "lang": "nl", "format": "html"}
    response = sent(client, method, fields)
    assert response.headers["Content-Language"] == "nl"
    assert '<html lang="nl">' in response.text
    assert '<input type="hidden" name="lang" value="nl">' in response.text
    assert "Accept-Language" not in response.headers["Vary"]


@pytest.mark.parametrize("form", [{"query": "ASK"}, {"query": ["ASK {}", "ASK {}"]}, {"update": "CLEAR ALL"}, {}])
def test_a_mistake_in_a_form_is_told_in_the_language_of_the_form(client: FlaskClient, form: dict[str, str]) -> None:
    wanted = {"Accept": "application/json", "Accept-Language": "en"}
    dutch = client.post("/sparql", data={**form, "lang": "nl"}, headers=wanted)
    english = client.post("/sparql", data={**form, "lang": "xx"}, headers=wanted)
    assert (dutch.headers["Content-Language"], english.headers["Content-Language"]) == ("nl", "en")
    assert json.loads(dutch.data)["detail"] != json.loads(english.data)["detail"]


def test_the_address_of_a_form_says_before_the_form_in_which_language(client: FlaskClient) -> None:
    response = client.post("/sparql?lang=en", data={"query": ASK, "lang": "nl", "format": "html"})
    assert response.headers["Content-Language"] == "en"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_form_says_how_large_a_chart_is_as_an_address_does(client: FlaskClient, method: str) -> None:
    query = 'SELECT ?who ?n { VALUES (?who ?n) { ("one" 1) ("two" 2) } }'
    fields = {"query": query, "format": "svg", "size": "small"}
    assert 'width="340"' in sent(client, method, fields).text
