"""A query that is too long for an address, from the query page and elsewhere; nobody loses what he typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from werkzeug.datastructures import MultiDict

from si_lod.serve.pages.queries.keeping import LONGEST
from si_lod.serve.transport.limits import MOST_TARGET
from tests.serve.pages.page import Page
from tests.serve.transport.conftest import direct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.testing import FlaskClient

    from si_lod.releases import Releases

PAGE = {"Accept": "text/html", "Accept-Language": "en"}
TABLE = 'SELECT ?name ?n {{ VALUES (?name ?n) {{ ("a" 1) ("b" 2) }} }} # {}'
LONG = TABLE.format("x" * LONGEST)


def form(client: FlaskClient, query: str, **fields: str) -> Page:
    sent = {"query": query, "redirect": "short", "format": "html", **fields}
    return Page(client.post("/sparql", data=sent, headers=PAGE, follow_redirects=True).text)


def test_a_short_query_from_the_page_has_an_address_that_can_be_shared(client: FlaskClient) -> None:
    sent = {"query": "ASK {\r\n}", "redirect": "short", "format": "html"}
    response = client.post("/sparql", data=sent, headers=PAGE)
    assert (response.status_code, response.location) == (303, "/sparql?query=ASK+%7B%0A%7D&format=html")


def test_a_query_of_a_release_keeps_to_it(client: FlaskClient, mills: Releases) -> None:
    base = f"/release/{mills.current().manifest.version}/sparql"
    response = client.post(base, data={"query": "ASK {}", "redirect": "short", "lang": "nl"}, headers=PAGE)
    assert response.location == f"{base}?query=ASK+%7B%7D&lang=nl"


def test_only_the_page_is_led_to_an_address(client: FlaskClient) -> None:
    assert client.post("/sparql", data={"query": "ASK {}"}, headers=PAGE).status_code == 200


@pytest.mark.parametrize("query", ["ASK {}", LONG], ids=["short", "long"])
def test_the_page_has_what_was_asked_and_its_answer(client: FlaskClient, query: str) -> None:
    page = form(client, query)
    assert page.all("textarea")[0].text.strip("\n") == query
    assert page.texts("h2")[0] == "Result"
    assert page.all("form", id="ask")[0].attributes["method"] == "post"


def test_a_long_query_is_taken_along_and_read_in_another_language_without_an_address(client: FlaskClient) -> None:
    page = form(client, LONG)
    assert not [link for link in page.all("a") + page.all("img") + page.all("link") if "xxxx" in str(link.attributes)]
    assert page.texts("button", form="ask", name="lang") == ["Nederlands", "English"]
    assert [button.attributes["value"] for button in page.all("button", name="format")] == [
        "csv", "tsv", "json", "xml", "svg",
    ]  # fmt: skip
    (sent,) = [one.attributes["value"] for one in page.all("input", type="hidden") if one.attributes["name"] == "query"]
    assert client.post("/sparql", data={"query": sent, "format": "svg"}).mimetype == "image/svg+xml"
    assert "Spreadsheet" not in page.texts("summary")


def test_every_address_on_the_page_of_the_longest_query_that_has_one_is_taken(client: FlaskClient) -> None:
    page = Page(client.get("/sparql", query_string={"query": "ASK {} #" + "x" * (LONGEST - 20)}, headers=PAGE).text)
    found = [one.attributes.get("href", "") for one in page.all("a") + page.all("link")]
    assert [address for address in found if "xxxx" in address]
    assert max(map(len, found)) <= 8000


def test_the_page_of_an_address_that_is_too_long_sends_the_query_in_another_way(mills: Releases) -> None:
    gateway = direct(mills)
    answer = gateway.get(f"/sparql?lang=nl&query=ASK%20%7B%7D%23{'x' * MOST_TARGET}", {"Accept": "text/html"})
    assert answer.status == 414
    page = Page(answer.text)
    assert page.all("form", class_="query")[0].attributes["method"] == "post"
    assert page.all("textarea")[0].text.strip("\n") == f"ASK {{}}#{'x' * MOST_TARGET}"
    assert "Voer de zoekvraag uit" in page.texts("button")


def test_a_program_is_told_to_send_a_long_query_by_post(mills: Releases) -> None:
    gateway = direct(mills)
    answer = gateway.get(f"/sparql?query={'x' * MOST_TARGET}", {"Accept": "application/json", "Accept-Language": "en"})
    assert json.loads(answer.content)["detail"].endswith("send a longer query by POST")
    answer = gateway.get(f"/doc/{'x' * MOST_TARGET}", {"Accept": "application/json", "Accept-Language": "en"})
    assert "POST" not in json.loads(answer.content)["detail"]


GRAPHS = [
    ("default-graph-uri", "http://a.example/1"),
    ("default-graph-uri", "http://a.example/2"),
    ("named-graph-uri", "http://a.example/?n&m"),
]


def of_graphs(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [field for field in fields if field[0].endswith("-graph-uri")]


def graphs_in(page: Page) -> list[tuple[str, str]]:
    """The graphs that the forms of a page send."""
    return of_graphs((one.attributes["name"], one.attributes["value"]) for one in page.all("input", type="hidden"))


def test_the_form_and_every_address_of_a_question_keep_the_graphs_that_it_was_asked_of(client: FlaskClient) -> None:
    sent = [("query", TABLE.format("mine")), *GRAPHS, ("redirect", "short"), ("format", "html")]
    led = client.post("/sparql", data=MultiDict(sent), headers=PAGE)
    assert of_graphs(parse_qsl(urlsplit(led.location).query)) == GRAPHS
    page = Page(client.get(led.location, headers=PAGE).text)
    assert graphs_in(page) == GRAPHS
    found = {one.attributes.get("href") or one.attributes.get("src") or "" for one in page.all("a") + page.all("img")}
    about = [address for address in found if "mine" in address]
    assert len(about) >= 9
    assert all(of_graphs(parse_qsl(urlsplit(address).query)) == GRAPHS for address in about)


def test_a_long_question_keeps_its_graphs_in_each_of_its_forms(client: FlaskClient) -> None:
    page = Page(client.post("/sparql", data=MultiDict([("query", LONG), *GRAPHS]), headers=PAGE).text)
    assert graphs_in(page) == GRAPHS * 2


def test_graphs_alone_can_be_too_long_for_an_address(client: FlaskClient) -> None:
    many = [("default-graph-uri", f"http://a.example/{number}") for number in range(400)]
    sent = MultiDict([("query", "SELECT * {}"), *many, ("redirect", "short")])
    response = client.post("/sparql", data=sent, headers=PAGE)
    assert response.status_code == 200
    assert "This question is too long for an address" in response.text


@pytest.mark.parametrize("query", ["ASK", f"ASK{{}}%23{'x' * MOST_TARGET}"], ids=["wrong", "too long"])
def test_a_query_that_is_not_answered_keeps_its_graphs(mills: Releases, query: str) -> None:
    answer = direct(mills).get(f"/sparql?query={query}&{urlencode(GRAPHS)}", PAGE)
    assert answer.status in {400, 414}
    assert graphs_in(Page(answer.text)) == GRAPHS


def test_a_mistake_is_taken_over_by_one_button_and_answered(client: FlaskClient) -> None:
    wrong = 'SELECT ?name, ?n { VALUES (?name ?n) { ("<a>" 1) ("b" 2) } }'
    sent = MultiDict([("query", wrong), ("format", "html"), ("lang", "nl"), *GRAPHS])
    page = Page(client.post("/sparql", data=sent, headers=PAGE).text)
    assert page.texts("ins") == ["SELECT ?name ?n"]
    assert "Neem dit over en voer het uit" in page.texts("button")
    assert graphs_in(page) == GRAPHS * 2
    (right,) = [one.attributes["value"] for one in page.all("input", name="query")]
    assert right == wrong.replace(",", "")
    answered = form(client, right)
    assert answered.texts("h2")[0] == "Result"
    assert answered.all("textarea")[0].text.strip() == right


def test_a_query_that_no_suggestion_mends_has_no_such_button(client: FlaskClient) -> None:
    assert "<ins>" not in client.get("/sparql", query_string={"query": "SELECT * { ?s", "format": "html"}).text
