"""Counts that several processes keep together."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from limits.errors import StorageError

from si_lod.engine.sharing import tally
from si_lod.engine.sharing.access import Access
from si_lod.engine.sharing.budgets import Budgets
from si_lod.engine.sharing.tally import Tally
from si_lod.errors import OverBudget
from si_lod.settings import Settings

COUNT = (
    "import sys, pathlib; from si_lod.engine.sharing.tally import Tally\n"
    "tally = Tally(pathlib.Path(sys.argv[1])); sys.stdin.read()\n"
    "for _ in range(300): tally.incr('all', 3600, 2)"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a folder's #1?" / "tally.sqlite"
    made.parent.mkdir()
    Tally.begin(made)
    return made


def test_what_processes_and_threads_count_at_the_same_time_is_all_counted(path: Path) -> None:
    counted = Tally(path)
    command = [sys.executable, "-c", COUNT, str(path)]
    others = [subprocess.Popen(command, stdin=subprocess.PIPE) for _ in range(2)]
    threads = [Thread(target=lambda: [counted.incr("all", 3600) for _ in range(100)]) for _ in range(3)]
    for other in others:
        assert other.stdin is not None
        other.stdin.close()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [other.wait(60) for other in others] == [0, 0]
    assert counted.get("all") == 2 * 300 * 2 + 3 * 100


def test_who_reads_a_count_does_not_wait_for_the_threads_that_wait_to_write(path: Path) -> None:
    counted = Tally(path, patience=60.0)
    counted.incr("all", 3600)
    written: list[int] = []
    threads = [Thread(target=lambda: written.append(counted.incr("all", 3600))) for _ in range(8)]
    with closing(sqlite3.connect(path, isolation_level=None)) as stopped:
        stopped.execute("BEGIN IMMEDIATE")
        for thread in threads:
            thread.start()
        assert (counted.get("all"), counted.check(), written) == (1, True, [])
        stopped.execute("ROLLBACK")
    for thread in threads:
        thread.join(60)
    assert sorted(written) == list(range(2, 10))


def test_nobody_waits_for_threads_of_its_own_process_beyond_its_patience(path: Path) -> None:
    access = Access(path, patience=0.0)
    with access.held() as connection:
        with pytest.raises(sqlite3.OperationalError, match="other threads"), access.held():
            pytest.fail("it is held by another")
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (0,)
    with access.writing() as connection:
        assert connection.execute("SELECT COUNT(*) FROM used").fetchone() == (0,)


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "é'\"\x00"]), st.integers(0, 1 << 40)), max_size=20))
def test_whoever_of_two_counts_both_know_the_sum(
    tmp_path_factory: pytest.TempPathFactory, uses: list[tuple[str, int]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "both.sqlite"
    Tally.begin(path)
    one, other = Tally(path), Tally(path)
    one.reset()
    expected: Counter[str] = Counter()
    for number, (key, amount) in enumerate(uses):
        expected[key] += amount
        assert (one, other)[number % 2].incr(key, 3600, amount) == expected[key]
    assert all(each.get(key) == expected[key] for key in ("a", "b", "é'\"\x00") for each in (one, other))


def test_a_window_begins_with_the_first_use_and_what_was_used_in_one_is_forgotten_in_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(tally, "time", lambda: now)
    counted = Tally(path)
    assert (counted.get("a"), counted.get_expiry("a")) == (0, 1000.0)
    counted.incr("a", 60, 5)
    now = 1059.9
    assert (counted.incr("a", 60), counted.get("a"), counted.get_expiry("a")) == (6, 6, 1060.0)
    now = 1060.0
    assert (counted.get("a"), counted.get_expiry("a")) == (0, 1060.0)
    assert (counted.incr("a", 60), counted.get_expiry("a")) == (1, 1120.0)
    counted.clear("a")
    assert (counted.get("a"), counted.check()) == (0, True)


def test_so_many_clients_are_remembered_and_no_more_those_whose_windows_end_first_are_given_up(path: Path) -> None:
    counted = Tally(path, most=10)
    for number in range(1000):
        counted.incr(f"client {number}", 3600 + number)
    with closing(sqlite3.connect(path)) as connection:
        kept = [key for (key,) in connection.execute("SELECT key FROM used ORDER BY ends")]
    assert kept == [f"client {number}" for number in range(990, 1000)]


def test_what_is_over_is_not_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Tally(path)
    for number in range(999):
        counted.incr(f"client {number}", 60)
    monkeypatch.setattr(tally, "time", lambda: 1e12)
    counted.incr("the last", 60)
    assert counted.reset() == 1


def test_a_file_that_is_none_is_told_as_what_a_store_of_budgets_fails_with(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("this is no database, and longer than its head would be " * 10)
    uses: list[Callable[[Tally], object]] = [lambda tally: tally.incr("a", 60), Tally.check, Tally.reset]
    for path in (tmp_path / "absent", tmp_path / "text"):
        for use in uses:
            with pytest.raises(StorageError):
                use(Tally(path))
    assert not (tmp_path / "absent").exists()


def test_web_workers_have_one_budget_for_each_client_and_know_what_is_left_of_it(tmp_path: Path) -> None:
    settings = Settings(error_budget="5/hour", time_budget="100/hour")
    Budgets.begin(settings, str(tmp_path))
    workers = [Budgets.of(settings, folder=str(tmp_path)) for _ in range(3)]
    left = []
    for number in range(5):
        workers[number % 3].check("a")
        workers[number % 3].charge_error("a")
        left.append([worker.headers("a")["RateLimit"].split(", ")[1] for worker in workers])
    assert [len(set(each)) for each in left] == [1] * 5
    assert [each[0].split(";")[1] for each in left] == ["r=4", "r=3", "r=2", "r=1", "r=0"]
    for worker in workers:
        with pytest.raises(OverBudget):
            worker.check("a")
        worker.check("b")
