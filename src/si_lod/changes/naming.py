"""Naming: what the releases that are compared call things and properties, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Store

_LABELS: Final = tuple(
    map(
        NamedNode,
        (
            "http://www.w3.org/2004/02/skos/core#prefLabel",
            "http://www.w3.org/2000/01/rdf-schema#label",
            "http://purl.org/dc/terms/title",
            "http://xmlns.com/foaf/0.1/name",
            "https://schema.org/name",
        ),
    )
)
"""The properties that name a thing, the one to prefer first."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that these stores have, the first store before the next, in ``languages``, the first preferred."""

    stores: Sequence[Store] = ()
    languages: Sequence[str] = ()

    def of(self, iri: str) -> str:
        """Return the name of a thing or a property; nothing when it has none, also in no other language."""
        for store in self.stores:
            for label in _LABELS:
                found = [quad.object for quad in store.quads_for_pattern(NamedNode(iri), label, None, DefaultGraph())]
                names = sorted((name for name in found if isinstance(name, Literal)), key=self._rank)
                if names:
                    return names[0].value
        return ""

    def _rank(self, name: Literal) -> tuple[int, str]:
        tags = list(self.languages)
        return (tags.index(name.language) if name.language in tags else len(tags), name.value)
