"""The digest of every download, by which whoever took one knows that it is whole, and a server that it is the same."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from si_lod.release import DIGESTS

if TYPE_CHECKING:
    from pathlib import Path


def write_digests(folder: Path) -> None:
    """Write the SHA-256 of each file in ``folder``, sorted by name, as ``sha256sum --check`` reads it."""
    lines = [f"{_digest(path)}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / DIGESTS).write_text("".join(lines), encoding="utf-8", newline="\n")


def keep_times(folder: Path, before: Path) -> None:
    """Give each file in ``folder`` the time of its namesake in ``before`` that has the same bytes, as the digests say.

    So the time of a file is that since which it has been what it is, release after release.
    """
    for name, _ in _lines(folder).items() & _lines(before).items():
        times = (before / name).stat()
        os.utime(folder / name, ns=(times.st_atime_ns, times.st_mtime_ns))


def _lines(folder: Path) -> dict[str, str]:
    """Return the digests by the names of the files; none if the release was published without."""
    path = folder / DIGESTS
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
