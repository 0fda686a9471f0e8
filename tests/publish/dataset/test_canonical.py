"""A dataset has one text: the same quads give the same bytes, whatever the order they came in."""

from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from si_lod.publish.dataset import canonical

if TYPE_CHECKING:
    from pathlib import Path

IRI = st.integers(0, 30).map(lambda number: NamedNode(f"https://data.example.org/{number}"))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TERM = st.one_of(IRI, TEXT.map(Literal), TEXT.map(lambda text: Literal(text, language="nl")))
QUADS = st.lists(st.builds(Quad, IRI, IRI, TERM), max_size=40)


def written(quads: list[Quad], path: Path) -> tuple[bytes, str]:
    store = Store()
    store.extend(quads)
    digest = canonical.write_dataset(store, path)
    return path.read_bytes(), digest


@given(quads=QUADS, random=st.randoms())
def test_the_order_of_the_quads_does_not_matter(
    quads: list[Quad], random: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("n") / "dataset.nq.gz"
    first = written(quads, path)
    random.shuffle(quads)  # type: ignore[attr-defined]
    assert written(quads, path) == first


@given(quads=QUADS)
def test_every_quad_is_there_once_and_can_be_read_back(
    quads: list[Quad], tmp_path_factory: pytest.TempPathFactory
) -> None:
    content, digest = written(quads, tmp_path_factory.mktemp("n") / "dataset.nq.gz")
    text = gzip.decompress(content)
    assert sorted(map(str, parse(text, format=RdfFormat.N_QUADS))) == sorted(map(str, set(quads)))
    assert text.splitlines() == sorted(text.splitlines())
    assert digest == hashlib.sha256(text).hexdigest()


def test_more_lines_than_memory_holds_are_merged_from_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quads = [
        Quad(
            NamedNode(f"https://data.example.org/{number % 7}"),
            NamedNode("https://data.example.org/p"),
            Literal(str(number)),
        )
        for number in range(1000)
    ]
    whole = written(quads, tmp_path / "a.gz")
    monkeypatch.setattr(canonical, "_LINES_IN_MEMORY", 64)
    assert written(quads, tmp_path / "b.gz") == whole
