"""What a chart draws: the observations about a thing, those that an annotation is about, or the answer to a query."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import Literal, NamedNode

from si_lod.serve.outgoing import Outgoing
from si_lod.serve.pages.charts.choice import Charting
from si_lod.serve.pages.cube import observations
from si_lod.serve.pages.cube.periods import in_time
from si_lod.serve.pages.cube.structure import Structure, structure_of
from si_lod.serve.pages.cube.tables import table
from si_lod.serve.pages.facts import Facts, of_triples
from si_lod.serve.pages.queries.answers import answer, observed
from si_lod.serve.pages.queries.examples import Example
from si_lod.serve.pages.thing.contradictions import Contradiction, annotating, contradictions, noticed_of, numbers
from si_lod.serve.pages.vocabulary import HAS_TARGET, SH
from si_lod.serve.pages.words.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.serve.pages.charts.panels import Chart
    from si_lod.serve.pages.cube.tables import Table
    from si_lod.serve.view import View

MOST: Final = 60
"""How many observations of an answer are read."""


@dataclass(frozen=True, slots=True)
class Drawable:
    """A thing with the observations that its chart draws, and the words for them.

    ``together`` says that they are held side by side whatever they count, as the one who chose them meant.
    """

    wording: Wording
    structure: Structure
    iri: str
    name: str
    observations: list[str]
    together: bool

    @classmethod
    def of(cls, view: View, iri: str) -> Self:
        """Return what can be drawn of ``iri``, which may be nothing."""
        outgoing = Outgoing.of(view.engine, NamedNode(iri))
        own = Facts.of(of_triples(outgoing.own))
        queries = [term.value for term in own.objects(iri, f"{SH}select") if isinstance(term, Literal)]
        if queries:
            return cls.of_query(view, Example.of(iri, queries[0]), iri)
        structure = view.known(structure_of)
        about, seen = observations.found(view.engine, observations.ABOUT, iri)
        targets, targeted = observations.targeted(view.engine, iri, outgoing)
        parts = (own, structure.facts, seen, targeted)
        wording = Wording(view, Facts.of(*(part.triples() for part in parts)))
        return cls.chosen(wording, structure, iri, about, targets)

    @classmethod
    def chosen(cls, wording: Wording, structure: Structure, iri: str, about: list[str], targets: list[str]) -> Self:
        """Return what can be drawn of a thing: the observations ``about`` it, or else those that it annotates."""
        name = wording.label(iri).words
        if about or not targets:
            return cls(wording, structure, iri, name, about, together=False)
        return cls(wording, structure, iri, name, in_time(wording.facts, structure, targets), together=True)

    @classmethod
    def of_query(cls, view: View, example: Example, iri: str) -> Self:
        """Return what can be drawn of the answer to a query."""
        structure = view.known(structure_of)
        found, facts = observed(view.engine, structure, answer(view.engine, example), MOST)
        return cls(Wording(view, facts), structure, iri, example.title(view), found, together=True)

    def noticed(self) -> list[Contradiction]:
        """Return the annotations that are about any of the observations, by name."""
        facts = noticed_of(self.wording.view.engine, self.observations)
        return contradictions(Wording(self.wording.view, facts), self.structure, annotating(facts), self.numbered())

    def numbered(self) -> list[str]:
        """Return the observations beside which stands by number what is noted of them: not where all are one note's."""
        return [] if self.together else self.observations

    def chart(self) -> Chart | None:
        """Return the chart, or None where no two values can be held side by side."""
        noted = {one: notes for one, notes in zip(self.observations, self._noting(), strict=True) if notes}
        about = {note: [one for one, notes in noted.items() if note in notes] for note in chain(*noted.values())}
        signs = numbers(about, self.numbered())
        disputed = {one: "".join(signs.get(note, "") for note in notes) for one, notes in noted.items()}
        charting = Charting(self.wording, self.structure, self.iri, together=self.together, disputed=disputed)
        return charting.chart(self.name, self.observations)

    def _noting(self) -> Iterator[list[str]]:
        """Yield the annotations of each of the observations."""
        target = NamedNode(HAS_TARGET)
        for found in self.wording.view.engine.match_each((None, target, NamedNode(one)) for one in self.observations):
            yield sorted(triple.subject.value for triple in found if isinstance(triple.subject, NamedNode))

    def table(self) -> Table:
        """Return the same observations as a table; of an answer, without what is the same in every row."""
        found = table(self.wording, self.structure, self.observations, self.iri, sort=not self.together)
        return found.varying() if self.together else found
