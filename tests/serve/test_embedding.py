"""Figures within pages of others: the page that is framed, the HTML to paste, and oEmbed."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.serve.library import BASE, publish_twice
from tests.serve.pages.page import Page

if TYPE_CHECKING:
    from flask.testing import FlaskClient

HTML = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.fixture(scope="module")
def twice(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    return publish_twice(libraries, tmp_path_factory.mktemp("twice"))


@pytest.fixture
def client(twice: Releases) -> FlaskClient:
    return create_app(twice).test_client()


def test_figures_may_be_framed_by_anyone_and_no_other_page_may(client: FlaskClient) -> None:
    framed = client.get("/embed/branch/harbour", headers=HTML)
    assert framed.status_code == 200
    assert framed.headers["Content-Security-Policy"].endswith("frame-ancestors *")
    assert "default-src 'none'" in framed.headers["Content-Security-Policy"]
    for path in ("/", "/doc/branch/harbour", "/embed/branch/nowhere", "/oembed?url=/doc/branch/harbour"):
        assert client.get(path, headers=HTML).headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")


def test_what_is_framed_says_where_it_comes_from_and_leads_there(client: FlaskClient) -> None:
    page = Page(client.get("/embed/branch/harbour?lang=en", headers=HTML).text)
    assert len(page.all("h1")) == 1
    assert page.all("tr")
    (source,) = page.all("footer")
    assert "release 2 of 1 May 2026" in source.text
    assert f"{BASE}doc/branch/harbour" in {a.attributes["href"] for a in page.all("a")}
    assert page.all("base")[0].attributes == {"target": "_blank"}


def test_an_observation_can_be_embedded_by_itself(client: FlaskClient) -> None:
    page = Page(client.get("/embed/count/v-1?lang=en", headers=HTML).text)
    assert "12,100" in page.all("table")[0].text


def test_a_release_that_is_named_stays_as_it_was_when_framed(client: FlaskClient) -> None:
    assert "12,000" in client.get("/release/1/embed/count/v-1?lang=en", headers=HTML).text
    assert f'src="{BASE}release/1/embed/count/v-1?lang=en"' in snippets(client, "/release/1/doc/count/v-1")


def test_a_thing_without_figures_cannot_be_framed(client: FlaskClient) -> None:
    assert client.get("/embed/dataset/visits", headers=HTML).status_code == 404
    assert client.get("/embed/branch/nowhere", headers=HTML).status_code == 404
    assert client.get("/embed/branch/harbour", headers={"Accept": "text/turtle"}).status_code == 406


def snippets(client: FlaskClient, path: str) -> str:
    """Return what a page offers to be pasted."""
    page = Page(client.get(f"{path}?lang=en", headers=HTML).text)
    (code,) = (code.text for code in page.all("code") if "<iframe" in code.text)
    return code


def test_a_page_offers_the_html_to_paste_and_programs_find_it(client: FlaskClient) -> None:
    assert f'src="{BASE}embed/branch/harbour?lang=en"' in snippets(client, "/doc/branch/harbour")
    page = Page(client.get("/doc/branch/harbour?lang=en", headers=HTML).text)
    (found,) = page.all("link", type="application/json+oembed")
    answer = client.get(html.unescape(found.attributes["href"]))
    assert answer.mimetype == "application/json"
    told = json.loads(answer.text)
    assert (told["version"], told["type"], told["width"], told["height"]) == ("1.0", "rich", 720, 560)
    (iframe,) = Page(told["html"]).all("iframe")
    assert iframe.attributes["src"] == f"{BASE}embed/branch/harbour?lang=en"
    assert iframe.attributes["title"] == told["title"]


@pytest.mark.parametrize(
    "url",
    [
        f"{BASE}id/branch/harbour",
        f"{BASE}doc/branch/harbour",
        "http://localhost:8000/doc/branch/harbour.html?lang=nl",
        "https://other.example/at/a/prefix/embed/branch/harbour",
    ],
)
def test_the_address_may_be_any_at_which_the_page_is_found(client: FlaskClient, url: str) -> None:
    told = json.loads(client.get("/oembed", query_string={"url": url, "maxwidth": "400", "maxheight": "9999"}).text)
    assert (told["width"], told["height"]) == (400, 560)
    assert "other.example" not in json.dumps(told)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": f"{BASE}doc/branch/nowhere"}, 404),
        ({"url": ""}, 400),
        ({}, 400),
        ({"url": "http://[/doc/branch/harbour"}, 400),
        ({"url": "/doc/branch/harbour", "format": "yaml"}, 501),
        ({"url": "/doc/branch/harbour", "maxwidth": "-1"}, 400),
        ({"url": "/doc/branch/harbour", "maxwidth": "0"}, 400),
        ({"url": "/doc/branch/harbour", "maxheight": "1e3"}, 400),
        ({"url": "/doc/dataset/visits"}, 404),
        ({"url": f"{BASE}release/9/doc/branch/harbour"}, 404),
        ({"url": f"{BASE}release/1/doc/branch/nowhere"}, 404),
        ({"url": "/doc/../../etc/passwd"}, 404),
        ({"url": "/doc/<script>"}, 404),
    ],
)
def test_what_cannot_be_framed_is_told(client: FlaskClient, query: dict[str, str], status: int) -> None:
    assert client.get("/oembed", query_string=query).status_code == status


def test_a_renamed_thing_is_framed_by_its_new_name(client: FlaskClient) -> None:
    answer = client.get("/oembed?url=/doc/report/annual-2024&lang=en")
    assert answer.status_code == client.get("/oembed?url=/doc/report/first-2024&lang=en").status_code
    assert answer.get_data() == client.get("/oembed?url=/doc/report/first-2024&lang=en").get_data()


def test_the_frame_is_in_the_language_of_the_page_unless_another_is_asked_for(client: FlaskClient) -> None:
    def frames(**asked: str) -> str:
        answer = client.get("/oembed", query_string=asked, headers={"Accept-Language": "nl"})
        return Page(json.loads(answer.text)["html"]).all("iframe")[0].attributes["src"]

    assert frames(url="/doc/branch/harbour?lang=en").endswith("?lang=en")
    assert frames(url="/doc/branch/harbour?lang=xx").endswith("?lang=nl")
    assert frames(url="/doc/branch/harbour?lang=en", lang="nl").endswith("?lang=nl")


def test_what_has_no_frame_is_named_by_the_address_that_was_asked_about(client: FlaskClient) -> None:
    answer = client.get("/oembed", query_string={"url": f"{BASE}doc/branch/nowhere"}, headers={"Accept-Language": "en"})
    assert answer.text.splitlines()[1] == f"{BASE}doc/branch/nowhere: this release has nothing of this name"


def test_a_thing_without_figures_has_a_problem_for_an_answer_and_no_frame(client: FlaskClient) -> None:
    answer = client.get("/oembed?url=/doc/dataset/visits", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert "iframe" not in answer.text
    assert not Page(client.get("/doc/dataset/visits", headers=HTML).text).all("link", type="application/json+oembed")


@pytest.mark.parametrize("address", ["/oembed", "/release/2/oembed"])
def test_a_frame_of_the_page_in_a_release_stays_in_that_release(client: FlaskClient, address: str) -> None:
    told = json.loads(client.get(address, query_string={"url": f"{BASE}release/1/doc/count/v-1", "lang": "en"}).text)
    (iframe,) = Page(told["html"]).all("iframe")
    assert iframe.attributes["src"] == f"{BASE}release/1/embed/count/v-1?lang=en"
    assert client.get(iframe.attributes["src"].removeprefix(BASE[:-1])).status_code == 200


@pytest.mark.parametrize("size", [1, 50, 119, 400, 99999])
def test_a_frame_is_never_larger_than_who_asks_has_room_for(client: FlaskClient, size: int) -> None:
    told = json.loads(client.get(f"/oembed?url=/doc/branch/harbour&maxwidth={size}&maxheight={size}").text)
    assert (told["width"], told["height"]) == (min(size, 720), min(size, 560))
    (iframe,) = Page(told["html"]).all("iframe")
    assert (iframe.attributes["width"], iframe.attributes["height"]) == (str(told["width"]), str(told["height"]))


def test_how_to_frame_is_told_as_xml_too(client: FlaskClient) -> None:
    page = Page(client.get("/doc/branch/harbour?lang=en", headers=HTML).text)
    (found,) = page.all("link", type="text/xml+oembed")
    address = html.unescape(found.attributes["href"])
    answer = client.get(address)
    assert answer.mimetype == "text/xml"
    root = ET.fromstring(answer.data)  # noqa: S314  our own answer
    told = json.loads(client.get(address.replace("format=xml", "format=json")).text)
    assert {child.tag: child.text for child in root} == {name: str(value) for name, value in told.items()}
    assert answer.headers["ETag"] != client.get(address.replace("format=xml", "format=json")).headers["ETag"]
