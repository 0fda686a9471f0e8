"""How a term reads on a page: names in the reader's language, links that lead somewhere, values as people write."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode

from si_lod.languages import LANGUAGE, best, is_variety, only_language
from si_lod.serve.nodes import LABELS
from si_lod.serve.pages.vocabulary import IDENTIFIER, NOTATION, SH, XSD
from si_lod.serve.pages.words.abbreviation import FETCHABLE, prefixed, short
from si_lod.serve.pages.words.formatting import country_name, language_name, written
from si_lod.serve.pages.words.usual import usual_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.engine.evaluation import Term
    from si_lod.serve.pages.facts import Facts
    from si_lod.serve.view import View

_WORD_ENDS: Final = re.compile(r"[_-]+|(?<=[a-z0-9])(?=[A-Z])")
_PICTURES: Final = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"} | {
    0x7F: 0x2421,
    0xFFFE: 0xFFFD,
    0xFFFF: 0xFFFD,
}
"""Control characters, which HTML has no place for, and the pictures of them (Unicode, Control Pictures); and what is no
character, which XML has none for (XML 1.0 §2.2)."""

LONGEST_LINK: Final = 240
"""How many characters of a name a mention has; the page of the thing has all."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words to show; ``language`` is told where it is not the page's own, and is empty if no one knows it."""

    words: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A mention of ``iri``; ``href`` is None where there is nothing that a browser could safely open."""

    text: Text
    iri: str
    href: str | None = None
    external: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for the terms of one page, drawn from ``facts``."""

    view: View
    facts: Facts
    _links: dict[str, Link] = field(default_factory=dict, init=False, compare=False, repr=False)

    def best(self, terms: Iterable[Term]) -> list[Literal]:
        """Return the literals that this reader gets."""
        return best(terms, self.view.languages)

    def text(self, literal: Literal) -> Text:
        """Return ``literal`` as words, with its language where that is not the page's."""
        language = literal.language
        if language and not is_variety(self.view.language, language):
            return Text(literal.value.translate(_PICTURES), language)
        return Text(written(literal, self.view.locale).translate(_PICTURES))

    def called(self, iri: str, name: Literal) -> Text:
        """Return one of the names of ``iri``; one that tells no language is in that of ``iri``."""
        if name.datatype.value != f"{XSD}string":
            return self.text(name)
        tag = self.language(iri)
        return self.text(Literal(name.value, language=tag) if tag else name)

    def language(self, iri: str) -> str:
        """Return the tag of the one language that ``iri`` is said to be in; empty if it is none or several."""
        return only_language(self.facts.iris(iri, LANGUAGE))

    def name(self, iri: str) -> Text | None:
        """Return the name of ``iri``, by the first naming property that it has, or None.

        A class may be named by its shape, a language and a country by the code in the EU's authority tables.
        """
        for property_ in (*(label.value for label in LABELS), f"{SH}name"):
            # A name of nothing but blanks is no name: nobody could see or follow it.
            found = [literal for literal in self.best(self.facts.objects(iri, property_)) if literal.value.strip()]
            if found:
                return self.called(iri, found[0])
        known = language_name(iri, self.view.locale) or country_name(iri, self.view.locale)
        return Text(known) if known else None

    def label(self, iri: str) -> Text:
        """Return the name of ``iri`` or, where it has none, the best that its identifier and IRI can do."""
        return self.name(iri) or Text(self.code(iri))

    def code(self, iri: str) -> str:
        """Return the identifier of ``iri``, or a short form of the IRI itself."""
        codes = [*self.facts.objects(iri, IDENTIFIER), *self.facts.objects(iri, NOTATION)]
        if codes and isinstance(codes[0], Literal):
            return codes[0].value
        return self.short(iri) if self.view.href(iri) is None or "#" in iri else iri.rpartition("/")[2]

    def term(self, iri: str) -> Text:
        """Return the name of a class or property, or the usual one, or else its local name in (English) words."""
        named = self.name(iri)
        if named is not None:
            return named
        if usual := usual_name(iri, self.view.locale):
            return Text(usual)
        words = _WORD_ENDS.sub(" ", iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]).lower()
        return Text(words, None if is_variety("en", self.view.language) else "en")

    def short(self, iri: str) -> str:
        """Return ``iri`` as a prefixed name if the site declares a fitting prefix, else as short as it can be read."""
        return short(iri, self.view.manifest.site.prefixes)

    def prefixed(self, iri: str) -> str:
        """Return ``iri`` as a prefixed name if a fitting prefix is known, else as it is."""
        return prefixed(iri, self.view.manifest.site.prefixes)

    def link(self, iri: str) -> Link:
        """Return a mention of ``iri`` that leads to its page here or, if it is no thing of the site, to itself."""
        if iri not in self._links:
            self._links[iri] = self._link(iri)
        return self._links[iri]

    def _link(self, iri: str) -> Link:
        href, text = self.view.href(iri), _cut(self.label(iri))
        if href is not None:
            return Link(text, iri, href)
        fetchable = urlsplit(iri).scheme.lower() in FETCHABLE
        return Link(text, iri, iri if fetchable else None, external=fetchable)

    def item(self, term: Term) -> Text | Link:
        """Return ``term`` as it reads: a literal as words, an IRI as a link."""
        if isinstance(term, Literal):
            return self.text(term)
        return self.link(term.value) if isinstance(term, NamedNode) else Text(str(term))

    def items(self, terms: Iterable[Term]) -> list[Text | Link]:
        """Return what the reader gets of one property's values: IRIs by their label, then the best literals."""
        every = list(terms)
        links = sorted((self.link(t.value) for t in every if isinstance(t, NamedNode)), key=by_words)
        return [*links, *map(self.text, self.best(every))]


def by_words(item: Text | Link) -> tuple[str, str]:
    """Return what an alphabetical list is sorted by."""
    words = item.text.words if isinstance(item, Link) else item.words
    return words.casefold(), item.iri if isinstance(item, Link) else ""


def _cut(text: Text) -> Text:
    words = text.words
    return text if len(words) <= LONGEST_LINK else Text(f"{words[:LONGEST_LINK].rstrip()}…", text.language)
