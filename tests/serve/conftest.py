"""The server over a release about mills."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.serve.site import facts, publish

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.fixture(scope="session")
def mills(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """A folder with one release."""
    releases = Releases(tmp_path_factory.mktemp("mills") / "releases")
    publish(releases, "2025.1", facts())
    return releases


@pytest.fixture
def client(mills: Releases) -> FlaskClient:
    return create_app(mills).test_client()
