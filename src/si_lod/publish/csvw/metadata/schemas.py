"""Table schemas: columns, and the keys that tie rows together (Metadata §5.5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from si_lod.publish.csvw.documents.descriptors import nearest
from si_lod.publish.csvw.faults import excerpt
from si_lod.publish.csvw.metadata.columns import inherit, read_column
from si_lod.publish.csvw.metadata.tables import ForeignKey, Table
from si_lod.publish.csvw.templates.minting import Unmintable, minter
from si_lod.publish.csvw.templates.template import CONSTANTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from si_lod.publish.csvw.documents.descriptors import Descriptor
    from si_lod.publish.csvw.metadata.tables import Column, Inherited

# Variables that every row has besides its columns (Metadata §5.1.3).
VARIABLES: Final = CONSTANTS | {"_row", "_sourceRow"}


@dataclass(frozen=True, slots=True)
class Schema:
    """A table with its columns, and the description that its keys are still to be read from."""

    table: Table
    described: Descriptor


def read_schema(described: Descriptor, table: Table, parent: Inherited, tongue: str) -> Schema:
    """Return the table with its columns; their faults are reported."""
    inherited = inherit(described, parent)
    columns: list[Column] = []
    for number, description in enumerate(described.objects("columns", "column"), start=1):
        name = description.value("name") if description.has("name") else number
        description.what = f"{described.what}, column {excerpt(name)}"
        column = read_column(description, number, inherited, tongue)
        _check_column(description, column, columns)
        columns.append(column)
    if not columns:
        described.fault("columns", "expected at least one column, found none")
    whole = replace(table, columns=tuple(columns))
    for column in columns:
        _check_templates(described, whole, column)
    return Schema(whole, described)


def finished(schema: Schema, known: Mapping[str, Table], base: str) -> Table:
    """Return the table with its keys, which may name any of the known tables by their IRIs."""
    described, table = schema.described, schema.table
    primary = described.texts("primaryKey")
    foreign = []
    _check_reference(described, "primaryKey", primary, table)
    for description in described.objects("foreignKeys", "foreign key"):
        key = _foreign_key(description, table, known, base)
        foreign += [key] if key else []
        description.close("ForeignKey", annotated=False)
    _check_reference(described, "rowTitles", described.texts("rowTitles"), table)
    described.close("Schema")
    return replace(table, primary_key=primary, foreign_keys=tuple(foreign))


def _foreign_key(described: Descriptor, table: Table, known: Mapping[str, Table], base: str) -> ForeignKey | None:
    columns = described.texts("columnReference")
    reference = described.object("reference", "reference")
    if not columns or not reference:
        described.fault("", "expected a columnReference and a reference")
        return None
    resource, referenced = reference.text("resource"), reference.texts("columnReference")
    url = urljoin(base, resource)
    reference.close("TableReference", annotated=False)
    _check_reference(described, "columnReference", columns, table)
    if url not in known:
        near = nearest(url, known)
        hint = f"; is {near} meant?" if near else ""
        reference.fault("resource", f"expected a table of this group, found {excerpt(resource)}{hint}")
        return None
    _check_reference(reference, "columnReference", referenced, known[url])
    if len(columns) != len(referenced):
        described.fault("columnReference", f"has {len(columns)} columns, and its reference {len(referenced)}")
    return ForeignKey(columns, url, referenced)


def _check_reference(described: Descriptor, key: str, names: tuple[str, ...], table: Table) -> None:
    written = {column.name: column for column in table.written}
    for name in names:
        if name not in written:
            near = nearest(name, written)
            hint = f"; is {near} meant?" if near else ""
            described.fault(key, f"expected columns of {table.path.name}, found {excerpt(name)}{hint}")
        elif written[name].inherited.separator and key != "rowTitles":
            described.fault(key, f"a key of lists is not implemented; column {excerpt(name)} has a separator")


def _check_column(described: Descriptor, column: Column, earlier: list[Column]) -> None:
    if any(other.name == column.name for other in earlier):
        described.fault("name", f"expected a name of its own, found a second column {excerpt(column.name)}")
    if earlier and earlier[-1].virtual and not column.virtual:
        described.fault("virtual", "expected the virtual columns to come last, found one before this column")


def _check_templates(described: Descriptor, table: Table, column: Column) -> None:
    """Report a missing subject, variables that no column gives, and what is no IRI whatever the row."""
    inherited = column.inherited
    place = f"column {excerpt(column.name)}: "
    if not (inherited.about or column.suppressed or table.suppressed):
        described.fault(f"{place}aboutUrl", "expected a template for the subject; without it there are blank nodes")
    templates = {"aboutUrl": inherited.about, "propertyUrl": inherited.predicate, "valueUrl": inherited.value}
    names = VARIABLES.union(other.name for other in table.columns)
    for key, template in templates.items():
        for name in template.variables if template else ():
            if name not in names:
                near = nearest(name, names)
                hint = f"; is {near} meant?" if near else ""
                described.fault(f"{place}{key}", f"names {{{name}}}, and there is no such column{hint}")
        if template and not template.variables:
            try:
                minter(template, key, {}, table.url)
            except Unmintable as error:
                described.fault(f"{place}{key}", str(error))
