"""Tables as downloads: each as canonical CSV, with the CSVW metadata that describes it and no other."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import unquote, urljoin

from si_lod.publish.catalogue.dumps import write_table
from si_lod.publish.csvw.documents.context import read_context
from si_lod.publish.csvw.documents.home import Home
from si_lod.publish.csvw.faults import Faults
from si_lod.publish.csvw.tidying import tidied
from si_lod.publish.dataset.assembly import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from si_lod.publish.catalogue.dumps import Dump
    from si_lod.publish.catalogue.parts import Parts
    from si_lod.publish.csvw import Table
    from si_lod.publish.dataset.assembly import Draft
    from si_lod.publish.source.files import Source

METADATA: Final = "data/csv-metadata.json"
_UNFIT: Final = re.compile(r"[^A-Za-z0-9._-]+")
_OF_THE_GROUP: Final = frozenset({"tables", "@id", "@type"})


def write_tables(source: Source, draft: Draft, parts: Parts, folder: Path) -> Iterator[Dump]:
    """Write each table below ``folder``; yield its files.

    A table belongs to the data set of the thing that its first row is about, which the draft's tally knows.
    """
    stated = _read(source.root / METADATA)
    references = _References.of(source)
    shared = {key: value for key, value in stated.items() if key not in _OF_THE_GROUP}
    for table, described in zip(read_tables(source).tables, stated.get("tables", [{}]), strict=True):
        if not table.path.is_file():
            continue  # Told by who reads it.
        name = download_name(table)
        first = draft.tally.firsts.get(table.named(source.root))
        dataset = parts.dataset(first, draft.store) if first else None
        yield from write_table(_content(table, source), name, dataset or parts.rest, folder)
        text = json.dumps(_alone({**shared, **described}, name, references), indent=2, ensure_ascii=False)
        (folder / f"{name}.csv-metadata.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def download_name(table: Table) -> str:
    """Return what a table's downloads are called, without an extension: its file's name in characters of an address.

    What has to be percent-encoded there (RFC 3986 §2.3) becomes a hyphen, a letter with an accent the letter.
    """
    name = unquote(table.url.rpartition("/")[2]).removesuffix(".csv")
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() if not name.isascii() else name
    return re.sub(_UNFIT, "-", letters).strip("-._") or "table"


def _content(table: Table, source: Source) -> bytes:
    """Return the file as it is, or the CSV that a workbook's sheet comes to."""
    return tidied(table, source.root) if table.sheet else table.path.read_bytes()


def _alone(described: Mapping[str, Any], name: str, references: _References) -> dict[str, Any]:
    """Return the metadata of one table by itself, whose file is beside it; keys to other tables are left out."""
    kept = {key: value for key, value in described.items() if key not in {"url", "tableSchema"}}
    if "dialect" in kept:
        kept["dialect"] = references.part(kept["dialect"])
    schema = references.part(described["tableSchema"])
    schema.pop("foreignKeys", None)
    return {**kept, "url": f"{name}.csv", "tableSchema": schema}


@dataclass(frozen=True, slots=True)
class _References:
    """Where the files are that the metadata refer to; they are not beside the downloads."""

    home: Home
    base: str

    @classmethod
    def of(cls, source: Source) -> Self:
        """Return those of the metadata of ``source``, whose context may state what they are relative to."""
        path = source.root / METADATA
        home = Home(path.parent, f"{source.site.base}data/", source.root, Faults())
        described = home.document(path)
        return cls(home, read_context(described, home.iri).base if described else home.iri)

    def part(self, found: Mapping[str, Any] | str) -> dict[str, Any]:
        """Return an object, from the file that stands in its place if it is a string (Metadata §5.1.5)."""
        if not isinstance(found, str):
            return dict(found)
        file = self.home.file(urljoin(self.base, found))
        return {key: value for key, value in _read(file).items() if key != "@context"} if file else {}


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
    return content
