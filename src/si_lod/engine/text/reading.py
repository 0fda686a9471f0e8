"""How the tokens of a query can be read: what stands open, and where one text has two readings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from si_lod.engine.text.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OPENING: Final = frozenset("([{")
_CLOSING: Final = frozenset(")]}")
_OPERANDS: Final = frozenset(Kind) - {Kind.MARK, Kind.WORD}
_WITH_AUTHORITY: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")


def nesting(read: Iterable[Token]) -> Iterator[tuple[Token, int]]:
    """Return each token with the number of brackets that stand open after it."""
    depth = 0
    for token in read:
        if token.kind is Kind.MARK:
            depth += (token.text in OPENING) - (token.text in _CLOSING)
        yield token, depth


def could_be_operator(before: Token, token: Token) -> bool:
    """Return whether ``token`` is an IRI that a parser could also read as ``<`` and more that runs on behind its end.

    That takes an operand before it, and within it the start of a string or of a comment. What begins with a scheme
    and ``//`` is no expression.
    """
    if token.kind is not Kind.IRI or not ("'" in token.text or "#" in token.text):
        return False
    after_operand = before.kind in _OPERANDS or before.text in _CLOSING
    after_word = before.kind is Kind.WORD and before.text.upper() not in {"DISTINCT", "NOT", "IN"}
    return (after_operand or after_word) and not _WITH_AUTHORITY.match(token.text)
