"""A sheet's lines as records, with the interface of those of a CSV file (Model §8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.publish.csvw.records.reading import SPOILT, Record
from si_lod.publish.csvw.workbooks.rendering import rendered
from si_lod.publish.csvw.workbooks.sheets import Flaw
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.publish.csvw.metadata.tables import Table
    from si_lod.publish.csvw.workbooks.sheets import Sheet


class SheetRecords:
    """The records of a sheet; ``line`` is the row's number in the spreadsheet program.

    Empty cells past the last column and empty lines past the last row are what a spreadsheet keeps of what was
    once there, and are left out.
    """

    def __init__(self, table: Table, sheet: Sheet) -> None:
        self._dialect = table.dialect
        self._datatypes = [column.inherited.datatype for column in table.written]
        self._width = len(self._datatypes)
        self._rows = self._records(sheet.rows)

    def __iter__(self) -> SheetRecords:
        return self

    def __next__(self) -> Record:
        return next(self._rows)

    def reread(self, record: Record) -> None:
        """Go nowhere: no cell of a sheet can hold other lines."""

    def _records(self, found: Iterable[list[object]]) -> Iterator[Record]:
        empty: list[Record] = []
        header = self._dialect.header
        for number, row in enumerate(found, start=1):
            if number <= self._dialect.skip_rows:
                continue
            record = self._record(number, row[self._dialect.skip_columns :], header=header)
            header = False
            if any(record.cells) or record.flaw:
                yield from () if self._dialect.skip_blank_rows else empty
                yield record
                empty = []
            else:
                empty.append(record)

    def _record(self, number: int, row: list[object], *, header: bool) -> Record:
        for place, cell in enumerate(row):
            if isinstance(cell, Flaw) or (isinstance(cell, str) and SPOILT.search(cell)):
                found = cell.found if isinstance(cell, Flaw) else told("a control character; remove it")
                message = told("expected a value, found {found}", found=found)
                return Record(number, number, number, [], message, place)
        texts = [self._text(cell, place, header=header) for place, cell in enumerate(row)]
        while texts and not texts[-1] and (header or len(texts) > self._width):
            texts.pop()
        missing = 0 if header else self._width - len(texts)
        return Record(number, number, number, texts + [""] * missing)

    def _text(self, cell: object, place: int, *, header: bool) -> str:
        if header:
            return "" if cell is None else str(cell)
        return rendered(cell, self._datatypes[min(place, self._width - 1)])
