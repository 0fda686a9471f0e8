"""The W3C's SPARQL 1.1 tests of evaluation, syntax and result formats, through the engine as any client reaches it.

Every test passes, save those that are listed with their reason; docs/reference/sparql.md has the same list.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import QueryResultsFormat

from si_lod.engine.diagnosis import explaining
from si_lod.engine.diagnosis.stopping.grammar import stopped
from si_lod.engine.text.tokens import tokens
from si_lod.errors import InvalidQuery
from tests.conformance.sparql import Case, agrees, cases

MANIFESTS = {"manifest-sparql11-query.ttl": 328, "manifest-sparql11-results.ttl": 10}
NEGATIVE = "NegativeSyntaxTest11"
DEVIATIONS = {
    "aggregates/agg-groupconcat-04": "GROUP_CONCAT keeps a language tag that all its members share",
    "aggregates/agg-groupconcat-06": "GROUP_CONCAT keeps a language tag that all its members share",
    "aggregates/agg-empty-group-count-graph": "COUNT without GROUP BY within GRAPH gives nothing for an empty graph",
    "bindings/graph": "VALUES within GRAPH does not bind the variable of the graph",
    "functions/bnode01": "BNODE of a text gives the same node in every solution",
    "negation/graph-minus": "MINUS within GRAPH takes the variable of the graph for shared",
    "property-path/zero_or_more_set_start": "a path of no steps from a constant needs the constant in the data",
    "property-path/zero_or_more_set_end": "a path of no steps to a constant needs the constant in the data",
    "property-path/zero_or_one_set_start": "a path of no steps from a constant needs the constant in the data",
    "property-path/zero_or_one_set_end": "a path of no steps to a constant needs the constant in the data",
    "csv-tsv-res/csv03": "a value is written in one form, whatever was read: 1.0E6 as 1000000",
    "csv-tsv-res/tsv03": "a value is written in one form, and integers of all kinds as xsd:integer",
    "syntax-query/test_4": "refused by design: no function but those of SPARQL 1.1 is offered",
    "syntax-query/test_42": "refused by design: FROM names a graph that the release has, or the query is in error",
}


@pytest.fixture(scope="module")
def suite(w3c: Path) -> Path:
    return w3c / "sparql11"


@pytest.fixture(scope="module")
def every(suite: Path) -> list[Case]:
    return [case for manifest in MANIFESTS for case in cases(suite, manifest)]


def passes(case: Case) -> bool:
    suffix = case.result.suffix if case.result else ""
    format_ = {".csv": QueryResultsFormat.CSV, ".tsv": QueryResultsFormat.TSV}.get(suffix)
    try:
        content = case.answer(format_)
    except InvalidQuery:
        return case.kind == NEGATIVE
    return case.kind != NEGATIVE and (case.result is None or agrees(case, content))


def test_every_test_passes_but_those_that_are_listed(every: list[Case]) -> None:
    assert {case.name for case in every if not passes(case)} == DEVIATIONS.keys()
    assert len(every) == sum(MANIFESTS.values()) == 338


def test_the_suite_has_tests_of_every_kind(every: list[Case]) -> None:
    assert Counter(case.kind for case in every) == {
        "QueryEvaluationTest": 232,
        "CSVResultFormatTest": 3,
        "PositiveSyntaxTest11": 63,
        NEGATIVE: 40,
    }


def test_each_query_of_the_suite_is_read_by_the_grammar_of_the_explanations(every: list[Case]) -> None:
    positive = [case for case in every if case.kind != NEGATIVE]
    assert [case.name for case in positive if stopped(list(tokens(case.text)))] == []


def test_each_error_of_syntax_has_a_place_and_a_short_message(every: list[Case]) -> None:
    negative = [case for case in every if case.kind == NEGATIVE]
    for case in negative:
        with pytest.raises(InvalidQuery) as caught, explaining(case.text):
            case.answer()
        problem = caught.value
        lines = case.text.split("\n")
        assert problem.line is not None, case.name
        assert 1 <= (problem.column or 0) <= len(lines[problem.line - 1]) + 1, case.name
        assert len(str(problem)) <= 300, case.name
        assert not str(problem).startswith("not a SPARQL 1.1 query"), f"{case.name}: only the parser's words"


def test_the_reference_lists_the_same_deviations(root: Path) -> None:
    reference = (root / "docs/reference/sparql.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([a-z-]+/[A-Za-z0-9_-]+)` \| (.+?) \|$", reference, re.MULTILINE))
    assert listed == DEVIATIONS
