"""Counts that the web workers of one server keep together: a file of SQLite, which goes when the server does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from time import time
from typing import TYPE_CHECKING, Final

from limits.storage import Storage

from si_lod.engine.sharing.access import PATIENCE, Access

if TYPE_CHECKING:
    from pathlib import Path

MOST: Final = 100_000
"""So many counts are kept; of more, those are given up whose windows end first."""
_TIDYING: Final = 1000
"""After so many things that one process counted, it looks for what need not be kept."""
# With a log of what is written (WAL) nobody who reads waits for who writes.
_BEGINNING: Final = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS used (key TEXT PRIMARY KEY, amount INTEGER NOT NULL, ends REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS used_by_end ON used (ends);
"""
_USE: Final = """
INSERT INTO used VALUES (:key, :amount, :ends) ON CONFLICT (key) DO UPDATE SET
  amount = CASE WHEN used.ends <= :now THEN excluded.amount ELSE used.amount + excluded.amount END,
  ends = CASE WHEN used.ends <= :now THEN excluded.ends ELSE used.ends END
"""
_KEPT: Final = "SELECT amount, ends FROM used WHERE key = :key AND ends > :now"
_SURPLUS: Final = "SELECT key FROM used ORDER BY ends DESC LIMIT -1 OFFSET :most"


class Tally(Storage):
    """A storage of ``limits``, for its fixed windows; safe for several processes and several threads of each.

    Everything raises StorageError where the file cannot be read or written, or not within the ``patience`` in seconds.
    """

    STORAGE_SCHEME = None

    def __init__(self, path: Path, most: int = MOST, patience: float = PATIENCE) -> None:
        super().__init__(wrap_exceptions=True)
        self._most = most
        # Two, since what only reads is not to wait for the threads that wait to write.
        self._reading, self._changing = Access(path, patience), Access(path, patience)
        self._counted = 0

    @staticmethod
    def begin(path: Path) -> None:
        """Make the file, before any process counts in it."""
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(_BEGINNING)

    @property
    def base_exceptions(self) -> type[Exception]:
        """What goes wrong with the file."""
        return sqlite3.Error

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Return what is counted under the key with ``amount`` more, in a window of ``expiry`` seconds."""
        now = time()
        with self._changing.writing() as connection:
            connection.execute(_USE, {"key": key, "amount": amount, "now": now, "ends": now + expiry})
            kept = connection.execute(_KEPT, {"key": key, "now": now}).fetchone()
            self._tidy(connection, now)
        return int(kept[0]) if kept else 0

    def get(self, key: str) -> int:
        """Return what is counted under the key."""
        return int(self._kept(key)[0])

    def get_expiry(self, key: str) -> float:
        """Return when its window ends, now if there is none."""
        return float(self._kept(key)[1])

    def check(self) -> bool:
        """Return that the file can be read; raises StorageError if not."""
        return self._kept("") is not None

    def reset(self) -> int:
        """Forget every count; return how many there were."""
        with self._changing.writing() as connection:
            return connection.execute("DELETE FROM used").rowcount

    def clear(self, key: str) -> None:
        """Forget what is counted under the key."""
        with self._changing.writing() as connection:
            connection.execute("DELETE FROM used WHERE key = :key", {"key": key})

    def _kept(self, key: str) -> tuple[int, float]:
        now = time()
        with self._reading.held() as connection:
            kept = connection.execute(_KEPT, {"key": key, "now": now}).fetchone()
        return kept or (0, now)

    def _tidy(self, connection: sqlite3.Connection, now: float) -> None:
        self._counted += 1
        if self._counted % _TIDYING == 0:
            connection.execute("DELETE FROM used WHERE ends <= :now", {"now": now})
            connection.execute(f"DELETE FROM used WHERE key IN ({_SURPLUS})", {"most": self._most})  # noqa: S608  our own
