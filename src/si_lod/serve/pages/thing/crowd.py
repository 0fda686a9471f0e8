"""What stands around a thing that very much leads to: some of each kind, looked up one by one.

The page of such a thing costs what it shows. Queries that start from whatever leads there would read all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.serve.pages.cube.observations import MOST, looked_up
from si_lod.serve.pages.cube.structure import Role
from si_lod.serve.pages.facts import Fact, Facts, named, of_triples
from si_lod.serve.pages.thing.reporters import reporting
from si_lod.serve.pages.vocabulary import HAS_TARGET, QB, SCHEMA, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.engine.evaluation import Engine
    from si_lod.serve.documents.incoming import Incoming
    from si_lod.serve.pages.cube.structure import Structure

LOOKED_AT: Final = 60
"""How many subjects of each property are looked at."""

_MOST_CLAIMS: Final = 2000
"""How many claims of the release are asked whether they are about the thing."""

_TYPE: Final = NamedNode(TYPE)
_TARGET: Final = NamedNode(HAS_TARGET)
_OBSERVATION: Final = NamedNode(f"{QB}Observation")
_CLAIM: Final = NamedNode(f"{SCHEMA}Claim")


@dataclass(frozen=True, slots=True)
class Crowd:
    """Those around a thing that are shown; the lists are IRIs whose triples are among ``facts``."""

    facts: Facts
    observations: list[str]
    annotations: list[str]
    claims: list[str]

    @classmethod
    def of(cls, incoming: Incoming, structure: Structure) -> Crowd:
        """Return those of whatever is ``incoming`` that the page of the thing shows."""
        engine = incoming.engine
        observations = _observations(incoming, structure)
        annotations = _annotations(engine, [incoming.thing, *map(NamedNode, observations)])
        claims = _claims(engine, incoming.thing)
        shown = looked_up(engine, (*observations, *annotations, *claims))
        stated = reporting(engine, _targets(engine, annotations))
        return cls(Facts.of(shown, stated, _referring(incoming)), observations, annotations, claims)


def _observations(incoming: Incoming, structure: Structure) -> list[str]:
    ways = [way for way in structure.of_role(Role.DIMENSION) if way in incoming.counts]
    found = chain.from_iterable(incoming.some(way, MOST) for way in ways)
    each = dict.fromkeys(triple.subject for triple in found)
    are = (one for one in each if any(incoming.engine.match(one, _TYPE, _OBSERVATION)))  # type: ignore[arg-type]
    return sorted(one.value for one in islice(are, MOST) if isinstance(one, NamedNode))


def _annotations(engine: Engine, targets: Iterable[NamedNode]) -> list[str]:
    found = chain.from_iterable(engine.match(None, _TARGET, target, most=LOOKED_AT) for target in targets)
    return sorted({triple.subject.value for triple in found if isinstance(triple.subject, NamedNode)})


def _targets(engine: Engine, annotations: Iterable[str]) -> Iterator[NamedNode]:
    every = (triple.object for one in annotations for triple in engine.match(NamedNode(one), _TARGET, None))
    return (target for target in every if isinstance(target, NamedNode))


def _claims(engine: Engine, thing: NamedNode) -> list[str]:
    every = (triple.subject for triple in engine.match(None, _TYPE, _CLAIM, most=_MOST_CLAIMS))
    about = (one for one in every if isinstance(one, NamedNode) and any(engine.match(one, None, thing, most=1)))
    return sorted(one.value for one in islice(about, MOST))


def _referring(incoming: Incoming) -> Iterator[Fact]:
    """Yield some of the triples that lead to the thing, with the names and types of their subjects."""
    some = [triple for way in incoming.counts for triple in incoming.some(way, LOOKED_AT)]
    yield from of_triples(some)
    subjects = [triple.subject for triple in some if isinstance(triple.subject, NamedNode)]
    types = [triple for subject in subjects for triple in incoming.engine.match(subject, _TYPE, None)]
    yield from of_triples(types)
    classes = [triple.object for triple in types if isinstance(triple.object, NamedNode)]
    yield from named(incoming.engine, (*subjects, *classes, *map(NamedNode, incoming.counts)))
