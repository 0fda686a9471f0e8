"""Whatever becomes of a file of a store, it is told before anybody reads from it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from si_lod.seals import SEAL, damage, is_sealed, seal, strangers
from tests.sealed import sealed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sealed store."""
    path = tmp_path_factory.mktemp("sealed") / "store"
    return sealed(path)


def test_a_store_as_it_was_written_has_no_damage_also_after_it_was_read(store: Path) -> None:
    assert is_sealed(store)
    assert damage(store) == ""
    assert len(Store.read_only(str(store))) == 500
    assert damage(store) == ""


def test_sha256sum_reads_the_seal(store: Path) -> None:
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", SEAL], cwd=store, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert ".sst: OK" in checked.stdout


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_bit_that_flips_in_any_file_is_damage_to_that_file(store: Path, data: st.DataObject) -> None:
    files = sorted(p for p in store.iterdir() if p.stat().st_size and not p.name.startswith(("LOG", "LOCK")))
    path = data.draw(st.sampled_from(files), label="file")
    content = path.read_bytes()
    place = data.draw(st.integers(0, 8 * len(content) - 1), label="bit")
    spoiled = bytearray(content)
    spoiled[place // 8] ^= 1 << place % 8
    try:
        path.write_bytes(spoiled)
        assert "is not as it was written" in damage(store)
        assert path.name == SEAL or path.name in damage(store)
    finally:
        path.write_bytes(content)


def longest(store: Path) -> Path:
    return max(store.glob("*.sst"), key=lambda path: path.stat().st_size)


def into_a_folder(store: Path) -> None:
    (store / "CURRENT").unlink()
    (store / "CURRENT").mkdir()


LOSSES: dict[str, Callable[[Path], object]] = {
    "a file is gone": lambda store: longest(store).unlink(),
    "a file was cut off": lambda store: longest(store).write_bytes(longest(store).read_bytes()[:-1]),
    "a file is a folder now": into_a_folder,
    "a log came to it": lambda store: (store / "000099.log").touch(),
    "a table came to it": lambda store: (store / "000099.sst").touch(),
    "the seal is gone": lambda store: (store / SEAL).unlink(),
    "the seal is empty": lambda store: (store / SEAL).write_bytes(b""),
    "the seal was cut off at a line": lambda store: (store / SEAL).write_bytes(
        b"".join((store / SEAL).read_bytes().splitlines(keepends=True)[:-1])
    ),
    "another wrote to it": lambda store: Store(str(store)).add(Quad(NamedNode("a:a"), NamedNode("a:b"), Literal("c"))),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_what_is_lost_changed_or_added_is_damage(tmp_path: Path, loss: str) -> None:
    store = tmp_path / "store"
    made = Store(str(store))
    made.add(Quad(NamedNode("http://a/1"), NamedNode("http://a/label"), Literal("one")))
    made.flush()
    made.optimize()
    del made
    seal(store)
    LOSSES[loss](store)
    assert damage(store)


def test_what_a_system_keeps_in_a_folder_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").touch()
    seal(tmp_path)
    (tmp_path / ".nfs0001").touch()
    assert damage(tmp_path) == ""
    assert strangers(tmp_path) == []


def test_what_anybody_puts_beside_the_files_of_a_store_is_no_damage_and_known(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").touch()
    seal(tmp_path)
    (tmp_path / "readme.txt").write_text("hi")
    (tmp_path / "000001.sst.bak").mkdir()
    assert damage(tmp_path) == ""
    assert strangers(tmp_path) == ["000001.sst.bak", "readme.txt"]
    (tmp_path / "CURRENT").write_text("other")
    assert '"CURRENT"' in damage(tmp_path)
