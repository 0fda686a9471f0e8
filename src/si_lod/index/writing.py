"""The index as it is written at publishing: the rows while they are read, the rest from the store."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from si_lod.errors import CannotWrite
from si_lod.index.file import FILE, SCHEMA
from si_lod.index.links import write_links
from si_lod.index.names import write_names
from si_lod.index.origins import Origins
from si_lod.index.presence import write_presence
from si_lod.index.rolls import write_rolls
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Store

    from si_lod.sites import Site


@contextmanager
def new_index(folder: Path) -> Iterator[Origins]:
    """Begin the index of the release that is written in ``folder``; give what keeps the rows; raises CannotWrite."""
    with _writing(folder / FILE) as database:
        database.executescript(SCHEMA + "BEGIN;")
        yield Origins(database)
        database.execute("COMMIT")


def write_index(folder: Path, store: Store, site: Site) -> str:
    """Write the rest of the index, and return the SHA-256 of its file in hexadecimal; raises CannotWrite.

    Equal content in equal order gives equal bytes, as far as the version of SQLite is the same.
    """
    with _writing(folder / FILE) as database:
        database.execute("BEGIN")
        write_names(store, site, database)
        write_presence(store, site, database)
        write_links(store, database)
        write_rolls(store, site, database)
        database.execute("INSERT INTO search (search) VALUES ('optimize')")
        database.execute("COMMIT")
        # Laid out anew, so that the file follows from its content and not from how it grew.
        database.execute("VACUUM")
    with (folder / FILE).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Give the open file; half of an index is of no use, so nothing is done to survive a power cut."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            yield database
    except sqlite3.Error as error:
        raise CannotWrite(told("{path}: the index cannot be written: {error}", path=path, error=error)) from error
