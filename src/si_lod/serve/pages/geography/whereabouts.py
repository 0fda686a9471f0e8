"""Where things are: which are in or work for which place, and which place lies in which."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.serve.pages.facts import CLASS_NAMES, LABEL_TERMS, Facts, asked, named
from si_lod.serve.pages.vocabulary import PREFIXES, SCHEMA, TYPE
from si_lod.serve.pages.words.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from si_lod.engine.evaluation import Engine
    from si_lod.serve.view import View

WITHIN: Final = f"{SCHEMA}containedInPlace"

_PLACED: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{
  VALUES ?p {{ schema:location schema:areaServed }} ?via rdfs:subPropertyOf* ?p . ?s ?via ?o FILTER(isIRI(?o)) }}"""
_WITHIN: Final = (
    f"{PREFIXES} SELECT ?s ?p ?o WHERE {{ ?s schema:containedInPlace ?o BIND(schema:containedInPlace AS ?p) }}"
)
_KINDS: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{
  VALUES ?role {{ schema:location schema:areaServed }} ?via rdfs:subPropertyOf* ?role . ?s ?via ?place .
  {{ ?s a ?o BIND(rdf:type AS ?p) }} UNION {{ ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }} }}"""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Things by place, the places by the place that they lie in, and the listed kind of each thing."""

    wording: Wording
    things: Mapping[str, list[str]]
    within: Mapping[str, list[str]]
    kinds: Mapping[str, str]

    @classmethod
    def read(cls, view: View) -> Whereabouts:
        """Return what the release says of where things are."""
        engine = view.engine
        placed, within = Facts.of(asked(engine, _PLACED)), Facts.of(asked(engine, _WITHIN))
        described = Facts.of(asked(engine, _KINDS))
        places = {*within.index, *_objects(within), *_objects(placed)}
        names = named(engine, map(NamedNode, sorted(places)))
        classes = named(engine, map(NamedNode, view.manifest.site.lists))
        kinds = {
            thing: listed[0]
            for thing in placed.index
            if (listed := [kind for kind in view.manifest.site.lists if kind in described.iris(thing, TYPE)])
        }
        things: dict[str, list[str]] = defaultdict(list)
        for thing, _, place in placed.triples():
            if thing in kinds and isinstance(place, NamedNode) and thing not in things[place.value]:
                things[place.value].append(thing)
        inside = {place: within.iris(place, WITHIN) for place in within.index}
        facts = Facts.of(described.triples(), names, classes, asked(engine, CLASS_NAMES))
        return cls(Wording(view, facts), dict(things), inside, kinds)

    def areas(self) -> list[str]:
        """Return the places that things are counted in: those of the drawing, else those just below the whole."""
        tiles = self.wording.view.manifest.site.tiles
        roots = {place for wholes in self.within.values() for place in wholes} - self.within.keys()
        known = {*self.within, *self.things}
        return [place for place in tiles if place in known] or sorted(
            place for place, wholes in self.within.items() if roots.intersection(wholes)
        )

    def parts(self, place: str) -> set[str]:
        """Return all places that lie in this one, directly or not."""
        found = {place}
        while more := {one for one, wholes in self.within.items() if found.intersection(wholes)} - found:
            found |= more
        return found - {place}

    def wholes(self, place: str) -> set[str]:
        """Return all places that this one lies in, directly or not."""
        found: set[str] = {place}
        while more := {whole for one in found for whole in self.within.get(one, ())} - found:
            found |= more
        return found - {place}


def _objects(facts: Facts) -> Iterable[str]:
    return (term.value for _, _, term in facts.triples() if isinstance(term, NamedNode))


def has_places(engine: Engine) -> bool:
    """Return whether the release has places that lie in one another."""
    return any(engine.match(None, NamedNode(WITHIN), None))
