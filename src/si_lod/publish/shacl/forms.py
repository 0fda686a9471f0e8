"""The form of shapes: what SHACL asks of their values, told at the line, whether or not a shape is used.

The validator finds some of this itself, but only for a shape that has focus nodes, and cannot say where it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.errors import Problem
from si_lod.misreadings import no_expression
from si_lod.publish.shacl.report import SH
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.publish.csvw import Cell, Statement

_INTEGER: Final = "http://www.w3.org/2001/XMLSchema#integer"
_COUNTS: Final = frozenset(f"{SH}{name}" for name in ("minCount", "maxCount", "minLength", "maxLength"))
_NAMED: Final = frozenset(f"{SH}{name}" for name in ("class", "datatype", "nodeKind", "severity", "targetClass"))
_PATH: Final = f"{SH}path"
_PATTERN: Final = f"{SH}pattern"
_PROPERTY: Final = f"{SH}property"


def malformed(statements: Iterable[Statement]) -> Iterator[Problem]:
    """Yield a problem for each of the shapes' triples that SHACL does not allow (SHACL appendix A)."""
    shapes = [each for each in statements if each.cell.file.startswith("shapes/")]
    for each in shapes:
        message = _complaint(each.triple.predicate.value, each.triple.object)
        if message:
            yield Problem(each.cell.file, each.cell.line, "", message)
    yield from _pathless(shapes)


def _complaint(predicate: str, value: object) -> str:
    name = f"sh:{predicate.removeprefix(SH)}"
    if predicate in _COUNTS and not _is_count(value):
        return told("{name}: expected a whole number, 0 or more, found {value}", name=name, value=str(value))
    if predicate in _NAMED and isinstance(value, Literal):
        return told("{name}: expected an IRI, found {value}", name=name, value=str(value))
    if predicate == _PATH and isinstance(value, Literal):
        return told("{name}: expected a property or a path, found {value}", name=name, value=str(value))
    return _no_pattern(value) if predicate == _PATTERN else ""


def _is_count(value: object) -> bool:
    return isinstance(value, Literal) and value.datatype.value == _INTEGER and value.value.removeprefix("+").isdecimal()


def _no_pattern(value: object) -> str:
    if not isinstance(value, Literal):
        return told("sh:pattern: expected a regular expression, found {value}", value=str(value))
    try:
        re.compile(value.value)
    except re.error as error:
        return told("sh:pattern: expected a regular expression: {error}", error=no_expression(error))
    return ""


def _pathless(shapes: list[Statement]) -> Iterator[Problem]:
    """Yield a problem for each property shape with no path, or with several (SHACL §2.1.2, §2.3.1)."""
    paths = Counter(each.triple.subject for each in shapes if each.triple.predicate.value == _PATH)
    seen = set()
    for each in shapes:
        predicate, value = each.triple.predicate.value, each.triple.object
        is_typed = isinstance(value, NamedNode) and value.value == f"{SH}PropertyShape"
        shape = value if predicate == _PROPERTY else each.triple.subject if is_typed else None
        if shape is None or shape in seen or isinstance(shape, Literal) or paths[shape] == 1:
            continue
        seen.add(shape)
        message = told(
            "{shape}: expected one sh:path of a property shape, found {number}", shape=str(shape), number=paths[shape]
        )
        yield Problem(each.cell.file, each.cell.line, "", message)


def at_their_shapes(problems: Iterable[Problem], statements: Iterable[Statement]) -> Iterator[Problem]:
    """Yield the problems, each that begins with the IRI of a shape at the line where that shape begins."""
    lines: dict[str, Cell] = {}
    for each in statements:
        if each.cell.file.startswith("shapes/") and isinstance(each.triple.subject, NamedNode):
            lines.setdefault(each.triple.subject.value, each.cell)
    for problem in problems:
        cell = lines.get(problem.message.partition(": ")[0])
        yield replace(problem, file=cell.file, line=cell.line) if cell else problem
