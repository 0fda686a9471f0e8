"""What one client may use in a while."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from limits.errors import StorageError

from si_lod.engine.sharing.budget import guarded, spell
from si_lod.engine.sharing.budgets import Budgets
from si_lod.engine.sharing.clients import client_of
from si_lod.errors import InvalidSetting, OverBudget
from si_lod.settings import Settings


def test_without_settings_there_are_none() -> None:
    budgets = Budgets.of(Settings())
    budgets.charge_error("a")
    budgets.charge_seconds("a", 1e6)
    budgets.check("a")
    assert budgets.headers("a") == {}


def test_what_is_left_is_told_and_nothing_left_is_an_error() -> None:
    budgets = Budgets.of(Settings(time_budget="10/minute", error_budget="2 per hour"))
    assert budgets.headers("a")["RateLimit-Policy"] == '"time";q=10;w=60, "errors";q=2;w=3600'
    budgets.charge_seconds("a", 2.5)
    budgets.charge_error("a")
    assert budgets.headers("a")["RateLimit"].startswith('"time";r=8;t=')
    assert '"errors";r=1;t=' in budgets.headers("a")["RateLimit"]
    budgets.check("a")
    budgets.charge_error("a")
    with pytest.raises(OverBudget, match="budget of errors of your address is used up") as caught:
        budgets.check("a")
    assert 3590 <= caught.value.retry_after <= 3600
    budgets.check("b")


def test_a_part_of_a_second_may_still_be_used() -> None:
    budgets = Budgets.of(Settings(time_budget="1/minute"))
    budgets.charge_seconds("a", 0.001)
    budgets.check("a")
    assert budgets.headers("a")["RateLimit"].startswith('"time";r=1;t=')
    budgets.charge_seconds("a", 0.999)
    assert budgets.headers("a")["RateLimit"].startswith('"time";r=0;t=')
    with pytest.raises(OverBudget):
        budgets.check("a")


def test_one_long_query_may_use_up_the_time_and_is_counted_whole() -> None:
    budgets = Budgets.of(Settings(time_budget="5/minute"))
    budgets.charge_seconds("a", 30.0)
    with pytest.raises(OverBudget, match="budget of computing time"):
        budgets.check("a")


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("", "unknown"),
        (None, "unknown"),
        ("unix:", "unix:"),
    ],
)
def test_a_client_is_an_address_or_a_network_of_ipv6(address: str | None, client: str) -> None:
    assert client_of(address) == client


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(time_budget="much"), 'SI_LOD_TIME_BUDGET: expected such as 60/minute, found "much"'),
        (Settings(error_budget="0"), "SI_LOD_ERROR_BUDGET"),
        (Settings(error_budget="0/minute"), 'SI_LOD_ERROR_BUDGET: expected such as 60/minute, found "0/minute"'),
        (Settings(time_budget="5/0minutes"), 'SI_LOD_TIME_BUDGET: expected such as 60/minute, found "5/0minutes"'),
        (Settings(error_budget="5 per 0 hour"), "SI_LOD_ERROR_BUDGET"),
        (Settings(time_budget="60/minute; 5/second"), 'SI_LOD_TIME_BUDGET: .* found "60/minute; 5/second"'),
        (Settings(error_budget="1/minute", budget_store="nowhere"), "SI_LOD_BUDGET_STORE"),
    ],
)
def test_a_budget_that_is_none_is_named(settings: Settings, words: str) -> None:
    with pytest.raises(InvalidSetting, match=words):
        Budgets.of(settings)


@pytest.mark.skipif(find_spec("redis") is not None, reason="the client of the store is installed")
def test_a_store_whose_client_is_not_installed_is_told_with_the_package_that_it_needs() -> None:
    with pytest.raises(InvalidSetting, match="redis://localhost:6379 needs the package redis, which is not installed"):
        Budgets.verify(Settings(budget_store="redis://localhost:6379"))


def test_a_store_of_budgets_that_fails_is_told_once_and_refuses_nobody(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> int:
        raise StorageError(OSError("connection refused"))

    failure = spell()
    assert [guarded(fail, failure) for _ in range(3)] == [None] * 3
    assert [guarded(lambda: 7, failure) for _ in range(2)] == [7, 7]
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    assert "counted again, after 0 s in which that was met 3 times" in caplog.text
