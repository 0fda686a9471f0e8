"""Which kinds of values can be equal, and how a literal is written as one of another kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from si_lod.engine.advice.operands import STRING, THING, XSD
from si_lod.sentences import listed, told

if TYPE_CHECKING:
    from collections.abc import Collection

    from si_lod.engine.advice.operands import Operand
    from si_lod.engine.text.prologue import Prologue

_NUMBER: Final = "number"
_INTEGERS: Final = frozenset(
    f"{XSD}{name}"
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_NUMERIC: Final = _INTEGERS | {f"{XSD}{name}" for name in ("decimal", "double", "float")}
_DURATION: Final = frozenset(f"{XSD}{name}" for name in ("duration", "dayTimeDuration", "yearMonthDuration"))
_TIMED: Final = frozenset(f"{XSD}{name}" for name in ("date", "dateTime", "time"))
_WITH_YEAR: Final = frozenset(f"{XSD}{name}" for name in ("gYear", "gYearMonth", "date", "dateTime"))
"""What YEAR takes a year out of; the engine does so of more than xsd:dateTime (SPARQL 1.1 §17.4.5.2)."""
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_FORMS: Final = {
    f"{XSD}{name}": re.compile(form, re.ASCII)
    for name, form in {
        "gYear": r"\d{4}",
        "gYearMonth": r"\d{4}-\d\d",
        "date": r"\d{4}-\d\d-\d\d",
        "dateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?",
        "boolean": r"true|false",
        "integer": r"[+-]?\d+",
        "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
        "double": r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?",
    }.items()
}
_BARE: Final = frozenset({f"{XSD}integer", f"{XSD}boolean"})
"""The datatypes whose literals are written without quotes."""


def are_alike(kind: str, kinds: Collection[str]) -> bool:
    """Return whether a value of ``kind`` can equal one of ``kinds``, by operators (SPARQL 1.1 §17.3)."""
    return _family(kind) in {_family(one) for one in kinds}


def are_same(kind: str, kinds: Collection[str]) -> bool:
    """Return whether a value of ``kind`` can be the same term as one of ``kinds``; the store has integers of one."""
    return kind in kinds or (kind in _INTEGERS and not _INTEGERS.isdisjoint(kinds))


def described(kinds: Collection[str]) -> str:
    """Return the kinds in words: datatypes by their names, texts with their languages."""
    tags = sorted(kind[1:] for kind in kinds if kind.startswith("@"))
    said = [_named(kind) for kind in sorted(kinds) if not kind.startswith("@")]
    if tags:
        said.append(told("texts with a language ({tags})", tags=", ".join(tags)))
    return listed(said)


def written(literal: Operand, kinds: Collection[str], prologue: Prologue) -> str:
    """Return the literal as one of the only kind in ``kinds``, as it is written in a query; nothing if it is none."""
    if len(kinds) != 1:
        return ""
    kind, first = next(iter(kinds)), literal.tokens[0].text
    quoted = first if first[0] in "\"'" else f'"{literal.text}"'
    if kind.startswith("@"):
        return quoted + kind
    if kind == STRING:
        return quoted
    form = _FORMS.get(kind)
    if form is None or not form.fullmatch(literal.text):
        return ""
    return literal.text if kind in _BARE else quoted + "^^" + _prefixed(kind, prologue)


def numeric(kinds: Collection[str], *, texts: bool) -> bool:
    """Return whether the engine can calculate with a value of ``kinds``, or with ``texts`` make a number of one.

    It also subtracts times and durations (XPath and XQuery Functions §10.4).
    """
    made = {STRING, f"{XSD}boolean"} if texts else _TIMED | _DURATION
    return not (_NUMERIC | made).isdisjoint(kinds)


def numbered(variable: str, kinds: Collection[str], prologue: Prologue) -> str:
    """Return what makes a number of the variable, whose values are of ``kinds``; nothing where none can be made."""
    if _WITH_YEAR.issuperset(kinds):
        return f"YEAR(?{variable})"
    if all(kind.startswith("@") for kind in kinds):
        return f"{_prefixed(f'{XSD}decimal', prologue)}(STR(?{variable}))"
    return f"{_prefixed(f'{XSD}decimal', prologue)}(?{variable})" if set(kinds) == {STRING} else ""


def number(literal: Operand, kinds: Collection[str]) -> str:
    """Return the literal as a number, which equals those of all numeric kinds; nothing if it or they are none."""
    is_one = bool(kinds) and _NUMERIC.issuperset(kinds) and _FORMS[f"{XSD}double"].fullmatch(literal.text)
    return literal.text if is_one else ""


def year(literals: Collection[Operand], kinds: Collection[str]) -> bool:
    """Return whether a year is held against values that are more than one, of which YEAR takes it out."""
    return bool(kinds) and set(kinds) <= _WITH_YEAR and all(_YEAR.fullmatch(literal.text) for literal in literals)


def _family(kind: str) -> str:
    if kind in _NUMERIC:
        return _NUMBER
    return f"{XSD}duration" if kind in _DURATION else kind


def _named(kind: str) -> str:
    if kind == THING:
        return told("things, which have an IRI")
    if kind == STRING:
        return told("texts without a language")
    return f"xsd:{kind.removeprefix(XSD)}" if kind.startswith(XSD) else f"<{kind}>"


def _prefixed(kind: str, prologue: Prologue) -> str:
    prefix = next((name for name, space in prologue.prefixes.items() if space == XSD), "xsd")
    return f"{prefix}:{kind.removeprefix(XSD)}"
