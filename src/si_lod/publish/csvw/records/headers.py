"""The header row, held against the columns that the metadata describes (Metadata §5.6.1, Model §8.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.documents.names import UNDETERMINED
from si_lod.publish.csvw.faults import excerpt, nearest
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.publish.csvw.metadata.tables import Column, Table

DELIMITERS: Final = ";\t|,"
NAMES: Final = {";": told("semicolons"), "\t": told("tabs"), "|": told("bars"), ",": told("commas")}


def mistakes(table: Table, header: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the header, as a column's name (or nothing) and a message."""
    delimiter = other_delimiter(table, header)
    if delimiter:
        expected = ", ".join(column.name for column in table.written)
        found = told(
            "one column {header}; are {delimiter} the delimiter?", header=excerpt(header[0]), delimiter=NAMES[delimiter]
        )
        mend = told(
            "run si-lod tidy, say so in the dialect, or save the file with {delimiter}",
            delimiter=NAMES.get(table.dialect.delimiter, told("its delimiter")),
        )
        yield (
            "",
            told("expected the columns {expected}, found {found} {mend}", expected=expected, found=found, mend=mend),
        )
        return
    names = [_name(table, cell) for cell in header]
    width = len(table.written)
    if len(header) > width and not any(header[width:]) and all(names[:width]):
        message = told(
            "expected {width} columns, found {number} empty ones after them; run si-lod tidy",
            width=width,
            number=len(header) - width,
        )
        yield "", message
        return
    if len(header) > 1 and not any(names):
        expected = ", ".join(column.name for column in table.written)
        yield (
            "",
            told(
                "expected a header with the columns {expected}, found {names}; add the header",
                expected=expected,
                names=excerpt(", ".join(header)),
            ),
        )
        return
    yield from _wrong_cells(table, header, names)
    missing = [column.name for column in table.written if column.name not in names]
    for name in missing:
        yield name, told("expected this column in the header, found none; add it, also where its cells stay empty")
    if not missing and sorted(names) == sorted(column.name for column in table.written):
        yield from _misplaced(table, names)


def incompatible(table: Table, header: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield where the header and the metadata are not compatible, as a converter sees it (Metadata §5.5.1).

    Columns are compared by place, and titles with regard to case and language; one without titles fits any header.
    """
    for column, cell in zip(table.written, header, strict=False):
        if not column.titled:
            if not column.named:
                yield column.name, told("expected a column of the metadata, found {cell}", cell=excerpt(cell))
        elif not any(cell == title and _alike(tag, column.inherited.lang) for tag, title in column.titled):
            yield (
                column.name,
                told(
                    "expected {titles}, found {cell}",
                    titles=" / ".join(map(excerpt, column.titles)),
                    cell=excerpt(cell),
                ),
            )


def _alike(one: str, other: str) -> bool:
    """Return whether two language tags are equal up to the length of the shorter; ``und`` is like any (BCP 47)."""
    first, second = one.lower().split("-"), other.lower().split("-")
    shorter = min(len(first), len(second))
    return UNDETERMINED in (one, other) or first[:shorter] == second[:shorter]


def other_delimiter(table: Table, header: Sequence[str]) -> str:
    """Return the delimiter that cuts a header of one cell into columns of the table, if there is one."""
    if len(header) != 1 or len(table.written) == 1:
        return ""
    for delimiter in DELIMITERS:
        cells = [cell.strip().strip('"') for cell in header[0].split(delimiter)]
        if len(cells) > 1 and any(_name(table, cell) for cell in cells):
            return delimiter
    return ""


def _name(table: Table, cell: str) -> str:
    """Return the name of the column that this header cell is a title or the name of, or nothing."""
    return next((column.name for column in table.written if is_title(column, cell)), "")


def is_title(column: Column, cell: str) -> bool:
    """Return whether a header cell stands for this column: it is one of the titles, or the name."""
    return cell == column.name or cell in column.titles


def _wrong_cells(table: Table, header: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, (cell, name) in enumerate(zip(header, names, strict=True)):
        if not name:
            near = nearest(cell, [column.name for column in table.written])
            hint = (
                told("; is {near} meant?", near=near) if near else told("; describe it in the metadata, or remove it")
            )
            yield (
                cell or str(place + 1),
                told("expected a column of the metadata, found {cell}{hint}", cell=excerpt(cell), hint=hint),
            )
        elif name in names[:place]:
            yield name, told("expected each column once, found it a second time")


def _misplaced(table: Table, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for column, name in zip(table.written, names, strict=True):
        if column.name != name:
            yield (
                name,
                told(
                    "expected column {name} here, in the order of the metadata; {mend}",
                    name=excerpt(column.name),
                    mend=told("move it there in the sheet") if table.sheet else told("run si-lod tidy"),
                ),
            )
            return
