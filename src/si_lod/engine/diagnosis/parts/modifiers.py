"""Mistakes behind the pattern: GROUP BY, HAVING, ORDER BY, LIMIT and OFFSET, in that order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.pieces import SHOWN
from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

_ORDER: Final = ("FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET")
_SPELLED: Final = {"GROUP": "GROUP BY", "ORDER": "ORDER BY"}


def within_the_braces(stop: Stop) -> Finding | None:
    """Find a modifier inside the braces of the pattern."""
    if stop.word() not in _ORDER[2:] or not stop.enclosing_is("{"):
        return None
    word = _SPELLED.get(stop.word(), stop.word())
    message = told('{word} stands behind the "}}" that closes the pattern', word=word)
    end = stop.until(after=1)
    if stop.mark(end) != "}" or any(stop.mark(offset) == "{" for offset in range(end)):
        return Finding(stop.found, message)
    return Finding(stop.piece(0, end + 1), message, f"}} {stop.spelled(0, end)}")


def before_the_pattern(stop: Stop) -> Finding | None:
    """Find a modifier before the pattern, behind which it stands; ``moving`` moves it where the pattern is long."""
    if stop.word() not in _ORDER[2:] or not stop.accepts("WHERE", "LBRACE"):
        return None
    message = told('{word} stands behind the "}}" that closes the pattern', word=_SPELLED.get(stop.word(), stop.word()))
    begin = stop.until("WHERE", "{")
    opening = begin + (stop.word(begin) == "WHERE")
    end = stop.until(after=opening + 1) + 1
    if stop.mark(opening) != "{" or stop.mark(end - 1) != "}":
        return None
    if len(stop.spelled(0, end)) > SHOWN:
        return Finding(stop.piece(0, begin), message)
    return Finding(stop.piece(0, end), message, f"{stop.spelled(begin, end)} {stop.spelled(0, begin)}")


def out_of_order(stop: Stop) -> Finding | None:
    """Find a clause that stands behind one that it should precede."""
    if stop.word() not in _ORDER or stop.opened:
        return None
    place, before = _ORDER.index(stop.word()), stop.clause
    if before not in _ORDER or _ORDER.index(before) <= place:
        return None
    behind = next((at for at in range(-1, -stop.at - 1, -1) if stop.mark(at) == "}"), -stop.at - 1)
    start = next((at for at in range(behind + 1, 0) if stop.word(at) in _ORDER[place + 1 :]), stop.back(before))
    end = stop.until(*_ORDER[place + 1 :])
    word, other = (_SPELLED.get(name, name) for name in (stop.word(), stop.word(start)))
    message = told("{word} stands before {other}", word=word, other=other)
    return Finding(stop.piece(start, end), message, f"{stop.spelled(0, end)} {stop.spelled(start, 0)}")


def limit_of_two(stop: Stop) -> Finding | None:
    """Find ``LIMIT 10, 20``."""
    if stop.mark() != "," or stop.word(-2) != "LIMIT":
        return None
    message = told("LIMIT takes one number; OFFSET says how many to leave out before")
    said = f"LIMIT {stop.token(1).text} OFFSET {stop.token(-1).text}"
    return Finding(stop.piece(-2, 2), message, "" if "OFFSET" in {stop.word(-4), stop.word(2)} else said)


def other_number(stop: Stop) -> Finding | None:
    """Find ``LIMIT -1``, ``LIMIT ALL``, ``LIMIT = 10``, ``LIMIT(10)`` or ``LIMIT "10"``."""
    word = stop.word(-1)
    if word not in {"LIMIT", "OFFSET"} or not stop.found.text or stop.accepted != {"INTEGER"}:
        return None
    if stop.mark() == "-" or stop.word() in {"ALL", "NONE", "NULL"}:
        wrong = stop.piece(-1, 2 if stop.mark() == "-" else 1)
        return Finding(wrong, told("{word} takes a number from 0 on; without it all rows come", word=word))
    number = stop.token(1) if stop.mark() in {"=", "("} else stop.found
    digits = number.text.strip("\"'")
    end = (1 if number is stop.found else 2) + (stop.mark() == "(" and stop.mark(2) == ")")
    said = f"{word} {digits}" if digits.isdecimal() else ""
    return Finding(stop.piece(-1, end), told("behind {word} stands a whole number alone", word=word), said)


def direction(stop: Stop) -> Finding | None:
    """Find ASC, DESC or a minus beside what it orders, without brackets."""
    at = 0 if stop.word() in _DIRECTIONS else -1
    word = _DIRECTIONS.get(stop.word(at), "")
    if stop.mark() == "-" and stop.kind(1) is Kind.VARIABLE:
        at, word = 0, "DESC"
    if not word or stop.clause != "ORDER" or not (at == 0 or stop.accepts("LPAREN")):
        return None
    start = stop.before(at)
    directed = stop.mark(start) == "(" and stop.word(start - 1) in _DIRECTIONS
    if stop.kind(start) is Kind.VARIABLE or (stop.mark(at - 1) == ")" and not directed):
        wrong, ordered = stop.piece(start, at + 1), stop.spelled(start, at)
    elif stop.kind(at + 1) is Kind.VARIABLE:
        wrong, ordered = stop.piece(at, at + 2), stop.token(at + 1).text
    else:
        return None
    message = told("{word} takes what it orders in brackets behind it", word=word)
    return Finding(wrong, message, f"{word}({ordered})")


_DIRECTIONS: Final = {"ASC": "ASC", "DESC": "DESC", "ASCENDING": "ASC", "DESCENDING": "DESC"}


def without_by(stop: Stop) -> Finding | None:
    """Find GROUP or ORDER without BY."""
    if stop.accepted != {"BY"}:
        return None
    return Finding(stop.found, told("behind {word} stands BY", word=stop.word(-1)), f"BY {stop.found.text}")


def ended_as_in_sql(stop: Stop) -> Finding | None:
    """Find a semicolon or full stop behind the whole query."""
    if stop.mark() not in {";", "."} or stop.opened or stop.token(1).text or not stop.accepts("$END"):
        return None
    return Finding(stop.found, told('a query ends without "{mark}"; take it out', mark=stop.mark()))


MISTAKES: Final = (
    within_the_braces,
    before_the_pattern,
    out_of_order,
    limit_of_two,
    other_number,
    direction,
    without_by,
    ended_as_in_sql,
)
