"""The sample site, published twice and served, and a browser; without one the tests are skipped, except in CI."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from si_lod.publish.road import publish
from si_lod.publish.source.files import Source
from si_lod.rehearsals import Rehearsals
from si_lod.releases import Releases
from tests.acceptance.live import serving
from tests.browser.chromium import Browser, browsing
from tests.serve.test_rehearsal import rehearsed
from tests.sharing import sample_releases, shared


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder whose ``releases`` are two of the sample site; in the second an observation is withdrawn."""
    first = sample_releases(tmp_path_factory, root)
    return shared(tmp_path_factory, "browser", lambda folder: publish_second(first, root, folder))


def publish_second(first: Releases, root: Path, folder: Path) -> None:
    for name in ("data", "ontology", "shapes"):
        shutil.copytree(root / name, folder / "site" / name)
    shutil.copytree(first.root, folder / "releases", symlinks=True)
    data = folder / "site/data"
    described = (data / "dataset.ttl").read_text(encoding="utf-8")
    assert 'dcat:version "2026.1"' in described
    (data / "dataset.ttl").write_text(described.replace('"2026.1"', '"2026.2"'), encoding="utf-8")
    rows = (data / "observations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if not row.startswith("obs-0090,")]
    assert len(kept) == len(rows) - 1
    (data / "observations.csv").write_text("".join(kept), encoding="utf-8")
    with (data / "withdrawn.csv").open("a", encoding="utf-8") as table:
        table.write("observation/obs-0090,dubbel geteld,counted twice,,2026-11-25\n")
    releases = Releases(folder / "releases")
    publish(Source.read(folder / "site"), releases)
    Rehearsals(releases.root).keep(rehearsed("2026.2"))


@pytest.fixture(scope="session")
def address(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served."""
    command = (sys.executable, "-m", "si_lod", "serve", "--releases", folder / "releases")
    with serving(*command, folder=tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The text of axe-core, which ``npm ci`` puts in place."""
    return needed(str(root / "tests/browser/node_modules/axe-core/axe.min.js")).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def browser(address: str) -> Iterator[Browser]:
    """A browser before the site."""
    with browsing(*program(), address) as browser:
        yield browser


@pytest.fixture(scope="session")
def plain(address: str) -> Iterator[Browser]:
    """A browser that runs no scripts of pages."""
    with browsing(*program(), address, scripts=False) as browser:
        yield browser


def program() -> tuple[str, str]:
    return str(needed("chromium")), str(needed("chromedriver"))


def needed(name: str) -> Path:
    """Return the program or file of that name; without it the test is skipped, or fails in CI."""
    found = shutil.which(name) or (name if Path(name).is_file() else None)
    if found is None:
        message = f"{name} is missing; .ci/run installs it"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return Path(found)
