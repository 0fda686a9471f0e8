"""The sample's release, once, as what portals find."""

from __future__ import annotations

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
