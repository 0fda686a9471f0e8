"""What lies where: the site's places, each with the things that are in it or work for it, parts of it included."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.serve.pages.geography.whereabouts import Whereabouts
from si_lod.serve.pages.lists.kinds import plural
from si_lod.serve.pages.vocabulary import TYPE
from si_lod.serve.pages.words.wording import Link, Text, by_words

if TYPE_CHECKING:
    from si_lod.serve.view import View


@dataclass(frozen=True, slots=True)
class Kind:
    """A class whose things have places; ``everything`` counts those without one too."""

    iri: str
    one: Text
    many: Text
    placed: int
    everything: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing in an area, and where in it, if that is told more exactly."""

    link: Link
    at: list[Link]


@dataclass(frozen=True, slots=True)
class Area:
    """A place with the things of each kind that are in it or work for it, in the order of the kinds."""

    iri: str
    link: Link
    things: list[list[Placed]]

    @property
    def counts(self) -> list[int]:
        """How many things of each kind there are."""
        return [len(held) for held in self.things]


@dataclass(frozen=True, slots=True)
class Geography:
    """The areas by name, the places that lie in none of them as far as is told, and the kinds of things in them."""

    kinds: list[Kind]
    areas: list[Area]
    elsewhere: list[Area]


def geography(view: View) -> Geography:
    """Return what lies where in the release, as far as the kinds of things are concerned that have a list."""
    atlas = Whereabouts.read(view)
    areas = atlas.areas()
    covered = set(areas).union(*(atlas.parts(area) for area in areas))
    # A whole that the areas are parts of is no place of its own here.
    wholes = {whole for area in areas for whole in atlas.wholes(area)}
    others = [place for place in atlas.things if place not in covered | wholes]
    wording = atlas.wording
    kinds = [kind for kind in view.manifest.site.lists if kind in set(atlas.kinds.values())]
    return Geography(
        [_kind(atlas, kind) for kind in kinds],
        sorted((_area(atlas, place, kinds) for place in areas), key=lambda area: by_words(area.link)),
        sorted((_area(atlas, place, kinds) for place in others), key=lambda area: by_words(wording.link(area.iri))),
    )


def _area(atlas: Whereabouts, place: str, kinds: list[str]) -> Area:
    inside: dict[str, list[str]] = defaultdict(list)
    for one in sorted({place, *atlas.parts(place)}):
        for thing in atlas.things.get(one, ()):
            inside[thing].append(one)
    wording = atlas.wording
    things = [
        sorted(
            (
                Placed(wording.link(thing), [wording.link(one) for one in where if one != place])
                for thing, where in inside.items()
                if atlas.kinds[thing] == kind
            ),
            key=lambda placed: by_words(placed.link),
        )
        for kind in kinds
    ]
    return Area(place, wording.link(place), things)


def _kind(atlas: Whereabouts, kind: str) -> Kind:
    wording = atlas.wording
    everything = sum(1 for _ in wording.view.engine.match(None, NamedNode(TYPE), NamedNode(kind)))
    placed = len({thing for things in atlas.things.values() for thing in things if atlas.kinds[thing] == kind})
    return Kind(kind, wording.term(kind), plural(wording, kind), placed, everything)
