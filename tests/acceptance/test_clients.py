"""Clients that people use find the endpoint as they expect it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, SH, VOID, Graph, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POSTDIRECTLY, RDFXML, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from si_lod.engine.policy.admission import admit
from si_lod.serve.pages.queries.snippets import snippets
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


SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <http://purl.org/linked-data/cube#Observation> }"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_reads_each_result_format(endpoint: str, method: str) -> None:
    assert ask(endpoint, COUNT, JSON, method)["results"]["bindings"][0]["n"]["value"] == "233"
    assert "233" in ask(endpoint, COUNT, XML, method).toxml()
    assert ask(endpoint, COUNT, CSV, method).split() == [b"n", b"233"]
    answer = ask(endpoint, "ASK { ?s ?p ?o }", JSON, method)
    assert answer["boolean"] is True


GRAPHS = {TURTLE: "turtle", N3: "turtle", JSONLD: "json-ld", RDFXML: "xml"}


# The client reads graphs into a class that rdflib would have it leave; that is between the two.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", GRAPHS)
def test_sparqlwrapper_reads_a_graph_in_each_format(endpoint: str, form: str, method: str) -> None:
    answer = ask(endpoint, "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 5", form, method)
    graph = answer if isinstance(answer, Graph) else Graph().parse(data=answer, format=GRAPHS[form])
    assert len(graph) == 5


def test_sparqlwrapper_sends_the_query_itself(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint)
    client.setQuery(COUNT)
    client.setReturnFormat(JSON)
    client.setMethod("POST")
    client.setRequestMethod(POSTDIRECTLY)
    answer: Any = client.queryAndConvert()
    assert answer["results"]["bindings"][0]["n"]["value"] == "233"


def test_sparqlwrapper_tells_what_is_wrong_with_a_query(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint)
    client.addCustomHttpHeader("Accept-Language", "en")
    client.setReturnFormat(JSON)
    client.setQuery("SELECT * { ?s ?p ?o FILTER ?o > 1 }")
    with pytest.raises(QueryBadFormed, match=r"what follows FILTER stands in brackets; write FILTER"):
        client.query()


def test_curl_finds_the_service_with_its_counts_and_its_examples(endpoint: str) -> None:
    shown = run("curl", "-sS", "-H", "Accept: text/turtle", endpoint)
    described = Graph().parse(data=shown.stdout, format="turtle")
    (service,) = described.subjects(RDF.type, SD.Service)
    graph = described.value(described.value(service, SD.defaultDataset), SD.defaultGraph)
    count = ask(endpoint, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", JSON)["results"]["bindings"][0]["n"]["value"]
    assert str(described.value(graph, VOID.triples)) == count
    assert len(set(described.subjects(RDF.type, SH.SPARQLExecutable))) == len(queries())
    assert {str(form).rpartition("/")[2] for form in described.objects(service, SD.resultFormat)} > {
        "Turtle",
        "JSON-LD",
    }


def test_rdflib_asks_through_its_store(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint, method="POST"))
    rows: Any = list(graph.query(COUNT))
    assert [int(row[0]) for row in rows] == [233]
    assert graph.query("ASK { ?s ?p ?o }").askAnswer
    made = graph.query("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 5").graph
    assert made is not None
    assert len(made) == 5


@pytest.fixture(scope="module")
def comunica(root: Path) -> Path:
    program = root / "tests/acceptance/comunica/node_modules/.bin/comunica-sparql"
    if program.is_file() and shutil.which("node"):
        return program
    message = "Comunica is not installed; make test installs it by npm"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.mark.parametrize("source", ["{endpoint}", "sparql@{endpoint}"])
def test_comunica_finds_out_that_this_is_an_endpoint_and_asks_it(endpoint: str, comunica: Path, source: str) -> None:
    shown = run(comunica, source.format(endpoint=endpoint), "-q", COUNT, "-t", "application/sparql-results+json")
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout)["results"]["bindings"][0]["n"]["value"] == "233"


def test_comunica_joins_what_the_endpoint_has(endpoint: str, comunica: Path) -> None:
    query = (ROOT / "data/queries/fieldlabs-by-province.rq").read_text(encoding="utf-8")
    shown = run(comunica, endpoint, "-q", query, "-t", "application/sparql-results+json")
    assert shown.returncode == 0, shown.stderr
    assert len(json.loads(shown.stdout)["results"]["bindings"]) >= 9


def asking(endpoint: str, name: str, query: str) -> str:
    """The program that the page offers for the query; where it runs is the only thing that is changed."""
    form = admit(query).form
    return next(snippet.code for snippet in snippets(endpoint, query, form) if snippet.name == name)


SAMPLES = [
    (ROOT / "data/queries/fieldlabs-by-source.rq").read_text(encoding="utf-8"),
    "ASK { ?s ?p 'it''s' } # \"\"\"".replace("''", "\\'"),
    "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 2",
]


@pytest.mark.parametrize("query", SAMPLES, ids=["SELECT", "ASK", "CONSTRUCT"])
def test_the_program_for_curl_runs_as_it_is(endpoint: str, query: str) -> None:
    shown = run("bash", "-c", asking(endpoint, "curl", query))
    assert shown.returncode == 0, shown.stderr
    assert told(shown.stdout)


@pytest.mark.parametrize("query", SAMPLES, ids=["SELECT", "ASK", "CONSTRUCT"])
def test_the_program_in_python_runs_as_it_is(endpoint: str, query: str, installed: Path) -> None:
    shown = run(installed / "python", "-c", asking(endpoint, "python", query))
    assert (shown.returncode, shown.stderr) == (0, "")
    assert told(shown.stdout)


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
@pytest.mark.parametrize("query", SAMPLES, ids=["SELECT", "ASK", "CONSTRUCT"])
def test_the_program_in_r_runs_as_it_is(endpoint: str, query: str, tmp_path: Path) -> None:
    program = tmp_path / "ask.R"  # as an argument it would pass a shell, which takes it for its own
    program.write_text(asking(endpoint, "r", query), encoding="utf-8")
    shown = run("Rscript", "--vanilla", program)
    assert shown.returncode == 0, shown.stderr
    assert told(shown.stdout)


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
@pytest.mark.parametrize("query", SAMPLES, ids=["SELECT", "ASK", "CONSTRUCT"])
def test_the_program_in_javascript_runs_as_it_is(endpoint: str, query: str) -> None:
    shown = run("node", "--input-type=module", "-e", asking(endpoint, "javascript", query))
    assert shown.returncode == 0, shown.stderr
    assert told(shown.stdout)


def told(shown: str) -> bool:
    """Whether one of the three answers was printed: the figures of 2020, no such thing, or two triples."""
    return "47" in shown or "false" in shown.lower() or shown.count(" a ") + shown.count("type>") >= 1


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
