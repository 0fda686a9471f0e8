"""An observation as a chart states it: its value in words and as a length, who says it, how it is marked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from si_lod.serve.pages.charts.panels import Statement
from si_lod.serve.pages.cube.periods import last_day
from si_lod.serve.pages.cube.structure import Role
from si_lod.serve.pages.cube.values import value
from si_lod.serve.pages.vocabulary import PUBLISHERS
from si_lod.serve.pages.words.formatting import numeric
from si_lod.serve.pages.words.wording import Link
from si_lod.sites import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from si_lod.serve.pages.cube.structure import Structure
    from si_lod.serve.pages.words.wording import Wording

_NOTHING: Final = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Stating:
    """How the observations of one page are put into words; for ``this`` and ``disputed`` see ``Charting``."""

    wording: Wording
    structure: Structure
    this: str
    disputed: Mapping[str, str]

    def statement(self, observation: str, varying: Sequence[str]) -> Statement:
        """Return what an observation states; ``varying`` are the dimensions that tell it from those beside it."""
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
            of=self.words(observation, varying),
            period=self.words(observation, [period] if period else []),
            source=self._source(observation),
            marks=tuple(mark for mark in MARKS if mark in self._marks(observation).values()),
            disputed=observation in self.disputed,
            numbers=self.disputed.get(observation, ""),
        )

    def words(self, observation: str, properties: Iterable[str]) -> str:
        """Return the names of what an observation has in these dimensions, but for what the page takes for granted."""
        known = {self.this, *self.wording.view.manifest.site.unmarked}
        iris = [iri for name in properties for iri in self.wording.facts.iris(observation, name) if iri not in known]
        return ", ".join(self.wording.label(iri).words for iri in iris)

    def _source(self, observation: str) -> str:
        """Return who says it: the publishers of its source, or else the source's own name."""
        dimension = self.structure.source()
        facts = self.wording.facts
        sources = facts.iris(observation, dimension) if dimension else []
        terms = [term for one in sources for path in PUBLISHERS for term in facts.objects(one, path)]
        items = self.wording.items(terms) or [self.wording.link(one) for one in sources]
        names = (item.text.words if isinstance(item, Link) else item.words for item in items)
        return ", ".join(dict.fromkeys(names))

    def _marks(self, observation: str) -> dict[str, str]:
        marks = self.wording.view.manifest.site.marks
        names = self.structure.of_role(Role.DIMENSION)
        codes = [iri for name in names for iri in self.wording.facts.iris(observation, name)]
        return {code: marks[code] for code in codes if code in marks}

    def legend(self, observations: Sequence[str]) -> dict[str, str]:
        """Return the words for each mark that the observations have."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for one in observations:
            for code, mark in self._marks(one).items():
                found[mark][self.wording.label(code).words] = None
        return {mark: ", ".join(sorted(found[mark])) for mark in MARKS if mark in found}
