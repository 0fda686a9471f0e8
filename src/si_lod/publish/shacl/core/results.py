"""The results in a report that pySHACL has written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode
from rdflib import SH, URIRef

from si_lod.publish.shacl.report import ValidationResult
from si_lod.publish.shacl.terms import to_oxigraph
from si_lod.publish.shacl.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node as RdflibNode


def results(report: Graph, shapes: Graph) -> Iterator[ValidationResult]:
    """Yield the results of ``report``, which is on ``shapes``, but for those that only explain another.

    These (``sh:detail``) are none of the report's own (SHACL §3.6.2.8).
    """
    for node in report.objects(None, SH.result):
        yield _result(report, node, shapes)


def _result(report: Graph, node: RdflibNode, shapes: Graph) -> ValidationResult:
    def one(predicate: URIRef) -> RdflibNode | None:
        return report.value(node, predicate)

    focus_node, path, value, shape = map(one, (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape))
    component = one(SH.sourceConstraintComponent)
    if _has_message(shapes, shape):
        messages = [to_oxigraph(message) for message in report.objects(node, SH.resultMessage)]
    else:
        messages = list(worded(shapes, shape, component, value))
    return ValidationResult(
        severity=str(one(SH.resultSeverity)),
        focus_node=to_oxigraph(focus_node),
        path=NamedNode(str(path)) if isinstance(path, URIRef) else None,
        value=None if value is None else to_oxigraph(value),
        source_shape=to_oxigraph(shape),
        component=str(component),
        messages=tuple(sorted((message for message in messages if isinstance(message, Literal)), key=str)),
    )


def _has_message(shapes: Graph, shape: RdflibNode | None) -> bool:
    """Return whether the shape, or a constraint in SPARQL of its own, says what is wrong."""
    speaking = [shape, *shapes.objects(shape, SH.sparql)]
    return any((node, SH.message, None) in shapes for node in speaking)
