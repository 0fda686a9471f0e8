"""Opening a table: the records of its CSV file, or of its sheet in a workbook."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from si_lod.publish.csvw.records.reading import Records
from si_lod.publish.csvw.workbooks.records import SheetRecords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.publish.csvw.metadata.tables import Table


@contextmanager
def opened(table: Table) -> Iterator[Records | SheetRecords]:
    """Give the records of a table from the first; raises OSError for what cannot be read."""
    if table.sheet:
        yield SheetRecords(table, table.sheet)
        return
    with table.path.open("rb") as file:
        yield Records(file, table.dialect)
