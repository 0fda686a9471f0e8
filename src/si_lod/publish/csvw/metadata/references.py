"""Keys of a schema: the columns that tell rows apart, and those that refer to rows of other tables (Metadata §5.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from si_lod.publish.csvw.faults import excerpt, nearest
from si_lod.publish.csvw.metadata.tables import ForeignKey, Table
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from si_lod.publish.csvw.documents.descriptors import Descriptor
    from si_lod.publish.csvw.metadata.schemas import Schema


class Known(NamedTuple):
    """The tables that a foreign key may name: by their IRIs, and by those of their schemas."""

    tables: Mapping[str, Table]
    schemas: Mapping[str, Table]


def finished(schema: Schema, known: Known) -> Table:
    """Return the table with its keys, which may name any of the known tables."""
    described, table = schema.described, schema.table
    foreign = []
    primary = _reference(described, "primaryKey", table, described.warn)
    for description in described.objects("foreignKeys", told("foreign key")):
        key = _foreign_key(description, schema, known)
        foreign += [key] if key else []
        description.close("ForeignKey", annotated=False)
    _reference(described, "rowTitles", table, described.warn)
    described.close("Schema")
    return replace(table, primary_key=primary, foreign_keys=tuple(foreign))


def _foreign_key(described: Descriptor, schema: Schema, known: Known) -> ForeignKey | None:
    columns = _reference(described, "columnReference", schema.table, described.fault)
    reference = described.object("reference", "reference")
    if not described.has("columnReference") or not reference:
        described.fault("", told("expected a columnReference and a reference"))
        return None
    target = _target(reference, schema, known)
    referenced = _reference(reference, "columnReference", target, reference.fault) if target else ()
    reference.close("TableReference", annotated=False)
    if target and len(columns) != len(referenced):
        described.fault(
            "columnReference",
            told(
                "has {columns} columns, and its reference {referenced}",
                columns=len(columns),
                referenced=len(referenced),
            ),
        )
    return ForeignKey(columns, target.url, referenced) if target and columns and referenced else None


def _target(reference: Descriptor, schema: Schema, known: Known) -> Table | None:
    by_schema = reference.has("schemaReference")
    stated = reference.text("schemaReference") if by_schema else reference.text("resource")
    tables = known.schemas if by_schema else known.tables
    url = urljoin(schema.base, stated)
    if url not in tables:
        reference.value("columnReference")
        near = nearest(url, tables)
        hint = told("; is {near} meant?", near=near) if near else ""
        reference.fault(
            "schemaReference" if by_schema else "resource",
            told("expected a table of this group, found {value}{hint}", value=excerpt(stated), hint=hint),
        )
    return tables.get(url)


def _reference(described: Descriptor, key: str, table: Table, report: Callable[[str, str], None]) -> tuple[str, ...]:
    """Return the names of columns that the key holds, or none when one of them was reported."""
    written = {column.name: column for column in table.written if column.named}
    names = described.texts(key)
    for name in names:
        if name not in written:
            near = nearest(name, written)
            hint = told("; is {near} meant?", near=near) if near else ""
            report(
                key,
                told(
                    "expected columns of {file}, found {name}{hint}",
                    file=table.path.name,
                    name=excerpt(name),
                    hint=hint,
                ),
            )
            return ()
        if written[name].inherited.separator and key != "rowTitles":
            described.fault(
                key, told("a key of lists is not implemented; column {name} has a separator", name=excerpt(name))
            )
    return names
