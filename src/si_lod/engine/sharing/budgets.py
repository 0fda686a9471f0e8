"""What one client may use in a while: seconds of evaluation, and queries in error. Off unless it is configured.

The client is told what is left in the headers of draft-ietf-httpapi-ratelimit-headers, and 429 when nothing is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from si_lod.engine.figures import Figures
from si_lod.engine.sharing.budget import Budget, begin, budget_of, guarded, limit_of, limiter_of, spell
from si_lod.errors import OverBudget
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.settings import Settings
    from si_lod.spell import Spell


_MILLI: Final = 1000


@dataclass(frozen=True, slots=True)
class Budgets:
    """Those that are configured; counted where the settings say, or by the web workers of this server together."""

    time: Budget | None = None
    errors: Budget | None = None
    figures: Figures = field(default_factory=Figures)
    _failure: Spell = field(default_factory=spell, compare=False)

    @classmethod
    def of(cls, settings: Settings, figures: Figures | None = None, folder: str = "") -> Self:
        """Return the budgets that the settings name; raises InvalidSetting for one that is none.

        ``folder`` is the one in which this process counts with others, if there is one.
        """
        cls.verify(settings)
        if not settings.time_budget and not settings.error_budget:
            return cls()
        limiter = limiter_of(settings, folder)
        return cls(
            budget_of("time", "SI_LOD_TIME_BUDGET", settings.time_budget, _MILLI, limiter),
            budget_of("errors", "SI_LOD_ERROR_BUDGET", settings.error_budget, 1, limiter),
            figures or Figures(),
        )

    @staticmethod
    def begin(settings: Settings, folder: str) -> None:
        """Make the folder one in which processes count together, if the settings need one."""
        if settings.time_budget or settings.error_budget:
            begin(folder)

    @staticmethod
    def verify(settings: Settings) -> None:
        """Raise InvalidSetting for a budget that is none, without opening the store of budgets."""
        limit_of("SI_LOD_TIME_BUDGET", settings.time_budget)
        limit_of("SI_LOD_ERROR_BUDGET", settings.error_budget)
        if not settings.budget_store.startswith("memory:"):
            limiter_of(settings)

    def check(self, client: str) -> None:
        """Raise OverBudget if nothing is left of one of the client's budgets."""
        for name, (left, wait) in self._left(client).items():
            if left <= 0:
                self.figures.count("over_budget")
                message = told(
                    "the budget of {what} of your address is used up; it is full again in {seconds} seconds",
                    what=told("errors") if name == "errors" else told("computing time"),
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
        # A part of a second is still something: only who has nothing left is refused.
        items = [(one.name, -(-left[one.name][0] // one.scale), left[one.name][1]) for one in self._configured()]
        policies = [
            (budget.name, budget.limit.amount // budget.scale, budget.limit.get_expiry())
            for budget in self._configured()
        ]
        return {
            "RateLimit": ", ".join(f'"{name}";r={value};t={wait}' for name, value, wait in items),
            "RateLimit-Policy": ", ".join(f'"{name}";q={amount};w={window}' for name, amount, window in policies),
        }

    def _configured(self) -> list[Budget]:
        return [budget for budget in (self.time, self.errors) if budget is not None]

    def _left(self, client: str) -> dict[str, tuple[int, int]]:
        return guarded(lambda: {budget.name: budget.left(client) for budget in self._configured()}, self._failure) or {}

    def _charge(self, budget: Budget | None, client: str, cost: int) -> None:
        if budget is not None:
            guarded(lambda: budget.limiter.hit(budget.limit, budget.name, client, cost=cost), self._failure)
