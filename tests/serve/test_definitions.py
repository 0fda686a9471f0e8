"""Definitions over HTTP: the overview's own address, and versions that are no longer the present one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.serve.site import BASE, facts, publish

if TYPE_CHECKING:
    from flask.testing import FlaskClient

OWL = "http://www.w3.org/2002/07/owl#"
IMAGE = "/def/m.svg"


def versioned(version: str) -> list[Triple]:
    """Return the facts with an ontology of that version."""
    ontology = NamedNode(f"{BASE}def/m")
    return [
        *facts(),
        Triple(ontology, NamedNode(f"{OWL}versionIRI"), NamedNode(f"{ontology.value}/{version}")),
        Triple(ontology, NamedNode(f"{OWL}versionInfo"), Literal(version)),
    ]


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """A folder with three releases, of which the first two have one version of the ontology and the last another."""
    releases = Releases(tmp_path_factory.mktemp("versions") / "releases")
    publish(releases, "2025.1", versioned("1.0.0"), issued="2025-03-01")
    publish(releases, "2025.2", versioned("1.0.0"), issued="2025-06-01")
    publish(releases, "2026.1", versioned("1.1.0"), issued="2026-03-01")
    return releases


@pytest.fixture
def reader(versions: Releases) -> FlaskClient:
    return create_app(versions).test_client()


def test_the_overview_is_an_image_at_an_address_of_its_own_whatever_is_accepted(client: FlaskClient) -> None:
    response = client.get(IMAGE, headers={"Accept": "text/turtle"})
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    root = ET.fromstring(response.text)  # noqa: S314  made by us
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert f'<{BASE}def/m>; rel="describes"' in response.headers["Link"]


def test_the_overview_is_in_the_readers_language_and_says_so(client: FlaskClient) -> None:
    dutch = client.get(IMAGE, headers={"Accept-Language": "nl"})
    english = client.get(f"{IMAGE}?lang=en", headers={"Accept-Language": "nl"})
    assert ("molen" in dutch.text, dutch.headers["Content-Language"], dutch.vary.as_set()) == (
        True,
        "nl",
        {"accept-language", "accept-encoding"},
    )
    assert ("mill" in english.text, english.headers["Content-Language"], english.vary.as_set()) == (
        True,
        "en",
        {"accept-encoding"},
    )
    assert dutch.headers["ETag"] != english.headers["ETag"]


def test_the_overview_is_not_sent_again_to_who_has_it(client: FlaskClient) -> None:
    etag = client.get(IMAGE).headers["ETag"]
    assert client.get(IMAGE, headers={"If-None-Match": etag}).status_code == 304


def test_the_overview_asks_for_nothing_from_elsewhere_and_has_no_style_that_the_policy_forbids(
    client: FlaskClient,
) -> None:
    text = client.get(IMAGE, environ_overrides={"SCRIPT_NAME": "/at"}).text
    assert 'href="/at/static/style.css"' in text
    assert 'href="/at/def/m#Mill"' in text
    assert "style=" not in text
    assert "<style" not in text


def test_a_document_without_classes_has_no_overview(client: FlaskClient) -> None:
    assert client.get("/def/shapes.svg").status_code == 404


def test_the_present_version_is_the_document(reader: FlaskClient) -> None:
    assert reader.get("/def/m/1.1.0.ttl").data == reader.get("/def/m.ttl").data


@pytest.mark.parametrize("suffix", ["", ".ttl", ".html", ".svg"])
def test_an_older_version_is_in_the_newest_release_that_has_it(reader: FlaskClient, suffix: str) -> None:
    response = reader.get(f"/def/m/1.0.0{suffix}?lang=nl")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/release/2025.2/def/m/1.0.0{suffix}?lang=nl"
    assert reader.get(response.headers["Location"]).status_code == 200


def test_an_older_version_says_that_it_is_that_version(reader: FlaskClient) -> None:
    response = reader.get("/def/m/1.0.0.nt", follow_redirects=True)
    assert f'<{OWL}versionInfo> "1.0.0"' in response.text


@pytest.mark.parametrize(
    "path", ["/def/m/0.9.0", "/def/m/1.0.0/more", "/def/none/1.0.0", "/release/2026.1/def/m/1.0.0"]
)
def test_a_version_that_never_was_is_nowhere(reader: FlaskClient, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_an_older_version_is_found_below_where_the_application_runs(reader: FlaskClient) -> None:
    response = reader.get("/def/m/1.0.0", environ_overrides={"SCRIPT_NAME": "/at"})
    assert response.headers["Location"] == "/at/release/2025.2/def/m/1.0.0"
