"""What is wrong with a property by a rule of a profile: how often it is there, and its values."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from si_lod.rehearse.terms import XSD, shortened
from si_lod.sentences import Sentence, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.graph import Graph, Term
    from si_lod.rehearse.profile import Rule

DATES: Final = {
    f"{XSD}date": re.compile(r"-?\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(Z|[+-]\d{2}:\d{2})?"),
    f"{XSD}dateTime": re.compile(
        r"-?\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-4]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d{2}:\d{2})?"
    ),
    f"{XSD}gYearMonth": re.compile(r"-?\d{4,}-(?:0[1-9]|1[0-2])(Z|[+-]\d{2}:\d{2})?"),
    f"{XSD}gYear": re.compile(r"-?\d{4,}(Z|[+-]\d{2}:\d{2})?"),
}
"""The datatypes that a date may have, and how its values are written."""
_DAY: Final = re.compile(r"(?!0000)\d{4}-\d{2}-\d{2}")
_SIZE: Final = f"{XSD}nonNegativeInteger"


def frequency_faults(rule: Rule, found: int, *, dutch: bool) -> Iterator[Sentence]:
    """Yield what is wrong with how often a property is there."""
    least, most = rule.nl if dutch else rule.eu
    what = shortened(rule.property)
    if found < least:
        yield told("has no {what}, which is mandatory", what=what)
    if found > most:
        yield told("has {what} {found} times, expected {most} at most", what=what, found=found, most=most)


def value_faults(graph: Graph, node: Term, rule: Rule) -> Iterator[Sentence]:
    """Yield what is wrong with the values of a property."""
    what = shortened(rule.property)
    for term in graph.values(node, rule.property):
        fault = _FAULTS[rule.kind](term)
        if fault is None and rule.values is not None and not isinstance(term, Literal):
            fault = rule.values.fault(term.value)
        if fault is not None:
            yield told('{what} "{value}" {fault}', what=what, value=term.value, fault=fault)


def _text(term: Term) -> Sentence | None:
    if not isinstance(term, Literal):
        return told("is no text")
    return None if term.language else told("has no language tag")


def _iri(term: Term) -> Sentence | None:
    return told("is a text, expected an IRI") if isinstance(term, Literal) else None


def _date(term: Term) -> Sentence | None:
    form = DATES.get(term.datatype.value) if isinstance(term, Literal) else None
    if form is None:
        return told("has another datatype than xsd:date, xsd:dateTime, xsd:gYearMonth and xsd:gYear")
    return None if form.fullmatch(term.value) and _is_in_calendar(term.value) else told("is no date")


def _is_in_calendar(text: str) -> bool:
    """Return whether there is such a day, as far as Python's calendar goes: it has the years of four digits."""
    day = _DAY.match(text)
    try:
        return day is None or bool(date.fromisoformat(day.group()))
    except ValueError:
        return False


def _size(term: Term) -> Sentence | None:
    if isinstance(term, Literal) and term.datatype.value == _SIZE and term.value.isdecimal():
        return None
    found = shortened(term.datatype.value) if isinstance(term, Literal) else told("an IRI")
    return told("has the datatype {found}, expected xsd:nonNegativeInteger", found=found)


def _any(_: Term) -> Sentence | None:
    return None


_FAULTS: Final = {"text": _text, "iri": _iri, "date": _date, "size": _size, "any": _any}
