"""Everything that the page of one thing needs to know, gathered by a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import NamedNode

from si_lod.serve.outgoing import Outgoing
from si_lod.serve.pages.cube import observations
from si_lod.serve.pages.cube.structure import structure_of
from si_lod.serve.pages.facts import NEIGHBOURS, Fact, Facts, asked, named, of_triples
from si_lod.serve.pages.standing import called_classes, called_paths, superclasses
from si_lod.serve.pages.thing.claims import claimants, claimed
from si_lod.serve.pages.thing.contradictions import annotating, noticed
from si_lod.serve.pages.thing.crowd import Crowd
from si_lod.serve.pages.thing.incoming import MOST, referring
from si_lod.serve.pages.thing.properties import specific
from si_lod.serve.pages.vocabulary import DERIVED_FROM, TOP_CONCEPT_OF, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from si_lod.engine.evaluation import Engine
    from si_lod.serve.documents.description import Description
    from si_lod.serve.pages.cube.structure import Structure
    from si_lod.serve.view import View

_TYPE: Final = NamedNode(TYPE)


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One thing and what stands around it; the lists are IRIs whose triples are among ``facts``.

    ``observations`` have the thing in a dimension, ``targets`` are observations that the thing is an annotation of,
    ``annotations`` target the thing or what refers to it, ``claims`` refer to it,
    ``numbers`` count the triples of each property that lead to it, ``beyond`` those of each property of the thing of
    which only some are among ``facts``.
    """

    iri: str
    facts: Facts
    structure: Structure
    superclasses: Facts
    observations: list[str]
    targets: list[str]
    annotations: list[str]
    claims: list[str]
    numbers: Mapping[str, int] = field(default_factory=dict)
    beyond: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, view: View, description: Description) -> Self:
        """Return the neighbourhood of what ``description`` describes."""
        engine, structure = view.engine, view.known(structure_of)
        targets, targeted = observations.targeted(
            engine, description.iri, Outgoing(description.own, description.beyond)
        )
        around = _around(engine, description, structure)
        known = (view.known(called_classes), view.known(called_paths), structure.facts, targeted, around.facts)
        facts = Facts.of(
            of_triples(description.own),
            of_triples(description.labels),
            _mentioned(engine, description),
            *(part.triples() for part in known),
        )
        return cls(
            iri=description.iri,
            facts=facts,
            structure=structure,
            superclasses=view.known(superclasses),
            observations=around.observations,
            targets=targets,
            annotations=around.annotations,
            claims=around.claims,
            numbers=description.incoming.counts if description.incoming else {},
            beyond=description.beyond,
        )

    @property
    def types(self) -> list[str]:
        """The classes of the thing."""
        return self.facts.iris(self.iri, TYPE)

    @property
    def classes(self) -> list[str]:
        """The classes of the thing that follow from no other of its classes."""
        return specific(self.types, self.superclasses)

    @property
    def apart(self) -> set[str]:
        """What refers to the thing and is told elsewhere on its page: in its own section, or by the thing itself."""
        return {*self.observations, *self.annotations, *self.claims, *self.facts.iris(self.iri, TOP_CONCEPT_OF)}


def _mentioned(engine: Engine, description: Description) -> Iterator[Fact]:
    """Yield what is needed to mention what the thing refers to: of a thing that says very much, what is shown of it."""
    if not description.beyond:
        yield from asked(engine, NEIGHBOURS, this=NamedNode(description.iri))
        return
    pointed = [(triple.predicate.value, triple.object) for triple in description.own]
    nodes = dict.fromkeys(node for _, node in pointed if isinstance(node, NamedNode))
    yield from named(engine, nodes)
    yield from of_triples(chain.from_iterable(engine.match_each((node, _TYPE, None) for node in nodes)))
    sources = [node.value for path, node in pointed if path == DERIVED_FROM and isinstance(node, NamedNode)]
    yield from observations.looked_up(engine, sources)


def _around(engine: Engine, description: Description, structure: Structure) -> Crowd:
    """Return what the page shows of those that refer to the thing: all, or of very many some."""
    incoming, iri = description.incoming, description.iri
    if incoming and incoming.total > MOST:
        return Crowd.of(incoming, structure)
    about, seen = observations.found(engine, observations.ABOUT, iri)
    notes, claims = noticed(engine, iri, structure), claimed(engine, iri)
    facts = Facts.of(*(part.triples() for part in (seen, notes, claims, referring(engine, iri))))
    return Crowd(facts, about, annotating(notes), claimants(claims))
