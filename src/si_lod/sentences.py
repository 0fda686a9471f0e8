"""Sentences: what is told to people, in English, ready to be said in another language.

A sentence *is* its English text, so it can be compared, sorted, joined to a path and written to a log like any text.
It also remembers what it was made of, so that at the edge, where the reader's language is known, ``say`` can make it
again from the catalogue in ``translations``. Whatever is filled in may be a sentence itself.
"""

from __future__ import annotations

import re
from gettext import NullTranslations, translation
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES: Final = ("en", "nl")
"""The languages that sentences can be said in; the first is the one they are written in."""

FOLDER: Final = Path(__file__).parent / "translations"
"""Where the catalogues are."""
_DOMAIN: Final = "si_lod"
_MARKS: Final[Mapping[str, Mapping[int, str]]] = {"nl": {ord(","): ".", ord("."): ","}}
"""What stands in a number in the place of the comma and the point of English, by language."""


class Sentence(str):
    """An English text with the template and values that it was made of; ``many`` is the template for the plural."""

    __slots__ = ("many", "number", "template", "values")

    template: str
    values: Mapping[str, object]
    many: str
    number: int

    @classmethod
    def of(cls, template: str, values: Mapping[str, object], *, many: str = "", number: int = 1) -> Self:
        """Return the sentence; the plural's template is taken when ``number`` is not one.

        Of an exception it keeps the words alone: a traceback would keep whatever it came through.
        """
        values = {name: str(value) if isinstance(value, BaseException) else value for name, value in values.items()}
        sentence = cls((template if number == 1 or not many else many).format_map(values))
        sentence.template, sentence.values, sentence.many, sentence.number = template, values, many, number
        return sentence

    def __str__(self) -> str:
        """Return the sentence itself, so that it comes unharmed through an exception's message."""
        return self

    @property
    def kind(self) -> str:
        """The template by which sentences about the same fault are known; one that only joins others has theirs."""
        said = "".join(literal for literal, *_ in Formatter().parse(self.template))
        inner = [value.kind for value in self.values.values() if isinstance(value, Sentence)]
        return self.template if any(map(str.isalpha, said)) or not inner else inner[-1]

    def said(self, catalogue: NullTranslations) -> str:
        """Return the text by that catalogue."""
        template = (
            catalogue.ngettext(self.template, self.many, self.number) if self.many else catalogue.gettext(self.template)
        )
        return template.format_map({name: _filled_in(value, catalogue) for name, value in self.values.items()})


def _filled_in(value: object, catalogue: NullTranslations) -> object:
    if isinstance(value, Sentence):
        return value.said(catalogue)
    if isinstance(value, int) and not isinstance(value, bool):
        return _Number.of(value, language_of(catalogue))
    if isinstance(value, float):
        return _Fraction.of(value, language_of(catalogue))
    return value


def language_of(catalogue: NullTranslations) -> str:
    """Return the language that a catalogue is in."""
    return str(catalogue.info().get("language", LANGUAGES[0]))


class _Number(int):
    """A whole number whose thousands are set apart as its language does it."""

    marks: Mapping[int, str]

    @classmethod
    def of(cls, number: int, language: str) -> Self:
        made = cls(number)
        made.marks = _MARKS.get(language, {})
        return made

    def __format__(self, form: str) -> str:
        return int.__format__(self, form).translate(self.marks)


class _Fraction(float):
    """A number whose part below one stands behind the mark of its language."""

    marks: Mapping[int, str]

    @classmethod
    def of(cls, number: float, language: str) -> Self:
        made = cls(number)
        made.marks = _MARKS.get(language, {})
        return made

    def __format__(self, form: str) -> str:
        return float.__format__(self, form).translate(self.marks)


class Translated(Sentence):
    """A text that its author gives in several languages, such as the message of a shape."""

    __slots__ = ("texts",)

    texts: Mapping[str, str]

    @classmethod
    def by_language(cls, texts: Mapping[str, str]) -> Self:
        """Return the text of these languages; it is known by the English one, else by the first."""
        text = texts.get("en") or next(iter(texts.values()))
        translated = cls.of("{text}", {"text": text})
        translated.texts = texts
        return translated

    def said(self, catalogue: NullTranslations) -> str:
        """Return the text in the catalogue's language, else the one by which it is known."""
        return self.texts.get(language_of(catalogue), self)


def told(template: str, /, **values: object) -> Sentence:
    """Return the sentence that the English ``template`` makes of the values (PEP 3101's braces)."""
    return Sentence.of(template, values)


def counted(one: str, many: str, number: int, /, **values: object) -> Sentence:
    """Return the sentence for that many things; the templates may name ``{number}``."""
    return Sentence.of(one, {"number": number, **values}, many=many, number=number)


def listed(items: Sequence[str]) -> str:
    """Return the items joined by "and".

    >>> listed(["id", "year", "place"])
    'id and year and place'
    """
    said = items[0] if items else ""
    for item in items[1:]:
        said = told("{some} and {another}", some=said, another=item)
    return said


def say(text: str, language: str) -> str:
    """Return the text in that language where it is a sentence that the catalogue has, else as it is."""
    return str.__str__(text.said(_catalogue(language)) if isinstance(text, Sentence) else text)


def outline(kind: str, language: str) -> str:
    """Return the kind of a sentence in that language, with an ellipsis for whatever is filled in.

    >>> outline("expected {what}, found {found}{hint}", "nl")
    'verwachtte …, vond …'
    """
    template = _catalogue(language).gettext(kind)
    try:
        parts = [literal + ("…" if name is not None else "") for literal, name, *_ in Formatter().parse(template)]
    except ValueError:
        return template
    return re.sub("…+", "…", "".join(parts))


def in_language(file: str, language: str) -> str:
    """Return the name of a file of text in that language; in the first language it has its plain name.

    >>> in_language("report.txt", "en"), in_language("report.txt", "nl")
    ('report.txt', 'report.nl.txt')
    """
    stem, _, suffix = file.rpartition(".")
    return file if language == LANGUAGES[0] else f"{stem}.{language}.{suffix}"


def _catalogue(language: str) -> NullTranslations:
    # The library keeps what it has read, so this is cheap to ask again.
    return translation(_DOMAIN, FOLDER, [language], fallback=True)
