"""What a library or the machine says, in the reader's language as far as its words are known.

A table of phrases stands beside whoever speaks to the library. What no phrase knows is quoted, and said to be English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from si_lod.sentences import LANGUAGES, Sentence, language_of, told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from gettext import NullTranslations


class Quoted(Sentence):
    """A text in English that nobody has translated."""

    __slots__ = ()

    @classmethod
    def text(cls, text: str) -> Self:
        """Return the text as it is."""
        return cls.of("{text}", {"text": text})

    def said(self, catalogue: NullTranslations) -> str:
        """Return the text as it is in English, and elsewhere with the word that it is English."""
        if language_of(catalogue) == LANGUAGES[0]:
            return super().said(catalogue)
        return told("the reader's message is, in English: {text}", text=self.values["text"]).said(catalogue)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a library says in many places: ``pattern`` finds it, and its groups fill in ``template``."""

    pattern: re.Pattern[str]
    template: str


def phrase(pattern: str, template: str = "") -> Phrase:
    """Return the phrase of a regular expression; without a template the words are taken as they are."""
    return Phrase(re.compile(pattern if template else re.escape(pattern), re.DOTALL), template or pattern)


def quoted(text: str, phrases: Iterable[Phrase]) -> Sentence:
    """Return the text as a sentence: by the first phrase that is all of it, else quoted.

    What a phrase calls ``problem`` is said by a phrase again. A sentence is returned as it is.
    """
    if isinstance(text, Sentence):
        return text
    phrases = tuple(phrases)
    for known in phrases:
        if found := known.pattern.fullmatch(text):
            groups = found.groupdict()
            said = {name: quoted(part, phrases) if name == "problem" else part for name, part in groups.items()}
            return Sentence.of(known.template, said)
    return Quoted.text(text)
