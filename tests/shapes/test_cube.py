"""The integrity constraints of the W3C Data Cube: all of them, each failed by a case of its own."""

from __future__ import annotations

from collections import Counter
from functools import cache, partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store
from rdflib import RDF, SH, Graph, URIRef

from si_lod.publish.dataset.queries import evaluate
from si_lod.publish.shacl import sets
from tests.shapes.test_shapes import INVALID, ROOT, report, shapes

FILE = ROOT / "shapes/cube.ttl"
SHAPE = "https://w3id.org/smart-industry/def/shapes#ic-"
NUMBERS = range(1, 22)
EX = "https://data.example.org/cube#"

PREFIXES = f"""
@prefix : <{EX}> .
@prefix qb: <http://purl.org/linked-data/cube#> .
"""

AREAS_AND_YEARS = """
:visits qb:structure :structure .
:structure qb:component :of-area, :of-year, :of-measure, :of-count, :of-turnover .
:of-area qb:dimension :area .
:of-year qb:dimension :year .
:of-count qb:measure :count .
:of-turnover qb:measure :turnover .
"""

POINTS = st.tuples(st.sampled_from([":north", ":south", '"north"']), st.sampled_from(["2020", "2021"]))
MEASURES = st.sampled_from([":count", ":turnover"])


def name(number: int, position: int) -> str:
    """Return the name of an observation; names sort as positions do."""
    return f"observation-{number}-{position:02}"


def found(number: int, turtle: str) -> set[str]:
    """Return the local names of what violates the constraint of that number in ``turtle``."""
    store = Store()
    store.load((PREFIXES + AREAS_AND_YEARS + turtle).encode(), format=RdfFormat.TURTLE)
    constraints = [each for each in shapes("cube").constraints if str(each.shape) == f"{SHAPE}{number}"]
    assert constraints
    return {
        result.focus_node.value.removeprefix(EX)
        for each in constraints
        for result in sets.run(each, partial(evaluate, store))
    }


@cache
def graph() -> Graph:
    return Graph().parse(FILE)


def test_there_is_one_shape_for_each_of_the_21_constraints() -> None:
    assert len(NUMBERS) == 21
    assert set(graph().subjects(RDF.type, SH.NodeShape)) == {URIRef(f"{SHAPE}{number}") for number in NUMBERS}


@pytest.mark.parametrize("number", NUMBERS)
def test_each_shape_refuses_a_release_and_names_its_constraint(number: int) -> None:
    shape = URIRef(f"{SHAPE}{number}")
    assert graph().value(shape, SH.severity) == SH.Violation
    assert [str(text).partition(":")[0] for text in graph().objects(shape, SH.name)] == [f"IC-{number}"] * 2
    messages = [text for query in graph().objects(shape, SH.sparql) for text in graph().objects(query, SH.message)]
    assert messages
    assert all(f" IC-{number}: " in str(text) for text in messages)


@pytest.mark.parametrize("number", NUMBERS)
def test_each_constraint_is_failed_by_cases_that_fail_it_alone(number: int) -> None:
    cases = [case for case in INVALID if case.match(f"cube/invalid.ic-{number:02}-*.ttl")]
    assert cases
    for case in cases:
        assert {result.source_shape.value for result in report(case).results} == {f"{SHAPE}{number}"}


def test_every_case_that_does_not_conform_is_named_for_its_constraint() -> None:
    cases = [case for case in INVALID if case.parent.name == "cube"]
    named = [case for number in NUMBERS for case in cases if case.name.startswith(f"invalid.ic-{number:02}-")]
    assert sorted(named) == sorted(cases)


def test_all_constraints_are_run_as_sets() -> None:
    split = shapes("cube")
    assert {str(each.shape) for each in split.constraints} == {f"{SHAPE}{number}" for number in NUMBERS}
    assert (None, SH.sparql, None) not in split.core


@given(st.lists(POINTS, max_size=12))
def test_of_the_observations_in_one_cell_all_but_the_first_are_duplicates(points: list[tuple[str, str]]) -> None:
    turtle = "".join(
        f":{name(12, position)} qb:dataSet :visits ; :year {year} ; :area {area} ; :count {position} .\n"
        for position, (area, year) in enumerate(points)
    )
    expected = {name(12, position) for position, point in enumerate(points) if point in points[:position]}
    assert found(12, turtle) == expected


@given(st.lists(st.tuples(POINTS, MEASURES), max_size=12))
def test_a_cell_without_one_observation_for_each_measure_is_incomplete(
    observations: list[tuple[tuple[str, str], str]],
) -> None:
    turtle = ":of-measure qb:dimension qb:measureType .\n" + "".join(
        f":{name(17, position)} qb:dataSet :visits ; qb:measureType {measure} ; :year {year} ; :area {area} .\n"
        for position, ((area, year), measure) in enumerate(observations)
    )
    sizes = Counter(point for point, _ in observations)
    assert found(17, turtle) == {
        name(17, position) for position, (point, _) in enumerate(observations) if sizes[point] != 2
    }
