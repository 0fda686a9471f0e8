"""What became of an ontology and its terms from one version to the next, the latest first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.serve.pages.vocabulary import CHANGE_NOTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.serve.pages.words.wording import Link, Text, Wording

_NUMBER: Final = re.compile(r"\d{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Change:
    """A note of a change, and the term that it is about if it is about one."""

    term: Link | None
    text: Text


def changes(wording: Wording, document: str, defined: Iterable[str]) -> list[Change]:
    """Return the change notes of the document, those that begin with the highest numbers first, then of its terms."""
    own = sorted(_notes(wording, document), key=_version, reverse=True)
    of_terms = [Change(wording.link(term), text) for term in defined for text in _notes(wording, term)]
    return [*(Change(None, text) for text in own), *of_terms]


def _notes(wording: Wording, iri: str) -> list[Text]:
    found = [wording.best(wording.facts.objects(iri, path)) for path in CHANGE_NOTES]
    return [wording.text(literal) for literals in found for literal in literals]


def _version(text: Text) -> list[int]:
    """Return the numbers of the word that the note begins with: its version, as ``1.10.0``."""
    first, _, _ = text.words.partition(" ")
    return [int(number) for number in _NUMBER.findall(first)]
