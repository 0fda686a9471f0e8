"""Sets of keys on disk: which row had a key first, and which key was perhaps meant."""

from __future__ import annotations

import pytest

from si_lod.errors import CannotWrite
from si_lod.publish.csvw.keys.index import Keys


def test_a_key_is_new_once() -> None:
    with Keys() as keys:
        known = keys.new(2)
        assert known.add(("a", "b"), 2) == 0
        assert known.add(("ab", ""), 3) == 0
        assert known.add(("a", "b"), 4) == 2
        assert known.lines(("a", "b")) == (2, 4)
        assert known.lines(("ab", "")) == (3, 0)
        assert known.lines(("b", "a")) == (0, 0)


def test_sets_know_nothing_of_each_other() -> None:
    with Keys() as keys:
        first, second = keys.new(1), keys.new(1)
        first.add(("a",), 2)
        assert second.lines(("a",)) == (0, 0)


def test_a_key_may_hold_whatever_a_cell_may() -> None:
    with Keys() as keys:
        known = keys.new(1)
        for line, key in enumerate(("x' OR 1=1", 'a"b', "\n", "ö", "1", "01", "a" * 1_000_000), start=2):
            assert known.add((key,), line) == 0
            assert known.lines((key,)) == (line, 0)


def test_the_nearest_key_is_offered_and_none_where_nothing_is_near() -> None:
    with Keys() as keys:
        known = keys.new(1)
        known.add(("percent",), 2)
        assert known.near(("procent",)) == '"percent"'
        assert known.near(("kilometre",)) == ""
        assert known.near(("percent" * 100,)) == ""


def test_a_database_that_cannot_be_written_is_a_fault_of_the_machine() -> None:
    with pytest.raises(CannotWrite, match="cannot be kept in a temporary file"), Keys() as keys:  # noqa: PT012
        known = keys.new(1)
        # A full disk, as SQLite tells of it.
        keys._database.execute("PRAGMA max_page_count = 8")
        for number in range(100_000):
            known.add((f"{number:0100}",), number)
