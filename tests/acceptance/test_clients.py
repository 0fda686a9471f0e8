"""Clients that people use find the endpoint as they expect it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

from si_lod.engine.policy import admit
from tests.acceptance.conftest import run
from tests.acceptance.live import serving
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory, installed: Path) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("clients")
    assert run(installed / "si-lod", "publish", cwd=folder).returncode == 0
    with serving(installed / "si-lod", "serve", folder=folder) as address:
        yield f"{address}/sparql"


def ask(endpoint: str, query: str, form: str, method: str = "GET") -> Any:
    client = SPARQLWrapper(endpoint)
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod(method)
    return client.query().convert()


COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <http://purl.org/linked-data/cube#Observation> }"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_reads_each_result_format(endpoint: str, method: str) -> None:
    assert ask(endpoint, COUNT, JSON, method)["results"]["bindings"][0]["n"]["value"] == "233"
    assert "233" in ask(endpoint, COUNT, XML, method).toxml()
    assert ask(endpoint, COUNT, CSV, method).split() == [b"n", b"233"]
    answer = ask(endpoint, "ASK { ?s ?p ?o }", JSON, method)
    assert answer["boolean"] is True


def test_sparqlwrapper_reads_a_graph(endpoint: str) -> None:
    query = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 5"
    turtle = ask(endpoint, query, TURTLE)
    assert len(Graph().parse(data=turtle, format="turtle")) == 5


def test_rdflib_uses_the_endpoint_as_a_store(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint))
    lab = URIRef("https://w3id.org/smart-industry/id/fieldlab/robohouse")
    assert len(list(graph.predicate_objects(lab))) > 10


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # in rdflib itself
def test_rdflib_reads_a_thing_from_its_iri_in_every_syntax(endpoint: str) -> None:
    document = endpoint.replace("/sparql", "/doc/fieldlab/robohouse")
    sizes = {
        form: len(Graph().parse(f"{document}.{suffix}", format=form))
        for suffix, form in {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}.items()
    }
    assert len(set(sizes.values())) == 1, sizes
    assert min(sizes.values()) > 20


def queries() -> list[Path]:
    return sorted((ROOT / "data/queries").glob("*.rq"))


@pytest.mark.parametrize("path", queries(), ids=lambda path: path.stem)
def test_sparqlwrapper_takes_each_example_query_for_what_it_is(path: Path) -> None:
    client = SPARQLWrapper("http://127.0.0.1:9/sparql")
    text = path.read_text(encoding="utf-8")
    client.setQuery(text)
    assert client.queryType == str(admit(text).form), "a word in a comment is taken for a keyword; choose another word"


@pytest.mark.parametrize("path", queries(), ids=lambda path: path.stem)
def test_the_query_command_answers_each_example_query(path: Path, endpoint: str, installed: Path) -> None:
    shown = run(installed / "si-lod", "query", path, "--endpoint", endpoint)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.strip()
