"""The digest of every download, by which whoever took one knows that it is whole, and a server that it is the same."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

DIGESTS: Final = "SHA256SUMS"


def write_digests(folder: Path) -> None:
    """Write the SHA-256 of each file in ``folder``, sorted by name, as ``sha256sum --check`` reads it."""
    lines = [f"{_digest(path)}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / DIGESTS).write_text("".join(lines), encoding="utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
