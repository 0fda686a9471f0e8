"""The catalogue of a release as it was written: data sets, their files, and what is said of each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from si_lod.release import CATALOG_FILE
from si_lod.serve.pages.vocabulary import DCAT, DCT, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import Triple

_DATA_SETS: Final = f"{DCAT}dataset"
_MOST_READ: Final = 4
"""How many catalogues are kept in memory; one is a few thousand triples."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """``about`` has what is said of each node, sorted; ``root`` is the catalogue itself."""

    root: NamedNode
    about: Mapping[NamedNode, tuple[Triple, ...]]

    @classmethod
    def of(cls, folder: Path) -> Catalog | None:
        """Return the catalogue of the release in ``folder``, or None if it was published without."""
        path = (folder / CATALOG_FILE).resolve()
        try:
            return _read(path, path.stat().st_mtime_ns)
        except FileNotFoundError:
            return None

    @property
    def data_sets(self) -> list[NamedNode]:
        """The data sets that it lists, sorted by their IRIs."""
        return self.nodes(self.root, _DATA_SETS)

    @property
    def whole(self) -> NamedNode:
        """The data set that is part of no other."""
        return min(self.data_sets, key=lambda node: (bool(self.nodes(node, f"{DCT}isPartOf")), str(node)))

    def nodes(self, node: NamedNode, predicate: str) -> list[NamedNode]:
        """Return the IRIs that ``node`` has for ``predicate``, sorted."""
        return [term for term in self._objects(node, predicate) if isinstance(term, NamedNode)]

    def literals(self, node: NamedNode, predicate: str) -> list[Literal]:
        """Return the literals that ``node`` has for ``predicate``, sorted."""
        return [term for term in self._objects(node, predicate) if isinstance(term, Literal)]

    def text(self, node: NamedNode, predicate: str, languages: tuple[str, ...] = ()) -> str:
        """Return the text in the first language that has one, else any; empty if there is none."""
        found = {literal.language or "": literal.value for literal in self.literals(node, predicate)}
        return next((found[tag] for tag in languages if tag in found), next(iter(found.values()), ""))

    def instances(self, class_: str) -> list[NamedNode]:
        """Return the nodes of that class, sorted."""
        return [node for node in self.about if any(one.value == class_ for one in self.nodes(node, TYPE))]

    def _objects(self, node: NamedNode, predicate: str) -> Iterator[object]:
        return (triple.object for triple in self.about.get(node, ()) if triple.predicate.value == predicate)


@lru_cache(_MOST_READ)
def _read(path: Path, _: int) -> Catalog:
    """Return the catalogue in the file, which is sorted; the time of the file tells it from another of its name."""
    about: dict[NamedNode, list[Triple]] = defaultdict(list)
    for quad in parse(path=str(path), format=RdfFormat.N_TRIPLES):
        if isinstance(quad.subject, NamedNode):
            about[quad.subject].append(quad.triple)
    kind = f"{DCAT}Catalog"
    found = {node: tuple(triples) for node, triples in about.items()}
    return Catalog(_root(found, kind), found)


def _root(about: Mapping[NamedNode, tuple[Triple, ...]], kind: str) -> NamedNode:
    nodes = (
        node
        for node, triples in about.items()
        if any(one.predicate.value == TYPE and one.object == NamedNode(kind) for one in triples)
    )
    return min(nodes, key=str)
