"""Rows: the records of a table that are right in form, with the values of their cells (Model §6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from si_lod.misreadings import reason_of
from si_lod.publish.csvw.records.cells import CellReader, Misfit, cell_reader
from si_lod.publish.csvw.records.headers import incompatible, mistakes
from si_lod.publish.csvw.records.opening import opened
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from si_lod.publish.csvw.faults import Faults
    from si_lod.publish.csvw.metadata.tables import Table
    from si_lod.publish.csvw.records.reading import Record, Records
    from si_lod.publish.csvw.templates.template import Value
    from si_lod.publish.csvw.workbooks.records import SheetRecords

    Source = Records | SheetRecords


class Row(NamedTuple):
    """One row: the values of all columns by their place, virtual ones too, then its number and its source number.

    ``line`` is the physical line where it begins; ``wrong`` has the places of the cells whose fault was reported,
    and whose values are None.
    """

    line: int
    values: list[Value]
    wrong: frozenset[int]


class Rows:
    """The rows of one table, read from its file once; what is wrong with them goes to ``faults``.

    With ``only``, the cells at other places are not looked at and have no value.
    """

    def __init__(self, table: Table, root: Path, faults: Faults, only: Collection[int] | None = None) -> None:
        self._table = table
        self._file = table.named(root)
        self._faults = faults
        self._width = len(table.written)
        self._readers: list[tuple[int, CellReader]] = [
            (place, cell_reader(column.inherited))
            for place, column in enumerate(table.written)
            if only is None or place in only
        ]
        self._virtual = [cell_reader(column.inherited)("") for column in table.columns if column.virtual]

    def __iter__(self) -> Iterator[Row]:
        for number, (source, record) in enumerate(self._records(), start=1):
            row = self._row(record, number)
            if row.wrong:
                self._look_inside(source, record)
            yield row

    def records(self) -> Iterator[Record]:
        """Yield the records that are right in form, as they stand; what is wrong with the others is reported."""
        for _, record in self._records():
            yield record

    def _records(self) -> Iterator[tuple[Source, Record]]:
        try:
            with opened(self._table) as source:
                if self._headed(source):
                    for record in self._whole(source):
                        yield source, record
        except FileNotFoundError:
            self._fault(
                told("expected this file, since the metadata describes it as {url}; found none", url=self._table.url)
            )
        except OSError as error:
            self._fault(told("cannot be read: {reason}", reason=reason_of(error)))

    def _headed(self, source: Source) -> bool:
        return not self._table.dialect.header or self._header(next(source, None))

    def _header(self, record: Record | None) -> bool:
        if record is None:
            names = ", ".join(column.name for column in self._table.written)
            self._fault(told("expected a header with the columns {names}, found an empty file", names=names))
            return False
        if record.flaw:
            self._fault(record.flaw, record.line)
            return False
        compare = incompatible if self._faults.lenient else mistakes
        wrong = list(compare(self._table, record.cells))
        for column, message in wrong:
            self._warn(message, record.line, column)
        return self._faults.lenient or not wrong

    def _whole(self, source: Source) -> Iterator[Record]:
        """Yield the records that have as many cells as there are columns; the others are reported."""
        width = self._width
        for record in source:
            if record.flaw:
                self._fault(record.flaw, record.line, self._name(record.cell))
            elif len(record.cells) != width:
                self._fault(_miscounted(record, width), record.line)
                self._look_inside(source, record)
            else:
                yield record
            if self._faults.full:
                return

    def _look_inside(self, source: Source, record: Record) -> None:
        """Read on from the next line when a wrong record seems to hold others, so that a quote was left open."""
        delimiter = self._table.dialect.delimiter
        inside = (line for cell in record.cells for line in cell.split("\n")[1:])
        if any(line.count(delimiter) >= self._width - 1 for line in inside):
            source.reread(record)

    def _row(self, record: Record, number: int) -> Row:
        values: list[Value] = [None] * self._width
        wrong = []
        cells = record.cells
        for place, read in self._readers:
            try:
                values[place] = read(cells[place])
            except Misfit as error:
                self._warn(str(error), record.line, self._name(place))
                if self._faults.lenient:
                    values[place] = error.value
                else:
                    wrong.append(place)
        values += self._virtual
        values += (str(number), str(record.number))
        return Row(record.line, values, frozenset(wrong))

    def _name(self, place: int) -> str:
        return self._table.written[place].name if 0 <= place < self._width else ""

    def _warn(self, message: str, line: int, column: str) -> None:
        self._faults.warn(self._file, message, line=line, column=column)

    def _fault(self, message: str, line: int = 0, column: str = "") -> None:
        self._faults.add(self._file, message, line=line, column=column)


def _miscounted(record: Record, width: int) -> str:
    if not any(record.cells):
        return told("expected {width} cells, found an empty line; remove it", width=width)
    found = told("expected {width} cells, found {cells}", width=width, cells=len(record.cells))
    if record.last > record.line:
        return told(
            "{found}, and the record goes on to line {last}; is a quote missing or too many?",
            found=found,
            last=record.last,
        )
    return found
