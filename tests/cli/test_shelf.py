"""The folder of the releases may be named before and after what is done with them; only a good one is gone back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from si_lod.releases import Releases
from tests.cli.command import si_lod
from tests.serve.site import facts, publish


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


def test_a_damaged_release_is_not_gone_back_to_and_what_is_served_stays(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "releases")
    publish(releases, "1", facts(), issued="2025-01-01")
    publish(releases, "2", facts(), issued="2025-02-01")
    file = next((releases.root / "1/store").glob("*.sst"))
    file.write_bytes(file.read_bytes()[:-1])
    for arguments, locale, note in (
        ((), "C", "nothing was switched: 2 is served on"),
        (("1",), "nl_NL", "er is niets omgezet: 2 wordt nog steeds geserveerd"),
    ):
        done = si_lod(tmp_path, "releases", "rollback", *arguments, LC_ALL=locale)
        first, second = done.stderr.splitlines()
        assert (done.returncode, done.stdout, second) == (3, "", note)
        assert first.startswith("releases/1/store: ")
        assert f'"{file.name}"' in first
        assert releases.current_version() == "2"
