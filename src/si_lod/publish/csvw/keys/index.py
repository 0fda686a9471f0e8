"""Keys: rows that must be unique, and rows that must exist (Metadata §5.5.1, Model §4.6).

The keys are kept in a temporary database of SQLite's own making, so memory stays flat however long a table is.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from si_lod.errors import CannotWrite
from si_lod.publish.csvw.faults import nearest
from si_lod.sentences import told

if TYPE_CHECKING:
    from types import TracebackType

Key = tuple[str, ...]
CANDIDATES: Final = 2_000
LONGEST: Final = 200


class Keys:
    """Sets of keys on disk, each known by its number; a context manager, since the database is a file."""

    def __init__(self) -> None:
        # The empty name is a temporary file that SQLite removes itself.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;")
        self._sets = 0

    def __enter__(self) -> Keys:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        if isinstance(error, sqlite3.Error):
            message = told(
                "the keys of the tables cannot be kept in a temporary file ({error}); is the disk full?", error=error
            )
            raise CannotWrite(message) from error

    def new(self, width: int) -> KeySet:
        """Return an empty set of keys of that many parts."""
        self._sets += 1
        return KeySet(self._database, f"keys_{self._sets}", width)


class KeySet:
    """Keys, each with the physical line of the row that had it first, and of the one that had it again.

    ``whole`` is false when some row could not be read, so that a key which is not here may exist all the same.
    """

    def __init__(self, database: sqlite3.Connection, name: str, width: int) -> None:
        parts = [f"part_{number}" for number in range(width)]
        columns, where = ", ".join(parts), " AND ".join(f"{part} = ?" for part in parts)
        database.execute(
            f"CREATE TABLE {name} ({columns}, line INTEGER, again INTEGER, PRIMARY KEY ({columns})) WITHOUT ROWID"
        )
        self._database = database
        # Only names of our own stand in these texts; what is from a table is a parameter.
        self._insert = f"INSERT OR IGNORE INTO {name} VALUES ({'?, ' * width} ?, 0)"  # noqa: S608
        self._repeat = f"UPDATE {name} SET again = ? WHERE {where}"  # noqa: S608
        self._select = f"SELECT line, again FROM {name} WHERE {where}"  # noqa: S608
        self._some = f"SELECT part_{width - 1} FROM {name} LIMIT {CANDIDATES}"  # noqa: S608
        self.whole = True

    def add(self, key: Key, line: int) -> int:
        """Keep the key and return 0, or the line of the row that had it first."""
        if self._database.execute(self._insert, (*key, line)).rowcount:
            return 0
        self._database.execute(self._repeat, (line, *key))
        return self.lines(key)[0]

    def lines(self, key: Key) -> tuple[int, int]:
        """Return the lines of the rows that had the key first and again; 0 for a row that there is not."""
        found = self._database.execute(self._select, key).fetchone()
        return (int(found[0]), int(found[1])) if found else (0, 0)

    def near(self, key: Key) -> str:
        """Return the key most like this one by its last part, in quotes, or nothing."""
        if len(key[-1]) > LONGEST:
            return ""
        return nearest(key[-1], [part for (part,) in self._database.execute(self._some)])
