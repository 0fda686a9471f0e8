"""Numbers, dates and money as a reader of one locale writes them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Context, Decimal, localcontext
from typing import TYPE_CHECKING, Final

from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent

from si_lod.languages import language_code
from si_lod.serve.pages.vocabulary import XSD

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from babel import Locale
    from pyoxigraph import Literal

_NUMERIC: Final = frozenset({f"{XSD}decimal", f"{XSD}integer"})
_FLOATING: Final = frozenset({f"{XSD}double", f"{XSD}float"})
_LONGEST: Final = 20
"""So many characters has a double at most that is shown as the store writes it."""
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")
_DECIMAL: Final = re.compile(r"[+-]?(?:\d{1,99}(?:\.\d{0,99})?|\.\d{1,99})", re.ASCII)
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_CURRENCY: Final = re.compile(r"http://publications\.europa\.eu/resource/authority/currency/([A-Z]{3})")
_COUNTRY: Final = re.compile(r"http://publications\.europa\.eu/resource/authority/country/([A-Z]{3})")
_PERCENT: Final = "http://qudt.org/vocab/unit/PERCENT"
_MILLION: Final = Decimal(1_000_000)
_NUMBER: Final = "http://qudt.org/vocab/unit/NUM"


def written(literal: Literal, locale: Locale) -> str:
    """Return a number or date as people of ``locale`` write it, and any other literal as it is."""
    number = numeric(literal)
    if number is not None:
        with _exactly(number):
            return format_decimal(number, locale=locale, decimal_quantization=False)
    if literal.datatype.value.startswith(XSD):
        return _date(floating(literal), literal.datatype.value[len(XSD) :], locale)
    return literal.value


def floating(literal: Literal) -> str:
    """Return an xsd:double or xsd:float as it is, or where that is long as ``1.0E300`` (XSD 1.0 §3.2.5.2).

    The store writes such a value in 301 digits. Any other literal is returned as it is.
    """
    if literal.datatype.value not in _FLOATING or len(literal.value) <= _LONGEST:
        return literal.value
    try:
        mantissa, _, power = f"{Decimal(repr(float(literal.value))).normalize():E}".partition("E")
    except ValueError:
        return literal.value
    return f"{mantissa if '.' in mantissa else f'{mantissa}.0'}E{int(power)}"


def numeric(literal: Literal) -> Decimal | None:
    """Return the value of an xsd:decimal or xsd:integer, which are exact, or None for anything else."""
    if literal.datatype.value in _NUMERIC and _DECIMAL.fullmatch(literal.value):
        return Decimal(literal.value)
    return None


def measured(number: Decimal, locale: Locale, units: list[str]) -> tuple[str, bool]:
    """Return ``number`` written with its unit, and whether that says the unit.

    ``units`` are the IRIs that stand for the unit in the vocabularies that a writer can rely on: the currencies of
    the EU's authority table, and QUDT's percentage and plain number.
    """
    currencies = [found[1] for found in map(_CURRENCY.fullmatch, units) if found]
    with _exactly(number):
        if currencies:
            return _money(number, currencies[0], locale), True
        if _PERCENT in units:
            return format_percent(number / 100, locale=locale, decimal_quantization=False), True
        return format_decimal(number, locale=locale, decimal_quantization=False), _NUMBER in units


def briefly(number: Decimal, locale: Locale, units: list[str]) -> tuple[str, bool]:
    """Return the same with millions and billions in words, as ``€ 370 miljoen``, where that keeps every digit."""
    words, said = measured(number, locale, units)
    with _exactly(number):
        size = abs(number)
        if size < _MILLION or number % (_MILLION if size >= 1000 * _MILLION else _MILLION / 1000):
            return words, said
        plain = format_decimal(size, locale=locale, decimal_quantization=False)
        brief = format_compact_decimal(size, format_type="long", locale=locale, fraction_digits=3)
    return words.replace(plain, brief), said


def language_name(iri: str, locale: Locale) -> str | None:
    """Return what people of ``locale`` call a language of the EU's authority table, or None for any other IRI."""
    code = language_code(iri)
    return locale.languages.get(code) if code else None


def country_name(iri: str, locale: Locale) -> str | None:
    """Return what people of ``locale`` call a country of the EU's authority table, or None for any other IRI."""
    code = country_code(iri)
    return locale.territories.get(code) if code else None


def country_code(iri: str) -> str | None:
    """Return the code (ISO 3166-1) of a country of the EU's authority table, or None for any other IRI."""
    found = _COUNTRY.fullmatch(iri)
    aliases = get_global("territory_aliases").get(found[1], ()) if found else ()
    return str(aliases[0]) if aliases else None


def _money(number: Decimal, currency: str, locale: Locale) -> str:
    """Return an amount with its cents only where it has any."""
    pattern = locale.currency_formats["standard"].pattern
    whole = pattern if number % 1 else pattern.replace(".00", "")
    return format_currency(number, currency, whole, locale=locale, currency_digits=False, decimal_quantization=False)


def _exactly(number: Decimal) -> AbstractContextManager[Context]:
    """Return a context that keeps every digit of ``number``, however many it has."""
    return localcontext(prec=len(number.as_tuple().digits) + 28)


def _date(text: str, datatype: str, locale: Locale) -> str:
    """Return an xsd date of four-digit years without a time zone in words, and anything else as it stands."""
    try:
        if datatype == "date" and (parts := _DAY.fullmatch(text)):
            return format_date(_day(*parts.groups()), format="long", locale=locale)
        if datatype == "gYearMonth" and (parts := _MONTH.fullmatch(text)):
            return format_skeleton("yMMMM", _day(*parts.groups()), locale=locale)
    except ValueError:
        return text
    return text


def _day(year: str, month: str, day: str = "1") -> dt.date:
    return dt.date(int(year), int(month), int(day))
