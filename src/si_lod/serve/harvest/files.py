"""The downloads of a release: each with its media type, its size, its digest, and the data set that it is of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from si_lod.folders import is_file
from si_lod.release import DIGESTS, DUMPS
from si_lod.serve.harvest.catalog import Catalog
from si_lod.serve.pages.vocabulary import DCAT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pyoxigraph import NamedNode

FOLDER: Final = DUMPS
METADATA: Final = "-metadata.json"
"""What the name of a table's metadata has after that of the table (CSVW Model §5.3)."""
GZIP: Final = "application/gzip"
CSVM: Final = "application/csvm+json"
CSV: Final = "text/csv"
_DOWNLOAD: Final = f"{DCAT}downloadURL"
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class File:
    """A download that the catalogue tells of: ``node`` is its distribution; ``packed`` says that it is compressed."""

    name: str
    address: str
    node: NamedNode
    data_set: NamedNode
    media_type: str
    packed: bool

    @property
    def is_table(self) -> bool:
        """Whether it is a table, with metadata of its own beside it."""
        return self.media_type == CSV

    @property
    def table(self) -> str:
        """The name of the table that it is."""
        return self.name.removesuffix(".gz").removesuffix(".csv")


@dataclass(frozen=True, slots=True)
class Files:
    """The downloads in ``folder``; ``listed`` has those that the catalogue tells of, by their names."""

    folder: Path
    listed: Mapping[str, File]

    @classmethod
    def of(cls, release: Path) -> Files:
        """Return the downloads of the release in that folder."""
        catalog = Catalog.of(release)
        return cls((release / FOLDER).resolve(), _listed(catalog) if catalog else {})

    def path(self, name: str) -> Path | None:
        """Return where the file of that name is, or None if there is none."""
        path = self.folder / name
        is_plain = bool(name) and "/" not in name and "\0" not in name and not name.startswith(".")
        return path if is_plain and is_file(path) and path.resolve().parent == self.folder else None

    def of_data_set(self, data_set: NamedNode) -> list[File]:
        """Return the files of one data set, sorted by their names."""
        return [file for _, file in sorted(self.listed.items()) if file.data_set == data_set]

    def digest(self, name: str) -> str:
        """Return the SHA-256 of the file in hexadecimal, which the release knows, unless it is an old one."""
        path = self.folder / name
        return _stated(self.folder / DIGESTS).get(name) or _computed(path, path.stat().st_mtime_ns)

    def described_by(self, file: File) -> str:
        """Return the name of the file that describes a table's columns, also those of its compressed copy; or none."""
        name = f"{file.name.removesuffix('.gz')}{METADATA}"
        return name if file.is_table and self.path(name) else ""

    def metadata(self, table: str) -> dict[str, Any]:
        """Return the CSVW metadata of a table; none if there is none."""
        path = self.path(f"{table}.csv{METADATA}")
        return json.loads(path.read_text(encoding="utf-8")) if path else {}


def _listed(catalog: Catalog) -> dict[str, File]:
    found = {}
    for data_set in catalog.data_sets:
        for node in catalog.nodes(data_set, f"{DCAT}distribution"):
            for address in catalog.nodes(node, _DOWNLOAD):
                media = [one.value for one in catalog.nodes(node, f"{DCAT}mediaType")]
                found[address.value.rpartition("/")[2]] = File(
                    name=address.value.rpartition("/")[2],
                    address=address.value,
                    node=node,
                    data_set=data_set,
                    media_type=media[0].removeprefix(_MEDIA_TYPES) if media else "",
                    packed=bool(catalog.nodes(node, f"{DCAT}compressFormat")),
                )
    return found


def _stated(path: Path) -> dict[str, str]:
    """Return the digests that the release states, by the file's name."""
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


@lru_cache(512)
def _computed(path: Path, _: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
