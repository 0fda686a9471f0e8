"""Two releases of the libraries in three data sets, of which the second changed one fact; and many data sets."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from si_lod.publish.road import publish
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.publish.conftest import Copy
from tests.publish.test_catalogue import divide, raise_version
from tests.serve import site as mills

BASE = "https://data.example.org/reading/"
DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
MANY = 205
HOSTILE = 'Café "De\\Hoek"\n<b>&amp;</b>, 📚 `$(x)` {y} \u2028 \u202e %0d'
"""Everything that ends something somewhere: quotes, a line end, markup, a comma, what turns text around."""


@pytest.fixture(scope="session")
def twice(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of releases 1 and 2; a branch was named otherwise in between."""
    folder = tmp_path_factory.mktemp("twice")
    copy = Copy(folder / "site")
    shutil.copytree(libraries, copy.root)
    divide(copy)
    releases = Releases(folder / "releases")
    publish(copy.source(), releases)
    raise_version(copy, "2", "2026-03-01")
    copy.replace("data/branches.csv", "Harbour branch", "Harbour")
    publish(copy.source(), releases)
    return releases.root


@pytest.fixture
def site(tmp_path: Path, libraries: Path) -> Copy:
    """A copy of the small site, to be changed at will."""
    shutil.copytree(libraries, tmp_path / "site")
    return Copy(tmp_path / "site")


@pytest.fixture
def client(twice: Path) -> FlaskClient:
    return create_app(Releases(twice)).test_client()


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release whose catalogue was written by hand: more data sets than two pages take."""
    releases = Releases(tmp_path_factory.mktemp("many") / "releases")
    mills.publish(releases, "1", mills.facts())
    (releases.root / "1/catalog.nt").write_text("".join(sorted(set(_lines()))), encoding="utf-8")
    return releases.root


@pytest.fixture(scope="session")
def hostile(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release in which titles, keywords and cells hold what breaks careless formats."""
    folder = tmp_path_factory.mktemp("hostile")
    copy = Copy(folder / "site")
    shutil.copytree(libraries, copy.root)
    divide(copy)
    text = HOSTILE.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    for title in ('"Library visits"@en', '"Branches"@en'):
        copy.replace("data/dataset.ttl", title, f'"{text}"@en')
    copy.replace(
        "data/dataset.ttl",
        'dcat:version "1" ;',
        f'dcat:version "1" ; dcat:keyword "{text}"@en ; dct:description "{text * 3}"@en ;',
    )
    copy.replace("data/branches.csv", "Harbour branch", '"' + HOSTILE.replace('"', '""') + '"')
    publish(copy.source(), Releases(folder / "releases"))
    return folder / "releases"


def told(headers: Headers) -> dict[str, str]:
    """Return the headers without what a clock wrote."""
    return {name: value for name, value in headers.items() if name != "Date"}


def _lines() -> list[str]:
    base, type_ = mills.BASE, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    root, agent, service = (f"<{base}id/{name}>" for name in ("catalog", "agent/miller", "data-service/sparql"))
    lines = [
        f"{root} {type_} <{DCAT}Catalog> .\n",
        f'{root} <{DCT}title> "Mills"@en .\n',
        f"{root} <{DCT}publisher> {agent} .\n",
        f"{root} <{DCAT}service> {service} .\n",
        f"{agent} {type_} <http://xmlns.com/foaf/0.1/Agent> .\n",
        f"{service} {type_} <{DCAT}DataService> .\n",
        f'<{base}id/alone> <{DCT}title> "Led to by nothing"@en .\n',
    ]
    for number in range(MANY):
        node, record, file = (f"<{base}id/{kind}/n{number}>" for kind in ("dataset", "catalog-record", "distribution"))
        lines += [
            f"{root} <{DCAT}dataset> {node} .\n",
            f"{root} <{DCAT}record> {record} .\n",
            f"{service} <{DCAT}servesDataset> {node} .\n",
            f"{record} {type_} <{DCAT}CatalogRecord> .\n",
            f"{record} <http://xmlns.com/foaf/0.1/primaryTopic> {node} .\n",
            f"{node} {type_} <{DCAT}Dataset> .\n",
            f'{node} <{DCT}title> "Number {number}"@en .\n',
            f"{node} <{DCT}publisher> {agent} .\n",
            f"{node} <{DCAT}distribution> {file} .\n",
            f"{node} <{DCT}isPartOf> <{base}id/dataset/n0> .\n",
            f"<{base}id/dataset/n0> <{DCT}hasPart> {node} .\n",
            f"{file} {type_} <{DCAT}Distribution> .\n",
            f"{file} <{DCAT}downloadURL> <{base}dump/n{number}.ttl> .\n",
        ]
    return lines
