"""What a site's own documents state of its catalogue: the part that people write."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import BlankNode, Literal, NamedNode

from si_lod.publish.catalogue.terms import DCAT, DCT, TYPE, VOID
from si_lod.publish.source.documents import VALUES_OF_OTHERS, read_turtle
from si_lod.publish.source.edition import EDITION_FILE, versioned_data_sets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import Triple

    from si_lod.publish.catalogue.terms import Term
    from si_lod.publish.source.files import Source

_FILES: Final = "data/*.ttl"


@dataclass(frozen=True, slots=True)
class Statement:
    """The catalogue, its data sets, and everything that documents say of them or of what they lead to.

    ``whole`` is the data set that all others are parts of: the one of which dataset.ttl states the version.
    ``values_of_others`` is what value lists of others say of the values used: it belongs in the catalogue, which
    stands alone, and not in the data.
    """

    catalog: NamedNode
    whole: NamedNode
    parts: tuple[NamedNode, ...]
    about: Mapping[NamedNode, tuple[Triple, ...]]
    values_of_others: tuple[Triple, ...]

    @classmethod
    def read(cls, source: Source) -> Self:
        """Return what the documents of ``source``, which have been found readable, state."""
        about: dict[NamedNode, list[Triple]] = defaultdict(list)
        for triple in _triples(source, _FILES):
            if isinstance(triple.subject, NamedNode) and not isinstance(triple.object, BlankNode):
                about[triple.subject].append(triple)
        catalogs, datasets = (_instances(about, f"{DCAT}{name}") for name in ("Catalog", "Dataset"))
        catalog = catalogs[0] if catalogs else NamedNode(f"{source.site.base}id/catalog")
        versioned = versioned_data_sets(_triples(source, EDITION_FILE))
        whole = versioned[0] if versioned else (datasets or [catalog])[0]
        parts = tuple(node for node in datasets if node != whole)
        reached = _reached(about, [catalog, whole, *parts])
        described = {node: tuple(about[node]) for node in sorted(reached, key=str)}
        return cls(catalog, whole, parts, described, tuple(_triples(source, VALUES_OF_OTHERS)))

    def triples(self) -> Iterator[Triple]:
        """Yield everything that is stated."""
        for triples in self.about.values():
            yield from triples

    def terms(self, subject: NamedNode, predicate: str) -> list[Term]:
        """Return what ``subject`` is said to have for ``predicate``, in the order of the documents."""
        found = (triple.object for triple in self.about.get(subject, ()) if triple.predicate.value == predicate)
        return [term for term in found if isinstance(term, NamedNode | Literal)]

    def values(self, subject: NamedNode, predicate: str) -> list[NamedNode]:
        """Return the IRIs among them, sorted."""
        return sorted((term for term in self.terms(subject, predicate) if isinstance(term, NamedNode)), key=str)

    def titles(self, subject: NamedNode) -> dict[str, str]:
        """Return the title that ``subject`` has in each language."""
        found = (term for term in self.terms(subject, f"{DCT}title") if isinstance(term, Literal))
        return {term.language: term.value for term in found if term.language}

    def classes(self, dataset: NamedNode) -> list[NamedNode]:
        """Return the classes whose instances make up a data set, as its class partitions say (VoID §4.5)."""
        partitions = self.values(dataset, f"{VOID}classPartition")
        return [class_ for partition in partitions for class_ in self.values(partition, f"{VOID}class")]


def _triples(source: Source, pattern: str) -> Iterator[Triple]:
    for path in source.files(pattern):
        # Why one cannot be read is told where the dataset is made of them.
        yield from read_turtle(path, source.name(path), [])


def _instances(about: Mapping[NamedNode, list[Triple]], class_: str) -> list[NamedNode]:
    kind = NamedNode(class_)
    return sorted(
        (node for node, triples in about.items() if any(t.predicate == TYPE and t.object == kind for t in triples)),
        key=str,
    )


def _reached(about: Mapping[NamedNode, list[Triple]], roots: list[NamedNode]) -> set[NamedNode]:
    """Return the described nodes that the roots lead to, themselves included."""
    reached: set[NamedNode] = set()
    waiting = [node for node in roots if node in about]
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += [t.object for t in about[node] if isinstance(t.object, NamedNode) and t.object in about]
    return reached
