"""What tells that a store is still as it was made: a digest of each of its files, and which store is in a folder.

The digests are written when it is made and compared when it is opened. A store that reads a damaged file leaves out
what it cannot read and answers from the rest, as if that were all.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from si_lod.misreadings import reason_of
from si_lod.sentences import told

if TYPE_CHECKING:
    from pathlib import Path

SEAL: Final = "SHA256SUMS"
"""The file among those of the store, as ``sha256sum --check`` reads it."""
_UNREAD: Final = (".", "LOCK", "LOG", SEAL)
"""How the names of those begin that a store never reads."""


Identity = tuple[int, int, int]
"""What no two stores in one place share: the file system and number of a file of theirs, and when it was written."""


def identity_of(store: Path) -> Identity | None:
    """Return which store is in that folder now, None if none is."""
    try:
        status = (store / "CURRENT").stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns


def seal(store: Path) -> None:
    """Write the digests of the store in that folder, which nobody may have open for writing."""
    lines = (f"{_digest(store / name)}  {name}\n" for name in sorted(_files(store)))
    (store / SEAL).write_text("".join(lines), encoding="utf-8")


def is_sealed(store: Path) -> bool:
    """Return whether the store in that folder has its digests."""
    return (store / SEAL).is_file()


def damage(store: Path) -> str:
    """Return what is not as it was sealed, in words that follow its place; empty if everything is.

    It reads the whole store: a second or two for each gigabyte.
    """
    try:
        lines = (store / SEAL).read_text(encoding="utf-8", errors="replace").splitlines()
        sealed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
        there = _files(store)
        for name in sorted(there | sealed.keys()):
            if name not in there or _digest(store / name) != sealed.get(name):
                return told('the file "{name}" of the store is not as it was written', name=name)
    except OSError as error:
        return told("a file of the store cannot be read: {reason}", reason=reason_of(error))
    return ""


def _files(store: Path) -> set[str]:
    """Return the names of the files that a store reads, whatever else a system keeps in a folder."""
    return {path.name for path in store.iterdir() if not path.name.startswith(_UNREAD)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
