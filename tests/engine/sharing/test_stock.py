"""Large results take room on the disk until they are read, and no client makes them take more than there may be."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.engine.evaluation import Result
from si_lod.engine.pool.pool import Bounds, Pool
from si_lod.engine.sharing.stock import Stock
from si_lod.engine.spool import IN_MEMORY, Spooled
from si_lod.errors import Busy
from tests.engine.conftest import MEBIBYTE, asking

LARGE = "SELECT * { ?s ?p ?o VALUES ?x { 1 2 3 } }"


def large(size: int) -> Result:
    return Result("text/csv", Spooled(tempfile.TemporaryFile(), size))


@pytest.fixture
def narrow() -> Iterator[Pool]:
    """A pool with room for few results of the large query."""
    made = Pool(Bounds(places=2, seconds=60.0, memory=200 * MEBIBYTE, most=MEBIBYTE, held=2 * MEBIBYTE), _free)
    yield made
    made.crew.close()


def _free(_client: str, _seconds: float) -> None:
    """Charge nobody."""


def test_a_client_who_keeps_results_gets_no_more_of_them_and_others_do(folder: Path, narrow: Pool) -> None:
    kept = [narrow.answer(folder, asking(LARGE, client="keeper"))]
    size = len(kept[0].body)
    assert MEBIBYTE // 2 < size < MEBIBYTE
    with pytest.raises(Busy, match="still being read") as caught:
        narrow.answer(folder, asking(LARGE, client="keeper"))
    assert caught.value.retry_after > 0
    kept.append(narrow.answer(folder, asking(LARGE, client="other")))
    with pytest.raises(Busy):
        narrow.answer(folder, asking(LARGE, client="third"))
    assert len(narrow.answer(folder, asking("ASK {}", client="keeper")).content) < IN_MEMORY
    assert narrow.stock.held() == 2 * size


def test_a_result_that_was_read_makes_room(folder: Path, narrow: Pool) -> None:
    for _ in range(4):
        assert len(narrow.answer(folder, asking(LARGE, client="reader")).content) > MEBIBYTE // 2
        gc.collect()
    assert narrow.stock.held() == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 60), st.booleans()), max_size=30))
def test_never_more_is_held_than_may_be(asked: list[tuple[str, int, bool]]) -> None:
    stock = Stock(100, 50)
    kept: list[tuple[str, Result]] = []
    for client, size, stays in asked:
        own = sum(len(answer.body) for other, answer in kept if other == client)
        held = sum(len(answer.body) for _, answer in kept)
        assert stock.held() == held <= 100
        if own + size > 50 or held + size > 100:
            with pytest.raises(Busy):
                stock.take(client, large(size))
        else:
            answer = stock.take(client, large(size))
            if stays:
                kept.append((client, answer))
            del answer
