"""Answers that are remembered."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, Store, Triple

from si_lod.engine.evaluation import Asker, QueryRequest, Result
from si_lod.engine.policy.admission import admit
from si_lod.engine.pool.engine import Evaluation
from si_lod.engine.pool.pool import Pool
from si_lod.engine.remembering import Remembered, RememberedMatches, RememberedQueries
from si_lod.errors import Busy
from tests.engine.conftest import MEBIBYTE, asking

JSON = QueryResultsFormat.JSON


def test_a_query_that_was_asked_costs_no_evaluation(folder: Path, pool: Pool) -> None:
    engine = Evaluation(pool, Remembered(MEBIBYTE)).engine(Store.read_only(str(folder)), folder, "release")
    first = engine.answer(asking("SELECT * { ?s ?p ?o } LIMIT 3", client="a"))
    assert engine.answer(asking("SELECT * { ?s ?p ?o } LIMIT 3", client="b", seconds=1.0)).content == first.content
    assert (pool.figures.read()["evaluated"], pool.figures.read()["remembered"]) == (1, 1)


def test_a_long_query_is_judged_once(folder: Path, pool: Pool) -> None:
    engine = Evaluation(pool, Remembered(MEBIBYTE)).engine(Store.read_only(str(folder)), folder, "release")
    text = "SELECT (RAND() AS ?x) FROM <http://a/g> { VALUES ?y { " + "1 " * 10_000 + "} }"
    first = engine.admit(text, Asker("a"))
    pool.crew.close()  # so there is nobody to judge it
    assert engine.admit(text, Asker("b")) == first
    assert (first.text, first.form, first.graphs, first.repeatable) == (text, "SELECT", ("http://a/g",), False)
    with pytest.raises(Busy):
        engine.admit(text + " ", Asker("b"))


def test_what_depends_on_chance_is_evaluated_each_time(folder: Path, pool: Pool) -> None:
    engine = Evaluation(pool, Remembered(MEBIBYTE)).engine(Store.read_only(str(folder)), folder, "release")
    chance = asking("SELECT (RAND() AS ?x) {}")
    assert engine.answer(chance).content != engine.answer(chance).content
    assert pool.figures.read()["remembered"] == 0


def test_another_format_dataset_or_release_is_another_answer() -> None:
    remembered = Remembered(MEBIBYTE)
    request = asking("ASK {}")
    remembered.put("1", request, Result(JSON.media_type, b"x"))
    assert remembered.get("1", request) is not None
    assert remembered.get("2", request) is None
    assert remembered.get("1", QueryRequest(request.query, QueryResultsFormat.XML)) is None
    assert remembered.get("1", QueryRequest(request.query, JSON, ("http://a/g",))) is None
    assert remembered.get("1", QueryRequest(request.query, JSON, (), ("http://a/g",))) is None


def test_an_answer_that_is_larger_than_is_wanted_is_not_given() -> None:
    remembered = Remembered(MEBIBYTE)
    remembered.put("1", asking("ASK {}"), Result(JSON.media_type, b"x" * 100))
    assert remembered.get("1", asking("ASK {}", most=100)) is not None
    assert remembered.get("1", asking("ASK {}", most=99)) is None


@given(st.lists(st.integers(0, 40), max_size=60), st.integers(0, 40_000))
def test_no_more_is_kept_than_may_be_and_what_is_given_is_what_was_put(puts: list[int], most: int) -> None:
    remembered = Remembered(most)
    requests = [QueryRequest(admit(f"SELECT ({number} AS ?x) {{}}"), JSON) for number in range(41)]
    contents = [bytes([number]) * (number * 7) for number in range(41)]
    for number in puts:
        remembered.put("1", requests[number], Result(JSON.media_type, contents[number]))
        assert remembered.held() <= most
    for number in set(puts):
        found = remembered.get("1", requests[number])
        assert found is None or found.content == contents[number]


def test_what_is_remembered_takes_no_more_memory_than_may_be_however_long_the_names_of_graphs() -> None:
    remembered = Remembered(MEBIBYTE // 4)
    query = admit("ASK {}")
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for number in range(500):
            graphs = (f"http://a/{number}/{'g' * 10_000}",)
            remembered.put("1", QueryRequest(query, JSON, graphs, graphs), Result(JSON.media_type, b"x" * 10))
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 0 < after - before <= remembered.held() <= remembered.most
    last = QueryRequest(query, JSON, graphs, graphs)
    assert remembered.get("1", last) is not None


def _described(number: int, text: str) -> tuple[Triple, ...]:
    return (Triple(NamedNode(f"http://a/{number}"), NamedNode("http://a/p"), Literal(text)),)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3000)), max_size=60), st.integers(1, 60_000))
def test_look_ups_take_no_more_bytes_than_may_be_and_what_is_given_is_what_was_put(
    puts: list[tuple[int, int]], most: int
) -> None:
    remembered = RememberedMatches(most)
    for number, length in puts:
        found = _described(number, "é" * length)
        remembered.put(("1", number, length), found)
        assert remembered.get(("1", number, length)) in {None, found}
        assert remembered.held() <= most


def test_long_texts_that_were_looked_up_do_not_fill_the_memory() -> None:
    remembered = RememberedMatches(8 * MEBIBYTE)
    before = _resident()
    for number in range(1500):
        remembered.put(("1", number), _described(number, "x" * 200_000))
    assert _resident() - before < 64 * MEBIBYTE
    assert remembered.get(("1", 1499)) is not None
    assert remembered.get(("1", 0)) is None


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


def test_an_admitted_query_is_remembered_as_it_was_and_what_is_remembered_is_bounded() -> None:
    queries = RememberedQueries()
    whole = [admit(f"ASK {{ ?s ?p {number} }}{comment}") for number in range(40) for comment in ("", " # so")]
    for query in whole:
        queries.put(query)
    assert [queries.get(query.text) for query in whole] == whole
    large = [admit(f"ASK {{}} # {number}\n" + " " * 900_000) for number in range(4)]
    for query in large:
        queries.put(query)
    assert queries.get(large[0].text) is None
    assert queries.get(large[-1].text) == large[-1]
