"""Decimals and integers of any size: their one lexical form, and the bounds of the integer datatypes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

NUMERAL: Final = re.compile(r"([+-]?)0*([0-9]*)(?:\.([0-9]*))?")

# The inclusive bounds of the integer types (XSD 1.1 Part 2 §3.4.14 to §3.4.25); None is unbounded.
BOUNDS: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
}


def canonical_decimal(text: str) -> str:
    """Return the decimal without sign +, leading zeros and trailing zeros (XSD §3.3.3.2)."""
    match = NUMERAL.fullmatch(text)
    if not match or not (match[2] or match[3] or "0" in text):
        raise ValueError(text)
    sign, whole, fraction = match[1], match[2] or "0", (match[3] or "").rstrip("0")
    number = f"{whole}.{fraction}" if fraction else whole
    return f"-{number}" if sign == "-" and number != "0" else number


def canonical_integer(text: str) -> str:
    """Return the integer without sign + and leading zeros (XSD §3.4.13)."""
    if "." in text:
        raise ValueError(text)
    return canonical_decimal(text)


def bounded_integer(least: int | None, most: int | None, text: str) -> str:
    """Return the integer in canonical form, if it lies within the inclusive bounds; None is unbounded."""
    canonical = canonical_integer(text)
    if (least is not None and Decimal(canonical) < least) or (most is not None and Decimal(canonical) > most):
        raise ValueError(text)
    return canonical
