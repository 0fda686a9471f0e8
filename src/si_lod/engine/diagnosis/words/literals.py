"""Texts, numbers and days as they are written elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.diagnosis.words.names import prefixed
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_LONG: Final = 5
_THOUSANDS: Final = re.compile(r"\d{1,3}\.\d{3}")
_TEXTS: Final = frozenset({Kind.STRING, Kind.LONG_STRING})


def decimal_comma(stop: Stop) -> Finding | None:
    """Find ``> 1,5`` and ``> 1.000,50``; behind a bracket it may be a list."""
    whole, part = stop.token(-1).text, stop.token(1).text
    is_number = whole.isdecimal() or _THOUSANDS.fullmatch(whole)
    if stop.mark() != "," or not is_number or not part.isdecimal() or " " in stop.spelled(-1, 2):
        return None
    if stop.word(-2) in {"LIMIT", "OFFSET"}:
        return None
    if stop.mark(-2) == "(" and stop.word(-3) not in {"BIND", "FILTER", "SELECT"}:
        return None
    number = f"{whole.replace('.', '')}.{part}"
    return Finding(stop.piece(-1, 2), told("a decimal number is written with a point"), number)


def day_without_quotes(stop: Stop) -> Finding | None:
    """Find ``2020-01-31``, which would be a sum."""
    day = stop.spelled(-1, _DAY_LONG - 1)
    if stop.mark() != "-" or not _DAY.fullmatch(day):
        return None
    message = told("a day is a text in quotes with its type")
    return Finding(stop.piece(-1, _DAY_LONG - 1), message, f'"{day}"^^{prefixed(stop, "xsd", "date")}')


def one_caret(stop: Stop) -> Finding | None:
    """Find ``"2020"^xsd:gYear``."""
    if stop.mark() != "^" or stop.kind(-1) not in _TEXTS:
        return None
    return Finding(stop.found, told("between a text and its type stands ^^"), "^^")


def odd_language(stop: Stop) -> Finding | None:
    """Find ``@"nl"`` and ``@nl_NL`` (SPARQL 1.1 §19.8, LANGTAG)."""
    if stop.mark() == "@" and stop.kind(-1) in _TEXTS and stop.kind(1) in _TEXTS:
        meant = f"@{stop.token(1).text[1:-1]}"
        if meant[1:].replace("-", "").isalnum():
            return Finding(stop.piece(0, 2), told("a language tag stands without quotes and spaces"), meant)
    if stop.kind(-1) is Kind.LANGUAGE and stop.token(0).text.startswith("_") and " " not in stop.spelled(-1, 1):
        meant = stop.spelled(-1, 1).replace("_", "-")
        return Finding(stop.piece(-1, 1), told("the parts of a language tag are joined by -"), meant)
    return None


def quote_within(stop: Stop) -> Finding | None:
    """Find a word right behind a text: a quote in the text has ended it."""
    if stop.kind(-1) is not Kind.STRING or not stop.word() or " " in stop.spelled(-1, 1):
        return None
    quote = stop.token(-1).text[-1]
    message = told("the quote before {found} ends the text; one that is meant in it is written {escaped}",
                   found=stop.found.text, escaped=f"\\{quote}")  # fmt: skip
    return Finding(stop.found, message)


MISTAKES: Final = (decimal_comma, day_without_quotes, one_caret, odd_language, quote_within)
