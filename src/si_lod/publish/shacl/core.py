"""pySHACL's home: graph and shapes go in, validation results come out, its errors become ours."""

from __future__ import annotations

import logging
import re
import warnings
from typing import TYPE_CHECKING, Final, cast

import pyshacl
from pyoxigraph import Literal, NamedNode
from pyshacl.errors import ReportableRuntimeError, ShapeRecursionWarning
from rdflib import SH, Graph, URIRef

from si_lod.errors import InvalidFiles, Problem
from si_lod.publish.shacl.report import ValidationResult
from si_lod.publish.shacl.terms import to_oxigraph, to_rdflib
from si_lod.publish.shacl.wording import worded
from si_lod.quoting import phrase, quoted
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad
    from rdflib.term import Node as RdflibNode

_COMPLAINTS: Final = (
    phrase(r"(?P<problem>.*) For reference, see (?P<link>\S+)", "{problem} For reference, see {link}"),
    phrase(
        r"(?P<component>\w+) must have at least one (?P<key>\S+) predicate\.",
        "{component} must have at least one {key} predicate.",
    ),
    phrase(
        r"(?P<component>\w+) must have at most one (?P<key>\S+) predicate\.",
        "{component} must have at most one {key} predicate.",
    ),
    phrase(
        r"(?P<component>\w+) (?P<key>sh:\S+) must be an integer >= 0\.",
        "{component} {key} must be an integer >= 0.",
    ),
    phrase(
        r"(?P<component>\w+) (?P<key>sh:\S+) must be a literal with datatype xsd:integer\.",
        "{component} {key} must be a literal with datatype xsd:integer.",
    ),
    phrase(
        r"(?P<component>\w+) can only be present on a PropertyShape, not a NodeShape\.",
        "{component} can only be present on a PropertyShape, not a NodeShape.",
    ),
    phrase("A shape defined as a PropertyShape must include one `sh:path` property."),
    phrase("A shape defined as a PropertyShape cannot have more than one 'sh:path' property."),
    phrase("A shape defined as a NodeShape cannot be the subject of a 'sh:path' predicate."),
    phrase("A shape defined as a NodeShape cannot also be defined as a PropertyShape."),
    phrase("Values of a property path cannot be a Literal."),
    phrase("Found a path property with a value that is not a URIRef or BNode."),
)
"""What it says of shapes that it cannot use."""


def validate(quads: Iterable[Quad], shapes: Graph) -> Iterator[ValidationResult]:
    """Yield the results of validating the default graph of ``quads`` against ``shapes`` (SHACL §3.4).

    No entailment, no advanced features. Raises InvalidFiles if pySHACL cannot use the shapes.
    """
    data = Graph()
    for quad in quads:
        data.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    try:
        report = _report(data, shapes)
    except (ReportableRuntimeError, NotImplementedError, ShapeRecursionWarning, re.error) as error:
        message = told(
            "expected shapes that SHACL allows: {error}", error=quoted(" ".join(str(error).split()), _COMPLAINTS)
        )
        raise InvalidFiles([Problem("shapes/", 0, "", message)]) from None
    except (TypeError, ValueError, AttributeError, LookupError, RecursionError) as error:
        # It raises whatever its comparisons and look-ups raise, on values that cannot be compared for instance.
        reason = f"{type(error).__name__}: {error}"
        message = told("pySHACL cannot evaluate these shapes on these data: {reason}", reason=reason)
        raise InvalidFiles([Problem("shapes/", 0, "", message)]) from error
    # Results that only explain another (sh:detail) are none of the report's own (SHACL §3.6.2.8).
    for node in report.objects(None, SH.result):
        yield _result(report, node, shapes)


def _report(data: Graph, shapes: Graph) -> Graph:
    # Its errors come as exceptions, too, and are told once.
    logging.getLogger("pyshacl-validate").disabled = True
    with warnings.catch_warnings():
        # What recursive shapes mean is not defined (SHACL §3.4.3); it would back out of them with a guess.
        warnings.simplefilter("error", ShapeRecursionWarning)
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    return cast("Graph", report)


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
