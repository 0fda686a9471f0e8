"""What one client may use in a while: seconds of evaluation, and queries in error. Off unless it is configured.

The client is told what is left in the headers of draft-ietf-httpapi-ratelimit-headers, and 429 when nothing is.
"""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass, field
from time import time
from typing import TYPE_CHECKING, Final, Self, TypeVar

import limits
from limits.errors import ConfigurationError, StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from si_lod.engine.figures import Figures
from si_lod.errors import InvalidSetting, OverBudget
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from si_lod.settings import Settings

T = TypeVar("T")

_LOG: Final = logging.getLogger(__name__)
_MILLI: Final = 1000


@dataclass(frozen=True, slots=True)
class _Budget:
    """So much, in units of which ``scale`` are one of ``name``, in a window of time that begins with the first use."""

    name: str
    limit: limits.RateLimitItem
    scale: int
    limiter: FixedWindowRateLimiter

    def left(self, client: str) -> tuple[int, int]:
        """Return how much is left, and the seconds until all is there again."""
        stats = self.limiter.get_window_stats(self.limit, self.name, client)
        return stats.remaining // self.scale, max(0, math.ceil(stats.reset_time - time()))


@dataclass(frozen=True, slots=True)
class Budgets:
    """Those that are configured; counted in the web worker, unless the settings name a store that all share."""

    time: _Budget | None = None
    errors: _Budget | None = None
    figures: Figures = field(default_factory=Figures)

    @classmethod
    def of(cls, settings: Settings, figures: Figures | None = None) -> Self:
        """Return the budgets that the settings name; raises InvalidSetting for one that is none."""
        cls.verify(settings)
        if not settings.time_budget and not settings.error_budget:
            return cls()
        limiter = _limiter(settings)
        return cls(
            _budget("time", "SI_LOD_TIME_BUDGET", settings.time_budget, _MILLI, limiter),
            _budget("errors", "SI_LOD_ERROR_BUDGET", settings.error_budget, 1, limiter),
            figures or Figures(),
        )

    @staticmethod
    def verify(settings: Settings) -> None:
        """Raise InvalidSetting for a budget that is none, without opening the store of budgets."""
        _limit("SI_LOD_TIME_BUDGET", settings.time_budget)
        _limit("SI_LOD_ERROR_BUDGET", settings.error_budget)
        if not settings.budget_store.startswith("memory:"):
            _limiter(settings)

    def check(self, client: str) -> None:
        """Raise OverBudget if nothing is left of one of the client's budgets."""
        for name, (left, wait) in self._left(client).items():
            if left <= 0:
                self.figures.count("over_budget")
                message = told(
                    'the budget "{name}" of your address is used up; it is full again in {seconds} seconds',
                    name=name,
                    seconds=wait,
                )
                raise OverBudget(message, retry_after=max(1, wait))

    def charge_seconds(self, client: str, seconds: float) -> None:
        """Take so many seconds of evaluation from what is left."""
        self._charge(self.time, client, math.ceil(seconds * _MILLI))

    def charge_error(self, client: str) -> None:
        """Take an error from what is left."""
        self._charge(self.errors, client, 1)

    def headers(self, client: str) -> dict[str, str]:
        """Return the headers that say what is left and what there is in all, in seconds or in errors."""
        left = self._left(client)
        if not left:
            return {}
        items = [(name, value, wait) for name, (value, wait) in left.items()]
        policies = [
            (budget.name, budget.limit.amount // budget.scale, budget.limit.get_expiry())
            for budget in self._configured()
        ]
        return {
            "RateLimit": ", ".join(f'"{name}";r={value};t={wait}' for name, value, wait in items),
            "RateLimit-Policy": ", ".join(f'"{name}";q={amount};w={window}' for name, amount, window in policies),
        }

    def _configured(self) -> list[_Budget]:
        return [budget for budget in (self.time, self.errors) if budget is not None]

    def _left(self, client: str) -> dict[str, tuple[int, int]]:
        return _guarded(lambda: {budget.name: budget.left(client) for budget in self._configured()}) or {}

    def _charge(self, budget: _Budget | None, client: str, cost: int) -> None:
        if budget is not None:
            _guarded(lambda: budget.limiter.hit(budget.limit, budget.name, client, cost=cost))


def _limiter(settings: Settings) -> FixedWindowRateLimiter:
    try:
        return FixedWindowRateLimiter(storage_from_string(settings.budget_store, wrap_exceptions=True))
    except (ConfigurationError, ValueError):
        message = told(
            'SI_LOD_BUDGET_STORE: expected an address such as memory:// or redis://localhost:6379, found "{text}"',
            text=settings.budget_store,
        )
        raise InvalidSetting(message) from None


def _budget(name: str, setting: str, text: str, scale: int, limiter: FixedWindowRateLimiter) -> _Budget | None:
    limit = _limit(setting, text)
    return _Budget(name, type(limit)(limit.amount * scale, limit.multiples), scale, limiter) if limit else None


def _limit(setting: str, text: str) -> limits.RateLimitItem | None:
    if not text:
        return None
    try:
        return limits.parse(text)
    except ValueError:
        message = told('{name}: expected such as 60/minute, found "{text}"', name=setting, text=text)
        raise InvalidSetting(message) from None


def _guarded(count: Callable[[], T]) -> T | None:
    """Return what ``count`` returns, or None when the store of budgets fails: queries are answered nevertheless."""
    try:
        return count()
    except StorageError as error:
        _LOG.warning("budgets cannot be counted: %s", error)
        return None
