"""What there is to draw of observations: statements of what is comparable, held side by side by year.

::

    Chart ── Panel, one for each thing that was counted ── Band, a year ── Statement, what one source says

Nothing is added up, averaged or filled in: every statement has a bar of its own, and a year of which nothing is known
is a band without any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says: the value as it is read, and its size, which is None for what is no number.

    ``of`` says what was counted where a panel holds different things. ``marks`` are those of ``MARKS`` that the value
    has; ``disputed`` says that an annotation is about it, ``numbers`` which, by the signs that the page gives them.
    """

    iri: str
    day: str
    size: Decimal | None
    amount: str
    of: str
    period: str
    source: str
    marks: tuple[str, ...]
    disputed: bool
    numbers: str = ""

    @property
    def year(self) -> str:
        """The year of the last day of its period, or nothing where no day is known."""
        year, _, _ = self.day.rpartition("-")[0].rpartition("-")
        return year


@dataclass(frozen=True, slots=True)
class Band:
    """The statements of the year ``name``, or, where there are none, years up to ``last`` if these are several.

    Without a ``name``, those of no known time.
    """

    name: str
    statements: list[Statement]
    last: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Statements that can be held side by side: by time, or in one band of different things."""

    name: str
    bands: list[Band]
    by_time: bool = True

    @property
    def statements(self) -> list[Statement]:
        """All statements, in order."""
        return [one for band in self.bands for one in band.statements]

    def told(self, one: Statement) -> list[str]:
        """Return what is told of a statement beside its value, the first thing first; not what its band says."""
        dated = one.period if one.year and one.period != one.year else ""
        parts = (one.source, dated, one.of) if self.by_time else (one.of, one.source, one.period)
        return [part for part in parts if part] or [""]


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that is drawn; ``legend`` has the words for each mark that occurs, ``left_out`` counts the rest."""

    name: str
    panels: list[Panel]
    legend: dict[str, str]
    left_out: int

    @property
    def statements(self) -> list[Statement]:
        """All statements, panel by panel."""
        return [one for panel in self.panels for one in panel.statements]

    @property
    def numbered(self) -> bool:
        """Whether statements are numbered by what is noted of them."""
        return any(one.numbers for one in self.statements)
