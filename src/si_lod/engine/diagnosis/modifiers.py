"""Mistakes behind the pattern: GROUP BY, HAVING, ORDER BY, LIMIT and OFFSET, in that order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stop import Finding
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stop import Stop

_ORDER: Final = ("FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET")
_SPELLED: Final = {"GROUP": "GROUP BY", "ORDER": "ORDER BY"}


def within_the_braces(stop: Stop) -> Finding | None:
    """Find a modifier inside the braces of the pattern."""
    if stop.word() not in _ORDER[2:] or not stop.enclosing_is("{"):
        return None
    word = _SPELLED.get(stop.word(), stop.word())
    message = told('{word} stands behind the "}}" that closes the pattern', word=word)
    return Finding(stop.found, message, f"}} {stop.spelled(0, stop.until('}', *_ORDER[2:], after=1))}")


def out_of_order(stop: Stop) -> Finding | None:
    """Find a clause that stands behind one that it should precede."""
    if stop.word() not in _ORDER or stop.opened:
        return None
    place, before = _ORDER.index(stop.word()), stop.clause
    if before not in _ORDER or _ORDER.index(before) <= place:
        return None
    start = next(back for back in range(-1, -stop.at - 1, -1) if stop.word(back) == before)
    end = stop.until(*_ORDER[place + 1 :])
    word, other = (_SPELLED.get(name, name) for name in (stop.word(), before))
    message = told("{word} stands before {other}", word=word, other=other)
    return Finding(stop.found, message, f"{stop.spelled(0, end)} {stop.spelled(start, 0)}")


def limit_of_two(stop: Stop) -> Finding | None:
    """Find ``LIMIT 10, 20``."""
    if stop.mark() != "," or stop.word(-2) != "LIMIT":
        return None
    message = told("LIMIT takes one number; OFFSET says how many to leave out before")
    return Finding(stop.found, message, f"LIMIT {stop.token(1).text} OFFSET {stop.token(-1).text}")


def direction(stop: Stop) -> Finding | None:
    """Find ASC or DESC behind what it orders, or without brackets."""
    if stop.word(-1) not in {"ASC", "DESC"} or not stop.accepts("LPAREN"):
        return None
    behind = stop.token(-2).kind is Kind.VARIABLE
    ordered = stop.token(-2) if behind else stop.found
    if ordered.kind is not Kind.VARIABLE:
        return None
    message = told("{word} takes what it orders in brackets behind it", word=stop.word(-1))
    return Finding(stop.token(-1), message, f"{stop.word(-1)}({ordered.text})")


def without_by(stop: Stop) -> Finding | None:
    """Find GROUP or ORDER without BY."""
    if stop.accepted != {"BY"}:
        return None
    return Finding(stop.found, told("behind {word} stands BY", word=stop.word(-1)), f"{stop.word(-1)} BY")


def ended_as_in_sql(stop: Stop) -> Finding | None:
    """Find a semicolon or full stop behind the whole query."""
    if stop.mark() not in {";", "."} or stop.opened or stop.token(1).text or not stop.accepts("$END"):
        return None
    return Finding(stop.found, told('a query ends without "{mark}"; take it out', mark=stop.mark()))


MISTAKES: Final = (within_the_braces, out_of_order, limit_of_two, direction, without_by, ended_as_in_sql)
