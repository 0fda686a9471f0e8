"""What tells that a store is still as it was made: a digest of each of its files, and which store is in a folder.

The digests are written when it is made, and compared when it is opened and while it is (``si_lod.comparison``). A store
that reads a damaged file leaves out what it cannot read and answers from the rest, as if that were all.
"""

from __future__ import annotations

import errno
import hashlib
import re
from typing import TYPE_CHECKING, Final

from si_lod.misreadings import reason_of
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SEAL: Final = "SHA256SUMS"
"""The file among those of the store, as ``sha256sum --check`` reads it."""
_UNREAD: Final = (".", "LOCK", "LOG", SEAL)
"""How the names of those begin that a store never reads."""
_OWN: Final = re.compile(r"CURRENT|IDENTITY|(MANIFEST|OPTIONS)-\d+|\d+\.(sst|ldb|log|blob)")
"""The names of a store's files: it reads one that came to it, such as a log, which is replayed (RocksDB)."""
_CHUNK: Final = 1024 * 1024
_SHORT: Final = frozenset([errno.EMFILE, errno.ENFILE, errno.ENOMEM])
"""That this process cannot open another file says nothing of the file."""


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


def damage(store: Path, rest: Callable[[], object] = lambda: None) -> str:
    """Return what is not as it was sealed, in words that follow its place; empty if everything is.

    What is none of the store's, by its name, is no damage. It reads the whole store: a second or two for each gigabyte;
    after each mebibyte it takes a ``rest``. Raises OSError if this machine is too short of something to find out.
    """
    try:
        sealed, there = _sealed(store), _files(store)
        for name in sorted(sealed.keys() | set(filter(_OWN.fullmatch, there))):
            if name not in there or _digest(store / name, rest) != sealed.get(name):
                return told('the file "{name}" of the store is not as it was written', name=name)
    except OSError as error:
        if error.errno in _SHORT:
            raise
        return told("a file of the store cannot be read: {reason}", reason=reason_of(error))
    return ""


def strangers(store: Path) -> list[str]:
    """Return the names of what is in the folder and is none of the store's: it never reads that; none if it is gone."""
    try:
        return sorted(name for name in _files(store) - _sealed(store).keys() if not _OWN.fullmatch(name))
    except OSError:
        return []


def _sealed(store: Path) -> dict[str, str]:
    """Return the digests by the names of the files; raises OSError."""
    lines = (store / SEAL).read_text(encoding="utf-8", errors="replace").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _files(store: Path) -> set[str]:
    """Return the names of the files that a store may read, whatever else a system keeps in a folder."""
    return {path.name for path in store.iterdir() if not path.name.startswith(_UNREAD)}


def _digest(path: Path, rest: Callable[[], object] = lambda: None) -> str:
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            rest()
    return digest.hexdigest()
