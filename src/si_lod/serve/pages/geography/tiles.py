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
BAND: Final = 66
"""How high the tile is of what is in no place of the drawing, which is as wide as the drawing."""
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
    """The drawing with its size in its own units; ``apart`` are the counts of what is in none of its places."""

    tiles: list[Tile]
    width: int
    height: int
    apart: list[tuple[int, str]]
    band: int

    @classmethod
    def of(cls, geography: Geography, places: Mapping[str, tuple[int, int]]) -> TileMap | None:
        """Return the drawing of those areas that have a place in it, or None if none has."""
        areas = [area for area in geography.areas if area.iri in places]
        if not areas:
            return None
        most = max(1, *(sum(area.counts) for area in areas))
        tiles = [_tile(geography, area, *places[area.iri], most) for area in areas]
        columns, rows = (max(places[area.iri][axis] for area in areas) for axis in (0, 1))
        apart, below = _lines(geography, geography.unplaced.counts), rows * (HEIGHT + GAP)
        return cls(
            sorted(tiles, key=lambda tile: (tile.y, tile.x)),
            columns * (WIDTH + GAP) - GAP,
            below + BAND if apart else below - GAP,
            apart,
            below,
        )


def _tile(geography: Geography, area: Area, column: int, row: int, most: int) -> Tile:
    x, y = ((place - 1) * (side + GAP) for place, side in ((column, WIDTH), (row, HEIGHT)))
    return Tile(area.link, x, y, -(-sum(area.counts) * SHADES // most), _lines(geography, area.counts))


def _lines(geography: Geography, counts: list[int]) -> list[tuple[int, str]]:
    return [
        (count, (kind.one if count == 1 else kind.many).words)
        for kind, count in zip(geography.kinds, counts, strict=True)
        if count
    ]
