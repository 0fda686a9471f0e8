"""Some members of a long list, with what is said of them, looked up one by one; the whole list is in the index."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.index.choosing import Conditions, LongList
from si_lod.serve.pages.facts import CALLED, Facts, named, of_triples
from si_lod.serve.pages.lists.choices import Choice, Option, Unfit
from si_lod.serve.pages.lists.kinds import class_names
from si_lod.serve.pages.lists.members import Members
from si_lod.serve.pages.thing.shapes import Presentation
from si_lod.serve.pages.words.wording import Text, Wording, by_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from si_lod.index.choosing import Facet
    from si_lod.serve.pages.lists.roll import RollRequest
    from si_lod.serve.view import View


_CALLED: Final = frozenset(property_.value for property_ in CALLED)


@dataclass(frozen=True)
class Excerpt(Members):
    """Some of the members of a long list, of which the index knows the properties that they have.

    ``names`` are those of its class, of the properties, and of the values to choose by.
    """

    long: LongList
    names: Facts

    @classmethod
    def of(cls, view: View, long: LongList) -> Excerpt:
        """Return none of the members of the list, but what is the same for any of them."""
        values = (NamedNode(facet.value) for facet in long.facets if facet.is_iri)
        terms = map(NamedNode, (*long.properties, long.class_iri))
        names = Facts.of(named(view.engine, (*values, *terms)), view.known(class_names).triples())
        return cls(long.class_iri, [], Wording(view, names), Presentation.of(view, [long.class_iri]), long, names)

    def at(self, iris: Sequence[str], paths: Collection[str]) -> Excerpt:
        """Return the members ``iris`` of the same list, with what they say by the properties ``paths`` and are called.

        What they mention by others need not be looked up then.
        """
        view, kept = self.wording.view, {*paths, *_CALLED}
        said = chain.from_iterable(view.engine.match_each((NamedNode(iri), None, None) for iri in iris))
        own = [triple for triple in said if triple.predicate.value in kept]
        mentioned = [triple.object for triple in own if isinstance(triple.object, NamedNode)]
        facts = Facts.of(of_triples(own), named(view.engine, mentioned), self.names.triples())
        return replace(self, iris=list(iris), wording=Wording(view, facts))

    def timed(self) -> Excerpt:
        """Return the same with time of its own for what is looked up, for one of many parts."""
        view = self.wording.view
        return replace(self, wording=replace(self.wording, view=replace(view, engine=view.engine.timed())))

    def used(self) -> set[str]:
        """Return the properties that any member of the whole list has."""
        return set(self.long.properties)

    def tells(self, path: str) -> bool:
        """Return whether a property is worth a column of the whole list."""
        return path in self.long.telling

    def states(self, path: str) -> bool:
        """Return whether any member of the whole list says something by a property."""
        return path in self.long.properties

    def has_links(self, path: str) -> bool:
        """Return whether any member of the whole list has a link by that property."""
        return path in self.long.linking


@dataclass(frozen=True, slots=True)
class Chooser:
    """What can be chosen from a long list, by the parameters of a query string."""

    members: Excerpt
    request: RollRequest

    def facets(self, path: str) -> list[Facet]:
        """Return the values of a property to choose by."""
        return [facet for facet in self.members.long.facets if facet.property == path]

    def key(self, facet: Facet) -> str:
        """Return the name of a value in a query string."""
        return self.members.wording.code(facet.value) if facet.is_iri else facet.value

    def paths(self) -> dict[str, str]:
        """Return the properties that the members can be chosen by, by their parameter."""
        members = self.members
        return {members.parameter(path): path for path in members.properties if self.facets(path)}

    def chosen(self) -> dict[str, Facet]:
        """Return what is chosen, by parameter; what nothing has is not among it."""
        found = {}
        for name, path in self.paths().items():
            sought = self.request.chosen.get(name, "")
            fitting = (one for one in self.facets(path) if sought in {self.key(one), one.is_iri and one.value})
            if sought and (facet := next(fitting, None)):
                found[name] = facet
        return found

    def choices(self, chosen: dict[str, Facet]) -> Iterator[Choice]:
        """Yield each property to choose by; of each value it is counted who fits everything else."""
        members, unfit = self.members, {one.parameter for one in self.unfit()}
        for name, path in self.paths().items():
            others = tuple(facet.id for other, facet in chosen.items() if other != name)
            conditions = Conditions(others, self.request.text)
            counts = {} if unfit - {name} else members.long.counts(self.facets(path), conditions)
            options = [
                Option(self.key(one), self.name(one), counts.get(one.id, 0), one == chosen.get(name))
                for one in self.facets(path)
                if counts.get(one.id) or one == chosen.get(name)
            ]
            yield Choice(name, members.name(path), sorted(options, key=lambda one: by_words(one.name)))

    def name(self, facet: Facet) -> Text:
        """Return what the reader calls a value."""
        wording = self.members.wording
        return wording.label(facet.value) if facet.is_iri else wording.text(Literal(facet.value))

    def unfit(self) -> list[Unfit]:
        """Return what is chosen and no member of the list has."""
        known = self.chosen()
        return [
            Unfit(name, self.members.name(path), value, [(self.key(one), self.name(one)) for one in self.facets(path)])
            for name, path in self.paths().items()
            if (value := self.request.chosen.get(name, "")) and name not in known
        ]
