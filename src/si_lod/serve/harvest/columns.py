"""The columns of a table among the downloads, as its CSVW metadata describe them (CSVW Metadata §5.6)."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from si_lod.serve.harvest.files import Files


@dataclass(frozen=True, slots=True)
class Column:
    """``header`` is what stands over it in the file, ``name`` what its metadata call it.

    ``datatype`` is what its metadata say of its values, ``base`` by itself where that is all; ``several`` says that a
    cell may hold more than one.
    """

    name: str
    header: str
    titles: Mapping[str, str]
    datatype: Mapping[str, Any]
    required: bool = False
    several: bool = False
    nulls: tuple[str, ...] = ("",)

    @property
    def base(self) -> str:
        """The name of the datatype that its own is derived from."""
        return str(self.datatype.get("base", "string"))


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns that a table's file has, in their order, and the names of those that its key is made of."""

    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    dialect: Mapping[str, Any] = field(default_factory=dict)

    @property
    def encoding(self) -> str:
        """The character encoding of the file."""
        return str(self.dialect.get("encoding", "utf-8"))

    @property
    def has_header(self) -> bool:
        """Whether the first row names the columns."""
        return bool(self.dialect.get("header", True))


def schema(files: Files, table: str) -> Schema:
    """Return the schema of a table, by what its metadata say and what stands over its columns."""
    metadata = files.metadata(table)
    described = metadata.get("tableSchema", {})
    shown = [column for column in described.get("columns", ()) if not column.get("virtual")]
    found = Schema(dialect=metadata.get("dialect", {}))
    path = files.path(f"{table}.csv")
    headers = _headers(path, found) if path and found.has_header else []
    columns = tuple(_columns(shown, headers, described))
    names = described.get("primaryKey", [])
    key = (names,) if isinstance(names, str) else tuple(names)
    return Schema(columns, key, found.dialect)


def _headers(path: Path, found: Schema) -> list[str]:
    delimiter = str(found.dialect.get("delimiter", ","))
    with path.open(encoding=found.encoding, newline="") as file:
        return next(csv.reader(file, delimiter=delimiter), [])


def _columns(shown: list[dict[str, Any]], headers: list[str], described: Mapping[str, Any]) -> Iterator[Column]:
    for place, column in enumerate(shown):
        titles = _titles(column.get("titles", {}))
        name = column.get("name") or next(iter(titles.values()), f"_col.{place + 1}")
        nulls = _inherited(column, described, "null", [""])
        yield Column(
            name=name,
            header=headers[place] if place < len(headers) else name,
            titles=titles,
            datatype=_datatype(_inherited(column, described, "datatype", "string")),
            required=bool(_inherited(column, described, "required", default=False)),
            several="separator" in column,
            nulls=(nulls,) if isinstance(nulls, str) else tuple(nulls),
        )


def _inherited(column: Mapping[str, Any], described: Mapping[str, Any], name: str, default: object) -> Any:
    """Return a property of the column, which it may have from the schema (CSVW Metadata §5.7)."""
    return column.get(name, described.get(name, default))


def _titles(value: object) -> dict[str, str]:
    """Return the last title in each language, which is the one for people where the first is the file's."""
    if isinstance(value, dict):
        return {tag: titles if isinstance(titles, str) else titles[-1] for tag, titles in value.items() if titles}
    texts = [value] if isinstance(value, str) else value
    return {"": str(texts[-1])} if isinstance(texts, list) and texts else {}


def _datatype(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {"base": str(value)}
