"""One row of a table's file, as it stands there."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from si_lod.errors import UnknownResource
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

    from si_lod.index.origins import TableFile


@dataclass(frozen=True, slots=True)
class Record:
    """A row's cells and the names over them, none if the table has no header; the header is a row like any other."""

    header: tuple[str, ...]
    cells: tuple[str, ...]
    is_last: bool

    def pairs(self) -> list[tuple[str, str]]:
        """Return each cell with the name of its column, empty where there is none."""
        names = (*self.header, *([""] * len(self.cells)))
        return list(zip(names, self.cells, strict=False))

    def text(self) -> str:
        """Return the header, if there is one, and the row as CSV (RFC 4180)."""
        content = io.StringIO()
        csv.writer(content).writerows(filter(None, (self.header, self.cells)))
        return content.getvalue()


@dataclass(frozen=True, slots=True)
class Marks:
    """Where every so many rows of a file begin, as far as it was read: one far down is not read up to each time.

    Safe for several threads, which may find the same.
    """

    path: Path
    every: int = 1000
    _places: dict[int, int] = field(default_factory=lambda: {0: 0})

    def nearest(self, row: int) -> tuple[int, int]:
        """Return the last known row up to that one, both counted from 0, and where in the file it begins."""
        number = min(row // self.every, len(self._places) - 1)
        return number * self.every, self._places[number]

    def learn(self, row: int, file: TextIO) -> None:
        """Remember where the row begins at which the file is read, if it is one that is to be remembered."""
        number, rest = divmod(row, self.every)
        if not rest and number not in self._places:
            self._places[number] = file.tell()


def record(marks: Marks, table: TableFile, number: int) -> Record:
    """Return the row with that number, counted from 1 (RFC 7111 §2.1); raises UnknownResource if there is none."""
    if number < 1:
        raise UnknownResource(
            told("{table}: there is no row {number}; they are counted from 1", table=table.name, number=number)
        )
    try:
        with marks.path.open(encoding=table.encoding, newline="") as file:
            header = next(_rows(file, table), ()) if table.header else ()
            rows = _from(file, marks, table, number - 1)
            cells = next(rows, None)
            if cells is None:
                raise UnknownResource(told("{table}: there is no row {number}", table=table.name, number=number))
            is_header = table.header and number == 1
            return Record(() if is_header else header, cells, next(rows, None) is None)
    except (csv.Error, UnicodeDecodeError) as error:
        raise UnknownResource(
            told(
                "{table}: row {number} cannot be shown ({error}); read the whole table",
                table=table.name,
                number=number,
                error=error,
            )
        ) from None


def _from(file: TextIO, marks: Marks, table: TableFile, row: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows from that one on, counted from 0, and mark what is passed on the way."""
    known, place = marks.nearest(row)
    file.seek(place)
    rows = _rows(file, table)
    for passed in range(known, row):
        marks.learn(passed, file)
        if next(rows, None) is None:
            return
    yield from rows


def _rows(file: TextIO, table: TableFile) -> Iterator[tuple[str, ...]]:
    """Yield the rows from where the file is read; it can be asked for its place, since nothing is read ahead."""
    lines = iter(file.readline, "")
    if not table.quote:
        return map(tuple, csv.reader(lines, delimiter=table.delimiter, quoting=csv.QUOTE_NONE))
    return map(tuple, csv.reader(lines, delimiter=table.delimiter, quotechar=table.quote))
