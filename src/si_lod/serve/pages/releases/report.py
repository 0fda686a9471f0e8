"""Why a release was let through: what its validation found, by rule, and how that differs from the release before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.serve.pages.facts import Facts, asked, of_triples
from si_lod.serve.pages.rendering import render_with_licence
from si_lod.serve.pages.vocabulary import LABEL, OWL, PREFIXES, PROV, SH, TYPE
from si_lod.serve.pages.words.mentions import names_of
from si_lod.serve.pages.words.wording import Link, Text, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Triple

    from si_lod.changes.comparison import Comparison
    from si_lod.serve.view import View

MOST_RESULTS: Final = 100
"""How many results of one severity the page shows; the other formats have all of them."""

SEVERITIES: Final = ("Violation", "Warning", "Info")
_DQV: Final = "http://www.w3.org/ns/dqv#"
_SUBJECT: Final = "http://purl.org/dc/terms/subject"
_SOFTWARE_VERSION: Final = "https://schema.org/softwareVersion"

_SHAPE_NAMES: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{ ?s sh:name ?o BIND(sh:name AS ?p) }}"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One validation result: what it is about, and its message in the reader's language."""

    link: Link
    messages: list[Text]


@dataclass(frozen=True, slots=True)
class Rule:
    """The results of one shape."""

    link: Link
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class Gravity:
    """The results of one severity, by shape; ``more`` are not shown."""

    name: str
    count: int
    rules: list[Rule]
    more: int


def report_page(
    view: View, triples: Iterable[Triple], comparison: Comparison | None, alternates: Sequence[tuple[str, str]]
) -> str:
    """Return the page of the report and verdict that ``triples`` hold."""
    said = Facts.of(of_triples(triples))
    mentioned = (term.value for *_, term in said.triples() if isinstance(term, NamedNode))
    wording = Wording(
        view,
        Facts.of(said.triples(), asked(view.engine, _SHAPE_NAMES), names_of(view.engine, mentioned)),
    )
    return render_with_licence(
        view,
        "report.html",
        canonical=f"{view.manifest.site.base}release/{view.manifest.version}/report",
        alternates=alternates,
        of_release=True,
        gravities=list(_gravities(wording)),
        comparison=comparison,
        rules=sum(1 for iri in said.index if said.objects(iri, _SUBJECT) and said.objects(iri, f"{_DQV}value")),
        shapes=[
            (wording.link(iri), said.objects(iri, f"{OWL}versionInfo")[0].value)  # type: ignore[union-attr]
            for iri in sorted(said.index)
            if said.objects(iri, f"{OWL}versionInfo")
        ],
        tools=[
            (said.objects(iri, LABEL)[0].value, said.objects(iri, _SOFTWARE_VERSION)[0].value)  # type: ignore[union-attr]
            for iri in said.index
            if f"{PROV}SoftwareAgent" in said.iris(iri, TYPE)
        ],
    )


def _gravities(wording: Wording) -> Iterator[Gravity]:
    facts = wording.facts
    results = [iri for iri in facts.index if facts.objects(iri, f"{SH}focusNode")]
    for name in SEVERITIES:
        found = [iri for iri in results if f"{SH}{name}" in facts.iris(iri, f"{SH}resultSeverity")]
        shown = sorted(found[:MOST_RESULTS], key=lambda iri: _shape(facts, iri))
        rules = [
            Rule(wording.link(shape), [_finding(wording, iri) for iri in about])
            for shape, about in groupby(shown, key=lambda iri: _shape(facts, iri))
        ]
        yield Gravity(name, len(found), rules, len(found) - len(shown))


def _shape(facts: Facts, result: str) -> str:
    return next(iter(facts.iris(result, f"{SH}sourceShape")), "")


def _finding(wording: Wording, result: str) -> Finding:
    node = wording.facts.objects(result, f"{SH}focusNode")[0]
    link = wording.link(node.value) if isinstance(node, NamedNode) else Link(Text(str(node)), "")
    messages = wording.best(wording.facts.objects(result, f"{SH}resultMessage"))
    base = wording.view.manifest.site.base
    texts = map(wording.text, messages)
    return Finding(link, [replace(text, words=text.words.replace(base, "")) for text in texts])
