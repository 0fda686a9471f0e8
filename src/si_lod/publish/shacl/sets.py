"""SPARQL-based constraints run once over all focus nodes, instead of once per focus node (SHACL §5.3).

SHACL defines a constraint's results by evaluating its query with ``$this`` pre-bound to one focus node after the
other. Over a store that answers joins fast, one query whose first pattern binds ``$this`` to all of them gives the
same solutions in a fraction of the time; the tests hold this against pySHACL case by case.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from si_lod.engine.text.tokens import tokens
from si_lod.errors import InvalidFiles, InvalidQuery, Problem
from si_lod.publish.shacl.places import NOWHERE
from si_lod.publish.shacl.report import SH, ValidationResult
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pyoxigraph import QueryBoolean, Triple
    from rdflib import Literal as RdflibLiteral

    from si_lod.publish.shacl.places import Places
    from si_lod.publish.shacl.report import Node
    from si_lod.publish.shacl.shapes import SparqlConstraint

    Ask = Callable[[str], QuerySolutions | QueryBoolean | Iterable[Triple]]
    """Who returns the results of a query; raises InvalidQuery if it is none, or its evaluation had to be ended."""

_COMPONENT: Final = f"{SH}SPARQLConstraintComponent"
_PLACEHOLDER: Final = re.compile(r"\{[$?](\w+)\}")


def run(constraint: SparqlConstraint, ask: Ask, places: Places = NOWHERE) -> Iterator[ValidationResult]:
    """Yield the results of ``constraint`` over all focus nodes in the store that is asked.

    Raises InvalidFiles, at its query, if that cannot be evaluated, or takes too long.
    """
    try:
        solutions = ask(_query(constraint))
    except (InvalidQuery, StopIteration) as error:
        message = told("{shape}: sh:select: {error}", shape=constraint.shape, error=str(error))
        raise InvalidFiles([_problem(message, constraint, places)]) from None
    if not isinstance(solutions, QuerySolutions):
        message = told("{shape}: expected sh:select to be a SELECT query", shape=constraint.shape)
        raise InvalidFiles([_problem(message, constraint, places)])
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        bound = {name: term for name, term in zip(names, solution, strict=True) if term is not None}
        yield _result(constraint, bound)


def _problem(message: str, constraint: SparqlConstraint, places: Places) -> Problem:
    cell = places.in_text(constraint.select)
    return Problem(cell.file, cell.line, cell.column, message)


def _query(constraint: SparqlConstraint) -> str:
    """Return the constraint's query with one more pattern, at the start of its outer group, that binds ``$this``."""
    opening = next(token for token in tokens(constraint.select) if token.text == "{")
    lines = constraint.select.split("\n")
    inside = sum(len(line) + 1 for line in lines[: opening.line - 1]) + opening.column
    focus_nodes = " UNION ".join(f"{{ {pattern} }}" for pattern in constraint.targets)
    binding = f"{{ SELECT DISTINCT $this WHERE {{ {focus_nodes} }} }}"
    return f"{constraint.prefixes}\n{constraint.select[:inside]} {binding} {constraint.select[inside:]}"


def _result(constraint: SparqlConstraint, bound: dict[str, Node]) -> ValidationResult:
    focus_node = bound["this"]
    if not constraint.path:
        # A node shape's value is its focus node where the query names no other (SHACL §5.3.2).
        bound.setdefault("value", focus_node)
    path = bound.get("path", constraint.path and NamedNode(str(constraint.path)))
    return ValidationResult(
        severity=str(constraint.severity),
        focus_node=focus_node,
        path=path if isinstance(path, NamedNode) else None,
        value=bound.get("value"),
        source_shape=NamedNode(str(constraint.shape)),
        component=_COMPONENT,
        messages=tuple(_filled(message, bound) for message in constraint.messages),
    )


def _filled(message: RdflibLiteral, bound: Mapping[str, Node]) -> Literal:
    """Return the message with each ``{$name}`` or ``{?name}`` replaced by what the solution binds (SHACL §5.2.3)."""
    text = _PLACEHOLDER.sub(lambda match: bound[match[1]].value if match[1] in bound else match[0], str(message))
    return Literal(text, language=message.language)
