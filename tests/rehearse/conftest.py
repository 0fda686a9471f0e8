"""The sample's release, once, as what portals find."""

from __future__ import annotations

from pathlib import Path

import pytest

from si_lod.releases import Releases
from tests.rehearse.served import thinned
from tests.sharing import sample_releases


@pytest.fixture(scope="session")
def shelf(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    return sample_releases(tmp_path_factory, sample)


@pytest.fixture(scope="session")
def release(shelf: Releases) -> Path:
    return shelf.current().path


@pytest.fixture(scope="session")
def lines(release: Path) -> list[str]:
    """The catalogue with a few distributions of each data set, as lines of N-Triples."""
    return thinned((release / "catalog.nt").read_text(encoding="utf-8"))
