"""The gate itself: pySHACL for the core, sets for what compares records with one another, one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.publish.shacl import core, sets
from si_lod.publish.shacl.report import ValidationReport

if TYPE_CHECKING:
    from pyoxigraph import Store

    from si_lod.publish.shacl.shapes import Shapes


def validate(store: Store, shapes: Shapes) -> ValidationReport:
    """Return the report on the default graph of ``store``; raises InvalidFiles if the shapes cannot be used."""
    results = list(core.validate(store, shapes.core))
    for constraint in shapes.constraints:
        results += sets.run(constraint, store)
    return ValidationReport.of(results)
