"""Official shapes in a folder of the operator's: the home of pySHACL in the rehearsal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyshacl
from pyoxigraph import RdfFormat, serialize
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
    shapes = Triples().parse(path)
    for component in list(shapes.subjects(RDF.type, SH.ConstraintComponent)):
        for parameter in list(shapes.objects(component, SH.parameter)):
            for name in list(shapes.objects(parameter, SH.path)):
                shapes.remove((None, name, None))
        shapes.remove((component, None, None))
    return shapes


def _validated(data: Triples, shapes: Triples, file: str) -> Iterator[Result]:
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=False)
    if not isinstance(report, Triples):
        raise WrongUsage(told("{file}: cannot be used as shapes: {report}", file=file, report=report))
    top = next(report.subjects(RDF.type, SH.ValidationReport))
    for result in report.objects(top, SH.result):
        messages = {
            term.language or "en": str(term)
            for term in report.objects(result, SH.resultMessage)
            if isinstance(term, Literal)
        }
        yield Result(
            _text(report.value(result, SH.focusNode)),
            _text(report.value(result, SH.resultPath)),
            _text(report.value(result, SH.resultSeverity)) == str(SH.Violation),
            Translated.by_language(messages) if messages else "",
            file,
        )


def _text(node: Node | None) -> str:
    return "" if node is None else str(node)
