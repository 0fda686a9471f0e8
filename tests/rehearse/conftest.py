"""The sample's release, once, as what portals find."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from si_lod.publish.road import publish
from si_lod.publish.source import Source
from si_lod.releases import Releases
from tests.rehearse.served import thinned


@pytest.fixture(scope="session")
def shelf(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    releases = Releases(tmp_path_factory.mktemp("rehearsed") / "releases")
    publish(Source.read(sample), releases)
    return releases


@pytest.fixture(scope="session")
def release(shelf: Releases) -> Path:
    return shelf.current().path


@pytest.fixture(scope="session")
def lines(release: Path) -> list[str]:
    """The catalogue with a few distributions of each data set, as lines of N-Triples."""
    return thinned((release / "catalog.nt").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def shapes_folder(root: Path) -> Path:
    """The official shapes beside the checkout; tests that need them are skipped without, except in CI."""
    folder = root.parent / "shared/harvest"
    if not folder.is_dir():
        message = f"the official shapes are not at {folder}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder
