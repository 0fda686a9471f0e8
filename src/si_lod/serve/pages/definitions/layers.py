"""Boxes in columns, with lines from left to right that pass between the boxes: a small Sugiyama layout.

Lengths are pixels of the drawing, from its top left. The same input always gives the same drawing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import fmean
from typing import TYPE_CHECKING, Final, Self

from si_lod.serve.pages.definitions.columns import Line, Size, columned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Point = tuple[float, float]

ACROSS: Final = 64
"""The room between two columns, where lines bend."""
DOWN: Final = 20
"""The room between two boxes of a column."""
_BESIDE: Final = 12
"""The room beside a line that passes through a column."""
_SWEEPS: Final = 12


@dataclass(slots=True, eq=False)
class _Slot:
    """A place in a column: a box, or the passage of a line through the column, which has no size."""

    column: int
    size: Size
    top: float = 0


@dataclass(frozen=True, slots=True)
class _Pull:
    """Where a line would have a slot: ``offset`` below the top of the slot at its other end."""

    slot: _Slot
    offset: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each box stands, how wide it is, and through which points each line goes."""

    places: Mapping[str, Point]
    widths: Mapping[str, float]
    routes: Sequence[Sequence[Point]]
    size: Size

    @classmethod
    def of(cls, boxes: Mapping[str, Size], lines: Sequence[Line]) -> Self:
        """Return a layout in which lines lead to later columns; one that would close a circle leads back.

        No line may lead from a box to itself.
        """
        columns = columned(list(boxes), lines)
        placed = {name: _Slot(columns[name], size) for name, size in boxes.items()}
        chains = [_chain(placed[line.source], placed[line.target]) for line in lines]
        slots = [*placed.values(), *(slot for chain in chains for slot in chain[1:-1])]
        _settle(slots, chains, lines)
        widths = [0.0] * (max(columns.values(), default=-1) + 1)
        for slot in slots:
            widths[slot.column] = max(widths[slot.column], slot.size.width)
        lefts = [sum(widths[:place]) + ACROSS * place for place in range(len(widths))]
        bottom = max((slot.top + slot.size.height for slot in slots), default=0)
        return cls(
            {name: (lefts[slot.column], slot.top) for name, slot in placed.items()},
            {name: widths[slot.column] for name, slot in placed.items()},
            [_route(line, chain, lefts, widths) for line, chain in zip(lines, chains, strict=True)],
            Size(sum(widths) + ACROSS * max(0, len(widths) - 1), bottom),
        )


def _chain(source: _Slot, target: _Slot) -> list[_Slot]:
    """Return the slots that a line goes through: the boxes at its ends, and passages through the columns between."""
    step = 1 if target.column > source.column else -1
    passages = (_Slot(column, Size(0, 0)) for column in range(source.column + step, target.column, step))
    return [source, *passages, target]


def _settle(slots: Sequence[_Slot], chains: Sequence[Sequence[_Slot]], lines: Sequence[Line]) -> None:
    """Give every slot its top: near to what it is linked to in the columns before and after, in turns."""
    pulls: defaultdict[int, list[_Pull]] = defaultdict(list)
    for chain, line in zip(chains, lines, strict=True):
        ports = [line.leaves, *[0.0] * (len(chain) - 2), line.reaches]
        for (one, here), (other, there) in pairwise(zip(chain, ports, strict=True)):
            pulls[id(one)].append(_Pull(other, there - here))
            pulls[id(other)].append(_Pull(one, here - there))
    columns = [[slot for slot in slots if slot.column == place] for place in sorted({slot.column for slot in slots})]
    for column in columns:
        _stack(column, pulls, 0)
    for sweep in range(_SWEEPS):
        step = 1 if sweep % 2 == 0 else -1
        for column in columns[::step]:
            _stack(column, pulls, -step)
    top = min((slot.top for slot in slots), default=0)
    for slot in slots:
        slot.top -= top


def _stack(slots: Sequence[_Slot], pulls: Mapping[int, list[_Pull]], side: int) -> None:
    """Put the slots of a column below one another, each as near as it can be to where its lines on ``side`` pull it."""
    wanted = []
    for place, slot in enumerate(slots):
        tops = [pull.slot.top + pull.offset for pull in pulls[id(slot)] if (pull.slot.column - slot.column) * side > 0]
        wanted.append((fmean(tops) if tops else slot.top, place, slot))
    free = -inf
    for top, _, slot in sorted(wanted, key=lambda each: each[:2]):
        slot.top = max(top, free + (DOWN if slot.size.height else _BESIDE))
        free = slot.top + slot.size.height
    moved = fmean(top - slot.top for top, _, slot in wanted)
    for slot in slots:
        slot.top += moved


def _route(line: Line, slots: Sequence[_Slot], lefts: Sequence[float], widths: Sequence[float]) -> list[Point]:
    """Return the points of a line, from the side of its source that looks towards its target."""
    forward = slots[0].column < slots[-1].column

    def sides(slot: _Slot) -> tuple[float, float]:
        left, right = lefts[slot.column], lefts[slot.column] + widths[slot.column]
        return (left, right) if forward else (right, left)

    passages = [(side, slot.top) for slot in slots[1:-1] for side in sides(slot)]
    first, last = slots[0], slots[-1]
    return [
        (sides(first)[1], first.top + line.leaves),
        *passages,
        (sides(last)[0], last.top + line.reaches),
    ]
