"""The form of shapes: what SHACL asks of their values, told at the line, whether or not a shape is used.

The validator finds some of this itself, but only for a shape that has focus nodes, and cannot say where it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.errors import Problem
from si_lod.misreadings import no_expression
from si_lod.publish.shacl.report import SH
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.publish.csvw import Statement

_INTEGER: Final = "http://www.w3.org/2001/XMLSchema#integer"
_COUNTS: Final = frozenset(f"{SH}{name}" for name in ("minCount", "maxCount", "minLength", "maxLength"))
_NAMED: Final = frozenset(f"{SH}{name}" for name in ("class", "datatype", "nodeKind", "severity", "targetClass"))
_NODE_SHAPE: Final = NamedNode(f"{SH}NodeShape")
_PATH: Final = f"{SH}path"
_PATTERN: Final = f"{SH}pattern"
_PROPERTY: Final = f"{SH}property"
_SHAPES: Final = frozenset(f"{SH}{name}" for name in ("property", "node", "not", "qualifiedValueShape", "sparql"))
_LISTS_OF_SHAPES: Final = frozenset(f"{SH}{name}" for name in ("and", "or", "xone"))
_LISTS: Final = _LISTS_OF_SHAPES | {f"{SH}{name}" for name in ("in", "languageIn", "ignoredProperties")}
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NIL: Final = NamedNode(f"{_RDF}nil")


def malformed(statements: Iterable[Statement]) -> Iterator[Problem]:
    """Yield a problem for each of the shapes' triples that SHACL does not allow (SHACL appendix A)."""
    shapes = [each for each in statements if each.cell.file.startswith("shapes/")]
    for each in shapes:
        message = _complaint(each.triple.predicate.value, each.triple.object)
        if message:
            yield Problem(each.cell.file, each.cell.line, "", message)
    yield from _pathless(shapes)
    yield from _pathful(shapes)
    yield from _listless(shapes)


def _complaint(predicate: str, value: object) -> str:
    name = f"sh:{predicate.removeprefix(SH)}"
    if predicate in _COUNTS and not _is_count(value):
        return told("{name}: expected a whole number, 0 or more, found {value}", name=name, value=str(value))
    if predicate in _NAMED and isinstance(value, Literal):
        return told("{name}: expected an IRI, found {value}", name=name, value=str(value))
    if predicate == _PATH and isinstance(value, Literal):
        return told("{name}: expected a property or a path, found {value}", name=name, value=str(value))
    if predicate in _SHAPES and isinstance(value, Literal):
        return told("{name}: expected a node, found {value}", name=name, value=str(value))
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


def _pathful(shapes: list[Statement]) -> Iterator[Problem]:
    """Yield a problem for each node shape that has a path (SHACL §2.2)."""
    node_shapes = {each.triple.subject for each in shapes if each.triple.object == _NODE_SHAPE}
    for each in shapes:
        if each.triple.predicate.value == _PATH and each.triple.subject in node_shapes:
            message = told(
                "{shape}: expected a node shape, which has no sh:path; take the path away, or make it a "
                "sh:PropertyShape alone",
                shape=str(each.triple.subject),
            )
            yield Problem(each.cell.file, each.cell.line, "", message)


def _listless(shapes: list[Statement]) -> Iterator[Problem]:
    """Yield a problem for each value that is to be a list and is none, or comes back to itself (SHACL §1.2).

    One that is to be a list of shapes must have some.
    """
    firsts, rests = (
        {(each.cell.file, each.triple.subject): each.triple.object for each in shapes if _names(each, name)}
        for name in ("first", "rest")
    )
    for each in shapes:
        predicate, node = each.triple.predicate.value, each.triple.object
        if predicate not in _LISTS or (node == _NIL and predicate not in _LISTS_OF_SHAPES):
            continue
        seen = set()
        while (place := (each.cell.file, node)) in firsts and place in rests and node not in seen:
            seen.add(node)
            node = rests[place]
        if node != _NIL or not seen:
            name = f"sh:{predicate.removeprefix(SH)}"
            message = told("{name}: expected a list with an end, such as ( ex:a ex:b ), found none", name=name)
            yield Problem(each.cell.file, each.cell.line, "", message)


def _names(each: Statement, name: str) -> bool:
    return each.triple.predicate.value == f"{_RDF}{name}"
