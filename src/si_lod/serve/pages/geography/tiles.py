"""The drawing of all places: a tile for each, in the columns and rows that the site lays out.

It is a scheme that says what lies beside what, drawn from no coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from si_lod.serve.pages.geography.places import Area, Geography
    from si_lod.serve.pages.words.wording import Link

WIDTH: Final = 150
HEIGHT: Final = 104
GAP: Final = 8
SHADES: Final = 4
"""How many shades there are beside that of nothing."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One place: where its tile is, how dark, and what is written in it; ``lines`` are a number and what it counts."""

    link: Link
    x: int
    y: int
    shade: int
    lines: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class TileMap:
    """The drawing with its size in its own units."""

    tiles: list[Tile]
    width: int
    height: int

    @classmethod
    def of(cls, geography: Geography, places: Mapping[str, tuple[int, int]]) -> TileMap | None:
        """Return the drawing of those areas that have a place in it, or None if none has."""
        areas = [area for area in geography.areas if area.iri in places]
        if not areas:
            return None
        most = max(1, *(sum(area.counts) for area in areas))
        tiles = [_tile(geography, area, *places[area.iri], most) for area in areas]
        columns, rows = (max(places[area.iri][axis] for area in areas) for axis in (0, 1))
        return cls(
            sorted(tiles, key=lambda tile: (tile.y, tile.x)),
            columns * (WIDTH + GAP) - GAP,
            rows * (HEIGHT + GAP) - GAP,
        )


def _tile(geography: Geography, area: Area, column: int, row: int, most: int) -> Tile:
    total = sum(area.counts)
    lines = [
        (count, (kind.one if count == 1 else kind.many).words)
        for kind, count in zip(geography.kinds, area.counts, strict=True)
        if count
    ]
    x, y = ((place - 1) * (side + GAP) for place, side in ((column, WIDTH), (row, HEIGHT)))
    return Tile(area.link, x, y, -(-total * SHADES // most), lines)
