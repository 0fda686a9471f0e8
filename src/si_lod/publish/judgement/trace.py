"""From a validation result back to the cell that made the triple, so that an editor sees where to mend it.

The tables are converted a second time and only what concerns the results is kept: nothing is guessed, nothing is
remembered while all is well, and memory grows with the faults and not with the data.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from pyoxigraph import Literal

from si_lod.publish.csvw import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.publish.csvw import Statement
    from si_lod.publish.shacl.report import Node, ValidationResult


@dataclass(frozen=True, slots=True)
class Trace:
    """The cells that made the triples about some nodes, and those that mention them."""

    rows: dict[str, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    mentions: dict[str, Cell] = field(default_factory=dict)
    columns: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, results: Iterable[ValidationResult], statements: Iterable[Statement]) -> Self:
        """Return the trace of what ``results`` are about through all the tables' statements."""
        wanted = {str(result.focus_node) for result in results}
        trace = cls()
        for statement in statements if wanted else ():
            (subject, predicate, target), cell = statement.triple, statement.cell
            trace.columns.setdefault((cell.file, str(predicate)), cell.column)
            if str(subject) in wanted:
                trace.rows[str(subject)].append(statement)
            if not isinstance(target, Literal) and str(target) in wanted:
                trace.mentions.setdefault(str(target), cell)
        return trace

    def cell(self, result: ValidationResult) -> Cell | None:
        """Return the cell that ``result`` is about, or None if no table says anything of its focus node.

        That is the cell of the triple from focus node over path to value. A triple that is missing, or that was
        derived, is traced to the row that describes the focus node, in the column that makes such triples; a node
        that no row describes, to the first cell that mentions it.
        """
        focus_node = str(result.focus_node)
        row = self.rows.get(focus_node)
        if not row:
            return self.mentions.get(focus_node)
        exact = [statement.cell for statement in row if _states(statement, result.path, result.value)]
        alike = [statement.cell for statement in row if _states(statement, result.path, None)]
        # Of several values where one is allowed, the later is the one to look at.
        return (exact or alike)[-1] if exact or alike else self._missing(row[0].cell, result.path)

    def _missing(self, cell: Cell, path: Node | None) -> Cell:
        return Cell(cell.file, cell.line, self.columns.get((cell.file, str(path)), ""))


def _states(statement: Statement, path: Node | None, value: Node | None) -> bool:
    return statement.triple.predicate == path and value in (None, statement.triple.object)
