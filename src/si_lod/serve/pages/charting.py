"""Which of a page's observations are drawn, and how they are held side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from si_lod.complaints import MARKS
from si_lod.serve.pages.charts import Band, Chart, Panel, Statement
from si_lod.serve.pages.cube import Role
from si_lod.serve.pages.formatting import numeric
from si_lod.serve.pages.periods import last_day
from si_lod.serve.pages.values import value
from si_lod.serve.pages.vocabulary import DC, DCT
from si_lod.serve.pages.wording import Link

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from si_lod.serve.pages.cube import Structure
    from si_lod.serve.pages.wording import Wording

MOST_PANELS: Final = 6
MOST_BARS: Final = 60
"""How much one chart shows; the table has all."""
_NOTHING: Final = "\N{EN DASH}"
_PUBLISHERS: Final = (f"{DC}publisher", f"{DCT}publisher")


@dataclass(frozen=True, slots=True)
class Charting:
    """How the observations of one page are drawn.

    ``together`` holds all that have the same unit in one panel, whatever they count; ``this`` is the thing that the
    page is about; ``disputed`` are the observations that annotations are about.
    """

    wording: Wording
    structure: Structure
    this: str = ""
    together: bool = False
    disputed: Collection[str] = ()

    def chart(self, name: str, observations: Sequence[str]) -> Chart | None:
        """Return what there is to draw, or None where no two values can be held side by side."""
        parts: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
        for one in dict.fromkeys(observations):
            parts[self._key(one)].append(one)
        panels = [self._panel(held) for held in parts.values() if len(held) > 1]
        panels = [one for one in panels if sum(said.size is not None for said in one.statements) > 1]
        panels.sort(key=lambda one: (-len(one.statements), one.name.casefold()))
        shown = list(_within(panels))
        drawn = [said.iri for one in shown for said in one.statements]
        return Chart(name, shown, self._legend(drawn), len(set(observations)) - len(drawn)) if shown else None

    def _key(self, observation: str) -> tuple[object, ...]:
        unit = self.structure.unit()
        dimensions = [] if self.together else self.structure.counted()
        return tuple(frozenset(self.wording.facts.iris(observation, one)) for one in [*dimensions, unit] if one)

    def _panel(self, observations: list[str]) -> Panel:
        facts, names = self.wording.facts, self.structure.counted()
        varying = [name for name in names if len({tuple(facts.iris(one, name)) for one in observations}) > 1]
        said = sorted((self._statement(one, varying) for one in observations), key=lambda one: (one.day, one.iri))
        same = [name for name in names if name not in varying]
        return Panel(self._words(observations[0], same), list(_bands(said)))

    def _statement(self, observation: str, varying: Sequence[str]) -> Statement:
        wording, structure = self.wording, self.structure
        found = [value(wording, structure, observation, one, brief=True) for one in structure.of_role(Role.MEASURE)]
        terms = [term for one in structure.of_role(Role.MEASURE) for term in wording.facts.objects(observation, one)]
        sizes = [numeric(term) for term in terms if isinstance(term, Literal)]
        period = structure.period()
        return Statement(
            iri=observation,
            day=last_day(wording.facts, structure, observation),
            size=sizes[0] if sizes else None,
            amount=next((one.words for one in found if one), _NOTHING),
            of=self._words(observation, varying),
            period=self._words(observation, [period] if period else []),
            source=self._source(observation),
            marks=tuple(mark for mark in MARKS if mark in self._marks(observation).values()),
            disputed=observation in self.disputed,
        )

    def _words(self, observation: str, properties: Iterable[str]) -> str:
        """Return the names of what an observation has in these dimensions, but for what the page takes for granted."""
        known = {self.this, *self.wording.view.manifest.site.unmarked}
        iris = [iri for name in properties for iri in self.wording.facts.iris(observation, name) if iri not in known]
        return ", ".join(self.wording.label(iri).words for iri in iris)

    def _source(self, observation: str) -> str:
        """Return who says it: the publishers of its source, or else the source's own name."""
        dimension = self.structure.source()
        facts = self.wording.facts
        sources = facts.iris(observation, dimension) if dimension else []
        terms = [term for one in sources for path in _PUBLISHERS for term in facts.objects(one, path)]
        items = self.wording.items(terms) or [self.wording.link(one) for one in sources]
        names = (item.text.words if isinstance(item, Link) else item.words for item in items)
        return ", ".join(dict.fromkeys(names))

    def _marks(self, observation: str) -> dict[str, str]:
        marks = self.wording.view.manifest.site.marks
        names = self.structure.of_role(Role.DIMENSION)
        codes = [iri for name in names for iri in self.wording.facts.iris(observation, name)]
        return {code: marks[code] for code in codes if code in marks}

    def _legend(self, observations: Sequence[str]) -> dict[str, str]:
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for one in observations:
            for code, mark in self._marks(one).items():
                found[mark][self.wording.label(code).words] = None
        return {mark: ", ".join(sorted(found[mark])) for mark in MARKS if mark in found}


def _within(panels: Sequence[Panel]) -> Iterator[Panel]:
    """Yield the first panels, as many as a chart holds; the first of all is never left out."""
    count = 0
    for place, panel in enumerate(panels[:MOST_PANELS]):
        count += len(panel.statements)
        if place and count > MOST_BARS:
            return
        yield panel


def _bands(statements: Sequence[Statement]) -> Iterator[Band]:
    """Yield the statements year by year, and the years between of which nothing is said."""
    before = ""
    for year, held in groupby(statements, key=lambda one: one.year):
        if before.isdecimal() and year.isdecimal() and int(year) > int(before) + 1:
            first, last = int(before) + 1, int(year) - 1
            yield Band(str(first), [], str(last) if last > first else "")
        yield Band(year, list(held))
        before = year
