"""The gate itself: pySHACL for the core, sets for what compares records with one another, one report."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode

from si_lod.publish.dataset.queries import evaluate
from si_lod.publish.shacl import core, sets
from si_lod.publish.shacl.report import ValidationReport
from si_lod.publish.source.skolems import skolem

if TYPE_CHECKING:
    from pyoxigraph import Store

    from si_lod.publish.shacl.report import ValidationResult
    from si_lod.publish.shacl.sets import Ask
    from si_lod.publish.shacl.shapes import Shapes


def validate(store: Store, shapes: Shapes, *, base: str = "", ask: Ask | None = None) -> ValidationReport:
    """Return the report on the default graph of ``store``; raises InvalidFiles if the shapes cannot be used.

    A shape without an IRI is named by the skolem IRI, below ``base``, that it has in the data. The shapes' own queries
    are asked of the store by ``ask``, or else at once and without an end to their time.
    """
    ask = ask or partial(evaluate, store)
    results = list(core.validate(store, shapes.core))
    for constraint in shapes.constraints:
        results += sets.run(constraint, ask)
    return ValidationReport.of(_named(result, base) for result in results)


def _named(result: ValidationResult, base: str) -> ValidationResult:
    shape = result.source_shape
    return replace(result, source_shape=skolem(base, shape)) if isinstance(shape, BlankNode) else result
