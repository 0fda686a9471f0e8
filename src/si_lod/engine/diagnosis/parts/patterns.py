"""Mistakes in triples."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

TERMS: Final = frozenset(
    {"VARIABLE", "IRIREF", "PNAME_LN", "PNAME_NS", "BLANK_NODE", "STRING", "INTEGER", "DECIMAL", "A"}
)
ENDS: Final = (".", ";", "}", "{", "FILTER", "OPTIONAL", "BIND", "MINUS", "VALUES", "UNION", "GRAPH")
"""What ends the triples that stand together."""
_COMPARING: Final = frozenset({"=", "!=", "<", ">", "<=", ">="})


def comparison_outside_filter(stop: Stop) -> Finding | None:
    """Find a comparison that is in no FILTER."""
    if stop.mark() not in _COMPARING or not stop.enclosing_is("{") or stop.accepts("EQ"):
        return None
    if stop.accepts("STRING", "IRIREF") and not stop.accepts("A"):
        return _compared_object(stop)
    message = told("among triples a comparison stands in FILTER")
    end = stop.until(*ENDS)
    return Finding(stop.piece(-1, end), message, f"FILTER({stop.spelled(-1, end)})")


def _compared_object(stop: Stop) -> Finding:
    """Return that ``?s ex:p = 3`` is ``?s ex:p 3``, and ``?s ex:p > 3`` is a value that is compared."""
    if stop.mark() == "=":
        message = told("behind the property stands its value, without =")
        return Finding(stop.piece(0, 2), message, stop.token(1).text)
    end, taken = stop.until(*ENDS), stop.variables
    name = next(name for name in chain(["?value"], map("?value{}".format, count(2))) if name not in taken)
    message = told("the value of a property gets a name, and the name is compared in FILTER")
    said = f"{name} FILTER({name} {stop.spelled(0, end)})"
    return Finding(stop.piece(0, end), message, "" if stop.mark(end) == ";" else said)


def type_as_a_term(stop: Stop) -> Finding | None:
    """Find the word ``a`` as a subject or an object."""
    if stop.found.text != "a" or stop.accepts("A") or not stop.accepts("IRIREF"):
        return None
    return Finding(
        stop.found, told('"a" is rdf:type and can only be the predicate; write a name, a variable or a text here')
    )


def language_apart(stop: Stop) -> Finding | None:
    """Find a language tag that is not right behind its text."""
    if stop.found.kind is Kind.LANGUAGE and stop.terminal(1) == "STRING":
        wrong, text = stop.piece(0, 2), f"{stop.token(1).text}{stop.found.text}"
    elif stop.mark() == "@" and stop.terminal(-1) == "STRING" and stop.word(1):
        wrong, text = stop.piece(-1, 2), f"{stop.token(-1).text}@{stop.token(1).text}"
    elif stop.found.kind is Kind.LANGUAGE:
        return Finding(
            stop.found, told("a language tag stands right behind the text in quotes"), f'"…"{stop.found.text}'
        )
    else:
        return None
    return Finding(wrong, told("a language tag stands right behind the text in quotes"), text)


def triple_too_short(stop: Stop) -> Finding | None:
    """Find a triple that ends before its object."""
    ends = stop.mark() in {"}", ".", ";"} or not stop.found.text
    if not ends or stop.terminal(-1) not in TERMS:
        return None
    if stop.accepts("A") and not stop.accepts("STRING"):
        said = stop.token(-1).text
        message = told("a triple is subject, predicate and object; there is only the subject {said}", said=said)
        return Finding(stop.token(-1), message, f"{said} ?p ?o")
    if not stop.accepts("STRING", "VARIABLE", "IRIREF") or stop.accepts("EQ"):
        return None
    if stop.mark(-3) == ".":
        message = told("behind a full stop another thing begins; a semicolon goes on about the same one")
        return Finding(stop.piece(-3, 0), message, f"; {stop.spelled(-2, 0)}")
    message = told("a triple is subject, predicate and object; the object is missing")
    return Finding(stop.piece(-2, 0), message, f"{stop.spelled(-2, 0)} ?o")


MISTAKES: Final = (
    comparison_outside_filter,
    type_as_a_term,
    language_apart,
    triple_too_short,
)
