"""Calls as other languages write them: aggregates without brackets, separators, expressions between slashes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.pieces import SHOWN
from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.diagnosis.stopping.terminals import AGGREGATES
from si_lod.engine.text.tokens import Kind, Token
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

_SEPARATING: Final = frozenset({Kind.MARK, Kind.STRING, Kind.WORD})
_SLASHED: Final = re.compile(r"/((?:[^/\\\n]|\\.)+)/([a-z]*)(?=\s*[),])")


def aggregate_without_brackets(stop: Stop) -> Finding | None:
    """Find ``COUNT DISTINCT ?s``, ``COUNT ?s`` or ``COUNT DISTINCT(?s)``."""
    at = -1 if stop.accepted == {"LPAREN"} else 0
    word, start = stop.word(at), at + 1 + (stop.word(at + 1) == "DISTINCT")
    bracketed = stop.mark(start) == "(" and start > at + 1
    counted = stop.token(start + bracketed)
    if word not in AGGREGATES or not (counted.kind is Kind.VARIABLE or counted.text == "*"):
        return None
    end = start + (3 if bracketed else 1)
    said = f"{stop.token(at).text}({'DISTINCT ' if start > at + 1 else ''}{counted.text})"
    message = told("what {word} counts or sums up stands in brackets", word=word)
    if stop.enclosing_is("(") or stop.clause != "SELECT":
        return Finding(stop.piece(at, end), message, said)
    named = stop.word(end) == "AS" and stop.kind(end + 1) is Kind.VARIABLE
    name = stop.token(end + 1).text if named else f"?{word.lower()}"
    return Finding(stop.piece(at, end + 2 * named), message, f"({said} AS {name})")


def separator(stop: Stop) -> Finding | None:
    """Find GROUP_CONCAT with its separator as a second argument (SPARQL 1.1 §18.5.1.7)."""
    if not stop.opened or stop.read[stop.opened[-1] - 1].text.upper() != "GROUP_CONCAT":
        return None
    end = stop.until(")")
    if any(stop.kind(offset) not in _SEPARATING for offset in range(end)):
        return None
    text = next((stop.token(offset).text for offset in range(end) if stop.kind(offset) is Kind.STRING), "")
    start = -1 if stop.mark(-1) == ";" else 0
    if stop.mark(start) not in {",", ";"} and stop.word() != "SEPARATOR":
        return None
    message = told("the separator of GROUP_CONCAT stands behind a semicolon, with its name")
    return Finding(stop.piece(start, end), message, f"; SEPARATOR={text}" if text else "")


def expression_between_slashes(stop: Stop) -> Finding | None:
    """Find ``/a/i``, which is a text here, and its flags another."""
    if stop.mark() != "/" or not stop.accepts("STRING"):
        return None
    line = stop.text.split("\n")[stop.found.line - 1]
    slashed = _SLASHED.match(line, stop.found.column - 1)
    if slashed is None or len(slashed[0]) > SHOWN:
        return None
    text = slashed[1].replace("\\/", "/").replace("\\", "\\\\").replace('"', '\\"')
    said = f'"{text}"' + (f', "{slashed[2]}"' if slashed[2] else "")
    wrong = Token(Kind.MARK, slashed[0], stop.found.line, stop.found.column)
    return Finding(wrong, told("a regular expression is a text in quotes, and so are its flags"), said)


def remainder(stop: Stop) -> Finding | None:
    """Find ``?a MOD ?b`` or ``MOD(?a, ?b)``: SPARQL computes no remainder."""
    if stop.word() != "MOD":
        return None
    if stop.mark(1) == "(":
        wrong, operands = stop.piece(0, stop.until(")", after=2) + 1), (stop.token(2), stop.token(4))
        simple = stop.mark(3) == "," and stop.mark(5) == ")"
    else:
        wrong, operands = stop.piece(-1, 2), (stop.token(-1), stop.token(1))
        simple = True
    simple = simple and all(each.kind in {Kind.VARIABLE, Kind.NUMBER} for each in operands)
    return Finding(wrong, NO_REMAINDER, rest(*(each.text for each in operands)) if simple else "")


NO_REMAINDER: Final = told("SPARQL computes no remainder; it is what is left when whole times are taken away")


def rest(one: str, other: str) -> str:
    """Return how the remainder of two numbers is computed (SPARQL 1.1 §17.4.4)."""
    return f"({one} - {other} * FLOOR({one} / {other}))"


MISTAKES: Final = (aggregate_without_brackets, separator, expression_between_slashes, remainder)
