"""CSVW metadata becomes a table group, with every fault of it reported at once (Metadata §5)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from si_lod.publish.csvw.documents import objects
from si_lod.publish.csvw.documents.context import read_context
from si_lod.publish.csvw.documents.descriptors import Descriptor
from si_lod.publish.csvw.documents.objects import Members
from si_lod.publish.csvw.faults import Faults, excerpt, named
from si_lod.publish.csvw.metadata.columns import DIRECTIONS, inherit
from si_lod.publish.csvw.metadata.dialects import Dialect, read_dialect
from si_lod.publish.csvw.metadata.schemas import Schema, finished, read_schema
from si_lod.publish.csvw.metadata.tables import STRINGS, Inherited, Table, TableGroup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read_metadata(path: Path, *, base: str, root: Path | None = None) -> TableGroup:
    """Return the table group that a metadata document describes.

    ``base`` is the IRI that the tables' ``url`` are resolved against; their files lie beside the document. Messages
    name the document relative to ``root``, by default to the folder above its own. Nothing is ever fetched.

    Raises InvalidFiles with every fault: not JSON, an unknown or unimplemented key, a wrong type, a template,
    format or datatype that is none, a key of unknown columns or tables, two columns of one name.
    """
    faults = Faults()
    file = named(path, root or path.parent.parent)
    described = Descriptor(_members(path, file, faults), "", file=file, faults=faults)
    tables = tuple(_Group(described, path, base).tables())
    faults.settle()
    return TableGroup(path, tables)


def _members(path: Path, file: str, faults: Faults) -> Members:
    try:
        parsed = objects.parse(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        faults.add(file, f"expected JSON: {error.msg}", line=error.lineno, column=str(error.colno))
    except UnicodeDecodeError as error:
        faults.add(file, f"expected UTF-8, found the byte 0x{error.object[error.start]:02X} at {error.start}")
    except OSError as error:
        faults.add(file, f"cannot be read: {error.strerror}")
    except RecursionError:
        faults.add(file, "expected table metadata, found arrays or objects nested too deep")
    else:
        if isinstance(parsed, Members):
            return parsed
        faults.add(file, f"expected a JSON object, found {excerpt(parsed)}", line=1)
    faults.settle()
    raise AssertionError(file)


@dataclass(frozen=True, slots=True)
class _Group:
    """A document being read: its description, where it lies, and what its tables' IRIs are relative to."""

    described: Descriptor
    path: Path
    base: str

    def tables(self) -> Iterator[Table]:
        """Yield the tables, once all of them are known, since their foreign keys name each other."""
        tongue = read_context(self.described)
        schemas = list(self._schemas(tongue))
        known = {schema.table.url: schema.table for schema in schemas}
        if len(known) < len(schemas):
            self.described.fault("tables", "expected a different url for each table, found one of them twice")
        for schema in schemas:
            yield finished(schema, known, self.base)

    def _schemas(self, tongue: str) -> Iterator[Schema]:
        if not self.described.has("tables"):
            return (yield from self._schema(self.described, STRINGS, Dialect(), tongue))
        common = inherit(self.described, STRINGS)
        dialect = _dialect(self.described, Dialect())
        descriptions = list(self.described.objects("tables", "table"))
        if not descriptions:
            self.described.fault("tables", "expected at least one table, found none")
        for description in descriptions:
            yield from self._schema(description, common, dialect, tongue)
        _annotations(self.described)
        self.described.close("TableGroup")

    def _schema(self, described: Descriptor, common: Inherited, dialect: Dialect, tongue: str) -> Iterator[Schema]:
        url = described.text("url")
        described.what = f"table {excerpt(url)}"
        inherited = inherit(described, common)
        table = Table(
            url=urljoin(self.base, url),
            path=self._file(described, url),
            dialect=_dialect(described, dialect),
            suppressed=described.flag("suppressOutput"),
        )
        shared = self.described.has("tableSchema")
        owner = self.described if shared and not described.has("tableSchema") else described
        found = owner.object("tableSchema", "" if owner is described else described.what)
        if found:
            yield read_schema(found, table, inherited, tongue)
        elif not owner.has("tableSchema"):
            described.fault("tableSchema", "expected the table's columns, found none")
        _annotations(described)
        described.close("Table")

    def _file(self, described: Descriptor, url: str) -> Path:
        """Return the file of a table: beside the document, or in a folder below it."""
        reference = urlsplit(urljoin(self.base, url))
        folder = urlsplit(self.base)
        name = unquote(reference.path.removeprefix(folder.path))
        inside = reference[:2] == folder[:2] and reference.path.startswith(folder.path) and not reference.query
        if not name or not inside or name.startswith("/") or ".." in name.split("/"):
            described.fault("url", f'expected a file beside the metadata, as in "table.csv", found {excerpt(url)}')
        return self.path.parent / name


def _dialect(described: Descriptor, inherited: Dialect) -> Dialect:
    found = described.object("dialect", "dialect")
    return read_dialect(found) if found else inherited


def _annotations(described: Descriptor) -> None:
    """Pass over what annotates a table and makes no triple in minimal mode."""
    described.value("notes")
    if described.text("tableDirection", "auto") not in DIRECTIONS:
        described.fault("tableDirection", f"expected one of {', '.join(sorted(DIRECTIONS))}")
