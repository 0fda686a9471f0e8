"""Official shapes in a folder of the operator's: the home of pySHACL in the rehearsal."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

import pyshacl
from pyoxigraph import RdfFormat, serialize
from pyshacl.errors import ReportableRuntimeError
from rdflib import Graph as Triples
from rdflib import Literal
from rdflib.namespace import RDF, SH

from si_lod.errors import WrongUsage
from si_lod.rehearse.judging import Result
from si_lod.sentences import Translated, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Triple
    from rdflib.term import Node

    from si_lod.rehearse.graph import Graph

_ASKED: Final = {
    str(SH.MinCountConstraintComponent): told("is missing, or too few"),
    str(SH.MaxCountConstraintComponent): told("is there more often than it may"),
    str(SH.DatatypeConstraintComponent): told("has another datatype than it should"),
    str(SH.ClassConstraintComponent): told("has a value that is not typed with the class that it should"),
    str(SH.NodeConstraintComponent): told("has a value that is not allowed there"),
    str(SH.InConstraintComponent): told("has a value that is not allowed there"),
    str(SH.NodeKindConstraintComponent): told("has a literal where an IRI should be, or the other way round"),
}
"""What is wrong by the kind of constraint, where a shape has no message of its own."""


class Shapes:
    """The shapes below a folder, by the names of its folders; what a graph gave is remembered."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise WrongUsage(told("{folder}: expected a folder of shapes, found none", folder=folder))
        self._folder = folder
        self._results: dict[tuple[str, frozenset[Triple]], tuple[Result, ...]] = {}

    def has(self, pattern: str) -> bool:
        """Return whether there are shapes in a folder with such a name."""
        return any(self._folder.glob(f"{pattern}/*.ttl"))

    def results(self, pattern: str, graph: Graph) -> tuple[Result, ...]:
        """Return what the shapes in folders of that name say of the graph; each file is a shapes graph of its own."""
        key = (pattern, graph.triples)
        if key not in self._results:
            data = Triples().parse(data=serialize(graph.triples, format=RdfFormat.N_TRIPLES), format="nt")
            found = (
                result
                for path in sorted(self._folder.glob(f"{pattern}/*.ttl"))
                for result in _validated(data, _shapes(path), f"{path.parent.name}/{path.name}")
            )
            self._results[key] = tuple(dict.fromkeys(found))
        return self._results[key]


def _shapes(path: Path) -> Triples:
    """Return the shapes of a file without constraint components that ask for what only its author's program can do."""
    try:
        shapes = Triples().parse(path)
    except (SyntaxError, ValueError) as error:
        raise WrongUsage(told("{file}: cannot be used as shapes: {error}", file=path, error=error)) from None
    for component in list(shapes.subjects(RDF.type, SH.ConstraintComponent)):
        for parameter in list(shapes.objects(component, SH.parameter)):
            for name in list(shapes.objects(parameter, SH.path)):
                shapes.remove((None, name, None))
        shapes.remove((component, None, None))
    return shapes


def _validated(data: Triples, shapes: Triples, file: str) -> Iterator[Result]:
    try:
        with _quiet("pyshacl-validate"):
            _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    except (ReportableRuntimeError, NotImplementedError, TypeError, ValueError, LookupError, AttributeError) as error:
        # It raises whatever its comparisons and look-ups raise, on shapes that it was not made for.
        raise WrongUsage(told("{file}: cannot be used as shapes: {error}", file=file, error=error)) from None
    for node in cast("Triples", report).objects(None, SH.result):
        yield _result(cast("Triples", report), node, shapes, file)


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a logger silent for a while: what it would say comes as an exception too, and is told once."""
    logger = logging.getLogger(name)
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _result(report: Triples, node: Node, shapes: Triples, file: str) -> Result:
    return Result(
        _text(report.value(node, SH.focusNode)),
        _text(report.value(node, SH.resultPath)),
        report.value(node, SH.resultSeverity) == SH.Violation,
        _message(report, node, shapes),
        file,
    )


def _message(report: Triples, node: Node, shapes: Triples) -> str:
    """Return the shape's own message in its languages, else what its kind of constraint asks for."""
    shape = report.value(node, SH.sourceShape)
    said = [term for term in shapes.objects(shape, SH.message) if isinstance(term, Literal)]
    if said:
        return Translated.by_language({term.language or "en": str(term) for term in sorted(said, key=str)})
    component = _text(report.value(node, SH.sourceConstraintComponent))
    return _ASKED.get(component) or told("does not conform to {component}", component=component.rpartition("#")[2])


def _text(node: Node | None) -> str:
    return "" if node is None else str(node)
