"""How an ontology is tied to other vocabularies: the namespaces that it draws on, and to which its terms relate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.serve.nodes import is_generated
from si_lod.serve.pages.definitions.glossary import DOMAINS, RANGES
from si_lod.serve.pages.vocabulary import OWL, QB, RDFS, SH, SKOS, TYPE
from si_lod.serve.pages.words.wording import Link, Wording, by_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.serve.pages.facts import Facts

_NAMESPACE: Final = re.compile(r"(.*[#/])([^#/]+)")
TIES: Final = (
    *(f"{RDFS}{kind}" for kind in ("subClassOf", "subPropertyOf")),
    *(f"{OWL}{kind}" for kind in ("equivalentClass", "equivalentProperty")),
    *(f"{SKOS}{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")),
    f"{QB}concept",
)
"""The properties that say how a term relates to one of another vocabulary."""

_PLACES: Final = (
    TYPE,
    *TIES,
    *DOMAINS,
    *RANGES,
    f"{OWL}disjointWith",
    *(f"{SH}{name}" for name in ("path", "targetClass", "targetSubjectsOf", "targetObjectsOf", "class", "datatype")),
)
"""The properties whose values are terms."""


@dataclass(frozen=True, slots=True)
class Namespace:
    """A namespace with the terms of it that are used; ``prefix`` is empty where the site has none for it."""

    prefix: str
    iri: str
    terms: list[Link]


@dataclass(frozen=True, slots=True)
class Tie:
    """One term, how it relates to others, and to which."""

    term: Link
    relation: str
    others: list[Link]


def mentioned(facts: Facts, subjects: Iterable[str]) -> set[str]:
    """Return every term that is a property of ``subjects`` or a value where a term is expected."""
    found: set[str] = set()
    for subject in subjects:
        found |= facts.about(subject).keys()
        found |= {value for place in _PLACES for value in facts.iris(subject, place) if not is_generated(value)}
    return found


def namespaces(wording: Wording, terms: Iterable[str]) -> list[Namespace]:
    """Return the namespaces of ``terms``, each with its terms by name, in the order of their IRIs."""
    prefixes = {space: prefix for prefix, space in wording.view.manifest.site.prefixes.items()}
    found: dict[str, list[Link]] = {}
    for term in sorted(set(terms)):
        parts = _NAMESPACE.fullmatch(term)
        if parts:
            found.setdefault(parts[1], []).append(wording.link(term))
    return [Namespace(prefixes.get(space, ""), space, links) for space, links in found.items()]


def ties(wording: Wording, defined: Iterable[str]) -> list[Tie]:
    """Return how the ``defined`` terms relate to terms that are not, by name."""
    own = set(defined)
    found = [
        Tie(wording.link(term), relation, [wording.link(other) for other in sorted(others)])
        for term in own
        for relation in TIES
        if (others := set(wording.facts.iris(term, relation)) - own)
    ]
    return sorted(found, key=lambda tie: (by_words(tie.term), TIES.index(tie.relation)))
