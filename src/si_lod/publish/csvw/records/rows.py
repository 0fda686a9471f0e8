"""Rows: the records of a table that are right in form, with the values of their cells (Model §6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from si_lod.publish.csvw.records.cells import CellReader, Misfit, cell_reader
from si_lod.publish.csvw.records.sieve import Sieve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from si_lod.publish.csvw.faults import Faults
    from si_lod.publish.csvw.metadata.tables import Table
    from si_lod.publish.csvw.records.reading import Record
    from si_lod.publish.csvw.templates.template import Value


class Row(NamedTuple):
    """One row: the values of all columns by their place, virtual ones too, then its number and its source number.

    ``line`` is the physical line where it begins; ``wrong`` has the places of the cells whose fault was reported,
    and whose values are None.
    """

    line: int
    values: list[Value]
    wrong: frozenset[int]

    @property
    def source(self) -> int:
        """The number of the record in the file (Model §6.4)."""
        return int(str(self.values[-1]))


class Rows:
    """The rows of one table, read from its file once; what is wrong with them goes to ``faults``.

    With ``only``, the cells at other places are not looked at and have no value.
    """

    def __init__(self, table: Table, root: Path, faults: Faults, only: Collection[int] | None = None) -> None:
        self._sieve = Sieve(table, root, faults)
        self._lenient = faults.lenient
        self._width = len(table.written)
        self._readers: list[tuple[int, CellReader]] = [
            (place, cell_reader(column.inherited))
            for place, column in enumerate(table.written)
            if only is None or place in only
        ]
        self._virtual = [cell_reader(column.inherited)("") for column in table.columns if column.virtual]

    def __iter__(self) -> Iterator[Row]:
        for number, (source, record) in enumerate(self._sieve.records(), start=1):
            row = self._row(record, number)
            if row.wrong:
                self._sieve.look_inside(source, record)
            yield row

    @property
    def whole(self) -> bool:
        """True as long as every record was right in form, so that there is no row but these."""
        return self._sieve.whole

    def _row(self, record: Record, number: int) -> Row:
        values: list[Value] = [None] * self._width
        wrong = []
        cells = record.cells
        for place, read in self._readers:
            try:
                values[place] = read(cells[place])
            except Misfit as error:
                self._sieve.warn(str(error), record.line, place)
                if self._lenient:
                    values[place] = error.value
                else:
                    wrong.append(place)
        values += self._virtual
        values += (str(number), str(record.number))
        return Row(record.line, values, frozenset(wrong))
