"""CSVW metadata becomes a table group, with every fault of it reported at once (Metadata §5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from si_lod.publish.csvw.documents.context import read_context
from si_lod.publish.csvw.documents.home import Home
from si_lod.publish.csvw.faults import Faults, excerpt
from si_lod.publish.csvw.metadata.asides import pass_over
from si_lod.publish.csvw.metadata.columns import inherit
from si_lod.publish.csvw.metadata.dialects import Dialect, read_dialect
from si_lod.publish.csvw.metadata.references import Known, finished
from si_lod.publish.csvw.metadata.schemas import Schema, read_schema
from si_lod.publish.csvw.metadata.tables import STRINGS, Inherited, Table, TableGroup
from si_lod.publish.csvw.workbooks.finding import Workbook
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from si_lod.publish.csvw.documents.context import Context
    from si_lod.publish.csvw.documents.descriptors import Descriptor
    from si_lod.publish.csvw.workbooks.sheets import Sheet


def read_metadata(path: Path, *, base: str, root: Path | None = None, lenient: bool = False) -> TableGroup:
    """Return the table group that a metadata document describes.

    ``base`` is the IRI that the document's folder stands for; the tables' files, and schemas and dialects that are
    referred to, lie beside the document or below. Messages name files relative to ``root``, by default to the
    folder above the document's. Nothing is ever fetched.

    A ``lenient`` reading is that of the standard's converters: what it makes a warning is one, and its default
    holds; columns that no schema describes come from the header; rows may be blank nodes. Without, whatever is
    wrong is a fault.

    Raises InvalidFiles with every fault: not JSON, an unknown or unimplemented key, a wrong type, a template,
    format or datatype that is none, a key of unknown columns or tables, two columns of one name.
    """
    faults = Faults(lenient=lenient)
    home = Home(path.parent, base, root or path.parent.parent, faults)
    described = home.document(path)
    tables: tuple[Table, ...] = ()
    if described:
        workbook = Workbook.find(path.parent, home.root, faults)
        tables = tuple(_Group(described, home, read_context(described, base), workbook).tables())
    faults.settle()
    return TableGroup(path, tables, lenient, tuple(faults.warnings))


@dataclass(frozen=True, slots=True)
class _Group:
    """A document being read: its description, where it lies, and what its context states."""

    described: Descriptor
    home: Home
    context: Context
    workbook: Workbook | None

    def tables(self) -> Iterator[Table]:
        """Yield the tables, once all of them are known, since their foreign keys name each other."""
        schemas = list(self._schemas())
        known = Known({one.table.url: one.table for one in schemas}, {one.iri: one.table for one in schemas})
        if len(known.tables) < len(schemas):
            self.described.fault("tables", told("expected a different url for each table, found one of them twice"))
        for schema in schemas:
            yield finished(schema, known)

    def _schemas(self) -> Iterator[Schema]:
        if not self.described.has("tables"):
            return (yield from self._schema(self.described, STRINGS, Dialect()))
        common = inherit(self.described, STRINGS)
        dialect = self._dialect(self.described, Dialect())
        descriptions = list(self.described.objects("tables", told("table")))
        if not descriptions:
            self.described.fault("tables", told("expected at least one table, found none"))
        for description in descriptions:
            yield from self._schema(description, common, dialect)
        pass_over(self.described)
        self.described.close("TableGroup")

    def _schema(self, described: Descriptor, common: Inherited, dialect: Dialect) -> Iterator[Schema]:
        url = described.text("url")
        described.what = told("table {url}", url=excerpt(url))
        inherited = inherit(described, common)
        path, sheet = self._place(described, url)
        table = Table(
            url=urljoin(self.context.base, url),
            path=path,
            sheet=sheet,
            dialect=self._dialect(described, dialect),
            suppressed=described.flag("suppressOutput"),
        )
        shared = self.described.has("tableSchema")
        owner = self.described if shared and not described.has("tableSchema") else described
        found = self.home.part(owner, "tableSchema", self.context)
        if found:
            inner, context = found
            inner.what = described.what
            yield read_schema(inner, table, inherited, context, headed=not inner.has("columns"))
        elif described.lenient:
            headed = not owner.has("tableSchema")
            yield read_schema(described.empty(), table, inherited, self.context, headed=headed)
        elif not owner.has("tableSchema"):
            described.fault("tableSchema", told("expected the table's columns, found none"))
        pass_over(described)
        described.close("Table")

    def _file(self, described: Descriptor, url: str) -> Path:
        path = self.home.file(urljoin(self.context.base, url)) if url else None
        if path is None:
            expected = told('expected a file beside the metadata, as in "table.csv" or "a%20table.csv"')
            described.fault("url", told("{expected}, found {url}", expected=expected, url=excerpt(url)))
        return path or self.home.folder

    def _place(self, described: Descriptor, url: str) -> tuple[Path, Sheet | None]:
        """Return the table's file, and the sheet if that is a workbook: one of the two has to hold the table."""
        path, book = self._file(described, url), self.workbook
        sheet = book.sheet(path) if book else None
        if book and (sheet is None) != path.exists():
            described.fault("url", book.misplaced(path))
        return (book.path, sheet) if book and sheet else (path, None)

    def _dialect(self, described: Descriptor, inherited: Dialect) -> Dialect:
        found = self.home.part(described, "dialect", self.context)
        return read_dialect(found[0]) if found else inherited
