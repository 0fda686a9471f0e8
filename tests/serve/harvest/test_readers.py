"""What the libraries of those who read them say of the data package and of Croissant, and the latter's clauses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.acceptance.conftest import run
from tests.serve.harvest.conftest import BASE
from tests.serve.harvest.test_catalog import TYPE

CROISSANT = "http://mlcommons.org/croissant/"
SCHEMA = "https://schema.org/"
NAMES = ("visits", "branches", "words")
SITES = ("twice", "hostile")
Graph = set[Triple]


def packaged(releases: Path, folder: Path) -> Path:
    """Fetch the data package and the tables that it names into ``folder``, as whoever takes it does."""
    client = create_app(Releases(releases)).test_client()
    content = client.get("/dump/datapackage.json").data
    (folder / "datapackage.json").write_bytes(content)
    for resource in json.loads(content)["resources"]:
        answer = client.get(f"/dump/{resource['path']}", buffered=True)
        (folder / resource["path"]).write_bytes(answer.data)
    return folder / "datapackage.json"


@pytest.mark.parametrize("site", SITES)
def test_every_table_of_the_data_package_is_valid_to_frictionless(
    site: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    report = Package(packaged(request.getfixturevalue(site), tmp_path)).validate()
    assert report.flatten(["name", "type", "message"]) == []
    assert len(report.tasks) == len(list(tmp_path.glob("*.csv"))) == 3


def test_frictionless_sees_a_cell_that_is_not_what_its_column_says(twice: Path, tmp_path: Path) -> None:
    package = packaged(twice, tmp_path)
    table = tmp_path / "visits.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("12000", "many"), encoding="utf-8")
    kinds = {kind for (kind,) in Package(package).validate().flatten(["type"])}
    assert kinds == {"type-error", "hash-count", "byte-count"}


@pytest.fixture(params=SITES)
def described(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """The descriptions of the data sets of a site."""
    client = create_app(Releases(request.getfixturevalue(request.param))).test_client()
    return {name: client.get(f"/croissant/{name}.json").data for name in NAMES}


def test_croissant_is_valid_to_its_own_library(described: dict[str, bytes], tmp_path: Path) -> None:
    # It needs pandas, NumPy and SciPy, which are too much for one file: `pipx install mlcroissant` gives the program.
    program = shutil.which("mlcroissant")
    if program is None:
        pytest.skip("mlcroissant is not installed; the clauses of Croissant are tested without it")
    for name, content in described.items():
        path = tmp_path / f"{name}.json"
        path.write_bytes(content)
        shown = run(program, "validate", "--jsonld", path)
        assert (shown.returncode, "Done." in shown.stderr) == (0, True), shown.stderr
        path.write_bytes(content.replace(b'"sha256"', b'"digest"'))
        assert run(program, "validate", "--jsonld", path).returncode != 0


def objects(graph: Graph, subject: object, predicate: str) -> list[Any]:
    return [t.object for t in graph if t.subject == subject and t.predicate.value == predicate]


def instances(graph: Graph, kind: str) -> list[Any]:
    return [t.subject for t in graph if t.predicate == TYPE and t.object == NamedNode(kind)]


def required(graph: Graph, kind: str, *predicates: str) -> list[Any]:
    """Return the nodes of a kind, of which each has every one of the predicates."""
    nodes = instances(graph, kind)
    for node in nodes:
        for predicate in predicates:
            assert objects(graph, node, predicate), (node, predicate)
    return nodes


def expanded(content: bytes) -> Graph:
    return {quad.triple for quad in parse(content, format=RdfFormat.JSON_LD, base_iri=f"{BASE}croissant/")}


def test_a_data_set_has_what_croissant_requires_of_it(described: dict[str, bytes]) -> None:
    """Croissant 1.0, "Required" and "Modified and Added Properties" of the dataset."""
    for name, content in described.items():
        graph = expanded(content)
        wanted = [SCHEMA + one for one in ("name", "description", "url", "datePublished", "version")]
        wanted += [f"{SCHEMA}license"] if name != "words" else []  # Nobody stated one for these.
        (data_set,) = required(graph, f"{SCHEMA}Dataset", "http://purl.org/dc/terms/conformsTo", *wanted)
        assert data_set == NamedNode(f"{BASE}id/dataset/{name}")
        (conforms,) = objects(graph, data_set, "http://purl.org/dc/terms/conformsTo")
        assert conforms.value == f"{CROISSANT}1.0"
        assert len(objects(graph, data_set, f"{CROISSANT}citeAs")) == 1


def test_every_word_of_it_is_of_a_vocabulary_that_croissant_names(described: dict[str, bytes]) -> None:
    """Croissant 1.0, "Prerequisites" and Appendix 1: the context, which has to be in the file itself."""
    known = {f"{CROISSANT}{name}" for name in ("citeAs", "recordSet", "field", "dataType", "source", "fileObject")}
    known |= {f"{CROISSANT}{name}" for name in ("extract", "column", "key")}
    for content in described.values():
        assert isinstance(json.loads(content)["@context"], dict)
        used = {triple.predicate.value for triple in expanded(content)}
        assert {one for one in used if one.startswith(CROISSANT)} <= known
        assert {one for one in used if not one.startswith((CROISSANT, SCHEMA))} <= {
            "http://purl.org/dc/terms/conformsTo",
            TYPE.value,
        }


def test_every_file_can_be_fetched_and_checked(described: dict[str, bytes]) -> None:
    """Croissant 1.0, "FileObject": contentUrl, encodingFormat and a digest."""
    wanted = [SCHEMA + one for one in ("name", "contentUrl", "encodingFormat", "sha256")]
    for content in described.values():
        graph = expanded(content)
        files = required(graph, f"{CROISSANT}FileObject", *wanted)
        (data_set,) = instances(graph, f"{SCHEMA}Dataset")
        assert set(files) == set(objects(graph, data_set, f"{SCHEMA}distribution"))


def test_every_field_says_its_type_and_which_column_of_which_file_it_is(described: dict[str, bytes]) -> None:
    """Croissant 1.0, "RecordSet", "Field", "DataSource" and "Extract"; a key is made of the set's own fields."""
    found = 0
    for content in described.values():
        graph = expanded(content)
        files = set(instances(graph, f"{CROISSANT}FileObject"))
        for records in required(graph, f"{CROISSANT}RecordSet", f"{SCHEMA}name", f"{CROISSANT}field"):
            fields = objects(graph, records, f"{CROISSANT}field")
            assert set(objects(graph, records, f"{CROISSANT}key")) <= set(fields)
            found += len(fields)
        assert required(graph, f"{CROISSANT}Field", f"{CROISSANT}dataType", f"{CROISSANT}source", f"{SCHEMA}name") or (
            b"RecordSet" not in content
        )
        for field in instances(graph, f"{CROISSANT}Field"):
            (kind,) = objects(graph, field, f"{CROISSANT}dataType")
            assert kind.value.removeprefix(SCHEMA) in {"Text", "Float", "Integer", "Boolean", "Date", "DateTime", "URL"}
            (source,) = objects(graph, field, f"{CROISSANT}source")
            assert set(objects(graph, source, f"{CROISSANT}fileObject")) <= files
            (extract,) = objects(graph, source, f"{CROISSANT}extract")
            assert len(objects(graph, extract, f"{CROISSANT}column")) == 1
    assert found > 10
