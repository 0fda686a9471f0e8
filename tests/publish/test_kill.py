"""A publisher that is killed at any moment leaves the old state or the new one, and the next one puts things right."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from si_lod.publish.road import publish
from si_lod.releases import Releases
from tests.publish.conftest import Copy
from tests.publish.test_road import contents

# Runs the command line and kills its own process, as `kill -9` does, just before the event of that number that
# touches the releases' folder. The events are CPython's audit events, so nothing is replaced or slowed.
KILLED = """
import atexit, os, signal, sys
number, folder = int(sys.argv.pop(1)), sys.argv.pop(1)
events = {"open", "os.mkdir", "os.rename", "os.symlink", "os.remove", "os.rmdir", "shutil.copyfile"}
seen = []
def hook(event, arguments):
    if event in events and any(folder in os.fsdecode(a) for a in arguments if isinstance(a, (str, bytes, os.PathLike))):
        seen.append(event)
        if len(seen) == number:
            os.kill(os.getpid(), signal.SIGKILL)
atexit.register(lambda: print(len(seen)))
sys.addaudithook(hook)
from si_lod.cli import main
main()
"""


def start(number: int, site: Copy, releases: Releases) -> subprocess.CompletedProcess[str]:
    command = ["publish", "--site", str(site.root), "--releases", str(releases.root)]
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(number), str(releases.root), *command],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def before(site: Copy, tmp_path: Path) -> Releases:
    """The releases' folder with version 1 in it, the site being ready for version 2."""
    releases = Releases(tmp_path / "before")
    publish(site.source(), releases)
    site.replace("data/dataset.ttl", 'dcat:version "1"', 'dcat:version "2"')
    return releases


def test_a_publisher_killed_at_any_moment_leaves_the_old_state_or_the_new(
    site: Copy, before: Releases, tmp_path: Path
) -> None:
    whole = Releases(tmp_path / "whole")
    shutil.copytree(before.root, whole.root, symlinks=True)
    finished = start(-1, site, whole)
    assert finished.returncode == 0, finished.stderr
    events = int(finished.stdout.splitlines()[-1])
    served = set()
    for number in sorted({*range(1, events, max(1, events // 4)), *range(events - 10, events + 1)}):
        killed = Releases(tmp_path / f"killed-{number}")
        shutil.copytree(before.root, killed.root, symlinks=True)
        assert start(number, site, killed).returncode == -signal.SIGKILL
        served.add(killed.current_version())
        for version in killed.versions():
            assert contents(killed.root / version).items() >= contents(whole.root / version).items()
            assert len(killed.open(version).store()) == killed.open(version).manifest.triples
        assert start(-1, site, killed).returncode == 0
        assert killed.current_version() == "2"
        assert contents(killed.root) == contents(whole.root)
        shutil.rmtree(killed.root)
    assert served == {"1", "2"}, "the moments tried include some before the switch and some after it"


def test_a_publisher_that_cannot_write_leaves_everything_as_it_was(site: Copy, before: Releases) -> None:
    if os.geteuid() == 0:
        # Root is not held by permissions; a file where the folder should be built holds everyone.
        (before.root / ".building-2").write_text("in the way", encoding="utf-8")
    else:
        before.root.chmod(0o555)
    state = contents(before.root)
    command = [sys.executable, "-m", "si_lod", "publish", "--site", str(site.root), "--releases", str(before.root)]
    refused = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert refused.returncode == 3
    assert str(before.root) in refused.stderr
    assert "Traceback" not in refused.stderr
    assert contents(before.root) == state
