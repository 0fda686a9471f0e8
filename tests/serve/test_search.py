"""The search over HTTP: for people, programs and browsers, over the current release and over a named one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from si_lod.index.file import FILE
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.serve.pages.page import Page
from tests.serve.site import BASE, facts, publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

HTML = {"Accept": "text/html", "Accept-Language": "en"}


def searched(client: FlaskClient, **asked: str) -> Page:
    return Page(client.get("/search", query_string=asked, headers=HTML).text)


def test_a_page_links_what_was_found_with_its_kind_and_its_words_marked(client: FlaskClient) -> None:
    page = searched(client, q="hope")
    assert page.texts("h3") == ["Hope"]
    assert page.all("a", href="/doc/mill/de-hoop")
    assert "1 thing has all these words." in page.texts("p", class_="found")
    assert page.all("input", name="q")[0].attributes["value"] == "hope"


def test_what_was_looked_for_is_shown_and_does_nothing(client: FlaskClient) -> None:
    page = searched(client, q='"><script>alert(1)</script>', type="<b>x")
    assert "<script>" not in page.html
    assert "<b>x" not in page.html
    assert not page.misplaced


def test_a_kind_that_there_is_not_is_told_with_those_that_have_what_was_looked_for(client: FlaskClient) -> None:
    page = searched(client, q="hope", type="m:Windmill")
    assert page.texts("p", class_="past") == ["There is no kind “m:Windmill” here. Choose from: mills (1)."]
    assert page.texts("a", href="/search?q=hope&type=m%3AMill") == ["mills"]
    assert not page.all("p", class_="found"), "what was found is not known to be nothing"
    assert not page.all("h2", id="kinds")
    refused = client.get("/search.json?q=hope&type=m:Windmill", headers={"Accept": "application/json"})
    assert refused.status_code == 400
    assert "m:Mill" in refused.json["detail"]  # type: ignore[index]
    assert "m:Windmill" in refused.json["detail"]  # type: ignore[index]
    assert client.get("/search.json?q=nowhere&type=m:Mill").status_code == 200


def test_a_kind_that_has_nothing_of_it_is_told_apart_from_nothing_at_all(client: FlaskClient) -> None:
    other = client.get("/search?q=hope&type=m:Windmill", headers=HTML | {"Accept-Language": "nl"})
    assert "De soort “m:Windmill” is er niet. Kies uit:" in other.text
    nothing = searched(client, q="nowhere", type="m:Windmill")
    assert nothing.texts("p", class_="past") == ["There is no kind “m:Windmill” here."]
    assert nothing.texts("p", class_="found") == ["Nothing here has all these words."]
    among = searched(client, q="sails", type="m:Mill")
    assert among.texts("p", class_="found") == ["Nothing of this kind has all these words."]
    assert among.texts("h2", id="kinds") == ["By kind"]


def test_kinds_are_many_and_those_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "releases")
    kinds = {
        "http://www.w3.org/2002/07/owl#Class": "classes",
        "http://rdfs.org/ns/void#Dataset": "data sets in RDF",
        f"{BASE}def/m#Wheel": "wheel (m:Wheel)",
        "https://other.example/Wheel": "wheel (https://other.example/Wheel)",
    }
    publish(releases, "2025.1", (triple for kind in kinds for triple in _called(kind)))
    client = create_app(releases).test_client()
    assert sorted(searched(client, q="flour").texts("a", class_="kind")) == sorted(
        f"{name} 1" for name in kinds.values()
    )


def _called(kind: str) -> Iterator[Triple]:
    thing = NamedNode(f"{BASE}id/thing/{len(kind)}")
    yield Triple(thing, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(kind))
    yield Triple(thing, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal("flour"))


def test_what_was_looked_for_is_marked_in_names_too(client: FlaskClient) -> None:
    page = searched(client, q="hop")
    assert page.texts("h3") == ["Hope"]
    (link,) = page.all("a", href="/doc/mill/de-hoop")
    assert link.text == "Hope"
    assert page.texts("mark") == ["Hope"]
    assert "<mark>Hope</mark></bdi></a></h3>" in page.html


def test_nothing_found_says_what_to_try_and_is_no_error(client: FlaskClient) -> None:
    response = client.get("/search?q=nowhere", headers=HTML)
    assert response.status_code == 200
    assert "Nothing here has all these words." in response.text


@pytest.mark.parametrize("query", ["", "q=", "q=%22", "q=AND+OR", "q=" + "x" * 10_000, "q=%F0%9F%99%82", "q=%00%FF"])
def test_no_query_is_an_error(client: FlaskClient, query: str) -> None:
    for suffix in ("", ".json", ".html"):
        assert client.get(f"/search{suffix}?{query}").status_code == 200


def test_programs_get_json_with_canonical_iris(client: FlaskClient) -> None:
    response = client.get("/search?q=hop", headers={"Accept": "application/json", "Accept-Language": "en"})
    assert (response.mimetype, response.headers["Content-Language"]) == ("application/json", "en")
    found = json.loads(response.data)
    assert (found["query"], found["total"], found["complete"], found["pages"]) == ("hop", 1, True, 1)
    first = found["results"][0]
    assert first["iri"] == f"{BASE}id/mill/de-hoop"
    assert first["label"] == {"@value": "Hope", "@language": "en"}
    assert first["document"] == f"{BASE}doc/mill/de-hoop"
    assert found["types"] == [
        {"iri": f"{BASE}def/m#Mill", "label": "mills", "count": 1, "href": "/search?q=hop&type=m%3AMill"}
    ]


@pytest.mark.parametrize(
    ("asked", "accept", "status", "media_type"),
    [
        ("/search?q=x", "*/*", 200, "text/html"),
        ("/search?q=x", "", 200, "text/html"),
        ("/search?q=x", "application/json", 200, "application/json"),
        ("/search?q=x", "application/json;q=0.5, text/html;q=0.4", 200, "application/json"),
        ("/search?q=x&format=json", "text/html", 200, "application/json"),
        ("/search.json?q=x", "text/html", 200, "application/json"),
        ("/search?q=x", "text/turtle", 406, None),
        ("/search?q=x&format=ttl", "*/*", 400, None),
        ("/search.ttl?q=x", "*/*", 404, None),
        ("/search.ttl?q=x", "text/turtle", 404, None),
        ("/search?q=x&page=0", "*/*", 404, None),
        ("/search?q=x&page=2", "*/*", 404, None),
        ("/search?q=x&page=-1", "*/*", 400, None),
    ],
)
def test_the_format_follows_the_address_and_else_what_is_accepted(
    client: FlaskClient, asked: str, accept: str, status: int, media_type: str | None
) -> None:
    response = client.get(asked, headers={"Accept": accept} if accept else {})
    assert response.status_code == status
    assert media_type in (None, response.mimetype)


def test_what_is_asked_has_a_tag_of_its_own_and_words_that_mean_nothing_change_no_answer(client: FlaskClient) -> None:
    asked = ["/search?q=a", "/search?q=b", "/search?q=a&type=m:Mill", "/search.json?q=a", "/search?q=a&lang=en"]
    assert len({client.get(address, headers=HTML).headers["ETag"] for address in asked}) == len(asked) - 1
    first = client.get("/search?q=a", headers=HTML)
    again = client.get("/search?utm_source=x&q=a", headers=HTML | {"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Vary"] == first.headers["Vary"] == "Accept, Accept-Language, Accept-Encoding"


def test_a_search_in_a_named_release_stays_there(client: FlaskClient) -> None:
    page = Page(client.get("/release/2025.1/search?q=hope", headers=HTML).text)
    assert page.all("a", href="/release/2025.1/doc/mill/de-hoop")
    assert {form.attributes["action"] for form in page.all("form")} == {"/release/2025.1/search"}


def test_a_search_behind_a_prefix_stays_behind_it(client: FlaskClient) -> None:
    answer = client.get("/search?q=hope", headers=HTML, environ_overrides={"SCRIPT_NAME": "/below"})
    page = Page(answer.text)
    assert page.all("a", href="/below/doc/mill/de-hoop")
    assert page.all("form")[0].attributes["action"] == "/below/search"
    assert "</below/search.json?q=hope>" in answer.headers["Link"]


def test_long_answers_come_in_pages_that_link_to_one_another(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "releases")
    publish(releases, "2025.1", many())
    client = create_app(releases).test_client()
    first, last = (client.get(f"/search?q=post&page={page}", headers=HTML) for page in (1, 3))
    assert '</search?q=post&page=2>; rel="next"' in first.headers["Link"]
    assert 'rel="prev"' not in first.headers["Link"]
    assert '</search?q=post&page=2>; rel="prev"' in last.headers["Link"]
    assert Page(last.text).texts("h2", id="results") == ["41 to 45 of 45"]
    data = json.loads(client.get("/search.json?q=post&page=2").data)
    assert (data["prev"], data["next"]) == ("/search.json?q=post", "/search.json?q=post&page=3")
    names = [
        result["iri"]
        for page in (1, 2, 3)
        for result in json.loads(client.get(f"/search.json?q=post&page={page}").data)["results"]
    ]
    assert len(names) == len(set(names)) == 45


def many() -> Iterator[Triple]:
    """Yield the mills, and 45 more."""
    yield from facts()
    for number in range(45):
        mill = NamedNode(f"{BASE}id/mill/post-{number}")
        yield Triple(mill, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(f"{BASE}def/m#Mill"))
        yield Triple(mill, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal(f"post mill {number}"))


def test_every_page_offers_the_search_to_people_and_to_browsers(client: FlaskClient) -> None:
    for address in ("/", "/doc/mill/de-hoop", "/def/m", "/sparql"):
        page = Page(client.get(address, headers=HTML).text)
        assert page.all("form", action="/search", role="search")
        assert page.all("link", rel="search")[0].attributes["href"] == "/opensearch.xml"


def test_a_browser_is_told_how_to_search(client: FlaskClient) -> None:
    response = client.get("/opensearch.xml", headers={"Accept-Language": "en"})
    assert response.mimetype == "application/opensearchdescription+xml"
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    root = ET.fromstring(response.data)  # noqa: S314  our own answer
    assert root.tag == f"{space}OpenSearchDescription"
    assert 0 < len(root.findtext(f"{space}ShortName") or "") <= 16
    templates = {url.get("type"): url.get("template") for url in root.iter(f"{space}Url")}
    assert templates["text/html"] == f"{BASE}search?q={{searchTerms}}&page={{startPage?}}&lang=en"


def test_a_release_of_before_there_was_an_index_says_so_and_serves_the_rest(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "releases")
    publish(releases, "2025.1", facts())
    (releases.root / "2025.1" / FILE).unlink()
    client = create_app(releases).test_client()
    assert client.get("/search?q=hope").status_code == 404
    assert client.get("/doc/place/dyke.ttl?page=2").status_code == 200


def test_an_index_that_cannot_be_read_is_an_error_and_not_a_finding_of_nothing(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", facts())
    (tmp_path / "1" / FILE).write_bytes(b"")  # a file of SQLite without a table
    client = create_app(releases).test_client()
    for path in ("/search.json?q=hope", "/search?q=hope"):
        response = client.get(path)
        assert (response.status_code, response.headers["Cache-Control"]) == (500, "no-store")
        assert "ETag" not in response.headers
