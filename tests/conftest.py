"""What several rooms' tests need."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says more of the machine than of the code.
settings.register_profile("si-lod", deadline=None)
settings.load_profile("si-lod")

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--approve", action="store_true", help="rewrite approved reports and golden files; look at the diff"
    )


@pytest.fixture
def approve(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--approve"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def sample() -> Path:
    """The sample site's folder, which is the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def libraries() -> Path:
    """A second site: another programme, namespace and shape of data."""
    return ROOT / "tests/fixtures/libraries"


@pytest.fixture(scope="session")
def w3c() -> Path:
    """The folder of the W3C test suites."""
    return _beside("shared/w3c", "the W3C test suites")


@pytest.fixture(scope="session")
def shapes_folder() -> Path:
    """The folder of the official shapes of those who take catalogues."""
    return _beside("shared/harvest", "the official shapes")


def _beside(name: str, what: str) -> Path:
    """The folder beside the checkout; tests that need it are skipped without, except in CI."""
    folder = ROOT.parent / name
    if not folder.is_dir():
        message = f"{what} are not at {folder}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder
