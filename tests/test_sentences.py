"""Sentences: English text that can be said in Dutch, and a catalogue that has every one of them."""

from __future__ import annotations

import ast
import io
import weakref
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import si_lod
from si_lod.errors import InvalidFiles, NoRelease, Problem
from si_lod.sentences import LANGUAGES, Sentence, Translated, counted, listed, say, told
from si_lod.settings import spoken

PACKAGE = Path(si_lod.__file__).parent
CATALOGUES = sorted(PACKAGE.glob("translations/*/LC_MESSAGES/si_lod.po"))
SPOKEN = sorted(PACKAGE.rglob("*.py"))

Message = str | tuple[str, ...]


def words(template: str) -> str:
    return "".join(literal for literal, *_ in Formatter().parse(template))


def placeholders(template: str) -> set[tuple[str | None, str | None, str | None]]:
    return {(name, form, how) for _, name, form, how in Formatter().parse(template) if name}


def written() -> set[Message]:
    """What the code tells, however deep inside another sentence; the pages' own words have catalogues of their own."""
    calls = (
        node
        for path in SPOKEN
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"told", "counted", "phrase"}
    )
    return {message for message in map(_message, calls) if any(map(str.isalpha, words(_first(message))))}


def _message(call: ast.Call) -> Message:
    if getattr(call.func, "id", "") == "phrase":
        return str(ast.literal_eval(call.args[-1]))
    templates = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    assert len(templates) == len(call.args) or len(templates) == 2, f"a template is written out: {ast.unparse(call)}"
    return str(templates[0]) if len(templates) == 1 else tuple(map(str, templates))


def _first(message: Message) -> str:
    return message if isinstance(message, str) else message[0]


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def entries(path: Path) -> Iterator[tuple[Message, Message]]:
    for message in read(path):
        if message.id:
            key = message.id if isinstance(message.id, str) else tuple(message.id)
            yield key, message.string if isinstance(message.string, str) else tuple(message.string or ())


def test_a_sentence_keeps_the_words_of_an_exception_and_nothing_that_it_came_through() -> None:
    class Large:
        """What a function had when it failed."""

    kept: list[weakref.ref[Large]] = []

    def fail() -> None:
        large = Large()
        kept.append(weakref.ref(large))
        raise ValueError(told("no {what}", what="store"))

    try:
        fail()
    except ValueError as error:
        sentence = told("{path}: {error}", path="here", error=error)
    assert sentence == "here: no store"
    assert isinstance(sentence.values["error"], Sentence), "it can still be said in another language"
    assert kept[0]() is None


def test_a_sentence_is_its_english_text() -> None:
    sentence = told('{name}: expected {expected}, found "{text}"', name="port", expected="a text", text="http")
    assert sentence == 'port: expected a text, found "http"'
    assert sorted([sentence, "a"]) == ["a", sentence]


def test_a_sentence_is_said_in_dutch_with_what_is_filled_in() -> None:
    verdict = told("nothing was published")
    sentence = told("{found}; {verdict}", found="2", verdict=verdict)
    assert say(sentence, "nl") == "2; er is niets gepubliceerd"
    assert say(sentence, "en") == "2; nothing was published"
    assert type(say(sentence, "nl")) is str


def test_a_fraction_has_the_mark_of_the_language() -> None:
    sentence = told("no process was ready within {seconds:g} s to evaluate the query; try again", seconds=0.5)
    assert "within 0.5 s" in say(sentence, "en")
    assert "binnen 0,5 s" in say(sentence, "nl")
    assert "binnen 2 s" in say(told(sentence.template, seconds=2.0), "nl")


def test_braces_in_what_is_filled_in_stay_as_they_are() -> None:
    assert say(told("expected Turtle: {error}", error="found { and {error}"), "nl") == (
        "verwachtte Turtle: found { and {error}"
    )


def test_a_count_takes_the_plural_of_its_language() -> None:
    said = [say(counted("{number:,} error", "{number:,} errors", number), "nl") for number in (0, 1, 1200)]
    assert said == ["0 fouten", "1 fout", "1.200 fouten"]


def test_a_list_is_joined_in_the_language() -> None:
    assert [say(listed(["a", "b", "c"]), language) for language in LANGUAGES] == ["a and b and c", "a en b en c"]
    assert (listed(["a"]), listed([])) == ("a", "")


def test_text_that_is_no_sentence_and_a_language_that_nobody_made_stay_english() -> None:
    assert say("plain", "nl") == "plain"
    assert say(told("a text"), "fr") == "a text"


def test_a_text_of_several_languages_is_said_in_the_one_asked_for_else_in_english_else_in_any() -> None:
    both = Translated.by_language({"nl": "te veel", "en": "too many"})
    assert (both, say(both, "nl"), say(both, "en")) == ("too many", "te veel", "too many")
    assert say(Translated.by_language({"de": "zu viele"}), "nl") == "zu viele"
    about = told("{message} [{shape}]", message=both, shape="count")
    assert (about, say(about, "nl")) == ("too many [count]", "te veel [count]")


def test_a_sentence_comes_through_an_exception_unharmed() -> None:
    assert say(str(NoRelease(told("a text"))), "nl") == "een tekst"
    problem = Problem("a.csv", 3, "x", told("a text"))
    (kept,) = InvalidFiles([problem, problem]).problems
    assert (str(kept), kept.said("nl")) == ("a.csv:3:x: a text", "a.csv:3:x: een tekst")


def test_sentences_about_the_same_fault_are_of_one_kind_whatever_was_found() -> None:
    first, second = (told("expected Turtle: {error}", error=error) for error in "ab")
    assert first != second
    assert first.kind == second.kind == told("{place}: {message}", place="x", message=first).kind


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl"}, "nl"),
        ({"LC_ALL": "", "LC_MESSAGES": "nl_BE", "LANG": "en_GB"}, "nl"),
        ({"LC_ALL": "C", "LANG": "nl_NL"}, "en"),
        ({"LANGUAGE": "nl:en", "LANG": "en_GB"}, "nl"),
        ({"LANGUAGE": "", "LANG": "nl_NL"}, "nl"),
        ({"LANG": "nld"}, "en"),
        ({"LANG": "fr_FR"}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale(environment: dict[str, str], language: str) -> None:
    assert spoken(environment) == language


def test_there_is_a_catalogue_for_every_other_language() -> None:
    assert [path.parent.parent.name for path in CATALOGUES] == list(LANGUAGES[1:])


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_every_sentence_in_the_code_is_translated_and_no_translation_is_left_over(path: Path) -> None:
    assert {key for key, text in entries(path) if all(text)} == written()


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_a_translation_fills_in_the_same_as_its_sentence(path: Path) -> None:
    for key, text in entries(path):
        pairs = [(key, text)] if isinstance(key, str) else zip(key, text, strict=True)
        for original, translation in pairs:
            assert placeholders(str(translation)) == placeholders(str(original))


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_the_compiled_catalogue_is_that_of_the_edited_one(path: Path) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read(path))
    assert path.with_suffix(".mo").read_bytes() == compiled.getvalue(), (
        f"compile it: pybabel compile -D si_lod -d {path.parents[2]}"
    )


# Calls whose message goes to people, beside errors.
SPEAKING = frozenset({"Problem", "fault", "add", "_fault", "tell", "add_note"})


def _speaks(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    found = getattr(si_lod.errors, name, None)
    return name in SPEAKING or (isinstance(found, type) and issubclass(found, si_lod.errors.LodError))


@pytest.mark.parametrize(
    "path",
    SPOKEN,
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_no_message_is_written_where_it_cannot_be_translated(path: Path) -> None:
    untold = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _speaks(node):
            for argument in node.args:
                parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
                texts = [part.value for part in parts if isinstance(part, ast.Constant)]
                if any(" " in text for text in texts if isinstance(text, str)):
                    untold.append(f"line {argument.lineno}: {ast.unparse(argument)}")
    assert not untold
