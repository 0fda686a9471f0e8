"""Positions: where in its line a table's cell stands, for programs that mark characters and know no columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from si_lod.errors import LodError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from si_lod.errors import Problem
    from si_lod.publish.csvw import TableGroup
    from si_lod.publish.csvw.metadata.dialects import Dialect
    from si_lod.publish.csvw.metadata.tables import Table


class Span(NamedTuple):
    """The characters of a cell within its line, counted from 1; ``end`` is after the last (SARIF §3.30.8)."""

    start: int
    end: int


@dataclass(slots=True)
class Positions:
    """Where the cells of the site in ``root`` stand; its tables are read when they are first asked for.

    Nothing is known of a table whose metadata cannot be read, of a sheet, and of cells that begin on another line
    than their record.
    """

    root: Path
    _tables: Mapping[str, Table] | None = None
    _lines: dict[str, list[str]] = field(default_factory=dict)

    def span(self, problem: Problem) -> Span | None:
        """Return where the cell of this problem stands in its line, None where that is not known."""
        table = self._known().get(problem.file) if problem.column and problem.line else None
        if table is None:
            return None
        place = next((column.number - 1 for column in table.written if column.name == problem.column), None)
        line = self._line(problem, table.dialect)
        if place is None or line is None:
            return None
        return next(islice(_spans(line, table.dialect), table.dialect.skip_columns + place, None), None)

    def _known(self) -> Mapping[str, Table]:
        if self._tables is None:
            self._tables = {table.named(self.root): table for table in _read(self.root) if not table.sheet}
        return self._tables

    def _line(self, problem: Problem, dialect: Dialect) -> str | None:
        if problem.file not in self._lines:
            try:
                text = (self.root / problem.file).read_bytes().decode(dialect.encoding)
            except (OSError, UnicodeDecodeError):
                text = ""
            self._lines[problem.file] = text.removeprefix("\ufeff").split("\n")
        lines = self._lines[problem.file]
        return lines[problem.line - 1].removesuffix("\r") if problem.line <= len(lines) else None


def _read(root: Path) -> tuple[Table, ...]:
    from si_lod.publish.dataset.assembly import read_tables
    from si_lod.publish.source.files import Source

    try:
        group: TableGroup = read_tables(Source.read(root))
    except LodError:
        # That is one of the problems, and told as such.
        return ()
    return group.tables


def _spans(line: str, dialect: Dialect) -> Iterator[Span]:
    """Yield the span of each cell, quotes included; a delimiter within quotes ends none."""
    start, quoted = 1, False
    for place, character in enumerate(line, start=1):
        if character == dialect.quote:
            quoted = not quoted
        elif character == dialect.delimiter and not quoted:
            yield Span(start, place)
            start = place + 1
    yield Span(start, len(line) + 1)
