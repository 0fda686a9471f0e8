"""Until when a query is to be answered: from the moment that it came, waiting for its turn included."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from si_lod.errors import Busy, Overdue
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

    def unready(self) -> Busy:
        """Return what is said when no process was ready before it, so that the query was not begun."""
        message = told(
            "no process was ready within {seconds:g} s to evaluate the query; try again", seconds=self.seconds
        )
        return Busy(message, retry_after=1)
