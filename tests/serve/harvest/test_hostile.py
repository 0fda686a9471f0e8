"""Text that ends something somewhere comes out of everything that is served as it went in."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, RdfFormat, parse
from rdflib import Graph

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.serve.harvest.conftest import HOSTILE
from tests.serve.harvest.test_descriptions import urls

SYNTAXES = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
"""Their names in rdflib: another parser than the one that the server's library has."""
DATA_SETS = ("/doc/dataset/visits", "/doc/dataset/branches")


@pytest.fixture
def client(hostile: Path) -> FlaskClient:
    return create_app(Releases(hostile)).test_client()


def content(client: FlaskClient, path: str) -> bytes:
    response = client.get(path, buffered=True)
    assert response.status_code == 200, (path, response.text)
    found: bytes = response.data
    return found


def literals(data: bytes, syntax: str) -> set[str]:
    return {str(term) for term in Graph().parse(data, format=syntax).objects()}


RDF = [f"{path}.{suffix}" for path in ("/catalog", "/doc/branch/harbour", "/dump/branches") for suffix in SYNTAXES]
RDF += [f"{path}.{suffix}" for path in ("/void", *DATA_SETS) for suffix in SYNTAXES]


# rdflib's parser of JSON-LD uses what rdflib itself deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
@pytest.mark.parametrize("path", RDF)
def test_another_parser_reads_the_text_from_every_graph(client: FlaskClient, path: str) -> None:
    suffix = path.rpartition(".")[2]
    assert HOSTILE in literals(content(client, path), SYNTAXES[suffix])


@pytest.mark.parametrize("path", ["/feed/catalog/1", "/feed/catalog/1.jsonld", "/feed/catalog/1.nq", "/dump/visits.nq"])
def test_the_text_is_in_every_set_of_graphs(client: FlaskClient, path: str) -> None:
    response = client.get(path, buffered=True)
    form = RdfFormat.from_media_type(response.mimetype or "")
    assert form is not None
    found = {quad.object.value for quad in parse(response.data, format=form) if isinstance(quad.object, Literal)}
    assert HOSTILE in found


def texts(table: Any) -> Iterator[str]:
    """Yield every text in a JSON document."""
    if isinstance(table, str):
        yield table
    for one in table.values() if isinstance(table, dict) else table if isinstance(table, list) else ():
        yield from texts(one)


def flat(text: str) -> str:
    """Return the text on one line, without what turns its direction: a citation has neither."""
    return " ".join(text.replace("\u202e", "").split())


JSON = (
    "/croissant/visits.json",
    "/dump/datapackage.json",
    "/search.json?q=hoek",
    "/doc/dataset/visits.csl.json?lang=en",
)


@pytest.mark.parametrize("path", JSON)
def test_the_text_is_in_every_document_of_json(client: FlaskClient, path: str) -> None:
    assert any(flat(HOSTILE) in flat(text) for text in texts(json.loads(content(client, path)))), path


def cells(data: bytes) -> set[str]:
    return {cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row}


@pytest.mark.parametrize("path", ["/dump/branches.csv", "/list/branch.csv?lang=en"])
def test_the_text_is_one_cell_of_every_table(client: FlaskClient, path: str) -> None:
    assert HOSTILE in {cell.replace("\r\n", "\n") for cell in cells(content(client, path))}


@pytest.mark.parametrize("path", ["/catalog", *DATA_SETS, "/doc/branch/harbour", "/list/branch", "/search"])
def test_the_text_is_text_on_every_page_and_in_its_structured_data(client: FlaskClient, path: str) -> None:
    page = client.get(path, query_string={"lang": "en", "q": "hoek"}, headers={"Accept": "text/html"}).text
    assert "<b>&amp;</b>" not in re.sub(r"(?s)<script.*?</script>", "", page)
    assert flat(HOSTILE) in flat(unescape(page))
    for block in re.findall(r'(?s)<script type="application/ld\+json">(.*?)</script>', page):
        assert "<" not in block
        assert json.loads(block)


def test_addresses_stay_addresses(client: FlaskClient) -> None:
    assert all(re.fullmatch(r"[!-~]+", address) for address in urls(content(client, "/sitemap.xml")))
    linked = texts(json.loads(content(client, "/linkset/dataset/visits")))
    assert all(text.isprintable() for text in linked)
