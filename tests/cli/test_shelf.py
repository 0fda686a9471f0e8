"""The folder of the releases may be named before what is done with them, and after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import si_lod


@pytest.mark.parametrize("command", ["show", "rollback"])
def test_the_folder_of_the_releases_is_taken_before_the_command_and_after_it(command: str, tmp_path: Path) -> None:
    before = si_lod(tmp_path, "releases", "--releases", "elsewhere", command, "7")
    after = si_lod(tmp_path, "releases", command, "7", "--releases", "elsewhere")
    assert before.returncode == 2
    assert before.stderr.startswith('elsewhere: expected a release "7"')
    assert (after.returncode, after.stderr) == (before.returncode, before.stderr)


def test_the_folder_that_is_named_last_is_taken(tmp_path: Path) -> None:
    both = si_lod(tmp_path, "releases", "--releases", "here", "show", "7", "--releases", "there")
    assert both.stderr.startswith("there: ")
