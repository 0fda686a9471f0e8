"""What the structure of a data set says of how its values are read."""

from __future__ import annotations

from pyoxigraph import RdfFormat, Store

from si_lod.engine.store.local import LocalEngine
from si_lod.serve.pages.cube.structure import Structure

STRUCTURE = """
@base <https://data.example.org/> . @prefix qb: <http://purl.org/linked-data/cube#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<dsd> a qb:DataStructureDefinition ; qb:component <c1> , <c2> , <c3> .
<c1> qb:dimension <place> ; qb:order 1 .
<c2> qb:dimension <before> ; qb:order 2 . <c3> qb:measure <trees> ; qb:order 3 .
"""
BEFORE = "<https://data.example.org/before> <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> {} ."


def qualifiers(more: str = "") -> list[str]:
    store = Store()
    store.load(f"{STRUCTURE}{more}".encode(), RdfFormat.TURTLE)
    return Structure.read(LocalEngine(store)).qualifiers()


def test_the_dimension_before_the_measure_qualifies_the_number() -> None:
    assert qualifiers() == ["https://data.example.org/before"]


def test_who_says_it_and_when_it_was_are_no_words_before_the_number() -> None:
    assert qualifiers(BEFORE.format("<http://www.w3.org/ns/prov#wasDerivedFrom>")) == []
    assert qualifiers(BEFORE.format("<http://purl.org/linked-data/sdmx/2009/dimension#refPeriod>")) == []
