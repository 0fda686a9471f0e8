"""What a thing says itself, for readers of a page: all of it or, where it is very much, some of each property.

A page costs what it shows, and its size is one that a browser can take. Data files have all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

    from si_lod.engine.evaluation import Engine

FEW: Final = 1000
"""A thing that says at most so much is shown whole."""

SHOWN: Final = 60
"""How many values of each property are shown of a thing that says more."""

LOOK: Final = FEW + 1
"""How many triples are asked for first. Whoever only asks whether there are any asks for as many: it is one question
then, whose answer is remembered where the engine is far away."""

_COUNTS: Final = "SELECT ?this ?p (COUNT(?o) AS ?count) WHERE { ?this ?p ?o } GROUP BY ?this ?p"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Triples that a thing is the subject of, in an order that stays.

    ``beyond`` has how many there are of each property of which there are more than these.
    """

    own: tuple[Triple, ...]
    beyond: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def whole(cls, engine: Engine, thing: NamedNode) -> Self:
        """Return all of them."""
        return cls(_sorted(engine.match(thing, None, None)))

    @classmethod
    def of(cls, engine: Engine, thing: NamedNode) -> Self:
        """Return as many as a page shows."""
        first = tuple(engine.match(thing, None, None, most=LOOK))
        if len(first) <= FEW:
            return cls(_sorted(first))
        counts = _counted(engine, thing)
        some = engine.match_each(((thing, NamedNode(property_), None) for property_ in counts), most=SHOWN)
        beyond = {property_: count for property_, count in counts.items() if count > SHOWN}
        return cls(_sorted(chain.from_iterable(some)), beyond)


def _counted(engine: Engine, thing: NamedNode) -> dict[str, int]:
    found = {}
    for solution in engine.select(_COUNTS, this=thing):
        path, count = solution["p"], solution["count"]
        if isinstance(path, NamedNode) and isinstance(count, Literal):
            found[path.value] = int(count.value)
    return dict(sorted(found.items()))


def _sorted(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    return tuple(sorted(triples, key=str))
