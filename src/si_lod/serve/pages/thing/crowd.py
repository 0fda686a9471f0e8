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
    subjects = [one for one in each if isinstance(one, NamedNode)]
    typed = incoming.engine.match_each((one, _TYPE, _OBSERVATION) for one in subjects)
    are = (one for one, found in zip(subjects, typed, strict=True) if any(found))
    return sorted(one.value for one in islice(are, MOST))


def _annotations(engine: Engine, targets: Iterable[NamedNode]) -> list[str]:
    found = chain.from_iterable(engine.match_each(((None, _TARGET, one) for one in targets), most=LOOKED_AT))
    return sorted({triple.subject.value for triple in found if isinstance(triple.subject, NamedNode)})


def _targets(engine: Engine, annotations: Iterable[str]) -> Iterator[NamedNode]:
    found = chain.from_iterable(engine.match_each((NamedNode(one), _TARGET, None) for one in annotations))
    return (triple.object for triple in found if isinstance(triple.object, NamedNode))


def _claims(engine: Engine, thing: NamedNode) -> list[str]:
    every = (triple.subject for triple in engine.match(None, _TYPE, _CLAIM, most=_MOST_CLAIMS))
    claims = [one for one in every if isinstance(one, NamedNode)]
    leading = engine.match_each((one, None, thing) for one in claims)
    about = (one for one, found in zip(claims, leading, strict=True) if any(found))
    return sorted(one.value for one in islice(about, MOST))


def _referring(incoming: Incoming) -> Iterator[Fact]:
    """Yield some of the triples that lead to the thing, with the names and types of their subjects."""
    some = [triple for way in incoming.counts for triple in incoming.some(way, LOOKED_AT)]
    yield from of_triples(some)
    subjects = [triple.subject for triple in some if isinstance(triple.subject, NamedNode)]
    types = list(chain.from_iterable(incoming.engine.match_each((one, _TYPE, None) for one in subjects)))
    yield from of_triples(types)
    classes = [triple.object for triple in types if isinstance(triple.object, NamedNode)]
    yield from named(incoming.engine, (*subjects, *classes, *map(NamedNode, incoming.counts)))
