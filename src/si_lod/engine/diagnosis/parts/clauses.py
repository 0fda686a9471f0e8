"""Mistakes in the clauses of a pattern: brackets and braces that they need, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.parts.patterns import ENDS, TERMS
from si_lod.engine.diagnosis.stopping.pieces import PAIRS, terms
from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop


def filter_without_brackets(stop: Stop) -> Finding | None:
    """Find a condition or an assignment without its brackets, or with braces for them."""
    word = stop.word(-1)
    if word not in {"FILTER", "BIND", "HAVING"} or not stop.accepts("LPAREN"):
        return None
    message = told("what follows {word} stands in brackets", word=word)
    if stop.mark() != "{":
        end = stop.until(*ENDS, "ORDER", "LIMIT")
        said = assigned(stop, 0, end) or stop.spelled(0, end)
        # Behind FILTER the place is that of the condition, as the reference of the protocol shows it.
        wrong = stop.found if word == "FILTER" else stop.piece(-1, end)
        return Finding(wrong, message, f"{stop.token(-1).text}({said})" if said else "")
    end = stop.until("}", after=1)
    inside = [stop.token(offset) for offset in range(1, end)]
    if not {token.text for token in inside} & _COMPUTING and word == "FILTER":
        message = told("a pattern in FILTER is asked for by EXISTS, a condition stands in brackets")
        return Finding(stop.piece(0, end + 1), message, f"EXISTS {stop.spelled(0, end + 1)}")
    return Finding(stop.piece(-1, end + 1), message, f"{stop.token(-1).text}({stop.spelled(1, end)})")


def assigned(stop: Stop, first: int, last: int) -> str:
    """Return ``?x = …`` behind BIND as BIND has it; nothing if that is not what stands there."""
    begin = first - (2 if stop.mark(first - 1) == "(" else 1)
    if stop.word(begin) != "BIND" or stop.kind(first) is not Kind.VARIABLE or stop.mark(first + 1) != "=":
        return ""
    return f"{stop.spelled(first + 2, last)} AS {stop.token(first).text}"


_COMPUTING: Final = frozenset({"=", "!=", "<", ">", "<=", ">=", "(", "&&", "||", "!"})


def group_without_braces(stop: Stop) -> Finding | None:
    """Find a pattern without its braces, or with brackets for them."""
    if stop.accepted - {"SELECT", "FROM", "WHERE"} != {"LBRACE"} and not (
        stop.word(-1) == "WHERE" and stop.accepts("LBRACE")
    ):
        return None
    word = stop.word(-1) or stop.token(-1).text
    message = told("what follows {word} stands in braces", word=word)
    if stop.mark() in {"(", "["}:
        return _bracketed(stop, message)
    if stop.terminal() not in TERMS:
        return None
    ends = ("}", "ORDER", "GROUP", "LIMIT", "WHERE")
    end = stop.until(*ends, "FILTER", "OPTIONAL", ".") if stop.opened else stop.until(*ends)
    wrong = stop.piece(0, end)
    if word == "CONSTRUCT" and len(terms(stop.token(offset) for offset in range(end))) < _TRIPLE:
        return Finding(wrong, told("CONSTRUCT says in braces which triples it makes: {{ ?s ?p ?o }}"))
    return Finding(wrong, message, f"{{ {wrong.text} }}")


def _bracketed(stop: Stop, message: str) -> Finding | None:
    end = stop.until(after=1)
    if stop.mark(end) != PAIRS[stop.mark()]:
        return None
    inside = stop.spelled(1, end)
    is_group = stop.mark(1) == "{" and stop.until("}", after=2) == end - 1
    return Finding(stop.piece(0, end + 1), message, inside if is_group else f"{{ {inside} }}")


_TRIPLE: Final = 3


def inner_select(stop: Stop) -> Finding | None:
    """Find a SELECT within another that has no braces of its own (SPARQL 1.1 §12)."""
    if stop.word() != "SELECT" or not stop.opened:
        return None
    if stop.enclosing_is("("):
        return Finding(stop.found, told("no list or condition takes a SELECT; among the triples it stands in braces"))
    return Finding(stop.found, told("a SELECT within another stands in braces of its own"), "{ SELECT … }")


def outside_the_braces(stop: Stop) -> Finding | None:
    """Find a clause of the pattern behind the brace that closes it."""
    words = {"FILTER", "OPTIONAL", "BIND", "MINUS", "UNION", "GRAPH"}
    if stop.word() not in words or stop.opened or stop.mark(-1) != "}":
        return None
    if stop.word() == "UNION":
        return Finding(stop.found, told("UNION stands with both its sides in the braces: {{ {{ … }} UNION {{ … }} }}"))
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
    end = (
        stop.until(")", "}", "&&", "||", "AND", "OR")
        if stop.mark() != "("
        else stop.until("&&", "||", "}", "FILTER", ".")
    )
    wrong = stop.piece(-1, end)
    said = stop.spelled(0, end)
    negated = f"!{said}" if said.startswith("(") else f"!({said})"
    return Finding(wrong, message, f"({negated})" if stop.word(-2) == "FILTER" else negated)


MISTAKES: Final = (
    filter_without_brackets,
    group_without_braces,
    inner_select,
    outside_the_braces,
    union_without_braces,
    negation,
)
