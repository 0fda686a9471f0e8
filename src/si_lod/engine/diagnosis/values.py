"""Texts and numbers that are written as such and stand for nothing: escapes of no character, numbers too large."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stop import Finding
from si_lod.engine.text.tokens import Kind, Token
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Sequence

_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{0,4}|U[0-9A-Fa-f]{0,8}|.)", re.DOTALL)
_OF_ONE: Final = frozenset("tbnrf\\\"'")
_DIGITS: Final = {"u": 4, "U": 8}
_LAST: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)
_MOST: Final = 2**64 - 1


def escape_of_nothing(read: Sequence[Token]) -> Finding | None:
    r"""Find an escape that SPARQL has not, such as ``\d``, or one of no character (SPARQL 1.1 §19.2, §19.7)."""
    for token in read:
        if token.kind not in {Kind.STRING, Kind.LONG_STRING, Kind.IRI}:
            continue
        for escape in _ESCAPE.finditer(token.text):
            finding = _finding(_at(token, escape.start(), escape[0]))
            if finding is not None:
                return finding
    return None


def _finding(escape: Token) -> Finding | None:
    letter, digits = escape.text[1], escape.text[2:]
    if letter not in _DIGITS:
        message = told("a text has no escape {escape}; a backslash that is meant is written twice", escape=escape.text)
        return None if letter in _OF_ONE else Finding(escape, message, f"\\{escape.text}")
    if len(digits) != _DIGITS[letter]:
        message = told("behind {start} stand {count} hexadecimal digits", start=f"\\{letter}", count=_DIGITS[letter])
        return Finding(escape, message)
    if int(digits, 16) > _LAST or int(digits, 16) in _SURROGATES:
        return Finding(escape, told("{escape} stands for no character", escape=escape.text))
    return None


def _at(token: Token, offset: int, text: str) -> Token:
    """Return what stands at the offset in the token as a token of its own."""
    before = token.text[:offset]
    line = token.line + before.count("\n")
    column = offset - before.rfind("\n") if "\n" in before else token.column + offset
    return Token(token.kind, text, line, column)


def number_of_rows_too_large(read: Sequence[Token]) -> Finding | None:
    """Find a number behind LIMIT or OFFSET that no engine can count to."""
    for before, token in pairwise(read):
        if before.text.upper() in {"LIMIT", "OFFSET"} and token.text.isdecimal() and int(token.text) > _MOST:
            message = told("{word} takes a number of at most {most}", word=before.text.upper(), most=_MOST)
            return Finding(token, message)
    return None


MISTAKES: Final = (escape_of_nothing, number_of_rows_too_large)
