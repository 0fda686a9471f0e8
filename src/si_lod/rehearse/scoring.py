"""How the metrics of the MQA add up for a data set.

Of its distributions the one with the most points counts, with all of its results.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from si_lod.rehearse.mqa import OF_DATASET, OF_DISTRIBUTION, Metric, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.rehearse.graph import Graph, Node
    from si_lod.rehearse.visiting import Visitor


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which metrics are not met, and which could not be judged."""

    missed: tuple[Metric, ...]
    unjudged: tuple[Metric, ...]

    @property
    def lost(self) -> int:
        """The points of what is not met."""
        return sum(metric.points for metric in self.missed)

    @property
    def open(self) -> int:
        """The points of what could not be judged."""
        return sum(metric.points for metric in self.unjudged)


def measured(graph: Graph, visitor: Visitor, dataset: Node) -> Outcome:
    """Return the outcome for a data set with the best of its distributions, or with none at all."""
    own = _outcome(OF_DATASET, Subject(graph, visitor, dataset, dataset))
    others = [
        _outcome(OF_DISTRIBUTION, Subject(graph, visitor, node, dataset)) for node in graph.distributions(dataset)
    ]
    nothing = Outcome(OF_DISTRIBUTION, ())
    best = min(others, key=lambda outcome: (outcome.lost, outcome.open), default=nothing)
    return Outcome(own.missed + best.missed, own.unjudged + best.unjudged)


def _outcome(metrics: Iterable[Metric], subject: Subject) -> Outcome:
    met = [(metric, metric.met(subject)) for metric in metrics]
    missed = tuple(metric for metric, is_met in met if is_met is False)
    return Outcome(missed, tuple(metric for metric, is_met in met if is_met is None))
