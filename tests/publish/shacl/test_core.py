"""pySHACL's results and errors come out as ours."""

from __future__ import annotations

import inspect

import pyshacl.errors
import pytest
from pyoxigraph import Literal, NamedNode, Store

from si_lod.errors import InvalidFiles
from si_lod.publish.shacl.core import validation
from si_lod.publish.shacl.report import ValidationResult
from si_lod.publish.shacl.terms import to_oxigraph, to_rdflib
from tests.publish.shacl.test_sets import DATA, HEAD, shapes_of, store_of

EX = "https://data.example.org/def#"


def validate(shapes: str, store: Store | None = None) -> list[ValidationResult]:
    return list(validation.validate(store or store_of(HEAD + DATA), shapes_of(HEAD + shapes)))


def test_a_result_has_every_part_that_the_report_gives() -> None:
    (result,) = validate(
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property ex:P . ex:P sh:path ex:size ; sh:minInclusive 2 ; "
        'sh:severity sh:Warning ; sh:message "too small"@en, "te klein"@nl .'
    )
    assert result.severity == "http://www.w3.org/ns/shacl#Warning"
    assert result.focus_node == NamedNode(f"{EX}a")
    assert result.path == NamedNode(f"{EX}size")
    assert str(result.value) == '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert result.source_shape == NamedNode(f"{EX}P")
    assert {message.language: message.value for message in result.messages} == {"en": "too small", "nl": "te klein"}
    assert result.message("nl") == "te klein"
    assert result.message("fr") in {"too small", "te klein"}


@pytest.mark.parametrize(
    ("constraint", "english", "dutch"),
    [
        ("sh:minCount 3", "size: expected at least 3, found fewer", "size: verwachtte er ten minste 3, vond er minder"),
        ("sh:minInclusive 2", "size: expected 2 or more, found 1", "size: verwachtte 2 of meer, vond 1"),
        ("sh:in (5 6)", "size: expected one of 5, 6, found 1", "size: verwachtte een van 5, 6, vond 1"),
        (
            'sh:maxExclusive 1 ; sh:name "length"@en, "lengte"@nl',
            "length: expected less than 1, found 1",
            "lengte: verwachtte minder dan 1, vond 1",
        ),
        (
            "sh:not [ sh:datatype xsd:integer ]",
            "size: expected what Not asks for, found 1",
            "size: verwachtte wat Not vraagt, vond 1",
        ),
    ],
)
def test_a_shape_without_a_message_is_worded_in_every_language_and_names_no_blank_node(
    constraint: str, english: str, dutch: str
) -> None:
    (result,) = validate(f"ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:size ; {constraint} ] .")
    assert (result.message("en"), result.message("nl")) == (english, dutch)


def test_a_result_that_only_explains_another_is_not_one_of_its_own() -> None:
    results = validate(
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property ex:P . ex:P sh:path ex:next ; sh:node ex:N . "
        "ex:N sh:property ex:Q . ex:Q sh:path ex:absent ; sh:minCount 1 ."
    )
    assert [result.source_shape for result in results] == [NamedNode(f"{EX}P")]


def test_lexical_forms_are_not_touched() -> None:
    store = store_of(HEAD + 'ex:a ex:size "1.50"^^xsd:double, "2014"^^xsd:gYear .')
    results = validate(
        "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:size ; sh:property ex:P . "
        "ex:P sh:path ex:size ; sh:nodeKind sh:IRI .",
        store,
    )
    assert {str(result.value) for result in results} == {str(quad.object) for quad in store}


@pytest.mark.parametrize(
    "shapes",
    [
        "ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:P . ex:P sh:minCount 1 .",
        'ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:P . ex:P sh:path ex:size ; sh:minCount "one" .',
        "ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property [ sh:path ex:size ; sh:pattern 7 ] .",
        "ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:and ex:nothing .",
    ],
)
def test_shapes_that_cannot_be_used_are_a_clear_error(shapes: str) -> None:
    with pytest.raises(InvalidFiles, match=r"^shapes/: "):
        validate(shapes)


def test_every_error_of_pyshacl_has_a_counterpart() -> None:
    classes = [
        kind
        for _, kind in inspect.getmembers(pyshacl.errors, inspect.isclass)
        if kind.__module__ == pyshacl.errors.__name__ and not issubclass(kind, Warning)
    ]
    assert len(classes) >= 5
    assert all(issubclass(kind, pyshacl.errors.ReportableRuntimeError) for kind in classes)


def test_terms_survive_the_way_to_rdflib_and_back() -> None:
    terms = [
        NamedNode(f"{EX}a"),
        Literal("x"),
        Literal("x", language="nl"),
        Literal("1.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    ]
    assert [to_oxigraph(to_rdflib(term)) for term in terms] == terms
