"""Until when a query is to be answered: from the moment that it came, waiting for its turn included."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from si_lod.errors import Overdue
from si_lod.sentences import told


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment, and how many ``seconds`` it was away at first."""

    seconds: float
    moment: float

    def left(self) -> float:
        """Return the seconds until then; a millisecond when it has passed, since nobody can wait for less."""
        return max(0.001, self.moment - monotonic())

    @property
    def is_over(self) -> bool:
        """Whether the moment has come."""
        return monotonic() >= self.moment

    def overdue(self) -> Overdue:
        """Return what is said of a query that was not answered before it."""
        return Overdue(
            told(
                "the query took longer than {seconds:g} s, so its evaluation was ended and nothing is sent; "
                "ask for less at a time",
                seconds=self.seconds,
            )
        )
