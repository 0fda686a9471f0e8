"""Charts at their addresses: formats, validators, what a browser may do with them."""

from __future__ import annotations

import csv
import re
from base64 import b64encode
from hashlib import sha256
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.serve.pages.page import Page
from tests.serve.site import HERE, facts, publish

if TYPE_CHECKING:
    from flask.testing import FlaskClient

CHART = "/chart/mill/de-hoop"


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    releases = Releases(tmp_path_factory.mktemp("grain") / "releases")
    grain = [quad.triple for quad in parse(path=HERE / "fixtures/grain.ttl", format=RdfFormat.TURTLE)]
    publish(releases, "2025.1", [*facts(), *grain])
    return releases


@pytest.fixture
def client(ground: Releases) -> FlaskClient:
    return create_app(ground).test_client()


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "image/svg+xml"),
        ("image/*", "image/svg+xml"),
        ("text/csv", "text/csv"),
        ("text/html", "text/html"),
        ("text/html;q=0.5, text/csv", "text/csv"),
        ("image/avif,image/webp,image/svg+xml,image/*;q=0.8,*/*;q=0.5", "image/svg+xml"),
    ],
)
def test_a_chart_comes_as_what_is_accepted(client: FlaskClient, accept: str, media_type: str) -> None:
    response = client.get(CHART, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert response.headers["Vary"] == "Accept, Accept-Language, Accept-Encoding"
    there = client.get(response.headers["Content-Location"], headers={"Accept": "nothing/else"})
    assert (there.status_code, there.mimetype) == (200, media_type)
    assert media_type == "text/html" or there.data == response.data


def test_a_chart_that_is_not_accepted_is_told_where_it_is(client: FlaskClient) -> None:
    response = client.get(CHART, headers={"Accept": "text/turtle"})
    assert response.status_code == 406
    assert f"{CHART}.svg" in response.text


@pytest.mark.parametrize("suffix", ["svg", "csv", "html"])
def test_each_format_has_an_address_and_a_validator_of_its_own(client: FlaskClient, suffix: str) -> None:
    response = client.get(f"{CHART}.{suffix}?lang=nl")
    assert response.headers["Vary"] == "Accept-Encoding"
    tag = response.headers["ETag"]
    again = client.get(f"{CHART}.{suffix}?lang=nl", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert tag != client.get(f"{CHART}.{suffix}?lang=en").headers["ETag"]


def test_the_chart_for_a_narrow_screen_is_another_drawing_with_another_tag(client: FlaskClient) -> None:
    wide, small = (client.get(f"{CHART}.svg?lang=nl{size}") for size in ("", "&size=small"))
    assert 'width="760"' in wide.text
    assert 'width="340"' in small.text
    assert wide.headers["ETag"] != small.headers["ETag"]
    assert small.headers["Content-Location"] == f"{CHART}.svg?lang=nl&size=small"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{CHART}.svg?size=huge", 400),
        ("/chart/mill/nowhere.svg", 404),
        ("/chart/place/dyke.svg", 404),
        ("/chart/mill/de-hoop.png", 404),
        ("/chart/%00", 400),
        ("/chart/", 404),
    ],
)
def test_what_cannot_be_drawn_is_told(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_a_browser_may_use_the_style_of_a_chart_and_nothing_else(client: FlaskClient) -> None:
    response = client.get(f"{CHART}.svg")
    found = re.search(r"<style>(.*?)</style>", response.text, re.DOTALL)
    assert found
    digest = b64encode(sha256(found[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}';" in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_chart_of_a_release_stays_as_it_was(client: FlaskClient) -> None:
    response = client.get(f"/release/2025.1{CHART}.svg?lang=en")
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Location"].startswith("/release/2025.1/chart/")
    page = Page(client.get("/release/2025.1/doc/mill/de-hoop.html").text)
    assert [image.attributes["src"] for image in page.all("img", width="760")] == [
        f"/release/2025.1{CHART}.svg?lang=nl"
    ]


def test_the_page_of_a_chart_has_the_same_values_in_a_table_and_leads_to_the_thing(client: FlaskClient) -> None:
    page = Page(client.get(f"{CHART}.html?lang=en").text)
    assert page.texts("td", class_="numeric") == ["1,200", "1,350.5"]
    assert page.texts("a", href="/doc/mill/de-hoop?lang=en") == ["The page about this"]
    rows = list(csv.DictReader(StringIO(client.get(f"{CHART}.csv").text)))
    assert [(row["year"], row["value"]) for row in rows] == [("2019", "1200"), ("2020", "1350.5")]
