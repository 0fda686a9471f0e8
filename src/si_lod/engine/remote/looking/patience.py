"""How long one request may wait for the engine, over all that it looks up."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

TOGETHER: Final = 20.0
"""Seconds that all look-ups of one request may take: a page needs some dozens, one after another."""


@dataclass(slots=True)
class Patience:
    """So many ``seconds`` of waiting, without an end if nobody says, of which some may be spent."""

    seconds: float = inf
    spent: float = 0.0

    @contextmanager
    def waiting(self, most: float) -> Iterator[float]:
        """Give the seconds that may be waited now, at most so many and perhaps none, and count those that are."""
        begun = monotonic()
        try:
            yield max(0.0, min(most, self.seconds - self.spent))
        finally:
            self.spent += monotonic() - begun
