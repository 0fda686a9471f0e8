"""Two sorted dumps side by side."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.changes.merging import differences, read_lines
from si_lod.changes.patch import patch
from si_lod.errors import NoRelease

# IRIs of which one begins another, and characters before and after ">" in the order of bytes.
SUBJECTS = ["<https://a.example/x>", "<https://a.example/x/y>", "<https://a.example/x~>", "<https://a.example/x!>"]
LINES = [
    f'{subject} <https://a.example/{predicate}> "{value}" .\n'.encode()
    for subject in SUBJECTS
    for predicate in "pq"
    for value in "12"
]
DUMPS = st.sets(st.sampled_from(LINES)).map(sorted)


@given(DUMPS, DUMPS)
def test_the_patch_makes_the_new_dump_of_the_old_one(old: list[bytes], new: list[bytes]) -> None:
    copy = set(old)
    for row in patch(differences(old, new), "https://a.example/patch"):
        operation, _, line = row.partition(b" ")
        if operation == b"D":
            copy.remove(line)
        elif operation == b"A":
            assert line not in copy
            copy.add(line)
    assert sorted(copy) == new


@given(DUMPS, DUMPS)
def test_each_thing_that_differs_comes_once_with_all_that_is_said_of_it(old: list[bytes], new: list[bytes]) -> None:
    seen = []
    for difference in differences(old, new):
        (subject,) = {line.partition(b" ")[0] for line in (*difference.old, *difference.new)}
        assert list(difference.old) == [line for line in old if line.startswith(subject + b" ")]
        assert list(difference.new) == [line for line in new if line.startswith(subject + b" ")]
        seen.append(subject)
    assert seen == sorted(set(seen))


def test_equal_dumps_have_no_differences_and_a_patch_of_nothing() -> None:
    assert list(differences(LINES, LINES)) == []
    assert list(patch([], "https://a.example/patch")) == [b"H id <https://a.example/patch> .\n", b"TX .\n", b"TC .\n"]


def test_a_dump_that_ends_too_early_is_told_and_not_taken_for_a_short_one(tmp_path: Path) -> None:
    dump = tmp_path / "dataset.nq.gz"
    dump.write_bytes(gzip.compress(b"".join(sorted(LINES)))[:-12])
    with pytest.raises(NoRelease, match=r"dataset\.nq\.gz: expected a whole dump"):
        list(read_lines(dump))
