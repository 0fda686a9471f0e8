"""Constraints run as sets give what pySHACL gives, one focus node at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store
from rdflib import SH, Graph
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor
from rdflib.plugins.sparql.sparql import Query

from si_lod.errors import InvalidFiles
from si_lod.publish.dataset.queries import evaluate
from si_lod.publish.shacl import sets
from si_lod.publish.shacl.core import validation
from si_lod.publish.shacl.gate import Gate
from si_lod.publish.shacl.report import ValidationReport, ValidationResult
from si_lod.publish.shacl.shapes import Shapes

HEAD = """
@prefix ex: <https://data.example.org/def#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

DATA = """
ex:Sub rdfs:subClassOf ex:Thing .
ex:a a ex:Thing ; ex:size 1 ; ex:next ex:b ; ex:label "a" .
ex:b a ex:Sub ; ex:size 2 ; ex:next ex:c, ex:a ; ex:label "b"@en, "be"@nl .
ex:c a ex:Thing ; ex:size 2, 3 ; ex:next ex:a .
ex:d a ex:Other ; ex:size 9 ; ex:next ex:a .
"""

PREFIXES = """
ex:shapes sh:declare ex:declared .
ex:declared sh:prefix "ex" ; sh:namespace "https://data.example.org/def#"^^xsd:anyURI .
"""

SELECTS = {
    "plain": "SELECT $this ?value WHERE { $this ex:size ?value . FILTER (?value > 1) }",
    "no value": "SELECT $this WHERE { $this ex:size ?size . FILTER (?size > 1) }",
    "a path": "SELECT $this ?value (ex:size AS ?path) WHERE { $this ex:size ?value . FILTER (?value > 1) }",
    "another record": """SELECT $this ?value WHERE {
        $this ex:size ?mine . ?value ex:size ?other . FILTER (?value != $this && ?other = ?mine) }""",
    "nested": """SELECT $this (?count AS ?value) WHERE {
        { SELECT $this (COUNT(?next) AS ?count) WHERE { $this ex:next ?next } GROUP BY $this } FILTER (?count > 1) }""",
    "absence": "SELECT $this WHERE { $this ex:next ?next . FILTER NOT EXISTS { $this ex:label ?label } }",
    "only absence": "SELECT $this WHERE { FILTER NOT EXISTS { $this ex:label ?label } }",
    "optional": "SELECT $this ?value WHERE { OPTIONAL { $this ex:label ?value } }",
    "braces in a text": """SELECT $this ?value WHERE { # { is no group
        $this ex:label ?value . FILTER (?value != "{ # no comment") }""",
    "more variables": "SELECT $this ?value ?next WHERE { $this ex:size ?value ; ex:next ?next . FILTER (?value > 1) }",
}

TARGETS = {
    "class": "sh:targetClass ex:Thing",
    "node": "sh:targetNode ex:b, ex:c, ex:absent",
    "subjects": "sh:targetSubjectsOf ex:next",
    "objects": "sh:targetObjectsOf ex:next",
    "several": "sh:targetClass ex:Sub ; sh:targetNode ex:d ; sh:targetSubjectsOf ex:label",
}


def node_shape(target: str, select: str, extra: str = "") -> str:
    return f"""ex:Shape a sh:NodeShape ; {target} ; {extra} sh:sparql [ sh:prefixes ex:shapes ;
        sh:message "{{$this}} has {{?value}}"@en, "{{$this}} heeft {{?value}}"@nl ; sh:select '''{select}''' ] ."""


def store_of(*texts: str) -> Store:
    store = Store()
    for text in texts:
        store.load(text.encode(), format=RdfFormat.TURTLE)
    return store


def shapes_of(*texts: str) -> Graph:
    graph = Graph()
    for text in texts:
        graph.parse(data=text, format="turtle")
    return graph


def comparable(results: list[ValidationResult]) -> list[tuple[str, ...]]:
    """Return what must be equal. pySHACL drops the language of a message that it has filled in; the text stays."""
    return sorted(
        (
            result.severity,
            str(result.focus_node),
            str(result.path),
            str(result.value),
            str(result.source_shape),
            result.component,
            *sorted(message.value for message in result.messages),
        )
        for result in ValidationReport.of(results).results
    )


def compare(data: str, shapes: str) -> list[tuple[str, ...]]:
    store, graph = store_of(data), shapes_of(shapes)
    split = Shapes.split(graph)
    assert split.constraints, "nothing would be run as a set, so nothing would be compared"
    reference = comparable(list(validation.validate(store, graph)))
    assert comparable(list(Gate(store, validation.validate).validate(split).results)) == reference
    return reference


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
@pytest.mark.parametrize("select", SELECTS.values(), ids=SELECTS)
def test_a_constraint_run_as_a_set_gives_what_pyshacl_gives(target: str, select: str) -> None:
    compare(HEAD + DATA, HEAD + PREFIXES + node_shape(target, select))


def test_the_comparison_is_not_of_nothing_with_nothing() -> None:
    found = [
        len(compare(HEAD + DATA, HEAD + PREFIXES + node_shape(TARGETS["class"], text))) for text in SELECTS.values()
    ]
    assert found == [3, 2, 3, 2, 1, 1, 1, 4, 3, 3]


@pytest.mark.parametrize("select", SELECTS.values(), ids=SELECTS)
def test_a_property_shape_with_targets_of_its_own_gives_what_pyshacl_gives(select: str) -> None:
    shape = node_shape(TARGETS["class"], select, "sh:path ex:size ; sh:severity sh:Warning ;").replace(
        "Node", "Property"
    )
    compare(HEAD + DATA, HEAD + PREFIXES + shape)


