"""What CSVW metadata says, once it has been read and found right (Model §4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.datatypes.builtins import STRING
from si_lod.publish.csvw.datatypes.datatype import Datatype
from si_lod.publish.csvw.documents.names import UNDETERMINED
from si_lod.publish.csvw.faults import named

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.errors import Problem
    from si_lod.publish.csvw.metadata.dialects import Dialect
    from si_lod.publish.csvw.templates.template import Template
    from si_lod.publish.csvw.workbooks.sheets import Sheet


NUMBERS: Final = frozenset({"_row", "_sourceRow"})


@dataclass(frozen=True, slots=True)
class Inherited:
    """The properties that a group, a table, a schema and a column may each state (Metadata §5.7)."""

    datatype: Datatype
    about: Template | None = None
    predicate: Template | None = None
    value: Template | None = None
    default: str = ""
    null: tuple[str, ...] = ("",)
    lang: str = UNDETERMINED
    ordered: bool = False
    required: bool = False
    separator: str = ""


# What holds where nothing is stated.
STRINGS: Final = Inherited(Datatype(STRING, STRING.iri))


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``number`` counts from 1, ``titled`` has the titles, each with its language.

    ``named`` is true when the metadata state the name, so that a key may refer to it.
    """

    name: str
    number: int
    titled: tuple[tuple[str, str], ...]
    inherited: Inherited
    named: bool = False
    virtual: bool = False
    suppressed: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the headers that the column may have in the file, whatever their language."""
        return tuple(dict.fromkeys(title for _, title in self.titled))


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Each row's cells in ``columns`` are those of one row of the table ``table`` in ``referenced``."""

    columns: tuple[str, ...]
    table: str
    referenced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its IRI, its file, and its schema; with a ``sheet`` its file is a workbook."""

    url: str
    path: Path
    dialect: Dialect
    columns: tuple[Column, ...] = ()
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    suppressed: bool = False
    sheet: Sheet | None = None

    def named(self, root: Path) -> str:
        """Return the table's file as people are shown it, and the sheet as a fragment of it."""
        return f"{named(self.path, root)}#{self.sheet.name}" if self.sheet else named(self.path, root)

    @property
    def written(self) -> tuple[Column, ...]:
        """Return the columns that the file has; the virtual ones come after them."""
        return tuple(column for column in self.columns if not column.virtual)

    @property
    def numbered(self) -> bool:
        """True when IRIs are made of the rows' numbers, so that no row can be moved or left out."""
        every = (column.inherited for column in self.columns)
        templates = (each for inherited in every for each in (inherited.about, inherited.predicate, inherited.value))
        return any(NUMBERS.intersection(template.variables) for template in templates if template)

    def places(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """Return where the columns of these names stand in a row, counted from 0."""
        number = {column.name: column.number - 1 for column in self.columns}
        return tuple(number[name] for name in names)


@dataclass(frozen=True, slots=True)
class TableGroup:
    """The tables of one metadata document, in its order.

    A ``lenient`` group is read as the standard's converters read: what is wrong with a cell is a warning and the
    cell a string, and a row without a subject is a blank node. ``warnings`` has those about the document.
    """

    path: Path
    tables: tuple[Table, ...]
    lenient: bool = False
    warnings: tuple[Problem, ...] = ()

    def table(self, url: str) -> Table:
        """Return the table of this IRI; the foreign keys of a group name no other."""
        return next(table for table in self.tables if table.url == url)
