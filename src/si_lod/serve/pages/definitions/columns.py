"""Boxes and lines, and in which column of a drawing each box belongs, so that lines lead from left to right."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Size:
    """How large something is."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two boxes, with how far below their tops it leaves the one and reaches the other."""

    source: str
    target: str
    leaves: float
    reaches: float


def columned(names: Sequence[str], lines: Sequence[Line]) -> dict[str, int]:
    """Return the column of each box: after all that lead to it, and near to what it leads to itself.

    A line that would close a circle has no say.
    """
    order, kept = _acyclic(names, list(dict.fromkeys((line.source, line.target) for line in lines)))
    columns = dict.fromkeys(order, 0)
    for name in order:
        columns[name] = max((columns[source] + 1 for source, target in kept if target == name), default=0)
    for name in reversed(order):
        ahead = [columns[target] - 1 for source, target in kept if source == name]
        if len(ahead) > sum(target == name for _, target in kept):
            columns[name] = min(ahead)
    return columns


def _acyclic(names: Sequence[str], lines: list[Pair]) -> tuple[list[str], list[Pair]]:
    """Return the boxes, each after those that lead to it, and the lines without those that close a circle."""
    sorter = TopologicalSorter({name: [source for source, target in lines if target == name] for name in names})
    try:
        return list(sorter.static_order()), lines
    except CycleError as error:
        first, second, *_ = error.args[1]
        return _acyclic(names, [line for line in lines if line != (first, second)])
