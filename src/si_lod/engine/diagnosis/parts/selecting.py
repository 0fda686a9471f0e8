"""Mistakes between SELECT and the pattern: mostly habits of SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.parts.clauses import assigned
from si_lod.engine.diagnosis.stopping.pieces import spelled
from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.diagnosis.stopping.terminals import AGGREGATES, FUNCTIONS
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

_ENDS: Final = ("WHERE", "FROM", "{")


def commas(stop: Stop) -> Finding | None:
    """Find a comma between the variables that a query selects, groups or orders by."""
    if stop.mark() != "," or not stop.accepts("VARIABLE") or stop.accepts("RPAREN") or stop.clause not in _LISTING:
        return None
    start = next(back for back in range(-1, -stop.at - 1, -1) if stop.word(back) in _LISTING)
    end = stop.until(*_ENDS, "HAVING", "ORDER", "LIMIT", "OFFSET", "}")
    without = [stop.token(offset) for offset in range(start, end) if stop.mark(offset) != ","]
    return Finding(stop.found, told("between variables stand spaces, no commas"), spelled(without))


_LISTING: Final = frozenset({"SELECT", "GROUP", "ORDER"})


def expression_without_brackets(stop: Stop) -> Finding | None:
    """Find a function or aggregate in SELECT that is not in brackets and has no name."""
    word = stop.word()
    if stop.clause != "SELECT" or stop.enclosing_is("(") or word not in {*AGGREGATES, *FUNCTIONS}:
        return None
    if stop.mark(1) != "(":
        message = told('"{word}" is no variable without a question mark', word=stop.found.text)
        return Finding(stop.found, message, f"?{stop.found.text.lower()}")
    end = _after_call(stop)
    while stop.mark(end) in {"+", "-", "*", "/"}:
        end += 1 + _after_call(stop, end + 1)
    named = stop.word(end) == "AS" and stop.token(end + 1).kind in {Kind.VARIABLE, Kind.WORD}
    name = f"?{stop.token(end + 1).text.lstrip('?$')}" if named else f"?{word.lower()}"
    message = told("what SELECT computes stands in brackets with a name")
    return Finding(stop.piece(0, end + 2 * named), message, f"({stop.spelled(0, end)} AS {name})")


def computed_without_brackets(stop: Stop) -> Finding | None:
    """Find ``SELECT ?x * 2 AS ?y``."""
    if stop.mark() not in {"*", "/", "+", "-"} or stop.clause != "SELECT" or stop.kind(-1) is not Kind.VARIABLE:
        return None
    end = stop.until("AS", *_ENDS)
    if stop.word(end) != "AS" or stop.kind(end + 1) not in {Kind.VARIABLE, Kind.WORD}:
        return None
    said = f"({stop.spelled(-1, end)} AS ?{stop.token(end + 1).text.lstrip('?$')})"
    return Finding(stop.piece(-1, end + 2), told("what SELECT computes stands in brackets with a name"), said)


def expression_without_name(stop: Stop) -> Finding | None:
    """Find an expression in brackets without ``AS ?name``."""
    if stop.mark() != ")" or not stop.accepts("AS") or stop.accepts("RPAREN") or not stop.opened:
        return None
    start = stop.opened[-1] + 1 - stop.at
    message = told("what SELECT computes has a name")
    if stop.word(start - 2) == "BIND":
        message = told("BIND gives what it computes a name")
    said = assigned(stop, start, 0) or f"{stop.spelled(start, 0)} AS ?{stop.word(start).lower() or 'value'}"
    return Finding(stop.piece(start - 1, 1), message, f"({said})")


def bracketed_variables(stop: Stop) -> Finding | None:
    """Find ``SELECT DISTINCT(?s)`` or ``SELECT (?s, ?o)``."""
    if not stop.enclosing_is("(") or stop.word(stop.opened[-1] - 1 - stop.at) not in {"SELECT", "DISTINCT", "REDUCED"}:
        return None
    start, end = stop.opened[-1] - stop.at, stop.until(")")
    inside = [stop.token(offset) for offset in range(start + 1, end)]
    variables = [token.text for token in inside if token.kind is Kind.VARIABLE]
    if not variables or any(token.kind is not Kind.VARIABLE and token.text != "," for token in inside):
        return None
    message = told("a variable stands in SELECT without brackets")
    return Finding(stop.piece(start, end + 1), message, " ".join(variables))


def name_without_as(stop: Stop) -> Finding | None:
    """Find a name right behind an expression."""
    if stop.found.kind is not Kind.VARIABLE or not stop.accepts("AS") or stop.accepts("VARIABLE"):
        return None
    return Finding(stop.found, told("before the name of what is computed stands AS"), f"AS {stop.found.text}")


def renamed_variable(stop: Stop) -> Finding | None:
    """Find ``?x AS ?y`` without brackets."""
    if stop.word() != "AS" or stop.token(-1).kind is not Kind.VARIABLE or stop.clause != "SELECT":
        return None
    name = stop.token(1).text if stop.token(1).kind is Kind.VARIABLE else f"?{stop.token(1).text}"
    return Finding(stop.piece(-1, 2), told("AS stands in brackets"), f"({stop.token(-1).text} AS {name})")


def name_that_is_no_variable(stop: Stop) -> Finding | None:
    """Find a name after AS that has no question mark."""
    if stop.word(-1) != "AS" or stop.accepted != {"VARIABLE"} or not stop.found.text:
        return None
    return Finding(stop.found, told("the name after AS is a variable"), f"?{stop.found.text.strip(chr(34) + chr(39))}")


def nothing_selected(stop: Stop) -> Finding | None:
    """Find a SELECT without variables."""
    if stop.word(-1) not in {"SELECT", "DISTINCT"} or not (stop.word() in {"WHERE", "FROM"} or stop.mark() == "{"):
        return None
    return Finding(stop.token(-1), told("SELECT names no variable; * is all of them"), f"{stop.token(-1).text} *")


def quoted_column(stop: Stop) -> Finding | None:
    """Find a text in quotes where a variable should be."""
    if stop.terminal() != "STRING" or stop.clause not in _LISTING or not stop.accepts("VARIABLE"):
        return None
    name = "".join(filter(str.isalnum, stop.found.text))
    return Finding(stop.found, told("what is in quotes is a text, no variable"), f"?{name}")


def table(stop: Stop) -> Finding | None:
    """Find FROM with the name of a table."""
    if stop.word(-1) != "FROM" or not stop.word():
        return None
    message = told("FROM takes the IRI of a graph and SPARQL has no tables; leave FROM out, and all is searched")
    return Finding(stop.found, message)


def _after_call(stop: Stop, at: int = 0) -> int:
    """Return how many tokens the call has that begins there."""
    return stop.until(after=at + 2) + 1 - at if stop.mark(at + 1) == "(" else 1


MISTAKES: Final = (
    bracketed_variables,
    commas,
    expression_without_brackets,
    computed_without_brackets,
    expression_without_name,
    name_without_as,
    renamed_variable,
    name_that_is_no_variable,
    nothing_selected,
    quoted_column,
    table,
)