def test_an_implicit_class_target_gives_what_pyshacl_gives() -> None:
    shape = node_shape("a rdfs:Class", SELECTS["plain"]).replace("ex:Shape", "ex:Thing")
    assert len(compare(HEAD + DATA, HEAD + PREFIXES + shape)) == 3


def test_a_deactivated_shape_gives_nothing() -> None:
    store = store_of(HEAD + DATA)
    shape = node_shape(TARGETS["class"], SELECTS["plain"], "sh:deactivated true ;")
    assert Gate(store, validation.validate).validate(Shapes.split(shapes_of(HEAD + PREFIXES + shape))).conforms


@pytest.mark.parametrize(
    "other",
    [
        "ex:Other a sh:NodeShape ; sh:targetNode ex:d ; sh:node ex:Shape .",
        "ex:Other sh:not ex:Shape ; sh:targetNode ex:d .",
    ],
)
def test_a_shape_that_another_refers_to_stays_with_pyshacl(other: str) -> None:
    store, graph = (
        store_of(HEAD + DATA),
        shapes_of(HEAD + PREFIXES + node_shape(TARGETS["class"], SELECTS["plain"]) + other),
    )
    split = Shapes.split(graph)
    assert not split.constraints
    assert comparable(list(Gate(store, validation.validate).validate(split).results)) == comparable(
        list(validation.validate(store, graph))
    )


def test_a_query_with_another_prebound_variable_stays_with_pyshacl() -> None:
    shape = node_shape(TARGETS["class"], "SELECT $this ?value WHERE { $this $PATH ?value }", "sh:path ex:size ;")
    assert not Shapes.split(shapes_of(HEAD + PREFIXES + shape)).constraints


APART = {
    "a limit": "SELECT $this ?value WHERE { $this ex:size ?value } LIMIT 1",
    "an inner group that does not bind": "SELECT $this WHERE { { FILTER(BOUND($this)) } }",
    "a branch that does not bind": "SELECT $this WHERE { { $this ex:size 2 } UNION { FILTER($this = ex:b) } }",
    "an assignment in an optional group": "SELECT $this ?value WHERE { OPTIONAL { BIND($this AS ?value) } }",
    "a nested select that does not project it": """SELECT $this ?value WHERE {
        $this ex:size ?size . { SELECT ?value WHERE { ?value ex:size ?size } } }""",
    "a nested select that is cut off": """SELECT $this ?value WHERE {
        { SELECT $this ?value WHERE { $this ex:size ?value } ORDER BY ?value LIMIT 1 } }""",
    "a count without a group": "SELECT (COUNT(?value) AS ?n) WHERE { $this ex:size ?value } HAVING (COUNT(?value) = 0)",
    "a count beside it": "SELECT $this (COUNT(?v) AS ?value) WHERE { $this ex:size ?v }",
    "a count in a nested select": """SELECT $this ?value WHERE {
        { SELECT $this (COUNT(?v) AS ?value) WHERE { $this ex:size ?v } } }""",
    "values": "SELECT $this WHERE { $this ex:size ?size . { VALUES ?size { 1 } } }",
    "a difference": "SELECT $this WHERE { $this ex:size ?size . MINUS { $this ex:label ?label } }",
    "no query": "SELECT $this WHERE { \u00a7 }",
}


@pytest.mark.parametrize("select", APART.values(), ids=APART)
def test_a_query_whose_meaning_could_change_stays_with_pyshacl(select: str) -> None:
    assert not Shapes.split(shapes_of(HEAD + PREFIXES + node_shape(TARGETS["class"], select))).constraints


def test_every_constraint_of_the_sites_own_shapes_is_run_as_a_set(root: Path) -> None:
    paths = sorted((root / "shapes").glob("*.ttl"))
    graph = Graph()
    for path in paths:
        graph.parse(path)
    assert len(Shapes.read(paths).constraints) == len(list(graph.subject_objects(SH.sparql))) > 30


def test_a_query_that_is_none_names_its_shape() -> None:
    shapes = Shapes.split(
        shapes_of(HEAD + PREFIXES + node_shape(TARGETS["class"], "SELECT $this WHERE { $this ex:size }"))
    )
    with pytest.raises(InvalidFiles, match=re.escape("https://data.example.org/def#Shape: sh:select: ")):
        list(sets.run(shapes.constraints[0], partial(evaluate, store_of(HEAD + DATA))))


def cases() -> list[Path]:
    return sorted(Path(__file__).parent.parent.parent.glob("shapes/*/*.ttl"))


@cache
def read(text: str, prefixes: tuple[tuple[str, Any], ...]) -> Query:
    return prepareQuery(text, dict(prefixes))


@pytest.fixture
def prepared() -> Iterator[None]:
    """rdflib reads a query once and asks it many times, as it offers; pySHACL gives it the text for each focus node."""
    ask = SPARQLProcessor.query

    def query(self: SPARQLProcessor, text: str | Query, bindings: Any = None, names: Any = None, **options: Any) -> Any:
        asked = read(text, tuple(sorted((names or {}).items()))) if isinstance(text, str) else text
        return ask(self, asked, bindings, names, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SPARQLProcessor, "query", query)
        yield


@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize("case", cases(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_case_of_the_site_gives_what_pyshacl_gives(case: Path, root: Path) -> None:
    shapes = Graph()
    for path in (root / "shapes" / f"{case.parent.name}.ttl", root / "shapes/prefixes.ttl"):
        shapes.parse(path)
    store = Store()
    for path in (case, *sorted((root / "ontology").glob("*.ttl"))):
        store.load(path=str(path), format=RdfFormat.TURTLE)
    reference = comparable(list(validation.validate(store, shapes)))
    assert comparable(list(Gate(store, validation.validate).validate(Shapes.split(shapes)).results)) == reference
