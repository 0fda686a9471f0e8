"""The columns of a table among the downloads, as its CSVW metadata describe them (CSVW Metadata §5.6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from si_lod.serve.harvest.dialects import Dialect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    dialect: Dialect = field(default_factory=Dialect)


def schema(files: Files, table: str) -> Schema:
    """Return the schema of a table, by what its metadata say and what stands over its columns."""
    metadata = files.metadata(table)
    described = metadata.get("tableSchema", {})
    shown = [column for column in described.get("columns", ()) if not column.get("virtual")]
    dialect, path = Dialect.of(metadata.get("dialect", {})), files.path(f"{table}.csv")
    columns = tuple(_columns(shown, dialect.heading(path) if path else [], {**metadata, **described}))
    names = described.get("primaryKey", [])
    key = (names,) if isinstance(names, str) else tuple(names)
    return Schema(columns, key, dialect)


def _columns(shown: list[dict[str, Any]], headers: list[str], inherited: Mapping[str, Any]) -> Iterator[Column]:
    """Yield the columns, with what they inherit from the schema and the table (CSVW Metadata §5.7)."""
    for place, column in enumerate(shown):
        told = {**inherited, **column}
        titles = _titles(column.get("titles", {}))
        name = column.get("name") or next(iter(titles.values()), f"_col.{place + 1}")
        nulls = told.get("null", [""])
        yield Column(
            name=name,
            header=headers[place] if place < len(headers) else name,
            titles=titles,
            datatype=_datatype(told.get("datatype", "string")),
            required=bool(told.get("required", False)),
            several=bool(told.get("separator")),
            nulls=(nulls,) if isinstance(nulls, str) else tuple(nulls),
        )


def _titles(value: object) -> dict[str, str]:
    """Return the last title in each language, which is the one for people where the first is the file's."""
    if isinstance(value, dict):
        return {tag: titles if isinstance(titles, str) else titles[-1] for tag, titles in value.items() if titles}
    texts = [value] if isinstance(value, str) else value
    return {"": str(texts[-1])} if isinstance(texts, list) and texts else {}


def _datatype(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {"base": str(value)}
