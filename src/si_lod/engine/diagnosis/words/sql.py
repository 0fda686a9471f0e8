"""Conditions as SQL has them: LIKE with its patterns, CASE with its choices, BETWEEN, and what is NULL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.diagnosis.stopping.terminals import UNKNOWN
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop


def pattern_of_sql(stop: Stop) -> Finding | None:
    """Find LIKE, with the function that does what its pattern says."""
    negated = stop.word(-1) == "NOT"
    if stop.word() not in {"LIKE", "ILIKE", "CONTAINS", "STARTSWITH"} or not (negated or stop.accepts("EQ")):
        return None
    end = -1 if negated else 0
    start = stop.before(end)
    pattern = stop.token(1).text.strip("\"'")
    name = {(True, False): "STRENDS", (False, True): "STRSTARTS"}.get(
        (pattern.startswith("%"), pattern.endswith("%")), "CONTAINS"
    )
    text = pattern.strip("%")
    message = told("texts are compared by functions, not by {word}", word=stop.word())
    said = f'{name}(STR({stop.spelled(start, end)}), "{text}")'
    return Finding(stop.piece(start, 2), message, f"!{said}" if negated else said)


def choice_of_sql(stop: Stop) -> Finding | None:
    """Find CASE, with the choices that it makes."""
    if stop.word() != "CASE" or stop.terminal() != UNKNOWN or stop.mark(1) == "(":
        return None
    message = told("a choice is a function: IF(condition, value, other value)")
    end = stop.until("END", after=1)
    if stop.word(end) != "END":
        return Finding(stop.found, message)
    return Finding(stop.piece(0, end + 1), message, _choices(stop) or "IF(…, …, …)")


def choice_of_a_program(stop: Stop) -> Finding | None:
    """Find ``IF a THEN b ELSE c`` and ``a ? b : c``."""
    message = told("a choice is a function: IF(condition, value, other value)")
    if stop.mark() == "?" and stop.enclosing_is("(") and stop.accepts("AND"):
        return Finding(stop.found, message)
    if stop.word(-1) != "IF" or stop.accepted != {"LPAREN"}:
        return None
    then, other = stop.until("THEN"), stop.until("ELSE")
    end = stop.until("AS", "END", after=other)
    if not stop.word(then) or not stop.word(other) or other < then:
        return Finding(stop.token(-1), message)
    values = (stop.spelled(0, then), stop.spelled(then + 1, other), stop.spelled(other + 1, end))
    return Finding(stop.piece(-1, end + (stop.word(end) == "END")), message, f"IF({', '.join(values)})")


def _choices(stop: Stop) -> str:
    """Return the choices of CASE within one another; nothing if it makes none. Without ELSE the last is no text."""
    at = stop.until("WHEN")
    operand, said, closing = stop.spelled(1, at), "", ""
    while stop.word(at) == "WHEN":
        then = stop.until("THEN", after=at)
        end = stop.until("WHEN", "ELSE", "END", after=then)
        condition = stop.spelled(at + 1, then)
        said += f"IF({operand} = {condition}, " if operand else f"IF({condition}, "
        said += f"{stop.spelled(then + 1, end)}, "
        closing += ")"
        at = end
    other = stop.spelled(at + 1, stop.until("END", after=at)) if stop.word(at) == "ELSE" else '""'
    return f"{said}{other}{closing}" if said else ""


def equality_in_words(stop: Stop) -> Finding | None:
    """Find ``?x IS "a"`` and ``?x IS NOT "a"``."""
    end = 2 if stop.word(1) == "NOT" else 1
    if stop.word() != "IS" or stop.word(end) in _NOTHING or not stop.accepts("EQ"):
        return None
    mark = "!=" if stop.word(1) == "NOT" else "="
    return Finding(stop.piece(0, end), told("SPARQL compares with {mark}", mark=mark), mark)


def null(stop: Stop) -> Finding | None:
    """Find NULL or IS: nothing has that value, a variable is bound or not."""
    if stop.word() not in {"IS", *_NOTHING}:
        return None
    message = told("there is no null: a variable is bound or is not")
    start = next((-n for n in (1, 2, 3) if stop.kind(-n) is Kind.VARIABLE), 0)
    if start == 0 or not stop.enclosing_is("("):
        return Finding(stop.found, message)
    end = 1 + (stop.word(1) == "NOT")
    end += stop.word() == "IS" and stop.word(end) in _NOTHING
    bound = f"BOUND({stop.token(start).text})"
    negated = stop.mark(-1) == "!=" or stop.word(1) == "NOT"
    return Finding(stop.piece(start, end), message, bound if negated else f"!{bound}")


_NOTHING: Final = frozenset({"NULL", "NIL", "NONE", "NAN"})


def between(stop: Stop) -> Finding | None:
    """Find BETWEEN."""
    if stop.word() != "BETWEEN":
        return None
    message = told("a range is two comparisons")
    negated = stop.word(-1) == "NOT"
    middle = stop.until("AND", "&&")
    end = stop.until("&&", "||", "OR", "AND", after=middle + 1)
    start, behind = stop.before(-negated), -int(negated)
    if stop.token(middle).text.upper() not in {"AND", "&&"}:
        return Finding(stop.found, message)
    name, low, high = stop.spelled(start, behind), stop.spelled(1, middle), stop.spelled(middle + 1, end)
    said = f"({name} < {low} || {name} > {high})" if negated else f"{name} >= {low} && {name} <= {high}"
    return Finding(stop.piece(start, end), message, said)


MISTAKES: Final = (pattern_of_sql, choice_of_sql, choice_of_a_program, between, equality_in_words, null)
