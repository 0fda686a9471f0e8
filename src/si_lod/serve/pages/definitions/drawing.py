"""The overview of an ontology as a drawing: boxes of text, and arrows from a property to the class where it leads.

Text is measured by the number of its characters, generously, since only a browser knows its fonts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Self

from si_lod.serve.pages.definitions.columns import Line, Size
from si_lod.serve.pages.definitions.layers import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.serve.pages.definitions.layers import Point
    from si_lod.serve.pages.definitions.overview import Box, Row

ROW: Final = 21
"""The height of a row of text."""
PAD: Final = 10
EDGE: Final = 2
"""The room that the lines of the outermost boxes need."""
_WIDTHS: Final = {"name": 8.8, "row": 7.4, "short": 6.8}
"""How wide a character is taken to be: in a class's name, in a row, in the small print below a name."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A curve and what it says: from the name of a class, by a property or as the narrower one, to another."""

    path: str
    source: str
    property: str
    target: str


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A property with the height at which its text stands; the arrow is None for one that leads to no box."""

    row: Row
    y: float
    arrow: Arrow | None


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A class in its place; ``head`` is the height of what stands above its rows."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    head: float
    rows: list[DrawnRow]
    above: list[Arrow]


@dataclass(frozen=True, slots=True)
class Drawing:
    """All boxes with their arrows."""

    width: float
    height: float
    boxes: list[DrawnBox]

    @classmethod
    def of(cls, boxes: Sequence[Box]) -> Self:
        """Return the drawing of an overview; a property that leads to its own class has no arrow."""
        ends = [end for box in boxes for end in _ends(box)]
        heads = {box.iri: _head(box) for box in boxes}
        lines = [
            Line(box.iri, target, ROW / 2 if row is None else _baseline(heads[box.iri], row) - ROW / 4, _reach(row))
            for box, row, target in ends
        ]
        layout = Layout.of({box.iri: _size(box) for box in boxes}, lines)
        names = {box.iri: box.name.words for box in boxes}
        arrows = {
            (box.iri, row, target): Arrow(
                _curve(route), names[box.iri], "" if row is None else box.rows[row].name.words, names[target]
            )
            for (box, row, target), route in zip(ends, layout.routes, strict=True)
        }
        return cls(
            round(layout.size.width + 2 * EDGE),
            round(layout.size.height + 2 * EDGE),
            [_drawn(box, layout, arrows) for box in boxes],
        )


def _drawn(box: Box, layout: Layout, arrows: dict[tuple[str, int | None, str], Arrow]) -> DrawnBox:
    x, y = layout.places[box.iri]
    head = _head(box)
    rows = [
        DrawnRow(row, round(y + EDGE + _baseline(head, place), 1), arrows.get((box.iri, place, row.target or "")))
        for place, row in enumerate(box.rows)
    ]
    above = [arrows[box.iri, None, iri] for iri in box.above if (box.iri, None, iri) in arrows]
    width, height = layout.widths[box.iri], _size(box).height
    return DrawnBox(box, round(x + EDGE, 1), round(y + EDGE, 1), width, height, head, rows, above)


def _ends(box: Box) -> list[tuple[Box, int | None, str]]:
    """Return where lines leave a box, the place of the row or None for its head, and where they lead."""
    above = [(box, None, iri) for iri in box.above if iri != box.iri]
    return [*above, *((box, n, row.target) for n, row in enumerate(box.rows) if row.target and row.target != box.iri)]


def _reach(row: int | None) -> float:
    """Return where a line reaches a box: a broader class's below where properties do."""
    return ROW if row is None else ROW / 2


def _head(box: Box) -> float:
    return PAD / 2 + ROW * (1 + bool(box.short) + bool(box.outside)) - 2 * bool(box.short)


def _baseline(head: float, place: int) -> float:
    return head + PAD / 2 + ROW * (place + 0.72)


def _size(box: Box) -> Size:
    small = [box.short, ", ".join(box.outside)]
    texts = [("name", box.name.words), *(("short", t) for t in small), *(("row", r.name.words) for r in box.rows)]
    width = max(_WIDTHS[kind] * len(text) for kind, text in texts) + 2 * PAD
    return Size(round(width), _head(box) + PAD * bool(box.rows) + ROW * len(box.rows))


def _curve(points: Sequence[Point]) -> str:
    """Return the path data (SVG 2 §9.3) of a curve that leaves and reaches every point level."""
    shifted = [(x + EDGE, y + EDGE) for x, y in points]
    bends = [
        f"C{(x0 + x1) / 2:.1f} {y0:.1f} {(x0 + x1) / 2:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        for (x0, y0), (x1, y1) in pairwise(shifted)
    ]
    return f"M{shifted[0][0]:.1f} {shifted[0][1]:.1f}{''.join(bends)}"
