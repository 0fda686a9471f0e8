"""The documentation of an ontology: its header, its classes and properties, and the code lists that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.serve.pages.codelists import codelists
from si_lod.serve.pages.facts import LABEL_TERMS, Facts, asked, of_triples
from si_lod.serve.pages.properties import Group, groups, heading
from si_lod.serve.pages.rendering import render_with_licence
from si_lod.serve.pages.rules import rule_sets
from si_lod.serve.pages.shapes import Presentation
from si_lod.serve.pages.vocabulary import COMMENT, DEFINITION, OWL, PREFIXES, QB, RDF, RDFS, SCHEMA, SH, TYPE
from si_lod.serve.pages.wording import Link, Text, Wording, by_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.serve.description import Description
    from si_lod.serve.view import View

_CLASSES: Final = frozenset({f"{OWL}Class", f"{RDFS}Class"})
_PROPERTIES: Final = frozenset(
    {f"{RDF}Property"}
    | {f"{OWL}{kind}Property" for kind in ("Object", "Datatype", "Annotation", "Functional")}
    | {f"{QB}{kind}Property" for kind in ("Dimension", "Measure", "Attribute", "Coded", "Component")}
)
_PARENTS: Final = (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf")
_DOMAINS: Final = (f"{RDFS}domain", f"{SCHEMA}domainIncludes")
_RANGES: Final = (f"{RDFS}range", f"{SCHEMA}rangeIncludes")
_TOLD: Final = frozenset({*_PARENTS, *_DOMAINS, *_RANGES, f"{RDFS}isDefinedBy"})

_NAMES: Final = f"""{PREFIXES}
SELECT DISTINCT ?this ?s ?p ?o WHERE {{
  {{ ?term rdfs:isDefinedBy ?this ; ?any ?s }} UNION {{ ?this ?any ?s }}
  ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }}"""


@dataclass(frozen=True, slots=True)
class Term:
    """One class or property as it is documented; ``used_in`` are the terms that have it as domain or range."""

    anchor: str
    iri: str
    short: str
    name: Text
    definitions: list[Text]
    parents: list[Link]
    domains: list[Link]
    ranges: list[Link]
    used_in: list[Link]
    rest: list[Group]


def definition_page(view: View, description: Description, alternates: Sequence[tuple[str, str]]) -> str:
    """Return the documentation of ``description.iri``: an ontology with the terms that it defines, or shapes.

    The code lists go with the site's ontology.
    """
    own = list(of_triples(description.own))
    names = asked(view.engine, _NAMES, this=NamedNode(description.iri))
    wording = Wording(view, Facts.of(own, of_triples(description.labels), names))
    defined = sorted({subject for subject, _, _ in own} - {description.iri})
    return render_with_licence(
        view,
        "definition.html",
        iri=description.iri,
        canonical=description.iri,
        alternates=alternates,
        heading=heading(wording, description.iri, wording.facts.iris(description.iri, TYPE)),
        header=groups(wording, Presentation(Facts.of(), {}), description.iri, {f"{SH}declare"}),
        classes=_terms(wording, defined, _CLASSES),
        properties=_terms(wording, defined, _PROPERTIES),
        codelists=codelists(view) if description.iri == view.manifest.site.ontology else [],
        rule_sets=rule_sets(view, description.iri),
    )


def _terms(wording: Wording, defined: list[str], kinds: frozenset[str]) -> list[Term]:
    """Return those of ``defined`` that are of one of ``kinds``, by name."""
    found = [_term(wording, iri, defined) for iri in defined if kinds.intersection(wording.facts.iris(iri, TYPE))]
    return sorted(found, key=lambda term: (term.name.words.casefold(), term.iri))


def _term(wording: Wording, iri: str, defined: list[str]) -> Term:
    said = [literal for path in (DEFINITION, COMMENT) for literal in wording.best(wording.facts.objects(iri, path))]
    users = [one for one in defined if iri in _linked(wording, one, (*_DOMAINS, *_RANGES))]
    return Term(
        anchor=iri.rpartition("#")[2].rpartition("/")[2],
        iri=iri,
        short=wording.short(iri),
        name=wording.label(iri),
        definitions=list(dict.fromkeys(map(wording.text, said))),
        parents=_links(wording, _linked(wording, iri, _PARENTS)),
        domains=_links(wording, _linked(wording, iri, _DOMAINS)),
        ranges=_links(wording, _linked(wording, iri, _RANGES)),
        used_in=_links(wording, users),
        rest=groups(wording, Presentation(Facts.of(), {}), iri, _TOLD),
    )


def _linked(wording: Wording, iri: str, paths: tuple[str, ...]) -> list[str]:
    return [other for path in paths for other in wording.facts.iris(iri, path)]


def _links(wording: Wording, iris: list[str]) -> list[Link]:
    return sorted(map(wording.link, dict.fromkeys(iris)), key=by_words)
