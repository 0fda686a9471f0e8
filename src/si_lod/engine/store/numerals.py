"""The number that a literal stands for, exactly, and the text of a double: XML Schema 1.1, Part 2, §3.3."""

from __future__ import annotations

import re
import struct
from decimal import Context, Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
INTEGER, DECIMAL, DOUBLE, FLOAT, BOOLEAN, STRING = (
    NamedNode(XSD + name) for name in ("integer", "decimal", "double", "float", "boolean", "string")
)
LEXICAL: Final = {
    INTEGER: re.compile(r"[+-]?[0-9]+"),
    DECIMAL: re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    DOUBLE: re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"),
}
"""The lexical mappings; that of a float is that of a double."""
TRUTH: Final = {"true": True, "1": True, "false": False, "0": False}
BLANKS: Final = " \t\r\n"
"""What is left out around a text that is cast."""

_PLAIN: Final = (Decimal("1e-6"), Decimal("1e6"))
"""Between which magnitudes a double is written like a decimal (XPath Functions §17.1.2)."""
_DIGITS: Final = Context(prec=20)
"""More digits than tell one double from the next."""


def number(term: object, target: NamedNode) -> Decimal | None:
    """Return the number that the term stands for, or that its text says as the datatype ``target`` has it said.

    Infinity and NaN are numbers of a double; what stands for none is None.
    """
    if not isinstance(term, Literal):
        return None
    kind, text = term.datatype, term.value
    if kind == BOOLEAN:
        return Decimal(TRUTH[text]) if text in TRUTH else None
    pattern = LEXICAL.get({STRING: target, FLOAT: DOUBLE}.get(kind, kind))
    text = text.strip(BLANKS) if kind == STRING else text
    if pattern is None or not pattern.fullmatch(text):
        return None
    if kind == FLOAT:
        return Decimal(single(float(text)))
    return Decimal(float(text)) if kind == DOUBLE else Decimal(text)


def single(value: float) -> float:
    """Return the value as the 32 bits of a float have it."""
    return float(struct.unpack("f", struct.pack("f", value))[0])


def written(text: str) -> str:
    """Return the double or float of this lexical form as it is written when it is cast to a text."""
    value = Decimal(text.replace("INF", "Infinity"))
    if not value.is_finite() or not value or _PLAIN[0] <= value.copy_abs() < _PLAIN[1]:
        return text
    sign, digits, exponent = value.normalize(_DIGITS).as_tuple()
    rest = "".join(map(str, digits[1:])) or "0"
    return f"{'-' * sign}{digits[0]}.{rest}E{int(exponent) + len(digits) - 1}"
