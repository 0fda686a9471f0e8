"""Conditions as SQL has them: LIKE with its patterns, CASE with its choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stop import Finding
from si_lod.engine.diagnosis.terminals import UNKNOWN
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stop import Stop


def pattern_of_sql(stop: Stop) -> Finding | None:
    """Find LIKE, with the function that does what its pattern says."""
    if stop.word() not in {"LIKE", "ILIKE", "CONTAINS", "STARTSWITH"} or not stop.accepts("EQ"):
        return None
    pattern = stop.token(1).text.strip("\"'")
    name = {(True, False): "STRENDS", (False, True): "STRSTARTS"}.get(
        (pattern.startswith("%"), pattern.endswith("%")), "CONTAINS"
    )
    text = pattern.strip("%")
    message = told("texts are compared by functions, not by {word}", word=stop.word())
    return Finding(stop.found, message, f'{name}(STR({stop.token(-1).text}), "{text}")')


def choice_of_sql(stop: Stop) -> Finding | None:
    """Find CASE, with the choices that it makes."""
    if stop.word() != "CASE" or stop.terminal() != UNKNOWN or stop.mark(1) == "(":
        return None
    message = told("a choice is a function: IF(condition, value, other value)")
    return Finding(stop.found, message, _choices(stop) or "IF(…, …, …)")


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


MISTAKES: Final = (pattern_of_sql, choice_of_sql)
