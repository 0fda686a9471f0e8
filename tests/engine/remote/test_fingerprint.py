"""Whether two sets of lines are the same, in whatever order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from si_lod.engine.remote.transfer.fingerprint import Fingerprint, lines_in

LINES = st.lists(st.binary(min_size=1, max_size=6), unique=True, min_size=1, max_size=40)


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_lines_makes_no_difference(lines: list[bytes], chance: object) -> None:
    mixed = list(lines)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert Fingerprint.of(mixed) == Fingerprint.of(lines)


@given(LINES, st.data())
def test_a_line_that_is_missing_added_or_other_is_found(lines: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(st.lists(st.just(b"another line"), max_size=1))
    changed = [*lines[:place], *other, *lines[place + 1 :]]
    mine, theirs = Fingerprint.of(lines), Fingerprint.of(changed)
    assert mine != theirs
    buckets = mine.differing(theirs)
    different = {*lines_in(lines, buckets), *lines_in(changed, buckets)}
    assert different >= set(lines) ^ set(changed)


def test_a_line_twice_is_not_a_line_once() -> None:
    assert Fingerprint.of([b"a", b"a"]) != Fingerprint.of([b"a"])
