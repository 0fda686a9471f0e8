"""What is measured of every release, as data: each measure has an IRI that stays the same (DQV §4.3).

How much came of it stands beside a release and not in it, since it is known only when the release has been judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import Store

    from si_lod.sites import Site

DQV: Final = "http://www.w3.org/ns/dqv#"
_INTEGER: Final = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
_VERSION: Final = NamedNode("http://www.w3.org/ns/dcat#version")
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABEL: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_DEFINITION: Final = NamedNode("http://www.w3.org/2004/02/skos/core#definition")


@dataclass(frozen=True, slots=True)
class Metric:
    """A count of validation results; label and definition by language."""

    name: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]

    def iri(self, base: str) -> str:
        """Return the metric's IRI below ``base``."""
        return f"{base}id/metric/{self.name}"


METRICS: Final = {
    "Violation": Metric(
        "violations",
        {"nl": "overtredingen", "en": "violations"},
        {
            "nl": "Het aantal validatieresultaten van de ernst sh:Violation; een versie heeft er geen.",
            "en": "The number of validation results of the severity sh:Violation; a release has none.",
        },
    ),
    "Warning": Metric(
        "warnings",
        {"nl": "waarschuwingen", "en": "warnings"},
        {
            "nl": "Het aantal validatieresultaten van de ernst sh:Warning.",
            "en": "The number of validation results of the severity sh:Warning.",
        },
    ),
    "Info": Metric(
        "remarks",
        {"nl": "opmerkingen", "en": "remarks"},
        {
            "nl": "Het aantal validatieresultaten van de ernst sh:Info.",
            "en": "The number of validation results of the severity sh:Info.",
        },
    ),
    "new": Metric(
        "new-results",
        {"nl": "nieuwe resultaten", "en": "new results"},
        {
            "nl": "Het aantal validatieresultaten dat de versie ervoor niet had.",
            "en": "The number of validation results that the release before did not have.",
        },
    ),
    "gone": Metric(
        "gone-results",
        {"nl": "verdwenen resultaten", "en": "gone results"},
        {
            "nl": "Het aantal validatieresultaten van de versie ervoor dat er niet meer is.",
            "en": "The number of validation results of the release before that are no more.",
        },
    ),
    "kept": Metric(
        "kept-results",
        {"nl": "gebleven resultaten", "en": "kept results"},
        {
            "nl": "Het aantal validatieresultaten dat de versie ervoor ook had.",
            "en": "The number of validation results that the release before had, too.",
        },
    ),
}
"""By what is counted: the local name of a severity (SHACL §2.1.4), or how a result relates to the release before."""


def add_metrics(site: Site, store: Store) -> None:
    """Add what the metrics are to ``store``, in the site's languages, and where the data set's verdict is read."""
    store.extend(quad for metric in METRICS.values() for quad in _described(metric, site))
    for quad in list(store.quads_for_pattern(None, _VERSION, None)):
        if isinstance(quad.object, Literal):
            report = NamedNode(f"{site.base}release/{quad.object.value}/report")
            store.add(Quad(quad.subject, NamedNode(f"{DQV}hasQualityMetadata"), report))


def _described(metric: Metric, site: Site) -> Iterator[Quad]:
    node = NamedNode(metric.iri(site.base))
    yield Quad(node, _TYPE, NamedNode(f"{DQV}Metric"))
    yield Quad(node, NamedNode(f"{DQV}expectedDataType"), _INTEGER)
    for property_, texts in ((_LABEL, metric.labels), (_DEFINITION, metric.definitions)):
        for language, words in texts.items():
            if language in site.languages:
                yield Quad(node, property_, Literal(words, language=language))
