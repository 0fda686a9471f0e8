"""What leads to a thing, a page at a time: however much it is, a page costs what a page holds.

How much it is was counted at publishing (``si_lod.index``). What is little is sorted; of more, the properties are, and
within each the order is that of the store, which is the same as long as the release is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from si_lod.errors import UnknownResource
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from si_lod.engine.evaluation import Engine
    from si_lod.index.links import Links

PAGE_LENGTH: Final = 200
"""How many links to a thing one page of its description holds."""

SORTED: Final = 2000
"""Of at most so many links all are read and sorted."""

_COUNTS: Final = "SELECT ?this ?p (COUNT(?s) AS ?count) WHERE { ?s ?p ?this } GROUP BY ?this ?p"


@dataclass(frozen=True, slots=True)
class Incoming:
    """What leads to ``thing``: how many triples of each property, in the order of the properties."""

    engine: Engine
    thing: NamedNode
    counts: Mapping[str, int]

    @classmethod
    def of(cls, engine: Engine, links: Links | None, iri: str) -> Incoming:
        """Return what leads to ``iri``; without an index all of it has to be counted now."""
        thing = NamedNode(iri)
        if links is None:
            return cls(engine, thing, _counted(engine, thing))
        counts = links.counts(iri) or Counter(t.predicate.value for t in engine.match(None, None, thing))
        return cls(engine, thing, dict(sorted(counts.items())))

    @property
    def total(self) -> int:
        """How many triples there are."""
        return sum(self.counts.values())

    @property
    def pages(self) -> int:
        """How many pages they fill; one, if there are none."""
        return max(1, -(-self.total // PAGE_LENGTH))

    def page(self, number: int) -> tuple[Triple, ...]:
        """Return the triples of one page, counted from 1; raises UnknownResource if there is no such page."""
        if not 1 <= number <= self.pages:
            raise UnknownResource(
                told(
                    "{iri}: expected a page from 1 to {pages}, found {page}",
                    iri=self.thing.value,
                    pages=self.pages,
                    page=number,
                )
            )
        start = (number - 1) * PAGE_LENGTH
        if self.total <= SORTED:
            every = sorted(self.engine.match(None, None, self.thing), key=str)
            return tuple(every[start : start + PAGE_LENGTH])
        return tuple(self._from(start))

    def some(self, property_: str, most: int, *, start: int = 0) -> Iterator[Triple]:
        """Yield at most ``most`` of the triples of one property, from the one at the place ``start`` on."""
        # Nothing but two numbers of our own is written into the query; the store skips much faster than we could.
        window = f"SELECT ?s ?p ?this WHERE {{ ?s ?p ?this }} OFFSET {start:d} LIMIT {most:d}"
        path = NamedNode(property_)
        for solution in self.engine.select(window, p=path, this=self.thing):
            if isinstance(subject := solution["s"], NamedNode):
                yield Triple(subject, path, self.thing)

    def _from(self, start: int) -> Iterator[Triple]:
        missing = PAGE_LENGTH
        for property_, count in self.counts.items():
            if start < count and missing:
                held = min(missing, count - start)
                yield from self.some(property_, held, start=start)
                missing -= held
            start = max(0, start - count)


def _counted(engine: Engine, thing: NamedNode) -> Mapping[str, int]:
    found = {}
    for solution in engine.select(_COUNTS, this=thing):
        path, count = solution["p"], solution["count"]
        if isinstance(path, NamedNode) and isinstance(count, Literal):
            found[path.value] = int(count.value)
    return dict(sorted(found.items()))
