"""How terms read: languages, names, dates and figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from si_lod.engine.diagnosis.words.prefixes import WELL_KNOWN
from si_lod.serve.pages.facts import Facts
from si_lod.serve.pages.vocabulary import LABEL, XSD
from si_lod.serve.pages.words.abbreviation import prefixed
from si_lod.serve.pages.words.formatting import floating, measured, written
from si_lod.serve.pages.words.wording import Text, Wording
from tests.serve.pages.conftest import BASE, Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

EURO = "http://publications.europa.eu/resource/authority/currency/EUR"


def literals(*pairs: tuple[str, str]) -> list[Literal]:
    return [Literal(words, language=tag) if tag else Literal(words) for words, tag in pairs]


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ([("a", "nl"), ("b", "en")], ["b"]),
        ([("a", "nl"), ("b", "fr")], ["a"]),
        ([("a", "fr"), ("b", "")], ["b"]),
        ([("a", "fr"), ("b", "de")], ["b"]),
        ([("a", "en-GB"), ("b", "en")], ["a", "b"]),
        ([("a", "en"), ("b", "")], ["a", "b"]),
        ([("a", ""), ("b", "")], ["a", "b"]),
        ([], []),
    ],
)
def test_a_text_falls_back_from_the_pages_language_to_the_sites_others_to_untagged_to_any(
    english: Reader, given_: Sequence[tuple[str, str]], expected: list[str]
) -> None:
    wording = Wording(english.view, Facts.of())
    assert [literal.value for literal in wording.best(literals(*given_))] == expected


def test_a_language_that_merely_begins_alike_is_another(english: Reader) -> None:
    wording = Wording(english.view, Facts.of())
    assert wording.text(Literal("words", language="enm")) == Text("words", "enm")
    assert wording.text(Literal("words", language="en-GB")) == Text("words")


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (f"{BASE}def/o#Orchard", "o:Orchard"),
        ("https://www.example.org/a/b/", "www.example.org/a/b"),
        ("urn:isbn:0", "urn:isbn:0"),
        (f"{BASE}id/orchard/unknown", "unknown"),
    ],
)
def test_an_iri_without_a_name_is_as_short_as_it_can_be_read(english: Reader, iri: str, expected: str) -> None:
    assert Wording(english.view, Facts.of()).label(iri) == Text(expected)


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("http://rdfs.org/ns/void#triples", "void:triples"),
        ("http://www.w3.org/ns/sparql-service-description#Service", "sd:Service"),
        ("http://purl.org/dc/terms/title", "dct:title"),
        ("http://rdfs.org/ns/void#", "http://rdfs.org/ns/void#"),
        ("https://schema.org/a/b", "https://schema.org/a/b"),
    ],
)
def test_what_everyone_means_by_a_prefix_is_known_though_the_site_declares_none(iri: str, expected: str) -> None:
    assert prefixed(iri, {}) == expected
    assert prefixed(iri, {name: f"{BASE}{name}/" for name in WELL_KNOWN}) == iri
    assert prefixed(iri, {"mine": iri[:-1]}) == f"mine:{iri[-1]}" or iri[-1] in "/#"


@pytest.mark.parametrize(("scheme", "opens"), [("https", True), ("HTTP", True), ("javascript", False), ("data", False)])
def test_only_web_addresses_can_be_opened(english: Reader, scheme: str, opens: bool) -> None:  # noqa: FBT001
    assert bool(Wording(english.view, Facts.of()).link(f"{scheme}://x.example/").href) is opens


@pytest.mark.parametrize(
    ("text", "datatype", "dutch", "english"),
    [
        ("1234567.125", "decimal", "1.234.567,125", "1,234,567.125"),
        ("1680", "integer", "1.680", "1,680"),
        ("2018-12", "gYearMonth", "december 2018", "December 2018"),
        ("2017-01-30", "date", "30 januari 2017", "30 January 2017"),
        ("2020", "gYear", "2020", "2020"),
        ("2017-01-30Z", "date", "2017-01-30Z", "2017-01-30Z"),
        ("2017-99-30", "date", "2017-99-30", "2017-99-30"),
        ("-0044-03-15", "date", "-0044-03-15", "-0044-03-15"),
        ("n/a", "decimal", "n/a", "n/a"),
        ("1e9999999", "decimal", "1e9999999", "1e9999999"),
        ("NaN", "decimal", "NaN", "NaN"),
        ("true", "boolean", "true", "true"),
        ("1" + "0" * 300, "double", "1.0E300", "1.0E300"),
        ("-0." + "0" * 299 + "15", "double", "-1.5E-300", "-1.5E-300"),
        ("0.3333333333333333", "double", "0.3333333333333333", "0.3333333333333333"),
        ("no number, and said at length", "double", "no number, and said at length", "no number, and said at length"),
    ],
)
def test_numbers_and_dates_are_written_as_the_reader_does_and_others_as_they_are(
    text: str, datatype: str, dutch: str, english: str
) -> None:
    literal = Literal(text, datatype=NamedNode(f"{XSD}{datatype}"))
    assert written(literal, Locale("nl")) == dutch
    assert written(literal, Locale.parse("en_GB")) == english


@given(number=st.floats(allow_nan=False, allow_infinity=False))
def test_a_double_is_short_and_still_the_same(number: float) -> None:
    text = f"{Decimal(repr(number)):f}"
    shown = floating(Literal(text, datatype=NamedNode(f"{XSD}double")))
    assert float(shown) == number
    assert len(shown) <= 24


@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=9))
def test_no_digit_of_a_number_is_lost(number: Decimal) -> None:
    literal = Literal(f"{number:f}", datatype=NamedNode(f"{XSD}decimal"))
    assert Decimal(written(literal, Locale("en")).replace(",", "")) == number
    for unit in (EURO, "http://qudt.org/vocab/unit/NUM", "https://unit.example/other"):
        words, _ = measured(number, Locale("en"), [unit])
        assert Decimal(words.replace(",", "").replace("€", "")) == number


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("240000000", EURO, ("€240,000,000", True)),
        ("2.5", EURO, ("€2.50", True)),
        ("0.125", EURO, ("€0.125", True)),
        ("12.5", "http://qudt.org/vocab/unit/PERCENT", ("12.5%", True)),
        ("7", "http://qudt.org/vocab/unit/NUM", ("7", True)),
        ("7", "https://unit.example/other", ("7", False)),
    ],
)
def test_a_value_is_written_with_its_unit_where_the_unit_is_a_currency_a_percentage_or_a_plain_number(
    text: str, unit: str, expected: tuple[str, bool]
) -> None:
    assert measured(Decimal(text), Locale("en"), [unit]) == expected


def test_a_page_in_a_language_that_babel_does_not_know_is_written_as_in_english(english: Reader) -> None:
    assert replace(english.view, language="x-none").locale == Locale.parse("en_GB")


def test_facts_are_kept_once_and_in_order() -> None:
    first, second = Literal("1"), Literal("2")
    facts = Facts.of([("s", LABEL, second), ("s", LABEL, first)], [("s", LABEL, second)])
    assert facts.objects("s", LABEL) == (second, first)
    assert facts.objects("other", LABEL) == ()


def test_terms_by_which_a_release_describes_itself_have_names_in_each_language(english: Reader, dutch: Reader) -> None:
    data_set = "http://purl.org/linked-data/cube#DataSet"
    with english.app.app_context():
        assert Wording(english.view, Facts.of()).term(data_set) == Text("data set")
        assert Wording(dutch.view, Facts.of()).term(data_set) == Text("dataset")


def test_what_the_release_calls_a_term_goes_before_its_usual_name(dutch: Reader) -> None:
    data_set = "http://purl.org/linked-data/cube#DataSet"
    facts = Facts.of([(data_set, LABEL, Literal("bomentelling", language="nl"))])
    assert Wording(dutch.view, facts).term(data_set) == Text("bomentelling")
