"""What lies where: the site's places, each with the things that are in it or work for it, parts of it included."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import force_locale, gettext

from si_lod.serve.pages.geography.whereabouts import MOST, Whereabouts
from si_lod.serve.pages.lists.kinds import plural
from si_lod.serve.pages.words.wording import Link, Text, Wording, by_words

if TYPE_CHECKING:
    from si_lod.serve.view import View


@dataclass(frozen=True, slots=True)
class Kind:
    """A class whose things have places; ``everything`` counts those without one too."""

    iri: str
    one: Text
    many: Text
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
class Unplaced:
    """The things of each kind that are in no area as far as is told: no place is, or one that is known to lie in none.

    ``name`` says which place it is that is not known; of ``things`` the first are named, ``counts`` has all.
    """

    name: str
    things: list[list[Placed]]
    counts: list[int]


@dataclass(frozen=True, slots=True)
class Geography:
    """The areas by name, the things that are in none of them as far as is told, and the kinds of things."""

    kinds: list[Kind]
    areas: list[Area]
    unplaced: Unplaced

    @property
    def untold(self) -> list[tuple[Kind, int]]:
        """The kinds of which some things are in none of the areas, with how many."""
        return [(kind, count) for kind, count in zip(self.kinds, self.unplaced.counts, strict=True) if count]


def geography(view: View) -> Geography:
    """Return what lies where in the release, as far as the kinds of things are concerned that have a list."""
    atlas = Whereabouts.read(view)
    areas = atlas.areas()
    kinds = [kind for kind in view.manifest.site.lists if kind in set(atlas.kinds.values())]
    return Geography(
        [_kind(atlas, kind) for kind in kinds],
        sorted((_area(atlas, place, kinds) for place in areas), key=lambda area: by_words(area.link)),
        _unplaced(atlas, areas, kinds),
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
    return Kind(kind, wording.term(kind), plural(wording, kind), atlas.totals[kind])


def _unplaced(atlas: Whereabouts, areas: list[str], kinds: list[str]) -> Unplaced:
    covered = set(areas).union(*(atlas.parts(area) for area in areas))
    inside = {thing for place in covered for thing in atlas.things.get(place, ())}
    where: dict[str, list[str]] = defaultdict(list)
    for place, things in atlas.things.items():
        for thing in things:
            where[thing].append(place)
    lost = {kind: [thing for thing in where if atlas.kinds[thing] == kind and thing not in inside] for kind in kinds}
    link = atlas.wording.link
    named = [
        sorted(
            (
                Placed(link(thing), [link(place) for place in sorted(where.get(thing, ()))])
                for thing in (*lost[kind], *atlas.unplaced[kind][:MOST])
            ),
            key=lambda placed: by_words(placed.link),
        )
        for kind in kinds
    ]
    counts = [len(lost[kind]) + len(atlas.unplaced[kind]) for kind in kinds]
    return Unplaced(_name(atlas.wording, atlas.sort(areas)), named, counts)


def _name(wording: Wording, sort: str | None) -> str:
    with force_locale(str(wording.view.locale)):
        what = wording.label(sort).words if sort else gettext("Place")
        return str(gettext("%(place)s not known", place=what[:1].upper() + what[1:]))
