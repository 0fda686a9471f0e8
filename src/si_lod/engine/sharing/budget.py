"""One budget: so much in a window of time, counted for each client wherever the settings say."""

from __future__ import annotations

import logging
import math
import re
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Final, TypeVar

import limits
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from si_lod.engine.sharing.tally import Tally
from si_lod.errors import InvalidSetting
from si_lod.sentences import told
from si_lod.spell import Spell

if TYPE_CHECKING:
    from collections.abc import Callable

    from si_lod.settings import Settings

T = TypeVar("T")

_LOG: Final = logging.getLogger(__name__)
_LACKING: Final = re.compile(r"'(\w+)' prerequisite not available")
"""How the library says that the client of a store is not installed."""
_NO_TIME: Final = re.compile(r"(/|per)\s*0+(?!\d)", re.IGNORECASE)
"""A window of no minutes, which the library takes for one of one."""


@dataclass(frozen=True, slots=True)
class Budget:
    """So much, in units of which ``scale`` are one of ``name``, in a window of time that begins with the first use."""

    name: str
    limit: limits.RateLimitItem
    scale: int
    limiter: FixedWindowRateLimiter

    def left(self, client: str) -> tuple[int, int]:
        """Return how much is left, in parts of ``scale``, and the seconds until all is there again."""
        stats = self.limiter.get_window_stats(self.limit, self.name, client)
        return stats.remaining, max(0, math.ceil(stats.reset_time - time()))


def limiter_of(settings: Settings, folder: str = "") -> FixedWindowRateLimiter:
    """Return what counts in the store that the settings name; raises InvalidSetting for one that is none.

    Where they name none, all processes that are given the same ``folder`` count together there; without one, each
    counts in memory.
    """
    if not settings.budget_store:
        return FixedWindowRateLimiter(Tally(_file(folder)) if folder else MemoryStorage())
    try:
        return FixedWindowRateLimiter(storage_from_string(settings.budget_store, wrap_exceptions=True))
    except (ConfigurationError, ValueError) as error:
        lacking = _LACKING.match(str(error))
        if lacking:
            message = told(
                "SI_LOD_BUDGET_STORE: {text} needs the package {package}, which is not installed",
                text=settings.budget_store,
                package=lacking[1],
            )
            raise InvalidSetting(message) from None
        message = told(
            'SI_LOD_BUDGET_STORE: expected an address such as memory:// or redis://localhost:6379, found "{text}"',
            text=settings.budget_store,
        )
        raise InvalidSetting(message) from None


def begin(folder: str) -> None:
    """Make the folder one in which processes count together; where that fails, they say so when they count."""
    with suppress(sqlite3.Error):
        Tally.begin(_file(folder))


def _file(folder: str) -> Path:
    return Path(folder) / "budgets.sqlite"


def budget_of(name: str, setting: str, text: str, scale: int, limiter: FixedWindowRateLimiter) -> Budget | None:
    """Return the budget that ``text``, the value of ``setting``, means, or None for no text; raises InvalidSetting."""
    limit = limit_of(setting, text)
    return Budget(name, type(limit)(limit.amount * scale, limit.multiples), scale, limiter) if limit else None


def limit_of(setting: str, text: str) -> limits.RateLimitItem | None:
    """Return the amount and window that ``text`` means, or None for no text; raises InvalidSetting.

    Nothing at all in a window, a window of no time, or a second window, is no budget.
    """
    if not text:
        return None
    try:
        found = limits.parse_many(text)
    except ValueError:
        found = []
    if len(found) == 1 and found[0].amount > 0 and not _NO_TIME.search(text):
        return found[0]
    raise InvalidSetting(told('{name}: expected such as 60/minute, found "{text}"', name=setting, text=text))


def guarded(count: Callable[[], T], failure: Spell) -> T | None:
    """Return what ``count`` returns, or None when the store of budgets fails: queries are answered nevertheless."""
    try:
        found = count()
    except StorageError as error:
        failure.met(f"budgets cannot be counted: {error}", "queries are answered nevertheless")
        return None
    failure.over("budgets are counted again")
    return found


def spell() -> Spell:
    """Return what the log has of a store of budgets that fails."""
    return Spell(_LOG)
