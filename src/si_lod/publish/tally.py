"""What is met while tables are read: how many rows there are, what each table's first is about, which row says what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.index.origins import TableFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Triple

    from si_lod.index.origins import Origins
    from si_lod.publish.csvw import Cell, Table


@dataclass(slots=True)
class Tally:
    """How many rows each table has, and the thing that its first row is about; ``origins`` keep the rows themselves."""

    origins: Origins | None = None
    rows: Counter[str] = field(default_factory=Counter)
    firsts: dict[str, NamedNode] = field(default_factory=dict)

    def opens(self, tables: Iterable[Table], root: Path) -> None:
        """Make known which files the tables are in, and how each is written."""
        for table in tables if self.origins else ():
            dialect, name = table.dialect, table.named(root)
            file = TableFile(name, dialect.encoding, dialect.delimiter, dialect.quote, header=dialect.header)
            self.origins.begin(file)  # type: ignore[union-attr]

    def begins(self, file: str, triple: Triple) -> None:
        """Count a row of ``file`` that begins with ``triple``."""
        self.rows[file] += 1
        if isinstance(triple.subject, NamedNode):
            self.firsts.setdefault(file, triple.subject)

    def meets(self, triple: Triple, cell: Cell) -> None:
        """Keep that a cell says ``triple``."""
        if self.origins and isinstance(triple.subject, NamedNode):
            self.origins.add(triple.subject.value, cell.file, cell.row)
