"""Changes as RDF: what came, went and was revised (PROV-O §3), each fact reified (RDF Schema §5.3).

The activity of making a release used the one before and generated the new one. A thing as a release has it is an
entity of its own, at the address where that release serves it, and a specialisation of the thing. Each fact that came
or went is an ``rdf:Statement``, derived from the sources of its thing. What follows from other changes came or went by
an activity of its own, the derivation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.changes.change import Change, Term
    from si_lod.changes.facts import ChangedThing

PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPE: Final = NamedNode(f"{RDF}type")
SUBJECT, PREDICATE, OBJECT = (NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
ENTITY: Final = NamedNode(f"{PROV}Entity")
SPECIALIZATION_OF: Final = NamedNode(f"{PROV}specializationOf")
REVISION_OF: Final = NamedNode(f"{PROV}wasRevisionOf")
DERIVED_FROM: Final = NamedNode(f"{PROV}wasDerivedFrom")
GENERATED_BY: Final = NamedNode(f"{PROV}wasGeneratedBy")
INVALIDATED_BY: Final = NamedNode(f"{PROV}wasInvalidatedBy")
DERIVATION: Final = "#derivation"
"""What the IRI of the activity ends in by which facts came or went that follow from others."""


@dataclass(frozen=True, slots=True)
class Revision:
    """The making of release ``new`` after release ``old``, below ``base``; a first one comes after none."""

    base: str
    old: str
    new: str

    @property
    def document(self) -> str:
        """The IRI of what is said of the revision."""
        return f"{self.base}release/{self.new}/changes"

    def triples(self, things: Iterable[ChangedThing]) -> Iterator[Triple]:
        """Yield the revision as RDF, thing by thing, so that ``recollection.recall`` can read it the same way."""
        old, new = (NamedNode(f"{self.base}id/release/{version}") for version in (self.old, self.new))
        yield Triple(new, TYPE, ENTITY)
        yield Triple(new, GENERATED_BY, self._activity)
        yield Triple(self._activity, TYPE, NamedNode(f"{PROV}Activity"))
        if self.old:
            yield Triple(new, REVISION_OF, old)
            yield Triple(self._activity, NamedNode(f"{PROV}used"), old)
        yield Triple(self._derivation, TYPE, NamedNode(f"{PROV}Activity"))
        yield Triple(self._derivation, NamedNode(f"{PROV}wasInformedBy"), self._activity)
        for number, thing in enumerate(things, start=1):
            yield from self._states(thing, number)
            for place, change in enumerate(thing.changes, start=1):
                yield from self._statements(thing, change, f"{number}.{place}")

    @property
    def _activity(self) -> NamedNode:
        return NamedNode(f"{self.document}#activity")

    @property
    def _derivation(self) -> NamedNode:
        return NamedNode(self.document + DERIVATION)

    def _states(self, thing: ChangedThing, number: int) -> Iterator[Triple]:
        old, new = self._state(thing.iri, self.old, number), self._state(thing.iri, self.new, number)
        for state, there in ((old, thing.existed), (new, thing.exists)):
            if there:
                yield Triple(state, SPECIALIZATION_OF, NamedNode(thing.iri))
                yield Triple(state, TYPE, ENTITY)
        if thing.existed and thing.exists:
            yield Triple(new, REVISION_OF, old)
        elif thing.exists:
            yield Triple(new, GENERATED_BY, self._activity)
        else:
            yield Triple(old, INVALIDATED_BY, self._activity)

    def _state(self, iri: str, version: str, number: int) -> NamedNode:
        if iri.startswith(self.base):
            return NamedNode(f"{self.base}release/{version}/{iri.removeprefix(self.base)}")
        return NamedNode(f"{self.document}#thing-{number}-{version}")

    def _statements(self, thing: ChangedThing, change: Change, number: str) -> Iterator[Triple]:
        before, after = (NamedNode(f"{self.document}#{side}-{number}") for side in ("before", "after"))
        for node, value, end, sources in (
            (before, change.old, INVALIDATED_BY, thing.old_sources),
            (after, change.new, GENERATED_BY, thing.new_sources),
        ):
            if value is not None:
                yield from _statement(node, (NamedNode(thing.iri), NamedNode(change.predicate), value))
                yield Triple(node, end, self._derivation if change.follows else self._activity)
                yield from (Triple(node, DERIVED_FROM, NamedNode(source)) for source in sources)
        if change.is_value:
            yield Triple(after, REVISION_OF, before)


def _statement(node: NamedNode, said: tuple[NamedNode, NamedNode, Term]) -> Iterator[Triple]:
    yield Triple(node, TYPE, NamedNode(f"{RDF}Statement"))
    yield Triple(node, TYPE, ENTITY)
    for part, term in zip((SUBJECT, PREDICATE, OBJECT), said, strict=True):
        yield Triple(node, part, term)
