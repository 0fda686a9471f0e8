"""Mistakes in triples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stop import Finding
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stop import Stop

TERMS: Final = frozenset(
    {"VARIABLE", "IRIREF", "PNAME_LN", "PNAME_NS", "BLANK_NODE", "STRING", "INTEGER", "DECIMAL", "A"}
)
ENDS: Final = (".", ";", "}", "{", "FILTER", "OPTIONAL", "BIND", "MINUS", "VALUES", "UNION", "GRAPH")
"""What ends the triples that stand together."""
_COMPARING: Final = frozenset({"=", "!=", "<", ">", "<=", ">="})
_TRIPLE: Final = 3


def comparison_outside_filter(stop: Stop) -> Finding | None:
    """Find a comparison that is in no FILTER."""
    if stop.mark() not in _COMPARING or not stop.enclosing_is("{") or stop.accepts("EQ"):
        return None
    message = told("among triples a comparison stands in FILTER")
    return Finding(stop.found, message, f"FILTER({stop.spelled(-1, stop.until(*ENDS))})")


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
        text = f"{stop.token(1).text}{stop.found.text}"
    elif stop.mark() == "@" and stop.terminal(-1) == "STRING":
        text = f"{stop.token(-1).text}@{stop.token(1).text}"
    elif stop.found.kind is Kind.LANGUAGE:
        return Finding(
            stop.found, told("a language tag stands right behind the text in quotes"), f'"…"{stop.found.text}'
        )
    else:
        return None
    return Finding(stop.found, told("a language tag stands right behind the text in quotes"), text)


def triples_run_together(stop: Stop) -> Finding | None:
    """Find two triples with nothing between them."""
    if stop.terminal() not in TERMS or not stop.accepts("DOT", "SEMICOLON"):
        return None
    end = stop.until(*ENDS)
    if end >= _TRIPLE:
        message = told("between two triples stands a full stop")
        return Finding(stop.found, message, f". {stop.spelled(0, end)}")
    message = told("between two properties of one thing stands a semicolon")
    return Finding(stop.found, message, f"; {stop.spelled(0, end)}")


def triple_too_short(stop: Stop) -> Finding | None:
    """Find a triple that ends before its object."""
    ends = stop.mark() in {"}", ".", ";"} or not stop.found.text
    if not ends or stop.terminal(-1) not in TERMS:
        return None
    if stop.accepts("A") and not stop.accepts("STRING"):
        said = stop.token(-1).text
        message = told("a triple is subject, predicate and object; there is only the subject {said}", said=said)
        return Finding(stop.found, message, f"{said} ?p ?o")
    if not stop.accepts("STRING", "VARIABLE", "IRIREF") or stop.accepts("EQ"):
        return None
    if stop.mark(-3) == ".":
        message = told("behind a full stop another thing begins; a semicolon goes on about the same one")
        return Finding(stop.token(-2), message, f"; {stop.spelled(-2, 0)}")
    message = told("a triple is subject, predicate and object; the object is missing")
    return Finding(stop.found, message, f"{stop.spelled(-2, 0)} ?o")


MISTAKES: Final = (
    comparison_outside_filter,
    type_as_a_term,
    language_apart,
    triple_too_short,
)
