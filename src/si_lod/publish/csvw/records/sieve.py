"""The sieve: the records of a table that are right in form go through, what is wrong with the others is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.misreadings import reason_of
from si_lod.publish.csvw.records.headers import incompatible, mistakes
from si_lod.publish.csvw.records.opening import opened
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from si_lod.publish.csvw.faults import Faults
    from si_lod.publish.csvw.metadata.tables import Table
    from si_lod.publish.csvw.records.reading import Record, Records
    from si_lod.publish.csvw.workbooks.records import SheetRecords

    Source = Records | SheetRecords


class Sieve:
    """The records of one table, read from its file once; ``whole`` is true until one of them did not go through.

    Each record, the header too, is looked at as ``straightened`` gives it.
    """

    def __init__(
        self, table: Table, root: Path, faults: Faults, straightened: Callable[[Record], Record] | None = None
    ) -> None:
        self._table = table
        self._file = table.named(root)
        self._faults = faults
        self._width = len(table.written)
        keyed = bool(table.primary_key) or any(column.inherited.required for column in table.written)
        self._refuses_empty = keyed and not (table.numbered or table.sheet or faults.lenient)
        self._straightened = straightened or (lambda record: record)
        self.whole = True

    def records(self) -> Iterator[tuple[Source, Record]]:
        """Yield the records that are right in form, as they stand, each with where it was read."""
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
        wrong = list(compare(self._table, self._straightened(record).cells))
        for column, message in wrong:
            self._faults.warn(self._file, message, line=record.line, column=column)
        self.whole = self._faults.lenient or not wrong
        return self.whole

    def _whole(self, source: Source) -> Iterator[Record]:
        """Yield the records that have as many cells as there are columns; the others are reported."""
        width = self._width
        for record in map(self._straightened, source):
            if record.flaw:
                self._fault(record.flaw, record.line, self._name(record.cell))
            elif len(record.cells) != width:
                self._fault(_miscounted(record, width), record.line)
                self.look_inside(source, record)
            elif self._refuses_empty and not any(record.cells):
                self._fault(told("expected a row, found only empty cells; remove it, or run si-lod tidy"), record.line)
            else:
                yield record
            if self._faults.full:
                self.whole = False
                return

    def look_inside(self, source: Source, record: Record) -> None:
        """Read on from the next line when a wrong record seems to hold others, so that a quote was left open."""
        delimiter = self._table.dialect.delimiter
        inside = (line for cell in record.cells for line in cell.split("\n")[1:])
        if any(line.count(delimiter) >= self._width - 1 for line in inside):
            source.reread(record)

    def warn(self, message: str, line: int, place: int) -> None:
        """Report what is wrong with the cell at that place of a record."""
        self._faults.warn(self._file, message, line=line, column=self._name(place))

    def _name(self, place: int) -> str:
        return self._table.written[place].name if 0 <= place < self._width else ""

    def _fault(self, message: str, line: int = 0, column: str = "") -> None:
        self.whole = False
        self._faults.add(self._file, message, line=line, column=column)


def _miscounted(record: Record, width: int) -> str:
    if not any(record.cells):
        return told("expected {width} cells, found an empty line; remove it, or run si-lod tidy", width=width)
    if not any(record.cells[width:]) and len(record.cells) > width:
        return told(
            "expected {width} cells, found {cells}, of which the last are empty; put quotes around a cell that has a "
            "delimiter in it, or run si-lod tidy if there are only too many",
            width=width,
            cells=len(record.cells),
        )
    found = told("expected {width} cells, found {cells}", width=width, cells=len(record.cells))
    if record.last > record.line:
        return told(
            "{found}, and the record goes on to line {last}; is a quote missing or too many?",
            found=found,
            last=record.last,
        )
    return found
