"""A site's folder as input: which files count, what they amount to, and which version they say they are."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, Self

from si_lod.errors import InvalidFiles, Problem
from si_lod.sentences import told
from si_lod.sites import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOMS: Final = ("data", "ontology", "shapes")
_KINDS: Final = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".ods", ".json", ".ttl", ".rq", ".toml", ".md"})


@dataclass(frozen=True, slots=True)
class Source:
    """The folder of a site and what its ``site.toml`` says."""

    root: Path
    site: Site

    @classmethod
    def read(cls, root: Path) -> Self:
        """Return the site in the folder ``root``; raises InvalidFiles unless it has all three rooms."""
        missing = [room for room in ROOMS if not (root / room).is_dir()]
        if missing:
            raise InvalidFiles(
                Problem(
                    f"{room}/", 0, "", told("expected this folder in the site folder {root}, found none", root=root)
                )
                for room in missing
            )
        return cls(root, Site.read(root))

    def files(self, *patterns: str) -> Iterator[Path]:
        """Yield the inputs that match any of the patterns, in their order."""
        for path in self.inputs():
            if any(PurePosixPath(self.name(path)).match(pattern) for pattern in patterns):
                yield path

    def name(self, path: Path) -> str:
        """Return the path as people are shown it: relative to the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def copy(self, folder: Path) -> Source:
        """Return the same site in the new folder ``folder``, which gets a copy of every input."""
        for path in self.inputs():
            target = folder / self.name(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        return Source.read(folder)

    def inputs(self) -> Iterator[Path]:
        """Yield every file that makes the release what it is, in a stable order."""
        return inputs(self.root)

    def digest(self) -> str:
        """Return the SHA-256 over the names and bytes of the inputs, in hexadecimal: equal when nothing changed."""
        digest = hashlib.sha256()
        for path in self.inputs():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{content}  {self.name(path)}\n".encode())
        return digest.hexdigest()


def inputs(root: Path) -> Iterator[Path]:
    """Yield the files in the rooms of the folder ``root`` that a site is made of, whether it is a whole site or not."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix.lower() in _KINDS and not path.name.startswith((".", "~")) and path.is_file():
                yield path


_PACKAGE: Final = Path(__file__).resolve().parent.parent


def default_root() -> Path:
    """Return the folder of the sample site: the one in the installed package, else the checkout around it."""
    installed = _PACKAGE / "site"
    return installed if installed.is_dir() else _PACKAGE.parent.parent


def is_installed(root: Path) -> bool:
    """Return whether the site in the folder ``root`` is part of the installed package, which nobody edits."""
    return root.resolve().is_relative_to(_PACKAGE)
