"""A catalogue as a portal reads it: triples, asked by subject and property."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from si_lod.rehearse.terms import DCAT, DCT, HYDRA, RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal
DATASET: Final = f"{DCAT}Dataset"


class Graph:
    """The triples of one or more pages."""

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self.triples = frozenset(triples)
        self._about: dict[Node, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._pairs: dict[str, list[tuple[Node, Term]]] = defaultdict(list)
        for triple in sorted(self.triples, key=str):
            if isinstance(triple.subject, Node) and isinstance(triple.object, Term):
                self._about[triple.subject][triple.predicate.value].append(triple.object)
                self._pairs[triple.predicate.value].append((triple.subject, triple.object))

    def instances(self, class_: str) -> list[Node]:
        """Return the subjects of that class, those with an IRI first."""
        wanted = NamedNode(class_)
        found = (node for node, term in self._pairs.get(RDF_TYPE, ()) if term == wanted)
        return sorted(found, key=lambda node: (isinstance(node, BlankNode), node.value))

    @property
    def blank(self) -> bool:
        """True if there are nodes without an IRI, by which graphs cannot be compared."""
        return any(isinstance(term, BlankNode) for triple in self.triples for term in (triple.subject, triple.object))

    @property
    def content(self) -> frozenset[Triple]:
        """The triples without those that are about pages, which differ in each syntax (Hydra)."""
        pages = {triple.subject for triple in self.triples if _is_paging(triple)}
        return frozenset(triple for triple in self.triples if triple.subject not in pages)

    @property
    def datasets(self) -> list[Node]:
        """The data sets, as every harvester recognises them."""
        return self.instances(DATASET)

    def values(self, node: Term, predicate: str) -> list[Term]:
        """Return the objects of that property, in a fixed order."""
        return list(self._about[node].get(predicate, ())) if isinstance(node, Node) and node in self._about else []

    def texts(self, node: Term, predicate: str) -> list[str]:
        """Return the same as texts: an IRI, or the lexical form of a literal."""
        return [term.value for term in self.values(node, predicate)]

    def distributions(self, dataset: Node) -> list[Term]:
        """Return the distributions of a data set."""
        return self.values(dataset, f"{DCAT}distribution")

    def subjects(self, predicate: str) -> Iterator[tuple[Node, Term]]:
        """Yield each subject of that property with each object."""
        yield from self._pairs.get(predicate, ())

    def name(self, node: Term) -> str:
        """Return what a node is called in a message: its IRI, else its title."""
        if isinstance(node, BlankNode):
            return "".join(self.texts(node, f"{DCT}title")[:1]) or "_:"
        return node.value


def _is_paging(triple: Triple) -> bool:
    named = (triple.predicate, triple.object)
    return any(isinstance(term, NamedNode) and term.value.startswith(HYDRA) for term in named)
