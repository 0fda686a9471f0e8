"""Which rows of which tables speak of a thing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

    from si_lod.index.file import Index

MOST: Final = 100
"""How many rows are told of one thing."""


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A row of a table: the table's file below the site's folder, and the row counted from 1 (RFC 7111 §2.1).

    A header is the first row. A sheet of a workbook has its name after a ``#``.
    """

    file: str
    row: int


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file of a table, and how it is cut into rows and cells (Metadata Vocabulary for Tabular Data §5.9)."""

    name: str
    encoding: str
    delimiter: str
    quote: str
    header: bool


@dataclass(slots=True)
class Origins:
    """The rows of the tables as they are read, each with the things that are its subjects."""

    database: sqlite3.Connection
    _files: dict[str, int] = field(default_factory=dict)
    _last: tuple[str, str, int] = ("", "", 0)

    def begin(self, table: TableFile) -> None:
        """Make the table's file known, before its rows."""
        self._files[table.name] = len(self._files) + 1
        row = (self._files[table.name], table.name, table.encoding, table.delimiter, table.quote, table.header)
        self.database.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", row)

    def add(self, thing: str, file: str, row: int) -> None:
        """Keep that a row speaks of a thing; the triples of one row come together."""
        if self._last != (thing, file, row):
            self._last = thing, file, row
            self.database.execute("INSERT OR IGNORE INTO origins VALUES (?, ?, ?)", (thing, self._files[file], row))


def origins(index: Index, iri: str) -> list[Origin]:
    """Return the rows that speak of ``iri``, at most ``MOST``; tables that do so in one row come first."""
    query = """
SELECT files.name, origins.number FROM origins JOIN files ON files.id = origins.file
WHERE thing = ? ORDER BY origins.file, origins.number LIMIT ?"""
    found = [Origin(str(file), int(row)) for file, row in index.rows(query, (iri, MOST))]
    rows = Counter(origin.file for origin in found)
    return sorted(found, key=lambda origin: rows[origin.file] > 1)


def described(index: Index, origin: Origin) -> list[str]:
    """Return the IRIs of the things that a row speaks of, at most ``MOST``."""
    query = """
SELECT thing FROM origins JOIN files ON files.id = origins.file
WHERE files.name = ? AND origins.number = ? ORDER BY thing LIMIT ?"""
    return [str(thing) for (thing,) in index.rows(query, (origin.file, origin.row, MOST))]


def table_file(index: Index, name: str) -> TableFile | None:
    """Return what is known of the table's file of that name, or None if the release has no such table."""
    query = "SELECT name, encoding, delimiter, quote, header FROM files WHERE name = ?"
    for file, encoding, delimiter, quote, header in index.rows(query, (name,)):
        return TableFile(str(file), str(encoding), str(delimiter), str(quote), bool(header))
    return None
