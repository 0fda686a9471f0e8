"""What should join triples and does not: words of other languages, a comma, a clause that comes twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.parts.patterns import ENDS, TERMS
from si_lod.engine.diagnosis.stopping.pieces import terms
from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

_TRIPLE: Final = 3
_NAMES: Final = frozenset({"IRIREF", "PNAME_LN", "PNAME_NS"})


def joined_by_and(stop: Stop) -> Finding | None:
    """Find ``a AND b`` or ``a && b`` between triples, which a full stop joins."""
    if (stop.word() or stop.mark()) not in {"AND", "&&", "&"} or not stop.enclosing_is("{"):
        return None
    if stop.mark(-1) in {".", ";", "{"}:
        return Finding(stop.found, told("{word} joins no triples; take it out", word=stop.found.text))
    if not stop.accepts("DOT"):
        return None
    return Finding(stop.found, told("between two triples stands a full stop"), ".")


def joined_by_or(stop: Stop) -> Finding | None:
    """Find ``a OR b`` between triples."""
    if (stop.word() or stop.mark()) not in {"OR", "||"} or not stop.accepts("DOT"):
        return None
    return Finding(stop.found, told("one pattern or another is {{ … }} UNION {{ … }}, each in braces of its own"))


def joined_by_comma(stop: Stop) -> Finding | None:
    """Find a comma before another property of the same thing."""
    message = told(
        "a comma goes on with another value of the same property; before another property stands a semicolon"
    )
    if stop.found.text == "a" and stop.mark(-1) == "," and stop.enclosing_is("{"):
        return Finding(stop.token(-1), message, ";")
    goes_on = stop.mark(-2) == "," and stop.terminal(-1) in _NAMES and stop.terminal() in TERMS
    if not goes_on or not stop.accepts("SEMICOLON"):
        return None
    return Finding(stop.piece(-2, 0), message, f"; {stop.token(-1).text}")


def comma_before_clause(stop: Stop) -> Finding | None:
    """Find ``?v, FILTER(…)``."""
    if stop.mark(-1) != "," or stop.word() not in ENDS or not stop.accepts("STRING"):
        return None
    return Finding(stop.token(-1), told("between a triple and {word} stands no comma", word=stop.word()), ".")


def triples_run_together(stop: Stop) -> Finding | None:
    """Find two triples with nothing between them."""
    if stop.terminal() not in TERMS or not stop.accepts("DOT", "SEMICOLON"):
        return None
    end = stop.until(*ENDS)
    first = terms(stop.token(offset) for offset in range(stop.until(*ENDS, ",")))
    if len(first) >= _TRIPLE:
        message = told("between two triples stands a full stop")
        return Finding(stop.piece(0, end), message, f". {stop.spelled(0, end)}")
    message = told("between two properties of one thing stands a semicolon")
    return Finding(stop.piece(0, end), message, f"; {stop.spelled(0, end)}")


def second_where(stop: Stop) -> Finding | None:
    """Find WHERE where a pattern is already."""
    if stop.word() != "WHERE" or stop.clause not in {"", "WHERE", "FILTER", "BIND", "VALUES", "SELECT"}:
        return None
    inside, is_pattern = stop.enclosing_is("{"), stop.mark(1) == "{"
    if not inside and stop.mark(-1) != "}":
        return None
    if is_pattern:
        return Finding(stop.found, told("a query has one WHERE; all that it asks stands in one pair of braces"))
    condition = stop.spelled(1, stop.until("}", ".", "GROUP", "ORDER", "LIMIT", "OFFSET", after=1))
    if inside:
        return Finding(stop.piece(0, stop.until("}", ".", after=1)), _CONDITION, f"FILTER({condition})")
    message = told('a condition stands in FILTER before the "}}" that closes the pattern: {condition}',
                   condition=f"FILTER({condition})")  # fmt: skip
    return Finding(stop.found, message)


_CONDITION: Final = told("a query has one WHERE; a condition in it stands in FILTER")

MISTAKES: Final = (joined_by_and, joined_by_or, joined_by_comma, comma_before_clause, second_where)
