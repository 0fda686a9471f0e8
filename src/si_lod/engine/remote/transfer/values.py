"""Lines of N-Triples by the value of their literal: what an engine may write otherwise and still be the same.

Two literals have the same value here if they have the same datatype and their lexical forms stand for the same point in
its value space (RDF 1.1 Concepts §3.3, XML Schema Datatypes §3.3). A literal with another datatype is another one, and
so is one that lost digits. (Language tags are in lower case already, wherever lines come from.)
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_TYPED: Final = re.compile(rb' "([^"\\]*)"\^\^<http://www\.w3\.org/2001/XMLSchema#([A-Za-z]+)> \.\n\Z')
"""The end of a line as the release has them: a quote within a literal is escaped there, so this one opens it."""
_INTEGER: Final = re.compile(r"([+-]?)0*([0-9]+)")
_DECIMAL: Final = re.compile(r"([+-]?)0*([0-9]*)(?:\.([0-9]*))?")
_DOUBLE: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_TEMPORAL: Final = re.compile(r"(-?[0-9T:-]*?[0-9])(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?")
_UTC: Final = frozenset(["Z", "+00:00", "-00:00"])


def by_value(line: bytes) -> bytes:
    """Return the line with its literal in the one form that all of the same value are given."""
    typed = _TYPED.search(line)
    form = _FORMS.get(typed[2].decode()) if typed else None
    lexical = form(typed[1].decode()) if typed and form else None
    return (
        line
        if typed is None or lexical is None
        else b"".join([line[: typed.start(1)], lexical.encode(), line[typed.end(1) :]])
    )


def kind_of(line: bytes) -> str:
    """Return the datatype of the line's literal as people write it, such as ``xsd:decimal``."""
    typed = _TYPED.search(line)
    return f"xsd:{typed[2].decode()}" if typed else ""


def _boolean(text: str) -> str | None:
    return {"1": "true", "0": "false"}.get(text, text)


def _integer(text: str) -> str | None:
    found = _INTEGER.fullmatch(text)
    return found and _signed(found[1], found[2].lstrip("0") or "0")


def _decimal(text: str) -> str | None:
    found = _DECIMAL.fullmatch(text)
    if found is None or not any(map(str.isdigit, text)):
        return None
    fraction = (found[3] or "").rstrip("0")
    return _signed(found[1], (found[2] or "0") + (fraction and f".{fraction}"))


def _signed(sign: str, digits: str) -> str:
    return f"-{digits}" if sign == "-" and digits != "0" else digits


def _double(text: str) -> str | None:
    return repr(float(text)) if _DOUBLE.fullmatch(text) else None


def _float(text: str) -> str | None:
    if not _DOUBLE.fullmatch(text):
        return None
    (single,) = struct.unpack("f", struct.pack("f", float(text)))
    return repr(single)


def _temporal(text: str) -> str | None:
    found = _TEMPORAL.fullmatch(text)
    if found is None:
        return None
    fraction, zone = (found[2] or "").rstrip("0").rstrip("."), found[3] or ""
    return f"{found[1]}{fraction}{'Z' if zone in _UTC else zone}"


_INTEGERS: Final = (
    "integer long int short byte unsignedLong unsignedInt unsignedShort unsignedByte "
    "nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger"
)
_TIMES: Final = "dateTime dateTimeStamp time date gYear gYearMonth gMonth gMonthDay gDay"
_FORMS: Final[dict[str, Callable[[str], str | None]]] = {
    "boolean": _boolean,
    "decimal": _decimal,
    "double": _double,
    "float": _float,
    **dict.fromkeys(_INTEGERS.split(), _integer),
    **dict.fromkeys(_TIMES.split(), _temporal),
}
"""How the form of a value is found for each datatype that has several; None for a text that has no value."""
