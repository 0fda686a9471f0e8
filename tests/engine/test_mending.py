"""A query with its mistake mended is one, and is the one that was meant."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.engine.diagnosis.mending import mended
from si_lod.engine.text.tokens import tokens
from si_lod.errors import InvalidSyntax
from tests.engine.test_diagnosis import DECLARED, MISTAKES, REPAIRS, SITE, refusal

FAR = frozenset({"GROUP BY ?s"})
"""What the suggestion is for, where that is another clause than the one at fault; it is not put in then."""


def texts(query: str) -> list[str]:
    return [token.text for token in tokens(query)]


@pytest.mark.parametrize(("query", "wrong"), REPAIRS, ids=[query for query, _ in REPAIRS])
def test_the_suggestion_is_put_in_the_place_of_the_mistake_unless_that_is_far(query: str, wrong: str) -> None:
    query = DECLARED + query
    problem = refusal(query)
    assert isinstance(problem, InvalidSyntax)
    found = mended(query, problem, SITE)
    assert (found is None) == (wrong in FAR)
    if found is None:
        return
    assert found.text[found.begin : found.end] == problem.suggestion
    assert texts(found.text) == texts(query.replace(wrong, problem.suggestion))


@pytest.mark.parametrize("query", [query for query, _ in MISTAKES])
def test_what_is_mended_is_answered_and_has_every_variable_that_was_there(query: str) -> None:
    problem = refusal(query)
    assert problem is not None
    found = mended(query, problem, SITE)
    if found:
        assert refusal(found.text) is None
        assert set(re.findall(r"[?$]\w+", query)) <= set(re.findall(r"[?$]\w+", found.text)) | {problem_token(problem)}


def problem_token(problem: object) -> str:
    """The word at the mistake, which may be what was misspelt."""
    return problem.token if isinstance(problem, InvalidSyntax) else ""


def test_most_mistakes_are_mended() -> None:
    found = [mended(query, problem, SITE) for query, _ in MISTAKES if (problem := refusal(query))]
    assert sum(one is not None for one in found) > len(MISTAKES) / 2


UNSURE = ["SELECT * { ?s <p ?o }", "SELECT * { ?s ?p", f"SELEC * {{}} #{'x' * 4000}"]


@pytest.mark.parametrize("query", UNSURE, ids=["no suggestion", "unfinished", "long"])
def test_what_is_not_sure_or_too_long_is_not_mended(query: str) -> None:
    problem = refusal(query)
    assert problem is not None
    assert mended(query, problem, SITE) is None


WORDS = ["SELECT", "*", "?s", "?o", "ex:p", "{", "}", "(", ")", ".", ";", "FILTER", "1", ",", "'x'", "NOT", "IN", "<"]


@given(st.lists(st.sampled_from(WORDS)))
def test_nothing_that_is_mended_is_refused(words: list[str]) -> None:
    query = f"{DECLARED}SELECT * {{ ?s ex:p ?o {' '.join(words)} }}"
    problem = refusal(query)
    found = mended(query, problem, SITE) if problem else None
    assert found is None or refusal(found.text) is None


PATTERN = "WHERE { ?s ?p ?o { ?o ?q '} ORDER BY' } # }\n ?s ?q ?r , ?t , 'a text that makes it a long one' }"


@pytest.mark.parametrize("pattern", ["{ ?s ?p ?o }", PATTERN, PATTERN.removeprefix("WHERE ")])
@pytest.mark.parametrize(
    "modifiers", ["LIMIT 5", "ORDER BY DESC(?o) # by size\n LIMIT 5", "GROUP BY ?s\nHAVING(COUNT(?o) > 1)"]
)
def test_what_stands_before_the_pattern_is_moved_behind_it_however_long_that_is(pattern: str, modifiers: str) -> None:
    query = f"SELECT ?s # {{\n {modifiers} # the pattern {{\n {pattern} OFFSET 3"
    problem = refusal(query)
    assert isinstance(problem, InvalidSyntax)
    assert 'stands behind the "}" that closes the pattern' in str(problem)
    found = mended(query, problem, SITE)
    assert found is not None
    assert texts(found.text) == texts(f"SELECT ?s {pattern} {modifiers}\n OFFSET 3")
    assert found.text[found.begin : found.end] == modifiers


def test_a_modifier_without_a_pattern_is_moved_nowhere() -> None:
    for query in ("SELECT ?s LIMIT 5", "SELECT ?s LIMIT 5 {", "SELECT ?s LIMIT 5 WHERE"):
        problem = refusal(query)
        assert isinstance(problem, InvalidSyntax)
        assert mended(query, problem, SITE) is None
