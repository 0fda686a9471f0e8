"""A store that is damaged after it was opened: what a query comes to then is not said to be the query's fault."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from si_lod.comparison import Comparison
from si_lod.engine.pool.engine import Evaluation, PooledEngine
from si_lod.engine.pool.pool import Pool
from si_lod.engine.remembering import Remembered
from si_lod.engine.worker.wire import LONG
from si_lod.errors import StoreFailed, TooLarge
from si_lod.seals import identity_of, seal
from tests.engine.conftest import MEBIBYTE, asking
from tests.test_comparison import flip

if TYPE_CHECKING:
    from pathlib import Path

LABEL = NamedNode("http://a/label")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
LENGTHS = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(STRLEN(STR(?o)) > 0) }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c"
MANY = 5000


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sealed store of several blocks, which no test changes."""
    path = tmp_path_factory.mktemp("whole") / "store"
    made = Store(str(path))
    made.extend(Quad(NamedNode(f"http://a/{n}"), LABEL, Literal(f"thing of number {n}")) for n in range(MANY))
    made.flush()
    made.optimize()
    del made
    seal(path)
    return path


@pytest.fixture
def engine(whole: Path, tmp_path: Path, pool: Pool) -> PooledEngine:
    """An engine over a copy of it, which was seen to be as it was written when it was opened."""
    folder = tmp_path / "store"
    shutil.copytree(whole, folder)
    comparison = Comparison()
    comparison.believe(folder, identity_of(folder))
    return Evaluation(pool, Remembered(MEBIBYTE), comparison).engine(Store.read_only(str(folder)), folder, "release")


def spoil(engine: PooledEngine) -> list[str]:
    """Flip a bit in each of the engine's files, one of which any query reads."""
    return [flip(engine.folder, number) for number in range(len(list(engine.folder.glob("*.sst"))))]


def test_what_a_query_comes_to_over_a_damaged_store_is_the_stores_fault(engine: PooledEngine) -> None:
    names = spoil(engine)
    assert engine.damage == ""
    with pytest.raises(StoreFailed, match="is damaged: the file") as caught:
        engine.answer(asking(COUNT))
    assert any(name in str(caught.value) for name in names)
    assert engine.damage


def test_a_query_that_asks_too_much_of_a_whole_store_is_told_so(engine: PooledEngine) -> None:
    with pytest.raises(TooLarge, match="more memory"):
        engine.answer(asking(GREEDY))
    assert engine.damage == ""


@pytest.mark.parametrize(("believed", "said"), [(0.0, StoreFailed), (60.0, TooLarge)])
def test_a_store_is_believed_to_be_whole_for_a_while_when_a_query_asks_too_much(
    engine: PooledEngine, believed: float, said: type[Exception]
) -> None:
    spoil(engine)
    with pytest.raises(said), replace(engine.doubt, believed=believed).evaluating():
        raise TooLarge("more memory")
    assert bool(engine.damage) == (said is StoreFailed)


def test_a_long_query_that_no_process_can_judge_has_the_store_compared_too(engine: PooledEngine) -> None:
    for manifest in engine.folder.glob("MANIFEST-*"):
        manifest.write_bytes(b"")
    with pytest.raises(StoreFailed, match="is damaged"):
        engine.admit(f"{COUNT} # {'x' * LONG}", asking(COUNT).asker)
    assert engine.damage


def test_our_own_queries_fail_as_the_store_and_have_it_compared(engine: PooledEngine) -> None:
    spoil(engine)
    for read in (lambda: list(engine.match(None, None, None)), lambda: engine.select("SELECT * { ?s ?p ?o }")):
        with pytest.raises(StoreFailed, match="Corruption"):
            read()
        assert engine.damage


def test_no_answer_counts_that_came_when_the_damage_was_known(engine: PooledEngine) -> None:
    names = spoil(engine)
    engine.evaluation.comparison.compare(engine.folder)
    with pytest.raises(StoreFailed, match=names[0]):
        engine.answer(asking("ASK {}"))


def test_what_was_answered_from_a_store_is_forgotten_when_it_is_opened_anew(engine: PooledEngine) -> None:
    query, counted = asking(LENGTHS), engine.evaluation.pool.figures.read
    for _ in range(2):
        engine.answer(query)
    assert counted()["remembered"] == 1
    # The same content, in a store that was mended or made anew.
    again = engine.evaluation.engine(Store.read_only(str(engine.folder)), engine.folder, "release")
    assert again.identity == identity_of(engine.folder) == engine.identity
    again.answer(query)
    assert counted()["remembered"] == 1
