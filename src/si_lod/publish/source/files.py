"""A site's folder as input: which files count, what they amount to, and which version they say they are."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, Self

from si_lod.errors import InvalidFiles, Problem
from si_lod.sentences import listed, told
from si_lod.settings import Settings
from si_lod.sites import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS: Final = Settings().publish_seconds
ROOMS: Final = ("data", "ontology", "shapes")
_KINDS: Final = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".ods", ".json", ".ttl", ".rq", ".toml", ".md"})


@dataclass(frozen=True, slots=True)
class Source:
    """The folder of a site, what its ``site.toml`` says, and how many ``seconds`` each of its queries may take."""

    root: Path
    site: Site
    seconds: int = _SECONDS

    @classmethod
    def read(cls, root: Path, seconds: int = _SECONDS) -> Self:
        """Return the site in the folder ``root``.

        Raises InvalidFiles unless it has all three rooms, or if a link leads out of them; nothing is read then.
        """
        missing = [room for room in ROOMS if not (root / room).is_dir()]
        if missing:
            raise InvalidFiles(
                Problem(
                    f"{room}/", 0, "", told("expected this folder in the site folder {root}, found none", root=root)
                )
                for room in missing
            )
        astray = list(_links_out(root))
        if astray:
            raise InvalidFiles(astray)
        return cls(root, Site.read(root), seconds)

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
        return Source.read(folder, self.seconds)

    def inputs(self) -> Iterator[Path]:
        """Yield every file that makes the release what it is, in a stable order."""
        return inputs(self.root)

    def digest(self) -> str:
        """Return the SHA-256 over the names and bytes of the inputs, in hexadecimal: equal when nothing changed."""
        return digest(self.root)


def inputs(root: Path) -> Iterator[Path]:
    """Yield the files in the rooms of the folder ``root`` that a site is made of, whether it is a whole site or not."""
    for path in _entries(root):
        if path.suffix.lower() in _KINDS and path.is_file() and _stays(path, root):
            yield path


def digest(root: Path) -> str:
    """Return the SHA-256 over the names and bytes of the inputs in the folder ``root``, in hexadecimal."""
    found = hashlib.sha256()
    for path in inputs(root):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        found.update(f"{content}  {path.relative_to(root).as_posix()}\n".encode())
    return found.hexdigest()


def _entries(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            if not path.name.startswith((".", "~")):
                yield path


def _links_out(root: Path) -> Iterator[Problem]:
    """Yield a problem for each link that leads out of the rooms: what is there was not put there to be published."""
    for path in (*(root / room for room in ROOMS), *_entries(root)):
        if path.is_symlink() and not _stays(path, root):
            message = told(
                "expected what is in the site folder, found a link that leads out of {rooms}; "
                "put a copy here if it may be published, else remove the link",
                rooms=listed([f"{room}/" for room in ROOMS]),
            )
            yield Problem(path.relative_to(root).as_posix(), 0, "", message)


def _stays(path: Path, root: Path) -> bool:
    """Return whether the file that the path leads to is in one of the rooms."""
    try:
        place = path.resolve().relative_to(root.resolve())
    except (ValueError, RuntimeError):  # Elsewhere, or links that lead to one another (Path.resolve until Python 3.12).
        return False
    return place.parts[:1] in {(room,) for room in ROOMS}


_PACKAGE: Final = Path(__file__).resolve().parents[2]


def default_root() -> Path:
    """Return the folder of the sample site: the one in the installed package, else the checkout around it."""
    installed = _PACKAGE / "site"
    return installed if installed.is_dir() else _PACKAGE.parent.parent


def is_installed(root: Path) -> bool:
    """Return whether the site in the folder ``root`` is part of the installed package, which nobody edits."""
    return root.resolve().is_relative_to(_PACKAGE)
