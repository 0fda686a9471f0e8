"""Escapes that stand for nothing, and those that some read as a part of the text and others as its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.text.plain import WRITTEN, comments
from si_lod.engine.text.tokens import Kind, Token
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Sequence

_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{0,4}|U[0-9A-Fa-f]{0,8}|.)", re.DOTALL)
_LINE_END: Final = re.compile(r"\\(?:u000|U0000000)[AaDd]")
_OF_ONE: Final = frozenset("tbnrf\\\"'")
_DIGITS: Final = {"u": 4, "U": 8}
_LAST: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)
_IN_NO_IRI: Final = re.compile(r"[<>\"{}|^`\\\x00-\x20]")
_SHORT: Final = {"\\": r"\\", '"': r"\"", "'": r"\'", "\n": r"\n", "\r": r"\r"}
"""How the characters that end or change a string are written in one (SPARQL 1.1 §19.7)."""


def wrong_escape(read: Sequence[Token]) -> Finding | None:
    r"""Find an escape that SPARQL has not, such as ``\d``, one of no character, or one that has two readings.

    Codepoint escapes are read before the grammar (SPARQL 1.1 §19.2), and stand only for what may stand there itself.
    """
    for token in read:
        if token.kind not in WRITTEN or "\\" not in token.text:
            continue
        for escape in _ESCAPE.finditer(token.text):
            finding = _finding(_at(token, escape.start(), escape[0]), token)
            if finding is not None:
                return finding
    return None


def escape_in_comment(text: str, read: Sequence[Token]) -> Finding | None:
    """Find an escape of a line's end in a comment: what follows is no comment to whoever reads escapes first."""
    for start, comment in comments(text, read):
        if found := _LINE_END.search(comment):
            before = text[: start + found.start()]
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            message = told("{escape} is a line's end, with which a comment ends; take it out", escape=found[0])
            return Finding(Token(Kind.MARK, found[0], line, column), message)
    return None


def _finding(escape: Token, token: Token) -> Finding | None:
    letter, digits = escape.text[1], escape.text[2:]
    if letter not in _DIGITS:
        message = told("a text has no escape {escape}; a backslash that is meant is written twice", escape=escape.text)
        return None if letter in _OF_ONE else Finding(escape, message, f"\\{escape.text}")
    if len(digits) != _DIGITS[letter]:
        message = told("behind {start} stand {count} hexadecimal digits", start=f"\\{letter}", count=_DIGITS[letter])
        return Finding(escape, message)
    if int(digits, 16) > _LAST or int(digits, 16) in _SURROGATES:
        return Finding(escape, told("{escape} stands for no character", escape=escape.text))
    return _out_of_place(escape, token, chr(int(digits, 16)))


def _out_of_place(escape: Token, token: Token, character: str) -> Finding | None:
    """Return that the character itself could not stand in the token."""
    if token.kind is Kind.IRI:
        is_wrong, meant = bool(_IN_NO_IRI.match(character)), quote(character, safe="")
    else:
        ends = {"\\", token.text[0]} | ({"\n", "\r"} if token.kind is Kind.STRING else set())
        is_wrong, meant = character in ends, _SHORT.get(character, "")
    if not is_wrong:
        return None
    message = told(
        "{escape} is read as the character itself, before all else, and that cannot stand here", escape=escape.text
    )
    return Finding(escape, message, meant)


def _at(token: Token, offset: int, text: str) -> Token:
    """Return what stands at the offset in the token as a token of its own."""
    before = token.text[:offset]
    line = token.line + before.count("\n")
    column = offset - before.rfind("\n") if "\n" in before else token.column + offset
    return Token(token.kind, text, line, column)
