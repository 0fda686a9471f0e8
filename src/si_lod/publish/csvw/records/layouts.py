"""Layouts: how the columns of a file stand that a spreadsheet has moved, or has put empty ones after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from si_lod.publish.csvw.records.headers import is_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.publish.csvw.metadata.tables import Table
    from si_lod.publish.csvw.records.reading import Record


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a record of the file the cell of each column stands, in the order of the metadata, from 0."""

    order: tuple[int, ...]

    @classmethod
    def of(cls, table: Table, header: Sequence[str]) -> Self:
        """Return the layout that the header shows: that of the metadata, unless it has each column in another place."""
        cells = _without_empty_end(header, 0)
        places = [[place for place, cell in enumerate(cells) if is_title(column, cell)] for column in table.written]
        found = tuple(place for several in places for place in several)
        is_whole = len(cells) == len(places) and sorted(found) == list(range(len(places)))
        return cls(found if is_whole and all(map(len, places)) else tuple(range(len(places))))

    def straightened(self, record: Record) -> Record:
        """Return the record with its cells in the order of the metadata, the empty ones after the last left out.

        One that has more or fewer cells than there are columns is left as it is.
        """
        cells = _without_empty_end(record.cells, len(self.order))
        if len(cells) != len(self.order):
            return record
        return record._replace(cells=[cells[place] for place in self.order])


def _without_empty_end(cells: Sequence[str], least: int) -> list[str]:
    kept = list(cells)
    while len(kept) > least and not kept[-1]:
        kept.pop()
    return kept
