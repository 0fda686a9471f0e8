"""Which data set each thing belongs to: the one whose class partitions name its class, else the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from pyoxigraph import NamedNode

from si_lod.publish.catalogue.terms import TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Store

    from si_lod.publish.catalogue.statement import Statement


@dataclass(frozen=True, slots=True)
class Parts:
    """The division of the whole: ``of_class`` has the data set of each class that one names.

    ``rest`` is the part that names no class and so gets what no other claims: at most one, the first by its IRI;
    without it the unclaimed is in the whole alone. ``roots`` are the things that the catalogue is about, ``stated`` has
    the classes that the site's documents give to each thing that it describes.
    """

    whole: NamedNode
    of_class: Mapping[NamedNode, NamedNode]
    rest: NamedNode
    roots: frozenset[NamedNode]
    stated: Mapping[NamedNode, frozenset[NamedNode]]

    @classmethod
    def of(cls, statement: Statement) -> Self:
        """Return the division that the site's documents state."""
        of_class: dict[NamedNode, NamedNode] = {}
        unclaimed = []
        for dataset in statement.parts:
            classes = statement.classes(dataset)
            unclaimed += [] if classes else [dataset]
            for class_ in classes:
                of_class.setdefault(class_, dataset)
        rest = unclaimed[0] if unclaimed else statement.whole
        roots = frozenset({statement.catalog, statement.whole, *statement.parts})
        stated = {node: frozenset(statement.values(node, TYPE.value)) for node in statement.about}
        return cls(statement.whole, of_class, rest, roots, stated)

    def dataset(self, thing: NamedNode, store: Store) -> NamedNode | None:
        """Return the data set of ``thing``, or None if it is described in the catalogue and not in a data set.

        What the catalogue leads to may be of the data as well, such as the ontology that it conforms to: then the data
        gives it a class that the documents do not.
        """
        found = (quad.object for quad in store.quads_for_pattern(thing, TYPE, None))
        types = {term for term in found if isinstance(term, NamedNode)}
        if thing in self.roots or (thing in self.stated and types <= self.stated[thing]):
            return None
        claimed = (self.of_class.get(class_) for class_ in sorted(types, key=str))
        return next(filter(None, claimed), self.rest)
