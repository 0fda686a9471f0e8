"""A table as its canonical CSV: what version control compares well, and what is read as the same (RFC 4180)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.faults import Faults, excerpt
from si_lod.publish.csvw.records.headers import other_delimiter
from si_lod.publish.csvw.records.layouts import Layout
from si_lod.publish.csvw.records.opening import opened
from si_lod.publish.csvw.records.sieve import Sieve
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from si_lod.publish.csvw.metadata.dialects import Dialect
    from si_lod.publish.csvw.metadata.tables import Table

BYTE_ORDER_MARK: Final = "\ufeff"


def is_kept(table: Table) -> bool:
    """Return whether the table's dialect keeps something beside the table in its file, which tidying would lose."""
    dialect = table.dialect
    return bool(dialect.skip_rows or dialect.skip_columns or dialect.comment)


def tidied(table: Table, root: Path, *, sort: bool = False) -> bytes:
    """Return the table's canonical CSV: the names of its columns, and each cell as it stands.

    Lines end with LF, there is no byte order mark, cells are quoted where they have to be, and empty lines are left
    out. Delimiter, quote and encoding are those of the dialect, also when a spreadsheet has saved the file with
    another delimiter. Columns stand in the order of the metadata, without the empty ones after them. Rows keep their
    order; ``sort`` puts them in that of the primary key. Where IRIs are made of rows' numbers, no row is moved or left
    out.

    Raises InvalidFiles for what is no table of these columns.
    """
    faults = Faults()
    read = replace(table, dialect=replace(_dialect(table), skip_blank_rows=not table.numbered))
    sieve = Sieve(read, root, faults, _layout(read).straightened)
    rows = [record.cells for _, record in sieve.records()]
    faults.settle()
    if sort and not table.numbered:
        places = table.places(table.primary_key)
        rows.sort(key=lambda cells: [cells[place] for place in places])
    header = [[column.name for column in table.written]] if table.dialect.header else []
    text = "".join(_line(cells, table.dialect) for cells in [*header, *rows])
    try:
        return text.encode(table.dialect.encoding)
    except UnicodeEncodeError as error:
        message = told(
            "expected characters of {encoding}, found {character}",
            encoding=table.dialect.encoding,
            character=excerpt(text[error.start]),
        )
        faults.add(table.named(root), message)
    faults.settle()
    raise AssertionError(table)


def _dialect(table: Table) -> Dialect:
    """Return the dialect that the file is written in: the table's, but for a delimiter that its header shows."""
    try:
        with opened(table) as records:
            first = next(records, None)
    except OSError:
        first = None
    delimiter = other_delimiter(table, first.cells) if first and table.dialect.header and table.dialect.quote else ""
    return replace(table.dialect, delimiter=delimiter or table.dialect.delimiter)


def _layout(table: Table) -> Layout:
    """Return how the columns of the file stand, by its header if it has one."""
    straight = Layout(tuple(range(len(table.written))))
    if not table.dialect.header:
        return straight
    try:
        with opened(table) as records:
            first = next(records, None)
    except OSError:
        first = None
    return Layout.of(table, first.cells) if first else straight


def _line(cells: Iterable[str], dialect: Dialect) -> str:
    return dialect.delimiter.join([_quoted(cell, dialect) for cell in cells]) + "\n"


def _quoted(cell: str, dialect: Dialect) -> str:
    quote = dialect.quote
    signs = (dialect.delimiter, quote, "\n", "\r")
    if not quote or not (cell.startswith(BYTE_ORDER_MARK) or any(sign in cell for sign in signs)):
        return cell
    return quote + cell.replace(quote, quote * 2) + quote
