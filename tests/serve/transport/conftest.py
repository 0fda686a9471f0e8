"""A gateway over the mills."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from si_lod.engine.sharing.budgets import Budgets
from si_lod.serve.app import gateway_over
from si_lod.serve.current import Current
from si_lod.serve.transport.figures import Figures
from si_lod.settings import Settings
from tests.serve.test_server import answered, running
from tests.serve.transport.client import Direct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from si_lod.releases import Releases


def cold(releases: Releases, **settings: int | str) -> Direct:
    """Return a client of a gateway of its own, which evaluates queries in this process."""
    return Direct(gateway_over(Current(releases), chosen(releases, settings), Figures(), Budgets()))


def chosen(releases: Releases, settings: Mapping[str, int | str]) -> Settings:
    return Settings(releases=releases.root, **settings)  # type: ignore[arg-type]


def direct(releases: Releases, **settings: int | str) -> Direct:
    """Return such a client; the release is open, as it is after the first answer."""
    current = Current(releases)
    current.serving()
    return Direct(gateway_over(current, chosen(releases, settings), Figures(), Budgets()))


@pytest.fixture
def gateway(mills: Releases) -> Direct:
    return direct(mills)


@pytest.fixture(scope="session")
def live(mills: Releases) -> Iterator[tuple[str, int]]:
    """The address of a server with two workers."""
    with running(mills) as (_, address):
        assert answered(address, "/health/ready")[0] == 200
        host, _, port = address.removeprefix("http://").rpartition(":")
        yield host, int(port)
