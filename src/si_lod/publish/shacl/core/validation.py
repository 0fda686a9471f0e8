"""pySHACL itself, in this process: a report on a graph, or what it says of shapes that it cannot use."""

from __future__ import annotations

import logging
import re
import warnings
from typing import TYPE_CHECKING

import pyshacl
from pyshacl.errors import ReportableRuntimeError, ShapeRecursionWarning
from rdflib import Graph

from si_lod.publish.shacl.core.refusals import Complaint, Kind, refusal
from si_lod.publish.shacl.core.results import results
from si_lod.publish.shacl.places import NOWHERE
from si_lod.publish.shacl.terms import to_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from si_lod.publish.shacl.report import ValidationResult


def validate(quads: Iterable[Quad], shapes: Graph) -> Iterator[ValidationResult]:
    """Yield the results of validating ``quads``, as one graph, against ``shapes`` (SHACL §3.4), at once.

    No entailment, no advanced features, and no end to its time. Raises InvalidFiles if pySHACL cannot use the shapes.
    """
    data = Graph()
    for quad in quads:
        data.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    report = report_on(data, shapes)
    if isinstance(report, Complaint):
        raise refusal(report, shapes, NOWHERE)
    yield from results(report, shapes)


def report_on(data: Graph, shapes: Graph) -> Graph | Complaint:
    """Return the report on ``data``, or what pySHACL says if it cannot make one."""
    try:
        return _report(data, shapes)
    except ShapeRecursionWarning as error:
        return Complaint(Kind.RECURSION, str(error))
    except (ReportableRuntimeError, NotImplementedError, re.error) as error:
        return Complaint(Kind.REFUSED, str(error))
    except MemoryError:
        return Complaint(Kind.MEMORY, "")
    except Exception as error:  # noqa: BLE001  whatever its queries, comparisons and look-ups raise on these data
        return Complaint(Kind.FAILED, f"{type(error).__name__}: {error}")


def _report(data: Graph, shapes: Graph) -> Graph:
    # Its errors come as exceptions, too, and are told once.
    logging.getLogger("pyshacl-validate").disabled = True
    with warnings.catch_warnings():
        # What recursive shapes mean is not defined (SHACL §3.4.3); it would back out of them with a guess.
        warnings.simplefilter("error", ShapeRecursionWarning)
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    if isinstance(report, Graph):
        return report
    # It returns a failure of validation in the place of a report.
    raise report
