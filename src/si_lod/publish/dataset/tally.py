"""What is met while tables are read: how many rows, what each begins with, and which row made what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.index.origins import TableFile

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from si_lod.index.origins import Origins
    from si_lod.publish.csvw import Cell, TableGroup
    from si_lod.publish.source.files import Source


@dataclass(slots=True)
class Tally:
    """What was met while tables were read: how many rows each has, and the thing that its first row is about.

    ``origins``, if there are any, are told which row made what.
    """

    rows: Counter[str] = field(default_factory=Counter)
    firsts: dict[str, NamedNode] = field(default_factory=dict)
    origins: Origins | None = None

    def begin(self, tables: TableGroup, source: Source) -> None:
        """Make each table's file known to the origins, with how it is written."""
        for table in tables.tables if self.origins else ():
            dialect, name = table.dialect, table.named(source.root)
            self.origins.begin(  # type: ignore[union-attr]
                TableFile(name, dialect.encoding, dialect.delimiter, dialect.quote, header=dialect.header)
            )

    def meet(self, triple: Triple, cell: Cell) -> None:
        """Keep what the triple of a cell is about."""
        if isinstance(triple.subject, NamedNode):
            self.firsts.setdefault(cell.file, triple.subject)
            if self.origins:
                self.origins.add(triple.subject.value, cell.file, cell.row)
