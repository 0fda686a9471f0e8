"""What a page is about in schema.org's words, as JSON-LD, from the same facts that the page shows.

Names are in the page's language; a text in another says so (JSON-LD 1.1 §4.2.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Self

from pyoxigraph import Literal, NamedNode

from si_lod.languages import is_variety, language_code
from si_lod.serve.licences import own_address
from si_lod.serve.pages.standing import superclasses, superproperties
from si_lod.serve.pages.structured.schema import ADDRESSES, kinds, spoken
from si_lod.serve.pages.vocabulary import DCAT, DESCRIPTIONS, EXACT_MATCH, TYPE
from si_lod.serve.pages.words.formatting import country_code, numeric
from si_lod.serve.pages.words.wording import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.engine.evaluation import Term
    from si_lod.serve.pages.facts import Facts
    from si_lod.serve.pages.words.wording import Wording

Node = dict[str, Any]
"""A node object of JSON-LD."""

_MOST_EXACT: Final = 2**53
"""Up to here every integer is a number to every reader of JSON (RFC 8259 §6)."""


@dataclass(frozen=True, slots=True)
class Translator:
    """Says facts in schema.org's words; ``superclasses`` and ``superproperties`` are the site's, whole chains."""

    wording: Wording
    superclasses: Facts
    superproperties: Facts

    @classmethod
    def of(cls, wording: Wording) -> Self:
        """Return a translator that knows how the site's terms hang together."""
        known = wording.view.known
        return cls(wording, known(superclasses), known(superproperties))

    def kinds(self, iri: str) -> list[str]:
        """Return the types of ``iri`` in schema.org; none if it is nothing that schema.org knows."""
        return kinds(self.wording.facts.iris(iri, TYPE), self.superclasses)

    def entity(self, iri: str, page: str) -> Node:
        """Return all that can be said of ``iri``, which the page at ``page`` is about; empty if it has no type."""
        types = self.kinds(iri)
        if not types:
            return {}
        node = {**self.mention(iri), "mainEntityOfPage": page, "url": page}
        descriptions = (self.wording.best(self.wording.facts.objects(iri, name)) for name in DESCRIPTIONS)
        texts = [self.said(found[0]) for found in descriptions if found]
        if texts:
            node["description"] = texts[0]
        return node | self.properties(iri, types[0])

    def properties(self, iri: str, kind: str) -> Node:
        """Return what is said of ``iri`` by properties that schema.org has, sorted; single values by themselves."""
        found: dict[str, dict[str, Any]] = {}
        for property_, objects in self.wording.facts.about(iri).items():
            for name in spoken(property_, self.superproperties, kind):
                found.setdefault(name, {}).update((str(value), value) for value in self.values(name, objects))
        return {
            name: single([said for _, said in sorted(told.items())]) for name, told in sorted(found.items()) if told
        }

    def mention(self, iri: str) -> Node:
        """Return ``iri`` with its type and name, as far as it has them."""
        types, name = self.kinds(iri), self.wording.name(iri)
        node: Node = {"@id": iri}
        if types:
            node["@type"] = single(types)
        if name:
            node["name"] = worded(name)
        return node

    def values(self, name: str, terms: Iterable[Term]) -> Iterator[Any]:
        """Yield the values of the property ``name``: of literals those that the page's reader gets."""
        every = list(terms)
        for term in every:
            if isinstance(term, NamedNode):
                yield self.valued(name, term.value)
        for literal in self.wording.best(every):
            said = self.said(literal)
            yield {"@type": "Organization", "name": said} if name == "publisher" else said

    def valued(self, name: str, iri: str) -> Any:
        """Return ``iri`` as a value of the property ``name``."""
        match name:
            case "license":
                return own_address([iri], lambda code: self.wording.facts.iris(code, EXACT_MATCH))
            case "creator" | "publisher":
                return {"@type": "Organization", **self.mention(iri)}
            case "spatialCoverage" if country_code(iri):
                return {"@id": iri, "@type": "Country", "name": self.wording.label(iri).words}
            case "temporalCoverage":
                return "/".join(self._day(iri, f"{DCAT}{end}Date") or ".." for end in ("start", "end"))
            case "variableMeasured":
                return worded(self.wording.label(iri))
        return plain(name, iri) or self.mention(iri)

    def said(self, literal: Literal) -> Any:
        """Return a literal as JSON-LD says it."""
        number = numeric(literal)
        if number is not None:
            return as_number(number)
        foreign = literal.language and not is_variety(self.wording.view.language, literal.language)
        return worded(Text(literal.value, literal.language if foreign else None))

    def _day(self, iri: str, property_: str) -> str:
        found = self.wording.facts.objects(iri, property_)
        return min((term.value for term in found if isinstance(term, Literal)), default="")


def plain(name: str, iri: str) -> str | None:
    """Return ``iri`` as text where the property ``name`` wants a code or an address, else None."""
    match name:
        case "inLanguage":
            return language_code(iri)
        case "encodingFormat":
            return "/".join(iri.split("/")[-2:])
    return iri if name in ADDRESSES else None


def worded(text: Text) -> Any:
    """Return a text, with its language where that is not the page's."""
    return {"@language": text.language, "@value": text.words} if text.language else text.words


def as_number(number: Decimal) -> int | float | str:
    """Return ``number`` as a number where JSON keeps it exactly, else as text."""
    if number == number.to_integral_value():
        return int(number) if abs(number) <= _MOST_EXACT else str(number)
    return float(number) if Decimal(repr(float(number))) == number else str(number)


def single(values: list[Any]) -> Any:
    """Return the one value, or all of several."""
    return values[0] if len(values) == 1 else values
