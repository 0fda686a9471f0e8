"""Lexical forms of the datatypes: which strings belong to each, and the one form that stands for a value.

A canonical form here is the form that the triple store writes, so that a dump, a page and a query result say the
same. XSD means *XML Schema Definition Language 1.1, Part 2*; the patterns are those of its lexical mappings.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable
from typing import Final
from xml.etree import ElementTree as ET

from pyoxigraph import Literal, NamedNode, Quad, Store

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SUBJECT: Final = NamedNode("urn:subject")

YEAR: Final = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
MONTH: Final = r"(?P<month>0[1-9]|1[0-2])"
DAY: Final = r"(?P<day>0[1-9]|[12][0-9]|3[01])"
CLOCK: Final = (
    r"(?:(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9](?:\.[0-9]+)?)"
    r"|(?P<midnight>24):00:00(?:\.0+)?)"
)
ZONE: Final = r"(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
SECONDS: Final = r"[0-9]+(?:\.[0-9]+)?S"
TIME_SPAN: Final = rf"T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:{SECONDS})?"

TEMPORAL: Final = {
    "date": f"{YEAR}-{MONTH}-{DAY}{ZONE}?",
    "dateTime": f"{YEAR}-{MONTH}-{DAY}T{CLOCK}{ZONE}?",
    "dateTimeStamp": f"{YEAR}-{MONTH}-{DAY}T{CLOCK}{ZONE}",
    "time": f"{CLOCK}{ZONE}?",
    "gYear": f"{YEAR}{ZONE}?",
    "gYearMonth": f"{YEAR}-{MONTH}{ZONE}?",
    "gMonth": f"--{MONTH}{ZONE}?",
    "gMonthDay": f"--{MONTH}-{DAY}{ZONE}?",
    "gDay": f"---{DAY}{ZONE}?",
}
PATTERNS: Final = {
    "duration": rf"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:{TIME_SPAN})?",
    "dayTimeDuration": rf"-?P(?=.)(?:[0-9]+D)?(?:{TIME_SPAN})?",
    "yearMonthDuration": r"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?",
    "double": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?|[+-]?INF|NaN",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "Name": r"[^\W\d][\w:.·-]*|:[\w:.·-]*",
    "NMTOKEN": r"[\w:.·-]+",
    "anyURI": r'[^\x00-\x20<>"{}|\\^`]*',
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
}

Canonical = Callable[[str], str]


def stored(text: str, datatype: str) -> str:
    """Return the lexical form that the store gives back for this one."""
    store = Store()
    store.add(Quad(SUBJECT, SUBJECT, Literal(text, datatype=NamedNode(XSD + datatype))))
    return next(str(quad.object.value) for quad in store if isinstance(quad.object, Literal))


def matching(name: str) -> Canonical:
    """Return the check of a datatype whose lexical space is a pattern; every form of it is canonical."""
    pattern = re.compile(PATTERNS[name])

    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return text

    return check


def finite_number(name: str) -> Canonical:
    """Return the check of a floating-point datatype, which refuses a number too large for it."""
    check = matching("double")

    def finite(text: str) -> str:
        canonical = stored(check(text), name)
        if canonical.endswith("INF") and "INF" not in text:
            raise ValueError(text)
        return canonical

    return finite


def canonical_boolean(text: str) -> str:
    """Return true or false (XSD §3.3.2.2)."""
    return {"true": "true", "1": "true", "false": "false", "0": "false"}[text]


def canonical_binary(text: str) -> str:
    """Return Base64 without white space (XSD §3.3.16)."""
    try:
        return base64.b64encode(base64.b64decode(text.replace(" ", ""), validate=True)).decode("ascii")
    except binascii.Error as error:
        raise ValueError(text) from error


def canonical_json(text: str) -> str:
    """Return the text as it is, if it is JSON."""
    json.loads(text)
    return text


def canonical_xml(text: str) -> str:
    """Return the text as it is, if it is well-formed content of an element (RDF 1.1 Concepts §5.2)."""
    try:
        # No document type can stand inside an element, so there are no entities to expand.
        ET.fromstring(f"<x>{text}</x>")  # noqa: S314
    except ET.ParseError as error:
        raise ValueError(text) from error
    return text
