"""What is said of one thing, as a page sets it out: its heading, its properties in groups, its technical rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import NamedNode

from si_lod.serve.nodes import LABELS
from si_lod.serve.pages.vocabulary import (
    ALTERNATIVE_NAMES,
    DERIVED_FROM,
    DESCRIPTIONS,
    IN_SCHEME,
    RDFS,
    TECHNICAL,
    TOP_CONCEPT_OF,
    TYPE,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from si_lod.serve.pages.facts import Facts
    from si_lod.serve.pages.thing.shapes import Presentation
    from si_lod.serve.pages.words.wording import Link, Text, Wording
    from si_lod.serve.view import View

SHOWN_APART: Final = frozenset(
    {TYPE, DERIVED_FROM, *(label.value for label in LABELS), *ALTERNATIVE_NAMES, *DESCRIPTIONS, *TECHNICAL}
)
"""The properties that a page shows elsewhere than among the others: in its heading, as sources, or at its end."""

_NOTHING: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rest:
    """How many values there are in all, where a page shows some; ``href`` leads to a query for all."""

    count: int
    href: str

    @classmethod
    def of(cls, view: View, iri: str, path: str, beyond: Mapping[str, int]) -> Self | None:
        """Return that of a property, of which there are so many as ``beyond`` says; None if all are shown."""
        if path not in beyond:
            return None
        query = f"SELECT ?value WHERE {{\n  {NamedNode(iri)} {NamedNode(path)} ?value .\n}}\nORDER BY ?value"
        return cls(beyond[path], view.link("/sparql", query=query))


@dataclass(frozen=True, slots=True)
class Property:
    """One property with its values, or with some of so many as ``rest`` says."""

    iri: str
    name: Text
    values: list[Text | Link]
    rest: Rest | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Properties that the shapes hold together; ``name`` is None for those that are in no group."""

    name: Text | None
    properties: list[Property]


@dataclass(frozen=True, slots=True)
class Heading:
    """The top of a thing's page."""

    name: Text
    alternatives: list[Text]
    types: list[Link]
    descriptions: list[Text]


def heading(wording: Wording, iri: str, classes: list[str]) -> Heading:
    """Return the top of the page about ``iri``, whose most specific classes are ``classes``.

    A thing without a name is called by its identifier; of classes with the same name, one is told.
    """
    facts = wording.facts
    named = {wording.term(name).words.casefold(): name for name in reversed(classes)}
    types = [replace(wording.link(name), text=wording.term(name)) for name in classes if name in named.values()]
    name = wording.name(iri) or wording.label(iri)
    texts = (text for path in DESCRIPTIONS for text in map(wording.text, wording.best(facts.objects(iri, path))))
    return Heading(name, _other_names(wording, iri, name), types, list(dict.fromkeys(texts)))


def specific(types: Collection[str], superclasses: Facts) -> list[str]:
    """Return those of ``types`` that follow from no other, given the ``rdfs:subClassOf`` of each."""
    above = {name: superclasses.iris(name, f"{RDFS}subClassOf") for name in types}
    implied = {class_ for name, found in above.items() for class_ in found if class_ != name}
    return sorted(set(types) - implied)


def groups(
    wording: Wording,
    presentation: Presentation,
    iri: str,
    hidden: Collection[str] = (),
    beyond: Mapping[str, int] = _NOTHING,
) -> list[Group]:
    """Return the properties of ``iri`` in the order and groups of the shapes, those without a shape last by name.

    ``beyond`` has how many values there are of each property of which ``wording`` knows only some.
    """
    left_out = {*SHOWN_APART, *hidden}
    paths = sorted(
        (path for path in wording.facts.about(iri) if path not in left_out), key=_order(wording, presentation)
    )
    return [
        Group(
            presentation.group_name(group, wording) if group else None,
            _properties(wording, presentation, iri, held, beyond),
        )
        for group, held in groupby(paths, presentation.group)
    ]


def technical(
    wording: Wording,
    presentation: Presentation,
    iri: str,
    classes: list[str],
    beyond: Mapping[str, int] = _NOTHING,
) -> list[Property]:
    """Return the properties that serve the data's keeping, and the types that ``classes`` imply."""
    said = wording.facts.about(iri)
    # To stand at the top of a list is to be in it (SKOS §4.6.3), which is told already.
    implied_too = {TOP_CONCEPT_OF} if IN_SCHEME in said else set()
    paths = sorted(set(said).intersection(TECHNICAL) - implied_too)
    found = list(_properties(wording, presentation, iri, paths, beyond))
    implied = sorted(set(wording.facts.iris(iri, TYPE)) - set(classes))
    if implied:
        found.append(Property(TYPE, presentation.name(TYPE, wording), [wording.link(name) for name in implied]))
    return found


def _order(wording: Wording, presentation: Presentation) -> Callable[[str], tuple[object, str, str]]:
    return lambda path: (presentation.rank(path), presentation.name(path, wording).words.casefold(), path)


def _properties(
    wording: Wording, presentation: Presentation, iri: str, paths: Iterable[str], beyond: Mapping[str, int]
) -> list[Property]:
    return [
        Property(
            path,
            presentation.name(path, wording),
            wording.items(wording.facts.objects(iri, path)),
            Rest.of(wording.view, iri, path, beyond),
        )
        for path in paths
    ]


def _other_names(wording: Wording, iri: str, name: Text) -> list[Text]:
    """Return what else a thing is called: the other names, then those in other naming properties than the heading's."""
    paths = (*ALTERNATIVE_NAMES, *(label.value for label in LABELS))
    called = (
        wording.called(iri, literal) for path in paths for literal in wording.best(wording.facts.objects(iri, path))
    )
    return list(dict.fromkeys(text for text in called if text != name and text.words.strip()))
