"""How one process gets at a file of SQLite that others write too: one thread after the other, and none for long."""

from __future__ import annotations

import sqlite3
import weakref
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE: Final = 1.0
"""Seconds that a thread waits at most, for those of its own process and for what another process writes."""


@dataclass(slots=True, weakref_slot=True)
class Access:
    """A connection to the file at ``path``, which must be there; safe for several threads.

    It is opened by the first that needs it, so this may be made before a fork. Raises sqlite3.Error where the file
    cannot be read or written, or not in time.
    """

    path: Path
    patience: float = PATIENCE
    _connection: sqlite3.Connection | None = None
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def held(self) -> Iterator[sqlite3.Connection]:
        """Give the connection; what is done with it waits for other processes until the patience is at its end."""
        until = monotonic() + self.patience
        if not self._lock.acquire(timeout=self.patience):
            raise sqlite3.OperationalError("other threads of this process are waiting to write")
        try:
            connection = self._opened()
            connection.execute(f"PRAGMA busy_timeout = {max(0, round(1000 * (until - monotonic())))}")
            yield connection
        finally:
            self._lock.release()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection in a transaction, which is kept if nothing is raised."""
        with self.held() as connection, connection:
            # Who reads before it writes would be told that another one wrote meanwhile.
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            address = f"{self.path.absolute().as_uri()}?mode=rw"
            connection = sqlite3.connect(
                address, timeout=self.patience, isolation_level=None, check_same_thread=False, uri=True
            )
            # What is counted need not outlive the machine: nothing waits for a disk.
            connection.execute("PRAGMA synchronous = OFF")
            self._connection = connection
            weakref.finalize(self, connection.close)
        return self._connection
