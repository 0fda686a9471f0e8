"""What one process finds out of a store, all know; and it is found out no more often than it need be."""

from __future__ import annotations

import json
import os
import resource
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from si_lod.comparison import Comparison
from si_lod.seals import SEAL, damage, identity_of, seal
from si_lod.verdicts import Verdicts
from tests.sealed import sealed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The folder of a sealed store."""
    path = tmp_path / "1/store"
    path.parent.mkdir()
    return sealed(path)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """The folder in which processes tell one another."""
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


def flip(store: Path, number: int = -1) -> str:
    """Flip a bit in the middle of a file of the store, which keeps its size and time, and return the file's name."""
    path = sorted(store.glob("*.sst"))[number]
    content, status = bytearray(path.read_bytes()), path.stat()
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return path.name


def untold() -> None:
    """Take no rest."""


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]


def test_damage_that_one_process_finds_is_known_to_all_and_told_once(
    store: Path, shared: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one, other, identity = Comparison(Verdicts(shared)), Verdicts(shared), identity_of(store)
    assert (one.opening(store), other.damage(identity)) == ("", "")
    name = flip(store)
    assert other.damage(identity) == ""
    for _ in range(2):
        one.review(untold)
        assert name in other.damage(identity)
    assert errors(caplog) == [f'{store}: the file "{name}" of the store is not as it was written']


def test_what_is_put_right_again_is_known_to_be_and_told(
    store: Path, shared: Path, caplog: pytest.LogCaptureFixture
) -> None:
    comparison = Comparison(Verdicts(shared))
    comparison.opening(store)
    flip(store)
    comparison.review(untold)
    assert comparison.verdicts.damage(identity_of(store))
    flip(store)
    comparison.review(untold)
    assert comparison.verdicts.damage(identity_of(store)) == ""
    assert "it is as it was written again" in caplog.text


def test_every_store_that_was_opened_is_reviewed_and_one_that_is_no_more_is_forgotten(
    store: Path, shared: Path, tmp_path: Path
) -> None:
    other = tmp_path / "2/store"
    other.mkdir(parents=True)
    (other / "CURRENT").touch()
    (other / "000001.sst").write_bytes(b"some data")
    seal(other)
    comparison = Comparison(Verdicts(shared))
    for each in (store, other):
        assert comparison.opening(each) == ""
    flip(store)
    flip(other)
    comparison.review(untold)
    assert all(comparison.verdicts.damage(identity_of(each)) for each in (store, other))
    gone = identity_of(store)
    store.rename(tmp_path / "away")
    comparison.review(untold)
    assert comparison.verdicts.of(gone) is None
    assert comparison.verdicts.damage(identity_of(other))


def tell(shared: Path, store: Path, *, took: float, damage: str = "") -> None:
    """Leave the verdict of a comparison that took so many seconds and has just ended."""
    identity, now = identity_of(store), monotonic()
    assert identity is not None
    verdict = {"store": str(store), "begun": now - took, "ended": now, "damage": damage}
    (shared / ("-".join(map(str, identity)) + ".verdict")).write_text(json.dumps(verdict))


@pytest.mark.parametrize("is_there_at_first", [True, False])
def test_what_is_none_of_a_store_is_told_once_and_keeps_nobody_from_it(
    store: Path, shared: Path, caplog: pytest.LogCaptureFixture, *, is_there_at_first: bool
) -> None:
    comparison, other = Comparison(Verdicts(shared)), Comparison(Verdicts(shared))
    if is_there_at_first:
        (store / "readme.txt").touch()
    comparison.believe(store, identity_of(store))
    (store / "readme.txt").touch()
    for _ in range(2):
        comparison.review(untold)
        assert other.opening(store) == ""
    assert [record.getMessage() for record in caplog.records] == [
        f'{store}: "readme.txt" is none of the store, which does not read it'
    ]


def test_a_doubt_has_the_store_read_unless_that_took_long_a_moment_ago(store: Path, shared: Path) -> None:
    name = flip(store)
    tell(shared, store, took=1000.0)
    assert Comparison(Verdicts(shared)).doubted(store) == ""
    tell(shared, store, took=0.0)
    assert name in Comparison(Verdicts(shared)).doubted(store)


def test_who_opens_a_store_believes_that_it_is_damaged_and_that_it_is_whole_only_who_trusts_it(
    store: Path, shared: Path
) -> None:
    tell(shared, store, took=1000.0, damage="a hole")
    assert Comparison(Verdicts(shared), trusted=60.0).opening(store) == "a hole"
    assert Comparison(Verdicts(shared)).opening(store) == "a hole"
    name = flip(store)
    tell(shared, store, took=1000.0)
    assert Comparison(Verdicts(shared), trusted=60.0).opening(store) == ""
    assert name in Comparison(Verdicts(shared)).opening(store)
    # And from then on that is what all are told.
    assert name in Verdicts(shared).damage(identity_of(store))


def test_a_comparison_that_began_earlier_does_not_take_back_what_a_later_one_found(store: Path, shared: Path) -> None:
    slow, quick, rests = Comparison(Verdicts(shared)), Comparison(Verdicts(shared)), 0
    quick.opening(store)

    def meanwhile() -> None:
        nonlocal rests
        rests += 1
        if rests == len(list(store.iterdir())) // 2:
            flip(store, 0)
            assert quick.compare(store).damage

    slow.review(meanwhile)
    assert quick.verdicts.damage(identity_of(store))


def test_a_store_whose_place_another_takes_while_it_is_read_is_not_said_to_be_damaged(
    store: Path, shared: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    comparison, identity = Comparison(Verdicts(shared)), identity_of(store)
    comparison.opening(store)

    def publish_anew() -> None:
        if store.exists():
            store.rename(tmp_path / "away")

    comparison.review(publish_anew)
    assert comparison.verdicts.damage(identity) == ""
    assert errors(caplog) == []


def test_of_a_store_without_digests_nothing_is_said(store: Path) -> None:
    (store / SEAL).unlink()
    comparison = Comparison()
    comparison.believe(store, identity_of(store))
    assert comparison.doubted(store) == ""
    assert comparison.verdicts.of(identity_of(store)) is None


def test_that_no_file_can_be_opened_any_more_is_no_damage(store: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = os.open(store, os.O_RDONLY)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, hard))
    try:
        with pytest.raises(OSError, match="Too many open files"):
            damage(store)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert damage(store) == ""
