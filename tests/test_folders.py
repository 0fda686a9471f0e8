"""Folders that go as a whole, also while something still writes to them."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from si_lod.folders import let_go, sweep


def test_a_folder_goes_although_something_still_writes_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "building"
    (folder / "store").mkdir(parents=True)

    def write() -> None:
        for number in range(30):
            with suppress(FileNotFoundError, FileExistsError):
                (folder / "store").mkdir(parents=True, exist_ok=True)
                (folder / f"store/{number}").touch()
            time.sleep(0.01)

    writer = Thread(target=write)
    writer.start()
    while writer.is_alive():
        sweep(folder)
    sweep(folder)
    assert not folder.exists()
    sweep(folder)


def test_an_error_that_is_let_go_holds_no_store_open(tmp_path: Path) -> None:
    def fail() -> None:
        store = Store(str(tmp_path / "store"))
        store.add(Quad(NamedNode("a:a"), NamedNode("a:a"), Literal("a")))
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong") as caught:
        fail()
    with pytest.raises(OSError, match=r"(?i)lock"):
        Store(str(tmp_path / "store"))
    let_go(caught.value)
    assert len(Store(str(tmp_path / "store"))) == 1
