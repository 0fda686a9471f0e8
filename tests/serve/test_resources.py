"""Things, documents and definitions over HTTP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from pyoxigraph import Dataset, Quad, RdfFormat, parse
from rdflib import Graph
from rdflib.compare import isomorphic

from tests.serve.site import BASE, HERE, LINKS

if TYPE_CHECKING:
    from flask.testing import FlaskClient

MILL = "/doc/mill/de-hoop"
SUFFIXES = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("accept", ["*/*", "text/html", "text/turtle", "image/png"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_thing_sees_off_to_its_document_whatever_is_accepted(client: FlaskClient, accept: str, method: str) -> None:
    response = client.open("/id/mill/de-hoop", method=method, headers={"Accept": accept})
    assert (response.status_code, response.headers["Location"]) == (303, MILL)


def test_an_unknown_thing_is_404_without_a_redirect_first(client: FlaskClient) -> None:
    assert client.get("/id/mill/nope").status_code == 404


def test_the_host_asked_never_reaches_the_answer(client: FlaskClient) -> None:
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Accept": "text/html"}
    for path in ("/id/mill/de-hoop", MILL, f"{MILL}/", "/doc/nope", "/"):
        response = client.get(path, headers=headers)
        assert "evil.example" not in response.text + str(response.headers)


def test_links_lead_below_where_the_application_runs(client: FlaskClient) -> None:
    response = client.get("/id/mill/de-hoop", environ_overrides={"SCRIPT_NAME": "/at"})
    assert response.headers["Location"] == f"/at{MILL}"
    document = client.get(MILL, environ_overrides={"SCRIPT_NAME": "/at"})
    assert document.headers["Content-Location"] == f"/at{MILL}.ttl"


@pytest.mark.parametrize(("suffix", "media_type"), SUFFIXES.items())
def test_a_suffix_gives_its_syntax_whatever_is_accepted(client: FlaskClient, suffix: str, media_type: str) -> None:
    response = client.get(f"{MILL}.{suffix}", headers={"Accept": "text/html"})
    assert response.mimetype == media_type
    assert response.headers["Vary"] == "Accept-Encoding, Accept-Datetime"


CITATIONS = {"bib": "application/x-bibtex", "csl.json": "application/vnd.citationstyles.csl+json"}


@pytest.mark.parametrize("media_type", [*SUFFIXES.values(), "text/html", *CITATIONS.values()])
def test_a_document_is_negotiated_and_says_by_what(client: FlaskClient, media_type: str) -> None:
    response = client.get(MILL, headers={"Accept": media_type})
    assert response.mimetype == media_type
    is_worded = media_type not in SUFFIXES.values()
    varies = ("Accept", *(["Accept-Language"] if is_worded else []), "Accept-Encoding", "Accept-Datetime")
    assert response.headers["Vary"] == ", ".join(varies)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's JSON-LD parser
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("path", [MILL, "/def/m", "/def/shapes", "/doc/dataset/mills"])
def test_every_syntax_is_the_same_graph_to_another_library(client: FlaskClient, path: str, suffix: str) -> None:
    def graph(suffix: str) -> Graph:
        response = client.get(f"{path}.{suffix}")
        return Graph().parse(data=response.data, format=SUFFIXES[suffix])

    assert isomorphic(graph(suffix), graph("nt"))


def test_a_document_says_where_it_comes_from(client: FlaskClient) -> None:
    text = client.get(f"{MILL}.nt").text
    document = f"<{BASE}doc/mill/de-hoop>"
    assert f"{document} <http://xmlns.com/foaf/0.1/primaryTopic> <{BASE}id/mill/de-hoop> ." in text
    assert f'{document} <http://www.w3.org/ns/dcat#version> "2025.1" .' in text
    assert (
        f"{document} <http://purl.org/dc/terms/license> <http://creativecommons.org/publicdomain/zero/1.0/> ." in text
    )


def test_labels_of_everything_mentioned_come_along(client: FlaskClient) -> None:
    text = client.get(f"{MILL}.nt").text
    assert f'<{BASE}id/place/dyke> <http://www.w3.org/2000/01/rdf-schema#label> "dyke"@en .' in text
    assert f'<{BASE}def/m#sails> <http://www.w3.org/2000/01/rdf-schema#label> "wieken"@nl .' in text


def test_the_pages_of_what_links_to_a_thing_hold_each_link_once(client: FlaskClient) -> None:
    found: list[str] = []
    for page in (1, 2, 3):
        text = client.get(f"/doc/place/dyke.nt?page={page}").text
        found += [line for line in text.splitlines() if line.endswith(f"#stands> <{BASE}id/place/dyke> .")]
    assert len(found) == len(set(found)) == LINKS


@pytest.mark.parametrize(
    ("page", "status"), [("4", 404), ("0", 404), ("x", 400), ("-1", 400), ("9" * 30, 400), ("٣", 400)]
)
def test_a_page_that_there_is_not_is_an_error(client: FlaskClient, page: str, status: int) -> None:
    assert client.get("/doc/place/dyke.ttl", query_string={"page": page}).status_code == status


def test_only_prefixes_that_are_used_are_declared(client: FlaskClient) -> None:
    text = client.get(f"{MILL}.ttl").text
    assert "@prefix mill:" in text
    assert "@prefix unused:" not in text


@pytest.mark.parametrize(
    ("path", "spaces"), [("/def/m", ["def/m>", "def/m#"]), ("/def/shapes", ["def/shapes", ".well-known/genid/"])]
)
def test_an_ontology_and_shapes_are_served_whole_and_as_they_were_written(
    client: FlaskClient, path: str, spaces: list[str]
) -> None:
    served = Dataset(parse(client.get(f"{path}.ttl").data, format=RdfFormat.TURTLE))
    written = Dataset(
        Quad(*quad.triple)
        for quad in parse(path=HERE / "fixtures/mills.ttl", format=RdfFormat.TURTLE)
        if any(str(quad.subject).startswith(f"<{BASE}{space}") for space in spaces)
    )
    assert len(written) > 5
    assert served == written


def test_an_id_with_a_dot_is_no_suffix(client: FlaskClient) -> None:
    assert client.get("/doc/mill/de-hoop.v2").status_code == 200
    assert client.get("/doc/mill/de-hoop.v2.nt").mimetype == "application/n-triples"


def test_what_rdf_xml_cannot_express_is_refused_there_and_served_elsewhere(client: FlaskClient) -> None:
    assert client.get("/doc/odd/predicate.rdf").status_code == 406
    assert client.get("/doc/odd/predicate.ttl").status_code == 200


SPELLINGS = {
    f"{MILL}/": 308,
    "/id/mill/de-hoop/": 308,
    "/def/m/": 308,
    "/search/": 308,
    "/search/?q=mill": 308,
    "/release/": 308,
    "/release/2025.1/search/": 308,
    "/list/mill/": 308,
    "/timemap/doc/mill/de-hoop/": 308,
    "/nothing/": 404,
    "/doc/mill/nothing/": 404,
    "/doc/mill/d%65-hoop": 308,
    "/doc/mill/%64e-hoop.ttl?page=1": 308,
    "/doc/mill%2Fde-hoop": 400,
    "/doc/mill%2fde-hoop": 400,
    "/doc/mill/%00": 400,
    "/doc/mill/%ff": 400,
    "/doc/mill/%0d%0aSet-Cookie:x": 400,
    "/doc/mill/de%20hoop": 404,
    "/doc/mill/caf%C3%A9": 404,
    "/doc//mill/de-hoop": 404,
    "/doc/mill/DE-HOOP": 404,
    "/doc/mill/de-hoop;x": 404,
    "/doc/mill/de-hoop.xyz": 404,
    "/doc/mill/" + "x" * 5000: 404,
    "/doc/mill/%zz": 400,
    "/doc/mill/de-hoop%": 400,
    "/doc/mill/../mill/de-hoop": 308,
    "/doc/./mill/%2e%2e/mill/de-hoop": 308,
    "/../../doc/mill/de-hoop": 308,
    "/id": 404,
    "/id/": 404,
    "/list/mill": 200,
    "/list/nope": 404,
    "/": 200,
}


@pytest.mark.parametrize(("path", "status"), SPELLINGS.items())
def test_another_spelling_leads_to_the_right_one_or_nowhere(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    location = response.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith("//")
    if status == 308:
        assert client.get(location, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/release/9999/doc/x", "there is no release of this name; /release lists them"),
        ("/health/x", "there is nothing at this address"),
        ("/list/nothing", "there is no list of this name; there is mill"),
        ("/nothing", "this release has nothing of this name"),
    ],
)
def test_what_is_not_there_is_called_what_it_would_be(client: FlaskClient, path: str, said: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.text.splitlines()[1]) == (404, f"{path}: {said}")


def test_a_page_below_the_first_is_told_where_pages_begin(client: FlaskClient) -> None:
    answer = client.get("/list/mill?page=-1", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.text.splitlines()[1]) == (
        400,
        'page: expected a whole number from 1, found "-1"',
    )


def test_a_list_tells_what_it_can_be_sorted_by(client: FlaskClient) -> None:
    page = client.get("/list/mill?sort=foo&lang=en", headers={"Accept": "text/html"}).text
    assert "It can be sorted by: <code>name</code>" in page
    assert "It can be sorted by" not in client.get("/list/mill?foo=sort&lang=en", headers={"Accept": "text/html"}).text


def test_a_slash_at_the_end_is_too_many_at_figures_too(client: FlaskClient) -> None:
    for path in ("/places", "/embed/mill/de-hoop", "/chart/mill/de-hoop.csv"):
        response = client.get(f"{path}/?lang=en", environ_overrides={"SCRIPT_NAME": "/at"})
        assert (response.status_code, response.headers["Location"]) == (308, f"/at{path}?lang=en")


@pytest.mark.parametrize(
    "target",
    ["//evil.example/doc", "//evil.example/%2e%2e", "//evil.example/%64oc/", "/a/..//evil.example", "/.//evil.example"],
)
def test_a_path_that_looks_like_another_host_leads_nowhere(client: FlaskClient, target: str) -> None:
    sent = {"PATH_INFO": unquote(target), "RAW_URI": target, "REQUEST_URI": target}
    response = client.get("/", environ_overrides=sent)
    assert (response.status_code, response.headers.get("Location")) == (404, None)


def test_a_folder_above_the_static_files_is_not_reached(client: FlaskClient) -> None:
    assert client.get("/static/%2e%2e/app.py", follow_redirects=True).status_code == 404


@pytest.mark.parametrize(
    "path", [MILL, f"{MILL}.html", "/def/m", "/", "/list/mill", "/id/mill/de-hoop", "/doc/nope", "/sparql"]
)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_head_says_what_get_says(client: FlaskClient, path: str, accept: str) -> None:
    get, head = (client.open(path, method=method, headers={"Accept": accept}) for method in ("GET", "HEAD"))
    for response in (get, head):
        response.headers.pop("Date", None)  # another second may have begun
    assert (head.status_code, head.headers) == (get.status_code, get.headers)
    assert head.data == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused_with_what_is_allowed(client: FlaskClient, method: str) -> None:
    response = client.open(MILL, method=method)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("path", ["/id/mill/de-hoop", MILL, "/doc/nope", "/sparql", "/", "/static/nope"])
@pytest.mark.parametrize("accept", ["text/turtle", "text/html", "image/png"])
def test_every_answer_has_manners(client: FlaskClient, path: str, accept: str) -> None:
    headers = client.get(path, headers={"Accept": accept}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Referrer-Policy" in headers
    assert "Set-Cookie" not in headers


def test_what_is_not_accepted_is_answered_with_what_there_is(client: FlaskClient) -> None:
    response = client.get(MILL, headers={"Accept": "application/problem+json"})
    assert response.status_code == 406
    assert response.mimetype == "application/problem+json"
    alternates = json.loads(response.text)["alternates"]
    for alternate in alternates:
        assert client.get(alternate["href"]).mimetype == alternate["type"]
    assert len(alternates) == 7


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle", "application/problem+json"),
        ("*/*", "text/plain"),
        (BROWSER["Accept"], "text/html"),
        ("a/b", "text/plain"),
    ],
)
def test_an_error_speaks_the_clients_language(client: FlaskClient, accept: str, media_type: str) -> None:
    response = client.get("/doc/nope", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (404, media_type)


def test_the_links_say_how_to_find_and_to_cite_it(client: FlaskClient) -> None:
    link = client.get(MILL, headers={"Accept": "text/html"}).headers["Link"]
    for expected in (
        f'<{MILL}.ttl>; rel="alternate describedby"; type="text/turtle"',
        f'<{BASE}doc/mill/de-hoop>; rel="canonical"',
        f'<{BASE}id/mill/de-hoop>; rel="cite-as"',
        f'<{BASE}def/m#Mill>; rel="type"',
        '<https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"',
    ):
        assert expected in link


def test_html_is_in_the_language_asked_for(client: FlaskClient) -> None:
    english = client.get(MILL, headers={"Accept": "text/html", "Accept-Language": "en-GB"})
    varies = "Accept, Accept-Language, Accept-Encoding, Accept-Datetime"
    assert (english.headers["Content-Language"], english.headers["Vary"]) == ("en", varies)
    dutch = client.get(f"{MILL}.html?lang=nl", headers={"Accept-Language": "en"})
    assert dutch.headers["Content-Language"] == "nl"
    assert dutch.headers["Vary"] == "Accept-Encoding, Accept-Datetime"
    assert 'lang="nl"' in dutch.text


def test_rdf_does_not_depend_on_the_language(client: FlaskClient) -> None:
    answers = {client.get(f"{MILL}.ttl", headers={"Accept-Language": tag}).data for tag in ("nl", "en")}
    assert len(answers) == 1


@pytest.mark.parametrize(("suffix", "media_type"), CITATIONS.items())
@pytest.mark.parametrize("path", [MILL, "/def/m", "/release/2025.1", f"/release/2025.1{MILL}"])
def test_how_to_cite_a_document_has_an_address_of_its_own(
    client: FlaskClient, path: str, suffix: str, media_type: str
) -> None:
    english, dutch = (client.get(f"{path}.{suffix}?lang={tag}") for tag in ("en", "nl"))
    assert english.mimetype == dutch.mimetype == media_type
    assert english.headers["ETag"] != dutch.headers["ETag"]
    assert english.headers["Content-Language"] == "en"
    assert f"{BASE}release/2025.1" in english.text
    assert f"{path}.{suffix}" in english.headers["Link"]
    again = client.get(f"{path}.{suffix}?lang=en", headers={"If-None-Match": english.headers["ETag"]})
    assert again.status_code == 304


PAGES = ["/", "/list/mill", MILL, "/doc/place/dyke?page=2", "/def/m", "/release", "/sparql", "/sparql?query=ASK+%7B%7D"]


@pytest.mark.parametrize("path", [*PAGES, "/list/mill?q=hope", "/search?q=hope"])
def test_a_page_leads_to_itself_in_every_language_and_keeps_its_query(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    mark = "&" if "?" in path else "?"
    for tag in ("nl", "en"):
        assert (
            f'<{path}{mark}lang={tag}>; rel="alternate"; type="text/html"; hreflang="{tag}"' in response.headers["Link"]
        )
        assert client.get(f"{path}{mark}lang={tag}", headers=BROWSER).headers["Content-Language"] == tag
    assert f'<{path}>; rel="alternate"; type="text/html"; hreflang="x-default"' in response.headers["Link"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("nonsense", ["x=1", "x=" + "(" * 30_000, "&".join(f"x{n}=1" for n in range(900))])
def test_what_means_nothing_in_an_address_is_in_no_link(client: FlaskClient, path: str, nonsense: str) -> None:
    plain = client.get(path, headers=BROWSER)
    response = client.get(f"{path}{'&' if '?' in path else '?'}{nonsense}", headers=BROWSER)
    assert response.status_code == 200
    assert response.headers["Link"] == plain.headers["Link"]
    if "/list/" not in path:  # which tells people what it does not know
        assert response.text == plain.text


@pytest.mark.parametrize(
    "path",
    ["/sparql?query=ASK+%7B%7D%23" + "(" * 30_000, "/search?q=" + "%E4%B8%80" * 3000, "/list/mill?q=" + "(" * 30_000],
)
def test_headers_stay_short_however_long_the_query_is(client: FlaskClient, path: str) -> None:
    for accept in ("text/html", "*/*"):
        response = client.get(path, headers={"Accept": accept})
        assert response.status_code == 200
        assert sum(map(len, response.headers.values())) < 20_000
