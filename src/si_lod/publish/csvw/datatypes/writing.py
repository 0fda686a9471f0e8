"""Writing: a lexical form becomes what a table would hold in its format, the way back of reading (Model §6.4).

Each writer is the inverse of a reader where there is one; where there is none, what it gives is not read as the same
value, and whoever asks keeps the lexical form (``Datatype.written``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from babel.numbers import parse_pattern

from si_lod.publish.csvw.datatypes.formats import FIELD
from si_lod.publish.csvw.datatypes.lexical import TEMPORAL

if TYPE_CHECKING:
    from si_lod.publish.csvw.datatypes.numerals import NumberFormat

Writer = Callable[[str], str]


def number_writer(form: NumberFormat) -> Writer:
    """Return the writer of numbers: with the format's characters, and as its pattern has it."""
    pattern = form.in_english
    signs: dict[str, str | int | None] = {".": form.decimal, ",": form.group}

    def write(text: str) -> str:
        english = parse_pattern(pattern).apply(Decimal(text), "en") if pattern else text
        return english.translate(str.maketrans(signs))

    return write


def boolean_writer(form: str) -> Writer:
    """Return the writer of booleans as the two sides of ``Y|N``."""
    yes, _, no = form.partition("|")
    return lambda text: yes if text == "true" else no


def moment_writer(form: str, datatype: str) -> Writer:
    """Return the writer of dates and times in a format of Model §6.4.4."""
    fields, pattern = FIELD.findall(form), re.compile(TEMPORAL[datatype])

    def write(text: str) -> str:
        match = pattern.fullmatch(text)
        part = match.groupdict("") if match else {}
        return "".join(_field(field, part) for field in fields)

    return write


def _field(field: str, part: dict[str, str]) -> str:
    second, _, fraction = part.get("second", "").partition(".")
    texts = {
        "yyyy": part.get("year", ""),
        "MM": part.get("month", ""),
        "M": part.get("month", "").lstrip("0"),
        "dd": part.get("day", ""),
        "d": part.get("day", "").lstrip("0"),
        "HH": part.get("hour", ""),
        "mm": part.get("minute", ""),
        "ss": second,
    }
    if field.startswith(".S"):
        return f".{fraction}" if fraction else ""
    return part.get("zone", "") if field[0] in "Xx" else texts.get(field, field)
