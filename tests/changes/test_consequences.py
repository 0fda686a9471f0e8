"""Which lines of a release nobody wrote."""

from __future__ import annotations

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given

from si_lod.changes.consequences import FILE, Consequences, write_consequences
from si_lod.changes.merging import read_lines, subject_of
from tests.changes.test_merging import DUMPS, SUBJECTS


def dump(path: Path, lines: list[bytes]) -> Path:
    path.write_bytes(gzip.compress(b"".join(lines)))
    return path


@given(DUMPS, DUMPS)
def test_what_no_file_states_is_what_follows_and_is_found_by_its_thing(stated: list[bytes], added: list[bytes]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        whole = sorted({*stated, *added})
        write_consequences(dump(folder / "stated", stated), dump(folder / "whole", whole), folder / FILE)
        follows = sorted(set(whole) - set(stated))
        assert list(read_lines(folder / FILE)) == follows
        found = Consequences.of(folder)
        for subject in sorted(subject.encode() for subject in SUBJECTS):
            assert found.about(subject) == {line for line in follows if subject_of(line) == subject}


def test_of_a_release_that_does_not_tell_nothing_follows(tmp_path: Path) -> None:
    assert Consequences.of(tmp_path).about(b"<https://a.example/x>") == frozenset()
