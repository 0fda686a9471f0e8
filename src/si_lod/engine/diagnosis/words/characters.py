"""Characters that begin no token: typographic ones, and what opens a text that is not closed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.parts.calls import NO_REMAINDER, rest
from si_lod.engine.diagnosis.stopping.pieces import SHOWN
from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.text.tokens import Token

_DOUBLE: Final = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
_SINGLE: Final = "\u2018\u2019\u201a\u201b\u2039\u203a\u2032"
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_SPACES: Final = "\u00a0\u2002\u2003\u2007\u2009\u200b\u202f\u2060\ufeff"
_CODEPOINT: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U(00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}))")
_LONG: Final = 3
_COMPARING: Final = {"\u2265": ">=", "\u2264": "<=", "\u2260": "!="}
_REMAINDER: Final = re.compile(r"([?$]\w{1,60}|\b[0-9.]{1,20}) {0,9}(?P<mark>%) {0,9}([?$]\w{1,60}|[0-9.]{1,20})")
_FENCE: Final = "```"
_TAILS: Final = ("}", ")", ";", ",")


def strange_character(token: Token, line: str) -> Finding:
    """Return what is wrong with the character of ``token``, which stands in ``line`` of the query."""
    rest, character = line[token.column - 1 :], token.text
    if character in _DOUBLE + _SINGLE:
        return _typographic_quote(token, rest)
    if character in "\"'":
        return _open_text(token, rest)
    if escape := _CODEPOINT.match(rest):
        return _escape(token, escape)
    if rest.startswith(_FENCE):
        return Finding(token, told("the marks of a block of code were copied along; take out {fence}", fence=_FENCE))
    if character == "%":
        return _remainder(token, line)
    return _operator(token) or _mark(token)


def _operator(token: Token) -> Finding | None:
    """Find what compares elsewhere."""
    if token.text == "~":
        return Finding(token, told('texts are matched by a function: REGEX(?x, "…")'))
    mark = _COMPARING.get(token.text)
    return Finding(token, told("SPARQL compares with {mark}", mark=mark), mark) if mark else None


def _escape(token: Token, escape: re.Match[str]) -> Finding:
    """Return that an escape is not offered in a word or a name, and the character that it may stand for."""
    found, meant = replace(token, text=escape[0]), chr(int(escape[1] or escape[2], 16))
    if not meant.isalnum():
        message = told("{escape} stands in texts and IRIs only; write the character itself", escape=escape[0])
        return Finding(found, message)
    message = told(
        "{escape} stands in texts and IRIs only; write the character itself: {meant}", escape=escape[0], meant=meant
    )
    return Finding(found, message, meant)


def _mark(token: Token) -> Finding:
    if token.text in _DASHES:
        return Finding(token, told('"{found}" is a typographic dash; a minus is -', found=token.text), "-")
    if token.text in _SPACES:
        code = f"U+{ord(token.text):04X}"
        return Finding(token, told("{code} looks like a space and is none; write a plain space", code=code))
    if token.text == "`":
        return Finding(token, told("names are not put in backquotes; a variable is written ?name"))
    if token.text == "&":
        return Finding(token, told("the operator {word} is written {meant}", word="AND", meant="&&"), "&&")
    return Finding(token, told('"{found}" has no meaning here', found=token.text))


def _remainder(token: Token, line: str) -> Finding:
    around = next((each for each in _REMAINDER.finditer(line) if each.start("mark") == token.column - 1), None)
    if around is None:
        return Finding(token, NO_REMAINDER)
    return Finding(replace(token, text=around[0], column=around.start() + 1), NO_REMAINDER, rest(around[1], around[3]))


def _typographic_quote(token: Token, rest: str) -> Finding:
    message = told('"{found}" is a typographic quote; a text stands in straight ones', found=token.text)
    others = _DOUBLE if token.text in _DOUBLE else _SINGLE
    end = next((place for place, character in enumerate(rest[1:], 1) if character in others), 0)
    if not 0 < end < SHOWN:
        return Finding(token, message, '"…"')
    return Finding(replace(token, text=rest[: end + 1]), message, f'"{rest[1:end]}"')


def _open_text(token: Token, rest: str) -> Finding:
    """Return that a text is not closed, and how it could be: it seems to end before a bracket or at the line's end."""
    quote = token.text * _LONG if rest.startswith(token.text * _LONG) else token.text
    if len(quote) == _LONG:
        return Finding(
            token, told("the text that begins here is never closed; write {quote} behind it", quote=quote), quote
        )
    inside = rest[1:].rstrip()
    while inside.endswith(_TAILS):
        inside = inside[:-1].rstrip()
    message = told("the text that begins here is not closed on its line")
    if len(inside) >= SHOWN:
        return Finding(token, message)
    return Finding(replace(token, text=f"{quote}{inside}"), message, f"{quote}{inside}{quote}")
