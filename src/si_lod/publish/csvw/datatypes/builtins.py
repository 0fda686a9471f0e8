"""The built-in datatypes of CSVW (Model §4.7): their IRIs, their lexical forms, and what may be said of them."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.datatypes import decimals, lexical
from si_lod.publish.csvw.datatypes.lexical import XSD, Canonical
from si_lod.publish.csvw.datatypes.moments import canonical_moment, seconds_of
from si_lod.publish.csvw.datatypes.nouns import expected_of, noun_of

if TYPE_CHECKING:
    from collections.abc import Callable

CSVW: Final = "http://www.w3.org/ns/csvw#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
KEPT: Final = frozenset({"string", "json", "xml", "html", "anyAtomicType"})

ALIASES: Final = {"number": "double", "binary": "base64Binary", "datetime": "dateTime", "any": "anyAtomicType"}


@dataclass(frozen=True, slots=True)
class Builtin:
    """One built-in datatype.

    ``canonical`` gives the canonical lexical form or raises ValueError; ``family`` says which formats fit (string,
    number, boolean, moment or other); ``rank`` orders values, and ``size`` counts what length counts, where the
    datatype has an order or a length.
    """

    name: str
    iri: str
    canonical: Canonical
    family: str = "other"
    rank: Callable[[str], Decimal] | None = None
    size: Callable[[str], int] | None = None

    @property
    def noun(self) -> str:
        """Return what a value is, for a message: ``a decimal``."""
        return noun_of(self.name)

    @property
    def expected(self) -> str:
        """Return what a value should be, for a message, with an example: ``a date such as 2020-01-31``."""
        return expected_of(self.name)

    def tidy(self, text: str) -> str:
        """Return the string with white space treated as the datatype has it (Model §6.4, steps 1 and 2)."""
        if self.name in KEPT or not text:
            return text
        if self.name != "normalizedString":
            return " ".join(text.split())
        return text.replace("\r", " ").replace("\n", " ").replace("\t", " ")


STRING: Final = Builtin("string", f"{XSD}string", str, "string", size=len)


def find(name: str) -> Builtin | None:
    """Return the datatype of that name, or None if it is not one, or is not implemented (``QName``)."""
    name = ALIASES.get(name, name)
    for make in (_textual, _number, _moment, _other):
        found = make(name)
        if found:
            return found
    return None


def _textual(name: str) -> Builtin | None:
    checks: dict[str, Canonical] = {
        "string": str,
        "normalizedString": str,
        "token": str,
        "anyAtomicType": str,
        "html": str,
        "json": lexical.canonical_json,
        "xml": lexical.canonical_xml,
    }
    for pattern in ("language", "Name", "NMTOKEN", "anyURI"):
        checks[pattern] = lexical.matching(pattern)
    iris = {"html": f"{RDF}HTML", "xml": f"{RDF}XMLLiteral", "json": f"{CSVW}JSON"}
    if name not in checks:
        return None
    return Builtin(name, iris.get(name, XSD + name), checks[name], family="string", size=len)


def _number(name: str) -> Builtin | None:
    if name in decimals.BOUNDS:
        return Builtin(name, XSD + name, partial(decimals.bounded_integer, *decimals.BOUNDS[name]), "number", Decimal)
    if name == "decimal":
        return Builtin(name, XSD + name, decimals.canonical_decimal, "number", Decimal)
    if name in {"double", "float"}:
        return Builtin(name, XSD + name, lexical.finite_number(name), "number", Decimal)
    return None


def _moment(name: str) -> Builtin | None:
    if name not in lexical.TEMPORAL:
        return None
    family = "moment" if name in {"date", "dateTime", "dateTimeStamp", "time"} else "other"
    return Builtin(name, XSD + name, canonical_moment(name), family, partial(seconds_of, name))


def _other(name: str) -> Builtin | None:
    if name == "boolean":
        return Builtin(name, XSD + name, lexical.canonical_boolean, "boolean")
    if name == "base64Binary":
        return Builtin(name, XSD + name, lexical.canonical_binary, size=lambda text: len(base64.b64decode(text)))
    if name == "hexBinary":
        check = lexical.matching(name)
        return Builtin(name, XSD + name, lambda text: check(text).upper(), size=lambda text: len(text) // 2)
    if name in lexical.PATTERNS and name.lower().endswith("duration"):
        check = lexical.matching(name)
        return Builtin(name, XSD + name, lambda text: lexical.stored(check(text), name))
    return None
