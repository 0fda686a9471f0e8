"""Table schemas: the columns of a table, described or found in its header (Metadata §5.5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from si_lod.publish.csvw.faults import excerpt, nearest
from si_lod.publish.csvw.metadata.columns import inherit, read_column
from si_lod.publish.csvw.metadata.embedded import completed
from si_lod.publish.csvw.templates.minting import Unmintable, minter
from si_lod.publish.csvw.templates.template import CONSTANTS
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.publish.csvw.documents.context import Context
    from si_lod.publish.csvw.documents.descriptors import Descriptor
    from si_lod.publish.csvw.metadata.tables import Column, Inherited, Table

# Variables that every row has besides its columns (Metadata §5.1.3).
VARIABLES: Final = CONSTANTS | {"_row", "_sourceRow"}


@dataclass(frozen=True, slots=True)
class Schema:
    """A table with its columns, and the description that its keys are still to be read from.

    ``iri`` is the schema's own, which a foreign key may name, and ``base`` what its references are relative to.
    """

    table: Table
    described: Descriptor
    iri: str
    base: str


def read_schema(described: Descriptor, table: Table, parent: Inherited, context: Context, *, headed: bool) -> Schema:
    """Return the table with its columns; their faults are reported.

    In a lenient reading the file may have more columns; ``headed`` ones have the header for their titles.
    """
    inherited = inherit(described, parent)
    columns: list[Column] = []
    for number, description in enumerate(described.objects("columns", told("column")), start=1):
        name = description.value("name") if description.has("name") else number
        description.what = told("{what}, column {name}", what=described.what, name=excerpt(name))
        column = read_column(description, number, inherited, context.tongue)
        _check_column(description, column, columns)
        columns.append(column)
    if described.lenient:
        columns = completed(columns, table, inherited, headed=headed)
    elif not columns:
        described.fault("columns", told("expected at least one column, found none"))
    whole = replace(table, columns=tuple(columns))
    for column in columns:
        _check_templates(described, whole, column)
    iri = urljoin(context.base, described.text("@id"))
    return Schema(whole, described, iri, context.base)


def _check_column(described: Descriptor, column: Column, earlier: list[Column]) -> None:
    if any(other.name == column.name for other in earlier):
        described.fault(
            "name", told("expected a name of its own, found a second column {name}", name=excerpt(column.name))
        )
    if earlier and earlier[-1].virtual and not column.virtual:
        described.fault("virtual", told("expected the virtual columns to come last, found one before this column"))


def _check_templates(described: Descriptor, table: Table, column: Column) -> None:
    """Report a missing subject, variables that no column gives, and what is no IRI whatever the row."""
    inherited = column.inherited
    place = told("column {name}", name=excerpt(column.name))
    if not (inherited.about or column.suppressed or table.suppressed or described.lenient):
        described.fault(
            told("{place}: {key}", place=place, key="aboutUrl"),
            told("expected a template for the subject; without it there are blank nodes"),
        )
    templates = {"aboutUrl": inherited.about, "propertyUrl": inherited.predicate, "valueUrl": inherited.value}
    names = VARIABLES.union(other.name for other in table.columns)
    for key, template in templates.items():
        for name in template.variables if template else ():
            if name not in names:
                near = nearest(name, names)
                hint = told("; is {near} meant?", near=near) if near else ""
                described.fault(
                    told("{place}: {key}", place=place, key=key),
                    told("names {{{name}}}, and there is no such column{hint}", name=name, hint=hint),
                )
        if template and not template.variables:
            try:
                minter(template, key, {}, table.url)
            except Unmintable as error:
                described.fault(told("{place}: {key}", place=place, key=key), str(error))
