"""Mistakes in conditions and computations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stop import Finding
from si_lod.engine.diagnosis.terminals import UNKNOWN
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stop import Stop

_OPERATORS: Final = {"AND": "&&", "OR": "||", "MOD": "-", "EQ": "=", "NE": "!=", "LT": "<", "GT": ">"}
_ENDS: Final = (")", "&&", "||", "}", "AND", "OR")


def doubled_equals(stop: Stop) -> Finding | None:
    """Find ``==``."""
    if stop.mark() != "=" or stop.mark(-1) not in {"=", "!="}:
        return None
    return Finding(stop.token(-1), told("SPARQL compares with {mark}", mark=stop.mark(-1)), stop.mark(-1))


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


def single_bar(stop: Stop) -> Finding | None:
    """Find ``|`` or ``^`` for an operator."""
    if stop.mark() != "|" or not stop.accepts("OR"):
        return None
    return Finding(stop.found, told("the operator {word} is written {meant}", word="OR", meant="||"), "||")


def null(stop: Stop) -> Finding | None:
    """Find NULL or IS: nothing has that value, a variable is bound or not."""
    if stop.word() not in {"NULL", "IS", "NIL", "NONE"}:
        return None
    operand = next((stop.token(-n) for n in (1, 2, 3) if stop.token(-n).kind is Kind.VARIABLE), None)
    negated = "!=" in (stop.mark(-1), stop.mark(-2)) or stop.word(1) == "NOT"
    bound = f"BOUND({operand.text if operand else '?x'})"
    return Finding(
        stop.found, told("there is no null: a variable is bound or is not"), bound if negated else f"!{bound}"
    )


def between(stop: Stop) -> Finding | None:
    """Find BETWEEN."""
    if stop.word() != "BETWEEN":
        return None
    name, low, high = stop.token(-1).text, stop.token(1).text, stop.token(3).text
    return Finding(stop.found, told("a range is two comparisons"), f"{name} >= {low} && {name} <= {high}")


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
    return Finding(stop.token(start - 1), message, said)


def in_without_brackets(stop: Stop) -> Finding | None:
    """Find IN without brackets around its values."""
    if stop.word(-1) != "IN" or stop.accepted != {"LPAREN"} or not stop.found.text:
        return None
    said = stop.spelled(0, stop.until(*_ENDS))
    return Finding(stop.found, told("the values after IN stand in brackets"), f"IN ({said})")


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
    single_bar,
    between,
    null,
    equal_to_several,
    in_without_brackets,
    arguments,
)
