"""Turtle documents become triples without blank nodes, or problems with their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode

from si_lod.errors import InvalidFiles
from si_lod.publish.road import check
from si_lod.publish.source.documents import read_documents

if TYPE_CHECKING:
    from tests.publish.conftest import Copy


def test_no_triple_has_a_blank_node_not_even_those_of_shapes(site: Copy) -> None:
    triples = list(read_documents(site.source()))
    assert any("genid/count-" in str(triple.subject) for triple in triples)
    assert not [
        triple for triple in triples if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)
    ]


def test_skolem_iris_do_not_depend_on_the_order_of_the_file(site: Copy) -> None:
    before = set(map(str, read_documents(site.source())))
    path = site.root / "shapes/count.ttl"
    head, *statements = path.read_text(encoding="utf-8").split("\n\n")
    path.write_text("\n\n".join([head, *reversed(statements)]), encoding="utf-8")
    assert set(map(str, read_documents(site.source()))) == before


@pytest.mark.parametrize("name", ["of counts", 'so "called"', "50%", "tellingen (oud)"])
def test_a_file_of_shapes_may_have_any_name(site: Copy, name: str) -> None:
    (site.root / "shapes/count.ttl").rename(site.root / f"shapes/{name}.ttl")
    source = site.source()
    assert check(source).report.results
    named = {triple.subject for triple in read_documents(source) if "genid/" in str(triple.subject)}
    assert named
    assert not any(name in str(node) for node in named)


def test_a_syntax_error_is_reported_with_line_and_column_and_all_files_at_once(site: Copy) -> None:
    site.replace("ontology/read.ttl", "read:Branch a owl:Class ;", "read:Branch a owl:Class ; ;; nothing:")
    site.replace("shapes/count.ttl", "s:Count a sh:NodeShape ;", "s:Count a ;")
    with pytest.raises(InvalidFiles) as caught:
        list(read_documents(site.source()))
    assert [(problem.file, problem.line > 0) for problem in caught.value.problems] == [
        ("ontology/read.ttl", True),
        ("shapes/count.ttl", True),
    ]
    assert all("expected Turtle: " in problem.message for problem in caught.value.problems)


def test_a_blank_node_outside_the_shapes_is_a_problem_that_says_what_to_do(site: Copy) -> None:
    site.replace("data/dataset.ttl", 'dcat:version "1"', 'dct:publisher [ dct:title "Nobody" ] ;\n  dcat:version "1"')
    with pytest.raises(InvalidFiles, match=r"data/dataset\.ttl: expected an IRI for every node, found a blank node"):
        list(read_documents(site.source()))


def test_a_blank_node_is_a_problem_as_an_object_too(site: Copy) -> None:
    site.replace("data/dataset.ttl", 'dcat:version "1"', 'dct:relation [] ;\n  dcat:version "1"')
    with pytest.raises(InvalidFiles, match=r"data/dataset\.ttl: expected an IRI for every node, found a blank node"):
        list(read_documents(site.source()))


def test_a_triple_as_a_node_is_a_problem(site: Copy) -> None:
    site.replace("data/dataset.ttl", 'dcat:version "1"', 'dct:relation <<( <a:b> <a:c> <a:d> )>> ;\n  dcat:version "1"')
    with pytest.raises(InvalidFiles, match=r"data/dataset\.ttl: expected RDF 1\.1, found a triple term"):
        list(read_documents(site.source()))


def test_a_file_that_is_no_utf8_is_named(site: Copy) -> None:
    (site.root / "ontology/read.ttl").write_bytes(b'<a:b> <a:c> "caf\xe9" .\n')
    with pytest.raises(InvalidFiles, match=r"ontology/read\.ttl:1:"):
        list(read_documents(site.source()))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<https://list.example.net/free> a ;", "expected Turtle: "),
        ("<https://list.example.net/free> <a:b> [ <a:c> 1 ] .", "expected an IRI for every node, found a blank node"),
    ],
)
def test_what_others_say_of_values_is_held_to_the_same_and_is_no_data(site: Copy, text: str, message: str) -> None:
    (site.root / "data/catalog").mkdir()
    site.write("data/catalog/values.ttl", "<https://list.example.net/free> <a:b> 1 .")
    assert not [triple for triple in read_documents(site.source()) if "list.example.net" in str(triple)]
    site.write("data/catalog/values.ttl", text)
    with pytest.raises(InvalidFiles, match=rf"data/catalog/values\.ttl:.*{message}"):
        list(read_documents(site.source()))
