"""Where things are: which are in or work for which place, and which place lies in which."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.serve.pages.facts import LABEL_TERMS, Facts, asked, named
from si_lod.serve.pages.standing import called_classes
from si_lod.serve.pages.vocabulary import DCT, PREFIXES, SCHEMA, TYPE
from si_lod.serve.pages.words.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest
    from si_lod.serve.view import View

WITHIN: Final = f"{SCHEMA}containedInPlace"
_SORT: Final = f"{DCT}type"

MOST: Final = 200
"""How many things of a kind are named of which no place is told."""

# The end of each path is a name: some engines evaluate no path between two variables.
_ROLES: Final = """
  { ?via rdfs:subPropertyOf* schema:location BIND(schema:location AS ?role) }
  UNION { ?via rdfs:subPropertyOf* schema:areaServed BIND(schema:areaServed AS ?role) }"""
_PLACED: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{ {_ROLES.replace("?role", "?p")} ?s ?via ?o FILTER(isIRI(?o)) }}"""
_WITHIN: Final = f"""{PREFIXES}
SELECT ?s ?p ?o WHERE {{
  ?s schema:containedInPlace ?any ; ?p ?o FILTER(isIRI(?o) && ?p IN (schema:containedInPlace, dct:type)) }}"""
_KINDS: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{ {_ROLES} ?s ?via ?place .
  {{ ?s a ?o BIND(rdf:type AS ?p) }} UNION {{ ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }} }}"""


@dataclass(frozen=True, slots=True)
class Found:
    """What a release says of where things are, in the words of no reader; see ``Whereabouts``."""

    facts: Facts
    things: Mapping[str, list[str]]
    within: Mapping[str, list[str]]
    kinds: Mapping[str, str]
    sorts: Mapping[str, list[str]]
    unplaced: Mapping[str, list[str]]
    totals: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Things by place, the places by the place that they lie in, and the listed kind of each thing that has a place.

    ``sorts`` are what places are (``dct:type``); ``unplaced`` are the things of each such kind that have no place, and
    ``totals`` count all things of it.
    """

    wording: Wording
    things: Mapping[str, list[str]]
    within: Mapping[str, list[str]]
    kinds: Mapping[str, str]
    sorts: Mapping[str, list[str]]
    unplaced: Mapping[str, list[str]]
    totals: Mapping[str, int]

    @classmethod
    def read(cls, view: View) -> Whereabouts:
        """Return what the release says of where things are, which it is asked once."""
        found = view.known(_read)
        wording = Wording(view, found.facts)
        return cls(wording, found.things, found.within, found.kinds, found.sorts, found.unplaced, found.totals)

    def areas(self) -> list[str]:
        """Return the places that things are counted in: those of the drawing, else those just below the whole."""
        tiles = self.wording.view.manifest.site.tiles
        roots = {place for wholes in self.within.values() for place in wholes} - self.within.keys()
        known = {*self.within, *self.things}
        return [place for place in tiles if place in known] or sorted(
            place for place, wholes in self.within.items() if roots.intersection(wholes)
        )

    def sort(self, places: Iterable[str]) -> str | None:
        """Return what all of ``places`` are, such as provinces, if the release says one such thing of each."""
        found = {sort for place in places for sort in self.sorts.get(place, ["", ""])}
        return found.pop() if len(found) == 1 and "" not in found else None

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


def _read(engine: Engine, manifest: Manifest) -> Found:
    placed, within = Facts.of(asked(engine, _PLACED)), Facts.of(asked(engine, _WITHIN))
    described, lists = Facts.of(asked(engine, _KINDS)), manifest.site.lists
    places = {*within.index, *_objects(within), *_objects(placed)}
    kinds = {
        thing: listed[0]
        for thing in placed.index
        if (listed := [kind for kind in lists if kind in described.iris(thing, TYPE)])
    }
    things: dict[str, dict[str, None]] = defaultdict(dict)
    for thing, _, place in placed.triples():
        if thing in kinds and isinstance(place, NamedNode):
            things[place.value][thing] = None
    inside, sorts = ({place: within.iris(place, term) for place in within.index} for term in (WITHIN, _SORT))
    members = _members(engine, list(dict.fromkeys(kinds.values())))
    unplaced = {kind: [thing for thing in every if thing not in kinds] for kind, every in members.items()}
    shown = (thing for without in unplaced.values() for thing in without[:MOST])
    names = named(engine, map(NamedNode, (*sorted(places), *lists, *shown)))
    return Found(
        Facts.of(described.triples(), names, called_classes(engine, manifest).triples()),
        {place: list(held) for place, held in things.items()},
        inside,
        kinds,
        sorts,
        unplaced,
        {kind: len(every) for kind, every in members.items()},
    )


def _members(engine: Engine, kinds: list[str]) -> dict[str, list[str]]:
    """Return the things of each of the classes ``kinds``, sorted."""
    found = engine.match_each((None, NamedNode(TYPE), NamedNode(kind)) for kind in kinds)
    return {
        kind: sorted(triple.subject.value for triple in triples if isinstance(triple.subject, NamedNode))
        for kind, triples in zip(kinds, found, strict=True)
    }


def _objects(facts: Facts) -> Iterable[str]:
    return (term.value for _, _, term in facts.triples() if isinstance(term, NamedNode))


def has_places(engine: Engine, _: Manifest) -> bool:
    """Return whether the release has places that lie in one another."""
    return any(engine.match(None, NamedNode(WITHIN), None, most=1))
