"""What takes long to make is made once, though several processes run the tests (``pytest -n``)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from si_lod.publish.road import publish
from si_lod.publish.source.files import Source
from si_lod.releases import Releases


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder that ``make`` has filled; whoever comes first makes it, and others wait and only read.

    The way is the one that pytest-xdist documents: a lock beside the folders of its processes.
    """
    room = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        room = room.parent
    folder, done = room / name, room / f"{name}.done"
    with FileLock(room / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def sample_releases(factory: pytest.TempPathFactory, sample: Path) -> Releases:
    """Return the folder of the sample site's one release, which no test may change."""
    return Releases(shared(factory, "sample", lambda folder: publish(Source.read(sample), Releases(folder))))
