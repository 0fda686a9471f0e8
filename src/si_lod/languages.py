"""The languages of texts: which of several a reader gets, and the tags of the EU's authority table.

One order of languages is declared, for everything on every page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from babel.core import get_global
from pyoxigraph import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LANGUAGE: Final = "http://purl.org/dc/terms/language"
"""The property that says in which language a work is written."""

_AUTHORITY: Final = re.compile(r"http://publications\.europa\.eu/resource/authority/language/([A-Z]{3})")


def language_code(iri: str) -> str | None:
    """Return the tag (BCP 47) of a language of the EU's authority table, or None for any other IRI."""
    found = _AUTHORITY.fullmatch(iri)
    return get_global("language_aliases").get(found[1].lower(), found[1].lower()) if found else None


def only_language(iris: Iterable[str]) -> str:
    """Return the tag of the one language that all ``iris`` are; empty if they are none or several."""
    tags = {language_code(iri) or "" for iri in iris}
    return tags.pop() if len(tags) == 1 else ""


def best(terms: Iterable[object], languages: Sequence[str]) -> list[Literal]:
    """Return the literals to show of one property: those in the first language there is, and the untagged ones.

    The order: ``languages``, which are the page's and then the site's others; untagged; any other by its tag. Several
    of one language are in the order of their texts, since an engine gives them in any.
    """
    literals = sorted((term for term in terms if isinstance(term, Literal)), key=lambda literal: literal.value)
    if len(literals) <= 1:
        return literals
    tagged = {literal: _rank(literal, languages) for literal in literals if literal.language}
    untagged = [literal for literal in literals if not literal.language]
    first = min(tagged.values(), default=None)
    if first is None or (untagged and first[0] == len(languages)):
        return untagged
    return [*(literal for literal, rank in tagged.items() if rank == first), *untagged]


def is_variety(wanted: str, tag: str) -> bool:
    """Return whether ``tag`` is ``wanted`` or a variety of it (basic filtering, RFC 4647 §3.3.1)."""
    return f"{tag.lower()}-".startswith(f"{wanted.lower()}-")


def _rank(literal: Literal, languages: Sequence[str]) -> tuple[int, str]:
    tag = literal.language or ""
    places = [place for place, wanted in enumerate(languages) if is_variety(wanted, tag)]
    return (places[0], "") if places else (len(languages), tag)
