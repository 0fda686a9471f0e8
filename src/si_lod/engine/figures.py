"""What happens to queries, counted: whoever shows figures of the service reads them here."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final

from si_lod.errors import (
    Busy,
    Ended,
    EngineFailed,
    EngineLost,
    InvalidQuery,
    InvalidRequest,
    NoRoom,
    OverBudget,
    Overdue,
    TooLarge,
    Unevaluated,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

KINDS: Final = {
    "evaluated": "queries that an evaluating process was asked",
    "refused": "queries that are no SPARQL 1.1, or ask for what is not offered",
    "remembered": "queries that were answered from memory, without evaluation",
    "overdue": "queries that took longer than their deadline",
    "too_large": "queries that needed too much memory, or whose result too much room",
    "no_room": "queries whose result found the disk full",
    "busy": "queries that found nobody free to answer them in time",
    "ended": "queries whose process was ended from outside, by the system for example when memory runs out",
    "lost": "queries for which an engine on another machine could not be reached, or gave nothing of use to any",
    "unevaluated": "queries that an engine on another machine did not evaluate, while it answered others",
    "over_budget": "queries of clients that had used up their share",
    "started": "evaluating processes that were started",
}
"""What is counted, and what it is."""

KIND_OF: Final = {
    Overdue: "overdue",
    TooLarge: "too_large",
    NoRoom: "no_room",
    Busy: "busy",
    Ended: "ended",
    EngineLost: "lost",
    EngineFailed: "lost",
    Unevaluated: "unevaluated",
    OverBudget: "over_budget",
}
"""What each class of Unanswered is counted as."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts since this process began, by their names in ``KINDS``; safe for several threads.

    ``tell`` is told of each, for whoever keeps counts of several processes.
    """

    tell: Callable[[str], None] = lambda _kind: None
    _counts: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def count(self, kind: str) -> None:
        """Count one more."""
        with self._lock:
            self._counts[kind] += 1
        self.tell(kind)

    @contextmanager
    def judging(self) -> Iterator[None]:
        """Count the query that is refused while this is held."""
        try:
            yield
        except (InvalidQuery, InvalidRequest):
            self.count("refused")
            raise

    def read(self) -> Mapping[str, int]:
        """Return every count."""
        with self._lock:
            return {kind: self._counts[kind] for kind in KINDS}
