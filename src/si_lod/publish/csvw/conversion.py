"""A table group becomes triples, row by row (Generating RDF from Tabular Data on the Web §4, minimal mode)."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from si_lod.publish.csvw.keys.references import Check
    from si_lod.publish.csvw.metadata.tables import Table, TableGroup


def convert(group: TableGroup, *, root: Path, warnings: list[Problem] | None = None) -> Iterator[Statement]:
    """Yield the triples of the tables, each with its cell, in the order of tables, rows and columns.

    The files are read as they stream by, twice where a foreign key points; memory does not grow with them. Every
    literal is in its canonical form. There are no blank nodes, except for rows without a subject and for lists in a
    lenient group, whose ``warnings`` are added to the list that is given. ``root`` is the folder that the files'
    names are relative to in messages and cells.

    Raises InvalidFiles with every problem of every table, after the last triple; what came before is then to be
    thrown away.
    """
    faults = Faults(lenient=group.lenient)
    with Keys() as keys:
        references = References(group, root, keys)
        for number, table in enumerate(group.tables, start=1):
            yield from _statements(table, number, references.checks(table, group), root, faults)
    if warnings is not None:
        warnings += faults.warnings
    faults.settle()


def _statements(table: Table, number: int, checks: list[Check], root: Path, faults: Faults) -> Iterator[Statement]:
    file, columns = table.named(root), emitters(table, number)
    for row in Rows(table, root, faults):
        for check in checks:
            mistake = check(row)
            if mistake:
                faults.warn(file, mistake[1], line=row.line, column=mistake[0])
        for emitter in columns:
            if not emitter.speaks(row):
                continue
            cell = Cell(file, row.line, emitter.name, row.source)
            try:
                for triple in emitter.triples(row.values):
                    yield Statement(triple, cell)
            except Unmintable as error:
                faults.add(file, str(error), line=row.line, column=error.column or emitter.name)
