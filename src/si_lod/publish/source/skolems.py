"""Skolem IRIs: names for the blank nodes of a document that are the same in every run (RDF 1.1 Concepts §3.5)."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

GENID: Final = ".well-known/genid/"
"""What follows the base in the IRIs of what has no IRI of its own."""
MOST_ALIKE: Final = 100
"""The most blank nodes that may hang together and say the same, since telling them apart takes ever longer."""


def relabelled(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples of one document with the canonical labels of its blank nodes (RDFC-1.0).

    The order in which they are written makes no difference to them.
    """
    dataset = Dataset(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    yield from (quad.triple for quad in dataset)


def scope_of(path: Path) -> str:
    """Return what tells the blank nodes of a document from others': its name, or a digest of one that no label has."""
    name = path.stem
    try:
        BlankNode(f"{name}-")
        NamedNode(f"genid:{name}")
    except ValueError:
        name = hashlib.sha256(name.encode()).hexdigest()[:20]
    return f"{name}-"


def skolem(base: str, node: BlankNode, scope: str = "") -> NamedNode:
    """Return the IRI that a blank node has in the data; ``scope`` tells its document from others."""
    return NamedNode(f"{base}{GENID}{scope}{node.value}")


def skolemise(triples: Iterable[Triple], base: str, scope: str) -> Iterator[Triple]:
    """Yield the triples of one document with an IRI for each blank node, which follows from its canonical label."""
    for triple in relabelled(triples):
        nodes = (triple.subject, triple.object)
        subject, target = (skolem(base, node, scope) if isinstance(node, BlankNode) else node for node in nodes)
        if isinstance(subject, NamedNode):
            yield Triple(subject, triple.predicate, target)


def most_alike(triples: Iterable[Triple]) -> int:
    """Return how many blank nodes hang together that nothing tells apart but each other (RDFC-1.0 §7)."""
    said: dict[BlankNode, list[str]] = defaultdict(list)
    joined: dict[BlankNode, set[BlankNode]] = defaultdict(set)
    for subject, predicate, target in triples:
        if isinstance(subject, BlankNode):
            said[subject].append(f"{predicate} {'' if isinstance(target, BlankNode) else target}")
        if isinstance(target, BlankNode):
            said[target].append(f"^{predicate} {'' if isinstance(subject, BlankNode) else subject}")
        if isinstance(subject, BlankNode) and isinstance(target, BlankNode):
            joined[subject].add(target)
            joined[target].add(subject)
    alike = (Counter(tuple(sorted(said[node])) for node in group) for group in _groups(said, joined))
    return max((count for counted in alike for count in counted.values()), default=0)


def _groups(nodes: Iterable[BlankNode], joined: Mapping[BlankNode, set[BlankNode]]) -> Iterator[set[BlankNode]]:
    left = set(nodes)
    while left:
        group, waiting = set(), [left.pop()]
        while waiting:
            node = waiting.pop()
            group.add(node)
            fresh = joined.get(node, set()) & left
            left -= fresh
            waiting += fresh
        yield group
