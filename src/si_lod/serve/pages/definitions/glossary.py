"""The terms of an ontology as they are documented: what each means, how they hang together, and how they are used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.serve.pages.facts import Facts
from si_lod.serve.pages.thing.properties import Group, groups, specific
from si_lod.serve.pages.thing.shapes import Presentation
from si_lod.serve.pages.vocabulary import (
    CHANGE_NOTES,
    COMMENT,
    DEFINITION,
    OWL,
    QB,
    RDF,
    RDFS,
    SCHEMA,
    TYPE,
)
from si_lod.serve.pages.words.wording import Link, Text, Wording, by_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from si_lod.serve.pages.definitions.usage import Use, Uses

CLASSES: Final = frozenset({f"{OWL}Class", f"{RDFS}Class"})
PROPERTIES: Final = frozenset(
    {f"{RDF}Property"}
    | {f"{OWL}{kind}Property" for kind in ("Object", "Datatype", "Annotation", "Functional", "Symmetric")}
    | {f"{QB}{kind}Property" for kind in ("Dimension", "Measure", "Attribute", "Coded", "Component")}
)
PARENTS: Final = (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf")
DOMAINS: Final = (f"{RDFS}domain", f"{SCHEMA}domainIncludes")
RANGES: Final = (f"{RDFS}range", f"{SCHEMA}rangeIncludes")
_TOLD: Final = frozenset({*PARENTS, *DOMAINS, *RANGES, *CHANGE_NOTES, f"{RDFS}isDefinedBy"})


@dataclass(frozen=True, slots=True)
class Term:
    """One class or property as it is documented.

    ``parents`` and ``children`` are broader and narrower terms. A property is said of ``domains`` and its values are
    ``ranges``; a class has ``properties`` and is where ``led_to`` lead. ``used_with`` is what the data has besides:
    other properties of the class's things, or the classes of the things that have the property.
    """

    anchor: str
    iri: str
    short: str
    name: Text
    kinds: list[str]
    definitions: list[Text]
    parents: list[Link]
    children: list[Link]
    domains: list[Link]
    ranges: list[Link]
    properties: list[Link]
    led_to: list[Link]
    used_with: list[Link]
    use: Use
    rest: list[Group]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms that one document defines: their IRIs, and the words for them."""

    wording: Wording
    defined: list[str]
    uses: Uses

    def classes(self) -> list[Term]:
        """Return the classes, by name."""
        return self._terms(CLASSES)

    def properties(self) -> list[Term]:
        """Return the properties, by name."""
        return self._terms(PROPERTIES)

    def _terms(self, kinds: frozenset[str]) -> list[Term]:
        types = self.wording.facts
        found = [self._term(iri) for iri in self.defined if kinds.intersection(types.iris(iri, TYPE))]
        return sorted(found, key=lambda term: (term.name.words.casefold(), term.iri))

    def _term(self, iri: str) -> Term:
        wording, facts = self.wording, self.wording.facts
        said = [literal for path in (DEFINITION, COMMENT) for literal in wording.best(facts.objects(iri, path))]
        properties, led_to = self._users(iri, DOMAINS), self._users(iri, RANGES)
        beside = self.uses.beside(iri, {*properties, *linked(wording, iri, DOMAINS)})
        return Term(
            anchor=anchor(iri),
            iri=iri,
            short=wording.short(iri),
            name=wording.label(iri),
            kinds=facts.iris(iri, TYPE),
            definitions=list(dict.fromkeys(map(wording.text, said))),
            parents=self._links(linked(wording, iri, PARENTS)),
            children=self._links(self._users(iri, PARENTS)),
            domains=self._links(linked(wording, iri, DOMAINS)),
            ranges=self._links(linked(wording, iri, RANGES)),
            properties=self._links(properties),
            led_to=self._links(led_to),
            used_with=self._links(specific(beside, facts)),
            use=self.uses.of(wording, iri),
            rest=groups(wording, Presentation(Facts.of(), {}), iri, _TOLD),
        )

    def _users(self, iri: str, paths: Collection[str]) -> list[str]:
        """Return the defined terms that are linked to ``iri`` by one of ``paths``."""
        return [one for one in self.defined if iri in linked(self.wording, one, paths)]

    def _links(self, iris: Iterable[str]) -> list[Link]:
        return sorted(map(self.wording.link, dict.fromkeys(iris)), key=by_words)


def anchor(iri: str) -> str:
    """Return the local name of a term, which is its place on the page."""
    return iri.rpartition("#")[2].rpartition("/")[2]


def linked(wording: Wording, iri: str, paths: Iterable[str]) -> list[str]:
    """Return what ``iri`` is linked to by any of ``paths``."""
    return [other for path in paths for other in wording.facts.iris(iri, path)]
