r"""A query as every parser reads it alike: without comments, and without escapes of codepoints.

SPARQL 1.1 §19.2 has codepoint escapes read before all else, so that a string or a comment may end at one; many parsers
read them in strings and IRIs alone, and some both before and there. What has none is one query to all of them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from si_lod.engine.text.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.engine.text.tokens import Token

WRITTEN: Final = frozenset([Kind.STRING, Kind.LONG_STRING, Kind.IRI])
"""The kinds of tokens in which a codepoint escape may stand."""

_CODEPOINT: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|.)", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(.)([uU])?", re.DOTALL)
_COMMENT: Final = re.compile(r"#[^\r\n]*")
_LINE_ENDS: Final = {"\n": r"\n", "\r": r"\r"}


def plain_text(text: str, read: Sequence[Token]) -> str:
    """Return the query ``text`` with the same tokens in the same places, without comments and codepoint escapes.

    The escapes of its tokens ``read`` are those of characters that may stand where they do.
    """
    return text if "\\" not in text and "#" not in text else "".join(_pieces(text, read))


def plain_token(token: Token) -> Token:
    """Return the token without codepoint escapes."""
    return replace(token, text=_written(token.text)) if _is_escaped(token) else token


def comments(text: str, read: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Yield each comment, with the place in the text where it begins."""
    for start, end in _between(text, read):
        for comment in _COMMENT.finditer(text, start, end):
            yield comment.start(), comment[0]


def unambiguous(written: str) -> str:
    r"""Return what stands in a string, without codepoint escapes, so that nobody takes something in it for one.

    A backslash before a u, escaped, is the beginning of one to a parser that takes those first; so the u is written as
    one itself, which every parser reads as meant. It has eight digits, since some take eight wherever there are any.
    """
    return _ESCAPE.sub(_told_apart, written)


def _pieces(text: str, read: Sequence[Token]) -> Iterator[str]:
    shorter = 0
    for (start, end), token in zip_longest(_between(text, read), read):
        gap = _COMMENT.sub("", text[start:end])
        if gap:
            # What follows on the line stays in its column, so that a complaint about it names its place.
            yield " " * shorter + gap
            shorter = 0
        if token:
            plain = plain_token(token)
            shorter += len(token.text) - len(plain.text)
            yield plain.text


def _between(text: str, read: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where the blanks and comments before each token, and behind the last, begin and end."""
    start = 0
    for token in read:
        yield start, token.at
        start = token.at + len(token.text)
    yield start, len(text)


def _is_escaped(token: Token) -> bool:
    return token.kind in WRITTEN and "\\" in token.text


def _written(text: str) -> str:
    return unambiguous(_CODEPOINT.sub(_decoded, text))


def _decoded(found: re.Match[str]) -> str:
    digits = found[1] or found[2]
    if not digits:
        return found[0]
    character = chr(int(digits, 16))
    return _LINE_ENDS.get(character, character)


def _told_apart(found: re.Match[str]) -> str:
    escaped, letter = found[1], found[2]
    return rf"\\\U{ord(letter):08X}" if escaped == "\\" and letter else found[0]
