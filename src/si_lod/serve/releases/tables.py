"""One row of a table's file, as it stands there."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from si_lod.errors import UnknownResource
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


def record(path: Path, table: TableFile, number: int) -> Record:
    """Return the row with that number, counted from 1 (RFC 7111 §2.1); raises UnknownResource if there is none."""
    if number < 1:
        raise UnknownResource(
            told("{table}: there is no row {number}; they are counted from 1", table=table.name, number=number)
        )
    try:
        with path.open(encoding=table.encoding, newline="") as file:
            rows = _rows(file, table)
            header = next(rows, ()) if table.header else ()
            skipped = 1 if table.header else 0
            is_header = table.header and number == 1
            cells = header if is_header else next(islice(rows, number - skipped - 1, None), None)
            if cells is None:
                raise UnknownResource(told("{table}: there is no row {number}", table=table.name, number=number))
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


def _rows(file: io.TextIOWrapper, table: TableFile) -> Iterator[tuple[str, ...]]:
    if not table.quote:
        return map(tuple, csv.reader(file, delimiter=table.delimiter, quoting=csv.QUOTE_NONE))
    return map(tuple, csv.reader(file, delimiter=table.delimiter, quotechar=table.quote))
