"""Embedded metadata: what the header of a file says of columns that nothing else describes (Model §8.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from si_lod.publish.csvw.documents.names import UNDETERMINED
from si_lod.publish.csvw.metadata.columns import default_name
from si_lod.publish.csvw.metadata.dialects import Dialect
from si_lod.publish.csvw.metadata.tables import STRINGS, Column, Inherited, Table, TableGroup
from si_lod.publish.csvw.records.opening import opened

if TYPE_CHECKING:
    from pathlib import Path


def embedded(path: Path, url: str) -> TableGroup:
    """Return the group of the one table in a file that no metadata describe: each column a title of its header."""
    table = Table(url, path, Dialect())
    columns = completed([], table, STRINGS, headed=True)
    return TableGroup(path, (replace(table, columns=tuple(columns)),), lenient=True)


def completed(columns: list[Column], table: Table, inherited: Inherited, *, headed: bool) -> list[Column]:
    """Return the columns with those that only the file has, after the described ones and before the virtual.

    These have the header for their titles if they are ``headed``. Beside columns of a schema they are not, since
    it is then not compatible with the file (Metadata §5.5.1). What cannot be read is told when the rows are.
    """
    written = [column for column in columns if not column.virtual]
    titled, described = table.dialect.header and headed, len(written)
    for number, cell in enumerate(_first_cells(table)[described:], start=described + 1):
        titles = (cell,) if titled and cell else ()
        written.append(Column(default_name(number, titles), number, ((UNDETERMINED, cell),) * len(titles), inherited))
    virtual = [column for column in columns if column.virtual]
    return [replace(column, number=number) for number, column in enumerate([*written, *virtual], start=1)]


def _first_cells(table: Table) -> list[str]:
    try:
        with opened(table) as records:
            record = next(records, None)
    except OSError:
        return []
    return record.cells if record else []
