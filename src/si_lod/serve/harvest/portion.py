"""A page of the catalogue: some data sets with all that belongs to them (Hydra Core Vocabulary §4.5).

A page stands alone: whatever it names of the catalogue is described on it, and of a data set on another page there is
no trace that would pass for a data set. All pages together are the catalogue, and no data set is on two of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode, Triple

from si_lod.errors import UnknownResource
from si_lod.sentences import told
from si_lod.serve.opened import digest_of
from si_lod.serve.pages.vocabulary import DCAT, FOAF, TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.serve.harvest.catalog import Catalog

MOST: Final = 100
"""How many data sets a page has at most, which is what portals are used to."""
_HYDRA: Final = "http://www.w3.org/ns/hydra/core#"
_LISTS: Final = frozenset(f"{DCAT}{name}" for name in ("dataset", "record", "servesDataset"))
"""What lists all data sets at one place; of each list a page has those that are on it."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Page ``number`` of ``pages``; ``total`` counts the data sets of all."""

    triples: tuple[Triple, ...]
    number: int
    pages: int
    total: int

    @property
    def digest(self) -> str:
        """What tells this page from any that says something else."""
        return digest_of(f"{self.number}/{self.pages}/{self.total}", *map(str, self.triples))

    def viewed(self, address: str, release: str = "") -> Iterator[Triple]:
        """Yield the page and the way to the others; ``address`` is the absolute one of all pages in this syntax.

        The total stands at the collection, where it belongs, and at the page, where some harvesters look for it. The
        others are those of ``release``, if it is named.
        """
        yield from self.triples
        collection, view = NamedNode(address), NamedNode(page_address(address, self.number, release))
        total = Literal(str(self.total), datatype=NamedNode(f"{XSD}integer"))
        for node, kind in ((collection, "Collection"), (view, "PartialCollectionView")):
            yield Triple(node, NamedNode(TYPE), NamedNode(_HYDRA + kind))
            yield Triple(node, NamedNode(f"{_HYDRA}totalItems"), total)
        yield Triple(collection, NamedNode(f"{_HYDRA}view"), view)
        for relation, number in self.ways():
            yield Triple(view, NamedNode(_HYDRA + relation), NamedNode(page_address(address, number, release)))

    def ways(self) -> list[tuple[str, int]]:
        """Return the relations to other pages with their numbers; there is no way on from the last."""
        found = (("first", 1), ("previous", self.number - 1), ("next", self.number + 1), ("last", self.pages))
        return [(relation, number) for relation, number in found if 1 <= number <= self.pages]


def page_address(address: str, number: int, release: str = "") -> str:
    """Return the address of a page; each has one that no other has, the first too.

    The release stands in the query, since some harvesters go on by nothing else of an address.
    """
    return f"{address}?{urlencode({'page': number, **({'release': release} if release else {})})}"


def portion(catalog: Catalog, number: int, *, most: int = MOST) -> Portion:
    """Return page ``number`` of the catalogue; raises UnknownResource if there are not so many."""
    data_sets = catalog.data_sets
    pages = max(1, -(-len(data_sets) // most))
    if not 1 <= number <= pages:
        raise UnknownResource(
            told("page: expected a number from 1 to {pages}, found {number}", pages=pages, number=number)
        )
    shown = set(data_sets[(number - 1) * most : number * most])
    others = set(data_sets) - shown
    hidden = others | {record for record in _records(catalog) if others & set(_topics(catalog, record))}
    nodes = _reached(catalog, hidden)
    if number == 1:
        # What nothing leads to has to be somewhere.
        reached_elsewhere = _reached(catalog, set())
        nodes |= {node: None for node in catalog.about if node not in reached_elsewhere}
    triples = tuple(triple for node in nodes for triple in catalog.about[node] if _belongs(triple, hidden))
    return Portion(triples, number, pages, len(data_sets))


def _records(catalog: Catalog) -> list[NamedNode]:
    return catalog.nodes(catalog.root, f"{DCAT}record")


def _topics(catalog: Catalog, record: NamedNode) -> list[NamedNode]:
    return catalog.nodes(record, f"{FOAF}primaryTopic")


def _reached(catalog: Catalog, hidden: set[NamedNode]) -> dict[NamedNode, None]:
    """Return the described nodes that the catalogue leads to past those that are hidden, the nearest first."""
    reached: dict[NamedNode, None] = {}
    waiting = [catalog.root]
    for node in waiting:
        if node in reached or node in hidden:
            continue
        reached[node] = None
        waiting += [
            triple.object
            for triple in catalog.about[node]
            if isinstance(triple.object, NamedNode) and triple.object in catalog.about
        ]
    return reached


def _belongs(triple: Triple, hidden: set[NamedNode]) -> bool:
    return not (triple.predicate.value in _LISTS and triple.object in hidden)
