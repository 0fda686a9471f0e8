"""The file of the index: what is in it, and how it is opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FILE: Final = "index.sqlite"
"""The name of the file in the folder of a release."""

SCHEMA: Final = """
CREATE TABLE things (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, kind TEXT NOT NULL);
CREATE INDEX kinds ON things (kind);
CREATE VIRTUAL TABLE search USING fts5 (
    name, alternative, code, text, thing UNINDEXED, language UNINDEXED,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
CREATE TABLE typed (mark INTEGER PRIMARY KEY);
CREATE TABLE versions (iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE links (
    object TEXT NOT NULL, predicate TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (object, predicate)) WITHOUT ROWID;
CREATE TABLE files (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, encoding TEXT NOT NULL, delimiter TEXT NOT NULL,
    quote TEXT NOT NULL, header INTEGER NOT NULL);
CREATE TABLE origins (
    thing TEXT NOT NULL, file INTEGER NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (thing, file, number)) WITHOUT ROWID;
CREATE INDEX rows ON origins (file, number);
CREATE TABLE members (
    list TEXT NOT NULL, member INTEGER NOT NULL, thing TEXT NOT NULL, PRIMARY KEY (list, member)) WITHOUT ROWID;
CREATE INDEX listed ON members (thing);
CREATE TABLE rolls (
    list TEXT NOT NULL, language TEXT NOT NULL, place INTEGER NOT NULL, member INTEGER NOT NULL,
    PRIMARY KEY (list, language, place)) WITHOUT ROWID;
CREATE TABLE uses (
    list TEXT NOT NULL, property TEXT NOT NULL, held INTEGER NOT NULL, tells INTEGER NOT NULL, links INTEGER NOT NULL,
    PRIMARY KEY (list, property)) WITHOUT ROWID;
CREATE TABLE facets (
    id INTEGER PRIMARY KEY, list TEXT NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL, iri INTEGER NOT NULL,
    count INTEGER NOT NULL);
CREATE TABLE facet_members (
    facet INTEGER NOT NULL, member INTEGER NOT NULL, PRIMARY KEY (facet, member)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Index:
    """The index of one release.

    Each question opens the file anew, read-only and as one that nobody changes, so threads and forked processes share
    nothing; that costs a small part of a millisecond.
    """

    path: Path

    @classmethod
    def of(cls, folder: Path) -> Index | None:
        """Return the index of the release in ``folder``, or None if it has none."""
        path = folder / FILE
        return cls(path.absolute()) if path.is_file() else None

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[Any]:
        """Return the rows that one of our own queries gives; what comes from a client is a parameter, never text."""
        with closing(self.opened()) as database:
            return database.execute(query, parameters).fetchall()

    def parts(self, query: str, parameters: Sequence[object], length: int) -> Iterator[list[Any]]:
        """Yield the rows likewise, so many at a time; the query is evaluated once, as far as they are asked for."""
        with closing(self.opened()) as database:
            rows = database.execute(query, parameters)
            while part := rows.fetchmany(length):
                yield part

    def opened(self) -> sqlite3.Connection:
        """Return the file, open for reading."""
        return sqlite3.connect(f"{self.path.as_uri()}?mode=ro&immutable=1", uri=True)
