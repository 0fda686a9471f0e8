"""Cells that a spreadsheet would run: harmless as data, a risk to whoever opens the tables as they are downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from pyoxigraph import NamedNode

from si_lod.publish.shacl.report import SH, ValidationResult

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Literal, QuerySolutions, Store

# What begins with = or @, or with a tab or return before it; a + or - only before a call or a program's name, since
# telephone numbers, temperatures and dashes begin so too.
_FORMULAS: Final = r"""SELECT ?row ?property ?text WHERE {
  ?row ?property ?text
  FILTER (isLiteral(?text) && REGEX(STR(?text), "^[=@\\t\\r]|^[+-][^ ]*[(|!]"))
}"""
_FORMULA: Final = NamedNode("urn:x-si-lod:formula")


def formulas(store: Store) -> Iterator[ValidationResult]:
    """Yield, as a warning, each literal of ``store`` that a spreadsheet would take for a formula."""
    for row, predicate, text in cast("QuerySolutions", store.query(_FORMULAS)):
        yield ValidationResult(
            severity=f"{SH}Warning",
            focus_node=cast("NamedNode", row),
            path=cast("NamedNode", predicate),
            value=cast("Literal", text),
            source_shape=_FORMULA,
            component="",
            messages=(),
        )
