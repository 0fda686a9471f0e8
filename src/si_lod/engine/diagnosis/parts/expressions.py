"""Mistakes in conditions and computations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.diagnosis.stopping.terminals import UNKNOWN
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

_SIGNS: Final = frozenset({"+", "-"})
_OPERATORS: Final = {"AND": "&&", "OR": "||", "EQ": "=", "NE": "!=", "LT": "<", "GT": ">"}


def doubled_equals(stop: Stop) -> Finding | None:
    """Find ``==``."""
    if stop.mark() != "=" or stop.mark(-1) not in {"=", "!="}:
        return None
    end = 2 if stop.mark(1) == "=" else 1
    return Finding(stop.piece(-1, end), told("SPARQL compares with {mark}", mark=stop.mark(-1)), stop.mark(-1))


def difference_of_sql(stop: Stop) -> Finding | None:
    """Find ``<>``, which is an empty IRI here."""
    if stop.found.text != "<>" or not stop.accepts("NE"):
        return None
    return Finding(stop.found, told('"<>" is an IRI; SPARQL compares for difference with !='), "!=")


def comparison_as_iri(stop: Stop) -> Finding | None:
    """Find ``?a<1&&?b>2``, where what stands between the marks is an IRI by longest match."""
    if stop.found.kind is not Kind.IRI or not stop.accepts("LT"):
        return None
    inside = stop.found.text[1:-1]
    message = told("what stands between < and > without a space is an IRI; put a space after < to compare")
    return Finding(stop.found, message, f"< {inside} >")


def operator_in_words(stop: Stop) -> Finding | None:
    """Find AND, OR and other operators that are words elsewhere."""
    meant = _OPERATORS.get(stop.word())
    if meant is None or stop.terminal() != UNKNOWN or not stop.accepts("AND"):
        return None
    return Finding(stop.found, told("the operator {word} is written {meant}", word=stop.word(), meant=meant), meant)


def single_mark(stop: Stop) -> Finding | None:
    """Find ``|`` or ``&`` for an operator."""
    word, meant = {"|": ("OR", "||"), "&": ("AND", "&&")}.get(stop.mark(), ("", ""))
    if not meant or not stop.accepts("OR"):
        return None
    return Finding(stop.found, told("the operator {word} is written {meant}", word=word, meant=meant), meant)


def turned_comparison(stop: Stop) -> Finding | None:
    """Find ``=>`` and ``=<``."""
    turned = f"{stop.mark(-1)}{stop.mark()}"
    if turned not in {"=>", "=<"} or " " in stop.spelled(-1, 1):
        return None
    return Finding(stop.piece(-1, 1), told("SPARQL compares with {mark}", mark=turned[::-1]), turned[::-1])


def second_sign(stop: Stop) -> Finding | None:
    """Find ``--?a`` and ``---1`` in an expression, where a number may have two signs, and ``--1`` elsewhere."""
    if stop.mark(-1) not in _SIGNS or not (stop.mark(-2) in _SIGNS or stop.mark() in _SIGNS):
        return None
    last = 1 if stop.mark() in _SIGNS else 0
    if not stop.enclosing_is("("):
        sole = f"{stop.mark(-1)}{stop.token(last).text}" if stop.kind(last) is Kind.NUMBER else ""
        return Finding(stop.piece(-1, last + 1), told("a number has one sign before it"), sole)
    end = stop.until(after=last + 2) + 1 if stop.mark(last + 1) == "(" and not stop.mark(last) else last + 1
    is_term = stop.kind(end - 1) in _OPERANDS or stop.mark(end - 1) == ")"
    message = told("a value has one sign before it; what has one already stands in brackets")
    return Finding(stop.piece(-1, end), message, f"({stop.spelled(-1, end)})" if is_term else "")


def range_of_two(stop: Stop) -> Finding | None:
    """Find ``1 < ?x < 3``."""
    if stop.mark() not in {"<", "<=", ">", ">="} or stop.mark(-2) not in {"<", "<=", ">", ">="}:
        return None
    if stop.accepts("LT") or not stop.accepts("AND"):
        return None
    message = told("two comparisons are joined by &&")
    return Finding(stop.found, message, f"&& {stop.token(-1).text} {stop.mark()}")


def equal_to_several(stop: Stop) -> Finding | None:
    """Find ``= (1, 2)`` for IN."""
    if stop.mark() != "," or not stop.enclosing_is("("):
        return None
    start = stop.opened[-1] - stop.at
    if stop.mark(start - 1) not in {"=", "!="}:
        return None
    word = "IN" if stop.mark(start - 1) == "=" else "NOT IN"
    said = f"{stop.token(start - 2).text} {word} {stop.spelled(start, stop.until(')'))})"
    message = told("{mark} compares with one value, {word} with several", mark=stop.mark(start - 1), word=word)
    return Finding(stop.piece(start - 2, stop.until(")") + 1), message, said)


def arguments(stop: Stop) -> Finding | None:
    """Find a call with fewer or more arguments than the function takes, or without commas."""
    if not stop.enclosing_is("("):
        return None
    function = stop.read[stop.opened[-1] - 1].text.upper()
    if stop.mark() == ")" and stop.accepts("COMMA") and not stop.accepts("RPAREN"):
        return Finding(stop.found, told("{function} takes more arguments than there are", function=function))
    if stop.mark() == "," and stop.accepts("RPAREN") and not stop.accepts("COMMA") and stop.accepts("EQ"):
        return Finding(stop.found, told("{function} takes fewer arguments than there are", function=function))
    if stop.accepts("COMMA", "EQ") and stop.found.kind in _OPERANDS:
        return Finding(stop.found, told("between arguments stand commas"), f", {stop.found.text}")
    return None


_OPERANDS: Final = frozenset({Kind.VARIABLE, Kind.STRING, Kind.LONG_STRING, Kind.NUMBER, Kind.IRI, Kind.NAME})

MISTAKES: Final = (
    doubled_equals,
    difference_of_sql,
    comparison_as_iri,
    operator_in_words,
    single_mark,
    turned_comparison,
    second_sign,
    range_of_two,
    equal_to_several,
    arguments,
)
