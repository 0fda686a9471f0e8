"""A table group becomes triples, row by row (Generating RDF from Tabular Data on the Web §4, minimal mode)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from si_lod.publish.csvw.damage import Damage
from si_lod.publish.csvw.emission import emitters
from si_lod.publish.csvw.faults import Faults
from si_lod.publish.csvw.keys.index import Keys
from si_lod.publish.csvw.keys.references import References
from si_lod.publish.csvw.records.rows import Rows
from si_lod.publish.csvw.statements import Cell, Statement
from si_lod.publish.csvw.templates.minting import Unmintable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from si_lod.errors import Problem
    from si_lod.publish.csvw.emission import Emitter
    from si_lod.publish.csvw.keys.references import Check
    from si_lod.publish.csvw.metadata.tables import Table, TableGroup
    from si_lod.publish.csvw.records.rows import Row


def convert(
    group: TableGroup, *, root: Path, warnings: list[Problem] | None = None, damage: Damage | None = None
) -> Iterator[Statement]:
    """Yield the triples of the tables, each with its cell, in the order of tables, rows and columns.

    The files are read as they stream by, twice where a foreign key points; memory does not grow with them. Every
    literal is in its canonical form. There are no blank nodes, except for rows without a subject and for lists in a
    lenient group, whose ``warnings`` are added to the list that is given. ``root`` is the folder that the files'
    names are relative to in messages and cells. What could not be read is kept in ``damage``.

    Raises InvalidFiles with every problem of every table, after the last triple; what came before is then to be
    thrown away.
    """
    faults = Faults(lenient=group.lenient)
    with Keys() as keys:
        references = References(group, root, keys)
        for number, table in enumerate(group.tables, start=1):
            reading = _Reading(table, root, faults, Damage() if damage is None else damage)
            yield from reading.statements(emitters(table, number), references.checks(table, group))
    if warnings is not None:
        warnings += faults.warnings
    faults.settle()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A table being read, and where what is wrong with it goes."""

    table: Table
    root: Path
    faults: Faults
    damage: Damage

    def statements(self, columns: list[Emitter], checks: list[Check]) -> Iterator[Statement]:
        file, rows = self.table.named(self.root), Rows(self.table, self.root, self.faults)
        for row in rows:
            found = len(self.faults)
            for check in checks:
                mistake = check(row)
                if mistake:
                    self.faults.warn(file, mistake[1], line=row.line, column=mistake[0])
            for emitter in columns:
                if emitter.speaks(row):
                    yield from self._of_cell(emitter, row, Cell(file, row.line, emitter.name, row.source))
            if row.wrong or len(self.faults) > found:
                self.damage.row(self.table, columns, row)
        if not rows.whole:
            self.damage.table(self.table)

    def _of_cell(self, emitter: Emitter, row: Row, cell: Cell) -> Iterator[Statement]:
        try:
            for triple in emitter.triples(row.values):
                yield Statement(triple, cell)
        except Unmintable as error:
            self.faults.add(cell.file, str(error), line=row.line, column=error.column or emitter.name)
