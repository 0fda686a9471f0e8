"""The gate itself: pySHACL for the core, sets for what compares records with one another, one report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode

from si_lod.errors import InvalidFiles
from si_lod.publish.dataset.queries import evaluate
from si_lod.publish.shacl import sets
from si_lod.publish.shacl.places import NOWHERE
from si_lod.publish.shacl.report import ValidationReport
from si_lod.publish.source.skolems import skolem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import Quad, Store
    from rdflib import Graph

    from si_lod.errors import Problem
    from si_lod.publish.shacl.places import Places
    from si_lod.publish.shacl.report import ValidationResult
    from si_lod.publish.shacl.sets import Ask
    from si_lod.publish.shacl.shapes import Shapes

    Core = Callable[[Iterable[Quad], Graph], Iterable[ValidationResult]]
    """Who yields the results on data of shapes in SHACL's core; raises InvalidFiles if it cannot use the shapes."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What shapes are held against: ``store``, by ``core`` and, for what is run as sets, by who is asked with ``ask``.

    Without ``ask`` the store is asked at once, and without an end to its time. ``base`` is what the skolem IRIs begin
    with that shapes without an IRI have in the data, and ``places`` tell where shapes stand.
    """

    store: Store
    core: Core
    ask: Ask | None = None
    base: str = ""
    places: Places = NOWHERE

    def validate(self, shapes: Shapes) -> ValidationReport:
        """Return the report on the store's graph; raises InvalidFiles with every shape that cannot be used."""
        ask = self.ask or partial(evaluate, self.store)
        problems: list[Problem] = []
        results: list[ValidationResult] = []
        steps: list[Callable[[], Iterable[ValidationResult]]] = [partial(self.core, self.store, shapes.core)]
        steps += [partial(sets.run, constraint, ask, self.places) for constraint in shapes.constraints]
        for step in steps:
            try:
                results += step()
            except InvalidFiles as error:
                problems += error.problems
        if problems:
            raise InvalidFiles(problems)
        return ValidationReport.of(_named(result, self.base) for result in results)


def _named(result: ValidationResult, base: str) -> ValidationResult:
    shape = result.source_shape
    return replace(result, source_shape=skolem(base, shape)) if isinstance(shape, BlankNode) else result
