"""The verdict as data: how many results of which severity and shape, by which tools (DQV §4.2, PROV-O §3.3).

Every node has an IRI below the release's report, and follows from the report alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from si_lod.publish.dataset.metrics import DQV, METRICS
from si_lod.publish.shacl.report import SEVERITIES, SH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import Store

    from si_lod.publish.shacl.report import ValidationReport

_PROV: Final = "http://www.w3.org/ns/prov#"
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABEL: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_VERSION_INFO: Final = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
_INTEGER: Final = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
_SHAPES: Final = tuple(NamedNode(f"{SH}{name}Shape") for name in ("Node", "Property"))
_TOLD_APART: Final = tuple(
    SH + name
    for name in ("resultSeverity", "focusNode", "resultPath", "value", "sourceShape", "sourceConstraintComponent")
)
"""What makes two results the same; their messages may be worded anew."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The assessment of the release ``version`` of the site at ``base``."""

    base: str
    version: str

    @property
    def report(self) -> str:
        """The IRI of the validation report."""
        return f"{self.base}release/{self.version}/report"

    def verdict(self, report: ValidationReport, store: Store, tools: Mapping[str, str]) -> Iterator[Triple]:
        """Yield the counts by severity and by shape, the shapes' version and the tools that judged.

        A shape without results counts 0: it says what was looked at. Only shapes with an IRI are counted singly.
        """
        yield from self._activity(store, tools)
        for severity, count in report.counts().items():
            if severity in METRICS:
                yield from self._measurement(severity.lower(), severity, count)
        for (shape, severity), count in sorted(_by_shape(report, store).items()):
            name = f"{severity.lower()}-{shape.rpartition('#')[2].rpartition('/')[2]}"
            yield from self._measurement(name, severity, count)
            yield Triple(self._node(name), NamedNode("http://purl.org/dc/terms/subject"), NamedNode(shape))

    def comparison(self, results: Mapping[str, int], before: str) -> Iterator[Triple]:
        """Yield how many results are new, gone and kept since the release ``before``."""
        for kind, count in results.items():
            yield from self._measurement(kind, kind, count)
            earlier = NamedNode(f"{self.base}id/release/{before}")
            yield Triple(self._node(kind), NamedNode(f"{_PROV}wasDerivedFrom"), earlier)

    def _activity(self, store: Store, tools: Mapping[str, str]) -> Iterator[Triple]:
        activity = self._node("validation")
        yield Triple(NamedNode(self.report), NamedNode(f"{_PROV}wasGeneratedBy"), activity)
        yield Triple(activity, _TYPE, NamedNode(f"{_PROV}Activity"))
        for document in sorted({shape.partition("#")[0] for shape in _shapes(store)}):
            yield Triple(activity, NamedNode(f"{_PROV}used"), NamedNode(document))
            for stated in store.quads_for_pattern(NamedNode(document), _VERSION_INFO, None):
                yield stated.triple
        for tool, number in tools.items():
            agent = self._node(f"tool-{tool}")
            yield Triple(activity, NamedNode(f"{_PROV}wasAssociatedWith"), agent)
            yield Triple(agent, _TYPE, NamedNode(f"{_PROV}SoftwareAgent"))
            yield Triple(agent, _LABEL, Literal(tool))
            yield Triple(agent, NamedNode("https://schema.org/softwareVersion"), Literal(number))

    def _measurement(self, name: str, counted: str, count: int) -> Iterator[Triple]:
        node, release = self._node(name), NamedNode(f"{self.base}id/release/{self.version}")
        yield Triple(node, _TYPE, NamedNode(f"{DQV}QualityMeasurement"))
        yield Triple(node, NamedNode(f"{DQV}isMeasurementOf"), NamedNode(METRICS[counted].iri(self.base)))
        yield Triple(node, NamedNode(f"{DQV}computedOn"), release)
        yield Triple(node, NamedNode(f"{DQV}value"), Literal(str(count), datatype=_INTEGER))

    def _node(self, name: str) -> NamedNode:
        return NamedNode(f"{self.report}#{name}")


def compare_results(old: Path, new: Path) -> Mapping[str, int]:
    """Return how many results are new, gone and kept from the report in the file ``old`` to that in ``new``."""
    before, after = _results(old), _results(new)
    return {
        "new": (after - before).total(),
        "gone": (before - after).total(),
        "kept": (after & before).total(),
    }


def _results(path: Path) -> Counter[tuple[str, ...]]:
    said: dict[str, dict[str, str]] = {}
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        said.setdefault(str(quad.subject), {})[quad.predicate.value] = str(quad.object)
    found = (about for about in said.values() if f"{SH}focusNode" in about)
    return Counter(tuple(about.get(name, "") for name in _TOLD_APART) for about in found)


def _by_shape(report: ValidationReport, store: Store) -> Counter[tuple[str, str]]:
    found = Counter(
        (result.source_shape.value, result.severity.removeprefix(SH))
        for result in report.results
        if isinstance(result.source_shape, NamedNode) and result.severity in SEVERITIES
    )
    told = {shape for shape, _ in found}
    found.update({(shape, _severity(shape, store)): 0 for shape in _shapes(store) if shape not in told})
    return found


def _shapes(store: Store) -> Iterable[str]:
    """Return the IRIs of the shapes that have one of their own, and not one that stands for a blank node."""
    found = {quad.subject.value for kind in _SHAPES for quad in store.quads_for_pattern(None, _TYPE, kind)}  # type: ignore[union-attr]
    return sorted(shape for shape in found if "/.well-known/genid/" not in shape)


def _severity(shape: str, store: Store) -> str:
    stated = store.quads_for_pattern(NamedNode(shape), NamedNode(f"{SH}severity"), None)
    known = [quad.object.value.removeprefix(SH) for quad in stated if quad.object.value in SEVERITIES]  # type: ignore[union-attr]
    return min(known, default="Violation")
