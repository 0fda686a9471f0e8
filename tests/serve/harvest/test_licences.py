"""Within DCAT a licence is a code that portals know; everywhere else it is the address of whoever wrote it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from si_lod.publish.road import publish
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.licences import own_address
from tests.publish.conftest import Copy
from tests.publish.test_catalogue import divide

CODE = "http://publications.europa.eu/resource/authority/licence/CC0"
OWN = "https://creativecommons.org/publicdomain/zero/1.0/"
OLD = OWN.replace("https", "http")
CATALOG = f"""
<catalog> a dcat:Catalog ; dct:title "Reading"@en ; dct:creator <agent/reader> ; dct:license <{CODE}> .
"""
VALUES = f"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<{CODE}> skos:prefLabel "CC0"@en ; skos:exactMatch <{OLD}>, <https://example.org/cc0> .
"""


@pytest.fixture(scope="module")
def client(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The libraries with a licence out of a list of codes."""
    folder = tmp_path_factory.mktemp("coded")
    copy = Copy(folder / "site")
    shutil.copytree(libraries, copy.root)
    divide(copy)
    copy.replace("data/dataset.ttl", OLD, CODE)
    copy.write("data/dataset.ttl", (copy.root / "data/dataset.ttl").read_text(encoding="utf-8") + CATALOG)
    (copy.root / "data/catalog").mkdir()
    copy.write("data/catalog/values.ttl", VALUES)
    publish(copy.source(), Releases(folder / "releases"))
    return create_app(Releases(folder / "releases")).test_client()


@pytest.mark.parametrize(
    "path",
    [
        "catalog",
        "catalog.html",
        "doc/dataset/branches",
        "doc/dataset/branches.ttl",
        "doc/branch/harbour",
        "dump/visits.ttl",
    ],
)
def test_a_header_has_the_licences_own_address(client: FlaskClient, path: str) -> None:
    links = client.head(f"/{path}").headers["Link"]
    assert re.findall(r'<([^>]*)>; rel="license"', links) == [OWN]


@pytest.mark.parametrize("path", ["", "catalog.html", "doc/dataset/branches.html", "doc/branch/harbour.html"])
def test_a_page_leads_to_the_licences_own_address(client: FlaskClient, path: str) -> None:
    page = client.get(f"/{path}", headers={"Accept": "text/html"}).text
    assert f'<link rel="license" href="{OWN}">' in page
    assert CODE not in re.sub(r"<dd>.*?</dd>", "", page), "but for what the data set says of itself"


@pytest.mark.parametrize(
    "path",
    ["croissant/branches.json", "dump/datapackage.json", "linkset/dataset/branches", "doc/branch/harbour.bib"],
)
def test_a_description_for_programs_has_the_licences_own_address(client: FlaskClient, path: str) -> None:
    text = client.get(f"/{path}").text
    assert OWN in text
    assert CODE not in text


def test_search_engines_are_told_the_licences_own_address(client: FlaskClient) -> None:
    page = client.get("/doc/dataset/branches.html").text
    assert set(re.findall(r'"license": "([^"]*)"', page)) == {OWN}


@pytest.mark.parametrize("path", ["catalog.nt", "doc/dataset/branches.nt"])
def test_dcat_keeps_the_code_that_portals_know(client: FlaskClient, path: str) -> None:
    assert f"terms/license> <{CODE}>" in client.get(f"/{path}").text


def test_what_nobody_knows_better_keeps_its_address() -> None:
    assert own_address([], lambda _: [CODE]) == ""
    assert own_address([CODE], lambda _: []) == CODE
    assert own_address(["https://example.org/terms"], lambda _: [OLD]) == OWN


def test_openapi_names_it_as_the_catalogue_does_and_leads_to_its_own_address(client: FlaskClient) -> None:
    assert json.loads(client.get("/openapi.json").data)["info"]["license"] == {"name": "CC0", "url": OWN}
