"""How this installation bounds what clients ask: processes, time, memory, results and budgets, by its settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from si_lod.comparison import Comparison
from si_lod.engine.figures import Figures
from si_lod.engine.pool.engine import Evaluation
from si_lod.engine.pool.pool import Bounds, Pool
from si_lod.engine.remembering import Remembered
from si_lod.engine.remote.speaking.credentials import Credentials, endpoint_of
from si_lod.engine.sharing.budgets import Budgets
from si_lod.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from si_lod.engine.evaluating import Evaluating
    from si_lod.settings import Settings

_MEBIBYTE: Final = 1024 * 1024
_LEAST_PLACES: Final = 2
"""So many queries of each web worker are evaluated at once at least: one client may have all but one."""


@dataclass(frozen=True, slots=True)
class Queries:
    """What one web worker does with clients' queries."""

    evaluation: Evaluating
    budgets: Budgets

    @classmethod
    def of(
        cls,
        settings: Settings,
        tell: Callable[[str], None] = lambda _kind: None,
        folder: str = "",
        comparison: Comparison | None = None,
    ) -> Self:
        """Return what the settings say; nothing is started yet. Raises InvalidSetting for a budget that is none.

        ``tell`` is told of each thing that is counted (``figures.KINDS``); in ``folder``, if there is one, budgets are
        counted together with other web workers. ``comparison`` finds out which stores are whole.
        """
        bounds = Bounds(
            places=places_of(settings),
            seconds=float(settings.query_seconds),
            memory=settings.query_memory * _MEBIBYTE,
            most=settings.result_size * _MEBIBYTE,
            held=settings.result_room * _MEBIBYTE,
        )
        figures = Figures(tell)
        budgets = Budgets.of(settings, figures, folder)
        pool = Pool(bounds, budgets.charge_seconds, figures)
        remembered = Remembered(settings.result_cache * _MEBIBYTE)
        return cls(_evaluation(settings, pool, remembered, comparison or Comparison()), budgets)


def places_of(settings: Settings) -> int:
    """Return how many queries one web worker evaluates at once."""
    return max(_LEAST_PLACES, settings.evaluators // settings.workers)


def _evaluation(settings: Settings, pool: Pool, remembered: Remembered, comparison: Comparison) -> Evaluating:
    if not settings.engine:
        return Evaluation(pool, remembered, comparison, Memory(settings.worker_memory))
    # What speaks to another machine brings rdflib along, which a server over its own store never loads.
    from si_lod.engine.remote.answering import RemoteEvaluation  # noqa: PLC0415
    from si_lod.engine.remote.speaking.exchange import Exchange  # noqa: PLC0415

    credentials = Credentials(settings.engine_user, settings.engine_password)
    return RemoteEvaluation(Exchange(endpoint_of(settings.engine), credentials), pool, remembered)
