"""Pieces of a query: tokens as they are spelled together, as one that stands for all of them, and by terms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from si_lod.engine.text.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PAIRS: Final = {"(": ")", "[": "]", "{": "}"}
SHOWN: Final = 60
"""How many characters of a query a message shows."""
_BEFORE: Final = frozenset({"^^", "/", "|", "^", "!", "-"})
"""The marks that belong to the term behind them."""
_BEHIND: Final = frozenset({"^^", "/", "|", "*", "+", "?"})
"""The marks that belong to the term before them."""


def spelled(some: Iterable[Token]) -> str:
    """Return the tokens on one line, spaced as they are in the query; cut off when that is long."""
    said = ""
    before: Token | None = None
    for token in some:
        glued = before and (before.line, before.column + len(before.text)) == (token.line, token.column)
        said += token.text if glued or not said else f" {token.text}"
        before = token
        if len(said) > SHOWN:
            return f"{said[:SHOWN]} …"
    return said


def piece(some: Sequence[Token]) -> Token:
    """Return one token that stands for all of them and begins where they do."""
    return replace(some[0], text=spelled(some))


def terms(some: Iterable[Token]) -> list[list[Token]]:
    """Return the tokens by the terms that they spell: texts with their types, numbers with signs, paths, brackets."""
    found: list[list[Token]] = []
    depth, joined = 0, True
    for token in some:
        continues = joined or depth > 0 or token.text in _BEHIND or token.kind is Kind.LANGUAGE
        if not found or not continues:
            found.append([])
        found[-1].append(token)
        depth += (token.text in PAIRS) - (token.text in PAIRS.values())
        joined = token.text in _BEFORE
    return found


def opened(some: Sequence[Token]) -> list[int]:
    """Return the places of the brackets that stand open behind the tokens, the innermost last."""
    found: list[int] = []
    for place, token in enumerate(some):
        if token.kind is Kind.MARK and token.text in PAIRS:
            found.append(place)
        elif token.kind is Kind.MARK and found and token.text == PAIRS[some[found[-1]].text]:
            found.pop()
    return found
