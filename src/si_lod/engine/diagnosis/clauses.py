"""Mistakes in the clauses of a pattern: brackets and braces that they need, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.patterns import ENDS, TERMS
from si_lod.engine.diagnosis.stop import Finding
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stop import Stop


def values_without_brackets(stop: Stop) -> Finding | None:
    """Find values that are not in braces, or rows that are not in brackets (SPARQL 1.1 §10.2)."""
    start = next((back for back in range(-1, -stop.at - 1, -1) if stop.word(back) == "VALUES"), 0)
    if start == 0 or not stop.found.text:
        return None
    if stop.accepted == {"LBRACE"}:
        values = stop.spelled(0, stop.until("}", ".")).strip("()")
        return Finding(stop.found, told("the values of VALUES stand in braces"), f"{{ {values} }}")
    if stop.accepted == {"LPAREN", "RBRACE"} and stop.terminal() in TERMS:
        return Finding(stop.found, told("each row of VALUES stands in brackets"), f"({stop.found.text})")
    return None


def filter_without_brackets(stop: Stop) -> Finding | None:
    """Find a condition or an assignment without its brackets."""
    word = stop.word(-1)
    if word not in {"FILTER", "BIND", "HAVING"} or not stop.accepts("LPAREN"):
        return None
    end = stop.until(*ENDS, "ORDER", "LIMIT")
    message = told("what follows {word} stands in brackets", word=word)
    return Finding(stop.found, message, f"{stop.token(-1).text}({stop.spelled(0, end)})")


def group_without_braces(stop: Stop) -> Finding | None:
    """Find a pattern without its braces."""
    if stop.accepted - {"SELECT"} != {"LBRACE"} and not (stop.word(-1) == "WHERE" and stop.accepts("LBRACE")):
        return None
    if stop.terminal() not in TERMS:
        return None
    end = stop.until("}", "ORDER", "GROUP", "LIMIT", "FILTER", "OPTIONAL", ".")
    word = stop.word(-1) or stop.token(-1).text
    return Finding(stop.found, told("what follows {word} stands in braces", word=word), f"{{ {stop.spelled(0, end)} }}")


def inner_select(stop: Stop) -> Finding | None:
    """Find a SELECT within another that has no braces of its own (SPARQL 1.1 §12)."""
    if stop.word() != "SELECT" or not stop.opened:
        return None
    return Finding(stop.found, told("a SELECT within another stands in braces of its own"), "{ SELECT … }")


def outside_the_braces(stop: Stop) -> Finding | None:
    """Find a clause of the pattern behind the brace that closes it."""
    words = {"FILTER", "OPTIONAL", "BIND", "MINUS", "UNION", "GRAPH"}
    if stop.word() not in words or stop.opened or stop.mark(-1) != "}":
        return None
    return Finding(stop.found, told('{word} stands before the "}}" that closes the pattern', word=stop.word()))


def union_without_braces(stop: Stop) -> Finding | None:
    """Find a UNION whose sides have no braces."""
    if stop.word() != "UNION":
        return None
    return Finding(stop.found, told("both sides of UNION stand in braces"), "{ … } UNION { … }")


def negation(stop: Stop) -> Finding | None:
    """Find NOT for ``!``: it stands before EXISTS and IN only."""
    if stop.word(-1) != "NOT" or not stop.accepts("EXISTS") or not stop.found.text:
        return None
    message = told("NOT stands before EXISTS and IN only; elsewhere ! negates")
    if stop.mark() == "{":
        return Finding(stop.token(-1), message, "NOT EXISTS")
    end = stop.until(")", "}", "&&", "||") if stop.mark() != "(" else stop.until("&&", "||", "}", "FILTER", ".")
    said = stop.spelled(0, end)
    negated = f"!{said}" if said.startswith("(") else f"!({said})"
    return Finding(stop.token(-1), message, f"({negated})" if stop.word(-2) == "FILTER" else negated)


MISTAKES: Final = (
    values_without_brackets,
    filter_without_brackets,
    group_without_braces,
    inner_select,
    outside_the_braces,
    union_without_braces,
    negation,
)
