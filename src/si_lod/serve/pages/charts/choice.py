"""Which of a page's observations are drawn, and how they are held side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

from si_lod.serve.pages.charts.panels import Band, Chart, Panel, Statement
from si_lod.serve.pages.charts.stating import Stating

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from si_lod.serve.pages.cube.structure import Structure
    from si_lod.serve.pages.words.wording import Wording

MOST_PANELS: Final = 6
MOST_BARS: Final = 60
"""How much one chart shows; the table has all."""
FEWEST: Final = 3
"""How many things with one value each are worth a panel."""


@dataclass(frozen=True, slots=True)
class Charting:
    """How the observations of one page are drawn.

    ``together`` holds all that have the same unit in one panel, whatever they count; ``this`` is the thing that the
    page is about; ``disputed`` are the observations that annotations are about, with the
    signs by which the page numbers these.
    """

    wording: Wording
    structure: Structure
    this: str = ""
    together: bool = False
    disputed: Mapping[str, str] = field(default_factory=dict)

    def chart(self, name: str, observations: Sequence[str]) -> Chart | None:
        """Return what there is to draw, or None where no two values can be held side by side."""
        panels = sorted(self._panels(observations), key=lambda one: (-len(one.statements), one.name.casefold()))
        shown = list(_within(panels))
        drawn = [said.iri for one in shown for said in one.statements]
        legend = self._stating.legend(drawn)
        return Chart(name, shown, legend, len(set(observations)) - len(drawn)) if shown else None

    @property
    def _stating(self) -> Stating:
        return Stating(self.wording, self.structure, self.this, self.disputed)

    def _panels(self, observations: Sequence[str]) -> Iterator[Panel]:
        """Yield a panel for what has several values, by time, and one for what several things have one value of."""
        dimensions = [] if self.together else self.structure.counted()
        alone = []
        for held in self._parts(observations, dimensions):
            if len(held) > 1:
                yield from self._panel(held, 2)
            else:
                alone += held
        if not self.together:
            things = [one for one in self.structure.counted() if one not in self.structure.coded()]
            for held in self._parts(alone, [one for one in dimensions if one not in things[:1]]):
                yield from self._panel(held, FEWEST, by_time=False)

    def _parts(self, observations: Sequence[str], dimensions: Sequence[str]) -> list[list[str]]:
        """Return the observations that agree in ``dimensions`` and in their unit."""
        unit, facts = self.structure.unit(), self.wording.facts
        parts: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
        for one in dict.fromkeys(observations):
            key = tuple(frozenset(facts.iris(one, name)) for name in [*dimensions, unit] if name)
            parts[key].append(one)
        return list(parts.values())

    def _panel(self, observations: list[str], least: int, *, by_time: bool = True) -> Iterator[Panel]:
        """Yield the panel of ``observations`` if at least so many of them are numbers."""
        facts, names, stating = self.wording.facts, self.structure.counted(), self._stating
        varying = [name for name in names if len({tuple(facts.iris(one, name)) for one in observations}) > 1]
        said = [stating.statement(one, varying) for one in observations]
        if sum(one.size is not None for one in said) < least:
            return
        title = stating.words(observations[0], [name for name in names if name not in varying])
        if by_time:
            yield Panel(title, list(bands(sorted(said, key=lambda one: (one.day, one.iri)))))
        else:
            yield Panel(title, [Band("", sorted(said, key=_largest_first))], by_time=False)


def _within(panels: Sequence[Panel]) -> Iterator[Panel]:
    """Yield the first panels, as many as a chart holds; the first of all is never left out."""
    count = 0
    for place, panel in enumerate(panels[:MOST_PANELS]):
        count += len(panel.statements)
        if place and count > MOST_BARS:
            return
        yield panel


def bands(statements: Sequence[Statement]) -> Iterator[Band]:
    """Yield the statements year by year, and the years between of which nothing is said."""
    before = ""
    for year, held in groupby(statements, key=lambda one: one.year):
        if before.isdecimal() and year.isdecimal() and int(year) > int(before) + 1:
            first, last = int(before) + 1, int(year) - 1
            yield Band(str(first), [], str(last) if last > first else "")
        yield Band(year, list(held))
        before = year


def _largest_first(statement: Statement) -> tuple[bool, float, str]:
    return statement.size is None, -float(statement.size or 0), statement.iri
