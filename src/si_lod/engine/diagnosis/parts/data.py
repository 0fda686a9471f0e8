"""Mistakes in VALUES and IN: the values that a query gives itself (SPARQL 1.1 §10, §17.4.1.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.parts.patterns import TERMS
from si_lod.engine.diagnosis.stopping.pieces import PAIRS, spelled, terms
from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

_ENDS: Final = (")", "&&", "||", "}", "AND", "OR")
_ENDS_OF_VALUES: Final = frozenset({"FILTER", "OPTIONAL", "BIND", "MINUS", "VALUES"})


def values_without_braces(stop: Stop) -> Finding | None:
    """Find values that are not in braces."""
    if not stop.back("VALUES") or not stop.found.text or stop.accepted != {"LBRACE"}:
        return None
    end = stop.until("}", ".", *_ENDS_OF_VALUES, after=1) + (stop.mark() in PAIRS)
    values = stop.spelled(1, end - 1) if stop.mark() in PAIRS else stop.spelled(0, end)
    return Finding(stop.piece(0, end), told("the values of VALUES stand in braces"), f"{{ {values} }}")


def rows_without_brackets(stop: Stop) -> Finding | None:
    """Find rows of VALUES that are not in brackets; none is suggested if the values make no whole rows."""
    start = stop.back("VALUES")
    if start == 0 or stop.accepted != {"LPAREN", "RBRACE"} or stop.terminal() not in TERMS:
        return None
    width = sum(stop.kind(offset) is Kind.VARIABLE for offset in range(start, 0))
    end = stop.until("}", "(")
    some = terms(stop.token(offset) for offset in range(end))
    given = [each for each in some if each[0].text != ","]
    rows = [given[first : first + width] for first in range(0, len(given), width)] if width else []
    said = " ".join(f"({' '.join(spelled(each) for each in row)})" for row in rows)
    message = told("each row of VALUES stands in brackets")
    return Finding(stop.piece(0, end), message, "" if any(len(row) != width for row in rows) else said)


def in_without_brackets(stop: Stop) -> Finding | None:
    """Find IN without brackets around its values, or with others."""
    if stop.word(-1) != "IN" or stop.accepted != {"LPAREN"} or not stop.found.text:
        return None
    end = stop.until(*_ENDS, after=1)
    is_closed = stop.mark(end) == PAIRS.get(stop.mark())
    said = stop.spelled(1, end) if stop.mark() in PAIRS else stop.spelled(0, end)
    wrong = stop.piece(-1, end + is_closed)
    return Finding(wrong, told("the values after IN stand in brackets"), f"IN ({said})")


MISTAKES: Final = (values_without_braces, rows_without_brackets, in_without_brackets)
