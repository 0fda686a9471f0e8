"""Releases over HTTP: which there are, any address as it was in one, things that are no more."""

from __future__ import annotations

import json
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse
from rdflib import Graph
from rdflib.compare import isomorphic

from si_lod.index.presence import VERSION_IRI
from si_lod.release import CATALOG_FILE
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.nodes import TYPE
from si_lod.serve.opened import MOST, Opened, Serving
from tests.serve.library import BASE, publish_twice
from tests.serve.pages.page import Page
from tests.serve.site import BASE as MILLS
from tests.serve.site import facts, publish

if TYPE_CHECKING:
    from flask.testing import FlaskClient

COUNT = "/doc/count/v-1"
HTML = {"Accept": "text/html", "Accept-Language": "en"}
FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def twice(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    return publish_twice(libraries, tmp_path_factory.mktemp("twice"))


@pytest.fixture
def client(twice: Releases) -> FlaskClient:
    return create_app(twice).test_client()


# What releases say of themselves


@pytest.mark.parametrize("path", ["manifest.json", "changes/summary.json"])
def test_what_a_release_says_of_itself_is_read_again_only_when_it_is_another_file(
    libraries: Path, tmp_path: Path, path: str
) -> None:
    releases = publish_twice(libraries, tmp_path)
    client = create_app(releases).test_client()
    addresses = ("/release.json", "/release/2.json", "/release/1.json")
    before = [client.get(address).json for address in addresses]
    file = releases.root / "2" / path
    state = file.stat()
    file.write_bytes(b"{" * state.st_size)
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert [client.get(address).json for address in addresses] == before
    os.utime(file, ns=(0, 0))
    assert [client.get(address).json for address in addresses] != before


# Time travel


@pytest.mark.parametrize(
    ("path", "then", "now"), [(f"{COUNT}.nt", "12000", "12100"), (f"{COUNT}.html", "12.000", "12.100")]
)
def test_an_address_below_a_release_is_as_it_was_in_it(client: FlaskClient, path: str, then: str, now: str) -> None:
    asked = f"{path}?lang=nl"
    old, new = client.get(f"/release/1{asked}").text, client.get(asked).text
    assert (then in old, now in old) == (True, False)
    assert (then in new, now in new) == (False, True)


@pytest.mark.parametrize("name", ["a" * 300, "é" * 200])
@pytest.mark.parametrize(
    "path",
    [
        *["/{}", "/{}/{}", "/release/{}", "/release/{}/", "/release/{}/doc/", "/release/1/{}", "/id/release/{}"],
        *["/dump/{}", "/dump/{}.ttl", "/release/1/dump/{}", "/feed/{}", "/feed/{}/1", "/release/1/feed/{}"],
        *["/release/1/files/data/{}.csv", "/release/1/files/{}/a.csv", "/static/{}", "/static/{}.css"],
        *["/sitemap/{}-1.xml", "/doc/{}", "/doc/count/{}", "/def/{}", "/id/{}", "/list/{}", "/croissant/{}"],
    ],
)
def test_a_name_longer_than_any_file_can_have_is_of_nothing(client: FlaskClient, path: str, name: str) -> None:
    assert client.get(path.replace("{}", name), follow_redirects=True).status_code == 404


@pytest.mark.parametrize("path", [f"{COUNT}.ttl", f"{COUNT}.bib", "/def/read", "/", "/list/branch"])
def test_what_names_its_release_may_be_kept_for_a_year(client: FlaskClient, path: str) -> None:
    named = client.get(f"/release/1{path}", headers=HTML)
    assert (named.status_code, named.headers["Cache-Control"]) == (200, FOREVER)
    assert client.get(path, headers=HTML).headers["Cache-Control"] == "public, no-cache"


def test_errors_below_a_release_are_not_kept(client: FlaskClient) -> None:
    response = client.get("/release/1/doc/count/nope")
    assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-cache")


def test_a_query_is_answered_from_the_release_that_its_address_names(client: FlaskClient) -> None:
    query = f"SELECT ?v {{ <{BASE}id/count/v-1> <{BASE}def/read#visits> ?v }}"
    answers = [
        client.get(f"{root}/sparql", query_string={"query": query, "format": "csv"}).text.split()[1]
        for root in ("/release/1", "/release/2", "")
    ]
    assert answers == ["12000", "12100", "12100"]
    assert client.post("/release/1/sparql", data={"query": query, "format": "csv"}).text.split()[1] == "12000"


def test_redirects_and_links_stay_within_the_release(client: FlaskClient) -> None:
    at = {"SCRIPT_NAME": "/at"}
    assert client.get("/release/1/id/count/v-1", environ_overrides=at).headers["Location"] == f"/at/release/1{COUNT}"
    page = Page(client.get(f"/release/1{COUNT}", headers=HTML, environ_overrides=at).text)
    outside = {"/at/release", "/at/release/1/report", f"/at/timemap{COUNT}"}
    links = {a.attributes["href"] for a in page.all("a") if a.attributes["href"].startswith("/")} - outside
    assert len(links) > 10
    assert all(link.startswith("/at/release/1/") for link in links)
    assert {element.attributes["href"] for element in page.all("link", rel="stylesheet")} == {"/at/static/style.css"}


def test_a_page_says_that_it_is_of_an_older_time(client: FlaskClient) -> None:
    words = "You are reading release 1 of 1 February 2026, as it was."
    assert words in client.get(f"/release/1{COUNT}", headers=HTML).text
    for path in (COUNT, "/release/1/report", "/release/2/changes"):
        assert "as it was" not in client.get(path, headers=HTML).text


@pytest.mark.parametrize(
    "path",
    [
        f"/release/3{COUNT}",
        f"/release/1/release/2{COUNT}",
        "/release/1/release",
        "/release/.lock/",
        "/release/current/",
        "/release/../1/",
        "/release//doc/x",
        "/release/3",
        "/release/1.",
        "/release/1..ttl",
        "/release/refused/",
    ],
)
def test_there_is_no_other_way_to_a_release_than_its_own(client: FlaskClient, path: str) -> None:
    assert client.get(path, follow_redirects=True).status_code == 404


def test_many_releases_can_be_read_though_few_are_kept_open(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    versions = [str(number) for number in range(1, MOST + 4)]
    for version in versions:
        publish(releases, version, facts())
    client = create_app(releases).test_client()
    for version in (*versions, *reversed(versions)):
        assert f'"{version}"' in client.get(f"/release/{version}/doc/mill/de-hoop.nt").text


# The shelf


def test_the_releases_are_listed_the_last_first(client: FlaskClient) -> None:
    listed = client.get("/release.json").json
    assert listed is not None
    assert [(each["version"], each["current"]) for each in listed["releases"]] == [("2", True), ("1", False)]
    assert listed["releases"][0]["previous"] == "1"
    assert listed["releases"][0]["changes"]["facts"]["changed"] > 0
    page = Page(client.get("/release", headers=HTML).text)
    assert page.texts("h1") == ["Releases"]
    assert [cell.split()[0] for cell in page.texts("th", scope="row")] == ["2", "1"]
    assert {"/release/2/report", "/release/2/changes", "/release/1/report"} <= {
        a.attributes["href"] for a in page.all("a")
    }


def test_a_rollback_is_seen_on_the_shelf_at_once(libraries: Path, tmp_path: Path) -> None:
    releases = publish_twice(libraries, tmp_path)
    client = create_app(releases).test_client()
    first = client.get("/release.json")
    releases.switch("1")
    again = client.get("/release.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.json is not None
    assert [each["current"] for each in again.json["releases"]] == [False, True]


@pytest.mark.parametrize("path", ["/release", "/release.json", "/release.ttl", "/release/1", f"/timemap{COUNT}"])
def test_what_tells_which_releases_there_are_has_a_tag_and_no_date(client: FlaskClient, path: str) -> None:
    got = client.get(path)
    assert "Last-Modified" not in got.headers
    assert client.get(path, headers={"If-Modified-Since": "Tue, 01 Jan 2080 00:00:00 GMT"}).status_code == 200
    assert client.get(path, headers={"If-None-Match": got.headers["ETag"]}).status_code == 304


def test_a_release_has_an_iri_that_leads_to_what_is_said_of_it(client: FlaskClient) -> None:
    assert client.get("/id/release/1").headers["Location"] == "/release/1"
    text = client.get("/release/1", headers={"Accept": "application/n-triples"}).text
    assert f'<{BASE}id/release/1> <http://www.w3.org/ns/dcat#version> "1" .' in text
    assert f"<{BASE}id/dataset/visits> <http://www.w3.org/ns/dcat#hasVersion> <{BASE}id/release/1> ." in text
    assert "hasCurrentVersion" not in text
    assert client.get("/id/release/3").status_code == 404


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's JSON-LD parser
@pytest.mark.parametrize("path", ["/release", "/release/2", "/release/2/report", "/release/2/changes"])
def test_every_syntax_is_the_same_graph(client: FlaskClient, path: str) -> None:
    kinds = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
    graphs = [Graph().parse(data=client.get(f"{path}.{suffix}").data, format=kind) for suffix, kind in kinds.items()]
    assert len(graphs[0]) > 10
    assert all(isomorphic(graph, graphs[0]) for graph in graphs[1:])


@pytest.mark.parametrize("path", ["/release", "/release/2", "/release/2/report", "/release/2/changes"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_are_whole_and_in_the_language_asked_for(client: FlaskClient, path: str, language: str) -> None:
    response = client.get(path, headers={"Accept": "text/html", "Accept-Language": language})
    page = Page(response.text)
    assert response.headers["Content-Language"] == language
    assert (page.misplaced, page.open) == ([], [])
    assert len(page.all("h1")) == 1
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert {a.attributes["hreflang"] for a in page.all("a") if "hreflang" in a.attributes} == {"nl", "en"}


@pytest.mark.parametrize("path", ["/release.csv", "/release/2.csv", "/release/2/report.rdfp", "/release/2/changes.csv"])
def test_a_format_that_there_is_not_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_cannot_be_sent_is_told_with_what_can(client: FlaskClient) -> None:
    response = client.get("/release/2/changes", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "/release/2/changes.rdfp" in response.text


# Report and changes


def test_the_report_has_the_results_the_counts_and_the_comparison(client: FlaskClient) -> None:
    store = Store()
    store.extend(parse(client.get("/release/2/report.nt").data, format=RdfFormat.N_TRIPLES))
    kinds = [quad.object.value.rpartition("#")[2] for quad in store if quad.predicate.value.endswith("#type")]
    assert kinds.count("ValidationReport") == 1
    assert kinds.count("ValidationResult") == 1
    assert kinds.count("QualityMeasurement") == 10
    page = Page(client.get("/release/2/report", headers=HTML).text)
    headings = page.texts("summary")
    assert headings
    assert all(heading.startswith("Not met: ") for heading in headings), "a rule's name says what was asked"
    assert page.texts("p", class_="lead") == ["Validated: 0 violations, 1 warning"]
    assert "0 new, 0 gone, 1 kept" in page.texts("dd")
    assert any("says another number of visits" in text for text in page.texts("li"))


def test_every_page_says_how_its_release_was_validated(client: FlaskClient) -> None:
    for path, language, words in (
        ("/", "en", "Validated: 0 violations, 1 warning"),
        (COUNT, "nl", "Gevalideerd: 0 overtredingen, 1 waarschuwing"),
        ("/sparql", "en", "Validated: 0 violations, 1 warning"),
    ):
        page = Page(client.get(path, headers={"Accept": "text/html", "Accept-Language": language}).text)
        assert set(page.texts("a", href="/release/2/report")) == {words}


@pytest.mark.parametrize("path", ["/report", "/report.ttl", "/changes", "/changes.rdfp"])
def test_without_a_version_the_way_leads_to_the_present_release(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (302, f"/release/2{path}")
    assert response.headers["Cache-Control"] == "no-cache"


def test_the_changes_show_old_and_new_value_and_both_sources(client: FlaskClient) -> None:
    page = Page(client.get("/release/2/changes", headers=HTML).text)
    cells = page.texts("td")
    place = next(number for number, text in enumerate(cells) if text.startswith("12,000"))
    assert cells[place : place + 2] == [
        "12,000 source: Annual report 2024",
        "12,100 source: Annual report 2025",
    ]
    assert "/release/1/doc/report/annual-2024" in {a.attributes["href"] for a in page.all("a")}
    assert any(text.startswith("Market branch new") for text in page.texts("h2"))
    assert "/release/1/doc/count/v-3" in {a.attributes["href"] for a in page.all("a")}, (
        "what is gone is found where it was"
    )


def test_a_renamed_thing_is_one_change_and_neither_gone_nor_new(client: FlaskClient) -> None:
    page = Page(client.get("/release/2/changes", headers=HTML).text)
    named = [text for text in page.texts("h2") if "report" in text.lower() and "2024" in text]
    assert named == ["First report 2024 renamed"]
    assert "It was called: Annual report 2024 id/report/annual-2024, now: id/report/first-2024" in page.texts("p")
    assert page.all("a", href="/release/2/doc/report/first-2024")


def test_the_patch_served_makes_the_new_dump_of_the_old_one(client: FlaskClient, twice: Releases) -> None:
    response = client.get("/release/2/changes", headers={"Accept": "application/rdf-patch"})
    assert response.mimetype == "application/rdf-patch"
    old, new = ({str(quad) for quad in twice.open(version).store()} for version in "12")
    for row in response.text.splitlines():
        for quad in map(str, parse(row[2:], format=RdfFormat.N_QUADS)) if row[:2] in {"A ", "D "} else ():
            (old.add if row[0] == "A" else old.remove)(quad)
    assert old == new


def test_in_a_first_release_everything_is_new(client: FlaskClient, twice: Releases) -> None:
    total = twice.open("1").manifest.triples
    page = Page(client.get("/release/1/changes", headers=HTML).text)
    assert page.texts("p", class_="lead") == ["This is the first release: everything in it is new."]
    assert str(total) in page.texts("dd")
    assert "/release/1/changes" in {
        a.attributes["href"] for a in Page(client.get("/release", headers=HTML).text).all("a")
    }
    patch = client.get("/release/1/changes.rdfp").text.splitlines()
    assert [row[:2] for row in (patch[0], patch[1], patch[-1])] == ["H ", "TX", "TC"]
    assert sum(row.startswith("A ") for row in patch) == len(patch) - 3 == total
    text = client.get("/release/1/changes.txt", headers={"Accept-Language": "nl"}).text
    assert text == f"dit is de eerste versie; al haar {total} uitspraken zijn nieuw\n"
    triples = client.get("/release/1/changes.nt").text
    assert f"<{BASE}id/release/1> <http://www.w3.org/ns/prov#wasGeneratedBy>" in triples
    assert "wasRevisionOf" not in triples


def test_what_people_changed_comes_first_and_what_follows_is_folded_away(client: FlaskClient) -> None:
    text = client.get("/release/2/changes", headers=HTML).text
    page = Page(text)
    first, _, after = text.partition('id="aftermath"')
    assert "12,100" in first
    assert "Report of the validation" not in first
    assert "report of the validation" in after
    assert after.count("<details") >= 2
    assert page.all("details", open="") == []
    dutch = client.get("/release/2/changes", headers={**HTML, "Accept-Language": "nl"}).text
    assert "has quality metadata" not in dutch.lower()
    assert "verslag van de validatie" in dutch


@pytest.mark.parametrize("name", ["report", "changes"])
def test_the_text_is_in_the_language_of_the_reader(client: FlaskClient, name: str) -> None:
    texts = {}
    for language in ("nl", "en"):
        response = client.get(f"/release/2/{name}.txt", headers={"Accept-Language": language})
        assert (response.headers["Content-Language"], "Accept-Language" in response.headers["Vary"]) == (language, True)
        assert response.headers["Content-Location"] == f"/release/2/{name}.txt?lang={language}"
        assert client.get(f"/release/2/{name}.txt?lang={language}").text == response.text
        texts[language] = response.text
    assert texts["nl"] != texts["en"]


@pytest.mark.parametrize("suffix", ["nt", "ttl", "rdfp", "txt"])
def test_changes_have_a_length_and_a_tag(client: FlaskClient, suffix: str) -> None:
    whole = client.get(f"/release/2/changes.{suffix}")
    assert whole.headers["Content-Length"] == str(len(whole.data))
    head = client.head(f"/release/2/changes.{suffix}")
    assert (head.data, head.headers["Content-Length"]) == (b"", whole.headers["Content-Length"])
    again = client.get(f"/release/2/changes.{suffix}", headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


# Things that are no more


@pytest.mark.parametrize("path", ["/id/count/v-3", "/doc/count/v-3", "/doc/count/v-3.ttl", "/doc/count/v-3.html"])
@pytest.mark.parametrize("accept", ["text/turtle", "text/html", "application/json", "*/*"])
def test_what_is_withdrawn_is_gone_in_every_format_with_reason_and_successor(
    client: FlaskClient, path: str, accept: str
) -> None:
    response = client.get(path, headers={"Accept": accept, "Accept-Language": "nl"})
    assert response.status_code == 410
    assert response.headers["Link"] == '</id/count/v-4>; rel="successor-version"'
    assert response.headers["Vary"] == "Accept, Accept-Language" or accept in {"text/turtle", "application/json"}
    assert "dubbel geteld" in response.text
    assert "/id/count/v-4" in response.text


@pytest.mark.parametrize("path", ["/id/mill/burnt", "/doc/mill/burnt"])
def test_what_is_gone_tells_the_day_and_the_name_of_what_came_in_its_place(tmp_path: Path, path: str) -> None:
    withdrawn = f"""<{MILLS}id/mill/burnt> <http://www.w3.org/2002/07/owl#deprecated> true ;
        <http://purl.org/dc/terms/isReplacedBy> <{MILLS}id/mill/de-hoop> ;
        <http://purl.org/dc/terms/date> "2025-11-26"^^<http://www.w3.org/2001/XMLSchema#date> ."""
    stated = [quad.triple for quad in parse(withdrawn, format=RdfFormat.TURTLE)]
    publish(Releases(tmp_path), "1", [*facts(), *stated])
    client = create_app(Releases(tmp_path)).test_client()
    page = Page(client.get(path, headers={"Accept": "text/html", "Accept-Language": "nl"}).text)
    assert [link.text for link in page.all("a", href="/id/mill/de-hoop")] == ["De Hoop"]
    assert page.texts("p", class_="detail") == [f"{path}: ingetrokken op 26 november 2025"]
    assert client.get(path, headers={"Accept-Language": "nl"}).text.splitlines()[1:] == [
        f"{path}: ingetrokken op 26 november 2025",
        "in plaats daarvan:",
        "De Hoop  /id/mill/de-hoop",
    ]


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/embed/report/annual-2024", "/embed/report/first-2024"),
        ("/chart/report/annual-2024.svg", "/chart/report/first-2024.svg"),
        ("/chart/report/annual-2024?size=small", "/chart/report/first-2024?size=small"),
    ],
)
def test_figures_of_what_is_renamed_lead_on_for_good(client: FlaskClient, path: str, to: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (308, to)


@pytest.mark.parametrize("path", ["/embed/count/v-3", "/chart/count/v-3.svg", "/oembed?url=/doc/count/v-3"])
def test_figures_of_what_was_withdrawn_are_gone_with_the_reason(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept-Language": "en"})
    assert response.status_code == 410
    assert "counted <twice>" in response.text
    assert "/id/count/v-4" in response.text


def test_the_links_of_a_renamed_data_set_lead_on_for_good(twice: Releases, tmp_path: Path) -> None:
    renamed = f"<{MILLS}id/dataset/old> <http://purl.org/dc/terms/isReplacedBy> <{MILLS}id/dataset/mills> ."
    publish(Releases(tmp_path), "1", [*facts(), *(quad.triple for quad in parse(renamed, format=RdfFormat.TURTLE))])
    shutil.copy(twice.root / "2" / CATALOG_FILE, tmp_path / "1" / CATALOG_FILE)
    client = create_app(Releases(tmp_path)).test_client()
    for path, to in (
        ("/linkset/dataset/old", "/linkset/dataset/mills"),
        ("/croissant/old.json", "/croissant/mills.json"),
    ):
        response = client.get(path)
        assert (response.status_code, response.headers["Location"]) == (308, to)


def test_the_details_of_a_withdrawal_have_the_reason_in_every_language(client: FlaskClient) -> None:
    details = json.loads(client.get("/id/count/v-3", headers={"Accept": "application/json"}).text)
    assert details["reason"] == {"en": "counted <twice>", "nl": "dubbel geteld"}
    assert (details["status"], details["successor"]) == (410, "/id/count/v-4")


def test_a_reason_is_text_and_no_markup(client: FlaskClient) -> None:
    text = client.get("/id/count/v-3", headers=HTML).text
    assert "counted &lt;twice&gt;" in text
    assert "<twice>" not in text


def test_what_was_withdrawn_later_is_still_there_before(client: FlaskClient) -> None:
    assert client.get("/release/1/doc/count/v-3.ttl").status_code == 200


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/id/report/annual-2024", "/id/report/first-2024"),
        ("/doc/report/annual-2024", "/doc/report/first-2024"),
        ("/doc/report/annual-2024.ttl", "/doc/report/first-2024.ttl"),
    ],
)
def test_what_is_renamed_leads_on_for_good(client: FlaskClient, path: str, to: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (308, to)
    assert client.get(to).status_code == (303 if to.startswith("/id/") else 200)


def test_the_old_page_of_what_was_withdrawn_since_says_so_and_why(client: FlaskClient) -> None:
    page = Page(client.get("/release/1/doc/count/v-3", headers=HTML).text)
    assert page.texts("p", class_="told fate") == [
        "It was withdrawn since then. Reason: counted <twice>. What is said of it now"
    ]
    assert page.all("a", href="/doc/count/v-3")
    assert not Page(client.get("/release/1/doc/count/v-1", headers=HTML).text).all("p", class_="told fate")


def test_the_old_page_of_what_is_renamed_since_leads_to_what_it_is_called_now(client: FlaskClient) -> None:
    page = Page(client.get("/release/1/doc/report/annual-2024", headers=HTML).text)
    assert page.texts("p", class_="told fate") == ["Since then it has another name: First report 2024"]
    assert page.texts("a", href="/doc/report/first-2024") == ["First report 2024"]


@pytest.mark.parametrize(("path", "old"), [(f"{COUNT[:-3]}v-4", "v-3"), ("/doc/report/first-2024", "annual-2024")])
@pytest.mark.parametrize(("language", "words"), [("en", "took the place of 1"), ("nl", "kwam in de plaats van 1")])
def test_what_a_thing_was_before_is_told_from_its_own_side(
    client: FlaskClient, path: str, old: str, language: str, words: str
) -> None:
    page = Page(client.get(path, headers=HTML | {"Accept-Language": language}).text)
    assert words in page.texts("summary")
    assert [link for link in page.all("a") if link.attributes["href"].endswith(old)]
    assert "replaced by" not in page.html


@pytest.mark.parametrize("thing", ["count/v-1", "count/v-3"])
def test_a_page_that_can_tell_what_became_of_a_thing_is_asked_for_again(client: FlaskClient, thing: str) -> None:
    path = f"/release/1/doc/{thing}"
    page = client.get(path, headers=HTML)
    assert page.headers["Cache-Control"] == "public, no-cache"
    # When it is as it was again, after a rollback, a date would be older than that of the page that told otherwise.
    assert "Last-Modified" not in page.headers
    assert client.get(path, headers=HTML | {"If-None-Match": page.headers["ETag"]}).status_code == 304
    for suffix in ("ttl", "bib", "csl.json"):
        assert client.get(f"{path}.{suffix}").headers["Cache-Control"] == FOREVER


# Memento


def ways(header: str) -> dict[str, str]:
    """Return the targets of a Link header or TimeMap by their relation."""
    return {relation: target for target, relation in re.findall(r'<([^>]*)>; rel="([^"]*)"', header)}


@pytest.mark.parametrize(
    ("wanted", "version"),
    [
        ("Sat, 31 Jan 2026 00:00:00 GMT", "1"),
        ("Sun, 01 Feb 2026 00:00:00 GMT", "1"),
        ("Thu, 30 Apr 2026 23:59:59 GMT", "1"),
        ("Fri, 01 May 2026 00:00:00 GMT", "2"),
        ("Tue, 01 Jan 2080 00:00:00 GMT", "2"),
    ],
)
@pytest.mark.parametrize("path", [COUNT, f"{COUNT}.ttl"])
def test_a_document_leads_to_itself_as_it_was_at_a_time(
    client: FlaskClient, path: str, wanted: str, version: str
) -> None:
    response = client.get(f"{path}?page=1", headers={"Accept-Datetime": wanted})
    assert (response.status_code, response.headers["Location"]) == (302, f"/release/{version}{path}?page=1")
    assert response.headers["Vary"] == "Accept-Datetime"
    found = ways(response.headers["Link"])
    assert found["original timegate"] == path
    assert found["timemap"] == f"/timemap{path}"
    assert (found["first memento"], found["last memento"]) == (f"/release/1{path}", f"/release/2{path}")


def test_a_memento_tells_its_time_and_the_ways(client: FlaskClient) -> None:
    response = client.get(f"/release/1{COUNT}", headers={"Accept-Datetime": "Tue, 01 Jan 2080 00:00:00 GMT"})
    assert response.status_code == 200
    assert response.headers["Memento-Datetime"] == "Sun, 01 Feb 2026 00:00:00 GMT"
    assert response.headers["Vary"] == "Accept, Accept-Encoding"
    assert ways(response.headers["Link"])["original timegate"] == COUNT


def test_the_document_as_it_is_now_is_no_memento_and_says_that_time_matters(client: FlaskClient) -> None:
    response = client.get(COUNT)
    assert "Memento-Datetime" not in response.headers
    assert response.headers["Vary"] == "Accept, Accept-Encoding, Accept-Datetime"
    assert ways(response.headers["Link"])["timemap"] == f"/timemap{COUNT}"
    again = client.get(COUNT, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.headers["Link"]) == (304, response.headers["Link"])


def test_a_time_that_is_none_is_the_clients_error(client: FlaskClient) -> None:
    assert client.get(COUNT, headers={"Accept-Datetime": "yesterday"}).status_code == 400


def test_what_is_gone_can_be_read_as_it_was(client: FlaskClient) -> None:
    response = client.get("/doc/count/v-3", headers={"Accept-Datetime": "Tue, 01 Jan 2080 00:00:00 GMT"})
    assert response.headers["Location"] == "/release/1/doc/count/v-3"
    assert (
        client.get("/doc/count/nope", headers={"Accept-Datetime": "Tue, 01 Jan 2080 00:00:00 GMT"}).status_code == 404
    )


def test_the_timemap_lists_every_memento_with_its_time(client: FlaskClient) -> None:
    response = client.get(f"/timemap{COUNT}")
    assert response.mimetype == "application/link-format"
    span = 'from="Sun, 01 Feb 2026 00:00:00 GMT"; until="Fri, 01 May 2026 00:00:00 GMT"'
    assert response.text.splitlines() == [
        f'<{BASE}doc/count/v-1>; rel="original timegate",',
        f'<{BASE}timemap/doc/count/v-1>; rel="self"; type="application/link-format"; {span},',
        f'<{BASE}release/1/doc/count/v-1>; rel="first memento"; datetime="Sun, 01 Feb 2026 00:00:00 GMT",',
        f'<{BASE}release/2/doc/count/v-1>; rel="last memento"; datetime="Fri, 01 May 2026 00:00:00 GMT"',
    ]


@pytest.mark.parametrize(("language", "words"), [("en", "Versions through time"), ("nl", "Versies door de tijd")])
def test_the_timemap_is_a_page_for_who_reads_it_in_a_browser(client: FlaskClient, language: str, words: str) -> None:
    response = client.get(f"/timemap{COUNT}", headers={"Accept": "text/html", "Accept-Language": language})
    page = Page(response.text)
    assert response.status_code == 200
    assert response.headers["Vary"].startswith("Accept, Accept-Language")
    assert (page.misplaced, page.open, page.texts("h1")) == ([], [], [words])
    assert {f"/release/1{COUNT}", f"/release/2{COUNT}", COUNT} <= {a.attributes["href"] for a in page.all("a")}


def test_the_timemap_calls_a_thing_by_its_name_and_what_is_gone_by_its_reference(client: FlaskClient) -> None:
    for path, name in (("branch/hill", "Hill branch"), ("count/v-3", "count/v-3")):
        page = Page(client.get(f"/timemap/doc/{path}", headers=HTML).text)
        assert page.texts("a", href=f"/doc/{path}") == [name]


def test_a_timemap_has_only_releases_that_describe_the_thing(client: FlaskClient) -> None:
    assert ways(client.get("/timemap/doc/count/v-3").text)["first last memento"] == f"{BASE}release/1/doc/count/v-3"
    assert (
        ways(client.get("/timemap/doc/branch/market").text)["first last memento"]
        == f"{BASE}release/2/doc/branch/market"
    )
    assert client.get("/timemap/doc/branch/nope").status_code == 404
    assert client.get(f"/release/1/timemap{COUNT}").status_code == 404


@pytest.mark.parametrize(("path", "whole"), [("/doc/mill/de-hoop", {12}), ("/doc/mill/nameless", {1, 5, 12})])
def test_a_time_opens_no_release_but_those_that_it_could_lead_to(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, path: str, whole: set[int]
) -> None:
    releases = Releases(tmp_path)
    nameless = Triple(NamedNode(f"{MILLS}id/mill/nameless"), TYPE, NamedNode(f"{MILLS}def/m#Mill"))
    for month in range(1, 13):
        publish(releases, f"{month:02}", [*facts(), nameless], issued=f"2025-{month:02}-01")
        if month not in whole:
            for file in (tmp_path / f"{month:02}/store").iterdir():
                file.unlink()
    response = (
        create_app(releases).test_client().get(path, headers={"Accept-Datetime": "Tue, 20 May 2025 00:00:00 GMT"})
    )
    assert response.headers["Location"] == f"/release/05{path}"
    assert "cannot be opened" not in caplog.text


def test_what_no_release_has_opens_none_to_see_that(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    releases = Releases(tmp_path)
    ontology = NamedNode(f"{MILLS}def/m")
    defined = Triple(ontology, TYPE, NamedNode("http://www.w3.org/2002/07/owl#Ontology"))
    for month in range(1, 6):
        version = Triple(ontology, NamedNode(VERSION_IRI), NamedNode(f"{MILLS}def/m/1.{month}.0"))
        publish(releases, f"{month:02}", [*facts(), defined, version], issued=f"2025-{month:02}-01")
        if month < 5:
            (tmp_path / f"{month:02}/store/CURRENT").unlink()
    client = create_app(releases).test_client()
    time = {"Accept-Datetime": "Tue, 20 May 2025 00:00:00 GMT"}
    for path in ("/doc/mill/never", "/doc/mill/never.ttl", "/timemap/doc/mill/never", "/def/m/9.9.9"):
        assert client.get(path, headers=time).status_code == 404
    assert client.get("/def/m/1.3.0").headers["Location"] == "/release/03/def/m/1.3.0"
    assert "cannot be opened" not in caplog.text


def test_who_waits_for_a_release_to_be_opened_waits_for_no_other(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", facts())
    serving, opened, go_on = Serving.of(releases.open("1")), Opened(), Event()

    def slowly() -> Serving:
        assert go_on.wait(60)
        return serving

    with ThreadPoolExecutor() as threads:
        slow = threads.submit(opened.get, "slow", slowly)
        assert threads.submit(opened.get, "quick", lambda: serving).result(60) is serving
        assert not slow.done()
        go_on.set()
        assert slow.result(60) is serving
