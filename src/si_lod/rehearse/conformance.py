"""Which parts of the catalogue break a rule of a profile, and which data set each part belongs to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from si_lod.rehearse.faults import frequency_faults, value_faults
from si_lod.rehearse.profile import RULES
from si_lod.rehearse.terms import DCAT, FOAF, expanded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from si_lod.rehearse.graph import Graph, Node, Term


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken at a node; ``datasets`` are those that the node is part of, none for the whole."""

    about: str
    message: str
    datasets: tuple[str, ...]


def breaches(graph: Graph, *, dutch: bool) -> Iterator[Breach]:
    """Yield where the catalogue breaks the table of rules, the EU's or the Dutch."""
    owners = parts(graph)
    for class_, rules in RULES.items():
        for node in graph.instances(expanded(class_)):
            for rule in rules:
                found = len(graph.values(node, rule.property))
                for message in (*frequency_faults(rule, found, dutch=dutch), *value_faults(graph, node, rule)):
                    yield Breach(graph.name(node), message, owners.get(node, ()))


def parts(graph: Graph) -> Mapping[Term, tuple[str, ...]]:
    """Return the data sets that each node describes a part of: itself, a distribution, a record, whoever is named."""
    owners: dict[Term, dict[str, None]] = {}
    records: dict[Term, list[Node]] = defaultdict(list)
    for record, topic in graph.subjects(f"{FOAF}primaryTopic"):
        records[topic].append(record)
    for dataset in graph.datasets:
        for node in _parts(graph, dataset, records.get(dataset, [])):
            owners.setdefault(node, {})[graph.name(dataset)] = None
    return {node: tuple(names) for node, names in owners.items()}


def _parts(graph: Graph, dataset: Node, records: list[Node]) -> Iterator[Term]:
    yield dataset
    for node in (*graph.distributions(dataset), *records):
        yield node
        yield from graph.values(node, f"{DCAT}accessService")
    for predicate in ("dct:publisher", "dct:creator", "dcat:contactPoint", "dct:temporal", "dct:spatial"):
        yield from graph.values(dataset, expanded(predicate))
