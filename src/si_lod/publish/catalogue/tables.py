"""Tables as downloads: each as canonical CSV, with the CSVW metadata that describes it and no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from si_lod.publish.catalogue.dumps import write_table
from si_lod.publish.csvw.tidying import tidied
from si_lod.publish.dataset import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import NamedNode, Store

    from si_lod.publish.catalogue.dumps import Dump
    from si_lod.publish.catalogue.parts import Parts
    from si_lod.publish.csvw import Table
    from si_lod.publish.source import Source

_METADATA: Final = "data/csv-metadata.json"


def write_tables(
    source: Source, parts: Parts, store: Store, firsts: Mapping[str, NamedNode], folder: Path
) -> Iterator[Dump]:
    """Write each table below ``folder``; yield its files.

    A table belongs to the data set of the thing that its first row is about; ``firsts`` has that by the table's file.
    """
    stated = json.loads((source.root / _METADATA).read_text(encoding="utf-8"))
    for table, description in zip(read_tables(source).tables, stated.get("tables", [stated]), strict=True):
        if not table.path.is_file():
            continue  # Told by who reads it.
        name = table.url.rpartition("/")[2].removesuffix(".csv")
        first = firsts.get(table.named(source.root))
        dataset = parts.dataset(first, store) if first else None
        yield from write_table(_content(table, source), name, dataset or parts.rest, folder)
        whole = description | {"tableSchema": _schema(description["tableSchema"], source)}
        text = json.dumps(_alone(stated, whole, name), indent=2, ensure_ascii=False)
        (folder / f"{name}.csv-metadata.json").write_text(text + "\n", encoding="utf-8")


def _content(table: Table, source: Source) -> bytes:
    """Return the file as it is, or the CSV that a workbook's sheet comes to."""
    return tidied(table, source.root) if table.sheet else table.path.read_bytes()


def _schema(stated: Mapping[str, Any] | str, source: Source) -> Mapping[str, Any]:
    """Return the schema, from the file beside the metadata if they only name one (Metadata §5.1.5)."""
    if not isinstance(stated, str):
        return stated
    file = (source.root / _METADATA).with_name(unquote(stated))
    schema: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8-sig"))
    return schema


def _alone(group: Mapping[str, Any], table: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the metadata of one table by itself, whose file is beside it; keys to other tables are left out."""
    schema = {key: value for key, value in table["tableSchema"].items() if key != "foreignKeys"}
    shared = {key: value for key, value in group.items() if key != "tables"}
    kept = {key: value for key, value in table.items() if key not in {"url", "tableSchema"}}
    return {**shared, **kept, "url": f"{name}.csv", "tableSchema": schema}
